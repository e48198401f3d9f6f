"""Ten afnemers that receive their events, one way each time, as an integrator would write it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import ssl
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from uuid import uuid4

import httpx2
from aiokafka import AIOKafkaConsumer

from contracts.afnemers import ORGANISATIES, afnemer_topic
from deploy.kafka.certificaten import Uitgever
from deploy.lokaal.adres import HOST

FEED_PAD: Final = "/gebeurtenissen/v1/gebeurtenissen"
_STROOM_PAD: Final = "/gebeurtenissen/v1/stroom"
_ABONNEMENTEN_PAD: Final = "/gebeurtenissen/v1/abonnementen"


@dataclass(frozen=True, slots=True)
class Toegang:
    """How an afnemer gets at its events. token: for an organisation; proc: of the gateway."""

    url: str
    bootstrap: str
    token: Callable[[str], str]
    ca: Uitgever
    proc: Path

    def hoogste_geheugen_mb(self) -> float:
        """The most memory that the gateway has used until now."""
        regels = dict(
            regel.split(":", 1) for regel in (self.proc / "status").read_text().splitlines()
        )
        return int(regels["VmHWM"].split()[0]) / 1024

    def autorisatie(self, organisatie: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token(organisatie)}"}


@dataclass
class Ontvanger:
    """What all afnemers together have received. duren: milliseconds since the time of the event."""

    duren: list[float] = field(default_factory=list)
    _meer: asyncio.Event = field(default_factory=asyncio.Event)

    def ontving(self, tijd: str) -> None:
        self.duren.append((datetime.now(UTC) - datetime.fromisoformat(tijd)).total_seconds() * 1000)
        self._meer.set()

    async def tot(self, aantal: int, seconden: float) -> None:
        """Until so many were received. Raises TimeoutError."""
        async with asyncio.timeout(seconden):
            while len(self.duren) < aantal:
                self._meer.clear()
                await self._meer.wait()


def kaal_topic(organisatie: str) -> str:
    return f"bench.kaal.{organisatie}"


@contextlib.asynccontextmanager
async def _lopend(*werk: Coroutine[None, None, None]) -> AsyncIterator[None]:
    taken = [asyncio.create_task(w) for w in werk]
    try:
        yield
    finally:
        for taak in taken:
            taak.cancel()
        await asyncio.gather(*taken, return_exceptions=True)


# -- Kafka --------------------------------------------------------------------------------------


@contextlib.asynccontextmanager
async def kafka(toegang: Toegang) -> AsyncIterator[Ontvanger]:
    """A consumer per afnemer on its own topic, from now on."""
    async with _consumers(toegang.bootstrap, list(map(afnemer_topic, ORGANISATIES))) as ontvanger:
        yield ontvanger


@contextlib.asynccontextmanager
async def kaal(toegang: Toegang) -> AsyncIterator[Ontvanger]:
    """The same on topics that only the bare producer writes to."""
    async with _consumers(toegang.bootstrap, list(map(kaal_topic, ORGANISATIES))) as ontvanger:
        yield ontvanger


@contextlib.asynccontextmanager
async def _consumers(bootstrap: str, topics: list[str]) -> AsyncIterator[Ontvanger]:
    ontvanger = Ontvanger()
    consumers = [
        AIOKafkaConsumer(topic, bootstrap_servers=bootstrap, auto_offset_reset="latest")
        for topic in topics
    ]

    async def lees(consumer: AIOKafkaConsumer) -> None:
        while True:
            for records in (await consumer.getmany(timeout_ms=1000)).values():
                for record in records:
                    ontvanger.ontving(dict(record.headers)["ce_time"].decode())

    await asyncio.gather(*(consumer.start() for consumer in consumers))
    try:
        for consumer in consumers:
            # Where it begins is asked of the broker at the first fetch; events must come after it.
            await consumer.seek_to_end()
            await asyncio.gather(*(consumer.position(tp) for tp in consumer.assignment()))
        async with _lopend(*map(lees, consumers)):
            yield ontvanger
    finally:
        await asyncio.gather(*(consumer.stop() for consumer in consumers))


async def lees_leeg(bootstrap: str, topic: str, aantal: int) -> float:
    """Records per second of a bare consumer that reads the last so many of a topic."""
    consumer = AIOKafkaConsumer(topic, bootstrap_servers=bootstrap, auto_offset_reset="earliest")
    await consumer.start()
    try:
        gelezen, begin = 0, time.perf_counter()
        while gelezen < aantal:
            fetched = await consumer.getmany(timeout_ms=1000)
            gelezen += sum(map(len, fetched.values()))
        return gelezen / (time.perf_counter() - begin)
    finally:
        await consumer.stop()


# -- the gateway --------------------------------------------------------------------------------


@contextlib.asynccontextmanager
async def feed(toegang: Toegang) -> AsyncIterator[Ontvanger]:
    """Each afnemer reads on from its cursor and waits when there is nothing."""
    ontvanger = Ontvanger()

    async def lees(http: httpx2.AsyncClient, organisatie: str, cursor: str) -> None:
        while True:
            antwoord = await http.get(
                FEED_PAD,
                params={"na": cursor, "limiet": 1000, "wacht": 20},
                headers=toegang.autorisatie(organisatie),
            )
            pagina = json.loads(antwoord.raise_for_status().content)
            for regel in pagina["resultaten"]:
                ontvanger.ontving(regel["gebeurtenis"]["time"])
            cursor = pagina["cursor"]

    async with httpx2.AsyncClient(base_url=toegang.url, timeout=60) as http:
        plaatsen = await _plaatsen(http, toegang)
        async with _lopend(*(lees(http, o, cursor) for o, cursor in plaatsen.items())):
            yield ontvanger


@contextlib.asynccontextmanager
async def stroom(toegang: Toegang) -> AsyncIterator[Ontvanger]:
    """Each afnemer follows its stream."""
    ontvanger = Ontvanger()

    async def volg(http: httpx2.AsyncClient, organisatie: str, cursor: str) -> None:
        headers = toegang.autorisatie(organisatie)
        async with http.stream("GET", _STROOM_PAD, params={"na": cursor}, headers=headers) as s:
            s.raise_for_status()
            async for regel in s.aiter_lines():
                if regel.startswith("data:"):
                    ontvanger.ontving(json.loads(regel[5:])["time"])

    async with httpx2.AsyncClient(base_url=toegang.url, timeout=60) as http:
        plaatsen = await _plaatsen(http, toegang)
        async with _lopend(*(volg(http, o, cursor) for o, cursor in plaatsen.items())):
            yield ontvanger


@contextlib.asynccontextmanager
async def webhook(toegang: Toegang) -> AsyncIterator[Ontvanger]:
    """Each afnemer has an abonnement; one server over TLS receives for all."""
    ontvanger = Ontvanger()

    async def verbinding(lezer: asyncio.StreamReader, schrijver: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                kop = (await lezer.readuntil(b"\r\n\r\n")).lower()
                lengte = next(
                    (int(r[15:]) for r in kop.split(b"\r\n") if r.startswith(b"content-length:")), 0
                )
                body = await lezer.readexactly(lengte)
                if kop.startswith(b"post"):
                    ontvanger.ontving(json.loads(body)["time"])
                schrijver.write(b"HTTP/1.1 204 No Content\r\nWebHook-Allowed-Origin: *\r\n\r\n")
        schrijver.close()

    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(*toegang.ca.certificaat("ontvanger", ["localhost", HOST]))
    server = await asyncio.start_server(verbinding, HOST, 0, ssl=tls)
    poort = server.sockets[0].getsockname()[1]
    async with server, httpx2.AsyncClient(base_url=toegang.url, timeout=60) as http:
        eigen = [await _abonneer(http, toegang, o, poort) for o in ORGANISATIES]
        yield ontvanger
        for organisatie, pad in eigen:
            await http.delete(pad, headers=toegang.autorisatie(organisatie) | {"If-Match": "*"})


async def _abonneer(
    http: httpx2.AsyncClient, toegang: Toegang, organisatie: str, poort: int
) -> tuple[str, str]:
    """Register, and wait until the receiver's permission is known."""
    headers = toegang.autorisatie(organisatie)
    antwoord = await http.post(
        _ABONNEMENTEN_PAD,
        headers=headers | {"Idempotency-Key": str(uuid4())},
        json={"naam": "bench", "callbackUrl": f"https://localhost:{poort}/"},
    )
    pad = f"{_ABONNEMENTEN_PAD}/{antwoord.raise_for_status().json()['abonnementId']}"
    async with asyncio.timeout(30):
        while (await http.get(pad, headers=headers)).json()["status"] != "actief":  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    return organisatie, pad


async def _plaatsen(http: httpx2.AsyncClient, toegang: Toegang) -> dict[str, str]:
    """Where each feed ends at this moment."""
    return {
        o: (await http.get(FEED_PAD, params={"na": "nu"}, headers=toegang.autorisatie(o))).json()[
            "cursor"
        ]
        for o in ORGANISATIES
    }
