"""How many placements are on a werkplek when: capacity counts per day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Verschil:
    """From a day on so many more people are on a werkplek (fewer: negative)."""

    dag: date
    aantal: int


def plaats_bezet(begin: date, laatste_dag: date | None) -> list[Verschil]:
    """One place that is taken from its first day through its last; None is open-ended."""
    vrij = [] if laatste_dag is None else [Verschil(laatste_dag + timedelta(days=1), -1)]
    return [Verschil(begin, 1), *vrij]


def plaats_vrij(begin: date, laatste_dag: date | None) -> list[Verschil]:
    """The same place, no longer taken."""
    return [Verschil(v.dag, -v.aantal) for v in plaats_bezet(begin, laatste_dag)]


def bezetting_op(verschillen: Collection[Verschil], dag: date) -> int:
    """How many places are taken on one day."""
    return sum(verschil.aantal for verschil in verschillen if verschil.dag <= dag)


def drukste_bezetting(verschillen: Collection[Verschil], van: date, tot_en_met: date | None) -> int:
    """How many places are taken on the busiest day of a period (None: open-ended).

    It only gets busier on a day on which someone begins, so only those and the first day count.
    """
    dagen = {van} | {
        verschil.dag
        for verschil in verschillen
        if van < verschil.dag and (tot_en_met is None or verschil.dag <= tot_en_met)
    }
    return max(bezetting_op(verschillen, dag) for dag in dagen)
