"""Rows go from one gemeente to another by a hand-over, and in no other way."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from chassis.consumer import Consumer, Outcome, Reaction, Received
from chassis.database import Database
from chassis.handover import DEADLINES, RECEIVING, Rows
from chassis.tenancy import SYSTEM, WSD
from chassis.unit_of_work import UnitOfWork
from tests.chassis.hulp import BOXTEL, NOTE, VUGHT, Beheer, message
from tests.chassis.proefdienst.gebeurtenis import Geteld

BEST = "0753"
ALL = (Rows("gezien", "aggregate_id = $1", also="versie = versie + 1"), DEADLINES)
INSERT = "INSERT INTO gezien (gemeentecode, aggregate_id, versie) VALUES ($1, $2, 1)"
GIVE = "UPDATE gezien SET gemeentecode = $2 WHERE aggregate_id = $1"
OPEN = "SET LOCAL meedoen.overdracht_naar = "
OTHER = "urn:nld:oin:00000099000000001000:systeem:anders"


@pytest.fixture
async def kandidaat(database: Database) -> UUID:
    """Of Boxtel, with a row, a deadline, and another of Boxtel beside it."""
    kandidaat_id = uuid4()
    async with database.unit_of_work(BOXTEL) as uow:
        for each in (kandidaat_id, uuid4()):
            await uow.connection.execute(INSERT, BOXTEL, each)
            await uow.schedule(
                "proef", aggregate_id=each, gemeentecode=BOXTEL, due_at=datetime.now(UTC)
            )
        await uow.commit()
    return kandidaat_id


async def hand_over(
    database: Database, kandidaat_id: UUID, van: str = BOXTEL, naar: str = VUGHT
) -> None:
    async with database.unit_of_work(van) as uow:
        await uow.hand_over(kandidaat_id, naar, ALL)
        await uow.commit()


async def holders(beheer: Beheer, kandidaat_id: UUID) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for table in ("gezien", "termijn", "houder"):
        rows = await beheer.fetch(
            f"SELECT gemeentecode FROM {table} WHERE aggregate_id = $1",  # noqa: S608
            kandidaat_id,
        )
        found[table] = [row["gemeentecode"] for row in rows]
    return found


async def seen_by(beheer: Beheer, kandidaat_id: UUID) -> set[str]:
    return {code for codes in (await holders(beheer, kandidaat_id)).values() for code in codes}


async def test_everything_of_the_kandidaat_goes_and_nothing_else(
    database: Database, beheer: Beheer, kandidaat: UUID
) -> None:
    await hand_over(database, kandidaat)
    assert await holders(beheer, kandidaat) == {
        "gezien": [VUGHT],
        "termijn": [VUGHT],
        "houder": [VUGHT],
    }
    others = await beheer.fetch(
        "SELECT gemeentecode FROM gezien WHERE aggregate_id <> $1"
        " UNION ALL SELECT gemeentecode FROM termijn WHERE aggregate_id <> $1",
        kandidaat,
    )
    assert [row["gemeentecode"] for row in others] == [BOXTEL, BOXTEL]


async def test_it_can_go_on_and_come_back(
    database: Database, beheer: Beheer, kandidaat: UUID
) -> None:
    for van, naar in ((BOXTEL, VUGHT), (VUGHT, BEST), (BEST, BOXTEL)):
        await hand_over(database, kandidaat, van, naar)
        assert await seen_by(beheer, kandidaat) == {naar}
    assert (
        await beheer.fetchval("SELECT versie FROM gezien WHERE aggregate_id = $1", kandidaat) == 4
    )


async def test_without_a_commit_nothing_has_gone(
    database: Database, beheer: Beheer, kandidaat: UUID
) -> None:
    async with database.unit_of_work(BOXTEL) as uow:
        await uow.hand_over(kandidaat, VUGHT, ALL)
    assert await seen_by(beheer, kandidaat) == {BOXTEL}


async def test_nobody_takes_what_another_holds(
    database: Database, beheer: Beheer, kandidaat: UUID
) -> None:
    """Not by a hand-over, and not with the door open either."""
    await hand_over(database, kandidaat, VUGHT, BEST)
    assert (await holders(beheer, kandidaat))["gezien"] == [BOXTEL]
    async with database.unit_of_work(VUGHT) as uow:
        await uow.connection.execute(f"{OPEN}'{BOXTEL}'")
        assert await uow.connection.fetchval("SELECT count(*) FROM gezien") == 2
        for to in (VUGHT, BOXTEL):
            assert await uow.connection.execute(GIVE, kandidaat, to) == "UPDATE 0"
        assert await uow.connection.execute("DELETE FROM gezien") == "DELETE 0"
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await uow.connection.execute(INSERT, BOXTEL, uuid4())


async def test_without_the_door_nothing_is_given(database: Database, kandidaat: UUID) -> None:
    async with database.unit_of_work(BOXTEL) as uow:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await uow.connection.execute(GIVE, kandidaat, VUGHT)


async def test_the_door_leads_to_one_gemeente(database: Database, kandidaat: UUID) -> None:
    async with database.unit_of_work(BOXTEL) as uow:
        await uow.connection.execute(f"{OPEN}'{VUGHT}'")
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await uow.connection.execute(GIVE, kandidaat, BEST)


async def test_after_the_hand_over_the_door_is_shut_and_the_rest_is_for_who_received(
    database: Database, kandidaat: UUID
) -> None:
    async with database.unit_of_work(BOXTEL) as uow:
        await uow.hand_over(kandidaat, VUGHT, ALL)
        assert uow.organisation == VUGHT
        assert await uow.connection.fetchval(f"SELECT {RECEIVING}") == ""
        assert await uow.connection.fetchval("SELECT count(*) FROM gezien") == 1
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await uow.connection.execute(GIVE, kandidaat, BOXTEL)


async def test_the_door_ends_with_the_transaction(proef_url: str, kandidaat: UUID) -> None:
    async with Database("proefdienst", proef_url, pool_size=1) as database:
        async with database.unit_of_work(BOXTEL) as uow:
            await uow.connection.execute(f"{OPEN}'{VUGHT}'")
            await uow.commit()
        async with database.unit_of_work(BOXTEL) as uow:
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await uow.connection.execute(GIVE, kandidaat, VUGHT)


@pytest.mark.parametrize(
    ("van", "naar"), [(BOXTEL, BOXTEL), (WSD, VUGHT), (SYSTEM, VUGHT), (BOXTEL, WSD), (BOXTEL, "'")]
)
async def test_only_a_gemeente_hands_over_to_another(
    database: Database, kandidaat: UUID, van: str, naar: str
) -> None:
    with pytest.raises(ValueError, match="gemeente"):
        await hand_over(database, kandidaat, van, naar)


async def test_what_is_emitted_before_it_is_said_by_the_one_that_receives(
    database: Database, beheer: Beheer, kandidaat: UUID
) -> None:
    async with database.unit_of_work(BOXTEL) as uow:
        uow.emit(Geteld(kandidaat_id=kandidaat, gemeentecode=VUGHT), afnemers=[BOXTEL, VUGHT])
        await uow.hand_over(kandidaat, VUGHT, ALL)
        uow.emit(Geteld(kandidaat_id=kandidaat, gemeentecode=VUGHT), afnemers=[VUGHT])
        await uow.commit()
    rows = await beheer.fetch(
        "SELECT aggregate_versie, gemeentecode, afnemers FROM outbox ORDER BY id"
    )
    assert [tuple(row) for row in rows] == [
        (1, VUGHT, [BOXTEL, VUGHT]),
        (2, VUGHT, [VUGHT]),
    ]
    logged = await beheer.fetch("SELECT gemeentecode, organisatie FROM verwerking ORDER BY id")
    assert [tuple(row) for row in logged] == [(VUGHT, BOXTEL), (VUGHT, VUGHT)]


# -- events under way -------------------------------------------------------------------------


async def takes_over(uow: UnitOfWork, received: Received[Geteld]) -> None:
    """Notes for whom it acts; the event with number 9 is a hand-over to its gemeente."""
    event = received.event
    if event.nummer == 9 and event.gemeentecode != uow.organisation:
        await uow.hand_over(event.kandidaat_id, event.gemeentecode, ALL)
    await uow.connection.execute(INSERT, uow.organisation, event.kandidaat_id)


@pytest.fixture
def consumer(database: Database) -> Consumer:
    return Consumer(database, [Reaction(Geteld, takes_over)])


async def test_the_first_that_is_heard_of_an_aggregate_says_who_holds_it(
    consumer: Consumer, beheer: Beheer
) -> None:
    k = uuid4()
    assert await consumer.handle_one(message(k, 1, gemeentecode=BOXTEL)) is Outcome.HANDLED
    assert (await holders(beheer, k))["houder"] == [BOXTEL]


@pytest.mark.parametrize("named", [BOXTEL, VUGHT])
@pytest.mark.parametrize("early", [True, False])
async def test_an_event_under_way_is_handled_for_who_holds_the_aggregate_here(
    consumer: Consumer, beheer: Beheer, named: str, early: bool
) -> None:
    """Named before or after the hand-over, and heard before or after it."""
    k = uuid4()
    await consumer.handle_one(message(k, 1, gemeentecode=BOXTEL))
    steps = [message(k, 1, gemeentecode=named, bron=OTHER)]
    steps.insert(int(early), message(k, 2, gemeentecode=VUGHT, nummer=9))
    for step in steps:
        assert await consumer.handle_one(step) is Outcome.HANDLED
    assert await seen_by(beheer, k) == {VUGHT}


async def test_who_hears_of_the_new_gemeente_first_keeps_to_it(
    consumer: Consumer, beheer: Beheer
) -> None:
    k = uuid4()
    for step in (
        message(k, 1, gemeentecode=VUGHT, bron=OTHER),
        message(k, 1, gemeentecode=BOXTEL),
        message(k, 2, gemeentecode=VUGHT, nummer=9),
    ):
        assert await consumer.handle_one(step) is Outcome.HANDLED
    assert await seen_by(beheer, k) == {VUGHT}


async def test_what_was_held_is_handled_for_who_holds_the_aggregate_by_then(
    consumer: Consumer, beheer: Beheer
) -> None:
    k = uuid4()
    await consumer.handle_one(message(k, 1, gemeentecode=BOXTEL))
    assert await consumer.handle_one(message(k, 2, gemeentecode=BOXTEL, bron=OTHER)) is Outcome.HELD
    await consumer.handle_one(message(k, 2, gemeentecode=VUGHT, nummer=9))
    await consumer.handle_one(message(k, 1, gemeentecode=BOXTEL, bron=OTHER))
    assert await beheer.fetchval("SELECT count(*) FROM geparkeerd") == 0
    assert await beheer.fetchval("SELECT count(*) FROM gezien WHERE aggregate_id = $1", k) == 4
    assert await seen_by(beheer, k) == {VUGHT}


async def test_what_was_parked_is_redriven_for_who_holds_the_aggregate_by_then(
    database: Database, consumer: Consumer, beheer: Beheer
) -> None:
    async def fails(uow: UnitOfWork, received: Received[Geteld]) -> None:
        raise LookupError

    k = uuid4()
    await consumer.handle_one(message(k, 1, gemeentecode=BOXTEL))
    sick = Consumer(database, [Reaction(Geteld, fails)])
    parked = message(k, 1, gemeentecode=BOXTEL, bron=OTHER)
    assert await sick.handle_one(parked) is Outcome.PARKED
    await consumer.handle_one(message(k, 2, gemeentecode=VUGHT, nummer=9))
    assert await consumer.redrive(OTHER, k) == 1
    assert await seen_by(beheer, k) == {VUGHT}


async def test_a_hand_over_waits_for_an_event_that_is_being_handled(
    database: Database, beheer: Beheer
) -> None:
    """Else the event would leave a row with who no longer holds the aggregate."""
    k = uuid4()
    tried: list[Any] = []

    async def meanwhile(uow: UnitOfWork, received: Received[Geteld]) -> None:
        async with database.unit_of_work(BOXTEL) as other:
            await other.connection.execute("SET LOCAL lock_timeout = '50ms'")
            try:
                await other.hand_over(k, VUGHT, ALL)
            except asyncpg.LockNotAvailableError as error:
                tried.append(error)
        await NOTE.do(uow, received)

    await Consumer(database, [NOTE]).handle_one(message(k, 1))
    again = Consumer(database, [Reaction(Geteld, meanwhile)])
    assert await again.handle_one(message(k, 2)) is Outcome.HANDLED
    assert len(tried) == 1
    assert await seen_by(beheer, k) == {BOXTEL}
