"""Which placements are on a werkplek when: capacity counts per day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class BezettePlaats:
    """A place that a placement takes; laatste_dag None is open-ended."""

    plaatsing_id: UUID
    begin: date
    laatste_dag: date | None

    def bezet_op(self, dag: date) -> bool:
        return self.begin <= dag and (self.laatste_dag is None or dag <= self.laatste_dag)


def bezetting_op(plaatsen: Collection[BezettePlaats], dag: date) -> frozenset[UUID]:
    """The placements on one day."""
    return frozenset(plaats.plaatsing_id for plaats in plaatsen if plaats.bezet_op(dag))


def drukste_bezetting(
    plaatsen: Collection[BezettePlaats], van: date, tot_en_met: date | None
) -> frozenset[UUID]:
    """The placements on the busiest day of a period (None: open-ended).

    It only gets busier on a day on which one begins, so only those and the first day count.
    """
    dagen = {van} | {
        plaats.begin
        for plaats in plaatsen
        if van < plaats.begin and (tot_en_met is None or plaats.begin <= tot_en_met)
    }
    return max((bezetting_op(plaatsen, dag) for dag in sorted(dagen)), key=len)
