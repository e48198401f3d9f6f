"""Times of days: periods to count in, and those that touch or overlap as one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeAlias

from services.plaatsing.domain.fouten import OngeldigePeriode
from services.plaatsing.domain.kalender import EEN_DAG

Tijd: TypeAlias = tuple[date, date]
"""First and last day, both included; date.max goes on."""


def aaneen(tijden: Iterable[Tijd]) -> list[Tijd]:
    """The fewest times that cover the same days, the earliest first."""
    samen: list[Tijd] = []
    for begin, einde in sorted(tijden):
        if samen and (samen[-1][1] == date.max or begin <= samen[-1][1] + EEN_DAG):
            samen[-1] = (samen[-1][0], max(samen[-1][1], einde))
        else:
            samen.append((begin, einde))
    return samen


def eis_periode(vanaf: date, tot_en_met: date) -> None:
    """Raises OngeldigePeriode."""
    if tot_en_met < vanaf:
        raise OngeldigePeriode("Kies een laatste dag op of na de eerste.")
