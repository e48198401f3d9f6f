"""A unit of work is all or nothing, and says so."""

from __future__ import annotations

import asyncio
from uuid import uuid4

import asyncpg
import pytest

from chassis.database import Database, is_transient
from chassis.unit_of_work import MAX_DATA_BYTES, EventTooLargeError
from contracts.afnemers import ORGANISATIES
from contracts.envelope import MAX_EVENT_BYTES, CloudEvent, sequence_text
from tests.chassis.hulp import BOXTEL, BRON, Beheer, count_one, until
from tests.chassis.proefdienst.gebeurtenis import Geteld

INSERT = "INSERT INTO gezien (gemeentecode, aggregate_id, versie) VALUES ($1, $2, $3)"


def geteld(kandidaat_id: object = None, **fields: object) -> Geteld:
    return Geteld.model_validate(
        {"kandidaat_id": kandidaat_id or uuid4(), "gemeentecode": BOXTEL, **fields}
    )


async def versions(beheer: Beheer, kandidaat_id: object) -> list[int]:
    rows = await beheer.fetch(
        "SELECT aggregate_versie AS v FROM outbox WHERE aggregate_id = $1 ORDER BY id", kandidaat_id
    )
    return [row["v"] for row in rows]


async def counts(beheer: Beheer) -> dict[str, int]:
    """How many rows there are of everything a unit of work can write."""
    return {
        table: await beheer.fetchval(f"SELECT count(*) FROM {table}")  # noqa: S608 - our names
        for table in ("gezien", "outbox", "stroom", "verwerking", "termijn")
    }


NOTHING = {"gezien": 0, "outbox": 0, "stroom": 0, "verwerking": 0, "termijn": 0}


async def test_without_commit_nothing_has_happened(database: Database, beheer: Beheer) -> None:
    async with database.unit_of_work(BOXTEL) as uow:
        await uow.connection.execute(INSERT, BOXTEL, uuid4(), 1)
        await uow.schedule("proef", aggregate_id=uuid4(), gemeentecode=BOXTEL, due_at=uow.now)
        uow.emit(geteld(), afnemers=[])

    assert await counts(beheer) == NOTHING
    assert not database.outbox_bell.is_rung


async def test_an_exception_undoes_everything(database: Database, beheer: Beheer) -> None:
    with pytest.raises(ZeroDivisionError):
        async with database.unit_of_work(BOXTEL) as uow:
            await uow.connection.execute(INSERT, BOXTEL, uuid4(), 1)
            uow.emit(geteld(), afnemers=[])
            raise ZeroDivisionError

    assert await counts(beheer) == NOTHING


async def test_a_commit_writes_change_event_and_processing_log_together(
    database: Database, beheer: Beheer
) -> None:
    async with database.unit_of_work(BOXTEL) as uow:
        await uow.connection.execute(INSERT, BOXTEL, uuid4(), 1)
        uow.emit(geteld(), afnemers=["wsd"])
        await uow.commit()

    expected = {"gezien": 1, "outbox": 1, "stroom": 1, "verwerking": 1, "termijn": 0}
    assert await counts(beheer) == expected
    assert database.outbox_bell.is_rung


async def test_a_commit_without_events_rings_no_bell(database: Database) -> None:
    async with database.unit_of_work(BOXTEL) as uow:
        await uow.connection.execute(INSERT, BOXTEL, uuid4(), 1)
        await uow.commit()

    assert not database.outbox_bell.is_rung


async def test_a_commit_that_fails_raises_and_leaves_no_event(
    database: Database, beheer: Beheer
) -> None:
    await beheer.execute(
        """
        CREATE FUNCTION weiger() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION 'geweigerd bij het vastleggen'; END $$;
        CREATE CONSTRAINT TRIGGER weiger AFTER INSERT ON gezien
            DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION weiger();
        """
    )
    with pytest.raises(asyncpg.RaiseError):
        async with database.unit_of_work(BOXTEL) as uow:
            await uow.connection.execute(INSERT, BOXTEL, uuid4(), 1)
            uow.emit(geteld(), afnemers=[])
            await uow.commit()
    await beheer.execute("DROP FUNCTION weiger CASCADE")

    assert await counts(beheer) == NOTHING
    assert not database.outbox_bell.is_rung


