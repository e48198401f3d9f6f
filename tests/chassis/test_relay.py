"""What is committed is published: in order, none lost, by one relay per shard."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from chassis import relay as relay_module
from chassis.bus.protocol import BusUnavailableError, Message
from chassis.database import Database
from chassis.relay import READ_SQL, TAKE_SQL, Relay, release
from chassis.tenancy import SYSTEM
from contracts.afnemers import afnemer_topic
from contracts.envelope import CloudEvent
from tests.chassis.hulp import (
    BOXTEL,
    OIN,
    TOPIC,
    VUGHT,
    Beheer,
    RecordingBus,
    count_one,
    kandidaat_in_shard,
    until,
)
from tests.chassis.proefdienst.gebeurtenis import Geteld


@pytest.fixture
def bus() -> RecordingBus:
    return RecordingBus()


@pytest.fixture
def relay(database: Database, bus: RecordingBus) -> Relay:
    return Relay(database, bus, oin=OIN)


@pytest.fixture
def poll_rarely(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the bell can wake the relay in time."""
    monkeypatch.setattr(relay_module, "POLL_SECONDS", 3600)


@asynccontextmanager
async def running(relay: Relay) -> AsyncIterator[None]:
    task = asyncio.create_task(relay.run())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def waiting(beheer: Beheer) -> int:
    return int(await beheer.fetchval("SELECT count(*) FROM outbox"))


async def test_an_organisation_without_a_topic_holds_nothing_up(
    database: Database, bus: RecordingBus, relay: Relay, beheer: Beheer
) -> None:
    kandidaat_id = uuid4()
    await count_one(database, kandidaat_id, afnemers=["0001", BOXTEL])

    await relay.drain()
    assert await waiting(beheer) == 0
    assert {m.topic for m in bus.published} == {"meedoen.proefdienst.v1", afnemer_topic(BOXTEL)}
    [own] = [m for m in bus.published if m.topic == "meedoen.proefdienst.v1"]
    assert dict(own.headers)["afnemers"] == f"0001,{BOXTEL}".encode()


async def test_events_leave_in_the_order_of_the_facts(
    database: Database, bus: RecordingBus, relay: Relay
) -> None:
    a, b = uuid4(), uuid4()
    for nummers in ((0,), (1, 2), (3,)):
        await count_one(database, a, nummers=nummers)
        await count_one(database, b, nummers=nummers)

    assert await relay.drain() == 8
    assert bus.versions(a) == [1, 2, 3, 4]
    assert bus.versions(b) == [1, 2, 3, 4]
    published = [Geteld.lees(m.value) for m in bus.published]
    assert [e.nummer for e in published if e.kandidaat_id == a] == [0, 1, 2, 3]


async def test_more_events_than_one_batch_leave_in_order(
    database: Database, bus: RecordingBus, relay: Relay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relay_module, "BATCH", 3)
    kandidaat_id = uuid4()
    await count_one(database, kandidaat_id, nummers=range(10))

    assert await relay.drain() == 10
    assert bus.versions(kandidaat_id) == list(range(1, 11))


async def test_a_published_event_leaves_the_outbox(
    database: Database, bus: RecordingBus, relay: Relay, beheer: Beheer
) -> None:
    await count_one(database, uuid4())
    await relay.drain()

    assert await waiting(beheer) == 0
    assert await relay.drain() == 0


async def test_an_event_stays_until_the_bus_has_it(
    database: Database, bus: RecordingBus, relay: Relay, beheer: Beheer
) -> None:
    bus.gate = asyncio.Event()
    await count_one(database, uuid4())
    draining = asyncio.create_task(relay.drain())
    await until(lambda: bus.published)
    assert await waiting(beheer) == 1

    bus.gate.set()
    await draining
    assert await waiting(beheer) == 0


async def test_an_event_the_bus_did_not_take_is_sent_again_as_the_same_event(
    database: Database, bus: RecordingBus, relay: Relay, beheer: Beheer
) -> None:
    await count_one(database, uuid4())
    event_id = await beheer.fetchval("SELECT event_id FROM outbox")
    bus.down = True
    with pytest.raises(BusUnavailableError):
        await relay.drain()
    assert await waiting(beheer) == 1

    bus.down = False
    await relay.drain()
    assert [dict(m.headers)["ce_id"].decode() for m in bus.published] == [str(event_id)]


