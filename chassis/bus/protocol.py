"""What a bus promises; the services know nothing else of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

Headers = Sequence[tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class Message:
    """A record: a key that decides the order, a value, and headers."""

    topic: str
    key: bytes
    value: bytes
    headers: Headers


Handler = Callable[[Sequence[Message]], Awaitable[None]]
"""Handles messages in the order given. When it returns, all of them are done with for good; when
it raises, all of them come again."""


class BusUnavailableError(Exception):
    """The bus cannot take messages now; nothing is known to be lost, send the same again later."""


class Bus(Protocol):
    """Carries messages to every group that subscribed to their topic.

    - A message that was published reaches each group at least once.
    - Messages with one key reach a group in the order in which they were published.
    """

    async def publish(self, messages: Sequence[Message]) -> Collection[int]:
        """Hand over messages in this order and wait until they are safe.

        Returns the indexes of messages the bus will never take (too large, no such topic).
        Raises BusUnavailableError when some may not have arrived: publish the same again.
        """
        ...

    async def consume(self, group: str, topics: Collection[str], handler: Handler) -> None:
        """Give a group its messages until cancelled."""
        ...

    async def ready(self) -> None:
        """Return when the bus can take messages. Raises BusUnavailableError when it cannot."""
        ...

    async def close(self) -> None: ...
