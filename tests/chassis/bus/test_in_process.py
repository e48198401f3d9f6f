"""The in-process bus keeps nothing, so the outbox must keep all until every group is done."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from uuid import uuid4

import pytest

from chassis.bus.in_process import InProcessBus
from chassis.bus.protocol import BusUnavailableError, Handler, Message
from chassis.consumer import Consumer
from chassis.database import Database
from chassis.relay import Relay
from tests.chassis.hulp import NOTE, OIN, TOPIC, Beheer, count_one, seen, until


@asynccontextmanager
async def consuming(bus: InProcessBus, group: str, handler: Handler) -> AsyncIterator[None]:
    task = asyncio.create_task(bus.consume(group, [TOPIC], handler))
    await asyncio.sleep(0)
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def waiting(beheer: Beheer) -> int:
    return int(await beheer.fetchval("SELECT count(*) FROM outbox"))


async def test_an_event_stays_in_the_outbox_until_every_group_has_handled_it(
    database: Database, luister_database: Database, beheer: Beheer
) -> None:
    bus, sick = InProcessBus({TOPIC: ["gezond", "ziek"]}), True

    async def refuse(messages: Sequence[Message]) -> None:
        if sick:
            raise ZeroDivisionError

    relay = Relay(database, bus, oin=OIN)
    kandidaat_id = uuid4()
    await count_one(database, kandidaat_id, nummers=(0, 1))
    healthy = Consumer(luister_database, [NOTE])
    async with consuming(bus, "gezond", healthy.handle), consuming(bus, "ziek", refuse):
        for _ in range(3):
            with pytest.raises(BusUnavailableError):
                await relay.drain()
            assert await waiting(beheer) == 2
        sick = False
        assert await relay.drain() == 2

    assert await waiting(beheer) == 0
    await beheer.execute("SET search_path TO luisterdienst")
    assert await seen(beheer, kandidaat_id) == [1, 2], "the healthy group handled each once"


async def test_nothing_is_published_before_every_expected_group_is_there(
    database: Database, beheer: Beheer
) -> None:
    bus = InProcessBus({TOPIC: ["vroeg", "laat"]})
    relay = Relay(database, bus, oin=OIN)
    got: dict[str, int] = {"vroeg": 0, "laat": 0}

    def handler(group: str) -> Handler:
        async def handle(messages: Sequence[Message]) -> None:
            got[group] += len(messages)

        return handle

    await count_one(database, uuid4())
    async with consuming(bus, "vroeg", handler("vroeg")):
        with pytest.raises(BusUnavailableError):
            await relay.drain()
        assert got == {"vroeg": 0, "laat": 0}
        async with consuming(bus, "laat", handler("laat")):
            await relay.drain()
    assert got == {"vroeg": 1, "laat": 1}
    assert await waiting(beheer) == 0


async def test_a_stop_while_a_group_handles_leaves_the_event_in_the_outbox(
    database: Database, beheer: Beheer
) -> None:
    bus, handling = InProcessBus(), asyncio.Event()

    async def never_done(messages: Sequence[Message]) -> None:
        handling.set()
        await asyncio.get_running_loop().create_future()

    await count_one(database, uuid4())
    async with consuming(bus, "groep", never_done):
        draining = asyncio.create_task(Relay(database, bus, oin=OIN).drain())
        await handling.wait()
        draining.cancel()
        with suppress(asyncio.CancelledError):
            await draining
    await until(lambda: _is(beheer, 1))


async def _is(beheer: Beheer, number: int) -> bool:
    return await waiting(beheer) == number


async def test_a_member_that_ends_takes_only_itself_out_of_its_group() -> None:
    bus = InProcessBus({TOPIC: ["groep"]})
    got: list[Message] = []

    async def first(messages: Sequence[Message]) -> None:
        raise ZeroDivisionError

    async def second(messages: Sequence[Message]) -> None:
        got.extend(messages)

    async with consuming(bus, "groep", second):
        async with consuming(bus, "groep", first):
            pass
        await bus.publish([Message(TOPIC, b"k", b"", [])])
    assert len(got) == 1
