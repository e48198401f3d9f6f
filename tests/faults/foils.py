"""Relays and consumers as they are often written, with the fault each of them has.

They exist so that the tests can be seen to fail.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import asyncpg

from chassis.bus.protocol import Bus, Message
from chassis.database import Database
from chassis.tenancy import SYSTEM
from contracts.envelope import CloudEvent
from tests.chassis.hulp import BOXTEL, TOPIC

_COLUMNS = "id, aggregate_id, aggregate_versie, data"


def _messages(rows: Sequence[asyncpg.Record]) -> list[Message]:
    return [
        Message(
            TOPIC,
            str(row["aggregate_id"]).encode(),
            row["data"],
            [("ce_aggregateversion", str(row["aggregate_versie"]).encode())],
        )
        for row in rows
    ]


async def skip_locked(database: Database, bus: Bus) -> None:
    """Several workers that each take the oldest rows no other has: they overtake each other."""

    async def worker() -> None:
        while True:
            async with database.unit_of_work(SYSTEM) as uow:
                rows = await uow.connection.fetch(
                    f"SELECT {_COLUMNS} FROM outbox ORDER BY id LIMIT 5 FOR UPDATE SKIP LOCKED"  # noqa: S608
                )
                await bus.publish(_messages(rows))
                ids = [row["id"] for row in rows]
                await uow.connection.execute("DELETE FROM outbox WHERE id = ANY($1)", ids)
                await uow.commit()

    async with asyncio.TaskGroup() as group:
        for _ in range(4):
            group.create_task(worker())


async def cursor_over_ids(database: Database, bus: Bus) -> None:
    """Remembers the last id it saw: whoever drew a lower one and commits later is lost."""
    last = 0
    while True:
        async with database.unit_of_work(SYSTEM) as uow:
            rows = await uow.connection.fetch(
                f"SELECT {_COLUMNS} FROM outbox WHERE id > $1 ORDER BY id",  # noqa: S608
                last,
            )
        if rows:
            await bus.publish(_messages(rows))
            last = rows[-1]["id"]


async def order_of_transactions(database: Database, bus: Bus) -> None:
    """Orders by transaction number: one that began early and came late goes first."""
    while True:
        async with database.unit_of_work(SYSTEM) as uow:
            rows = await uow.connection.fetch(
                f"SELECT {_COLUMNS} FROM outbox ORDER BY xmin::text::bigint, id"  # noqa: S608
            )
            await bus.publish(_messages(rows))
            ids = [row["id"] for row in rows]
            await uow.connection.execute("DELETE FROM outbox WHERE id = ANY($1)", ids)
            await uow.commit()


class TrustingConsumer:
    """Handles whatever comes, as if it could come only once."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def handle(self, messages: Sequence[Message]) -> None:
        for message in messages:
            envelope = CloudEvent.from_kafka(message.headers, message.value)
            async with self._database.unit_of_work(BOXTEL) as uow:
                await uow.connection.execute(
                    "INSERT INTO gezien (gemeentecode, aggregate_id, versie) VALUES ($1, $2, $3)",
                    envelope.gemeentecode,
                    envelope.subject,
                    envelope.aggregateversion,
                )
                await uow.commit()
