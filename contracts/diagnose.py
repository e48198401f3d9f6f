"""What diagnose says: WSD looks closely at what a kandidaat can do, and advises."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar, Literal

from pydantic import Field

from contracts.gebeurtenis import (
    Datum,
    Gebeurtenis,
    Id,
    Percentage,
    Trede,
    Volgnummer,
    Weglaatbaar,
)
from contracts.portfolio import Dienst, Programma
from contracts.vorm import DATUM_PATROON


class Arbeidsvermogen(StrEnum):
    """What a kandidaat can earn, by the codes of the Gemeentelijk Gegevensmodel."""

    ONDER_WML = "onder-wml"
    MET_HULP_WML_OF_HOGER = "met-hulp-wml-of-hoger"
    ZELFSTANDIG_WML_OF_HOGER = "zelfstandig-wml-of-hoger"
    TIJDELIJK_GEEN_ARBEIDSVERMOGEN = "tijdelijk-geen-arbeidsvermogen"
    NOG_NIET_BEKEND = "nog-niet-bekend"


class Rapportagesoort(StrEnum):
    """The three reports of a traject planregie."""

    TRAJECTPLAN = "trajectplan"
    TUSSENRAPPORTAGE = "tussenrapportage"
    EINDRAPPORTAGE = "eindrapportage"


class Diagnosetermijnsoort(StrEnum):
    """What has to be done before the term ends."""

    ZRM_HERHALING = "zrm-herhaling"
    LADDER_HERHALING = "ladder-herhaling"
    TUSSENRAPPORTAGE = "tussenrapportage"
    EINDRAPPORTAGE = "eindrapportage"
    LOONWAARDE_HERMETING = "loonwaarde-hermeting"
    EINDDIAGNOSE = "einddiagnose"
    OAD_EINDE = "oad-einde"
    OAD_VERVOLGVRAAG = "oad-vervolgvraag"


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
    vorige_loonwaarde: Weglaatbaar[Percentage] = Field(
        default=None,
        description="Loonwaarde die hiervoor gold; ontbreekt bij de eerste vaststelling.",
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
    geldig_tot: Weglaatbaar[Datum] = Field(
        default=None,
        description="Laatste dag waarop het advies zonder nieuw onderzoek te gebruiken is.",
        # pydantic loses the form of a Datum within an optional field.
        json_schema_extra={"format": "date", "pattern": DATUM_PATROON},
    )


class Zrm2013Afgenomen(_DiagnoseGebeurtenis):
    """A matrix of the version of 2013 has been taken: who was built on zrm-afgenomen.v1 knows 2017
    only."""

    naam: ClassVar[str] = "zrm-2013-afgenomen"
    omschrijving: ClassVar[str] = (
        "De zelfredzaamheid van de kandidaat is gemeten met de versie van 2013 (elf domeinen). "
        "Domeinen en niveaus staan er niet in: wie ze mag zien, vraagt de meting op."
    )
    dataref_pad: ClassVar[str] = "/diagnose/v1/dossiers/{dossier_id}/zrm-metingen/{meting_id}"

    meting_id: Id = Field(description="Identificatie van de meting.")
    afgenomen_op: Datum = Field(description="Dag waarop is gemeten.")
    volgnummer: Volgnummer = Field(
        description="De hoeveelste meting van deze kandidaat dit is; de eerste is 1."
    )


class ZrmGecorrigeerd(_DiagnoseGebeurtenis):
    """A measurement was wrong: a new version of it counts from now on."""

    naam: ClassVar[str] = "zrm-gecorrigeerd"
    omschrijving: ClassVar[str] = (
        "Een ZRM-meting bleek onjuist en is vervangen door een nieuwe versie. Wat anders is en "
        "waarom staat er niet in."
    )
    dataref_pad: ClassVar[str] = "/diagnose/v1/dossiers/{dossier_id}/zrm-metingen/{meting_id}"

    meting_id: Id = Field(description="Identificatie van de meting; zij blijft bij een correctie.")
    metingversie: Volgnummer = Field(description="Welke versie nu telt; de eerste correctie is 2.")
    gecorrigeerd_op: Datum = Field(description="Dag van de correctie.")


class ParticipatieladderVastgesteld(_DiagnoseGebeurtenis):
    """The step of the kandidaat on the participatieladder (SRG)."""

    naam: ClassVar[str] = "participatieladder-vastgesteld"
    omschrijving: ClassVar[str] = (
        "De trede van de kandidaat op de participatieladder is vastgesteld: door een professional, "
        "of omdat een plaatsing begon of eindigde."
    )

    trede: Trede = Field(description="Trede 1 (geïsoleerd) tot en met 6 (betaald werk).")
    vastgesteld_op: Datum = Field(description="Dag vanaf wanneer de trede geldt.")


class ArbeidsvermogenVastgesteld(_DiagnoseGebeurtenis):
    """What the kandidaat can earn, by the codes of the Gemeentelijk Gegevensmodel."""

    naam: ClassVar[str] = "arbeidsvermogen-vastgesteld"
    omschrijving: ClassVar[str] = "Het arbeidsvermogen van de kandidaat is vastgesteld."

    arbeidsvermogen: Arbeidsvermogen = Field(description="Code van het arbeidsvermogen.")
    vastgesteld_op: Datum = Field(description="Dag van de vaststelling.")


class PlanregieGestart(_DiagnoseGebeurtenis):
    """A planregisseur begins with a kandidaat, for 26 weeks."""

    naam: ClassVar[str] = "planregie-gestart"
    omschrijving: ClassVar[str] = "Een traject planregie is begonnen."
    dataref_pad: ClassVar[str] = "/diagnose/v1/dossiers/{dossier_id}/planregies/{planregie_id}"

    planregie_id: Id = Field(description="Identificatie van het traject planregie.")
    gestart_op: Datum = Field(description="Eerste dag.")
    einddatum: Datum = Field(description="Laatste dag, zoals nu gepland.")


class PlanregieVerlengd(_DiagnoseGebeurtenis):
    """A traject planregie goes on longer than planned."""

    naam: ClassVar[str] = "planregie-verlengd"
    omschrijving: ClassVar[str] = (
        "Een traject planregie duurt langer dan gepland. De reden staat er niet in."
    )
    dataref_pad: ClassVar[str] = "/diagnose/v1/dossiers/{dossier_id}/planregies/{planregie_id}"

    planregie_id: Id = Field(description="Identificatie van het traject planregie.")
    einddatum: Datum = Field(description="Nieuwe laatste dag.")


class DoelBehaald(_DiagnoseGebeurtenis):
    """A goal of a traject planregie has been reached; which one stays in the dossier."""

    naam: ClassVar[str] = "doel-behaald"
    omschrijving: ClassVar[str] = (
        "Een doel van een traject planregie is behaald. Welk doel staat er niet in."
    )
    dataref_pad: ClassVar[str] = "/diagnose/v1/dossiers/{dossier_id}/planregies/{planregie_id}"

    planregie_id: Id = Field(description="Identificatie van het traject planregie.")
    doel_id: Id = Field(description="Identificatie van het doel.")
    behaald_op: Datum = Field(description="Dag waarop het doel is behaald.")


class RapportageBeschikbaar(_DiagnoseGebeurtenis):
    """A report of planregie exists, and the gemeente can read it."""

    naam: ClassVar[str] = "rapportage-beschikbaar"
    omschrijving: ClassVar[str] = (
        "Een rapportage van planregie is gemaakt en kan nu worden gelezen. Niemand hoeft haar te "
        "versturen."
    )
    dataref_pad: ClassVar[str] = (
        "/diagnose/v1/dossiers/{dossier_id}/planregies/{planregie_id}/rapportages/{rapportage_id}"
    )

    planregie_id: Id = Field(description="Identificatie van het traject planregie.")
    rapportage_id: Id = Field(description="Identificatie van de rapportage.")
    soort: Rapportagesoort = Field(description="Welke rapportage het is.")
    gemaakt_op: Datum = Field(description="Dag waarop de rapportage is gemaakt.")


class RapportageGeaccordeerd(_DiagnoseGebeurtenis):
    """Both planregisseur and klantmanager agree with a report."""

    naam: ClassVar[str] = "rapportage-geaccordeerd"
    omschrijving: ClassVar[str] = (
        "De planregisseur en de klantmanager zijn allebei akkoord met een rapportage van planregie."
    )
    dataref_pad: ClassVar[str] = (
        "/diagnose/v1/dossiers/{dossier_id}/planregies/{planregie_id}/rapportages/{rapportage_id}"
    )

    planregie_id: Id = Field(description="Identificatie van het traject planregie.")
    rapportage_id: Id = Field(description="Identificatie van de rapportage.")
    soort: Rapportagesoort = Field(description="Welke rapportage het is.")
    geaccordeerd_op: Datum = Field(description="Dag van het tweede akkoord.")


class PlanregieBeeindigd(_DiagnoseGebeurtenis):
    """A traject planregie is over."""

    naam: ClassVar[str] = "planregie-beeindigd"
    omschrijving: ClassVar[str] = (
        "Een traject planregie is geëindigd. Met welk resultaat staat er niet in."
    )
    dataref_pad: ClassVar[str] = "/diagnose/v1/dossiers/{dossier_id}/planregies/{planregie_id}"

    planregie_id: Id = Field(description="Identificatie van het traject planregie.")
    beeindigd_op: Datum = Field(description="Laatste dag van het traject.")


class WerkdiagnoseGestart(_DiagnoseGebeurtenis):
    """A kandidaat works at a location of WSD so that both see what they can do."""

    naam: ClassVar[str] = "werkdiagnose-gestart"
    omschrijving: ClassVar[str] = "Een werkdiagnose is begonnen: werk als diagnose-instrument."
    dataref_pad: ClassVar[str] = (
        "/diagnose/v1/dossiers/{dossier_id}/werkdiagnoses/{werkdiagnose_id}"
    )

    werkdiagnose_id: Id = Field(description="Identificatie van de werkdiagnose.")
    gestart_op: Datum = Field(description="Eerste dag.")
    einddatum: Datum = Field(description="Laatste dag waarop de einddiagnose er moet zijn.")


class WerkdiagnoseVerlengd(_DiagnoseGebeurtenis):
    """A werkdiagnose takes up to six months instead of three."""

    naam: ClassVar[str] = "werkdiagnose-verlengd"
    omschrijving: ClassVar[str] = (
        "Een werkdiagnose is verlengd tot ten hoogste zes maanden. De reden staat er niet in."
    )
    dataref_pad: ClassVar[str] = (
        "/diagnose/v1/dossiers/{dossier_id}/werkdiagnoses/{werkdiagnose_id}"
    )

    werkdiagnose_id: Id = Field(description="Identificatie van de werkdiagnose.")
    einddatum: Datum = Field(description="Nieuwe laatste dag.")


class WerkdiagnoseAfgerond(_DiagnoseGebeurtenis):
    """The end diagnosis is there, or the werkdiagnose stopped without one."""

    naam: ClassVar[str] = "werkdiagnose-afgerond"
    omschrijving: ClassVar[str] = (
        "Een werkdiagnose is afgerond. De einddiagnose staat er niet in: wie haar mag zien, vraagt "
        "haar op."
    )
    dataref_pad: ClassVar[str] = (
        "/diagnose/v1/dossiers/{dossier_id}/werkdiagnoses/{werkdiagnose_id}"
    )

    werkdiagnose_id: Id = Field(description="Identificatie van de werkdiagnose.")
    afgerond_op: Datum = Field(description="Dag waarop de werkdiagnose is afgerond.")


class OADGestart(_DiagnoseGebeurtenis):
    """Ontwikkelingsgerichte arbeidsmatige dagbesteding has begun."""

    naam: ClassVar[str] = "oad-gestart"
    omschrijving: ClassVar[str] = (
        "Een traject ontwikkelingsgerichte arbeidsmatige dagbesteding (OAD) is begonnen."
    )
    dataref_pad: ClassVar[str] = "/diagnose/v1/dossiers/{dossier_id}/oad-trajecten/{oad_id}"

    oad_id: Id = Field(description="Identificatie van het OAD-traject.")
    gestart_op: Datum = Field(description="Eerste dag.")
    einddatum: Datum = Field(description="Laatste dag, zoals nu gepland.")


class OADBeeindigd(_DiagnoseGebeurtenis):
    """An OAD traject is over; where to stays in the dossier."""

    naam: ClassVar[str] = "oad-beeindigd"
    omschrijving: ClassVar[str] = (
        "Een OAD-traject is geëindigd. Waarheen de deelnemer gaat staat er niet in."
    )
    dataref_pad: ClassVar[str] = "/diagnose/v1/dossiers/{dossier_id}/oad-trajecten/{oad_id}"

    oad_id: Id = Field(description="Identificatie van het OAD-traject.")
    beeindigd_op: Datum = Field(description="Laatste dag van het traject.")


class AdviesTeruggestuurd(_DiagnoseGebeurtenis):
    """The gemeente has a question about an advies before it decides."""

    naam: ClassVar[str] = "advies-teruggestuurd"
    omschrijving: ClassVar[str] = (
        "De gemeente heeft een vraag over een advies voordat zij besluit. De vraag staat er niet "
        "in."
    )
    dataref_pad: ClassVar[str] = "/diagnose/v1/dossiers/{dossier_id}/adviezen/{advies_id}"

    advies_id: Id = Field(description="Identificatie van het advies.")
    vraag_id: Id = Field(description="Identificatie van de vraag.")
    teruggestuurd_op: Datum = Field(description="Dag van de vraag.")


class AdviesvraagBeantwoord(_DiagnoseGebeurtenis):
    """WSD has answered the question of the gemeente about an advies."""

    naam: ClassVar[str] = "adviesvraag-beantwoord"
    omschrijving: ClassVar[str] = (
        "WSD heeft de vraag van de gemeente over een advies beantwoord. Het antwoord staat er niet "
        "in."
    )
    dataref_pad: ClassVar[str] = "/diagnose/v1/dossiers/{dossier_id}/adviezen/{advies_id}"

    advies_id: Id = Field(description="Identificatie van het advies.")
    vraag_id: Id = Field(description="Identificatie van de vraag.")
    beantwoord_op: Datum = Field(description="Dag van het antwoord.")


class JongerenscanAfgerond(Gebeurtenis):
    """A partner did the quick scan of a jongere; all who work with the jongere can use it."""

    dienst: ClassVar[str] = "diagnose"
    naam: ClassVar[str] = "jongerenscan-afgerond"
    omschrijving: ClassVar[str] = (
        "Een partner heeft de quick scan van een jongere gedaan. De uitkomst staat er niet in."
    )
    dataref_pad: ClassVar[str] = "/diagnose/v1/jongeren/{kandidaat_id}"

    scan_id: Id = Field(description="Identificatie van de quick scan.")
    afgerond_op: Datum = Field(description="Dag waarop de quick scan is gedaan.")


class DiagnosetermijnVerstreken(_DiagnoseGebeurtenis):
    """The last day of a term of diagnose has passed while what it is for has not been done."""

    naam: ClassVar[str] = "diagnosetermijn-verstreken"
    omschrijving: ClassVar[str] = (
        "De laatste dag van een termijn van de diagnose is voorbij en wat gedaan moest worden is "
        "niet gedaan."
    )

    termijn_id: Id = Field(description="Identificatie van de termijn.")
    soort: Diagnosetermijnsoort = Field(description="Soort termijn.")
    laatste_dag: Datum = Field(description="Laatste dag van de termijn.")
