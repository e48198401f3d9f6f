"""Requests at a server of one service, over loopback, and how many per second it answers."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final

from deploy.bench.omgeving import Omgeving
from deploy.installatie import WORTEL
from deploy.lokaal.adres import HOST, vrije_poorten

TEGELIJK: Final = 16


@dataclass(frozen=True)
class Server:
    """A process that answers. tokens: by role."""

    poort: int
    tokens: Mapping[str, str]

    def post(self, rol: str, pad: str, inhoud: Mapping[str, Any]) -> bytes:
        """One request, whole."""
        body = json.dumps(inhoud).encode()
        return (
            f"POST {pad} HTTP/1.1\r\nHost: {HOST}:{self.poort}\r\n"
            "Content-Type: application/json\r\n"
            f"Authorization: Bearer {self.tokens[rol]}\r\nContent-Length: {len(body)}\r\n\r\n"
        ).encode() + body

    async def ronde(self, verzoeken: Sequence[bytes]) -> tuple[float, list[bytes]]:
        """Send them all over keep-alive connections; gives how many per second were created, and
        the answers."""
        rij = iter(verzoeken)
        antwoorden: list[bytes] = []

        async def klant() -> None:
            lezer, schrijver = await asyncio.open_connection(HOST, self.poort)
            for verzoek in rij:
                schrijver.write(verzoek)
                kop = await lezer.readuntil(b"\r\n\r\n")
                if not kop.startswith(b"HTTP/1.1 201"):
                    raise RuntimeError(kop.partition(b"\r\n")[0].decode())
                antwoorden.append(await lezer.readexactly(_lengte(kop)))
            schrijver.close()

        begin = time.perf_counter()
        await asyncio.gather(*(klant() for _ in range(TEGELIJK)))
        return len(verzoeken) / (time.perf_counter() - begin), antwoorden


@asynccontextmanager
async def server(dienst: str, soort: str, omgeving: Omgeving) -> AsyncIterator[Server]:
    """soort: meedoen, or kaal: bare FastAPI and asyncpg writing the same rows."""
    [poort] = vrije_poorten(1)
    proces = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "deploy.bench.server", dienst, soort, str(poort)),
        cwd=WORTEL,
        env={
            **os.environ,
            "BENCH_URL": omgeving.url(dienst),
            "BENCH_SLEUTELS": omgeving.sleutels,
            "BENCH_MAP": str(omgeving.map),
        },
        stdout=subprocess.PIPE,
    )
    if proces.stdout is None:
        raise RuntimeError("a pipe was asked for")
    try:
        tokens = json.loads(await proces.stdout.readline())
        await _luistert(poort)
        yield Server(poort, tokens)
    finally:
        proces.terminate()
        await proces.wait()


def _lengte(kop: bytes) -> int:
    for regel in kop.lower().split(b"\r\n"):
        if regel.startswith(b"content-length:"):
            return int(regel.partition(b":")[2])
    raise RuntimeError("an answer without content-length")


async def _luistert(poort: int) -> None:
    async with asyncio.timeout(30):
        while True:
            try:
                _, schrijver = await asyncio.open_connection(HOST, poort)
            except OSError:
                await asyncio.sleep(0.05)
            else:
                schrijver.close()
                return
