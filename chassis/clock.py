"""The time, as something that can be moved."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

NEDERLAND = ZoneInfo("Europe/Amsterdam")


class Clock(Protocol):
    """Every "now" in Meedoen is asked here, never of the operating system."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...


class SystemClock:
    """The clock of the machine."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class MovableClock:
    """A clock that stands still until it is moved."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)

    def now(self) -> datetime:
        return self._now

    def move_to(self, moment: datetime) -> None:
        self._now = moment.astimezone(UTC)

    def move_by(self, step: timedelta) -> None:
        self._now += step


def local_date(moment: datetime) -> date:
    """The calendar day in the Netherlands, which is what a law means by a day."""
    return moment.astimezone(NEDERLAND).date()