async def test_an_outage_of_the_bus_is_waited_out(
    database: Database, bus: RecordingBus, relay: Relay, beheer: Beheer
) -> None:
    kandidaat_id = uuid4()
    bus.down = True
    async with running(relay):
        await count_one(database, kandidaat_id, nummers=(0, 1))
        await until(lambda: bus.attempts >= 2)
        bus.down = False
        await until(lambda: len(bus.published) == 2)
        await until(lambda: _empty(beheer))
    assert bus.versions(kandidaat_id) == [1, 2]


async def test_an_outage_of_the_database_is_waited_out(
    database: Database, bus: RecordingBus, relay: Relay, beheer: Beheer
) -> None:
    async with running(relay):
        await count_one(database, uuid4())
        await until(lambda: len(bus.published) == 1)
        await beheer.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE usename = 'meedoen_proefdienst'"
        )
        await until(lambda: _count(database))
        await until(lambda: len(bus.published) >= 2)


async def _count(database: Database) -> bool:
    """Emit one event, unless the connection was one that has just been ended."""
    with suppress(Exception):
        await count_one(database, uuid4())
        return True
    return False


async def _empty(beheer: Beheer) -> bool:
    return await waiting(beheer) == 0


async def test_a_late_commit_is_not_lost_behind_a_later_id(
    database: Database, bus: RecordingBus, relay: Relay, beheer: Beheer
) -> None:
    """A cursor over ids would have passed it by."""
    early, late = kandidaat_in_shard(3), kandidaat_in_shard(3)
    async with beheer.transaction():
        await beheer.execute(
            "INSERT INTO outbox (shard, event_id, aggregate_id, aggregate_versie, gemeentecode,"
            " type, dataschema, dataref, tijd, afnemers, data)"
            " VALUES (3, gen_random_uuid(), $1, 1, '0757', 'nl.participatie.geteld.v1', '', '',"
            " now(), '{}', '{}')",
            early,
        )
        await count_one(database, late)
        assert await relay.drain() == 1

    assert await relay.drain() == 1
    assert bus.versions(early) == bus.versions(late) == [1]


async def test_two_relays_never_work_on_one_shard_together(
    database: Database, bus: RecordingBus, relay: Relay, beheer: Beheer
) -> None:
    other_bus = RecordingBus()
    other = Relay(database, other_bus, oin=OIN)
    bus.gate = asyncio.Event()
    first = kandidaat_in_shard(5)
    await count_one(database, first)
    draining = asyncio.create_task(relay.drain())
    await until(lambda: bus.published)

    await count_one(database, first)
    await count_one(database, kandidaat_in_shard(5))
    elsewhere = kandidaat_in_shard(6)
    await count_one(database, elsewhere)
    assert await other.drain() == 1
    assert other_bus.versions(elsewhere) == [1]

    bus.gate.set()
    await draining
    await relay.drain()
    assert bus.versions(first) == [1, 2]
    assert len(other_bus.published) == 1


async def test_a_relay_that_is_stopped_halfway_leaves_its_shard_to_the_next(
    database: Database, bus: RecordingBus, relay: Relay, beheer: Beheer
) -> None:
    bus.gate = asyncio.Event()
    kandidaat_id = uuid4()
    await count_one(database, kandidaat_id, nummers=(0, 1))
    draining = asyncio.create_task(relay.drain())
    await until(lambda: bus.published)
    draining.cancel()
    with suppress(asyncio.CancelledError):
        await draining

    bus.gate = None
    assert await relay.drain() == 2
    assert bus.versions(kandidaat_id) == [1, 2, 1, 2]