async def test_a_commit_after_a_swallowed_database_error_raises(
    database: Database, beheer: Beheer
) -> None:
    """PostgreSQL answers such a COMMIT with ROLLBACK and without an error."""
    with pytest.raises(asyncpg.InFailedSQLTransactionError):
        async with database.unit_of_work(BOXTEL) as uow:
            await uow.connection.execute(INSERT, BOXTEL, uuid4(), 1)
            with pytest.raises(asyncpg.DivisionByZeroError):
                await uow.connection.execute("SELECT 1 / 0")
            await uow.commit()

    assert await counts(beheer) == NOTHING


async def test_a_lost_connection_is_an_error_and_the_next_unit_of_work_gets_another(
    database: Database, beheer: Beheer
) -> None:
    with pytest.raises(Exception) as caught:
        async with database.unit_of_work(BOXTEL) as uow:
            uow.emit(geteld(), afnemers=[])
            pid = uow.connection.get_server_pid()
            await beheer.execute("SELECT pg_terminate_backend($1)", pid)
            await uow.commit()
    assert is_transient(caught.value)
    assert await counts(beheer) == NOTHING

    await count_one(database, uuid4())
    assert (await counts(beheer))["outbox"] == 1


async def test_a_cancelled_unit_of_work_gives_its_connection_back_clean(
    proef_url: str, beheer: Beheer
) -> None:
    async with Database("proefdienst", proef_url, pool_size=1) as database:

        async def slow() -> None:
            async with database.unit_of_work(BOXTEL) as uow:
                await uow.connection.execute(INSERT, BOXTEL, uuid4(), 1)
                await uow.connection.execute("SELECT pg_sleep(60)")

        task = asyncio.create_task(slow())
        sleeping = "SELECT true FROM pg_stat_activity WHERE wait_event = 'PgSleep'"
        await until(lambda: beheer.fetchval(sleeping))
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

        await count_one(database, uuid4())
    assert await counts(beheer) == {**NOTHING, "outbox": 1, "stroom": 1, "verwerking": 1}


async def test_a_unit_of_work_commits_once(database: Database, beheer: Beheer) -> None:
    async with database.unit_of_work(BOXTEL) as uow:
        uow.emit(geteld(), afnemers=[])
        await uow.commit()
        with pytest.raises(RuntimeError):
            await uow.commit()

    assert (await counts(beheer))["outbox"] == 1


async def test_what_happens_after_the_commit_cannot_be_emitted(database: Database) -> None:
    async with database.unit_of_work(BOXTEL) as uow:
        await uow.commit()
        with pytest.raises(RuntimeError):
            uow.emit(geteld(), afnemers=[])


async def test_versions_count_from_one_without_gaps(database: Database, beheer: Beheer) -> None:
    kandidaat_id = uuid4()
    for attempt in range(6):
        async with database.unit_of_work(BOXTEL) as uow:
            uow.emit(geteld(kandidaat_id), afnemers=[])
            if attempt % 2:
                continue
            await uow.commit()

    assert await versions(beheer, kandidaat_id) == [1, 2, 3]


async def test_several_events_in_one_commit_keep_their_order(
    database: Database, beheer: Beheer
) -> None:
    a, b = uuid4(), uuid4()
    await count_one(database, a)
    async with database.unit_of_work(BOXTEL) as uow:
        for nummer, kandidaat_id in enumerate((a, b, a, a, b)):
            uow.emit(geteld(kandidaat_id, nummer=nummer), afnemers=[])
        await uow.commit()

    rows = await beheer.fetch("SELECT aggregate_id, aggregate_versie, data FROM outbox ORDER BY id")
    assert [(r["aggregate_id"], r["aggregate_versie"]) for r in rows] == [
        *((a, 1), (a, 2), (b, 1), (a, 3), (a, 4), (b, 2))
    ]
    assert [Geteld.lees(r["data"]).nummer for r in rows] == [0, 0, 1, 2, 3, 4]


async def test_concurrent_writers_of_one_aggregate_never_share_a_version(
    database: Database, beheer: Beheer
) -> None:
    kandidaat_id = uuid4()
    await asyncio.gather(*(count_one(database, kandidaat_id, nummers=(0, 1)) for _ in range(30)))

    assert await versions(beheer, kandidaat_id) == list(range(1, 61))


