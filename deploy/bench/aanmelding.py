"""POST aanmelding, and a step of the process that begins, against bare FastAPI and asyncpg writing
the same rows."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from datetime import date
from typing import Any, Final

from deploy.bench.omgeving import Omgeving
from deploy.bench.uitslag import Verhouding
from deploy.installatie import WORTEL
from deploy.klantreis.persoon import Persoon, verzin_persoon
from deploy.lokaal.adres import HOST, vrije_poorten

_TEGELIJK: Final = 16
_PER_RONDE: Final = 2000
_WARM: Final = 300
_PAD: Final = "/intake/v1/kandidaten"


async def meet(omgeving: Omgeving, rondes: int) -> list[Verhouding]:
    """Requests per second over loopback, 16 at a time, in turns: aanmelding, and a first step."""
    inwoners = _inwoners()
    meedoen: list[float] = []
    kaal: list[float] = []
    async with (
        server("meedoen", omgeving) as (poort_m, token),
        server("kaal", omgeving) as (
            poort_k,
            _,
        ),
    ):
        await _ronde(poort_m, _verzoeken(poort_m, token, _WARM, inwoners))
        await _ronde(poort_k, _verzoeken(poort_k, token, _WARM, inwoners))
        stappen: dict[int, list[float]] = {poort_m: [], poort_k: []}
        for _ in range(rondes):
            for poort, uitkomsten in ((poort_m, meedoen), (poort_k, kaal)):
                verzoeken = _verzoeken(poort, token, _PER_RONDE, inwoners)
                snelheid, antwoorden = await _ronde(poort, verzoeken)
                uitkomsten.append(snelheid)
                volgende = [_stap(poort, token, antwoord) for antwoord in antwoorden]
                stappen[poort].append((await _ronde(poort, volgende))[0])
    return [
        Verhouding("POST aanmelding", meedoen, kaal, doel=0.5),
        Verhouding("POST stap van een proces", stappen[poort_m], stappen[poort_k], doel=0.2),
    ]


@asynccontextmanager
async def server(soort: str, omgeving: Omgeving) -> AsyncIterator[tuple[int, str]]:
    """A process that answers; gives its port and a token."""
    [poort] = vrije_poorten(1)
    proces = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "deploy.bench.server", soort, str(poort)),
        cwd=WORTEL,
        env={
            **os.environ,
            "BENCH_URL": omgeving.url("intake"),
            "BENCH_SLEUTELS": omgeving.sleutels,
            "BENCH_MAP": str(omgeving.map),
        },
        stdout=subprocess.PIPE,
    )
    if proces.stdout is None:
        raise RuntimeError("a pipe was asked for")
    try:
        token = (await proces.stdout.readline()).decode().strip()
        await _luistert(poort)
        yield poort, token
    finally:
        proces.terminate()
        await proces.wait()


def _inwoners() -> Iterator[Persoon]:
    """Invented residents, each with a BSN of their own."""
    toeval = random.Random(1)  # noqa: S311 - invented people
    gezien: set[str] = set()
    while True:
        persoon = verzin_persoon(toeval, "Boxtel", date(2026, 11, 20))
        if persoon.bsn not in gezien:
            gezien.add(persoon.bsn)
            yield persoon


def _verzoeken(poort: int, token: str, aantal: int, inwoners: Iterator[Persoon]) -> list[bytes]:
    return [_verzoek(poort, token, persoon) for persoon in itertools.islice(inwoners, aantal)]


def _verzoek(poort: int, token: str, persoon: Persoon) -> bytes:
    inhoud = {
        "aangemeldOp": "2026-11-20",
        "instroomkanaal": "balie",
        "doelgroep": "pwet",
        "persoon": persoon.als_invoer(),
        "toelichting": persoon.toelichting,
    }
    return _post(poort, token, _PAD, inhoud)


def _stap(poort: int, token: str, aanmelding: bytes) -> bytes:
    """The quick scan of Boxtel, of the kandidaat in the answer to an aanmelding."""
    kandidaat_id = json.loads(aanmelding)["kandidaatId"]
    inhoud = {
        "stap": "quick-scan",
        "gezetOp": "2026-11-20",
        "feiten": {"mijnwerkdichtbij": False},
    }
    return _post(poort, token, f"{_PAD}/{kandidaat_id}/proces/stappen", inhoud)


def _post(poort: int, token: str, pad: str, inhoud: dict[str, Any]) -> bytes:
    body = json.dumps(inhoud).encode()
    return (
        f"POST {pad} HTTP/1.1\r\nHost: {HOST}:{poort}\r\nContent-Type: application/json\r\n"
        f"Authorization: Bearer {token}\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode() + body


async def _ronde(poort: int, verzoeken: Sequence[bytes]) -> tuple[float, list[bytes]]:
    """Send them all over keep-alive connections; gives how many per second were created, and the
    answers."""
    rij = iter(verzoeken)
    antwoorden: list[bytes] = []

    async def klant() -> None:
        lezer, schrijver = await asyncio.open_connection(HOST, poort)
        for verzoek in rij:
            schrijver.write(verzoek)
            kop = await lezer.readuntil(b"\r\n\r\n")
            if not kop.startswith(b"HTTP/1.1 201"):
                raise RuntimeError(kop.partition(b"\r\n")[0].decode())
            antwoorden.append(await lezer.readexactly(_lengte(kop)))
        schrijver.close()

    begin = time.perf_counter()
    await asyncio.gather(*(klant() for _ in range(_TEGELIJK)))
    return len(verzoeken) / (time.perf_counter() - begin), antwoorden


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
