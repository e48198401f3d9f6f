"""What plaatsing has heard about a kandidaat, and whether a placement may start on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from services.plaatsing.domain.fouten import (
    DoorverwijzingOntbreekt,
    LoonwaardeOntbreekt,
    TrajectbesluitOntbreekt,
    TrajectNogNietIngegaan,
)


class Doelgroep(StrEnum):
    """The group a kandidaat belongs to (domain.md §2)."""

    PWET = "pwet"
    WSW = "wsw"
    WMO = "wmo"
    NUG = "nug"
    JONGERE_16_27 = "jongere-16-27"
    VERGUNNINGHOUDER = "vergunninghouder"
    WAJONG_UWV_PILOT = "wajong-uwv-pilot"


ZONDER_ALGEMENE_BIJSTAND = frozenset({Doelgroep.NUG, Doelgroep.WAJONG_UWV_PILOT})
"""A niet-uitkeringsgerechtigde has none by name; a Wajonger has a benefit of the UWV."""

ZONDER_LOONKOSTENSUBSIDIE = frozenset({Doelgroep.WSW, Doelgroep.WAJONG_UWV_PILOT})
"""Wsw employment is excluded by art. 10d lid 3; for the Wajong there is loondispensatie of the UWV.
That this follows from the doelgroep of the kandidaat is our own reading."""


@dataclass(frozen=True, slots=True)
class Trajectbesluit:
    besluit_id: UUID
    ingangsdatum: date
    met_wsd: bool


@dataclass(frozen=True, slots=True)
class VastgesteldeLoonwaarde:
    """Whole percents of the minimum wage, from a day on."""

    loonwaarde: int
    ingangsdatum: date


@dataclass(frozen=True, slots=True)
class Kandidaat:
    """trajectbesluiten: the oldest first; doorverwezen_op and doelgroep come together."""

    kandidaat_id: UUID
    gemeentecode: str
    doorverwezen_op: date | None = None
    doelgroep: Doelgroep | None = None
    trajectbesluiten: tuple[Trajectbesluit, ...] = ()
    loonwaarden: tuple[VastgesteldeLoonwaarde, ...] = ()

    @property
    def kan_algemene_bijstand_ontvangen(self) -> bool:
        return self.doelgroep not in ZONDER_ALGEMENE_BIJSTAND

    @property
    def kan_loonkostensubsidie_krijgen(self) -> bool:
        return self.doelgroep not in ZONDER_LOONKOSTENSUBSIDIE

    def trajectbesluit_op(self, dag: date) -> Trajectbesluit:
        """The trajectbesluit that counts on a day: the last taken of those that took effect.

        Raises DoorverwijzingOntbreekt, TrajectbesluitOntbreekt, TrajectNogNietIngegaan.
        """
        if self.doorverwezen_op is None:
            raise DoorverwijzingOntbreekt(
                "De gemeente verwijst de kandidaat eerst door naar WSD. Is dat net gebeurd, "
                "probeer het dan zo dadelijk opnieuw."
            )
        if not self.trajectbesluiten:
            raise TrajectbesluitOntbreekt(
                "Neem eerst het trajectbesluit. Is dat net genomen, probeer het dan zo dadelijk "
                "opnieuw."
            )
        ingegaan = [besluit for besluit in self.trajectbesluiten if besluit.ingangsdatum <= dag]
        if not ingegaan:
            eerste = min(besluit.ingangsdatum for besluit in self.trajectbesluiten)
            raise TrajectNogNietIngegaan(
                f"Het traject gaat in op {eerste.isoformat()}. Begin op die dag of later."
            )
        return ingegaan[-1]

    def loonwaarde_op(self, dag: date) -> int:
        """The loonwaarde that holds on a day, in whole percents. Raises LoonwaardeOntbreekt."""
        geldig = [meting for meting in self.loonwaarden if meting.ingangsdatum <= dag]
        if not geldig:
            raise LoonwaardeOntbreekt(
                f"Op {dag.isoformat()} geldt nog geen vastgestelde loonwaarde. Laat die vaststellen"
                ", of kies het forfait. Is dat net gebeurd, probeer het dan zo dadelijk opnieuw."
            )
        return max(geldig, key=lambda meting: meting.ingangsdatum).loonwaarde
