"""Days of the law that hold for every besluit: working days (Atw) and the bezwaartermijn (Awb).

Rules on dates alone, so the domain of a service may use them.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Final

EEN_DAG: Final = timedelta(days=1)
BEZWAARTERMIJN: Final = timedelta(weeks=6)
"""From the day after bekendmaking, art. 6:7 and 6:8 Awb."""

GELIJKGESTELDE_DAGEN: frozenset[date] = frozenset(
    date.fromisoformat(dag)
    for dag in (
        # Besluit gelijkstelling van 28 april 2023 ... met een algemeen erkende feestdag
        "2023-04-28",
        "2023-05-19",
        "2024-05-10",
        "2024-12-27",
        "2025-05-30",
        # Besluit gelijkstelling van 2 januari 2026 ... met een algemeen erkende feestdag
        "2026-01-02",
        "2026-05-15",
        "2027-05-07",
        "2028-04-28",
        "2028-05-26",
    )
)
"""Days made equal to a public holiday by royal decree, art. 3 lid 3 Atw; known up to 2028."""


def eerste_paasdag(jaar: int) -> date:
    """Easter Sunday, by the rule of Gauss for the years 1900-2099."""
    maanjaar = jaar % 19
    volle_maan = (19 * maanjaar + 24) % 30
    zondag = (2 * (jaar % 4) + 4 * (jaar % 7) + 6 * volle_maan + 5) % 7
    if zondag == 6 and (volle_maan == 29 or (volle_maan == 28 and maanjaar > 10)):
        zondag = -1
    return date(jaar, 3, 22) + timedelta(days=volle_maan + zondag)


@lru_cache(maxsize=64)
def feestdagen(jaar: int) -> frozenset[date]:
    """The public holidays of art. 3 Atw in a year, Good Friday and the equated days included.

    Unlike in a collective agreement, 5 May counts every year, and Easter and Whit Sunday are not
    listed: they are Sundays already.  King's day is 27 April, or 26 April when that is a Sunday.
    """
    pasen = eerste_paasdag(jaar)
    koningsdag = date(jaar, 4, 27)
    vast = {
        date(jaar, 1, 1),
        koningsdag - EEN_DAG if koningsdag.isoweekday() == 7 else koningsdag,
        date(jaar, 5, 5),
        date(jaar, 12, 25),
        date(jaar, 12, 26),
    }
    # Good Friday, Easter Monday, Ascension Day, Whit Monday
    rond_pasen = {pasen + timedelta(days=dagen) for dagen in (-2, 1, 39, 50)}
    gelijkgesteld = {dag for dag in GELIJKGESTELDE_DAGEN if dag.year == jaar}
    return frozenset(vast | rond_pasen | gelijkgesteld)


def is_werkdag(dag: date) -> bool:
    """Neither Saturday, Sunday nor a public holiday of the Atw."""
    return dag.isoweekday() < 6 and dag not in feestdagen(dag.year)


def eerste_werkdag_vanaf(dag: date) -> date:
    """The day itself, or the first working day after it."""
    while not is_werkdag(dag):
        dag += EEN_DAG
    return dag


def werkdagen_tussen(begin: date, einde: date) -> int:
    """Working days after `begin` up to and including `einde`; negative when it lies before."""
    if einde < begin:
        return -werkdagen_tussen(einde, begin)
    return sum(is_werkdag(begin + timedelta(days=n)) for n in range(1, (einde - begin).days + 1))


def einde_bezwaartermijn(bekendgemaakt: date) -> date:
    """Last day for a notice of objection: 6 weeks from the day after, art. 6:7 and 6:8 Awb.

    On a Saturday, Sunday or public holiday the term runs to the next working day, art. 1 Atw.
    """
    return eerste_werkdag_vanaf(bekendgemaakt + BEZWAARTERMIJN)
