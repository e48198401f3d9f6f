"""What plaatsing says: who starts where, what changes there, who guides, and how it ends."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from pydantic import Field

from contracts.gebeurtenis import Datum, Gebeurtenis, Id, Percentage, Uren, Weglaatbaar
from contracts.vorm import DATUM_PATROON, UREN_PATROON, UUID_PATROON


class Plaatsingsoort(StrEnum):
    """Every kind of placement (domain.md §6)."""

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


class OverigePlaatsingsoort(StrEnum):
    """The kinds whose start PlaatsingGestart says: the other two have an event of their own."""

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


class Grondslag(StrEnum):
    """On what the loonkostensubsidie rests: PW art. 10d lid 4 or lid 5."""

    LOONWAARDE = "loonwaarde"
    FORFAIT = "forfait"


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


class Plaatsingstermijnsoort(StrEnum):
    """What had to be done before the term ended."""

    EINDE_PLAATSING = "einde-plaatsing"
    HEROVERWEGING_PARTICIPATIEPLAATS = "heroverweging-participatieplaats"
    SCHOLINGSAANBOD = "scholingsaanbod"
    PREMIE_PARTICIPATIEPLAATS = "premie-participatieplaats"
    EVALUATIE_WERK_ONTWIKKELPLAN = "evaluatie-werk-ontwikkelplan"


class Voorstelantwoord(StrEnum):
    """How a voorstel ended."""

    AANGENOMEN = "aangenomen"
    AFGEWEZEN_DOOR_WERKGEVER = "afgewezen-door-werkgever"
    AFGEWEZEN_DOOR_KANDIDAAT = "afgewezen-door-kandidaat"
    INGETROKKEN = "ingetrokken"


class Begeleidingsoort(StrEnum):
    """Who guides on the workplace (art. 10 lid 3 Participatiewet; bron 000 bijlage 3)."""

    JOBCOACH = "jobcoach"
    WERKLEIDER = "werkleider"


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
    vorige_plaatsing_id: Weglaatbaar[Id] = Field(
        default=None,
        description="De plaatsing waaruit de kandidaat doorstroomt; ontbreekt bij een eerste.",
        # pydantic loses the form of an Id within an optional field.
        json_schema_extra={"format": "uuid", "pattern": UUID_PATROON},
    )


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
    vorige_plaatsing_id: Weglaatbaar[Id] = Field(
        default=None,
        description="De plaatsing waaruit de kandidaat doorstroomt; ontbreekt bij een eerste.",
        # pydantic loses the form of an Id within an optional field.
        json_schema_extra={"format": "uuid", "pattern": UUID_PATROON},
    )


class PlaatsingGestart(_PlaatsingGebeurtenis):
    """A placement of another kind than on trial or with loonkostensubsidie has started."""

    naam: ClassVar[str] = "plaatsing-gestart"
    omschrijving: ClassVar[str] = (
        "De kandidaat is geplaatst: beschut werk, detachering, een plek om ervaring op te doen, "
        "participatieplaats, dagbesteding, stage, vrijwilligerswerk of regulier werk."
    )

    soort: OverigePlaatsingsoort = Field(description="Soort plaatsing.")
    begindatum: Datum = Field(description="Eerste dag van de plaatsing.")
    einddatum: Weglaatbaar[Datum] = Field(
        default=None,
        description="Laatste dag zoals afgesproken; ontbreekt bij een open einde.",
        json_schema_extra={"format": "date", "pattern": DATUM_PATROON},
    )
    uren_per_week: Weglaatbaar[Uren] = Field(
        default=None,
        description="Uren per week; ontbreekt als er geen zijn afgesproken.",
        json_schema_extra={"pattern": UREN_PATROON},
    )
    werkgever_id: Weglaatbaar[Id] = Field(
        default=None,
        description="Identificatie van de werkgever of inlener; ontbreekt als die er niet is.",
        json_schema_extra={"format": "uuid", "pattern": UUID_PATROON},
    )
    werkplek_id: Weglaatbaar[Id] = Field(
        default=None,
        description="Identificatie van de werkplek; ontbreekt als die er niet is.",
        json_schema_extra={"format": "uuid", "pattern": UUID_PATROON},
    )
    vorige_plaatsing_id: Weglaatbaar[Id] = Field(
        default=None,
        description="De plaatsing waaruit de kandidaat doorstroomt; ontbreekt bij een eerste.",
        # pydantic loses the form of an Id within an optional field.
        json_schema_extra={"format": "uuid", "pattern": UUID_PATROON},
    )


class PlaatsingVerlengd(_PlaatsingGebeurtenis):
    """A placement with an agreed end goes on until a later day."""

    naam: ClassVar[str] = "plaatsing-verlengd"
    omschrijving: ClassVar[str] = "Een plaatsing met een afgesproken einde loopt langer door."

    einddatum: Datum = Field(description="Nieuwe laatste dag.")


class PlaatsingGewijzigd(_PlaatsingGebeurtenis):
    """Hours, workplace or loonwaarde of a placement are different from a day on."""

    naam: ClassVar[str] = "plaatsing-gewijzigd"
    omschrijving: ClassVar[str] = (
        "Vanaf een dag gelden andere uren, een andere werkplek of een andere loonwaarde. Wat er "
        "niet in staat, is gelijk gebleven."
    )

    vanaf: Datum = Field(description="Eerste dag waarop het anders is.")
    uren_per_week: Weglaatbaar[Uren] = Field(
        default=None,
        description="Nieuwe uren per week.",
        json_schema_extra={"pattern": UREN_PATROON},
    )
    voltijdsuren_per_week: Weglaatbaar[Uren] = Field(
        default=None,
        description="Nieuwe uren per week van een voltijds dienstverband in dezelfde functie.",
        json_schema_extra={"pattern": UREN_PATROON},
    )
    werkplek_id: Weglaatbaar[Id] = Field(
        default=None,
        description="Identificatie van de nieuwe werkplek, bij dezelfde werkgever.",
        json_schema_extra={"format": "uuid", "pattern": UUID_PATROON},
    )
    loonwaarde: Weglaatbaar[Percentage] = Field(
        default=None,
        description="Nieuwe loonwaarde in hele procenten van het wettelijk minimumloon.",
    )


class PlaatsingBeeindigd(_PlaatsingGebeurtenis):
    """A placement of any kind has ended; ``einddatum`` is its last day.

    Version 1 knew two kinds and six reasons; an enum of a published event cannot grow.
    """

    naam: ClassVar[str] = "plaatsing-beeindigd"
    versie: ClassVar[int] = 2
    omschrijving: ClassVar[str] = "Een plaatsing is geëindigd."

    soort: Plaatsingsoort = Field(description="Soort plaatsing die is geëindigd.")
    einddatum: Datum = Field(description="Laatste dag van de plaatsing.")
    reden: Eindereden = Field(description="Reden van het einde.")


class PlaatsingstermijnVerstreken(_PlaatsingGebeurtenis):
    """Something about a placement had to be done by a day, and was not."""

    naam: ClassVar[str] = "plaatsingstermijn-verstreken"
    omschrijving: ClassVar[str] = (
        "Een termijn bij een plaatsing is verstreken zonder dat is gedaan waarvoor zij liep."
    )

    termijn_id: Id = Field(description="Identificatie van de termijn.")
    soort: Plaatsingstermijnsoort = Field(description="Waarvoor de termijn liep.")
    laatste_dag: Datum = Field(description="Laatste dag van de termijn.")


class WerkOntwikkelplanVastgesteld(_PlaatsingGebeurtenis):
    """Kandidaat, WSD, gemeente and employer share one plan for this workplace."""

    naam: ClassVar[str] = "werk-ontwikkelplan-vastgesteld"
    omschrijving: ClassVar[str] = (
        "Het werk-ontwikkelplan bij een plaatsing is vastgesteld of herzien. De inhoud staat er "
        "niet in."
    )
    dataref_pad: ClassVar[str] = "/plaatsing/v1/werk-ontwikkelplannen/{plan_id}"

    plan_id: Id = Field(description="Identificatie van het werk-ontwikkelplan.")
    vastgesteld_op: Datum = Field(description="Dag van vaststellen of herzien.")
    evaluatie_uiterlijk: Datum = Field(description="Laatste dag voor de volgende evaluatie.")


class WerkOntwikkelplanGeevalueerd(_PlaatsingGebeurtenis):
    """The plan was evaluated."""

    naam: ClassVar[str] = "werk-ontwikkelplan-geevalueerd"
    omschrijving: ClassVar[str] = (
        "Een werk-ontwikkelplan is geëvalueerd. De uitkomst staat er niet in."
    )
    dataref_pad: ClassVar[str] = "/plaatsing/v1/werk-ontwikkelplannen/{plan_id}"

    plan_id: Id = Field(description="Identificatie van het werk-ontwikkelplan.")
    geevalueerd_op: Datum = Field(description="Dag van de evaluatie.")
    evaluatie_uiterlijk: Datum = Field(description="Laatste dag voor de volgende evaluatie.")


class BegeleidingAfgesproken(_PlaatsingGebeurtenis):
    """A jobcoach or werkleider guides for a number of hours per week, from a day on."""

    naam: ClassVar[str] = "begeleiding-afgesproken"
    omschrijving: ClassVar[str] = (
        "Bij een plaatsing is begeleiding afgesproken, of gelden andere uren begeleiding."
    )

    begeleiding_id: Id = Field(description="Identificatie van de begeleiding.")
    soort: Begeleidingsoort = Field(description="Wie begeleidt.")
    vanaf: Datum = Field(description="Eerste dag.")
    uren_per_week: Uren = Field(description="Afgesproken uren begeleiding per week.")


class BegeleidingsurenGeboekt(_PlaatsingGebeurtenis):
    """Hours of guidance were given on a day."""

    naam: ClassVar[str] = "begeleidingsuren-geboekt"
    omschrijving: ClassVar[str] = "Er zijn uren begeleiding geboekt."

    begeleiding_id: Id = Field(description="Identificatie van de begeleiding.")
    boeking_id: Id = Field(description="Identificatie van de boeking.")
    geboekt_voor: Datum = Field(description="Dag waarop is begeleid.")
    uren: Uren = Field(description="Uren op die dag.")


class AfwezigheidGemeld(_PlaatsingGebeurtenis):
    """The kandidaat is not at work. Why is not kept: the employer reports illness to the UWV."""

    naam: ClassVar[str] = "afwezigheid-gemeld"
    omschrijving: ClassVar[str] = (
        "De kandidaat is afwezig van de werkplek. Waarom wordt niet vastgelegd: een ziekmelding "
        "doet de werkgever bij het UWV."
    )

    afwezigheid_id: Id = Field(description="Identificatie van de afwezigheid.")
    vanaf: Datum = Field(description="Eerste dag van afwezigheid.")


class AfwezigheidBeeindigd(_PlaatsingGebeurtenis):
    """The kandidaat is back."""

    naam: ClassVar[str] = "afwezigheid-beeindigd"
    omschrijving: ClassVar[str] = "De kandidaat is terug op de werkplek."

    afwezigheid_id: Id = Field(description="Identificatie van de afwezigheid.")
    laatste_dag: Datum = Field(description="Laatste dag van afwezigheid.")


class _VoorstelGebeurtenis(Gebeurtenis):
    dienst: ClassVar[str] = "plaatsing"
    dataref_pad: ClassVar[str] = "/plaatsing/v1/voorstellen/{voorstel_id}"

    voorstel_id: Id = Field(description="Identificatie van het voorstel.")
    werkplek_id: Id = Field(description="Identificatie van de werkplek.")


class VoorstelGedaan(_VoorstelGebeurtenis):
    """A kandidaat is proposed for a workplace, to the employer without saying who it is."""

    naam: ClassVar[str] = "voorstel-gedaan"
    omschrijving: ClassVar[str] = (
        "De kandidaat is voorgesteld voor een werkplek. De werkgever weet nog niet wie het is."
    )

    gedaan_op: Datum = Field(description="Dag van het voorstel.")


class VoorstelBeantwoord(_VoorstelGebeurtenis):
    """It is known what came of a voorstel."""

    naam: ClassVar[str] = "voorstel-beantwoord"
    omschrijving: ClassVar[str] = "Het is bekend wat er van een voorstel is geworden."

    antwoord: Voorstelantwoord = Field(description="Wat ervan is geworden.")
    beantwoord_op: Datum = Field(description="Dag van het antwoord.")
