"""At least once on the wire, once in effect, in order; what fails is set aside."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from uuid import UUID, uuid4

import asyncpg
import pytest
from structlog.testing import capture_logs

from chassis.bus.protocol import Message
from chassis.consumer import Consumer, Heard, Outcome, Reaction, Received
from chassis.database import Database
from chassis.unit_of_work import UnitOfWork
from tests.chassis.hulp import BOXTEL, BRON, TOPIC, VUGHT, Beheer, message, note, seen
from tests.chassis.proefdienst.gebeurtenis import Geteld

SECRET = "Jansen-999990019"
"""A value that may be in a payload or an error, and nowhere else."""


class Choice(Exception):
    """A refusal by the domain, with personal data in its text, as it must not be but can be."""


class Crash(BaseException):
    """The process ends here."""


class Sick:
    """A reaction that fails while told to, and otherwise notes what it sees."""

    def __init__(self, error: Callable[[], Exception] = lambda: Choice(SECRET)) -> None:
        self.fails: Callable[[Received[Geteld]], bool] = lambda _: False
        self.error = error
        self.calls = 0

    async def __call__(self, uow: UnitOfWork, received: Received[Geteld]) -> None:
        self.calls += 1
        await note(uow, received)
        if self.fails(received):
            raise self.error()


@pytest.fixture
def sick() -> Sick:
    return Sick()


@pytest.fixture
def consumer(database: Database, sick: Sick) -> Consumer:
    return Consumer(database, [Reaction(Geteld, sick)])


async def position(beheer: Beheer, kandidaat_id: UUID) -> int:
    versie = await beheer.fetchval(
        "SELECT versie FROM positie WHERE aggregate_id = $1", kandidaat_id
    )
    return int(versie)


async def parked(beheer: Beheer, kandidaat_id: UUID) -> dict[int, str]:
    rows = await beheer.fetch(
        "SELECT versie, foutklasse FROM geparkeerd WHERE aggregate_id = $1 ORDER BY versie",
        kandidaat_id,
    )
    return {row["versie"]: row["foutklasse"] for row in rows}


# -- the position decides ---------------------------------------------------------------------


async def test_the_next_event_is_handled(consumer: Consumer, beheer: Beheer) -> None:
    k = uuid4()
    assert await consumer.handle_one(message(k, 1)) is Outcome.HANDLED
    assert await consumer.handle_one(message(k, 2)) is Outcome.HANDLED
    assert await seen(beheer, k) == [1, 2]
    assert await position(beheer, k) == 2


async def test_a_duplicate_is_skipped(consumer: Consumer, beheer: Beheer) -> None:
    k = uuid4()
    first = message(k, 1)
    await consumer.handle_one(first)
    await consumer.handle_one(message(k, 2))

    assert await consumer.handle_one(first) is Outcome.DUPLICATE
    assert await consumer.handle_one(message(k, 2)) is Outcome.DUPLICATE
    assert await seen(beheer, k) == [1, 2]
    assert await position(beheer, k) == 2


async def test_an_event_after_a_gap_is_held_until_the_missing_one_came(
    consumer: Consumer, beheer: Beheer
) -> None:
    k = uuid4()
    await consumer.handle_one(message(k, 1))
    assert await consumer.handle_one(message(k, 4)) is Outcome.HELD
    assert await consumer.handle_one(message(k, 3)) is Outcome.HELD
    assert await seen(beheer, k) == [1]

    assert await consumer.handle_one(message(k, 2)) is Outcome.HANDLED
    assert await seen(beheer, k) == [1, 2, 3, 4]
    assert await parked(beheer, k) == {}
    assert await consumer.handle_one(message(k, 5)) is Outcome.HANDLED


async def test_a_stream_that_begins_in_the_middle_is_held_from_the_start(
    consumer: Consumer, beheer: Beheer
) -> None:
    k = uuid4()
    assert await consumer.handle_one(message(k, 2)) is Outcome.HELD
    assert await consumer.handle_one(message(k, 1)) is Outcome.HANDLED
    assert await seen(beheer, k) == [1, 2]


async def test_a_held_event_that_comes_again_is_kept_once(
    consumer: Consumer, beheer: Beheer
) -> None:
    k = uuid4()
    await consumer.handle_one(message(k, 3))
    assert await consumer.handle_one(message(k, 3)) is Outcome.DUPLICATE
    assert list(await parked(beheer, k)) == [3]


async def test_each_source_has_its_own_count(consumer: Consumer, beheer: Beheer) -> None:
    k, other = uuid4(), BRON.replace("proefdienst", "elders")
    assert await consumer.handle_one(message(k, 1)) is Outcome.HANDLED
    assert await consumer.handle_one(message(k, 1, bron=other)) is Outcome.HANDLED


async def test_two_deliveries_at_once_are_handled_once(consumer: Consumer, beheer: Beheer) -> None:
    k = uuid4()
    for versie in range(1, 6):
        same = message(k, versie)
        outcomes = await asyncio.gather(*(consumer.handle_one(same) for _ in range(4)))
        assert sorted(outcomes).count(Outcome.HANDLED) == 1
    assert await seen(beheer, k) == [1, 2, 3, 4, 5]


async def test_an_event_without_a_reaction_moves_the_position(
    consumer: Consumer, beheer: Beheer
) -> None:
    k = uuid4()
    other = message(k, 1, type_="nl.participatie.iets-anders.v1")
    assert await consumer.handle_one(other) is Outcome.IGNORED
    assert await consumer.handle_one(other) is Outcome.DUPLICATE
    assert await consumer.handle_one(message(k, 2)) is Outcome.HANDLED
    assert await seen(beheer, k) == [2]


async def test_a_batch_is_handled_in_order_per_key(consumer: Consumer, beheer: Beheer) -> None:
    a, b = uuid4(), uuid4()
    batch = [message(k, v) for v in range(1, 21) for k in (a, b)]
    await consumer.handle(batch)

    assert await seen(beheer, a) == await seen(beheer, b) == list(range(1, 21))


async def test_reaction_and_position_are_one_transaction(
    database: Database, beheer: Beheer
) -> None:
    async def emit_too_much(uow: UnitOfWork, received: Received[Geteld]) -> None:
        await note(uow, received)
        uow.emit(received.event, afnemers=[])
        raise Choice

    k = uuid4()
    await Consumer(database, [Reaction(Geteld, emit_too_much)]).handle_one(message(k, 1))
    assert await seen(beheer, k) == []
    assert await position(beheer, k) == 0
    assert await beheer.fetchval("SELECT count(*) FROM outbox") == 0


async def test_a_reaction_acts_for_the_gemeente_of_the_event(
    consumer: Consumer, sick: Sick, beheer: Beheer
) -> None:
    """Row-level security holds in a reaction too: Boxtel's event cannot write Vught's rows."""
    k = uuid4()
    boxtel = Geteld(kandidaat_id=k, gemeentecode=BOXTEL)
    crossed = message(k, 1, gemeentecode=VUGHT, data=boxtel.json_bytes())
    assert await consumer.handle_one(crossed) is Outcome.PARKED
    assert await parked(beheer, k) == {1: "InsufficientPrivilegeError"}


async def test_the_trace_of_the_event_goes_on_in_the_reaction(database: Database) -> None:
    traces: list[str] = []

    async def remember(uow: UnitOfWork, received: Received[Geteld]) -> None:
        traces.append(uow.trace.trace_id)

    k = uuid4()
    late, early = (_traced(message(k, versie), letter) for versie, letter in ((2, "a"), (1, "b")))
    consumer = Consumer(database, [Reaction(Geteld, remember)])
    await consumer.handle_one(late)
    await consumer.handle_one(early)
    assert traces == ["b" * 32, "a" * 32], "the one that was held keeps its own"


def _traced(plain: Message, letter: str) -> Message:
    header = ("ce_traceparent", f"00-{letter * 32}-{letter * 16}-01".encode())
    return Message(plain.topic, plain.key, plain.value, [*plain.headers, header])


async def test_a_consumer_of_everything_gets_the_envelope_and_the_afnemers(
    database: Database,
) -> None:
    got: list[tuple[int, tuple[str, ...]]] = []

    async def every(uow: UnitOfWork, events: Sequence[Heard]) -> None:
        got.extend((e.envelope.aggregateversion, e.afnemers) for e in events)

    k = uuid4()
    plain = message(k, 1)
    told = Message(
        *(plain.topic, plain.key, plain.value), [*plain.headers, ("afnemers", b"0757,wsd")]
    )
    consumer = Consumer(database, every=every)
    await consumer.handle_one(told)
    await consumer.handle_one(told)
    await consumer.handle_one(message(k, 2, type_="nl.participatie.iets-anders.v1"))
    assert got == [(1, ("0757", "wsd")), (2, ())]


# -- what fails is parked -----------------------------------------------------------------------


async def test_an_event_that_cannot_be_handled_is_parked_with_all_later_ones(
    consumer: Consumer, sick: Sick, beheer: Beheer
) -> None:
    k, well = uuid4(), uuid4()
    sick.fails = lambda r: r.event.kandidaat_id == k and r.envelope.aggregateversion == 2
    for versie in range(1, 5):
        await consumer.handle([message(k, versie), message(well, versie)])

    assert await seen(beheer, well) == [1, 2, 3, 4]
    assert await seen(beheer, k) == [1]
    assert await parked(beheer, k) == {2: "Choice", 3: "WachtOpEerdere", 4: "WachtOpEerdere"}
    assert sick.calls == 6, "what waits is not tried"


async def test_what_is_parked_stays_parked_when_it_comes_again(
    consumer: Consumer, sick: Sick, beheer: Beheer
) -> None:
    k = uuid4()
    sick.fails = lambda _: True
    first = message(k, 1)
    assert await consumer.handle_one(first) is Outcome.PARKED
    sick.fails = lambda _: False
    assert await consumer.handle_one(first) is Outcome.DUPLICATE
    assert await seen(beheer, k) == []
    assert await parked(beheer, k) == {1: "Choice"}


async def test_a_redrive_after_the_mend_goes_in_order(
    consumer: Consumer, sick: Sick, beheer: Beheer
) -> None:
    k = uuid4()
    sick.fails = lambda r: r.envelope.aggregateversion == 2
    for versie in (1, 2, 3, 4):
        await consumer.handle_one(message(k, versie))
    sick.fails = lambda _: False

    assert await consumer.redrive(BRON, k) == 3
    assert await seen(beheer, k) == [1, 2, 3, 4]
    assert await parked(beheer, k) == {}
    assert await consumer.handle_one(message(k, 5)) is Outcome.HANDLED


async def test_a_redrive_stops_at_the_next_failure(
    consumer: Consumer, sick: Sick, beheer: Beheer
) -> None:
    k = uuid4()
    sick.fails = lambda r: r.envelope.aggregateversion in (1, 3)
    for versie in (1, 2, 3, 4):
        await consumer.handle_one(message(k, versie))
    sick.fails = lambda r: r.envelope.aggregateversion == 3

    assert await consumer.redrive(BRON, k) == 2
    assert await seen(beheer, k) == [1, 2]
    assert await parked(beheer, k) == {3: "Choice", 4: "WachtOpEerdere"}
    assert await consumer.redrive(BRON, k) == 0


async def test_a_redrive_of_nothing_does_nothing(consumer: Consumer) -> None:
    assert await consumer.redrive(BRON, uuid4()) == 0


async def test_two_redrives_at_once_handle_everything_once(
    consumer: Consumer, sick: Sick, beheer: Beheer
) -> None:
    k = uuid4()
    sick.fails = lambda _: True
    for versie in range(1, 6):
        await consumer.handle_one(message(k, versie))
    sick.fails = lambda _: False

    handled = await asyncio.gather(*(consumer.redrive(BRON, k) for _ in range(3)))
    assert sum(handled) == 5
    assert await seen(beheer, k) == [1, 2, 3, 4, 5]


async def test_a_missing_field_is_parked_with_the_name_of_the_field(
    consumer: Consumer, beheer: Beheer
) -> None:
    k = uuid4()
    data = f'{{"kandidaatId": "{k}", "gemeentecode": "{SECRET}"}}'.encode()
    assert await consumer.handle_one(message(k, 1, data=data)) is Outcome.PARKED
    row = await beheer.fetchrow("SELECT foutklasse, plaats FROM geparkeerd")
    assert row is not None
    assert tuple(row) == ("ValidationError", "gemeentecode")


async def test_no_value_of_an_event_reaches_error_columns_or_logs(
    consumer: Consumer, sick: Sick, beheer: Beheer
) -> None:
    sick.fails = lambda _: True
    with capture_logs() as logs:
        await consumer.handle_one(message(uuid4(), 1))
        invalid = f'{{"kandidaatId": "{SECRET}", "gemeentecode": "0757"}}'.encode()
        await consumer.handle_one(message(uuid4(), 1, data=invalid))
        await consumer.handle_one(message(uuid4(), 1, data=SECRET.encode()))
        plain = message(uuid4(), 1)
        headers = [(n, SECRET.encode() if n == "ce_time" else v) for n, v in plain.headers]
        await consumer.handle_one(Message(TOPIC, plain.key, plain.value, headers))

    assert len(logs) == 4
    assert SECRET not in repr(logs)
    rows = await beheer.fetch("SELECT foutklasse, plaats, type, bron FROM geparkeerd")
    assert len(rows) == 4
    assert SECRET not in repr([tuple(row) for row in rows])


# -- what comes and goes is retried ---------------------------------------------------------------


async def test_an_error_of_the_surroundings_is_tried_again(
    consumer: Consumer, sick: Sick, beheer: Beheer
) -> None:
    k = uuid4()
    sick.error = asyncpg.SerializationError
    sick.fails = lambda _: sick.calls < 3
    assert await consumer.handle_one(message(k, 1)) is Outcome.HANDLED
    assert sick.calls == 3
    assert await seen(beheer, k) == [1]


async def test_an_outage_while_held_events_are_released_leaves_none_behind(
    consumer: Consumer, sick: Sick, beheer: Beheer
) -> None:
    k = uuid4()
    await consumer.handle_one(message(k, 2))
    await consumer.handle_one(message(k, 3))
    sick.error = asyncpg.SerializationError
    failed: set[int] = set()

    def each_once(received: Received[Geteld]) -> bool:
        versie = received.envelope.aggregateversion
        return versie not in failed and not failed.add(versie)  # type: ignore[func-returns-value]

    sick.fails = each_once
    await consumer.handle_one(message(k, 1))
    assert await seen(beheer, k) == [1, 2, 3]
    assert await parked(beheer, k) == {}


async def test_a_crash_while_held_events_are_released_leaves_none_behind(
    consumer: Consumer, sick: Sick, beheer: Beheer
) -> None:
    """The message was not finished, so it comes again; what is held has long been acknowledged."""
    k = uuid4()
    for versie in (3, 4):
        await consumer.handle_one(message(k, versie))

    def crash_at(versie: int) -> None:
        sick.fails = lambda r: r.envelope.aggregateversion == versie
        sick.error = Crash  # type: ignore[assignment]

    await consumer.handle_one(message(k, 1))
    for versie in (2, 3, 4):
        crash_at(versie)
        with pytest.raises(Crash):
            await consumer.handle_one(message(k, 2))
    sick.fails = lambda _: False
    await consumer.handle_one(message(k, 2))

    assert await seen(beheer, k) == [1, 2, 3, 4]
    assert await parked(beheer, k) == {}


async def test_a_later_event_also_releases_what_a_crash_left_held(
    consumer: Consumer, sick: Sick, beheer: Beheer
) -> None:
    k = uuid4()
    sick.error = Crash  # type: ignore[assignment]
    sick.fails = lambda r: r.envelope.aggregateversion == 2
    for versie in (1, 3):
        await consumer.handle_one(message(k, versie))
    with pytest.raises(Crash):
        await consumer.handle_one(message(k, 2))
    assert await parked(beheer, k) == {2: "WachtOpEerdere", 3: "WachtOpEerdere"}

    sick.fails = lambda _: False
    assert await consumer.handle_one(message(k, 4)) is Outcome.HANDLED
    assert await seen(beheer, k) == [1, 2, 3, 4]


async def test_an_outage_of_the_database_is_waited_out(database: Database, beheer: Beheer) -> None:
    k = uuid4()
    cut: list[int] = []

    async def cut_off_once(uow: UnitOfWork, received: Received[Geteld]) -> None:
        await note(uow, received)
        if len(cut) < 2:
            cut.append(uow.connection.get_server_pid())
            await beheer.execute("SELECT pg_terminate_backend($1)", cut[-1])

    consumer = Consumer(database, [Reaction(Geteld, cut_off_once)])
    assert await consumer.handle_one(message(k, 1)) is Outcome.HANDLED
    assert await seen(beheer, k) == [1]


async def test_a_mistake_in_a_statement_parks_the_event_and_does_not_stop_the_rest(
    database: Database, beheer: Beheer
) -> None:
    k = uuid4()

    async def mistaken(uow: UnitOfWork, received: Received[Geteld]) -> None:
        await uow.connection.execute("SELECT $1::int", 1, 2)

    outcome = await Consumer(database, [Reaction(Geteld, mistaken)]).handle_one(message(k, 1))
    assert outcome is Outcome.PARKED
    assert await parked(beheer, k) == {1: "InterfaceError"}


async def test_a_database_error_the_reaction_swallowed_parks_the_event(
    database: Database, beheer: Beheer
) -> None:
    """Otherwise the position would not move, and no one would be told."""
    k = uuid4()

    async def swallow(uow: UnitOfWork, received: Received[Geteld]) -> None:
        with pytest.raises(asyncpg.DivisionByZeroError):
            await uow.connection.execute("SELECT 1 / 0")

    outcome = await Consumer(database, [Reaction(Geteld, swallow)]).handle_one(message(k, 1))
    assert outcome is Outcome.PARKED
    assert await position(beheer, k) == 0


# -- what is no event of ours -------------------------------------------------------------------

UNREADABLE = {
    "no headers": Message(TOPIC, b"k", b"{}", []),
    "other bytes than text": Message(TOPIC, b"\xff\x00", b"\xff\x00", [("ce_id", b"\xff\x00")]),
    "a zero byte": Message(TOPIC, b"k", b"{}", [("ce_id", b"a\x00b")]),
    "a zero byte in a name": Message(TOPIC, b"k", b"{}", [("x\x00y", b"")]),
    "no key and no value": Message(TOPIC, b"", b"", []),
}


@pytest.mark.parametrize("strange", UNREADABLE.values(), ids=UNREADABLE.keys())
async def test_an_unreadable_message_is_kept_as_it_came_and_holds_up_nothing(
    consumer: Consumer, beheer: Beheer, strange: Message
) -> None:
    k = uuid4()
    assert await consumer.handle_one(strange) is Outcome.PARKED
    assert await consumer.handle_one(message(k, 1)) is Outcome.HANDLED

    row = await beheer.fetchrow("SELECT * FROM geparkeerd")
    assert row is not None
    assert (row["sleutel"], row["waarde"]) == (strange.key, strange.value)
    assert row["topic"] == TOPIC
    assert (row["aggregate_id"], row["foutklasse"]) == (None, "EnvelopeError")


async def test_a_version_no_stream_can_reach_is_unreadable(
    consumer: Consumer, beheer: Beheer
) -> None:
    plain = message(uuid4(), 1)
    version = ("ce_aggregateversion", str(2**31).encode())
    headers = [h for h in plain.headers if h[0] != version[0]] + [version]
    far = Message(TOPIC, plain.key, plain.value, headers)
    assert await consumer.handle_one(far) is Outcome.PARKED
    assert await beheer.fetchval("SELECT foutklasse FROM geparkeerd") == "EnvelopeError"


async def test_a_parked_event_keeps_every_header_byte_for_byte(
    consumer: Consumer, sick: Sick, beheer: Beheer
) -> None:
    """A zero byte fits in a header and not in jsonb."""
    k = uuid4()
    sick.fails = lambda _: True
    plain = message(k, 1)
    odd = Message(
        *(plain.topic, plain.key, plain.value),
        [*plain.headers, ("x-vreemd", b"\xff\x00%41"), ("ce_onbekend\x00", b"")],
    )
    assert await consumer.handle_one(odd) is Outcome.PARKED
    sick.fails = lambda _: False
    assert await consumer.redrive(BRON, k) == 1
    assert await seen(beheer, k) == [1]
