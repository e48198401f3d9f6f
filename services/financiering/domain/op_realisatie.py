"""Loonkostensubsidie "op realisatie": what the Rijk gives back of what a gemeente spent.

Within the BUIG (art. 69 Participatiewet) the part for loonkostensubsidie is divided by what was
spent: the share of a gemeente in a year is what it spent the year before of what all gemeenten
spent that year. So it gets all of it back, a year later, and bears the growth of a year itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final

from services.financiering.domain.budget import Budgetstadium
from services.financiering.domain.geld import euro

OP_REALISATIE_VANAF: Final = 2022
"""First year that is divided so. OWN: the year is in no source (domain-rules §5.1)."""


class Macrosoort(StrEnum):
    """uitgaven: what all gemeenten of the country spent on loonkostensubsidie in a year; budget:
    what the Rijk divides for it in a year."""

    UITGAVEN = "uitgaven"
    BUDGET = "budget"


@dataclass(frozen=True, slots=True)
class Macrocijfer:
    """A figure of the whole country, in euros, as it was announced."""

    jaar: int
    soort: Macrosoort
    stadium: Budgetstadium
    bedrag: Decimal
    bron: str


class Ontbreekt(StrEnum):
    """Why it is not known what a gemeente gets."""

    NIET_OP_REALISATIE = "niet-op-realisatie"
    MACRO_UITGAVEN = "macro-uitgaven"
    MACROBUDGET = "macrobudget"


@dataclass(frozen=True, slots=True)
class Uitgaven:
    """Loonkostensubsidie of one gemeente over the months of a year, in euros.

    verschuldigd: of the months that have begun, by what is known now; verwacht: of all months, if
    all goes on as it is. Both are sums of whole cents. betaalbaar_gesteld: what payment runs made
    payable so far. onbekende_maanden: months of a subsidy whose amount is not known; they are in
    none of the sums.
    """

    jaar: int
    verschuldigd: Decimal
    verwacht: Decimal
    betaalbaar_gesteld: Decimal
    onbekende_maanden: int


@dataclass(frozen=True, slots=True)
class Vergoeding:
    """What a gemeente gets in a year. bedrag: euros, rounded once; None while something is missing.

    aandeel: exact part of the macro budget; None while it is not known what others spent.
    """

    jaar: int
    aandeel: Fraction | None
    bedrag: Decimal | None
    ontbreekt: tuple[Ontbreekt, ...] = ()

    def voorgefinancierd(self, uitgaven: Decimal) -> Decimal | None:
        """What the gemeente spends in this year above what it gets in it; below nil it gets more
        than it spends."""
        return None if self.bedrag is None else uitgaven - self.bedrag


def vergoeding(
    jaar: int,
    uitgaven_vorig_jaar: Decimal,
    *,
    macro_uitgaven_vorig_jaar: Decimal | None,
    macrobudget: Decimal | None,
) -> Vergoeding:
    """What a gemeente gets in a year by what it spent the year before, in euros.

    The macro figures are above nil, or None when they are not known yet: nothing is guessed.
    """
    if jaar < OP_REALISATIE_VANAF:
        return Vergoeding(jaar, None, None, (Ontbreekt.NIET_OP_REALISATIE,))
    ontbreekt = tuple(
        wat
        for wat, bedrag in (
            (Ontbreekt.MACRO_UITGAVEN, macro_uitgaven_vorig_jaar),
            (Ontbreekt.MACROBUDGET, macrobudget),
        )
        if bedrag is None
    )
    aandeel = (
        None
        if macro_uitgaven_vorig_jaar is None
        else Fraction(uitgaven_vorig_jaar) / Fraction(macro_uitgaven_vorig_jaar)
    )
    if aandeel is None or macrobudget is None:
        return Vergoeding(jaar, aandeel, None, ontbreekt)
    return Vergoeding(jaar, aandeel, euro(aandeel * Fraction(macrobudget)))
