"""What plaatsing says: a kandidaat starts somewhere, and stops there."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from pydantic import Field

from contracts.gebeurtenis import Datum, Gebeurtenis, Id, Percentage, Uren, Weglaatbaar


class Plaatsingsoort(StrEnum):
    PROEFPLAATSING = "proefplaatsing"
    LKS_DIENSTVERBAND = "lks-dienstverband"


class Grondslag(StrEnum):
    """On what the loonkostensubsidie rests: PW art. 10d lid 4 or lid 5."""

    LOONWAARDE = "loonwaarde"
    FORFAIT = "forfait"


class Eindereden(StrEnum):
    """Why a placement ended (bron 003; domain.md §6)."""

    ARBEIDSOVEREENKOMST = "arbeidsovereenkomst"
    GEEN_VERMINDERDE_LOONWAARDE = "geen-verminderde-loonwaarde"
    TERUG_GEMELD_MOTIVATIE = "terug-gemeld-motivatie"
    TERUG_GEMELD_NIET_IN_STAAT = "terug-gemeld-niet-in-staat"
    WIJZIGING_TRAJECT = "wijziging-traject"
    UITSTROOM_REGULIER = "uitstroom-regulier"


class _PlaatsingGebeurtenis(Gebeurtenis):
    dienst: ClassVar[str] = "plaatsing"
    dataref_pad: ClassVar[str] = "/plaatsing/v1/plaatsingen/{plaatsing_id}"

    plaatsing_id: Id = Field(description="Identificatie van de plaatsing.")


class ProefplaatsingGestart(_PlaatsingGebeurtenis):
    """Unpaid work on trial at an employer, with keeping the benefit (PW art. 6 lid 1 h)."""

    naam: ClassVar[str] = "proefplaatsing-gestart"
    omschrijving: ClassVar[str] = (
        "De kandidaat werkt op proef bij een werkgever, met behoud van uitkering (Participatiewet "
        "art. 6 lid 1 onder h)."
    )

    werkgever_id: Id = Field(description="Identificatie van de werkgever.")
    werkplek_id: Id = Field(description="Identificatie van de werkplek.")
    begindatum: Datum = Field(description="Eerste dag van de proefplaatsing.")
    einddatum: Datum = Field(description="Laatste dag van de proefplaatsing zoals afgesproken.")
    uren_per_week: Uren = Field(description="Uren per week.")


class LKSPlaatsing(_PlaatsingGebeurtenis):
    """A job with loonkostensubsidie has started, at an employer or through Werkpartners."""

    naam: ClassVar[str] = "lks-plaatsing"
    omschrijving: ClassVar[str] = (
        "De kandidaat is in dienst met loonkostensubsidie, bij een werkgever of via Werkpartners."
    )

    werkgever_id: Id = Field(description="Identificatie van de werkgever.")
    werkplek_id: Id = Field(description="Identificatie van de werkplek.")
    begindatum: Datum = Field(description="Eerste dag van het dienstverband.")
    uren_per_week: Uren = Field(description="Overeengekomen uren per week.")
    voltijdsuren_per_week: Uren = Field(
        description="Uren per week van een voltijds dienstverband in dezelfde functie."
    )
    grondslag: Grondslag = Field(
        description="Waarop de loonkostensubsidie rust: een gemeten loonwaarde (Participatiewet "
        "art. 10d lid 4) of het forfait (lid 5)."
    )
    loonwaarde: Weglaatbaar[Percentage] = Field(
        default=None,
        description="Loonwaarde in hele procenten van het wettelijk minimumloon; ontbreekt bij het "
        "forfait.",
    )


class PlaatsingBeeindigd(_PlaatsingGebeurtenis):
    """A placement has ended; ``einddatum`` is its last day."""

    naam: ClassVar[str] = "plaatsing-beeindigd"
    omschrijving: ClassVar[str] = "Een proefplaatsing of dienstverband is geëindigd."

    soort: Plaatsingsoort = Field(description="Soort plaatsing die is geëindigd.")
    einddatum: Datum = Field(description="Laatste dag van de plaatsing.")
    reden: Eindereden = Field(description="Reden van het einde.")
