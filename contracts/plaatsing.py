"""What plaatsing says: a kandidaat starts somewhere, and stops there."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from contracts.gebeurtenis import Datum, Gebeurtenis, Percentage, Uren


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

    plaatsing_id: UUID


class ProefplaatsingGestart(_PlaatsingGebeurtenis):
    """Unpaid work on trial at an employer, with keeping the benefit (PW art. 6 lid 1 h)."""

    naam: ClassVar[str] = "proefplaatsing-gestart"

    werkgever_id: UUID
    werkplek_id: UUID
    begindatum: Datum
    einddatum: Datum
    uren_per_week: Uren


class LKSPlaatsing(_PlaatsingGebeurtenis):
    """A job with loonkostensubsidie has started, at an employer or through Werkpartners."""

    naam: ClassVar[str] = "lks-plaatsing"

    werkgever_id: UUID
    werkplek_id: UUID
    begindatum: Datum
    uren_per_week: Uren
    voltijdsuren_per_week: Uren
    grondslag: Grondslag
    loonwaarde: Percentage | None = None


class PlaatsingBeeindigd(_PlaatsingGebeurtenis):
    """A placement has ended; ``einddatum`` is its last day."""

    naam: ClassVar[str] = "plaatsing-beeindigd"

    soort: Plaatsingsoort
    einddatum: Datum
    reden: Eindereden
