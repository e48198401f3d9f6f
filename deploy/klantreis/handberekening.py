"""The monthly loonkostensubsidie worked out by hand: the formula of art. 10d lid 4, step by step.

On purpose without the product's own rules: it stands beside them, to check them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

_WML: Final = (
    (date(2026, 7, 1), Decimal("2337.00")),
    (date(2026, 1, 1), Decimal("2294.40")),
)
"""Minimum wage per month from 21 years (Stcrt. 2026, 16505; domain-rules §1.7)."""
_VAKANTIEBIJSLAG: Final = Decimal("1.08")
_WERKGEVERSLASTEN: Final = Decimal("1.235")
_VOLLEDIGE_WEEK: Final = Decimal(36)


@dataclass(frozen=True)
class Regel:
    """One line of the calculation: what (Dutch), how, and the outcome in euros.

    stap: the name of the same step in the product's own calculation.
    """

    stap: str
    wat: str
    hoe: str
    uitkomst: Decimal


def handberekening(begin: date, loonwaarde: int, uren: Decimal) -> tuple[list[Regel], Decimal]:
    """For a job that starts on a day, a loonwaarde of 30-99% and at most 36 hours a week.

    Gives the lines and the amount per month. Raises LookupError for a start outside 2026.
    """
    wml = next((bedrag for vanaf, bedrag in _WML if vanaf <= begin), None)
    if wml is None or begin.year > _WML[0][0].year:
        raise LookupError("de handberekening kent alleen het minimumloon van 2026")
    basis = wml * _VAKANTIEBIJSLAG
    deel = basis * (100 - loonwaarde) / 100
    naar_rato = deel * uren / _VOLLEDIGE_WEEK
    bedrag = (naar_rato * _WERKGEVERSLASTEN).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return [
        Regel("minimumloon", "Minimumloon per maand", f"op {begin:%d-%m-%Y}", wml),
        Regel("minimumloon-met-vakantiebijslag", "Met vakantiebijslag", "× 1,08", basis),
        Regel("maximum", "Wat de loonwaarde tekortkomt", f"× (100% − {loonwaarde}%)", deel),
        Regel("arbeidsduur", "Naar rato van de uren", f"× {_uren(uren)} / 36", naar_rato),
        Regel("loonkostensubsidie", "Met werkgeverslasten", "× 1,235", bedrag),
    ], bedrag


def _uren(uren: Decimal) -> str:
    return f"{uren.normalize():f}".replace(".", ",")
