"""A deadline fires once, when it is due, whoever is or was running."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest
from structlog.testing import capture_logs

from chassis import timers as timers_module
from chassis.clock import MovableClock
from chassis.database import Database
from chassis.timers import Deadline, Timers
from chassis.unit_of_work import UnitOfWork
from tests.chassis.hulp import BOXTEL, VUGHT, Beheer, until
from tests.chassis.proefdienst.gebeurtenis import Geteld

START = datetime(2026, 11, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)


class Fired:
    """A handler that remembers, and says as an event, what fired; it fails while told to."""

    def __init__(self) -> None:
        self.deadlines: list[Deadline] = []
        self.error: Callable[[], Exception] | None = None

    async def __call__(self, uow: UnitOfWork, deadline: Deadline) -> None:
        self.deadlines.append(deadline)
        event = Geteld(kandidaat_id=deadline.aggregate_id, gemeentecode=deadline.gemeentecode)
        uow.emit(event, afnemers=[])
        if self.error is not None:
            raise self.error()

    @property
    def keys(self) -> list[str]:
        return [d.key for d in self.deadlines]


@pytest.fixture
def clock(database: Database) -> MovableClock:
    clock = MovableClock(START)
    database.clock = clock
    return clock


@pytest.fixture
def fired() -> Fired:
    return Fired()


@pytest.fixture
def timers(database: Database, clock: MovableClock, fired: Fired) -> Timers:
    return Timers(database, {"proef": fired})


async def schedule(
    database: Database,
    due_at: datetime,
    *,
    key: str = "",
    aggregate_id: UUID | None = None,
    gemeentecode: str = BOXTEL,
    kind: str = "proef",
) -> UUID:
    aggregate_id = aggregate_id or uuid4()
    async with database.unit_of_work(gemeentecode) as uow:
        await uow.schedule(
            kind,
            aggregate_id=aggregate_id,
            gemeentecode=gemeentecode,
            due_at=due_at,
            key=key,
            data={"reden": "proef"},
        )
        await uow.commit()
    return aggregate_id


async def status(beheer: Beheer) -> list[str]:
    rows = await beheer.fetch("SELECT status FROM termijn ORDER BY vervalt_op")
    return [row["status"] for row in rows]


async def test_a_deadline_fires_when_it_is_due_and_not_before(
    database: Database, clock: MovableClock, timers: Timers, fired: Fired
) -> None:
    due = START + DAY
    aggregate_id = await schedule(database, due, key="k")
    clock.move_to(due - timedelta(microseconds=1))
    assert await timers.fire_due() == 0

    clock.move_to(due)
    assert await timers.fire_due() == 1
    expected = Deadline("proef", aggregate_id, BOXTEL, "k", due, {"reden": "proef"})
    assert fired.deadlines == [expected]


async def test_a_deadline_fires_once(
    database: Database, clock: MovableClock, timers: Timers, fired: Fired, beheer: Beheer
) -> None:
    await schedule(database, START)
    assert [await timers.fire_due(), await timers.fire_due()] == [1, 0]
    assert await status(beheer) == ["afgegaan"]
    assert await beheer.fetchval("SELECT count(*) FROM outbox") == 1


async def test_deadlines_fire_in_the_order_in_which_they_were_due(
    database: Database, clock: MovableClock, timers: Timers, fired: Fired
) -> None:
    for days in (3, 1, 2):
        await schedule(database, START + days * DAY, key=str(days))
    clock.move_by(10 * DAY)
    await timers.fire_due()
    assert fired.keys == ["1", "2", "3"]


async def test_two_workers_fire_each_deadline_once(
    database: Database, clock: MovableClock, fired: Fired, beheer: Beheer
) -> None:
    for number in range(20):
        await schedule(database, START, key=str(number))
    workers = [Timers(database, {"proef": fired}) for _ in range(2)]
    assert sum(await asyncio.gather(*(w.fire_due() for w in workers))) == 20
    assert sorted(fired.keys, key=int) == [str(n) for n in range(20)]
    assert await beheer.fetchval("SELECT count(*) FROM outbox") == 20


async def test_a_deadline_can_be_moved(
    database: Database, clock: MovableClock, timers: Timers, fired: Fired
) -> None:
    aggregate_id = await schedule(database, START + DAY)
    await schedule(database, START + 5 * DAY, aggregate_id=aggregate_id)
    clock.move_to(START + 2 * DAY)
    assert await timers.fire_due() == 0
    clock.move_to(START + 5 * DAY)
    assert await timers.fire_due() == 1


async def test_a_deadline_that_fired_can_be_set_again(
    database: Database, clock: MovableClock, timers: Timers
) -> None:
    aggregate_id = await schedule(database, START)
    await timers.fire_due()
    await schedule(database, START + DAY, aggregate_id=aggregate_id)
    clock.move_by(DAY)
    assert await timers.fire_due() == 1


async def test_a_withdrawn_deadline_does_not_fire(
    database: Database, clock: MovableClock, timers: Timers, fired: Fired
) -> None:
    a = await schedule(database, START, key="een")
    await schedule(database, START, key="twee", aggregate_id=a)
    await schedule(database, START, key="van een ander")
    async with database.unit_of_work(BOXTEL) as uow:
        await uow.cancel("proef", aggregate_id=a, key="een")
        await uow.commit()

    await timers.fire_due()
    assert sorted(fired.keys) == ["twee", "van een ander"]


async def test_all_deadlines_of_a_kind_can_be_withdrawn_at_once(
    database: Database, clock: MovableClock, timers: Timers, fired: Fired
) -> None:
    a = await schedule(database, START, key="een")
    await schedule(database, START, key="twee", aggregate_id=a)
    async with database.unit_of_work(BOXTEL) as uow:
        await uow.cancel("proef", aggregate_id=a)
        await uow.commit()

    assert await timers.fire_due() == 0


async def test_withdrawing_is_undone_with_its_unit_of_work(
    database: Database, clock: MovableClock, timers: Timers
) -> None:
    a = await schedule(database, START)
    async with database.unit_of_work(BOXTEL) as uow:
        await uow.cancel("proef", aggregate_id=a)
    assert await timers.fire_due() == 1


async def test_another_gemeente_cannot_withdraw_a_deadline(
    database: Database, clock: MovableClock, timers: Timers
) -> None:
    a = await schedule(database, START)
    async with database.unit_of_work(VUGHT) as uow:
        await uow.cancel("proef", aggregate_id=a)
        await uow.commit()
    assert await timers.fire_due() == 1


async def test_a_deadline_survives_a_restart(proef_url: str, fired: Fired) -> None:
    clock = MovableClock(START)
    async with Database("proefdienst", proef_url, clock=clock) as before:
        await schedule(before, START + DAY)
    clock.move_by(DAY)
    async with Database("proefdienst", proef_url, clock=clock) as after:
        assert await Timers(after, {"proef": fired}).fire_due() == 1


async def test_a_handler_acts_for_the_gemeente_of_the_deadline(
    database: Database, clock: MovableClock
) -> None:
    acted_for: list[str] = []

    async def remember(uow: UnitOfWork, deadline: Deadline) -> None:
        acted_for.append(uow.organisation)

    await schedule(database, START, gemeentecode=VUGHT)
    await Timers(database, {"proef": remember}).fire_due()
    assert acted_for == [VUGHT]


async def test_a_deadline_whose_handler_fails_is_parked_and_the_next_fires(
    database: Database, clock: MovableClock, timers: Timers, fired: Fired, beheer: Beheer
) -> None:
    await schedule(database, START, key="ziek")
    fired.error = lambda: ValueError("Jansen")
    with capture_logs() as logs:
        assert await timers.fire_due() == 1
    fired.error = None
    await schedule(database, START + DAY, key="gezond")
    clock.move_by(DAY)
    assert await timers.fire_due() == 1

    assert fired.keys == ["ziek", "gezond"]
    assert await status(beheer) == ["geparkeerd", "afgegaan"]
    assert await beheer.fetchval("SELECT foutklasse FROM termijn LIMIT 1") == "ValueError"
    assert await beheer.fetchval("SELECT count(*) FROM outbox") == 1
    assert "Jansen" not in repr(logs)


async def test_a_deadline_moved_while_its_handler_failed_stays_set(
    database: Database, clock: MovableClock, beheer: Beheer
) -> None:
    aggregate_id = await schedule(database, START)

    class Moving(Timers):
        async def _park(self, *args: Any) -> None:
            await schedule(database, START + DAY, aggregate_id=aggregate_id)
            await super()._park(*args)

    fired = Fired()
    fired.error = ValueError
    await Moving(database, {"proef": fired}).fire_one()
    assert await status(beheer) == ["open"]


async def test_an_error_of_the_surroundings_leaves_the_deadline_set(
    database: Database, clock: MovableClock, timers: Timers, fired: Fired, beheer: Beheer
) -> None:
    await schedule(database, START)
    fired.error = asyncpg.SerializationError
    with pytest.raises(asyncpg.SerializationError):
        await timers.fire_due()
    assert await status(beheer) == ["open"]
    fired.error = None
    assert await timers.fire_due() == 1


async def test_a_kind_without_a_handler_is_left_alone(
    database: Database, clock: MovableClock, timers: Timers, beheer: Beheer
) -> None:
    await schedule(database, START, kind="van later")
    assert await timers.fire_due() == 0
    assert await status(beheer) == ["open"]


async def test_a_running_worker_waits_out_an_outage_and_follows_the_clock(
    database: Database,
    clock: MovableClock,
    timers: Timers,
    fired: Fired,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(timers_module, "POLL_SECONDS", 0.01)
    await schedule(database, START, key="nu")
    await schedule(database, START + DAY, key="morgen")
    fired.error = asyncpg.SerializationError
    running = asyncio.create_task(timers.run())
    await until(lambda: len(fired.keys) >= 2)
    fired.error = None
    await until(lambda: database.outbox_bell.is_rung)
    clock.move_by(DAY)
    await until(lambda: "morgen" in fired.keys)
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    assert fired.keys.count("morgen") == 1
