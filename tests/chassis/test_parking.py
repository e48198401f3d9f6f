"""What is parked waits in order for a human, who tries it again or leaves it out with a reason."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import asyncpg
import pytest

from chassis import parking
from chassis.bus.protocol import Message
from chassis.clock import MovableClock
from chassis.consumer import Consumer, Outcome, Reaction, Received
from chassis.database import Database
from chassis.parking import Filter, Kind, NotParkedError, NotSkippableError, Parked, Parking
from chassis.relay import Relay
from chassis.tenancy import SYSTEM
from chassis.timers import Deadline, Timers
from chassis.unit_of_work import UnitOfWork
from tests.chassis.hulp import (
    BOXTEL,
    BRON,
    OIN,
    TOPIC,
    VUGHT,
    Beheer,
    RecordingBus,
    count_one,
    message,
    note,
    seen,
)
from tests.chassis.proefdienst.gebeurtenis import Geteld

START = datetime(2026, 11, 2, 9, tzinfo=UTC)
WHY = "Dubbel aangeleverd, zie melding 12."


class Poison(Exception):
    """What a bad event does to a reaction."""


class Sick:
    """Cannot handle the versions it is told to, of one kandidaat or of all."""

    def __init__(self) -> None:
        self.cannot: set[int] = set()
        self.only: UUID | None = None

    async def __call__(self, uow: UnitOfWork, received: Received[Geteld]) -> None:
        await note(uow, received)
        sick = self.only in (None, received.event.kandidaat_id)
        if sick and received.envelope.aggregateversion in self.cannot:
            raise Poison


@pytest.fixture
def clock(database: Database) -> MovableClock:
    clock = MovableClock(START)
    database.clock = clock
    return clock


@pytest.fixture
def sick() -> Sick:
    return Sick()


@pytest.fixture
def consumer(database: Database, sick: Sick, clock: MovableClock) -> Consumer:
    return Consumer(database, [Reaction(Geteld, sick)])


@pytest.fixture
def work(database: Database, consumer: Consumer) -> Parking:
    return Parking(database, consumer)


async def items(database: Database, **chosen: object) -> list[Parked]:
    async with database.unit_of_work(SYSTEM) as uow:
        return await parking.parked(uow, Filter(**chosen), limit=100)  # type: ignore[arg-type]


async def only(database: Database, **chosen: object) -> Parked:
    [item] = await items(database, **chosen)
    return item


async def log_of(beheer: Beheer) -> list[asyncpg.Record]:
    return await beheer.fetch("SELECT * FROM overgeslagen ORDER BY overgeslagen_op, kenmerk")


async def position(beheer: Beheer, kandidaat_id: UUID) -> tuple[int, bool]:
    row = await beheer.fetchrow(
        "SELECT versie, wacht FROM positie WHERE aggregate_id = $1", kandidaat_id
    )
    assert row is not None
    return row["versie"], row["wacht"]


async def deliver(consumer: Consumer, kandidaat_id: UUID, versies: Sequence[int]) -> None:
    for versie in versies:
        await consumer.handle_one(message(kandidaat_id, versie))


def unreadable(value: bytes = b"{", header: bytes = b"x") -> Message:
    return Message(TOPIC, b"k", value, [("ce_specversion", header)])


# -- what is parked ---------------------------------------------------------------------------


async def test_of_an_aggregate_only_the_first_is_shown_with_how_many_wait_behind_it(
    consumer: Consumer, database: Database, sick: Sick
) -> None:
    k, well = uuid4(), uuid4()
    sick.cannot, sick.only = {2}, k
    await deliver(consumer, k, range(1, 6))
    await deliver(consumer, well, range(1, 6))

    item = await only(database)
    assert (item.kind, item.failure, item.subject, item.version, item.waiting) == (
        *(Kind.CONSUMER, "Poison", k, 2, 3),
    )
    assert (item.type, item.gemeentecode, item.source, item.parked_at) == (
        *(Geteld.type(), BOXTEL, BRON, START),
    )


async def test_what_is_shown_of_an_event_holds_no_value_from_it(
    consumer: Consumer, database: Database
) -> None:
    await consumer.handle_one(message(uuid4(), 1, data=b'{"kandidaatId": "geheim-999990019"}'))
    item = await only(database)
    assert item.failure == "ValidationError"
    assert "kandidaatId" in item.place
    assert "geheim" not in repr(item)


async def test_the_kinds_stand_in_one_list_the_longest_parked_first(
    consumer: Consumer, database: Database, sick: Sick, clock: MovableClock
) -> None:
    sick.cannot = {1}
    in_outbox, k = uuid4(), uuid4()
    bus = RecordingBus()
    bus.refuse = lambda _: True
    await count_one(database, in_outbox, afnemers=[VUGHT], nummers=(1, 2))
    await Relay(database, bus, oin=OIN).drain()
    clock.move_by(timedelta(minutes=1))
    await consumer.handle_one(unreadable())
    clock.move_by(timedelta(minutes=1))
    await deliver(consumer, k, [1])
    clock.move_by(timedelta(minutes=1))
    await park_deadline(database)

    assert [i.kind for i in await items(database)] == [
        *(Kind.OUTBOX, Kind.UNREADABLE, Kind.CONSUMER, Kind.DEADLINE),
    ]
    assert [i.waiting for i in await items(database)] == [1, 0, 0, 0]
    assert (await only(database, kind=Kind.OUTBOX)).failure == "GeweigerdDoorBus"
    assert (await only(database, failure="EnvelopeError")).kind is Kind.UNREADABLE
    assert (await only(database, type="proef")).kind is Kind.DEADLINE
    assert (await only(database, afnemer=VUGHT)).subject == in_outbox
    assert await items(database, gemeentecode=VUGHT) == []
    before = START + timedelta(seconds=90)
    assert [i.kind for i in await items(database, parked_before=before)] == [
        *(Kind.OUTBOX, Kind.UNREADABLE),
    ]


async def test_an_afnemer_finds_what_it_may_be_missing(
    consumer: Consumer, database: Database, sick: Sick
) -> None:
    sick.cannot = {1}
    plain = message(uuid4(), 1)
    told = [*plain.headers, ("afnemers", b"0757,wsd")]
    await consumer.handle_one(Message(plain.topic, plain.key, plain.value, told))
    assert (await only(database, afnemer="wsd")).afnemers == ("0757", "wsd")
    assert await items(database, afnemer=VUGHT) == []


async def test_errors_are_counted_by_class(
    consumer: Consumer, database: Database, sick: Sick, clock: MovableClock
) -> None:
    sick.cannot = {1}
    await deliver(consumer, uuid4(), [1, 2, 3])
    clock.move_by(timedelta(hours=1))
    await deliver(consumer, uuid4(), [1, 2])
    await consumer.handle_one(unreadable())
    async with database.unit_of_work(SYSTEM) as uow:
        found = await parking.counts(uow, Filter())
    assert [(c.kind, c.failure, c.parked, c.waiting, c.oldest) for c in found] == [
        (Kind.CONSUMER, "Poison", 2, 3, START),
        (Kind.UNREADABLE, "EnvelopeError", 1, 0, START + timedelta(hours=1)),
    ]


async def test_a_list_goes_on_after_a_place(consumer: Consumer, database: Database) -> None:
    for letter in b"abc":
        await consumer.handle_one(unreadable(header=bytes([letter])))
    async with database.unit_of_work(SYSTEM) as uow:
        one, two, three = await parking.parked(uow, Filter(), limit=10)
        after = (two.parked_at, two.reference)
        assert await parking.parked(uow, Filter(), limit=10, after=after) == [three]
        assert await parking.parked(uow, Filter(), limit=1) == [one]


async def test_a_gemeente_sees_nothing_of_another_s_log(
    consumer: Consumer, database: Database, work: Parking, sick: Sick
) -> None:
    sick.cannot = {1}
    await deliver(consumer, uuid4(), [1])
    await work.skip((await only(database)).reference, by="ik", reason=WHY)
    for organisation, count in ((BOXTEL, 1), (VUGHT, 0), ("wsd", 0)):
        async with database.unit_of_work(organisation) as uow:
            assert len(await parking.skipped(uow, limit=10)) == count


# -- trying again -----------------------------------------------------------------------------


async def test_a_redrive_after_the_mend_ends_as_a_clean_run(
    consumer: Consumer, database: Database, work: Parking, sick: Sick, beheer: Beheer
) -> None:
    k = uuid4()
    sick.cannot = {2}
    await deliver(consumer, k, range(1, 6))
    sick.cannot = set()

    outcome = await work.redrive((await only(database)).reference)
    assert (outcome.handled, outcome.stopped_at) == (4, None)
    assert await seen(beheer, k) == [1, 2, 3, 4, 5]
    assert await position(beheer, k) == (5, False)
    assert await items(database) == []


async def test_a_redrive_stops_at_the_next_failure_and_says_so(
    consumer: Consumer, database: Database, work: Parking, sick: Sick, beheer: Beheer
) -> None:
    k = uuid4()
    sick.cannot = {2, 4}
    await deliver(consumer, k, range(1, 6))
    sick.cannot = {4}

    outcome = await work.redrive((await only(database)).reference)
    assert outcome.handled == 2
    assert outcome.stopped_at is not None
    stopped = outcome.stopped_at
    assert (stopped.version, stopped.failure, stopped.waiting) == (4, "Poison", 1)
    assert await seen(beheer, k) == [1, 2, 3]


async def test_what_is_gone_cannot_be_redriven_or_skipped(work: Parking) -> None:
    with pytest.raises(NotParkedError):
        await work.redrive(uuid4())
    with pytest.raises(NotParkedError):
        await work.skip(uuid4(), by="ik", reason=WHY)


async def test_all_of_a_choice_is_redriven_and_one_that_fails_does_not_stop_the_others(
    consumer: Consumer, database: Database, work: Parking, sick: Sick, beheer: Beheer
) -> None:
    sick.cannot = {2}
    kandidaten = [uuid4() for _ in range(3)]
    for k in kandidaten:
        await deliver(consumer, k, [1, 2, 3])
    await consumer.handle_one(unreadable())
    sick.only = kandidaten[1]

    outcomes, left = await work.redrive_all(Filter(kind=Kind.CONSUMER), 10)
    assert {o.subject: o.handled for o in outcomes} == dict(zip(kandidaten, (2, 0, 2), strict=True))
    assert left == 0
    assert [i.subject for i in await items(database, kind=Kind.CONSUMER)] == [kandidaten[1]]
    assert await seen(beheer, kandidaten[2]) == [1, 2, 3]


async def test_a_redrive_of_all_says_how_many_it_left(
    consumer: Consumer, work: Parking, sick: Sick
) -> None:
    sick.cannot = {1}
    for _ in range(3):
        await deliver(consumer, uuid4(), [1])
    sick.cannot = set()
    outcomes, left = await work.redrive_all(Filter(), 2)
    assert (len(outcomes), left) == (2, 1)


async def test_two_operators_at_once_handle_everything_once(
    consumer: Consumer, database: Database, work: Parking, sick: Sick, beheer: Beheer
) -> None:
    k = uuid4()
    sick.cannot = {1}
    await deliver(consumer, k, range(1, 11))
    sick.cannot = set()
    reference = (await only(database)).reference

    outcomes = await asyncio.gather(
        *(work.redrive(reference) for _ in range(4)), return_exceptions=True
    )
    handled = [o.handled for o in outcomes if isinstance(o, parking.Redriven)]
    assert sum(handled) == 10
    assert await seen(beheer, k) == list(range(1, 11))


async def test_a_redrive_while_the_consumer_runs_loses_and_repeats_nothing(
    consumer: Consumer, database: Database, work: Parking, sick: Sick, beheer: Beheer
) -> None:
    k = uuid4()
    sick.cannot = {2}
    await deliver(consumer, k, range(1, 11))
    reference = (await only(database)).reference
    sick.cannot = set()

    await asyncio.gather(work.redrive(reference), deliver(consumer, k, range(11, 41)))
    if rest := await items(database):
        await work.redrive(rest[0].reference)
    assert await seen(beheer, k) == list(range(1, 41))
    assert await position(beheer, k) == (40, False)


async def test_a_refused_event_goes_out_in_order_when_it_is_redriven(
    database: Database, work: Parking
) -> None:
    k, bus = uuid4(), RecordingBus()
    relay = Relay(database, bus, oin=OIN)
    bus.refuse = lambda _: True
    await count_one(database, k, nummers=(1, 2))
    await relay.drain()
    bus.refuse = lambda _: False

    assert (await work.redrive((await only(database)).reference)).offered
    await relay.drain()
    assert bus.versions(k) == [1, 2]
    assert await items(database) == []


async def test_a_refused_event_cannot_be_skipped_for_everyone_would_wait_for_it(
    database: Database, work: Parking
) -> None:
    bus = RecordingBus()
    bus.refuse = lambda _: True
    await count_one(database, uuid4())
    await Relay(database, bus, oin=OIN).drain()
    with pytest.raises(NotSkippableError, match="elke ontvanger"):
        await work.skip((await only(database)).reference, by="ik", reason=WHY)
    assert len(await items(database)) == 1


# -- deadlines --------------------------------------------------------------------------------


async def fails(uow: UnitOfWork, deadline: Deadline) -> None:
    raise Poison


async def park_deadline(database: Database) -> UUID:
    aggregate_id = uuid4()
    async with database.unit_of_work(BOXTEL) as uow:
        await uow.schedule(
            "proef",
            aggregate_id=aggregate_id,
            gemeentecode=BOXTEL,
            due_at=database.clock.now(),
        )
        await uow.commit()
    await Timers(database, {"proef": fails}).fire_due()
    return aggregate_id


async def test_a_parked_deadline_fires_when_it_is_redriven(
    database: Database, work: Parking
) -> None:
    fired: list[UUID] = []

    async def fire(uow: UnitOfWork, deadline: Deadline) -> None:
        fired.append(deadline.aggregate_id)

    aggregate_id = await park_deadline(database)
    assert (await work.redrive((await only(database)).reference)).offered
    await Timers(database, {"proef": fire}).fire_due()
    assert fired == [aggregate_id]
    assert await items(database) == []


async def test_a_parked_deadline_can_be_withdrawn_and_later_set_and_withdrawn_again(
    database: Database, work: Parking, beheer: Beheer
) -> None:
    aggregate_id = await park_deadline(database)
    await work.skip((await only(database)).reference, by="ik", reason=WHY)
    assert await items(database) == []

    async with database.unit_of_work(BOXTEL) as uow:
        await uow.schedule(
            "proef",
            aggregate_id=aggregate_id,
            gemeentecode=BOXTEL,
            due_at=database.clock.now(),
        )
        await uow.commit()
    await Timers(database, {"proef": fails}).fire_due()
    await work.skip((await only(database)).reference, by="ik", reason=WHY)
    assert [row["soort"] for row in await log_of(beheer)] == ["termijn", "termijn"]


# -- leaving out ------------------------------------------------------------------------------


async def test_a_skip_moves_on_keeps_the_event_in_the_log_and_handles_what_waits(
    consumer: Consumer, database: Database, work: Parking, sick: Sick, beheer: Beheer
) -> None:
    k = uuid4()
    sick.cannot = {2}
    bad = message(k, 2, nummer=7)
    await deliver(consumer, k, [1])
    await consumer.handle_one(bad)
    await deliver(consumer, k, [3, 4])

    line, redriven = await work.skip((await only(database)).reference, by="piket", reason=WHY)
    assert (line.version, line.failure, line.by, line.reason) == (2, "Poison", "piket", WHY)
    assert (redriven.handled, redriven.stopped_at) == (2, None)
    assert await seen(beheer, k) == [1, 3, 4]
    assert await position(beheer, k) == (4, False)
    [row] = await log_of(beheer)
    assert (row["waarde"], row["overgeslagen_op"]) == (bad.value, START)
    assert await consumer.handle_one(bad) is Outcome.DUPLICATE, "skipped is skipped"
    await deliver(consumer, k, [5])
    assert await seen(beheer, k) == [1, 3, 4, 5]


async def test_a_skip_asked_twice_happens_once(
    consumer: Consumer, database: Database, work: Parking, sick: Sick, beheer: Beheer
) -> None:
    sick.cannot = {1, 2}
    await deliver(consumer, uuid4(), [1, 2])
    reference = (await only(database)).reference
    outcomes = await asyncio.gather(
        *(work.skip(reference, by=f"operator-{n}", reason=WHY) for n in range(4))
    )
    assert len({line for line, _ in outcomes}) == 1, "all are told who did it"
    assert len(await log_of(beheer)) == 1
    assert (await only(database)).version == 2, "the next one is not skipped with it"


async def test_a_skip_and_a_redrive_at_once_leave_nothing_in_between(
    consumer: Consumer, database: Database, work: Parking, sick: Sick, beheer: Beheer
) -> None:
    k = uuid4()
    sick.cannot = {1}
    await deliver(consumer, k, range(1, 6))
    reference = (await only(database)).reference
    sick.cannot = set()
    await asyncio.gather(
        work.redrive(reference),
        work.skip(reference, by="ik", reason=WHY),
        return_exceptions=True,
    )
    skipped = len(await log_of(beheer))
    assert await seen(beheer, k) == list(range(1 + skipped, 6))
    assert await position(beheer, k) == (5, False)


async def test_who_stops_between_a_skip_and_what_waits_leaves_it_to_the_next_redrive(
    consumer: Consumer, database: Database, work: Parking, sick: Sick, beheer: Beheer
) -> None:
    k = uuid4()
    sick.cannot = {1}
    await deliver(consumer, k, [1, 2, 3])
    reference = (await only(database)).reference
    async with database.unit_of_work(SYSTEM) as uow:
        assert await consumer.skip(uow, reference, by="ik", reason=WHY)
        await uow.commit()

    assert (await only(database)).version == 2
    await deliver(consumer, k, [4])
    assert await seen(beheer, k) == [2, 3, 4]
    assert await items(database) == []


async def test_what_waits_for_one_that_never_came_cannot_be_skipped(
    consumer: Consumer, database: Database, work: Parking, beheer: Beheer
) -> None:
    k = uuid4()
    await deliver(consumer, k, [1, 3, 4])
    item = await only(database)
    assert (item.failure, item.version, item.waiting) == ("WachtOpEerdere", 3, 1)
    with pytest.raises(NotSkippableError, match="nog niet is ontvangen"):
        await work.skip(item.reference, by="ik", reason=WHY)
    assert (await work.redrive(item.reference)).handled == 0
    await deliver(consumer, k, [2])
    assert await seen(beheer, k) == [1, 2, 3, 4]


async def test_the_log_of_skips_cannot_be_changed_by_the_service(
    consumer: Consumer, database: Database, work: Parking, sick: Sick
) -> None:
    sick.cannot = {1}
    await deliver(consumer, uuid4(), [1])
    await work.skip((await only(database)).reference, by="ik", reason=WHY)
    for statement in ("UPDATE overgeslagen SET reden = 'x'", "DELETE FROM overgeslagen"):
        async with database.unit_of_work(SYSTEM) as uow:
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await uow.connection.execute(statement)


# -- unreadable -------------------------------------------------------------------------------


async def test_an_unreadable_message_that_is_delivered_again_is_kept_once(
    consumer: Consumer, database: Database
) -> None:
    assert await consumer.handle_one(unreadable()) is Outcome.PARKED
    assert await consumer.handle_one(unreadable()) is Outcome.DUPLICATE
    assert await consumer.handle_one(unreadable(header=b"y")) is Outcome.PARKED
    assert len(await items(database)) == 2


async def test_an_unreadable_message_that_was_put_away_does_not_come_back(
    consumer: Consumer, database: Database, work: Parking, beheer: Beheer
) -> None:
    await consumer.handle_one(unreadable())
    line, redriven = await work.skip((await only(database)).reference, by="ik", reason=WHY)
    assert (line.kind, redriven.handled) == (Kind.UNREADABLE, 0)
    assert await consumer.handle_one(unreadable()) is Outcome.DUPLICATE
    assert await items(database) == []


async def test_a_message_that_can_be_read_by_now_is_handled_when_it_is_redriven(
    consumer: Consumer, database: Database, work: Parking, beheer: Beheer
) -> None:
    k, plain = uuid4(), unreadable()
    await consumer.handle_one(plain)
    item = await only(database)
    outcome = await work.redrive(item.reference)
    assert (outcome.handled, outcome.stopped_at) == (0, item)

    good = message(k, 1)
    async with database.unit_of_work(SYSTEM) as uow:
        # As after a release that reads what the one before could not.
        await uow.connection.execute(
            "UPDATE geparkeerd SET waarde = $1, headers ="
            " (SELECT jsonb_agg(jsonb_build_array(n, w))"
            "  FROM unnest($2::text[], $3::text[]) t(n, w))",
            good.value,
            [name for name, _ in good.headers],
            [value.decode() for _, value in good.headers],
        )
        await uow.commit()
    assert (await work.redrive(item.reference)).handled == 1
    assert await seen(beheer, k) == [1]
    assert await items(database) == []