async def test_an_event_that_is_too_large_is_refused_at_once(
    database: Database, beheer: Beheer
) -> None:
    async with database.unit_of_work(BOXTEL) as uow:
        with pytest.raises(EventTooLargeError):
            uow.emit(geteld(opvulling="x" * MAX_DATA_BYTES), afnemers=[])
        await uow.commit()

    assert await counts(beheer) == NOTHING


async def test_the_largest_event_fits_with_its_headers(database: Database, beheer: Beheer) -> None:
    empty = len(geteld(opvulling="").json_bytes())
    event = geteld(opvulling="x" * (MAX_DATA_BYTES - empty))
    async with database.unit_of_work(BOXTEL) as uow:
        uow.emit(event, afnemers=ORGANISATIES)
        await uow.commit()

    row = await beheer.fetchrow("SELECT * FROM outbox")
    assert row is not None
    envelope = CloudEvent(
        id=row["event_id"],
        source=BRON,
        type=row["type"],
        subject=row["aggregate_id"],
        time=row["tijd"],
        dataschema=row["dataschema"],
        dataref=row["dataref"],
        sequence=sequence_text(row["id"]),
        partitionkey=row["aggregate_id"],
        aggregateversion=row["aggregate_versie"],
        gemeentecode=row["gemeentecode"],
        traceparent=row["traceparent"],
        data=row["data"],
    )
    afnemers = ("afnemers", ",".join(row["afnemers"]).encode())
    headers = [*envelope.kafka_headers(), afnemers]
    assert len(envelope.data) == MAX_DATA_BYTES
    assert len(envelope.data) + sum(len(n) + len(v) for n, v in headers) <= MAX_EVENT_BYTES


async def test_every_event_is_a_processing_of_that_kandidaats_data(
    database: Database, beheer: Beheer
) -> None:
    kandidaat_id = uuid4()
    async with database.unit_of_work(BOXTEL) as uow:
        trace = uow.trace
        uow.emit(geteld(kandidaat_id), afnemers=[])
        uow.emit(geteld(kandidaat_id), afnemers=[])
        await uow.commit()

    rows = await beheer.fetch("SELECT * FROM verwerking")
    assert len(rows) == 2
    for row in rows:
        assert (row["betrokkene"], row["gemeentecode"]) == (kandidaat_id, BOXTEL)
        assert (row["naam"], row["organisatie"]) == (Geteld.type(), BOXTEL)
        assert (row["trace_id"], row["span_id"]) == (trace.trace_id, trace.span_id)


async def test_reading_personal_data_can_be_logged_without_an_event(
    database: Database, beheer: Beheer
) -> None:
    kandidaat_id = uuid4()
    async with database.unit_of_work(BOXTEL) as uow:
        await uow.log_processing(
            "dossier-inzien",
            kandidaat_id=kandidaat_id,
            gemeentecode=BOXTEL,
            activity="proef/inzien",
        )
        await uow.commit()

    rows = await beheer.fetch("SELECT naam, verwerkingsactiviteit, betrokkene FROM verwerking")
    assert [tuple(row) for row in rows] == [("dossier-inzien", "proef/inzien", kandidaat_id)]


async def test_the_callers_trace_travels_with_the_event(database: Database, beheer: Beheer) -> None:
    caller = f"00-{'a' * 32}-{'b' * 16}-01"
    async with database.unit_of_work(BOXTEL, traceparent=caller) as uow:
        uow.emit(geteld(), afnemers=[])
        await uow.commit()

    traceparent = await beheer.fetchval("SELECT traceparent FROM outbox")
    assert traceparent.split("-")[1] == "a" * 32
    assert traceparent.split("-")[2] != "b" * 16


async def test_an_afnemer_is_told_once(database: Database, beheer: Beheer) -> None:
    async with database.unit_of_work(BOXTEL) as uow:
        uow.emit(geteld(), afnemers=["wsd", BOXTEL, "wsd"])
        await uow.commit()

    assert await beheer.fetchval("SELECT afnemers FROM outbox") == [BOXTEL, "wsd"]
