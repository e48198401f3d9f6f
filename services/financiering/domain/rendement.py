"""What work with loonkostensubsidie brings a gemeente, by the figures of the source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from services.financiering.domain.betaalschema import Maandpost
from services.financiering.domain.geld import euro
from services.financiering.domain.kalender import Maand
from services.financiering.domain.tabel import rij_op


@dataclass(frozen=True, slots=True)
class Rendementscijfers:
    """Euros a year for one inhabitant, from a date.

    uitkering: what a benefit costs; besparing: what the gemeente saves of it when they work with
    loonkostensubsidie, from and to; uitvoeringsgeld: what it gets more to carry it out.
    """

    vanaf: date
    uitkering: Decimal
    besparing_laag: Decimal
    besparing_hoog: Decimal
    uitvoeringsgeld: Decimal
    bron: str


RENDEMENTSCIJFERS: Sequence[Rendementscijfers] = (
    Rendementscijfers(
        date(2015, 1, 1),
        Decimal("13000.00"),
        Decimal("3000.00"),
        Decimal("4000.00"),
        Decimal("3000.00"),
        "bron 001, bijlage 2 onder 9 (ca.; 2019). Latere cijfers staan in geen bron",
    ),
)

RENDEMENT_BEKEND_TOT = date(2100, 1, 1)
"""An indication without an end: until another source is added it is what there is."""


def rendementscijfers_op(dag: date) -> Rendementscijfers:
    """The figures in force on a day. Raises DatumBuitenTabel before the Participatiewet."""
    return rij_op(
        RENDEMENTSCIJFERS,
        dag,
        bekend_tot=RENDEMENT_BEKEND_TOT,
        onderwerp="Het maatschappelijk rendement per inwoner",
    )


@dataclass(frozen=True, slots=True)
class Rendement:
    """Euros over a part of a year, each rounded once. opbrengst is besparing + uitvoeringsgeld.

    lks_kosten: what the loonkostensubsidie itself costs; the besparing is after it (bron 001).
    """

    uitkeringen_bespaard: Decimal
    besparing_laag: Decimal
    besparing_hoog: Decimal
    uitvoeringsgeld: Decimal
    lks_kosten: Decimal

    @property
    def opbrengst_laag(self) -> Decimal:
        return self.besparing_laag + self.uitvoeringsgeld

    @property
    def opbrengst_hoog(self) -> Decimal:
        return self.besparing_hoog + self.uitvoeringsgeld


def rendement(cijfers: Rendementscijfers, jaren: Fraction, lks_kosten: Fraction) -> Rendement:
    """jaren: how long all together worked with loonkostensubsidie, in years of a person."""

    def over(per_jaar: Decimal) -> Decimal:
        return euro(jaren * Fraction(per_jaar))

    return Rendement(
        over(cijfers.uitkering),
        over(cijfers.besparing_laag),
        over(cijfers.besparing_hoog),
        over(cijfers.uitvoeringsgeld),
        euro(lks_kosten),
    )


def gewerkte_dagen(posten: Iterable[Maandpost], tot_en_met: date) -> int:
    """Calendar days with loonkostensubsidie of one kandidaat, until a day.

    Two jobs in one month are no more days than the month has: a benefit is saved once.
    """
    per_maand: dict[Maand, int] = defaultdict(int)
    for post in posten:
        per_maand[post.maand] += post.dagen
    return sum(
        min(dagen, (min(maand.laatste_dag, tot_en_met) - maand.eerste_dag).days + 1)
        for maand, dagen in per_maand.items()
    )


def samen(delen: Iterable[Rendement]) -> Rendement:
    """The sum of what was rounded, so that lines add up to their total."""
    nihil = (Decimal("0.00"),) * 5
    return Rendement(
        *(sum(kolom, Decimal(0)) for kolom in zip(nihil, *map(astuple, delen), strict=True))
    )
