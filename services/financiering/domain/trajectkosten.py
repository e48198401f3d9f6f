"""What a traject has cost, and what is still to come, as gemeente and WSD both see it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

NUL = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Trajectkosten:
    """Of one kandidaat and product, in hours, pieces and euros without VAT.

    geleverd: what was done, at its price. gefactureerd: facturen minus creditnota's. afgesproken:
    what it costs at most, None where that was not agreed. ingekocht: with the order that it needs.
    """

    product: str
    uren: Decimal
    geleverd: Decimal
    gefactureerd: Decimal
    afgesproken: Decimal | None
    loopt: bool
    ingekocht: bool

    @property
    def nog_te_verwachten(self) -> Decimal | None:
        """What may still be invoiced; None where nothing was agreed."""
        if self.afgesproken is None:
            return None
        return nog_te_verwachten(self.afgesproken, self.gefactureerd, loopt=self.loopt)


def nog_te_verwachten(
    afgesproken: Decimal | None, gefactureerd: Decimal, *, loopt: bool
) -> Decimal:
    """Bron 003: what was agreed less what was invoiced, and nothing once the traject has ended."""
    if afgesproken is None or not loopt:
        return NUL
    return max(NUL, afgesproken - gefactureerd)