async def test_what_the_bus_refuses_is_parked_with_the_rest_of_its_aggregate(
    database: Database, bus: RecordingBus, relay: Relay, beheer: Beheer
) -> None:
    sick, well = kandidaat_in_shard(1), kandidaat_in_shard(1)
    bus.refuse = lambda m: b'"nummer":1' in m.value and str(sick).encode() == m.key
    for nummer in range(3):
        await count_one(database, sick, nummers=(nummer,))
        await count_one(database, well, nummers=(nummer,))
    await relay.drain()
    await count_one(database, sick, nummers=(3,))
    await count_one(database, well, nummers=(3,))
    await relay.drain()

    assert bus.versions(well) == [1, 2, 3, 4]
    rows = await beheer.fetch(
        "SELECT aggregate_id, aggregate_versie, foutklasse FROM outbox ORDER BY id"
    )
    assert [tuple(row) for row in rows] == [
        (sick, 2, "GeweigerdDoorBus"),
        (sick, 3, None),
        (sick, 4, None),
    ]
    assert 4 not in bus.versions(sick)


async def test_a_parked_event_goes_first_when_it_is_released(
    database: Database, bus: RecordingBus, relay: Relay, beheer: Beheer
) -> None:
    kandidaat_id = uuid4()
    bus.refuse = lambda _: True
    await count_one(database, kandidaat_id)
    await relay.drain()
    bus.refuse = lambda _: False
    await count_one(database, kandidaat_id)
    assert await relay.drain() == 0

    await release(database, kandidaat_id)
    assert await relay.drain() == 2
    assert bus.versions(kandidaat_id) == [1, 2]
    assert await waiting(beheer) == 0


async def test_a_full_batch_of_waiting_events_does_not_hide_the_rest_of_the_shard(
    database: Database, bus: RecordingBus, relay: Relay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relay_module, "BATCH", 2)
    sick, well = kandidaat_in_shard(1), kandidaat_in_shard(1)
    bus.refuse = lambda m: str(sick).encode() == m.key
    await count_one(database, sick, nummers=range(5))
    await count_one(database, well)
    await relay.drain()

    assert bus.versions(well) == [1]


async def test_an_afnemer_gets_only_what_it_may_see(
    database: Database, bus: RecordingBus, relay: Relay
) -> None:
    of_boxtel, of_vught, of_nobody = uuid4(), uuid4(), uuid4()
    await count_one(database, of_boxtel, afnemers=[BOXTEL, "wsd"])
    await count_one(database, of_vught, gemeentecode=VUGHT, afnemers=[VUGHT])
    await count_one(database, of_nobody)
    await relay.drain()

    keys: dict[str, set[bytes]] = {}
    for message in bus.published:
        keys.setdefault(message.topic, set()).add(message.key)
    assert keys == {
        TOPIC: {str(k).encode() for k in (of_boxtel, of_vught, of_nobody)},
        afnemer_topic(BOXTEL): {str(of_boxtel).encode()},
        afnemer_topic("wsd"): {str(of_boxtel).encode()},
        afnemer_topic(VUGHT): {str(of_vught).encode()},
    }


async def test_who_else_may_see_an_event_is_told_to_the_services_only(
    database: Database, bus: RecordingBus, relay: Relay
) -> None:
    await count_one(database, uuid4(), afnemers=[BOXTEL, "wsd"])
    await relay.drain()

    told = {m.topic: dict(m.headers).get("afnemers") for m in bus.published}
    assert told == {
        TOPIC: b"0757,wsd",
        afnemer_topic(BOXTEL): None,
        afnemer_topic("wsd"): None,
    }


@pytest.mark.parametrize("traceparent", [None, f"00-{'a' * 32}-{'b' * 16}-01"])
async def test_the_headers_are_those_of_the_contract(
    database: Database,
    bus: RecordingBus,
    relay: Relay,
    beheer: Beheer,
    traceparent: str | None,
) -> None:
    await count_one(database, uuid4(), afnemers=[BOXTEL])
    await beheer.execute("UPDATE outbox SET traceparent = $1", traceparent)
    await relay.drain()

    for message in bus.published:
        envelope = CloudEvent.from_kafka(message.headers, message.value)
        own = [(n, v) for n, v in message.headers if n != "afnemers"]
        assert own == envelope.kafka_headers()
        assert message.key == str(envelope.subject).encode()
        assert envelope.source.endswith(":systeem:proefdienst")
        assert envelope.traceparent == traceparent


