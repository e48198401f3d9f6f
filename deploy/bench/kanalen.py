"""The four ways in which an afnemer gets its events, against a bare producer and consumer on Kafka.

Events go from the outbox by the real relay to Kafka, and from there by a gateway in a process of
its own to whoever reads the feed, follows the stream or receives a webhook. The bare side sends the
records of the afnemers, the same bytes, straight to Kafka and reads them there.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final
from uuid import uuid4

import httpx2
from aiokafka import AIOKafkaProducer

from chassis.access.development_issuer import DevelopmentIssuer
from chassis.bus.kafka import KafkaBus
from chassis.bus.protocol import Message
from chassis.database import Database
from chassis.relay import Relay
from chassis.tenancy import SYSTEM
from contracts.afnemers import DIENSTEN, GEMEENTEN, ORGANISATIES, WSD, afnemer_topic
from contracts.intake import Doelgroep, Instroomkanaal, KandidaatAangemeld
from deploy.bench import ontvangers
from deploy.bench.omgeving import OIN, Omgeving
from deploy.bench.ontvangers import Ontvanger, Toegang
from deploy.bench.uitslag import Inhaalslag, Kanaal
from deploy.installatie import WORTEL
from deploy.kafka.certificaten import Uitgever
from deploy.kafka.topics import maak_topics
from deploy.lokaal.adres import HOST, vrije_poorten
from deploy.lokaal.keten import PUBLIEK, UITGEVER
from deploy.lokaal.toegang import rollen_van
from gateway import ontwikkeluitgever

_STROOM: Final = 3000
"""Events of one throughput round; each goes to its gemeente and to WSD."""
_WARM: Final = 300
_PER_SECONDE: Final = 200
_SECONDEN: Final = 8
_AANLOOP: Final = 200
"""Events of a delay measurement that do not count."""
_GESCHIEDENIS: Final = 1_000_000
_PER_STUK: Final = 25_000
"""Rows of that history in one transaction: a service's statements may not take long."""
_KAAL_GELEZEN: Final = 100_000
_GEDULD: Final = 180.0
_GEMEENTEN: Final = sorted(GEMEENTEN)

Kanaalmaker = Callable[[Toegang], contextlib.AbstractAsyncContextManager[Ontvanger]]
KANALEN: Final[dict[str, Kanaalmaker]] = {
    "Kafka": ontvangers.kafka,
    "feed": ontvangers.feed,
    "SSE": ontvangers.stroom,
    "webhook": ontvangers.webhook,
}


async def meet(
    omgeving: Omgeving, rondes: int, zeg: Callable[[str], None]
) -> tuple[list[Kanaal], Inhaalslag]:
    """Throughput and delay of each channel and of the bare pair, in turns, and the catch-up."""
    await maak_topics(omgeving.bootstrap, map(ontvangers.kaal_topic, ORGANISATIES))
    per_seconde: dict[str, list[float]] = {naam: [] for naam in ("kaal", *KANALEN)}
    duren: dict[str, list[float]] = {naam: [] for naam in ("kaal", *KANALEN)}
    async with _poort(omgeving) as toegang, omgeving.database("intake") as database:
        async with database.unit_of_work(SYSTEM) as uow:
            await uow.connection.execute("DELETE FROM outbox")
            await uow.commit()
        bron = _Bron(database, omgeving.bootstrap)
        for naam, maak in KANALEN.items():
            zeg(f"{naam}: opwarmen")
            async with maak(toegang) as ontvanger:
                await _ronde(ontvanger, bron, _WARM)
        for nummer in range(1, rondes + 1):
            zeg(f"kaal: doorvoer, ronde {nummer} van {rondes}")
            async with ontvangers.kaal(toegang) as ontvanger:
                records = bron.afnemerrecords
                per_seconde["kaal"].append(await _kale_ronde(ontvanger, bron, records))
            for naam, maak in KANALEN.items():
                zeg(f"{naam}: doorvoer, ronde {nummer} van {rondes}")
                async with maak(toegang) as ontvanger:
                    per_seconde[naam].append(await _ronde(ontvanger, bron, _STROOM))
        zeg("kaal: vertraging")
        async with ontvangers.kaal(toegang) as ontvanger:
            duren["kaal"] = await _kale_duren(ontvanger, bron)
        for naam, maak in KANALEN.items():
            zeg(f"{naam}: vertraging")
            async with maak(toegang) as ontvanger:
                duren[naam] = await _duren(ontvanger, bron)
        zeg(f"feed: inhalen van {_GESCHIEDENIS} gebeurtenissen")
        inhaalslag = await _haal_in(omgeving, toegang)
    return [
        Kanaal(naam, per_seconde[naam], per_seconde["kaal"], duren[naam], duren["kaal"])
        for naam in KANALEN
    ], inhaalslag


