"""The record of the CBS Statistiek Re-integratie door Gemeenten (SRG): one line per voorziening.

Regeling statistiek Participatiewet, annex 2: 19 fields in a fixed order, per month.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, TypeVar
from uuid import UUID

from services.intake.domain.lks_loonwaarde import LksLoonwaarde, geldend_op
from services.intake.domain.uitstroom import Uitstroom, Uitstroomreden

Vastgesteld = TypeVar("Vastgesteld", "Ladderpositie", "Arbeidsvermogen")

VELDEN: Final = (
    "jaar",
    "maand",
    "statistiekcode",
    "softwarepakket",
    "release",
    "gemeentecode",
    "berichtgevercode",
    "bsn",
    "geboortedatum",
    "geslacht",
    "positieParticipatieladder",
    "begindatumPositie",
    "arbeidsvermogen",
    "registratienummerVoorziening",
    "typeVoorziening",
    "begindatumVoorziening",
    "einddatumVoorziening",
    "redenEinde",
    "loonwaarde",
)
STATISTIEKCODE: Final = "10"
SOFTWAREPAKKET: Final = "Meedoen"


class Voorzieningsoort(StrEnum):
    """What plaatsing starts for a kandidaat."""

    PROEFPLAATSING = "proefplaatsing"
    LKS_DIENSTVERBAND = "lks-dienstverband"
    BESCHUT_WERK = "beschut-werk"
    DETACHERING_INDIVIDUEEL = "detachering-individueel"
    DETACHERING_GROEP = "detachering-groep"
    DETACHERING_DOORSTROOM = "detachering-doorstroom"
    DETACHERING_BESCHUT = "detachering-beschut"
    WERKERVARINGSPLAATS = "werkervaringsplaats"
    WERKEN_MET_BEHOUD_VAN_UITKERING = "werken-met-behoud-van-uitkering"
    PARTICIPATIEPLAATS = "participatieplaats"
    OAD = "ontwikkelingsgerichte-arbeidsmatige-dagbesteding"
    WERKACADEMIE = "werkacademie"
    PLANREGIE = "planregie"
    STAGE = "stage"
    VRIJWILLIGERSWERK = "vrijwilligerswerk"


_OVERIGE: Final = "99"
_EIGEN_CODE: Final = {
    Voorzieningsoort.PARTICIPATIEPLAATS: "03",
    Voorzieningsoort.LKS_DIENSTVERBAND: "04",
    Voorzieningsoort.BESCHUT_WERK: "05",
}
TYPECODES: Final = {soort: _EIGEN_CODE.get(soort, _OVERIGE) for soort in Voorzieningsoort}
"""What has no code of its own in the layout, and is no voorziening because of an arbeidsbeperking
(08), counts as overige; regular work is no voorziening: our own choice."""

_AFGEROND: Final = frozenset(
    {
        "arbeidsovereenkomst",
        "geen-verminderde-loonwaarde",
        "uitstroom-regulier",
        "doorstroom",
        "afgelopen",
        "pensioen",
    }
)
"""Reasons of plaatsing by which a voorziening did what it was for; by all others it stopped early:
our own reading."""

_OVERMACHT_EINDE: Final = frozenset({"verhuisd", "overleden"})
_OVERMACHT: Final = frozenset(
    {
        Uitstroomreden.OVERLIJDEN,
        Uitstroomreden.DETENTIE,
        Uitstroomreden.VERHUIZING,
        Uitstroomreden.BUITENLAND,
    }
)

_GESLACHT: Final = {"M": "1", "V": "2"}
"""By the code of the BRP; the source gives no list, so this is the usual one of CBS."""

_ARBEIDSVERMOGEN: Final = {
    "onder-wml": "1",
    "met-hulp-wml-of-hoger": "2",
    "zelfstandig-wml-of-hoger": "3",
    "tijdelijk-geen-arbeidsvermogen": "4",
    "nog-niet-bekend": "",
}
"""One digit; the source gives no list, so they are numbered in the order of the Gemeentelijk
Gegevensmodel, and what is not known yet is empty: our own choice."""

_LENGTE_REGISTRATIENUMMER: Final = 15


@dataclass(frozen=True, slots=True)
class Loonwaarde:
    """percentage: whole percents of the minimum wage, from a day on."""

    percentage: int
    ingangsdatum: date
    vastgesteld_op: date


@dataclass(frozen=True, slots=True)
class Ladderpositie:
    """trede: 1-6 of the participatieladder, from a day on."""

    trede: int
    vastgesteld_op: date


@dataclass(frozen=True, slots=True)
class Arbeidsvermogen:
    """code: of the Gemeentelijk Gegevensmodel."""

    code: str
    vastgesteld_op: date


@dataclass(frozen=True, slots=True)
class Profiel:
    """What was established of a kandidaat, each in the order in which it was said.

    lks_loonwaarden: with which financiering calculates the loonkostensubsidie.
    """

    loonwaarden: Sequence[Loonwaarde] = ()
    ladderposities: Sequence[Ladderpositie] = ()
    arbeidsvermogens: Sequence[Arbeidsvermogen] = ()
    lks_loonwaarden: Sequence[LksLoonwaarde] = ()


@dataclass(frozen=True, slots=True)
class Voorziening:
    """begindatum and einddatum are its first and last day; loonwaarde: the one it started with."""

    voorziening_id: UUID
    kandidaat_id: UUID
    soort: Voorzieningsoort
    begindatum: date
    loonwaarde: int | None = None
    einddatum: date | None = None
    eindereden: str | None = None


@dataclass(frozen=True, slots=True)
class Maand:
    jaar: int
    maand: int

    @property
    def eerste_dag(self) -> date:
        return date(self.jaar, self.maand, 1)

    @property
    def laatste_dag(self) -> date:
        return date(self.jaar, self.maand, monthrange(self.jaar, self.maand)[1])


@dataclass(frozen=True, slots=True)
class Betrokkene:
    """Whom a voorziening is for, no more than the record asks."""

    gemeentecode: str
    bsn: str
    geboortedatum: date
    geslacht: str | None

    def __repr__(self) -> str:
        return "Betrokkene(…)"


def srg_regel(
    maand: Maand,
    release: str,
    betrokkene: Betrokkene,
    voorziening: Voorziening,
    profiel: Profiel,
    uitstromingen: Sequence[Uitstroom],
) -> tuple[str, ...]:
    """The 19 fields, as known at the end of the month; dates as yyyymmdd, empty what is not known.

    Empty because the chain does not have it: berichtgevercode.
    """
    geeindigd = voorziening.einddatum is not None and voorziening.einddatum <= maand.laatste_dag
    loonwaarde = _loonwaarde_op(maand.laatste_dag, voorziening, profiel)
    positie = _laatste_op(maand.laatste_dag, profiel.ladderposities)
    arbeidsvermogen = _laatste_op(maand.laatste_dag, profiel.arbeidsvermogens)
    return (
        f"{maand.jaar:04}",
        f"{maand.maand:02}",
        STATISTIEKCODE,
        SOFTWAREPAKKET,
        release,
        betrokkene.gemeentecode,
        "",
        betrokkene.bsn,
        _dag(betrokkene.geboortedatum),
        _GESLACHT.get(betrokkene.geslacht or "", ""),
        f"{positie.trede}" if positie else "",
        _dag(positie.vastgesteld_op) if positie else "",
        _ARBEIDSVERMOGEN[arbeidsvermogen.code] if arbeidsvermogen else "",
        voorziening.voorziening_id.hex[:_LENGTE_REGISTRATIENUMMER],
        TYPECODES[voorziening.soort],
        _dag(voorziening.begindatum),
        _dag(voorziening.einddatum) if geeindigd else "",
        reden_einde(voorziening, uitstromingen) if geeindigd else "",
        f"{loonwaarde:03}" if loonwaarde is not None else "",
    )


def reden_einde(voorziening: Voorziening, uitstromingen: Sequence[Uitstroom]) -> str:
    """1 completed, 2 stopped early, 3 by a move, death or detention.

    3 when plaatsing says so, or when the kandidaat flowed out for such a reason in the month in
    which the voorziening ended.
    """
    if voorziening.eindereden in _OVERMACHT_EINDE:
        return "3"
    eind = voorziening.einddatum
    for uitstroom in uitstromingen:
        zelfde_maand = eind is not None and (eind.year, eind.month) == (
            uitstroom.uitgestroomd_op.year,
            uitstroom.uitgestroomd_op.month,
        )
        if zelfde_maand and uitstroom.teruggevallen_op is None and uitstroom.reden in _OVERMACHT:
            return "3"
    return "1" if voorziening.eindereden in _AFGEROND else "2"


def _loonwaarde_op(dag: date, voorziening: Voorziening, profiel: Profiel) -> int | None:
    """The loonwaarde in force on a day, or on the last day of a voorziening that had ended.

    For a loonkostensubsidie it is the one by which that is calculated, and none with the forfait.
    Where financiering said nothing it is what was measured, else what the voorziening began with.
    """
    dag = min(dag, voorziening.einddatum or dag)
    lks = geldend_op(dag, voorziening.voorziening_id, profiel.lks_loonwaarden)
    if lks is not None:
        return lks.percentage
    geldend = [loonwaarde for loonwaarde in profiel.loonwaarden if loonwaarde.ingangsdatum <= dag]
    if not geldend:
        return voorziening.loonwaarde
    return max(geldend, key=lambda lw: (lw.ingangsdatum, lw.vastgesteld_op)).percentage


def _laatste_op(dag: date, gezegd: Sequence[Vastgesteld]) -> Vastgesteld | None:
    """What was said last of those that held on a day."""
    return next((een for een in reversed(gezegd) if een.vastgesteld_op <= dag), None)


def _dag(dag: date | None) -> str:
    return f"{dag:%Y%m%d}" if dag else ""
