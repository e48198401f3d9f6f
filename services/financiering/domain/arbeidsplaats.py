"""Which placements are a place at WSD: for the guidance on it, and for the goal of 2,100."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from services.financiering.domain.kalender import EEN_DAG
from services.financiering.domain.lks_toekenning import GemeenteVanaf


class Arbeidsplaatssoort(StrEnum):
    """The kinds of placement that can be a place at WSD; others are no work, or not at WSD."""

    PROEFPLAATSING = "proefplaatsing"
    LKS_DIENSTVERBAND = "lks-dienstverband"
    BESCHUT_WERK = "beschut-werk"
    DETACHERING_INDIVIDUEEL = "detachering-individueel"
    DETACHERING_GROEP = "detachering-groep"
    DETACHERING_DOORSTROOM = "detachering-doorstroom"
    DETACHERING_BESCHUT = "detachering-beschut"


BEGELEID: Final = frozenset(
    {
        Arbeidsplaatssoort.PROEFPLAATSING,
        Arbeidsplaatssoort.LKS_DIENSTVERBAND,
        Arbeidsplaatssoort.BESCHUT_WERK,
    }
)
"""What counts for the guidance budget (bron 000 §3.2). A detachering is no place of its own there:
it is how someone in one of these works."""


@dataclass(frozen=True, slots=True)
class Arbeidsplaats:
    """A placement from its first day to its last, whoever had the kandidaat.

    werkgever_id: None where there is none of its own, as in beschut werk at WSD.
    """

    plaatsing_id: UUID
    kandidaat_id: UUID
    soort: Arbeidsplaatssoort
    werkgever_id: UUID | None
    begin: date
    laatste_dag: date | None = None


@dataclass(frozen=True, slots=True)
class Plaatsperiode:
    """Days of a placement on which one gemeente had the kandidaat. laatste_dag: None is open."""

    gemeentecode: str
    begin: date
    laatste_dag: date | None


def perioden(
    plaats: Arbeidsplaats, gemeenten: Sequence[GemeenteVanaf], nu: str
) -> tuple[Plaatsperiode, ...]:
    """Whose placement it is on which days, by date.

    gemeenten: who had the kandidaat from when, in the order in which it was said; of two that
    reach a day the one said last. nu: who has the kandidaat, and had when nothing was said. None
    for a placement that ended before it began.
    """
    laatste = plaats.laatste_dag or date.max
    delen: list[Plaatsperiode] = []
    for dag in sorted({plaats.begin, *(g.vanaf for g in gemeenten if g.vanaf > plaats.begin)}):
        had = [g.gemeentecode for g in gemeenten if g.vanaf <= dag]
        gemeentecode = had[-1] if had else nu
        if dag > laatste or (delen and delen[-1].gemeentecode == gemeentecode):
            continue
        if delen:
            delen[-1] = replace(delen[-1], laatste_dag=dag - EEN_DAG)
        delen.append(Plaatsperiode(gemeentecode, dag, plaats.laatste_dag))
    return tuple(delen)
