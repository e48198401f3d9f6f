"""What every bus promises, written once: the in-process bus and Kafka both pass."""

from __future__ import annotations

import asyncio
import random
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from uuid import uuid4

import pytest

from chassis.bus.in_process import InProcessBus
from chassis.bus.kafka import KafkaBus
from chassis.bus.protocol import Bus, BusUnavailableError, Handler, Message
from deploy.kafka.lokaal import LokaleKafka
from deploy.kafka.topics import maak_topics
from tests.chassis.hulp import until

NewBus = Callable[[], Bus]


class World:
    """A bus, its one topic and its groups; ``bus()`` is the view of one more process."""

    def __init__(self, topic: str, groups: Sequence[str], new_bus: NewBus) -> None:
        self.topic = topic
        self.groups = groups
        self._new_bus = new_bus
        self._stack = AsyncExitStack()

    def bus(self) -> Bus:
        bus = self._new_bus()
        self._stack.push_async_callback(bus.close)
        return bus

    def messages(self, key: str, numbers: Sequence[int], padding: int = 0) -> list[Message]:
        return [
            Message(self.topic, key.encode(), b"%d" % n + b"." * padding, [("nummer", b"%d" % n)])
            for n in numbers
        ]

    async def close(self) -> None:
        await self._stack.aclose()


@pytest.fixture(
    params=[
        "in-process",
        pytest.param("kafka", marks=pytest.mark.kafka(echt=True)),
        pytest.param("kafka-scram", marks=pytest.mark.kafka(echt=True)),
    ]
)
async def world(request: pytest.FixtureRequest) -> AsyncIterator[World]:
    unique = uuid4().hex[:8]
    topic, groups = f"proef.{unique}.v1", [f"groep-a-{unique}", f"groep-b-{unique}"]
    if request.param == "kafka":
        bootstrap = request.getfixturevalue("kafka_bootstrap")
        await maak_topics(bootstrap, [topic], partities=6)
        world = World(topic, groups, lambda: KafkaBus(bootstrap, client_id=f"proef-{unique}"))
    elif request.param == "kafka-scram":
        kafka: LokaleKafka = request.getfixturevalue("beveiligde_kafka")
        assert kafka.toegang
        await maak_topics(kafka.bootstrap, [topic], partities=6, beveiliging=kafka.beheerder)
        proef = kafka.toegang.scram("proef")
        world = World(
            topic,
            groups,
            lambda: KafkaBus(kafka.bootstrap, client_id=f"proef-{unique}", security=proef),
        )
    else:
        shared = InProcessBus({topic: groups})
        world = World(topic, groups, lambda: shared)
    yield world
    await world.close()


class Group:
    """One member of a group, and what it was given."""

    def __init__(self) -> None:
        self.got: list[Message] = []
        self.fails: Callable[[Sequence[Message]], bool] = lambda _: False
        self.failed: list[list[Message]] = []

    async def handle(self, messages: Sequence[Message]) -> None:
        await asyncio.sleep(0)
        if self.fails(messages):
            self.failed.append(list(messages))
            raise ZeroDivisionError
        self.got += messages

    def numbers(self, key: str) -> list[int]:
        return [int(dict(m.headers)["nummer"]) for m in self.got if m.key == key.encode()]


def first_seen(numbers: Sequence[int]) -> list[int]:
    """At least once: the same message may come again, later."""
    return list(dict.fromkeys(numbers))


@asynccontextmanager
async def consuming(bus: Bus, group: str, topic: str, handler: Handler) -> AsyncIterator[None]:
    task = asyncio.create_task(bus.consume(group, [topic], handler))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


@asynccontextmanager
async def both_groups(world: World) -> AsyncIterator[tuple[Group, Group]]:
    a, b = Group(), Group()
    async with (
        consuming(world.bus(), world.groups[0], world.topic, a.handle),
        consuming(world.bus(), world.groups[1], world.topic, b.handle),
    ):
        yield a, b


