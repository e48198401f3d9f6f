"""Waking up the readers that wait for something new."""

from __future__ import annotations

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import Iterator


class Wekker:
    """Tells everyone in this process who waits for an afnemer's events that there are some."""

    def __init__(self) -> None:
        self._waiting: dict[str, set[asyncio.Event]] = defaultdict(set)
        self._closed = False

    @contextlib.contextmanager
    def listening(self, afnemer: str) -> Iterator[asyncio.Event]:
        """An event that is set by each ``wake`` from here on: listen first, then look."""
        woken = asyncio.Event()
        if self._closed:
            woken.set()
        self._waiting[afnemer].add(woken)
        try:
            yield woken
        finally:
            self._waiting[afnemer].discard(woken)
            if not self._waiting[afnemer]:
                del self._waiting[afnemer]

    def wake(self, afnemer: str) -> None:
        for woken in self._waiting.get(afnemer, ()):
            woken.set()


WEKKER = Wekker()
"""That of this process. Waking somebody for nothing does no harm: who waits looks again."""
