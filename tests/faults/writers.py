"""Forty writers in each other's way, with transactions of all lengths."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass
from uuid import UUID

import asyncpg

from chassis.database import Database
from tests.chassis.hulp import BOXTEL
from tests.chassis.proefdienst.gebeurtenis import Geteld

SLOW_COMMITS_SQL = """
CREATE FUNCTION proefdienst.wacht_even() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_sleep(random() * 0.01); RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER wacht_even AFTER INSERT ON proefdienst.outbox
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION proefdienst.wacht_even();
"""
"""Time between drawing an outbox id and the commit that shows it, so that the two orders differ."""


@dataclass(frozen=True)
class Plan:
    """How much is written."""

    writers: int = 40
    aggregates: int = 50
    transactions: int = 25


def aggregates_of(seed: int, plan: Plan) -> list[UUID]:
    random_ = random.Random(seed)
    return [UUID(int=random_.getrandbits(128), version=4) for _ in range(plan.aggregates)]


async def write(database: Database, seed: int, plan: Plan) -> None:
    """Let all writers do all their transactions."""
    hot = aggregates_of(seed, plan)
    async with asyncio.TaskGroup() as group:
        for number in range(plan.writers):
            random_ = random.Random(f"{seed}-{number}")
            group.create_task(_writer(database, random_, hot, plan.transactions))


async def _writer(
    database: Database, random_: random.Random, hot: list[UUID], transactions: int
) -> None:
    for _ in range(transactions):
        while True:
            try:
                await _transaction(database, random_, hot)
                break
            except asyncpg.DeadlockDetectedError:
                continue


async def _transaction(database: Database, random_: random.Random, hot: list[UUID]) -> None:
    """Zero to forty milliseconds, one to three events, now and then undone."""
    kandidaat_id = random_.choice(hot)
    async with database.unit_of_work(BOXTEL) as uow:
        if random_.random() < 0.5:
            # Written elsewhere first: the transaction is older than its turn at the aggregate.
            await uow.log_processing(
                "inzien", kandidaat_id=kandidaat_id, gemeentecode=BOXTEL, activity="proef/inzien"
            )
        await asyncio.sleep(random_.uniform(0, 0.04))
        for nummer in range(random_.choice((1, 1, 2, 3))):
            event = Geteld(kandidaat_id=kandidaat_id, gemeentecode=BOXTEL, nummer=nummer)
            uow.emit(event, afnemers=[BOXTEL])
        if random_.random() > 0.1:
            await uow.commit()


async def write_last(database: Database, seed: int, plan: Plan) -> None:
    """One more event per aggregate: whoever has seen it has seen all there was before."""
    for kandidaat_id in aggregates_of(seed, plan):
        async with database.unit_of_work(BOXTEL) as uow:
            event = Geteld(kandidaat_id=kandidaat_id, gemeentecode=BOXTEL, nummer=-1)
            uow.emit(event, afnemers=[BOXTEL])
            await uow.commit()
