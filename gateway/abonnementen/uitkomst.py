"""What an answer of a receiver means, and when to try again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import Final

BLIJF_PROBEREN: Final = timedelta(hours=24)
"""How long after its first attempt an aflevering is still tried by itself."""
EERSTE_PAUZE: Final = timedelta(seconds=5)
LANGSTE_PAUZE: Final = timedelta(hours=1)
KORTSTE_PAUZE: Final = timedelta(seconds=1)
LANGSTE_RETRY_AFTER: Final = timedelta(hours=24)

Toeval = Callable[[], float]
"""A number from 0 to 1, each as likely: ``random.random``."""


class Soort(StrEnum):
    """The kinds of answers that are handled differently."""

    AFGELEVERD = "afgeleverd"
    """Any 2xx. CloudEvents names 200, 201, 202 and 204."""
    BERICHT = "bericht"
    """The receiver is there but does not want this message (400, 409, 413, 422). Receivers are
    mended, so it is tried again; it says nothing against the receiver."""
    ONTVANGER = "ontvanger"
    """Nothing is to be had of this receiver now: no connection, 5xx, but also 401, 403, 404 and
    3xx, for those are about the address or the rights and not about this message."""
    TE_VEEL = "te-veel"
    """429, or any answer with Retry-After that is no success: not before that, for everything."""
    FORMAAT = "formaat"
    """415: no repetition will make it read this format."""
    BEEINDIGD = "beeindigd"
    """410: the receiver wants nothing any more."""


_BERICHT: Final = frozenset({400, 409, 413, 422})


@dataclass(frozen=True, slots=True)
class Antwoord:
    """What came of one attempt.

    status: of the HTTP answer; None when there was none.
    fout: class of what went wrong, a fixed word; None when it was delivered.
    wacht: how long the receiver asks to be left alone.
    """

    status: int | None
    duur_ms: int
    fout: str | None = None
    wacht: timedelta | None = None

    @property
    def soort(self) -> Soort:
        match self.status:
            case None:
                return Soort.ONTVANGER
            case status if 200 <= status < 300:
                return Soort.AFGELEVERD
            case 410:
                return Soort.BEEINDIGD
            case 415:
                return Soort.FORMAAT
            case _ if self.wacht is not None:
                return Soort.TE_VEEL
            case status if status in _BERICHT:
                return Soort.BERICHT
            case _:
                return Soort.ONTVANGER


def langste_pauze(poging: int) -> timedelta:
    """The longest wait after the failure of an attempt; the first attempt is number 1."""
    verdubbeld: timedelta = EERSTE_PAUZE * 2 ** min(poging - 1, 20)
    return min(LANGSTE_PAUZE, verdubbeld)


def pauze(poging: int, toeval: Toeval) -> timedelta:
    """The wait after the failure of an attempt: full jitter, so that nobody comes back in step."""
    return max(KORTSTE_PAUZE, langste_pauze(poging) * toeval())


def is_op(begonnen: datetime, nu: datetime) -> bool:
    """Whether an attempt that failed now was the last: BLIJF_PROBEREN has passed by then."""
    return nu - begonnen >= BLIJF_PROBEREN


def pogingen_bij_langste_pauzes() -> Iterator[tuple[int, timedelta, timedelta]]:
    """Attempt, longest wait after it, time since the first: with the longest waits, to the last.

    With jitter there are about twice as many attempts in the same time.
    """
    poging, verstreken = 1, timedelta()
    while verstreken < BLIJF_PROBEREN:
        yield poging, langste_pauze(poging), verstreken
        verstreken += langste_pauze(poging)
        poging += 1
    yield poging, timedelta(), verstreken


def retry_after(waarde: str, nu: datetime) -> timedelta | None:
    """The header Retry-After, in seconds or as an HTTP date; None when it is neither."""
    waarde = waarde.strip()
    if waarde.isascii() and waarde.isdigit():
        seconden = min(int(waarde[:9]), int(LANGSTE_RETRY_AFTER.total_seconds()))
        return timedelta(seconds=seconden)
    try:
        moment = parsedate_to_datetime(waarde)
    except (ValueError, IndexError, TypeError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return min(max(timedelta(), moment - nu), LANGSTE_RETRY_AFTER)
