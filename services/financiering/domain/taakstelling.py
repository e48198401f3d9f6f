"""The goal of 2,100 places at WSD: the share of each gemeente, and how far it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from services.financiering.domain.fouten import DatumBuitenTabel


@dataclass(frozen=True, slots=True)
class Aandeel:
    """How many of the places are a gemeente's. aanname: it is in no source."""

    gemeentecode: str
    plaatsen: int
    bron: str
    aanname: bool


@dataclass(frozen=True, slots=True)
class Verdeling:
    """The shares, in force from a day. Raises ValueError when they do not add up to the goal."""

    vanaf: date
    te_realiseren_op: date
    totaal: int
    aandelen: tuple[Aandeel, ...]

    def __post_init__(self) -> None:
        if any(n > 1 for n in Counter(a.gemeentecode for a in self.aandelen).values()):
            raise ValueError("een gemeente heeft één aandeel in de taakstelling")
        if sum(a.plaatsen for a in self.aandelen) != self.totaal:
            raise ValueError(f"de aandelen in de taakstelling tellen niet op tot {self.totaal}")

    @property
    def per_gemeente(self) -> Mapping[str, Aandeel]:
        return {a.gemeentecode: a for a in self.aandelen}


def verdeling_op(verdelingen: Sequence[Verdeling], dag: date) -> Verdeling:
    """The shares in force on a day; before the first, those first agreed: bron 002 and 000 also
    hold earlier figures against them. Raises DatumBuitenTabel when there are none.
    """
    op_volgorde = sorted(verdelingen, key=lambda v: v.vanaf)
    if not op_volgorde:
        raise DatumBuitenTabel("Er is geen verdeling van de taakstelling. Voeg haar toe.")
    geldend = [v for v in op_volgorde if v.vanaf <= dag]
    return geldend[-1] if geldend else op_volgorde[0]


@dataclass(frozen=True, slots=True)
class Stand:
    """What there is of a share on a day, and where it goes.

    jaar_eerder: how many there were a year before. verwacht: on the day by which the goal must be
    reached, if each day brings as much as the days of the last year did; never below 0.
    """

    aandeel: int
    sw: int
    pw: int
    jaar_eerder: int
    verwacht: int

    @property
    def realisatie(self) -> int:
        return self.sw + self.pw

    @property
    def verschil(self) -> int:
        """Below zero: still to be realised."""
        return self.realisatie - self.aandeel

    @property
    def per_jaar(self) -> int:
        return self.realisatie - self.jaar_eerder


def stand_op(
    dag: date, doel: date, aandeel: int, nu: tuple[int, int], eerder: tuple[int, int]
) -> Stand:
    """nu and eerder: SW and PW on the day, and a year (jaar_ervoor) before it."""
    erbij = Fraction(sum(nu) - sum(eerder), (dag - jaar_ervoor(dag)).days)
    verwacht = Fraction(sum(nu)) + erbij * max(0, (doel - dag).days)
    afgerond = Decimal(verwacht.numerator) / Decimal(verwacht.denominator)
    return Stand(
        aandeel,
        *nu,
        jaar_eerder=sum(eerder),
        verwacht=max(0, int(afgerond.quantize(Decimal(1), ROUND_HALF_UP))),
    )


def jaar_ervoor(dag: date) -> date:
    """The same day of the year before; of 29 February the 28th."""
    if (dag.month, dag.day) == (2, 29):
        return date(dag.year - 1, 2, 28)
    return dag.replace(year=dag.year - 1)
