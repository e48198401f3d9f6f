"""The oracle tells right from wrong: what is often built fails, what we built passes."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Collection, Sequence
from contextlib import suppress
from uuid import UUID

import pytest

from chassis.bus.in_process import InProcessBus
from chassis.bus.protocol import Bus, Message
from chassis.consumer import Consumer
from chassis.database import Database
from chassis.relay import Relay
from tests.chassis.hulp import NOTE, OIN, TOPIC, RecordingBus, until
from tests.faults import foils
from tests.faults.buses import DuplicatingBus
from tests.faults.conftest import Store
from tests.faults.oracle import Seen, findings, first_time
from tests.faults.writers import Plan, write

PLAN = Plan(writers=40, aggregates=10, transactions=8)
A, B = UUID(int=1), UUID(int=2)


@pytest.mark.parametrize(
    ("seen", "found"),
    [
        ([(A, 1), (B, 1), (A, 2), (B, 2), (A, 3)], []),
        ([(A, 1), (B, 1), (A, 3), (B, 2)], ["missing: [2]"]),
        ([(A, 1), (B, 1), (A, 2), (B, 2)], ["missing: [3]"]),
        ([(A, 1), (B, 1), (A, 3), (A, 2), (B, 2)], ["after a later one: [2]"]),
        ([(A, 1), (B, 1), (A, 2), (A, 1), (B, 2), (A, 3)], ["seen twice: [1]"]),
        ([(A, 1), (A, 2), (A, 3)], ["missing: [1, 2]"]),
        ([(A, 1), (B, 1), (A, 2), (B, 2), (A, 3), (A, 4)], ["never written: [4]"]),
    ],
)
def test_the_oracle_sees_what_is_wrong(seen: list[Seen], found: list[str]) -> None:
    assert [line.partition(": ")[2] for line in findings({A: 3, B: 2}, seen)] == found


class SlowBus(RecordingBus):
    """Takes down what is published after the time that a network takes."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        self._random = random.Random(seed)

    async def publish(self, messages: Sequence[Message]) -> Collection[int]:
        await asyncio.sleep(self._random.uniform(0.005, 0.03))
        return await super().publish(messages)

    @property
    def wire(self) -> list[Seen]:
        service = (m for m in self.published if m.topic == TOPIC)
        return [
            (UUID(m.key.decode()), int(dict(m.headers)["ce_aggregateversion"])) for m in service
        ]


async def relayed_by(
    relay: Callable[[Database, Bus], Awaitable[None]], store: Store, seed: int, patience: float
) -> list[str]:
    """What the oracle finds on the wire of a relay, while the writers write."""
    bus = SlowBus(seed)
    running = asyncio.ensure_future(relay(store.database, bus))
    await write(store.database, seed, PLAN)
    last = await store.beheer.fetch("SELECT aggregate_id, versie FROM proefdienst.stroom")
    written = {row["aggregate_id"]: row["versie"] for row in last}
    with suppress(TimeoutError):
        await until(lambda: len(set(bus.wire)) == sum(written.values()), patience)
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    return findings(written, first_time(bus.wire))


@pytest.mark.parametrize(
    ("foil", "fault"),
    [
        (foils.skip_locked, "after a later one"),
        (foils.cursor_over_ids, "missing"),
        (foils.order_of_transactions, "after a later one"),
    ],
    ids=lambda f: getattr(f, "__name__", ""),
)
async def test_a_relay_as_it_is_often_built_is_caught(
    store: Store, seed: int, foil: Callable[[Database, Bus], Awaitable[None]], fault: str
) -> None:
    assert any(fault in line for line in await relayed_by(foil, store, seed, patience=1))


async def test_our_relay_passes_the_same(store: Store, seed: int) -> None:
    async def ours(database: Database, bus: Bus) -> None:
        await Relay(database, bus, oin=OIN).run()

    assert await relayed_by(ours, store, seed, patience=20) == []


@pytest.mark.parametrize("ours", [False, True], ids=["trusting", "ours"])
async def test_a_consumer_that_trusts_the_bus_sees_double_and_ours_does_not(
    store: Store, seed: int, ours: bool
) -> None:
    bus = DuplicatingBus(InProcessBus({TOPIC: ["groep"]}), seed)
    async with Database("luisterdienst", store.luister_url) as luister:
        handler = (
            Consumer(luister, [NOTE]).handle if ours else foils.TrustingConsumer(luister).handle
        )
        consuming = asyncio.create_task(bus.consume("groep", [TOPIC], handler))
        await write(store.database, seed, Plan(writers=5, aggregates=5, transactions=4))
        await Relay(store.database, bus, oin=OIN).drain()
        consuming.cancel()
    last = await store.beheer.fetch("SELECT aggregate_id, versie FROM proefdienst.stroom")
    rows = await store.beheer.fetch(
        "SELECT aggregate_id, versie FROM luisterdienst.gezien ORDER BY volgnummer"
    )
    found = findings(
        {row["aggregate_id"]: row["versie"] for row in last},
        [(row["aggregate_id"], row["versie"]) for row in rows],
    )
    assert (found == []) is ours
    if not ours:
        assert all("seen twice" in line for line in found)
