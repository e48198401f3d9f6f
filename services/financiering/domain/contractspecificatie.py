"""What a gemeente agreed to pay WSD for a product, from a day on (domain.md §7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from services.financiering.domain.fouten import OngeldigePrijsafspraak, Punt


class Eenheid(StrEnum):
    """Per what a price is."""

    MAAND = "maand"
    UUR = "uur"
    STUK = "stuk"


@dataclass(frozen=True, slots=True)
class Prijsafspraak:
    """A price that holds from `vanaf` until the next one of the same gemeente and product.

    product: code of the portfolio. prijs: euros per eenheid without VAT. plafond: what one levering
    costs at most, before any extension; None without one. Raises OngeldigePrijsafspraak.
    """

    gemeentecode: str
    product: str
    eenheid: Eenheid
    prijs: Decimal
    vanaf: date
    plafond: Decimal | None = None

    def __post_init__(self) -> None:
        punten = []
        if self.prijs <= 0:
            punten.append(Punt("prijs", "buiten-bereik", "Geef een prijs van meer dan 0 euro op."))
        if self.plafond is not None and self.plafond < self.prijs:
            punten.append(
                Punt("plafond", "buiten-bereik", "Geef een plafond op van ten minste de prijs.")
            )
        if punten:
            raise OngeldigePrijsafspraak("Herstel de genoemde fouten.", punten=tuple(punten))


@dataclass(frozen=True, slots=True)
class Contractspecificatie:
    """Prices in any order; of one gemeente, product and day from which they hold there is one."""

    afspraken: tuple[Prijsafspraak, ...] = ()

    def op(self, gemeentecode: str, product: str, dag: date) -> Prijsafspraak | None:
        """What holds on a day; None where nothing was agreed yet."""
        geldend = [a for a in self._van(gemeentecode, product) if a.vanaf <= dag]
        return geldend[-1] if geldend else None

    def wisseldagen(self, gemeentecode: str, product: str) -> tuple[date, ...]:
        """The days on which another price begins, the first included."""
        return tuple(a.vanaf for a in self._van(gemeentecode, product))

    def _van(self, gemeentecode: str, product: str) -> Sequence[Prijsafspraak]:
        return sorted(
            (a for a in self.afspraken if (a.gemeentecode, a.product) == (gemeentecode, product)),
            key=lambda afspraak: afspraak.vanaf,
        )
