"""Who pays the guidance on a placement: the budget of the gemeente, or WSD's stimulus reserve."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final
from uuid import UUID

from services.financiering.domain.geld import euro
from services.financiering.domain.kalender import EEN_DAG


class TenLasteVan(StrEnum):
    """Bron 000 §3.2."""

    GEMEENTEBUDGET = "gemeentebudget"
    STIMULUS = "stimulus"


@dataclass(frozen=True, slots=True)
class BegeleidePlaatsing:
    """A placement at WSD that takes a place in the budget.

    begin: first day for which this gemeente has it; laatste_dag: None is an open end. Of a
    kandidaat who went away and came back it is there more than once, each time in its own turn.
    """

    plaatsing_id: UUID
    begin: date
    laatste_dag: date | None = None


@dataclass(frozen=True, slots=True)
class Begeleidingsbudget:
    """What the Rijk's budget of a gemeente bears in a year.

    plaatsen: how many placements at once; per_plaats: euros a year for one, as agreed.
    """

    jaar: int
    plaatsen: int
    per_plaats: Decimal


@dataclass(frozen=True, slots=True)
class Toerekening:
    """Days on which the same one pays. tot_en_met: None is until something changes."""

    plaatsing_id: UUID
    ten_laste_van: TenLasteVan
    vanaf: date
    tot_en_met: date | None


@dataclass(frozen=True, slots=True)
class Begeleidingslast:
    """What the guidance on a placement costs over days of one year, in euros, rounded once."""

    plaatsing_id: UUID
    ten_laste_van: TenLasteVan
    vanaf: date
    tot_en_met: date
    bedrag: Decimal

    @property
    def dagen(self) -> int:
        return (self.tot_en_met - self.vanaf).days + 1


@dataclass(frozen=True, slots=True)
class Stimulusreserve:
    """What WSD set aside for guidance above the budgets of the gemeenten, in euros."""

    gevormd_op: date
    bedrag: Decimal
    bron: str


STIMULUSRESERVE: Final = Stimulusreserve(
    date(2021, 7, 14), Decimal("6700000.00"), "bron 000 §3.2 (besluit AB WSD); bron 002 §10"
)


@dataclass(frozen=True, slots=True)
class Reservestand:
    """How the reserve stands, in euros. gebruikt + over is what was set aside.

    ongedekt: what was charged to the reserve after it was spent. The reserve is never negative:
    what it cannot bear is shown here, and someone has to decide who pays it.
    """

    gebruikt: Decimal
    over: Decimal
    ongedekt: Decimal


def reservestand(reserve: Stimulusreserve, lasten: Iterable[Decimal]) -> Reservestand:
    """After these charges, in euros."""
    gevraagd = sum(lasten, Decimal("0.00"))
    gebruikt = min(gevraagd, reserve.bedrag)
    return Reservestand(gebruikt, reserve.bedrag - gebruikt, gevraagd - gebruikt)


def ongedekt(
    reserve: Stimulusreserve, lasten: Iterable[Begeleidingslast], begin: Mapping[UUID, date]
) -> dict[Begeleidingslast, Decimal]:
    """What of each charge to the reserve it cannot bear, in euros; 0.00 where it bears all.

    begin: the first day of each placement. The reserve bears year after year, and within a year in
    the order in which placements began: so what it bore in a year that is over stays borne.
    """
    over = reserve.bedrag
    niet_gedragen = {}
    for last in sorted(
        (last for last in lasten if last.ten_laste_van is TenLasteVan.STIMULUS),
        key=lambda r: (r.vanaf.year, begin[r.plaatsing_id], r.plaatsing_id, r.vanaf),
    ):
        gedragen = min(last.bedrag, over)
        over -= gedragen
        niet_gedragen[last] = last.bedrag - gedragen
    return niet_gedragen


def reken_toe(
    plaatsingen: Iterable[BegeleidePlaatsing], budgetten: Iterable[Begeleidingsbudget]
) -> dict[UUID, tuple[Toerekening, ...]]:
    """Who pays for each placement on each day that it runs, by date (bron 000 §3.2).

    On every day the placements that run and began first have the places of the budget, by first
    day and then by identification; the stimulus bears the others. So the next in order moves to
    the budget on the day after a place falls free. A year without a budget of its own has the
    places of the last one before it; before the first budget nobody is charged. In which order the
    placements are given does not matter.
    """
    volgorde = sorted(
        (p for p in plaatsingen if p.laatste_dag is None or p.laatste_dag >= p.begin),
        key=lambda p: (p.begin, p.plaatsing_id),
    )
    plaatsen_vanaf = {date(b.jaar, 1, 1): b.plaatsen for b in budgetten}
    begint, stopt = _dagen(volgorde)
    in_budget: list[int] = []
    wachtend: list[int] = []
    stand: dict[int, list[tuple[date, TenLasteVan | None]]] = defaultdict(list)
    plaatsen: int | None = None
    for dag in sorted({*begint, *stopt, *plaatsen_vanaf}):
        for rang in stopt[dag]:
            rij = in_budget if _staat_in(in_budget, rang) else wachtend
            del rij[bisect_left(rij, rang)]
            stand[rang].append((dag, None))
        geraakt = list(begint[dag])
        wachtend.extend(begint[dag])
        if plaatsen is None and dag in plaatsen_vanaf:
            geraakt = list(wachtend)
        plaatsen = plaatsen_vanaf.get(dag, plaatsen)
        if plaatsen is None:
            continue
        while len(in_budget) > plaatsen:
            geraakt.append(in_budget.pop())
            insort(wachtend, geraakt[-1])
        while wachtend and len(in_budget) < plaatsen:
            geraakt.append(wachtend.pop(0))
            in_budget.append(geraakt[-1])
        for rang in dict.fromkeys(geraakt):
            gedekt = _staat_in(in_budget, rang)
            stand[rang].append(
                (dag, TenLasteVan.GEMEENTEBUDGET if gedekt else TenLasteVan.STIMULUS)
            )
    samen: dict[UUID, tuple[Toerekening, ...]] = defaultdict(tuple)
    for rang, plaatsing in enumerate(volgorde):
        samen[plaatsing.plaatsing_id] += tuple(_perioden(plaatsing.plaatsing_id, stand[rang]))
    return dict(samen)


def te_melden(
    gemeld: Mapping[date, TenLasteVan], geldt: Sequence[Toerekening]
) -> tuple[tuple[date, TenLasteVan], ...]:
    """What must be said of a placement, so that what was said reads as it is on every day it runs.

    gemeld: what was said last for each day from which it holds.
    """
    samen = dict(gemeld)
    nieuw = []
    for dag in sorted({*gemeld, *(t.vanaf for t in geldt)}):
        nu = [t for t in geldt if t.vanaf <= dag and (t.tot_en_met is None or dag <= t.tot_en_met)]
        gezegd = [samen[d] for d in sorted(samen) if d <= dag]
        if nu and not (gezegd and gezegd[-1] is nu[-1].ten_laste_van):
            samen[dag] = nu[-1].ten_laste_van
            nieuw.append((dag, nu[-1].ten_laste_van))
    return tuple(nieuw)


def lasten(
    toegerekend: Iterable[Toerekening],
    budgetten: Iterable[Begeleidingsbudget],
    vanaf: date,
    tot_en_met: date,
) -> Iterator[Begeleidingslast]:
    """What the guidance costs from a day up to and including a day: a line per period and year.

    By calendar days of the year. A year without a budget of its own costs what the last one before
    it did.
    """
    per_jaar = {b.jaar: b.per_plaats for b in budgetten}
    for deel in toegerekend:
        begin = max(deel.vanaf, vanaf)
        eind = min(deel.tot_en_met or tot_en_met, tot_en_met)
        for jaar in range(begin.year, eind.year + 1):
            eerste, laatste = max(begin, date(jaar, 1, 1)), min(eind, date(jaar, 12, 31))
            bekend = [j for j in per_jaar if j <= jaar]
            if laatste < eerste or not bekend:
                continue
            yield Begeleidingslast(
                deel.plaatsing_id,
                deel.ten_laste_van,
                eerste,
                laatste,
                euro(
                    Fraction(per_jaar[max(bekend)]) * ((laatste - eerste).days + 1) / dagen_in(jaar)
                ),
            )


def dagen_in(jaar: int) -> int:
    """Calendar days of a year."""
    return (date(jaar + 1, 1, 1) - date(jaar, 1, 1)).days


def _dagen(
    volgorde: Sequence[BegeleidePlaatsing],
) -> tuple[dict[date, list[int]], dict[date, list[int]]]:
    """Which of them begin on a day, and which no longer run from a day on."""
    begint: dict[date, list[int]] = defaultdict(list)
    stopt: dict[date, list[int]] = defaultdict(list)
    for rang, plaatsing in enumerate(volgorde):
        begint[plaatsing.begin].append(rang)
        if plaatsing.laatste_dag is not None and plaatsing.laatste_dag < date.max:
            stopt[plaatsing.laatste_dag + EEN_DAG].append(rang)
    return begint, stopt


def _staat_in(rij: Sequence[int], rang: int) -> bool:
    plek = bisect_left(rij, rang)
    return plek < len(rij) and rij[plek] == rang


def _perioden(
    plaatsing_id: UUID, stand: Sequence[tuple[date, TenLasteVan | None]]
) -> Iterator[Toerekening]:
    eindes = [*(dag - EEN_DAG for dag, _ in stand[1:]), None]
    for (dag, wie), eind in zip(stand, eindes, strict=False):
        if wie is not None:
            yield Toerekening(plaatsing_id, wie, dag, eind)
