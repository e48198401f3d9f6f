"""What held for a placement from when: hours, workplace and loonwaarde as dated facts.

Nothing is overwritten: a change adds the day from which it is otherwise, so that what held on any
day can be told, and charged, afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import TypeVar
from uuid import UUID

from services.plaatsing.domain.fouten import (
    DatumBuitenPlaatsing,
    NietsGewijzigd,
    WijzigingPastNiet,
)
from services.plaatsing.domain.kandidaat import VastgesteldeLoonwaarde
from services.plaatsing.domain.werkplek import eis_uren

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Stand:
    """What holds from a day on. uren None: none agreed; voltijdsuren only of LKS; loonwaarde None:
    not measured, or the forfait. Raises OngeldigeUren.
    """

    vanaf: date
    uren_per_week: Decimal | None = None
    voltijdsuren_per_week: Decimal | None = None
    werkplek_id: UUID | None = None
    loonwaarde: int | None = None

    def __post_init__(self) -> None:
        eis_uren(*(u for u in (self.uren_per_week, self.voltijdsuren_per_week) if u is not None))


@dataclass(frozen=True, slots=True)
class Wijziging:
    """What is otherwise from a day on; None is as it was."""

    vanaf: date
    uren_per_week: Decimal | None = None
    voltijdsuren_per_week: Decimal | None = None
    werkplek_id: UUID | None = None
    loonwaarde: int | None = None


@dataclass(slots=True)
class Verloop:
    """Of one placement, its first day first, at most one per day. Change it by its methods."""

    standen: tuple[Stand, ...]

    @property
    def laatste(self) -> Stand:
        """What was agreed last."""
        return self.standen[-1]

    def op(self, dag: date) -> Stand:
        """What holds on a day. Raises DatumBuitenPlaatsing before the first."""
        geldend = [stand for stand in self.standen if stand.vanaf <= dag]
        if not geldend:
            raise DatumBuitenPlaatsing(
                f"De plaatsing begint op {self.standen[0].vanaf.isoformat()}. Kies die dag of een "
                "latere."
            )
        return geldend[-1]

    def wijzig(self, wijziging: Wijziging) -> Wijziging:
        """Agree on something else, from a day after the last change; gives what really differs.

        Raises DatumBuitenPlaatsing, WijzigingPastNiet, NietsGewijzigd, OngeldigeUren.
        """
        laatste = self.laatste
        if wijziging.vanaf <= laatste.vanaf:
            raise DatumBuitenPlaatsing(
                f"Wat nu geldt, geldt vanaf {laatste.vanaf.isoformat()}. Kies een latere dag."
            )
        if wijziging.voltijdsuren_per_week is not None and laatste.voltijdsuren_per_week is None:
            raise WijzigingPastNiet(
                "Voltijdsuren horen bij een plaatsing met loonkostensubsidie. Laat ze weg."
            )
        nieuw = replace(
            laatste,
            vanaf=wijziging.vanaf,
            uren_per_week=wijziging.uren_per_week or laatste.uren_per_week,
            voltijdsuren_per_week=wijziging.voltijdsuren_per_week or laatste.voltijdsuren_per_week,
            werkplek_id=wijziging.werkplek_id or laatste.werkplek_id,
        )
        anders = verschil(laatste, nieuw)
        if anders is None:
            raise NietsGewijzigd("Geef op wat er anders wordt: uren of werkplek.")
        self.standen = (*self.standen, nieuw)
        return anders

    def volg_loonwaarden(self, gemeten: Sequence[VastgesteldeLoonwaarde]) -> list[Wijziging]:
        """Let all loonwaarden that count for this placement hold, each from its own day on.

        gemeten: rising by day, of one day the last heard counts; in whatever order they were heard,
        the course comes out the same. Gives per day what was not said before.
        """
        begin = self.standen[0]
        dagen = sorted({s.vanaf for s in self.standen} | {m.ingangsdatum for m in gemeten})
        nieuw = tuple(
            replace(self.op(dag), vanaf=dag, loonwaarde=_geldend(gemeten, dag, begin.loonwaarde))
            for dag in dagen
        )
        gezegd = {
            w.vanaf: w.loonwaarde for w in wijzigingen(self.standen) if w.loonwaarde is not None
        }
        anders: dict[date, int | None] = {
            w.vanaf: w.loonwaarde for w in wijzigingen(nieuw) if w.loonwaarde is not None
        }
        if nieuw[0].loonwaarde != begin.loonwaarde:
            anders[begin.vanaf] = nieuw[0].loonwaarde
        nog = {
            stand.vanaf: stand.loonwaarde
            for stand in nieuw
            if (stand.vanaf in anders and gezegd.get(stand.vanaf) != stand.loonwaarde)
            or (stand.vanaf in gezegd and gezegd[stand.vanaf] != stand.loonwaarde)
        }
        self.standen = nieuw
        return [Wijziging(dag, loonwaarde=loonwaarde) for dag, loonwaarde in nog.items()]


def _geldend(
    gemeten: Sequence[VastgesteldeLoonwaarde], dag: date, bij_begin: int | None
) -> int | None:
    return next((m.loonwaarde for m in reversed(gemeten) if m.ingangsdatum <= dag), bij_begin)


def verschil(voor: Stand, na: Stand) -> Wijziging | None:
    """What a later stand says otherwise than the one before it; None when nothing."""
    anders = Wijziging(
        na.vanaf,
        _nieuw(voor.uren_per_week, na.uren_per_week),
        _nieuw(voor.voltijdsuren_per_week, na.voltijdsuren_per_week),
        _nieuw(voor.werkplek_id, na.werkplek_id),
        _nieuw(voor.loonwaarde, na.loonwaarde),
    )
    return None if anders == Wijziging(na.vanaf) else anders


def _nieuw(oud: T | None, nieuw: T | None) -> T | None:
    return nieuw if nieuw != oud else None


def wijzigingen(standen: Sequence[Stand]) -> list[Wijziging]:
    """A course as the changes after its beginning."""
    gevonden = (verschil(voor, na) for voor, na in pairwise(standen))
    return [wijziging for wijziging in gevonden if wijziging is not None]
