"""What plaatsing has heard about a kandidaat, and whether a placement may start on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from services.plaatsing.domain.fouten import (
    BesluitBeschutWerkOntbreekt,
    DoorverwijzingOntbreekt,
    InkooporderOntbreekt,
    KandidaatIsUitgestroomd,
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


class Programma(StrEnum):
    """What a traject is for (bron 000, bijlage 2)."""

    UITSTROOM = "uitstroomprogramma"
    ONTWIKKEL = "ontwikkelprogramma"
    WERK = "werkprogramma"


ZONDER_ALGEMENE_BIJSTAND = frozenset({Doelgroep.NUG, Doelgroep.WAJONG_UWV_PILOT})
"""A niet-uitkeringsgerechtigde has none by name; a Wajonger has a benefit of the UWV."""

ZONDER_LOONKOSTENSUBSIDIE = frozenset({Doelgroep.WSW, Doelgroep.WAJONG_UWV_PILOT})
"""Wsw employment is excluded by art. 10d lid 3; for the Wajong there is loondispensatie of the UWV.
That this follows from the doelgroep of the kandidaat is our own reading."""


@dataclass(frozen=True, slots=True)
class Trajectbesluit:
    """inkooporder_op: day on which it was ordered; ingetrokken_per: from then it has no effect.
    programma: None of one that was heard before we kept it.
    """

    besluit_id: UUID
    ingangsdatum: date
    met_wsd: bool
    inkooporder_nodig: bool = False
    inkooporder_op: date | None = None
    ingetrokken_per: date | None = None
    programma: Programma | None = None

    def werkt_op(self, dag: date) -> bool:
        ingetrokken = self.ingetrokken_per is not None and self.ingetrokken_per <= dag
        return self.ingangsdatum <= dag and not ingetrokken


@dataclass(frozen=True, slots=True)
class VastgesteldeLoonwaarde:
    """Whole percents of the minimum wage, from a day on."""

    loonwaarde: int
    ingangsdatum: date


@dataclass(frozen=True, slots=True)
class BeschutWerkbesluit:
    """The college decided, after the advice of the UWV; a later besluit takes its place."""

    besluit_id: UUID
    ingangsdatum: date
    toegekend: bool


@dataclass(frozen=True, slots=True)
class Kandidaat:
    """trajectbesluiten and beschut_werkbesluiten: the oldest first; doorverwezen_op and doelgroep
    come together. loonwaarden: of one day the last heard counts.
    """

    kandidaat_id: UUID
    gemeentecode: str
    doorverwezen_op: date | None = None
    doelgroep: Doelgroep | None = None
    uitgestroomd_op: date | None = None
    trajectbesluiten: tuple[Trajectbesluit, ...] = ()
    loonwaarden: tuple[VastgesteldeLoonwaarde, ...] = ()
    beschut_werkbesluiten: tuple[BeschutWerkbesluit, ...] = ()

    @property
    def kan_algemene_bijstand_ontvangen(self) -> bool:
        return self.doelgroep not in ZONDER_ALGEMENE_BIJSTAND

    @property
    def kan_loonkostensubsidie_krijgen(self) -> bool:
        return self.doelgroep not in ZONDER_LOONKOSTENSUBSIDIE

    def trajectbesluit_op(self, dag: date) -> Trajectbesluit:
        """The trajectbesluit that counts on a day, when a placement may start on it.

        It is the last taken of those that took effect and were not withdrawn.
        Raises KandidaatIsUitgestroomd, DoorverwijzingOntbreekt, TrajectbesluitOntbreekt,
        TrajectNogNietIngegaan, InkooporderOntbreekt.
        """
        if self.uitgestroomd_op is not None and self.uitgestroomd_op <= dag:
            raise KandidaatIsUitgestroomd(
                f"De kandidaat is uitgestroomd op {self.uitgestroomd_op.isoformat()}. De gemeente "
                "legt eerst een terugval of een heraanmelding vast. Is dat net gebeurd, probeer "
                "het dan zo dadelijk opnieuw."
            )
        if self.doorverwezen_op is None:
            raise DoorverwijzingOntbreekt(
                "De gemeente verwijst de kandidaat eerst door naar WSD. Is dat net gebeurd, "
                "probeer het dan zo dadelijk opnieuw."
            )
        werkend = [besluit for besluit in self.trajectbesluiten if besluit.werkt_op(dag)]
        if not werkend:
            later = [b.ingangsdatum for b in self.trajectbesluiten if b.werkt_op(b.ingangsdatum)]
            if not any(ingangsdatum > dag for ingangsdatum in later):
                raise TrajectbesluitOntbreekt(
                    "Neem eerst het trajectbesluit. Is dat net genomen, probeer het dan zo "
                    "dadelijk opnieuw."
                )
            eerste = min(ingangsdatum for ingangsdatum in later if ingangsdatum > dag)
            raise TrajectNogNietIngegaan(
                f"Het traject gaat in op {eerste.isoformat()}. Begin op die dag of later."
            )
        besluit = werkend[-1]
        if besluit.inkooporder_nodig and (
            besluit.inkooporder_op is None or besluit.inkooporder_op > dag
        ):
            raise InkooporderOntbreekt(
                "De gemeente koopt dit traject eerst in: leg de inkooporder bij het trajectbesluit "
                "vast en begin op de dag van de order of later. Is dat net gebeurd, probeer het "
                "dan zo dadelijk opnieuw."
            )
        return besluit

    def beschut_werkbesluit_op(self, dag: date) -> BeschutWerkbesluit:
        """The besluit by which the kandidaat has beschut werk on a day: the last that works then.

        Raises BesluitBeschutWerkOntbreekt.
        """
        werkend = [b for b in self.beschut_werkbesluiten if b.ingangsdatum <= dag]
        if not werkend or not werkend[-1].toegekend:
            raise BesluitBeschutWerkOntbreekt(
                "Beschut werk kan na een positief advies van het UWV en een besluit van het "
                f"college dat op {dag.isoformat()} werkt. Laat de gemeente dat nemen. Is dat net "
                "gebeurd, probeer het dan zo dadelijk opnieuw."
            )
        return werkend[-1]

    def loonwaarde_op(self, dag: date) -> int:
        """The loonwaarde that holds on a day, in whole percents. Raises LoonwaardeOntbreekt."""
        geldig = [meting for meting in self.loonwaarden if meting.ingangsdatum <= dag]
        if not geldig:
            raise LoonwaardeOntbreekt(
                f"Op {dag.isoformat()} geldt nog geen vastgestelde loonwaarde. Laat die vaststellen"
                ", of kies het forfait. Is dat net gebeurd, probeer het dan zo dadelijk opnieuw."
            )
        return sorted(geldig, key=lambda meting: meting.ingangsdatum)[-1].loonwaarde
