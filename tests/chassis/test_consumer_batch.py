"""Who takes every event takes them by the batch, and gets what it would have got one by one."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from itertools import pairwise
from uuid import UUID, uuid4

import asyncpg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chassis.bus.protocol import Message
from chassis.consumer import Consumer, Heard
from chassis.database import Database
from chassis.unit_of_work import UnitOfWork
from tests.chassis.hulp import BRON, TOPIC, Beheer, message, seen


class Crash(BaseException):
    """The process ends here."""


class Taker:
    """Writes down what it takes and how much at once; fails where told, so many times."""

    def __init__(self) -> None:
        self.fails_at: set[tuple[UUID, int]] = set()
        self.error: BaseException = ValueError("deze niet")
        self.times = 1_000
        self.sizes: list[int] = []

    async def __call__(self, uow: UnitOfWork, events: Sequence[Heard]) -> None:
        self.sizes.append(len(events))
        for envelope in (heard.envelope for heard in events):
            await uow.act_for(envelope.gemeentecode)
            await uow.connection.execute(
                "INSERT INTO gezien (gemeentecode, aggregate_id, versie) VALUES ($1, $2, $3)",
                envelope.gemeentecode,
                envelope.subject,
                envelope.aggregateversion,
            )
            at_it = (envelope.subject, envelope.aggregateversion) in self.fails_at
            if at_it and self.times > 0:
                self.times -= 1
                raise self.error


@pytest.fixture
def taker() -> Taker:
    return Taker()


@pytest.fixture
def consumer(database: Database, taker: Taker) -> Consumer:
    return Consumer(database, every=taker)


async def positions(beheer: Beheer, *kandidaten: UUID) -> list[tuple[int, bool]]:
    rows = await beheer.fetch(
        "SELECT aggregate_id, versie, wacht FROM positie WHERE aggregate_id = ANY($1::uuid[])",
        list(kandidaten),
    )
    found = {row["aggregate_id"]: (row["versie"], row["wacht"]) for row in rows}
    return [found[kandidaat] for kandidaat in kandidaten]


async def parked(beheer: Beheer, kandidaat: UUID) -> dict[int, str]:
    rows = await beheer.fetch(
        "SELECT versie, foutklasse FROM geparkeerd WHERE aggregate_id = $1", kandidaat
    )
    return {row["versie"]: row["foutklasse"] for row in rows}


async def test_a_batch_is_one_transaction(consumer: Consumer, taker: Taker, beheer: Beheer) -> None:
    kandidaten = [uuid4() for _ in range(20)]
    await consumer.handle([message(k, v) for v in (1, 2, 3) for k in kandidaten])
    assert taker.sizes == [60]
    assert [await seen(beheer, k) for k in kandidaten] == [[1, 2, 3]] * 20
    assert await positions(beheer, *kandidaten) == [(3, False)] * 20
    assert await beheer.fetchval("SELECT count(DISTINCT xmin::text) FROM gezien") == 1


async def test_a_batch_goes_on_where_the_last_one_ended(
    consumer: Consumer, taker: Taker, beheer: Beheer
) -> None:
    a, b = uuid4(), uuid4()
    await consumer.handle([message(a, 1), message(a, 2), message(b, 1)])
    await consumer.handle([message(b, 2), message(a, 3), message(b, 3)])
    assert taker.sizes == [3, 3]
    assert await positions(beheer, a, b) == [(3, False)] * 2


async def test_a_batch_is_bounded(consumer: Consumer, taker: Taker) -> None:
    await consumer.handle([message(uuid4(), 1) for _ in range(1100)])
    assert taker.sizes == [500, 500, 100]


async def test_a_batch_that_comes_again_changes_nothing(
    consumer: Consumer, taker: Taker, beheer: Beheer
) -> None:
    kandidaten = [uuid4() for _ in range(5)]
    batch = [message(k, v) for k in kandidaten for v in (1, 2)]
    await consumer.handle(batch)
    await consumer.handle(batch)
    assert taker.sizes == [10]
    assert [await seen(beheer, k) for k in kandidaten] == [[1, 2]] * 5


async def test_duplicates_inside_a_batch_are_taken_once(consumer: Consumer, beheer: Beheer) -> None:
    a, b = uuid4(), uuid4()
    twice = [message(a, 1), message(b, 1), message(a, 2)]
    await consumer.handle([*twice, *twice, message(a, 3), message(b, 2)])
    assert (await seen(beheer, a), await seen(beheer, b)) == ([1, 2, 3], [1, 2])


async def test_a_gap_inside_a_batch_holds_only_its_aggregate(
    consumer: Consumer, taker: Taker, beheer: Beheer
) -> None:
    gap, well, late = uuid4(), uuid4(), uuid4()
    await consumer.handle(
        [message(gap, 1), message(well, 1), message(gap, 3), message(late, 2), message(well, 2)]
    )
    assert taker.sizes == [3]
    assert (await seen(beheer, gap), await seen(beheer, well)) == ([1], [1, 2])
    assert await parked(beheer, gap) == {3: "WachtOpEerdere"}
    await consumer.handle([message(gap, 2), message(late, 1), message(gap, 4)])
    assert (await seen(beheer, gap), await seen(beheer, late)) == ([1, 2, 3, 4], [1, 2])
    assert await positions(beheer, gap, late) == [(4, False), (2, False)]


async def test_a_bad_event_inside_a_batch_parks_only_its_aggregate(
    consumer: Consumer, taker: Taker, beheer: Beheer
) -> None:
    kandidaten = [uuid4() for _ in range(100)]
    bad = kandidaten[37]
    taker.fails_at = {(bad, 2)}
    await consumer.handle([message(k, v) for v in (1, 2, 3) for k in kandidaten])
    assert await seen(beheer, bad) == [1]
    assert await parked(beheer, bad) == {2: "ValueError", 3: "WachtOpEerdere"}
    others = [k for k in kandidaten if k != bad]
    assert [await seen(beheer, k) for k in others] == [[1, 2, 3]] * 99
    # By halves: 9 times for 300, and the bad one once by itself.
    assert len(taker.sizes) < 25

    taker.fails_at.clear()
    assert await consumer.redrive(BRON, bad) == 2
    assert await seen(beheer, bad) == [1, 2, 3]


async def test_something_unreadable_inside_a_batch_holds_up_nothing(
    consumer: Consumer, taker: Taker, beheer: Beheer
) -> None:
    a = uuid4()
    await consumer.handle([message(a, 1), Message(TOPIC, b"x", b"{}", []), message(a, 2)])
    assert taker.sizes == [2]
    assert await beheer.fetchval("SELECT foutklasse FROM geparkeerd") == "EnvelopeError"


async def test_after_a_crash_in_the_middle_of_a_batch_it_comes_again_whole(
    consumer: Consumer, taker: Taker, beheer: Beheer
) -> None:
    a, b = uuid4(), uuid4()
    batch = [message(a, 1), message(b, 1), message(a, 2)]
    taker.fails_at, taker.error = {(b, 1)}, Crash()
    with pytest.raises(Crash):
        await consumer.handle(batch)
    assert await beheer.fetchval("SELECT count(*) FROM gezien") == 0
    assert await beheer.fetchval("SELECT count(*) FROM positie") == 0
    taker.fails_at.clear()
    await consumer.handle(batch)
    assert (await seen(beheer, a), await seen(beheer, b)) == ([1, 2], [1])


async def test_an_outage_in_the_middle_of_a_batch_is_waited_out(
    consumer: Consumer, taker: Taker, beheer: Beheer
) -> None:
    a, b = uuid4(), uuid4()
    taker.fails_at, taker.error, taker.times = {(b, 1)}, asyncpg.SerializationError(), 2
    await consumer.handle([message(a, 1), message(b, 1)])
    assert taker.sizes == [2, 2, 2]
    assert (await seen(beheer, a), await seen(beheer, b)) == ([1], [1])


async def test_batches_with_the_same_aggregates_side_by_side_take_everything_once(
    consumer: Consumer, beheer: Beheer
) -> None:
    """As after a rebalance; each batch names them in another order."""
    kandidaten = [uuid4() for _ in range(30)]
    for versie in (1, 2, 3):
        same = [message(k, versie) for k in kandidaten]
        await asyncio.gather(
            *(consumer.handle(same[n:] + same[:n]) for n in (0, 10, 20)),
            consumer.handle(same[::-1]),
        )
    assert [await seen(beheer, k) for k in kandidaten] == [[1, 2, 3]] * 30
    assert await positions(beheer, *kandidaten) == [(3, False)] * 30


@st.composite
def deliveries(draw: st.DrawFn) -> list[list[tuple[int, int]]]:
    """Batches of (aggregate, version): everything at least once, in any order, in any split."""
    facts = [(a, v) for a in range(3) for v in range(1, draw(st.integers(1, 5)) + 1)]
    again = draw(st.lists(st.sampled_from(facts), max_size=10))
    flow = draw(st.permutations(facts + again)) if draw(st.booleans()) else facts + again
    cuts = sorted(draw(st.sets(st.integers(0, len(flow)), max_size=5)))
    return [flow[a:b] for a, b in pairwise([0, *cuts, len(flow)])]


@given(deliveries())
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
async def test_any_split_of_any_delivery_takes_each_event_once_and_in_order(
    database: Database, beheer: Beheer, batches: list[list[tuple[int, int]]]
) -> None:
    consumer, kandidaten = Consumer(database, every=Taker()), [uuid4() for _ in range(3)]
    made = {(a, v): message(kandidaten[a], v) for batch in batches for a, v in batch}
    for batch in batches:
        await consumer.handle([made[fact] for fact in batch])
    last = [max(v for a, v in made if a == n) for n in range(3)]
    assert await positions(beheer, *kandidaten) == [(n, False) for n in last]
    for kandidaat, n in zip(kandidaten, last, strict=True):
        assert await seen(beheer, kandidaat) == list(range(1, n + 1))
        assert await parked(beheer, kandidaat) == {}
