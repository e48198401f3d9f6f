"""The bus within one process: publishing is handling.

It keeps nothing itself and needs not: ``publish`` returns when every group has handled the
messages, so the outbox row stays until then, and survives a crash halfway.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Collection, Sequence

from chassis.bus.protocol import BusUnavailableError, Handler, Message


class InProcessBus:
    """Implements chassis.bus.Bus for services that share a process.

    expected: the groups without which nothing may be published, per topic. A message of a topic
    waits until they all consume, so that none of them misses it at the start.
    """

    def __init__(self, expected: dict[str, Collection[str]] | None = None) -> None:
        self._expected = expected or {}
        self._handlers: dict[str, dict[str, Handler]] = defaultdict(dict)

    async def publish(self, messages: Sequence[Message]) -> Collection[int]:
        missing = {
            group
            for topic in {m.topic for m in messages}
            for group in self._expected.get(topic, ())
            if group not in self._handlers[topic]
        }
        if missing:
            raise BusUnavailableError(f"not consuming yet: {', '.join(sorted(missing))}")
        per_handler: dict[str, tuple[Handler, list[Message]]] = {}
        for message in messages:
            for group, handler in self._handlers[message.topic].items():
                per_handler.setdefault(group, (handler, []))[1].append(message)
        outcomes = await asyncio.gather(
            *(handler(batch) for handler, batch in per_handler.values()), return_exceptions=True
        )
        for outcome in outcomes:
            if isinstance(outcome, asyncio.CancelledError):
                raise outcome
            if isinstance(outcome, BaseException):
                raise BusUnavailableError(type(outcome).__name__) from outcome
        return ()

    async def consume(self, group: str, topics: Collection[str], handler: Handler) -> None:
        for topic in topics:
            self._handlers[topic][group] = handler
        try:
            await asyncio.get_running_loop().create_future()
        finally:
            for topic in topics:
                self._handlers[topic].pop(group, None)

    async def ready(self) -> None:
        return

    async def close(self) -> None:
        self._handlers.clear()
