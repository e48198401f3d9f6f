"""Waking up whoever waits for new rows, without a lock inside anybody's transaction.

A NOTIFY inside the business transaction takes a lock that all commits of the server share. So the
bell rings after the commit: at once for whoever waits in this process, and a few milliseconds
later, many rings in one, by a NOTIFY from a connection of its own for other processes. A lost ring
costs nothing but time: every waiter also looks by itself once a second.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog

log = structlog.get_logger(__name__)

_DEBOUNCE_SECONDS = 0.005


class Bell:
    """Rung after a commit; waited for by the relay."""

    def __init__(self, notify: Callable[[], Awaitable[None]] | None = None) -> None:
        self._event = asyncio.Event()
        self._notify = notify
        self._untold = False
        self._telling: asyncio.Task[None] | None = None

    @property
    def is_rung(self) -> bool:
        """Whether somebody rang since the last wait."""
        return self._event.is_set()

    def ring(self) -> None:
        self._event.set()
        self._untold = True
        if self._notify is not None and (self._telling is None or self._telling.done()):
            self._telling = asyncio.get_running_loop().create_task(self._tell(self._notify))

    def heard(self) -> None:
        """Another process rang."""
        self._event.set()

    async def wait(self, timeout: float) -> None:  # noqa: ASYNC109 - a wait with an end is the point
        """Wait for a ring, at most ``timeout`` seconds, and reset the bell."""
        try:
            async with asyncio.timeout(timeout):
                await self._event.wait()
        except TimeoutError:
            return
        finally:
            self._event.clear()

    async def _tell(self, notify: Callable[[], Awaitable[None]]) -> None:
        while self._untold:
            await asyncio.sleep(_DEBOUNCE_SECONDS)
            self._untold = False
            try:
                await notify()
            except Exception as error:
                log.info("bel_niet_gehoord", fout=type(error).__name__)
