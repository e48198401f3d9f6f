"""Hours of guidance over many placements: agreed against booked."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from services.plaatsing.domain.begeleiding import (
    DAGEN_IN_EEN_WEEK,
    Begeleiding,
    Begeleidingsoort,
)

_CENTIUUR: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Begeleidingsregel:
    """Of one soort, or of all (None): hours, rounded once to hundredths, half up.

    plaatsingen: on how many something was agreed in the period.
    """

    soort: Begeleidingsoort | None
    plaatsingen: int
    afgesproken_uren: Decimal
    geboekte_uren: Decimal

    @property
    def verschil(self) -> Decimal:
        """More booked than agreed is positive."""
        return self.geboekte_uren - self.afgesproken_uren


def tel(
    begeleidingen: Collection[tuple[Begeleiding, date | None]],
    geboekt: Mapping[Begeleidingsoort, Decimal],
    van: date,
    tot_en_met: date,
) -> tuple[Begeleidingsregel, ...]:
    """A row per soort, then one of all. Each begeleiding comes with the last day of its placement.

    An afspraak of n hours per week counts n / 7 for each day on which it holds.
    """
    regels = []
    for soort in (*Begeleidingsoort, None):
        plaatsingen, som = set(), Decimal(0)
        for begeleiding, laatste_dag in begeleidingen:
            if soort is None or begeleiding.soort is soort:
                deel = begeleiding.weekuren_maal_dagen(van, tot_en_met, laatste_dag=laatste_dag)
                som += deel
                if deel:
                    plaatsingen.add(begeleiding.plaatsing_id)
        regels.append(
            Begeleidingsregel(
                soort=soort,
                plaatsingen=len(plaatsingen),
                afgesproken_uren=_rond(som / DAGEN_IN_EEN_WEEK),
                geboekte_uren=_rond(
                    sum(geboekt.values(), Decimal(0))
                    if soort is None
                    else geboekt.get(soort, Decimal(0))
                ),
            )
        )
    return tuple(regels)


def _rond(uren: Decimal) -> Decimal:
    return uren.quantize(_CENTIUUR, ROUND_HALF_UP)