# -- where the events come from -----------------------------------------------------------------


class _Bron:
    """Emits events of all gemeenten, that WSD may see as well, and keeps what the relay sent."""

    def __init__(self, database: Database, bootstrap: str) -> None:
        self.database = database
        self.bootstrap = bootstrap
        self.afnemerrecords: list[Message] = []
        self._nummer = 0

    async def vul(self, aantal: int) -> None:
        """Emit without publishing, ten at a time."""
        for start in range(0, aantal, 10):
            await asyncio.gather(*(self.zeg() for _ in range(min(10, aantal - start))))

    async def zeg(self) -> None:
        gemeente = _GEMEENTEN[self._nummer % len(_GEMEENTEN)]
        self._nummer += 1
        async with self.database.unit_of_work(gemeente) as uow:
            uow.emit(
                KandidaatAangemeld(
                    kandidaat_id=uuid4(),
                    gemeentecode=gemeente,
                    aangemeld_op=date(2026, 11, 20),
                    instroomkanaal=Instroomkanaal.BALIE,
                    doelgroep=Doelgroep.PWET,
                ),
                afnemers=(gemeente, WSD),
            )
            await uow.commit()

    @contextlib.asynccontextmanager
    async def relay(self) -> AsyncIterator[None]:
        bus = _Meelezer(KafkaBus(self.bootstrap, client_id="bench-kanalen"))
        taak = asyncio.create_task(Relay(self.database, bus, oin=OIN).run())  # type: ignore[arg-type]
        try:
            yield
        finally:
            taak.cancel()
            await asyncio.gather(taak, return_exceptions=True)
            await bus.bus.close()
            if bus.afnemerrecords:
                self.afnemerrecords = bus.afnemerrecords


class _Meelezer:
    """A bus that keeps what goes to afnemers, so that the bare producer sends the same."""

    def __init__(self, bus: KafkaBus) -> None:
        self.bus = bus
        self.afnemerrecords: list[Message] = []

    async def publish(self, messages: Sequence[Message]) -> object:
        self.afnemerrecords += [m for m in messages if ".afnemer." in m.topic]
        return await self.bus.publish(messages)


# -- throughput ---------------------------------------------------------------------------------


async def _ronde(ontvanger: Ontvanger, bron: _Bron, aantal: int) -> float:
    """Events per second, from the first that the relay takes until the last afnemer has all."""
    await bron.vul(aantal)
    begin = time.perf_counter()
    async with bron.relay():
        await ontvanger.tot(2 * aantal, _GEDULD)
        return aantal / (time.perf_counter() - begin)


async def _kale_ronde(ontvanger: Ontvanger, bron: _Bron, records: Sequence[Message]) -> float:
    begin = time.perf_counter()
    async with _producer(bron.bootstrap) as producer:
        begin = time.perf_counter()
        futures = [
            await producer.send(
                ontvangers.kaal_topic(_afnemer(r.topic)),
                key=r.key,
                value=r.value,
                headers=list(r.headers),
            )
            for r in records
        ]
        await asyncio.gather(*futures)
        await ontvanger.tot(len(records), _GEDULD)
        return len(records) / 2 / (time.perf_counter() - begin)


# -- delay --------------------------------------------------------------------------------------


