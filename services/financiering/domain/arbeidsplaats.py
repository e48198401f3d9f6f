"""Which placements are a place at WSD: for the guidance on it, and for the goal of 2,100."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID


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
    """A placement as a gemeente has it.

    begin: first day for which this gemeente has it. werkgever_id: None where there is none of its
    own, as in beschut werk at WSD.
    """

    plaatsing_id: UUID
    kandidaat_id: UUID
    soort: Arbeidsplaatssoort
    werkgever_id: UUID | None
    begin: date
    laatste_dag: date | None = None
