"""The kinds of placement, and the reasons for which each may end (domain.md §6)."""

from __future__ import annotations

from enum import StrEnum

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
    """Why a placement ended (bron 003)."""

    ARBEIDSOVEREENKOMST = "arbeidsovereenkomst"
    GEEN_VERMINDERDE_LOONWAARDE = "geen-verminderde-loonwaarde"
    TERUG_GEMELD_MOTIVATIE = "terug-gemeld-motivatie"
    TERUG_GEMELD_NIET_IN_STAAT = "terug-gemeld-niet-in-staat"
    WIJZIGING_TRAJECT = "wijziging-traject"
    UITSTROOM_REGULIER = "uitstroom-regulier"


ALLEEN_NA_PROEFPLAATSING = frozenset(
    {Eindereden.ARBEIDSOVEREENKOMST, Eindereden.GEEN_VERMINDERDE_LOONWAARDE}
)


def einderedenen(soort: Plaatsingsoort) -> frozenset[Eindereden]:
    """The reasons that go with this kind.

    Bron 003 names them for a proefplaatsing and a dienstverband; that the other kinds share those
    of a dienstverband is our own reading.
    """
    if soort is Plaatsingsoort.PROEFPLAATSING:
        return frozenset(Eindereden)
    return frozenset(Eindereden) - ALLEEN_NA_PROEFPLAATSING


def eis_passende_eindereden(soort: Plaatsingsoort, reden: Eindereden) -> None:
    """Raises EinderedenPastNiet when this kind cannot end for this reason."""
    if reden not in einderedenen(soort):
        passend = ", ".join(r for r in Eindereden if r in einderedenen(soort))
        raise EinderedenPastNiet(f"Kies een van: {passend}.")
