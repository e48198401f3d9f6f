"""Buses around a bus: with topics of its own for each run, and one that delivers all twice."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace

from chassis.bus.protocol import Bus, Handler, Message


class AroundABus:
    """Hands everything on."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    async def publish(self, messages: Sequence[Message]) -> Collection[int]:
        return await self._bus.publish(messages)

    async def consume(self, group: str, topics: Collection[str], handler: Handler) -> None:
        await self._bus.consume(group, topics, handler)

    async def ready(self) -> None:
        await self._bus.ready()

    async def close(self) -> None:
        await self._bus.close()


class TopicsOfARun(AroundABus):
    """Publishes to ``<run>.<topic>``."""

    def __init__(self, bus: Bus, run: str) -> None:
        super().__init__(bus)
        self._run = run

    async def publish(self, messages: Sequence[Message]) -> Collection[int]:
        return await self._bus.publish(
            [replace(m, topic=f"{self._run}.{m.topic}") for m in messages]
        )


class DuplicatingBus(AroundABus):
    """Publishes each publication again, shuffled but in order per key; and old ones once more."""

    def __init__(self, bus: Bus, seed: int) -> None:
        super().__init__(bus)
        self._random = random.Random(seed)
        self._earlier: list[Sequence[Message]] = []

    async def publish(self, messages: Sequence[Message]) -> Collection[int]:
        refused = await self._bus.publish(messages)
        await self._bus.publish(self._shuffled(messages))
        if self._earlier and self._random.random() < 0.3:
            await self._bus.publish(self._random.choice(self._earlier))
        self._earlier = [*self._earlier[-20:], messages]
        return refused

    def _shuffled(self, messages: Sequence[Message]) -> list[Message]:
        per_key: dict[tuple[str, bytes], list[Message]] = defaultdict(list)
        for message in messages:
            per_key[message.topic, message.key].append(message)
        turns = [key for key, of_key in per_key.items() for _ in of_key]
        self._random.shuffle(turns)
        return [per_key[key].pop(0) for key in turns]