async def test_a_commit_wakes_the_relay(
    database: Database, bus: RecordingBus, relay: Relay, poll_rarely: None
) -> None:
    async with running(relay):
        for expected in range(1, 4):
            await count_one(database, uuid4())
            await until(partial(_has, bus, expected))


def _has(bus: RecordingBus, expected: int) -> bool:
    return len(bus.published) == expected


async def test_a_commit_in_another_process_wakes_the_relay(
    database: Database, bus: RecordingBus, relay: Relay, proef_url: str, poll_rarely: None
) -> None:
    async with (
        Database("proefdienst", proef_url, wake_other_processes=True) as other_process,
        running(relay),
    ):
        await until(lambda: _heard(other_process, bus))


async def test_a_relay_hears_other_processes_again_after_its_connection_was_lost(
    database: Database,
    bus: RecordingBus,
    relay: Relay,
    proef_url: str,
    beheer: Beheer,
    poll_rarely: None,
) -> None:
    async with (
        Database("proefdienst", proef_url, wake_other_processes=True) as other_process,
        running(relay),
    ):
        await until(lambda: _heard(other_process, bus))
        listener = (
            "SELECT pid FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"
            " ORDER BY backend_start DESC LIMIT 1"
        )
        await beheer.execute(f"SELECT pg_terminate_backend(({listener}))")
        await until(lambda: _heard(other_process, bus))


async def _heard(other_process: Database, bus: RecordingBus) -> bool:
    """Commit in the other process, and say whether the relay noticed within a moment."""
    before = len(bus.published)
    await count_one(other_process, uuid4())
    with suppress(TimeoutError):
        await until(lambda: len(bus.published) > before, 0.5)
        return True
    return False


async def test_the_poll_finds_what_no_bell_told(
    database: Database, bus: RecordingBus, relay: Relay, proef_url: str
) -> None:
    async with Database("proefdienst", proef_url) as silent, running(relay):
        await count_one(silent, uuid4())
        await until(lambda: bus.published)


async def test_a_message_is_what_was_written(
    database: Database, bus: RecordingBus, relay: Relay, beheer: Beheer
) -> None:
    await count_one(database, uuid4(), nummers=(7,))
    data = await beheer.fetchval("SELECT data FROM outbox")
    await relay.drain()

    assert bus.published == [
        Message(TOPIC, bus.published[0].key, data, bus.published[0].headers),
    ]


async def test_a_round_reads_a_batch_however_much_waits(database: Database, beheer: Beheer) -> None:
    """The planner does not know how much waits; it must not read it all, or sort it."""
    await beheer.execute(
        "INSERT INTO outbox (shard, event_id, aggregate_id, aggregate_versie, gemeentecode, type,"
        " dataschema, dataref, tijd, afnemers, data)"
        " SELECT n % 16, gen_random_uuid(), gen_random_uuid(), 1, '0757', 't', '', '', now(), '{}',"
        " '{}' FROM generate_series(1, 20000) n"
    )
    async with database.unit_of_work(SYSTEM, settings=relay_module.SETTINGS) as uow:
        taken = await uow.connection.fetchval(f"EXPLAIN (ANALYZE, FORMAT JSON) {TAKE_SQL}")
        read = await uow.connection.fetchval(
            f"EXPLAIN (ANALYZE, FORMAT JSON) {READ_SQL}", [1, 2, 3], 50
        )
    assert rows_read(json.loads(taken)[0]["Plan"]) == 16
    assert rows_read(json.loads(read)[0]["Plan"]) == 150


def rows_read(plan: dict[str, Any]) -> int:
    """How many rows of the outbox a plan went through."""
    own = 0
    if plan.get("Alias") == "o":
        filtered = plan.get("Rows Removed by Filter", 0)
        own = round((plan["Actual Rows"] + filtered) * plan["Actual Loops"])
    return own + sum(rows_read(child) for child in plan.get("Plans", ()))
