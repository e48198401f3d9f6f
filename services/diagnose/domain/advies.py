"""The advies of WSD to the gemeente: a programme and services, on facts, with a motivation.

The rules propose, the professional decides and motivates a deviation (domain.md §5).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from services.diagnose.domain.beslistabel import Beslistabel, Regel, Waarde
from services.diagnose.domain.feiten import (
    DATUM,
    HOUDBAAR_MAANDEN,
    Feit,
    als_waarde,
    laatste_houdbare_dag,
)
from services.diagnose.domain.fouten import (
    AfwijkingNietGemotiveerd,
    FeitenOntbreken,
    OngeldigAdvies,
    Punt,
)


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
    TRAJECT_NAAR_WERK = "traject-naar-werk"
    BESCHUT_WERK = "beschut-werk"
    DAGBESTEDING = "dagbesteding"


UITVOER: frozenset[str] = frozenset({"richting", "programmas", "diensten", "voorwaarde"})
"""What a decision table answers; programmas and diensten are codes with commas between them."""


@dataclass(frozen=True, slots=True)
class Voorstel:
    """What a decision table proposes: the preferred programme first, and services that carry it.

    tabel, versie, regel, reden: which rule of which table answered, and why in its own words;
    recorded with the advies, so that a later table does not rewrite it.
    voorwaarde (Dutch): what else is needed before it can be carried out.
    """

    tabel: str
    versie: int
    regel: int
    reden: str
    richting: Richting
    programmas: tuple[Programma, ...]
    diensten: frozenset[Dienst]
    voorwaarde: str = ""

    @classmethod
    def van(cls, tabel: Beslistabel, regel: Regel) -> Voorstel:
        """Raises ValueError (Dutch) when the rule proposes what the portfolio does not have."""
        uitkomst = regel.uitkomst
        voorstel = cls(
            tabel=tabel.naam,
            versie=tabel.versie,
            regel=regel.nummer,
            reden=regel.reden,
            richting=_code(Richting, uitkomst["richting"], "richting"),
            programmas=tuple(
                _code(Programma, code, "programmas") for code in _codes(uitkomst["programmas"])
            ),
            diensten=frozenset(
                _code(Dienst, code, "diensten") for code in _codes(uitkomst["diensten"])
            ),
            voorwaarde=uitkomst["voorwaarde"],
        )
        for programma in voorstel.programmas:
            if PORTFOLIO[programma].isdisjoint(voorstel.diensten):
                raise ValueError(f"kolom diensten: er is geen dienst die bij het {programma} hoort")
        return voorstel

    def dekt(self, programma: Programma, diensten: tuple[Dienst, ...]) -> bool:
        """Does this choice follow the proposal?"""
        return programma in self.programmas and not self.diensten.isdisjoint(diensten)


def stel_voor(tabel: Beslistabel, feiten: Iterable[Feit], op: date) -> Voorstel:
    """What the table of the gemeente proposes on the facts that hold on a day.

    A fact that could not change the answer need not be known.  Raises FeitenOntbreken, which names
    every fact that could.
    """
    alle = tuple(feiten)
    waarden: dict[str, Waarde] = {f.soort: als_waarde(f) for f in alle if f.geldt_op(op)}
    waarden[DATUM] = op
    ontbrekend = tabel.onbeslist(waarden)
    if ontbrekend:
        verouderd = {feit.soort for feit in alle}
        raise FeitenOntbreken(
            f"De tabel {tabel.titel} kan nog niets voorstellen. Leg de genoemde feiten vast, of "
            "geef ze op met datum en bron.",
            punten=tuple(
                Punt(
                    f"feiten.{naam}",
                    "verouderd" if naam in verouderd else "ontbreekt",
                    "Dit is te oud. Stel het opnieuw vast."
                    if naam in verouderd
                    else "Dit is niet bekend.",
                )
                for naam in ontbrekend
            ),
        )
    [regel] = tabel.mogelijke_regels(waarden)
    return Voorstel.van(tabel, regel)


def gevraagd(tabel: Beslistabel, feiten: Iterable[Feit], op: date) -> tuple[Feit, ...]:
    """The facts that hold on a day and that the table asks: what its proposal rests on."""
    namen = {invoer.naam for invoer in tabel.invoer}
    return tuple(feit for feit in feiten if feit.soort in namen and feit.geldt_op(op))


@dataclass(frozen=True, slots=True)
class Advies:
    """One advies. It is never changed; a new one follows.

    voorstel: what the table proposed at that moment; wijkt_af: whether this is something else.
    feiten, zrm_meting_id, loonwaarde_meting_id: what it rests on (guarded by Dossier).
    geldig_tot: last day on which the gemeente can decide on it without new research.
    motivering and motivering_afwijking are free text: they stay in this service.
    Raises OngeldigAdvies with every fault at once, AfwijkingNietGemotiveerd.
    """

    advies_id: UUID
    gegeven_op: date
    geldig_tot: date
    programma: Programma
    diensten: tuple[Dienst, ...]
    motivering: str
    voorstel: Voorstel
    feiten: tuple[Feit, ...]
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

    @property
    def wijkt_af(self) -> bool:
        return not self.voorstel.dekt(self.programma, self.diensten)


def uiterlijk_geldig(op: date, houdbaar: Iterable[date | None]) -> date:
    """The last day an advies can be valid: as long as each fact it rests on holds.

    Never longer than six months, our own choice: what is measured once does not hold for ever.
    """
    return min(
        [laatste_houdbare_dag(op, HOUDBAAR_MAANDEN), *(dag for dag in houdbaar if dag is not None)]
    )


def _codes(tekst: str) -> list[str]:
    return [code.strip() for code in tekst.split(",")]


_Code = TypeVar("_Code", bound=StrEnum)


def _code(soort: type[_Code], code: str, kolom: str) -> _Code:
    try:
        return soort(code)
    except ValueError:
        raise ValueError(f"kolom {kolom}: kies uit {', '.join(soort)}") from None
