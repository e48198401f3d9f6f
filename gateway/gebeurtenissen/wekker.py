"""Waking up the readers that wait for something new."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import structlog

from chassis.bell import Bell
from chassis.database import is_transient
from chassis.retry import Backoff

if TYPE_CHECKING:
    from chassis.database import Database

log = structlog.get_logger(__name__)

_CHANNEL: Final = "meedoen_feed"


class Wekker:
    """Tells everyone who waits for an afnemer's events that there are some.

    Waking somebody for nothing does no harm: who waits looks again. So does a wake that is lost:
    who waits also looks by itself now and then.
    """

    def __init__(self) -> None:
        self._name = secrets.token_hex(4)
        self._waiting: dict[str, set[asyncio.Event]] = defaultdict(set)
        self._bell: Bell | None = None
        self._untold: set[str] = set()
        self.is_closed = False
        """Whether everyone should stop waiting."""

    @contextlib.contextmanager
    def listening(self, afnemer: str) -> Iterator[asyncio.Event]:
        """An event that is set by each ``wake`` from here on: listen first, then look."""
        woken = asyncio.Event()
        if self.is_closed:
            woken.set()
        self._waiting[afnemer].add(woken)
        try:
            yield woken
        finally:
            self._waiting[afnemer].discard(woken)
            if not self._waiting[afnemer]:
                del self._waiting[afnemer]

    def wake(self, afnemer: str) -> None:
        """Wake who waits for this afnemer's events, in this process and in others."""
        self._wake_here(afnemer)
        if self._bell is not None:
            self._untold.add(afnemer)
            self._bell.ring()

    def close(self) -> None:
        """Let nobody wait any longer: the process ends."""
        self.is_closed = True
        for afnemer in self._waiting:
            self._wake_here(afnemer)

    @contextlib.contextmanager
    def open(self) -> Iterator[None]:
        """Within the block one can wait, until ``close``."""
        self.is_closed = False
        try:
            yield
        finally:
            self.close()

    async def join(self, database: Database) -> None:
        """Wake readers in other processes of the gateway, and be woken by them, until cancelled."""

        async def tell() -> None:
            told, self._untold = self._untold, set()
            await database.notify(_CHANNEL, " ".join((self._name, *sorted(told))))

        self._bell, backoff = Bell(tell), Backoff()
        try:
            while True:
                try:
                    await database.listen(_CHANNEL, self._hear)
                except Exception as error:
                    if not is_transient(error):
                        raise
                    log.warning("wekker_wacht", fout=type(error).__name__)
                    await backoff.wait()
        finally:
            self._bell = None

    def _hear(self, told: str) -> None:
        name, *afnemers = told.split(" ")
        if name != self._name:
            # Without a name: we have just begun to listen and may have missed any of them.
            for afnemer in afnemers if name else self._waiting:
                self._wake_here(afnemer)

    def _wake_here(self, afnemer: str) -> None:
        for woken in self._waiting.get(afnemer, ()):
            woken.set()


async def wait(woken: asyncio.Event, seconds: float) -> None:
    """Wait to be woken, at most so long, and be ready for the next time."""
    try:
        async with asyncio.timeout(seconds):
            await woken.wait()
    except TimeoutError:
        return
    woken.clear()


WEKKER = Wekker()
"""That of this process."""
