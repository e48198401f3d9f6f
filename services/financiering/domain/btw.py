"""VAT on what WSD delivers to a gemeente: our own reading, to be confirmed by who files it.

No source says it. Guidance of people towards participation is read as sociaal-culturele dienst-
verlening (art. 11 lid 1 onder f Wet op de omzetbelasting 1968), without VAT; placing and measuring
for work as an ordinary service, with 21% (art. 9 lid 1).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final

from services.financiering.domain.geld import euro


class BtwCategorie(StrEnum):
    """Code of UNCL 5305, as EN 16931 uses it."""

    STANDAARD = "S"
    VRIJGESTELD = "E"


@dataclass(frozen=True, slots=True)
class Btw:
    """percentage: 0 without VAT. grond: on what it rests. onzeker: no source says it."""

    categorie: BtwCategorie
    percentage: Decimal
    grond: str
    onzeker: bool = True

    def over(self, bedrag: Decimal) -> Decimal:
        """VAT in euros over a total, rounded once."""
        return euro(Fraction(bedrag) * Fraction(self.percentage) / 100)


_STANDAARD: Final = Btw(
    BtwCategorie.STANDAARD, Decimal("21.00"), "art. 9 lid 1 Wet op de omzetbelasting 1968"
)
_VRIJGESTELD: Final = Btw(
    BtwCategorie.VRIJGESTELD,
    Decimal("0.00"),
    "Vrijgesteld van btw: art. 11 lid 1 onder f Wet op de omzetbelasting 1968",
)
VRIJGESTELDE_PRODUCTEN: Final = frozenset(
    {
        "ontwikkelingsgerichte-arbeidsmatige-dagbesteding",
        "participatie-vergunninghouders",
        "persoonlijke-coaching",
        "planregie",
        "woonomgevingsploeg",
    }
)


def btw_van(product: str) -> Btw:
    """For every product of the portfolio."""
    return _VRIJGESTELD if product in VRIJGESTELDE_PRODUCTEN else _STANDAARD
