"""What is parked shows in the metrics, and is gone from them when it is gone."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from prometheus_client import REGISTRY

from chassis import parking, runtime
from chassis.clock import MovableClock
from chassis.consumer import Consumer, Reaction, Received
from chassis.database import Database
from chassis.parking import Filter, Parking
from chassis.tenancy import SYSTEM
from chassis.unit_of_work import UnitOfWork
from tests.chassis.hulp import message, until
from tests.chassis.proefdienst.gebeurtenis import Geteld

LABELS = {"dienst": "proefdienst", "soort": "consument", "foutklasse": "Poison"}


class Poison(Exception):
    pass


async def poison(uow: UnitOfWork, received: Received[Geteld]) -> None:
    raise Poison


@pytest.fixture
async def measuring(database: Database, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    monkeypatch.setattr(runtime, "_MEASURE_SECONDS", 0.02)
    task = asyncio.create_task(runtime.measure(database))
    yield
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


def gauge(name: str) -> float | None:
    return REGISTRY.get_sample_value(name, LABELS)


async def test_what_is_parked_is_counted_by_kind_and_error_with_its_age(
    database: Database, measuring: None
) -> None:
    clock = MovableClock(datetime(2026, 11, 2, 9, tzinfo=UTC))
    database.clock = clock
    consumer = Consumer(database, [Reaction(Geteld, poison)])
    k = uuid4()
    for version in (1, 2, 3):
        await consumer.handle_one(message(k, version))
    clock.move_by(timedelta(hours=1))
    await until(lambda: gauge("meedoen_geparkeerd_oudste_seconden") == 3600)
    assert gauge("meedoen_geparkeerd") == 1
    assert gauge("meedoen_geparkeerd_wachtend") == 2

    skips = {"dienst": "proefdienst", "soort": "consument"}
    before = REGISTRY.get_sample_value("meedoen_overgeslagen_total", skips) or 0
    for _ in range(3):
        async with database.unit_of_work(SYSTEM) as uow:
            [item] = await parking.parked(uow, Filter(), limit=2)
        work = Parking(database, consumer)
        await work.skip(item.reference, by="piket", reason="Proef van de meting.")
    await until(lambda: gauge("meedoen_geparkeerd") == 0)
    assert gauge("meedoen_geparkeerd_oudste_seconden") == 0
    assert REGISTRY.get_sample_value("meedoen_overgeslagen_total", skips) == before + 3
