"""The kinds of placement, and the reasons for which each may end (domain.md §6)."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from services.plaatsing.domain.fouten import EinderedenPastNiet


class Plaatsingsoort(StrEnum):
    """Where and how a kandidaat is placed."""

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
    REGULIER = "regulier"


class Eindereden(StrEnum):
    """Why a placement ended: the first six are of bron 003, the others what else happens."""

    ARBEIDSOVEREENKOMST = "arbeidsovereenkomst"
    GEEN_VERMINDERDE_LOONWAARDE = "geen-verminderde-loonwaarde"
    TERUG_GEMELD_MOTIVATIE = "terug-gemeld-motivatie"
    TERUG_GEMELD_NIET_IN_STAAT = "terug-gemeld-niet-in-staat"
    WIJZIGING_TRAJECT = "wijziging-traject"
    UITSTROOM_REGULIER = "uitstroom-regulier"
    DOORSTROOM = "doorstroom"
    AFGELOPEN = "afgelopen"
    GEEN_VOORUITGANG = "geen-vooruitgang"
    TERUG_NAAR_WMO = "terug-naar-wmo"
    BEEINDIGD_DOOR_WERKGEVER = "beeindigd-door-werkgever"
    VERHUISD = "verhuisd"
    PENSIOEN = "pensioen"
    OVERLEDEN = "overleden"


DIENSTVERBAND_REDENEN: Final = frozenset(
    {
        Eindereden.TERUG_GEMELD_MOTIVATIE,
        Eindereden.TERUG_GEMELD_NIET_IN_STAAT,
        Eindereden.WIJZIGING_TRAJECT,
        Eindereden.UITSTROOM_REGULIER,
    }
)
"""The four of a dienstverband in bron 003."""

PROEFPLAATSING_REDENEN: Final = DIENSTVERBAND_REDENEN | {
    Eindereden.ARBEIDSOVEREENKOMST,
    Eindereden.GEEN_VERMINDERDE_LOONWAARDE,
}
"""The six of a proefplaatsing in bron 003."""

ALGEMENE_REDENEN: Final = frozenset(
    {
        Eindereden.DOORSTROOM,
        Eindereden.VERHUISD,
        Eindereden.PENSIOEN,
        Eindereden.OVERLEDEN,
    }
)
"""What can end a placement of any kind: the next one, or something in the life of the person."""

_AFLOOP: Final = frozenset({Eindereden.AFGELOPEN, Eindereden.BEEINDIGD_DOOR_WERKGEVER})
_NAAR_WERK: Final = frozenset({Eindereden.ARBEIDSOVEREENKOMST, Eindereden.AFGELOPEN})

_EIGEN_REDENEN: Final[dict[Plaatsingsoort, frozenset[Eindereden]]] = {
    Plaatsingsoort.PROEFPLAATSING: PROEFPLAATSING_REDENEN,
    Plaatsingsoort.LKS_DIENSTVERBAND: DIENSTVERBAND_REDENEN,
    Plaatsingsoort.BESCHUT_WERK: DIENSTVERBAND_REDENEN | _AFLOOP,
    Plaatsingsoort.DETACHERING_INDIVIDUEEL: DIENSTVERBAND_REDENEN | _AFLOOP,
    Plaatsingsoort.DETACHERING_GROEP: DIENSTVERBAND_REDENEN | _AFLOOP,
    Plaatsingsoort.DETACHERING_DOORSTROOM: DIENSTVERBAND_REDENEN
    | _AFLOOP
    | {Eindereden.ARBEIDSOVEREENKOMST},
    Plaatsingsoort.DETACHERING_BESCHUT: DIENSTVERBAND_REDENEN | _AFLOOP,
    Plaatsingsoort.WERKERVARINGSPLAATS: DIENSTVERBAND_REDENEN | _AFLOOP | _NAAR_WERK,
    Plaatsingsoort.WERKEN_MET_BEHOUD_VAN_UITKERING: DIENSTVERBAND_REDENEN | _AFLOOP | _NAAR_WERK,
    Plaatsingsoort.PARTICIPATIEPLAATS: DIENSTVERBAND_REDENEN
    | _AFLOOP
    | _NAAR_WERK
    | {Eindereden.GEEN_VOORUITGANG},
    Plaatsingsoort.OAD: DIENSTVERBAND_REDENEN | _NAAR_WERK | {Eindereden.TERUG_NAAR_WMO},
    Plaatsingsoort.WERKACADEMIE: DIENSTVERBAND_REDENEN | _NAAR_WERK,
    Plaatsingsoort.PLANREGIE: DIENSTVERBAND_REDENEN | _NAAR_WERK,
    Plaatsingsoort.STAGE: DIENSTVERBAND_REDENEN | _AFLOOP | _NAAR_WERK,
    Plaatsingsoort.VRIJWILLIGERSWERK: DIENSTVERBAND_REDENEN | _AFLOOP | _NAAR_WERK,
    Plaatsingsoort.REGULIER: DIENSTVERBAND_REDENEN | _AFLOOP,
}
"""Bron 003 names those of the first two; those of the other kinds are our own reading: a job or
secondment can run out or be ended by who offers it, unpaid work can also lead to a job, a
participatieplaats ends without progress (art. 10a Participatiewet) and OAD can end in the
Wmo (the pilot of 2018, bron 000)."""


def einderedenen(soort: Plaatsingsoort) -> frozenset[Eindereden]:
    """The reasons that go with this kind."""
    return _EIGEN_REDENEN[soort] | ALGEMENE_REDENEN


def eis_passende_eindereden(soort: Plaatsingsoort, reden: Eindereden) -> None:
    """Raises EinderedenPastNiet when this kind cannot end for this reason."""
    if reden not in einderedenen(soort):
        passend = ", ".join(r for r in Eindereden if r in einderedenen(soort))
        raise EinderedenPastNiet(f"Kies een van: {passend}.")


_DIENSTVERBANDEN: Final = frozenset(
    {
        Plaatsingsoort.LKS_DIENSTVERBAND,
        Plaatsingsoort.BESCHUT_WERK,
    }
)


def reden_van_doorstroom(van: Plaatsingsoort, naar: Plaatsingsoort) -> Eindereden:
    """Why a placement ends when the next one follows on it, in the words of bron 003.

    To regular work it is uitstroom regulier; what was unpaid and ends in a job led to an
    arbeidsovereenkomst; all else is doorstroom, forward or back.
    """
    redenen = einderedenen(van)
    if naar is Plaatsingsoort.REGULIER:
        return Eindereden.UITSTROOM_REGULIER
    if naar in _DIENSTVERBANDEN and Eindereden.ARBEIDSOVEREENKOMST in redenen:
        return Eindereden.ARBEIDSOVEREENKOMST
    return Eindereden.DOORSTROOM
