"""Carries out a plan: kills with -9 at its moment, and starts again after a while."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from aiokafka.admin import AIOKafkaAdminClient

from tests.storing.omgeving import BROKERS, Losse
from tests.storing.plan import BROKERS as BROKERDOELEN
from tests.storing.plan import LEIDER, POSTGRES, Storing

_LOOK_AGAIN = 0.05
_IN_SYNC_SECONDS = 120.0


@dataclass(frozen=True)
class Gedaan:
    """Something that was killed, or that is back. moment: by the clock of the chain."""

    moment: datetime
    seconden: float
    wat: str

    def __str__(self) -> str:
        return f"{self.seconden:6.1f} s  {self.wat}"


@dataclass
class Aap:
    """gedaan: what was killed, when, and for how long."""

    keten: Losse
    voortgang: Callable[[], float]
    zeg: Callable[[str], None]
    gedaan: list[Gedaan] = field(default_factory=list)
    _begin: float = field(default_factory=time.monotonic)
    _per_doel: dict[str, asyncio.Lock] = field(default_factory=dict)
    _brokers: asyncio.Lock = field(default_factory=asyncio.Lock)
    _gedode_brokers: set[int] = field(default_factory=set)

    async def voer_uit(self, plan: list[Storing]) -> None:
        """All of it; returns when the last one runs again."""
        async with asyncio.TaskGroup() as groep:
            for storing in plan:
                groep.create_task(self._op_tijd(storing))

    async def _op_tijd(self, storing: Storing) -> None:
        while self.voortgang() < storing.moment:  # noqa: ASYNC110 - a number that others count
            await asyncio.sleep(_LOOK_AGAIN)
        if storing.doel in BROKERDOELEN:
            # One at a time: two that are away may both be needed.
            async with self._brokers:
                await self._broker(storing)
            return
        async with self._per_doel.setdefault(storing.doel, asyncio.Lock()):
            if storing.doel == POSTGRES:
                await self._postgres(storing)
            else:
                self.keten.processen.kill(storing.doel)
                await self._uitval(storing.doel, storing.uitval)
                self.keten.processen.start(storing.doel)

    async def _postgres(self, storing: Storing) -> None:
        postgres = self.keten.postgres
        await asyncio.to_thread(postgres.kill)
        await self._uitval(POSTGRES, storing.uitval)
        begin = time.monotonic()
        await asyncio.to_thread(postgres.start)
        assert postgres.beheer_url == self.keten.beheer_url, "PostgreSQL kreeg een andere poort"
        self._noteer(f"postgres is terug na {time.monotonic() - begin:.1f} s herstel")

    async def _broker(self, storing: Storing) -> None:
        kafka = self.keten.kafka
        await _gelijk(kafka.bootstrap)
        leidt = await leiderschap(kafka.bootstrap)
        nog = [b for b in range(1, BROKERS + 1) if b not in self._gedode_brokers]
        broker = max(nog, key=lambda b: leidt[b]) if storing.doel == LEIDER else nog[0]
        self._gedode_brokers.add(broker)
        await asyncio.to_thread(kafka.kill, broker)
        await self._uitval(f"broker {broker} (leidt {leidt[broker]} partities)", storing.uitval)
        begin = time.monotonic()
        await asyncio.to_thread(kafka.start, broker)
        await _gelijk(kafka.bootstrap)
        self._noteer(f"broker {broker} is weer gelijk na {time.monotonic() - begin:.1f} s")

    async def _uitval(self, wie: str, seconden: float) -> None:
        self._noteer(f"kill -9 {wie}, {seconden:.1f} s")
        await asyncio.sleep(seconden)

    def _noteer(self, wat: str) -> None:
        gedaan = Gedaan(self.keten.klok.now(), time.monotonic() - self._begin, wat)
        self.gedaan.append(gedaan)
        self.zeg(str(gedaan))


async def leiderschap(bootstrap: str) -> Counter[int]:
    """How many partitions each broker leads."""
    return Counter(deel["leader"] for deel in await _partities(bootstrap))


async def _gelijk(bootstrap: str) -> None:
    """Until every partition has all its copies again, so that one of them can be spared."""
    async with asyncio.timeout(_IN_SYNC_SECONDS):
        while not all(  # noqa: ASYNC110 - the state of another process
            len(deel["isr"]) == len(deel["replicas"]) for deel in await _partities(bootstrap)
        ):
            await asyncio.sleep(0.2)


async def _partities(bootstrap: str) -> list[dict[str, Any]]:
    beheer = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await beheer.start()
    try:
        topics = await beheer.describe_topics()
    finally:
        await beheer.close()
    return [deel for topic in topics for deel in topic["partitions"]]