async def publish(bus: Bus, messages: Sequence[Message]) -> None:
    """Publish as the relay does: the same again until the bus has it."""
    while True:
        try:
            assert list(await bus.publish(messages)) == []
        except BusUnavailableError:
            await asyncio.sleep(0.01)
        else:
            return


async def test_each_group_gets_everything(world: World) -> None:
    async with both_groups(world) as (a, b):
        await publish(world.bus(), world.messages("k", range(50)))
        for group in (a, b):
            await until(lambda group=group: first_seen(group.numbers("k")) == list(range(50)))  # type: ignore[misc]


async def test_a_message_arrives_as_it_was_published(world: World) -> None:
    headers = [("ce_type", b"nl.participatie.geteld.v1"), ("leeg", b""), ("bytes", b"\x00\xff")]
    messages = [
        Message(world.topic, b"sleutel", b'{"a": 1}', headers),
        Message(world.topic, b"sleutel", b"", []),
    ]
    async with both_groups(world) as (a, _):
        await publish(world.bus(), messages)
        await until(lambda: len(a.got) >= 2)
    assert [(m.topic, m.key, m.value, list(m.headers)) for m in a.got[:2]] == [
        (m.topic, m.key, m.value, list(m.headers)) for m in messages
    ]


async def test_one_key_keeps_its_order_over_many_publications(world: World) -> None:
    random_ = random.Random(1)
    async with both_groups(world) as (a, b):
        bus, number = world.bus(), 0
        expected: dict[str, list[int]] = defaultdict(list)
        for _ in range(30):
            batch: list[Message] = []
            for _ in range(random_.randint(1, 20)):
                key = f"k{random_.randrange(7)}"
                expected[key].append(number)
                batch += world.messages(key, [number])
                number += 1
            await publish(bus, batch)
        for group in (a, b):
            await until(lambda group=group: len({m.value for m in group.got}) == number)  # type: ignore[misc]
            for key, numbers in expected.items():
                assert first_seen(group.numbers(key)) == numbers


async def test_concurrent_publishers_each_keep_their_order(world: World) -> None:
    async def publisher(key: str) -> None:
        bus = world.bus()
        for start in range(0, 40, 4):
            await publish(bus, world.messages(key, range(start, start + 4)))

    keys = [f"uitgever-{n}" for n in range(6)]
    async with both_groups(world) as (a, b):
        await asyncio.gather(*(publisher(key) for key in keys))
        for group in (a, b):
            for key in keys:
                await until(
                    lambda group=group, key=key: (  # type: ignore[misc]
                        first_seen(group.numbers(key)) == list(range(40))
                    )
                )


async def test_a_handler_that_raises_gets_the_same_again_and_nothing_later_first(
    world: World,
) -> None:
    async with both_groups(world) as (a, b):
        a.fails = lambda _: len(a.failed) < 3
        bus = world.bus()
        publishing = asyncio.create_task(publish(bus, world.messages("k", range(10))))
        await until(lambda: len(a.failed) == 3)
        await publishing
        await publish(bus, world.messages("k", range(10, 20)))
        for group in (a, b):
            await until(lambda group=group: first_seen(group.numbers("k")) == list(range(20)))  # type: ignore[misc]
    assert [m.value for m in a.failed[0]] == [m.value for m in a.failed[1]]


async def test_two_members_of_a_group_share_and_neither_gets_what_the_other_has(
    world: World,
) -> None:
    one, two, other = Group(), Group(), Group()
    async with (
        consuming(world.bus(), world.groups[0], world.topic, one.handle),
        consuming(world.bus(), world.groups[0], world.topic, two.handle),
        consuming(world.bus(), world.groups[1], world.topic, other.handle),
    ):
        bus, warm_up = world.bus(), 0
        while not (one.got and two.got):
            await publish(bus, world.messages(f"warm-{warm_up}", [0]))
            warm_up += 1
            await asyncio.sleep(0)
        await until(lambda: len({m.key for m in one.got + two.got}) == warm_up)
        before = len(one.got), len(two.got)

        keys = [f"k{n}" for n in range(40)]
        await publish(bus, [m for key in keys for m in world.messages(key, range(5))])
        await until(lambda: len(one.got) + len(two.got) >= sum(before) + 200)
        new = one.got[before[0] :], two.got[before[1] :]
        assert len(new[0]) + len(new[1]) == 200
        assert {m.key for m in new[0]}.isdisjoint({m.key for m in new[1]})
        assert all(new)


