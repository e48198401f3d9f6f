"""Draining the outbox against a bare aiokafka producer that sends the same records."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Collection, Sequence
from datetime import date
from typing import Final
from uuid import uuid4

from aiokafka import AIOKafkaProducer

from chassis.bus.kafka import KafkaBus
from chassis.bus.protocol import Message
from chassis.database import Database
from chassis.relay import Relay
from contracts.intake import Doelgroep, Instroomkanaal, KandidaatAangemeld
from deploy.bench.omgeving import OIN, Omgeving
from deploy.bench.uitslag import Verhouding

_GEBEURTENISSEN: Final = 10_000
_PER_KANDIDAAT: Final = 5


class _Opvanger:
    """A bus that keeps what the relay would send, so that the bare producer sends the same."""

    def __init__(self, bus: KafkaBus) -> None:
        self._bus = bus
        self.records: list[Message] = []

    async def publish(self, messages: Sequence[Message]) -> Collection[int]:
        self.records += messages
        return await self._bus.publish(messages)


async def meet(omgeving: Omgeving, rondes: int) -> tuple[Verhouding, Verhouding]:
    """Per second: records, and events (an event is three records: service, gemeente and WSD)."""
    meedoen: list[float] = []
    kaal: list[float] = []
    bus = KafkaBus(omgeving.bootstrap, client_id="bench-relay")
    producer = AIOKafkaProducer(
        bootstrap_servers=omgeving.bootstrap,
        acks="all",
        enable_idempotence=True,
        linger_ms=5,
        max_batch_size=512 * 1024,
    )
    await producer.start()
    # On the topic of a service that nobody hears in the other measurements.
    async with omgeving.database("diagnose") as database:
        opvanger = _Opvanger(bus)
        await _vul(database, _GEBEURTENISSEN // 10)
        await Relay(database, opvanger, oin=OIN).drain()  # type: ignore[arg-type]
        await _stuur(producer, opvanger.records)
        for _ in range(rondes):
            opvanger.records.clear()
            await _vul(database, _GEBEURTENISSEN)
            begin = time.perf_counter()
            await Relay(database, opvanger, oin=OIN).drain()  # type: ignore[arg-type]
            meedoen.append(len(opvanger.records) / (time.perf_counter() - begin))
            kaal.append(await _stuur(producer, opvanger.records))
    await producer.stop()
    await bus.close()
    per_event = len(opvanger.records) / _GEBEURTENISSEN
    return (
        Verhouding("relay, records", meedoen, kaal, doel=0.6),
        Verhouding(
            "relay, gebeurtenissen",
            [m / per_event for m in meedoen],
            [k / per_event for k in kaal],
            doel=0.6,
        ),
    )


async def _vul(database: Database, aantal: int) -> None:
    """Fill the outbox through the unit of work, five events to a kandidaat."""

    async def kandidaat() -> None:
        id_ = uuid4()
        async with database.unit_of_work("0757") as uow:
            for _ in range(_PER_KANDIDAAT):
                uow.emit(
                    KandidaatAangemeld(
                        kandidaat_id=id_,
                        gemeentecode="0757",
                        aangemeld_op=date(2026, 11, 20),
                        instroomkanaal=Instroomkanaal.BALIE,
                        doelgroep=Doelgroep.PWET,
                    ),
                    afnemers=("0757", "wsd"),
                )
            await uow.commit()

    for _ in range(aantal // _PER_KANDIDAAT // 10):
        await asyncio.gather(*(kandidaat() for _ in range(10)))


async def _stuur(producer: AIOKafkaProducer, records: Sequence[Message]) -> float:
    begin = time.perf_counter()
    futures = [
        await producer.send(r.topic, key=r.key, value=r.value, headers=list(r.headers))
        for r in records
    ]
    await asyncio.gather(*futures)
    return len(records) / (time.perf_counter() - begin)