async def _duren(ontvanger: Ontvanger, bron: _Bron) -> list[float]:
    """Milliseconds from logging to reception by each afnemer, at an even pace."""
    async with bron.relay():
        await _gelijkmatig(bron.zeg)
        await ontvanger.tot(2 * (_PER_SECONDE * _SECONDEN + _AANLOOP), _GEDULD)
    return ontvanger.duren[2 * _AANLOOP :]


async def _kale_duren(ontvanger: Ontvanger, bron: _Bron) -> list[float]:
    """The same from just before a bare send; the moment is in the header that Meedoen uses."""
    async with _producer(bron.bootstrap) as producer:
        nummer = 0

        async def stuur() -> None:
            nonlocal nummer
            nummer += 1
            gemeente = _GEMEENTEN[nummer % len(_GEMEENTEN)]
            record = bron.afnemerrecords[nummer % len(bron.afnemerrecords)]
            nu = datetime.now(UTC).isoformat().encode()
            headers = [(k, nu if k == "ce_time" else v) for k, v in record.headers]
            for afnemer in (gemeente, WSD):
                topic = ontvangers.kaal_topic(afnemer)
                await producer.send(topic, key=record.key, value=record.value, headers=headers)

        await _gelijkmatig(stuur)
        await ontvanger.tot(2 * (_PER_SECONDE * _SECONDEN + _AANLOOP), _GEDULD)
    return ontvanger.duren[2 * _AANLOOP :]


async def _gelijkmatig(doe: Callable[[], Coroutine[None, None, None]]) -> None:
    begin = time.perf_counter()
    lopend: set[asyncio.Task[None]] = set()
    for nummer in range(_PER_SECONDE * _SECONDEN + _AANLOOP):
        if (wacht := begin + nummer / _PER_SECONDE - time.perf_counter()) > 0:
            await asyncio.sleep(wacht)
        taak = asyncio.create_task(doe())
        lopend.add(taak)
        taak.add_done_callback(lopend.discard)
    await asyncio.gather(*lopend)


# -- catching up --------------------------------------------------------------------------------


