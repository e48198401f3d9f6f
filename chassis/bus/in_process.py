"""The bus within one process: publishing is handling.

It keeps nothing itself and needs not: ``publish`` returns when every group has handled the
messages, so the outbox row stays until then, and survives a crash halfway.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from zlib import crc32

from chassis.bus.protocol import BusUnavailableError, Handler, Message


class InProcessBus:
    """Implements chassis.bus.Bus for services that share a process.

    expected: the groups without which nothing may be published, per topic. A message of a topic
    waits until they all consume, so that none of them misses it at the start.
    """

    def __init__(self, expected: Mapping[str, Collection[str]] | None = None) -> None:
        self._expected = expected or {}
        self._members: dict[str, dict[str, list[Handler]]] = defaultdict(lambda: defaultdict(list))

    async def publish(self, messages: Sequence[Message]) -> Collection[int]:
        topics = {message.topic for message in messages}
        missing = {
            group
            for topic in topics
            for group in self._expected.get(topic, ())
            if not self._members[topic][group]
        }
        if missing:
            raise BusUnavailableError(f"not consuming yet: {', '.join(sorted(missing))}")
        per_handler: dict[Handler, list[Message]] = defaultdict(list)
        for message in messages:
            for members in self._members[message.topic].values():
                if members:
                    # A key stays with one member, so that its order holds.
                    per_handler[members[crc32(message.key) % len(members)]].append(message)
        outcomes = await asyncio.gather(
            *(handler(batch) for handler, batch in per_handler.items()), return_exceptions=True
        )
        for outcome in outcomes:
            if isinstance(outcome, Exception):
                raise BusUnavailableError(type(outcome).__name__) from outcome
            if outcome is not None:
                raise outcome
        return ()

    async def consume(self, group: str, topics: Collection[str], handler: Handler) -> None:
        memberships = [self._members[topic][group] for topic in topics]
        for members in memberships:
            members.append(handler)
        try:
            await asyncio.get_running_loop().create_future()
        finally:
            for members in memberships:
                members.remove(handler)

    async def ready(self) -> None:
        return

    async def close(self) -> None:
        self._members.clear()
