"""What tests of the chassis share: events of the test service, a bus that remembers, waiting."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime
from typing import TypeAlias
from uuid import UUID, uuid4

import asyncpg

from chassis.bus.protocol import BusUnavailableError, Handler, Message
from chassis.consumer import Reaction, Received
from chassis.database import Database
from chassis.unit_of_work import UnitOfWork
from contracts.afnemers import dienst_topic
from contracts.envelope import CloudEvent, sequence_text
from tests.chassis.proefdienst.gebeurtenis import Geteld

Beheer: TypeAlias = "asyncpg.Connection[asyncpg.Record]"

BOXTEL, VUGHT = "0757", "0865"
OIN = "00000099000000001000"
BRON = f"urn:nld:oin:{OIN}:systeem:proefdienst"
TOPIC = dienst_topic("proefdienst")


async def until(condition: Callable[[], object], seconds: float = 20) -> None:
    """Wait until a condition holds, or what it gives to await does. Fails after ``seconds``."""
    async with asyncio.timeout(seconds):
        while True:
            found = condition()
            if inspect.isawaitable(found):
                found = await found
            if found:
                return
            await asyncio.sleep(0.01)


async def count_one(
    database: Database,
    kandidaat_id: UUID,
    *,
    gemeentecode: str = BOXTEL,
    afnemers: Collection[str] = (),
    nummers: Sequence[int] = (0,),
) -> None:
    """One unit of work that says ``Geteld`` for each number."""
    async with database.unit_of_work(gemeentecode) as uow:
        for nummer in nummers:
            event = Geteld(kandidaat_id=kandidaat_id, gemeentecode=gemeentecode, nummer=nummer)
            uow.emit(event, afnemers=afnemers)
        await uow.commit()


def kandidaat_in_shard(shard: int) -> UUID:
    return UUID(int=uuid4().int // 16 * 16 + shard)


def message(
    kandidaat_id: UUID,
    versie: int,
    *,
    gemeentecode: str = BOXTEL,
    nummer: int = 0,
    data: bytes | None = None,
    bron: str = BRON,
    type_: str | None = None,
) -> Message:
    """``Geteld`` as it comes from the bus."""
    geteld = Geteld(kandidaat_id=kandidaat_id, gemeentecode=gemeentecode, nummer=nummer)
    envelope = CloudEvent(
        id=uuid4(),
        source=bron,
        type=type_ or geteld.type(),
        subject=kandidaat_id,
        time=datetime.now(UTC),
        dataschema=geteld.dataschema(),
        dataref=geteld.dataref(),
        sequence=sequence_text(versie),
        partitionkey=kandidaat_id,
        aggregateversion=versie,
        gemeentecode=gemeentecode,
        data=data if data is not None else geteld.json_bytes(),
    )
    return Message(TOPIC, str(kandidaat_id).encode(), envelope.data, envelope.kafka_headers())


async def note(uow: UnitOfWork, received: Received[Geteld]) -> None:
    """The reaction of a test service: write down what was seen."""
    await uow.connection.execute(
        "INSERT INTO gezien (gemeentecode, aggregate_id, versie) VALUES ($1, $2, $3)",
        received.event.gemeentecode,
        received.event.kandidaat_id,
        received.envelope.aggregateversion,
    )


NOTE = Reaction(Geteld, note)


async def seen(beheer: Beheer, kandidaat_id: UUID) -> list[int]:
    """The versions of an aggregate that the reaction was given, in that order."""
    rows = await beheer.fetch(
        "SELECT versie FROM gezien WHERE aggregate_id = $1 ORDER BY volgnummer", kandidaat_id
    )
    return [row["versie"] for row in rows]


class RecordingBus:
    """A bus that remembers what was published, and can be down or refuse.

    down: whether publishing fails.  refuse: which messages it will never take.
    gate: when set, publishing waits for it after the messages were taken down.
    """

    def __init__(self) -> None:
        self.published: list[Message] = []
        self.attempts = 0
        self.down = False
        self.refuse: Callable[[Message], bool] = lambda _: False
        self.gate: asyncio.Event | None = None

    async def publish(self, messages: Sequence[Message]) -> Collection[int]:
        self.attempts += 1
        if self.down:
            raise BusUnavailableError("uit")
        refused = [i for i, m in enumerate(messages) if self.refuse(m)]
        self.published += [m for i, m in enumerate(messages) if i not in refused]
        if self.gate is not None:
            await self.gate.wait()
        return refused

    async def consume(self, group: str, topics: Collection[str], handler: Handler) -> None:
        raise NotImplementedError

    async def ready(self) -> None:
        return

    async def close(self) -> None:
        return

    def versions(self, kandidaat_id: UUID, topic: str = TOPIC) -> list[int]:
        """The versions of an aggregate on a topic, in order of arrival."""
        return [
            int(dict(m.headers)["ce_aggregateversion"])
            for m in self.published
            if m.topic == topic and m.key == str(kandidaat_id).encode()
        ]