async def test_when_a_member_leaves_the_others_take_over_its_keys(world: World) -> None:
    one, two, other = Group(), Group(), Group()
    keys = [f"k{n}" for n in range(20)]
    async with (
        consuming(world.bus(), world.groups[0], world.topic, one.handle),
        consuming(world.bus(), world.groups[1], world.topic, other.handle),
    ):
        bus = world.bus()
        async with consuming(world.bus(), world.groups[0], world.topic, two.handle):
            await publish(bus, [m for key in keys for m in world.messages(key, [0])])
            await until(lambda: {m.key for m in one.got + two.got} == {k.encode() for k in keys})
        await publish(bus, [m for key in keys for m in world.messages(key, [1])])
        await until(lambda: all(1 in one.numbers(key) for key in keys))


async def test_a_group_that_restarts_goes_on_where_it_was(world: World) -> None:
    bus, a_before, a_after, b = world.bus(), Group(), Group(), Group()
    async with consuming(world.bus(), world.groups[1], world.topic, b.handle):
        async with consuming(world.bus(), world.groups[0], world.topic, a_before.handle):
            await publish(bus, world.messages("k", range(10)))
            await until(lambda: len(a_before.got) >= 10)
        publishing = asyncio.create_task(publish(bus, world.messages("k", range(10, 20))))
        async with consuming(world.bus(), world.groups[0], world.topic, a_after.handle):
            await publishing
            await until(lambda: set(range(10, 20)) <= set(a_after.numbers("k")))
        assert first_seen(a_before.numbers("k") + a_after.numbers("k")) == list(range(20))
        await until(lambda: first_seen(b.numbers("k")) == list(range(20)))


async def test_what_was_not_handled_when_a_group_stopped_comes_again(world: World) -> None:
    bus, stuck, after, other = world.bus(), Group(), Group(), Group()
    stuck.fails = lambda _: True
    async with consuming(world.bus(), world.groups[1], world.topic, other.handle):
        async with consuming(world.bus(), world.groups[0], world.topic, stuck.handle):
            publishing = asyncio.create_task(publish(bus, world.messages("k", range(5))))
            await until(lambda: stuck.failed)
        async with consuming(world.bus(), world.groups[0], world.topic, after.handle):
            await publishing
            await until(lambda: first_seen(after.numbers("k")) == list(range(5)))


async def test_a_group_that_starts_late_misses_nothing(world: World) -> None:
    bus = world.bus()
    publishing = asyncio.create_task(publish(bus, world.messages("k", range(5))))
    async with both_groups(world) as (a, b):
        await publishing
        for group in (a, b):
            await until(lambda group=group: first_seen(group.numbers("k")) == list(range(5)))  # type: ignore[misc]


async def test_large_messages_arrive_whole(world: World) -> None:
    """64 KB is the most a message of ours can be; here a hundred in one publication."""
    async with both_groups(world) as (a, _):
        await publish(world.bus(), world.messages("k", range(100), padding=64_000))
        await until(lambda: first_seen(a.numbers("k")) == list(range(100)))
    assert all(len(m.value) >= 64_000 for m in a.got)


async def test_publishing_nothing_is_no_error(world: World) -> None:
    async with both_groups(world):
        assert list(await world.bus().publish([])) == []


async def test_a_bus_that_is_up_says_it_is_ready(world: World) -> None:
    await world.bus().ready()
