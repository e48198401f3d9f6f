"""With which loonwaarde financiering calculates, as intake heard it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class LksLoonwaarde:
    """From a day on; percentage: whole percents, None is the forfait.

    volgorde: its place among all that financiering says of the kandidaat.
    """

    plaatsing_id: UUID
    ingangsdatum: date
    percentage: int | None
    volgorde: int


def geldend_op(
    dag: date, plaatsing_id: UUID, gezegd: Iterable[LksLoonwaarde], *, voor: int | None = None
) -> LksLoonwaarde | None:
    """What holds for a placement on a day; of each first day what was said last counts.

    voor: only what had been said before this place in the order. None when nothing was said.
    """
    return max(
        (
            lks
            for lks in gezegd
            if lks.plaatsing_id == plaatsing_id
            and lks.ingangsdatum <= dag
            and (voor is None or lks.volgorde < voor)
        ),
        key=lambda lks: (lks.ingangsdatum, lks.volgorde),
        default=None,
    )


def in_brief(
    plaatsing_id: UUID,
    gezegd: Iterable[LksLoonwaarde],
    *,
    vanaf: date,
    tot_en_met: date | None,
    voor: int,
) -> tuple[LksLoonwaarde, ...]:
    """What a letter of before this place in the order tells from a day on, rising by date.

    tot_en_met: the last day of the job, after which no loonwaarde counts. Empty when nothing had
    been said of the placement.
    """
    van_plaatsing = [g for g in gezegd if g.plaatsing_id == plaatsing_id]
    later = {
        g.ingangsdatum
        for g in van_plaatsing
        if vanaf < g.ingangsdatum <= (tot_en_met or date.max) and g.volgorde < voor
    }
    geldend = (geldend_op(dag, plaatsing_id, van_plaatsing, voor=voor) for dag in sorted(later))
    bij_begin = geldend_op(vanaf, plaatsing_id, van_plaatsing, voor=voor)
    begin = () if bij_begin is None else (replace(bij_begin, ingangsdatum=vanaf),)
    return (*begin, *(g for g in geldend if g is not None))
