"""What diagnose says: WSD looks closely at what a kandidaat can do, and advises."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from contracts.gebeurtenis import Datum, Gebeurtenis, Id, Percentage, Volgnummer
from contracts.portfolio import Dienst, Programma


class _DiagnoseGebeurtenis(Gebeurtenis):
    dienst: ClassVar[str] = "diagnose"
    dataref_pad: ClassVar[str] = "/diagnose/v1/dossiers/{dossier_id}"

    dossier_id: Id = Field(description="Identificatie van het diagnosedossier.")


class DiagnoseGestart(_DiagnoseGebeurtenis):
    """WSD has opened a dossier for a kandidaat that was referred to it."""

    naam: ClassVar[str] = "diagnose-gestart"
    omschrijving: ClassVar[str] = (
        "WSD heeft een diagnosedossier geopend voor een doorverwezen kandidaat."
    )

    gestart_op: Datum = Field(description="Dag waarop de diagnose begon.")


class ZrmAfgenomen(_DiagnoseGebeurtenis):
    """A self-sufficiency matrix has been taken; which levels it found stays in the dossier."""

    naam: ClassVar[str] = "zrm-afgenomen"
    omschrijving: ClassVar[str] = (
        "De zelfredzaamheid van de kandidaat is gemeten (ZRM). Domeinen en niveaus staan er niet "
        "in: wie ze mag zien, vraagt de meting op."
    )
    dataref_pad: ClassVar[str] = "/diagnose/v1/dossiers/{dossier_id}/zrm-metingen/{meting_id}"

    meting_id: Id = Field(description="Identificatie van de meting.")
    zrm_versie: Literal["2017"] = Field(description="Versie van de zelfredzaamheidmatrix.")
    afgenomen_op: Datum = Field(description="Dag waarop is gemeten.")
    volgnummer: Volgnummer = Field(
        description="De hoeveelste meting van deze kandidaat dit is; de eerste is 1."
    )


class LoonwaardeVastgesteld(_DiagnoseGebeurtenis):
    """The loonwaarde, a percentage of the minimum wage, is established (PW art. 6 lid 1 g)."""

    naam: ClassVar[str] = "loonwaarde-vastgesteld"
    omschrijving: ClassVar[str] = (
        "De loonwaarde van de kandidaat is vastgesteld (Participatiewet art. 6 lid 1 onder g)."
    )
    dataref_pad: ClassVar[str] = "/diagnose/v1/dossiers/{dossier_id}/loonwaardemetingen/{meting_id}"

    meting_id: Id = Field(description="Identificatie van de loonwaardemeting.")
    loonwaarde: Percentage = Field(
        description="Loonwaarde in hele procenten van het wettelijk minimumloon."
    )
    vastgesteld_op: Datum = Field(description="Dag waarop de loonwaarde is vastgesteld.")
    ingangsdatum: Datum = Field(description="Dag vanaf wanneer de loonwaarde geldt.")
    methode: Literal["uniform-2021"] = Field(
        description="Methode: de uniforme loonwaardebepaling van 2021."
    )


class AdviesGegeven(_DiagnoseGebeurtenis):
    """WSD has advised the gemeente on programme and services; the motivation is in the dossier."""

    naam: ClassVar[str] = "advies-gegeven"
    omschrijving: ClassVar[str] = (
        "WSD heeft de gemeente geadviseerd over programma en diensten. De motivering staat in het "
        "dossier."
    )
    dataref_pad: ClassVar[str] = "/diagnose/v1/dossiers/{dossier_id}/adviezen/{advies_id}"

    advies_id: Id = Field(description="Identificatie van het advies.")
    gegeven_op: Datum = Field(description="Dag waarop het advies is gegeven.")
    programma: Programma = Field(description="Programma dat WSD adviseert.")
    diensten: tuple[Dienst, ...] = Field(
        min_length=1, max_length=20, description="Diensten uit het portfolio die WSD adviseert."
    )
