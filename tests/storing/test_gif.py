"""One event in ten thousand cannot be handled: it holds up its own kandidaat, and nobody else.

Two services hear the same events at the same moment. One of them has a fault; what the other does
is what it would have done without.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import random
import statistics
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import UUID, uuid4

import pytest

from chassis.bus.kafka import KafkaBus
from chassis.consumer import Consumer, Reaction, Received
from chassis.database import Database
from chassis.unit_of_work import UnitOfWork
from contracts.afnemers import afnemer_topic
from deploy.kafka.topics import maak_topics
from tests.chassis.hulp import BOXTEL, BRON, NOTE, TOPIC, count_one, note, until
from tests.chassis.proefdienst.gebeurtenis import Geteld
from tests.faults.children import Child, Orders
from tests.faults.conftest import Store
from tests.faults.test_order_and_loss import seen_by
from tests.storing.conftest import Zeg

pytestmark = [
    pytest.mark.storing,
    pytest.mark.kafka(echt=True),
    pytest.mark.timeout(400),
]

KANDIDATEN: Final = 500
VERSIES: Final = 20
PER_SECONDE: Final = 150
VOORSPRONG: Final = 100
"""So many events may be under way: on a slow machine less is said, or all that is measured is how
long the queue was."""
GIFTIGE_VERSIE: Final = 3
_SECONDS: Final = 120

React = Callable[[UnitOfWork, Received[Geteld]], Awaitable[None]]


class KanDitNiet(Exception):
    """A fault in the code of a service."""


class Luisteraar:
    """Notes what it hears, and how long after it was said; fails at one event if told which."""

    def __init__(self, database: Database, gif: UUID | None = None) -> None:
        self._database = database
        self._gif = gif
        self.seconden: dict[UUID, list[float]] = defaultdict(list)
        self.aantal = 0

    async def __call__(self, uow: UnitOfWork, gehoord: Received[Geteld]) -> None:
        await note(uow, gehoord)
        subject = gehoord.envelope.subject
        if subject == self._gif and gehoord.envelope.aggregateversion == GIFTIGE_VERSIE:
            raise KanDitNiet
        uow.after_commit(lambda: self._meet(subject, gehoord.envelope.time))

    def _meet(self, subject: UUID, gezegd: datetime) -> None:
        self.aantal += 1
        self.seconden[subject].append((self._database.clock.now() - gezegd).total_seconds())


async def test_een_giftige_gebeurtenis_houdt_alleen_haar_eigen_kandidaat_op(
    store: Store,
    zaad: int,
    zeg: Zeg,
    kafka_bootstrap: str,
    tmp_path: Path,
) -> None:
    run = uuid4().hex[:8]
    topic = f"{run}.{TOPIC}"
    await maak_topics(kafka_bootstrap, [topic, f"{run}.{afnemer_topic(BOXTEL)}"])
    toeval = random.Random(zaad)
    kandidaten = [UUID(int=toeval.getrandbits(128), version=4) for _ in range(KANDIDATEN)]
    gif = toeval.choice(kandidaten)
    await store.beheer.execute("DROP FUNCTION proefdienst.wacht_even CASCADE")
    orders = Orders(
        proef_url=store.proef_url,
        luister_url=store.luister_url,
        topic=topic,
        bootstrap=kafka_bootstrap,
        run=run,
    )
    async with Database("luisterdienst", store.luister_url) as luister:
        ziek = Luisteraar(luister, gif)
        gezond = Luisteraar(store.database)
        async with (
            _consumerend(kafka_bootstrap, topic, luister, ziek),
            _consumerend(kafka_bootstrap, topic, store.database, gezond),
        ):
            with Child("relay", orders, tmp_path) as relay:
                await _zeg(store.database, kandidaten, toeval, lambda: _gehoord(gezond))
                await until(lambda: _gehoord(gezond) == KANDIDATEN * VERSIES, _SECONDS)
                # Everything else is through while the bad one is still there.
                await until(lambda: _gehoord(ziek, zonder=gif) == (KANDIDATEN - 1) * VERSIES, 20)
                relay.check()
        geparkeerd = await store.beheer.fetch(
            "SELECT aggregate_id, versie, foutklasse FROM luisterdienst.geparkeerd ORDER BY versie"
        )
        assert [(r["aggregate_id"], r["versie"]) for r in geparkeerd] == [
            (gif, versie) for versie in range(GIFTIGE_VERSIE, VERSIES + 1)
        ]
        assert geparkeerd[0]["foutklasse"] == KanDitNiet.__name__
        assert await _hash(store, "luisterdienst") != await _hash(store, "proefdienst")
        hersteld = Consumer(luister, [NOTE])
        assert await hersteld.redrive(BRON, gif) == VERSIES - GIFTIGE_VERSIE + 1
    assert await _hash(store, "luisterdienst") == await _hash(store, "proefdienst")
    zeg(_verslag(ziek, gezond, gif))


@contextlib.asynccontextmanager
async def _consumerend(
    bootstrap: str, topic: str, database: Database, react: React
) -> AsyncIterator[None]:
    """Let a service consume until the block ends."""
    bus = KafkaBus(bootstrap, client_id=database.service)
    consumer = Consumer(database, [Reaction(Geteld, react)])
    task = asyncio.create_task(bus.consume(f"{topic}-{database.service}", [topic], consumer.handle))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _zeg(
    database: Database,
    kandidaten: list[UUID],
    toeval: random.Random,
    gehoord: Callable[[], int],
) -> None:
    """Every version of every kandidaat, mixed, at most so many per second.

    gehoord: how many have been heard by who hears everything.
    """
    beurten = kandidaten * VERSIES
    toeval.shuffle(beurten)
    begin = time.monotonic()
    slot: dict[UUID, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def een(kandidaat_id: UUID) -> None:
        async with slot[kandidaat_id]:
            await count_one(database, kandidaat_id)

    async with asyncio.TaskGroup() as groep:
        for nummer, kandidaat_id in enumerate(beurten):
            if (over := begin + nummer / PER_SECONDE - time.monotonic()) > 0:
                await asyncio.sleep(over)
            while nummer - gehoord() >= VOORSPRONG:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
            groep.create_task(een(kandidaat_id))


def _gehoord(luisteraar: Luisteraar, *, zonder: UUID | None = None) -> int:
    zonder_die = len(luisteraar.seconden[zonder]) if zonder else 0
    return luisteraar.aantal - zonder_die


async def _hash(store: Store, service: str) -> str:
    """Of all a service has seen, per kandidaat in order."""
    per_kandidaat: dict[UUID, list[int]] = defaultdict(list)
    for kandidaat_id, versie in await seen_by(store, service):
        per_kandidaat[kandidaat_id].append(versie)
    inhoud = repr(sorted((str(k), versies) for k, versies in per_kandidaat.items()))
    return hashlib.sha256(inhoud.encode()).hexdigest()


def _verslag(ziek: Luisteraar, gezond: Luisteraar, gif: UUID) -> str:
    met, zonder = (
        statistics.quantiles(
            [
                seconden * 1000
                for subject, van_een in wie.seconden.items()
                if subject != gif
                for seconden in van_een
            ],
            n=100,
        )
        for wie in (ziek, gezond)
    )
    delen = (
        f"{naam} binnen {met[deel]:.1f} ms, zonder {zonder[deel]:.1f} ms "
        f"(verhouding {met[deel] / zonder[deel]:.2f})"
        for naam, deel in (("de helft", 49), ("99%", 98))
    )
    return (
        f"een giftige op {KANDIDATEN * VERSIES} gebeurtenissen, hoogstens {PER_SECONDE}/s, van "
        f"zeggen tot verwerkt bij de andere kandidaten: {'; '.join(delen)}"
    )