async def _haal_in(omgeving: Omgeving, toegang: Toegang) -> Inhaalslag:
    """Pages of a thousand over HTTP, against a bare consumer that reads the same bytes."""
    [gemeente] = _GEMEENTEN[:1]
    async with omgeving.database("gateway") as database:
        async with database.unit_of_work(gemeente) as uow:
            begonnen = await uow.connection.fetchval("SELECT max(nummer) FROM ontvangen")
        for _ in range(_GESCHIEDENIS // _PER_STUK):
            async with database.unit_of_work(gemeente) as uow:
                await uow.connection.execute(_VERMENIGVULDIG, gemeente, _PER_STUK)
                await uow.commit()
    gelezen, bytes_, begin, cursor = 0, 0, time.perf_counter(), f"{gemeente}-{begonnen}"
    async with httpx2.AsyncClient(base_url=toegang.url, timeout=60) as http:
        headers = {"Authorization": f"Bearer {toegang.token(gemeente)}"}
        while gelezen < _GESCHIEDENIS:
            antwoord = await http.get(
                ontvangers.FEED_PAD, params={"na": cursor, "limiet": 1000}, headers=headers
            )
            antwoord.raise_for_status()
            pagina = json.loads(antwoord.content)
            gelezen += len(pagina["resultaten"])
            bytes_ += len(antwoord.content)
            cursor = pagina["cursor"]
    meedoen = gelezen / (time.perf_counter() - begin)
    waarde = b"x" * (bytes_ // gelezen)
    topic = ontvangers.kaal_topic(gemeente)
    async with _producer(omgeving.bootstrap) as producer:
        futures = [await producer.send(topic, waarde) for _ in range(_KAAL_GELEZEN)]
        await asyncio.gather(*futures)
    kaal = await ontvangers.lees_leeg(omgeving.bootstrap, topic, _KAAL_GELEZEN)
    return Inhaalslag(_GESCHIEDENIS, meedoen, kaal, toegang.hoogste_geheugen_mb())


_VERMENIGVULDIG: Final = """
WITH voorbeeld AS (
    SELECT * FROM ontvangen WHERE afnemer = $1 ORDER BY nummer DESC LIMIT 1
), nieuw AS (
    INSERT INTO ontvangen
        (afnemer, nummer, bron, event_id, type, subject, ontvangen_op, cloudevent)
    SELECT afnemer, nummer + n, bron, gen_random_uuid(), type, gen_random_uuid(), ontvangen_op,
           cloudevent
    FROM voorbeeld, generate_series(1, $2::int) AS n
)
UPDATE teller SET laatste = laatste + $2 WHERE afnemer = $1
"""


# -- the gateway --------------------------------------------------------------------------------


@contextlib.asynccontextmanager
async def _poort(omgeving: Omgeving) -> AsyncIterator[Toegang]:
    """A gateway in a process of its own that takes in, tells and sends events."""
    poort, intern, *achter = vrije_poorten(2 + len(DIENSTEN))
    sleutel = omgeving.map / "poort-sleutel.json"
    uitgever = DevelopmentIssuer(sleutel, environment="test", issuer=UITGEVER, audience=PUBLIEK)
    ca = Uitgever.in_map(omgeving.map / "certificaten")
    url = f"http://{HOST}:{poort}"
    jwks = f"{url}/{ontwikkeluitgever.NAAM}/jwks.json"
    proces = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "deploy.lokaal.poort"),
        cwd=WORTEL,
        env={k: v for k, v in os.environ.items() if not k.startswith("MEEDOEN_")}
        | {
            "MEEDOEN_OMGEVING": "ontwikkeling",
            "MEEDOEN_LOGNIVEAU": "ERROR",
            "MEEDOEN_DATABASE_URL": omgeving.url("gateway"),
            "MEEDOEN_KAFKA_BOOTSTRAP": omgeving.bootstrap,
            "MEEDOEN_TOKEN_ISSUERS": json.dumps([{"issuer": UITGEVER, "jwks_uri": jwks}]),
            "MEEDOEN_TOKEN_AUDIENCE": PUBLIEK,
            "MEEDOEN_SLEUTELS": omgeving.sleutels,
            "MEEDOEN_LUISTER": f"{HOST}:{poort}",
            "MEEDOEN_LUISTER_INTERN": f"{HOST}:{intern}",
            "MEEDOEN_DIENSTEN": json.dumps(
                {d: f"http://{HOST}:{p}" for d, p in zip(DIENSTEN, achter, strict=True)}
            ),
            "MEEDOEN_ONTWIKKELSLEUTEL": str(sleutel),
            "MEEDOEN_WEBHOOK_NETWERKEN": json.dumps(["127.0.0.0/8", "::1/128"]),
            "MEEDOEN_WEBHOOK_CA": str(ca.ca),
        },
    )

    def token(organisatie: str) -> str:
        return uitgever.token(organisatie, "backoffice", rollen_van(organisatie)["backoffice"])

    toegang = Toegang(url, omgeving.bootstrap, token, ca, Path(f"/proc/{proces.pid}"))
    try:
        await _tot_zij_luistert(toegang)
        yield toegang
    finally:
        proces.terminate()
        await proces.wait()


async def _tot_zij_luistert(toegang: Toegang) -> None:
    headers = {"Authorization": f"Bearer {toegang.token(WSD)}"}
    async with asyncio.timeout(60), httpx2.AsyncClient(base_url=toegang.url) as http:
        while True:
            with contextlib.suppress(httpx2.HTTPError):
                if (await http.get(ontvangers.FEED_PAD, headers=headers)).is_success:
                    return
            await asyncio.sleep(0.1)


@contextlib.asynccontextmanager
async def _producer(bootstrap: str) -> AsyncIterator[AIOKafkaProducer]:
    producer = AIOKafkaProducer(
        bootstrap_servers=bootstrap,
        acks="all",
        enable_idempotence=True,
        linger_ms=2,
        max_batch_size=512 * 1024,
    )
    await producer.start()
    try:
        yield producer
    finally:
        await producer.stop()


_AFNEMER: Final = {afnemer_topic(o): o for o in ORGANISATIES}


def _afnemer(topic: str) -> str:
    return _AFNEMER[topic]
