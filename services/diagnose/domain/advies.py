"""The advies of WSD to the gemeente: a programme and services, on facts, with a motivation.

The rules propose, the professional decides and motivates a deviation (domain.md §5).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from services.diagnose.domain.fouten import AfwijkingNietGemotiveerd, OngeldigAdvies, Punt


class Programma(StrEnum):
    """The three programmes of WSD (bron 000 bijlage 2)."""

    UITSTROOM = "uitstroomprogramma"
    ONTWIKKEL = "ontwikkelprogramma"
    WERK = "werkprogramma"


class Dienst(StrEnum):
    """The portfolio of WSD (bron 000 bijlage 2)."""

    WERKEN_MET_LKS = "werken-met-loonkostensubsidie"
    WERKACADEMIE = "werkacademie"
    WERKACADEMIE_JONGEREN = "werkacademie-jongeren"
    JOBHUNTING = "jobhunting"
    SOLLICITATIEBEGELEIDING = "sollicitatiebegeleiding"
    WERKERVARINGSPLAATS = "werkervaringsplaats"
    OAD = "ontwikkelingsgerichte-arbeidsmatige-dagbesteding"
    PARTICIPATIE_VERGUNNINGHOUDERS = "participatie-vergunninghouders"
    WOONOMGEVINGSPLOEG = "woonomgevingsploeg"
    TRAINING_EN_OPLEIDING = "training-en-opleiding"
    JOBCOACHING = "jobcoaching"
    PLANREGIE = "planregie"
    BESCHUT_WERKEN = "beschut-werken"
    LOONWAARDEMETING = "loonwaardemeting"
    INBURGEREN_MET_WSD = "inburgeren-met-wsd"
    WERKEN_MET_BEHOUD_VAN_UITKERING = "werken-met-behoud-van-uitkering"
    GIDS_DIAGNOSE = "gids-diagnose"
    PERSOONLIJKE_COACHING = "persoonlijke-coaching"


PORTFOLIO: dict[Programma, frozenset[Dienst]] = {
    Programma.UITSTROOM: frozenset(
        {
            Dienst.WERKEN_MET_LKS,
            Dienst.WERKACADEMIE,
            Dienst.WERKACADEMIE_JONGEREN,
            Dienst.JOBHUNTING,
            Dienst.SOLLICITATIEBEGELEIDING,
        }
    ),
    Programma.ONTWIKKEL: frozenset(
        {
            Dienst.WERKEN_MET_LKS,
            Dienst.WERKERVARINGSPLAATS,
            Dienst.OAD,
            Dienst.PARTICIPATIE_VERGUNNINGHOUDERS,
            Dienst.WERKACADEMIE_JONGEREN,
            Dienst.WOONOMGEVINGSPLOEG,
            Dienst.TRAINING_EN_OPLEIDING,
            Dienst.JOBCOACHING,
            Dienst.PLANREGIE,
        }
    ),
    Programma.WERK: frozenset({Dienst.WERKEN_MET_LKS, Dienst.BESCHUT_WERKEN}),
}
"""The services that make up each programme; the others of the portfolio go with any programme."""


class Richting(StrEnum):
    """Where the proposal points."""

    REGULIER_WERK = "regulier-werk"
    LOONKOSTENSUBSIDIE = "loonkostensubsidie"
    BESCHUT_OF_DAGBESTEDING = "beschut-werk-of-dagbesteding"


@dataclass(frozen=True, slots=True)
class Voorstel:
    """What the rule proposes: the preferred programme first, and the services that carry it.

    voorwaarde (Dutch): what else is needed before it can be carried out.
    """

    richting: Richting
    programmas: tuple[Programma, ...]
    diensten: frozenset[Dienst]
    voorwaarde: str = ""

    def dekt(self, programma: Programma, diensten: tuple[Dienst, ...]) -> bool:
        """Does this choice follow the proposal?"""
        return programma in self.programmas and not self.diensten.isdisjoint(diensten)


@dataclass(frozen=True, slots=True)
class Voorstelregel:
    """One row of the decision table: a loonwaarde from (included) up to (not included)."""

    loonwaarde_vanaf: int
    loonwaarde_tot: int
    voorstel: Voorstel


_BESCHUT = Voorstel(
    Richting.BESCHUT_OF_DAGBESTEDING,
    (Programma.WERK, Programma.ONTWIKKEL),
    frozenset({Dienst.BESCHUT_WERKEN, Dienst.OAD}),
    "Beschut werk vraagt een advies van het UWV (art. 10b lid 2 Participatiewet).",
)

BASISREGELS: tuple[Voorstelregel, ...] = (
    Voorstelregel(
        80,
        101,
        Voorstel(
            Richting.REGULIER_WERK,
            (Programma.UITSTROOM,),
            frozenset(
                {
                    Dienst.WERKACADEMIE,
                    Dienst.WERKACADEMIE_JONGEREN,
                    Dienst.JOBHUNTING,
                    Dienst.SOLLICITATIEBEGELEIDING,
                }
            ),
        ),
    ),
    Voorstelregel(
        30,
        80,
        Voorstel(
            Richting.LOONKOSTENSUBSIDIE,
            (Programma.ONTWIKKEL, Programma.UITSTROOM, Programma.WERK),
            frozenset({Dienst.WERKEN_MET_LKS}),
        ),
    ),
    Voorstelregel(0, 30, _BESCHUT),
)
"""The baseline for every gemeente without a rule of its own (domain.md §5)."""


def stel_voor(
    loonwaarde: int | None,
    *,
    alleen_aangepast: bool = False,
    regels: tuple[Voorstelregel, ...] = BASISREGELS,
) -> Voorstel | None:
    """What the table proposes for a loonwaarde in whole percents.

    alleen_aangepast: can work in adapted circumstances only; then beschut werk or OAD whatever the
    loonwaarde.  None when nothing is known to propose on: a first advies may rest on a ZRM alone.
    """
    if alleen_aangepast:
        return _BESCHUT
    if loonwaarde is None:
        return None
    for regel in regels:
        if regel.loonwaarde_vanaf <= loonwaarde < regel.loonwaarde_tot:
            return regel.voorstel
    return None


@dataclass(frozen=True, slots=True)
class Advies:
    """One advies. It is never changed; a new one follows.

    voorgesteld, wijkt_af: what the rule proposed at that moment (None: nothing) and whether this is
    something else; recorded, so that a later change of the rule does not rewrite it.
    zrm_meting_id, loonwaarde_meting_id: the facts it rests on (at least one; guarded by Dossier).
    motivering and motivering_afwijking are free text: they stay in this service.
    Raises OngeldigAdvies with every fault at once, AfwijkingNietGemotiveerd.
    """

    advies_id: UUID
    gegeven_op: date
    programma: Programma
    diensten: tuple[Dienst, ...]
    motivering: str
    voorgesteld: Richting | None = None
    wijkt_af: bool = False
    motivering_afwijking: str = ""
    zrm_meting_id: UUID | None = None
    loonwaarde_meting_id: UUID | None = None

    def __post_init__(self) -> None:
        punten: list[Punt] = []
        if not self.motivering.strip():
            punten.append(
                Punt("motivering", "verplicht", "Motiveer het advies met feiten uit de diagnose.")
            )
        if len(set(self.diensten)) != len(self.diensten):
            punten.append(Punt("diensten", "dubbel", "Noem elke dienst één keer."))
        if PORTFOLIO[self.programma].isdisjoint(self.diensten):
            punten.append(
                Punt(
                    "diensten",
                    "past-niet-bij-programma",
                    f"Kies ten minste één dienst die bij het {self.programma} hoort.",
                )
            )
        if punten:
            raise OngeldigAdvies("Herstel de genoemde punten in het advies.", punten=tuple(punten))
        if self.wijkt_af and not self.motivering_afwijking.strip():
            raise AfwijkingNietGemotiveerd(
                "Het voorstel op grond van de diagnose is anders. Kies dat, of schrijf op waarom "
                "dit advies beter past."
            )
