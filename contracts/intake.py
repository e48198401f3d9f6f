"""What intake says: a resident reports, the gemeente decides, WSD is brought in."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from pydantic import Field

from contracts.gebeurtenis import (
    Datum,
    Gebeurtenis,
    Gemeentecode,
    Id,
    JaNee,
    Leeftijdsgroep,
    Organisatie,
    Weglaatbaar,
)
from contracts.portfolio import Dienst, Programma
from contracts.vorm import DATUM_PATROON, UUID_PATROON


class Instroomkanaal(StrEnum):
    """Through which door a kandidaat came (domain.md §2)."""

    PARTICIPATIE = "participatie"
    WMO = "wmo"
    JEUGD_18_MIN = "jeugd-18-min"
    JEUGD_18_PLUS = "jeugd-18-plus"
    SCHOOL_STAGE = "school-stage"
    UWV = "uwv"
    WERK_NL = "werk-nl"
    BALIE = "balie"
    KETENPARTNER = "ketenpartner"
    OUTREACH = "outreach"


class Doelgroep(StrEnum):
    """The group a kandidaat belongs to (domain.md §2)."""

    PWET = "pwet"
    WSW = "wsw"
    WMO = "wmo"
    NUG = "nug"
    JONGERE_16_27 = "jongere-16-27"
    VERGUNNINGHOUDER = "vergunninghouder"
    WAJONG_UWV_PILOT = "wajong-uwv-pilot"


class Poortuitkomst(StrEnum):
    """What the gemeente decides at the gate (domain.md §2, step 2)."""

    VRIJSTELLEN = "vrijstellen"
    ZORGTRAJECT = "zorgtraject"
    REGULIER_WERK = "regulier-werk"
    AANMELDEN_BIJ_WSD = "aanmelden-bij-wsd"


class Overdrachtreden(StrEnum):
    """Why another gemeente takes over the regie."""

    VERHUIZING = "verhuizing"
    REGIEWISSELING = "regiewisseling"


class Termijnsoort(StrEnum):
    """Which term is watched: of the law, or of the gemeente's own process."""

    ZOEKTERMIJN = "zoektermijn"
    BESLISTERMIJN = "beslistermijn"
    VOORSCHOT = "voorschot"
    BEZWAARTERMIJN = "bezwaartermijn"
    PLAN_VAN_AANPAK = "plan-van-aanpak"
    HERBEOORDELING_VRIJSTELLING = "herbeoordeling-vrijstelling"
    PROCESSTAP = "processtap"


class Besluitsoort(StrEnum):
    """The four kinds of besluit about a kandidaat."""

    POORTBESLUIT = "poortbesluit"
    TRAJECTBESLUIT = "trajectbesluit"
    VRIJSTELLING = "vrijstelling"
    ZORGTRAJECT = "zorgtraject"


class Uitstroombestemming(StrEnum):
    """Where a kandidaat flowed out to, no closer than the chain needs."""

    REGULIER_WERK = "regulier-werk"
    ZELFSTANDIG = "zelfstandig"
    ONDERWIJS = "onderwijs"
    VERHUISD = "verhuisd"
    OVERLEDEN = "overleden"
    ANDERS = "anders"


class _IntakeGebeurtenis(Gebeurtenis):
    dienst: ClassVar[str] = "intake"
    dataref_pad: ClassVar[str] = "/intake/v1/kandidaten/{kandidaat_id}"


class KandidaatAangemeld(_IntakeGebeurtenis):
    """A resident has reported to the gemeente and is a kandidaat from now on."""

    naam: ClassVar[str] = "kandidaat-aangemeld"
    omschrijving: ClassVar[str] = (
        "Een inwoner heeft zich gemeld bij de gemeente en is vanaf nu kandidaat."
    )
    ook_wsd: ClassVar[bool] = False

    aangemeld_op: Datum = Field(description="Dag van de aanmelding.")
    instroomkanaal: Instroomkanaal = Field(description="Hoe de kandidaat is binnengekomen.")
    doelgroep: Doelgroep = Field(description="Doelgroep waartoe de kandidaat behoort.")


class PoortbesluitGenomen(_IntakeGebeurtenis):
    """The gemeente has decided at the gate."""

    naam: ClassVar[str] = "poortbesluit-genomen"
    omschrijving: ClassVar[str] = (
        "De gemeente heeft na de eerste diagnose besloten of de kandidaat wordt vrijgesteld, naar "
        "zorg gaat, direct naar regulier werk gaat of bij WSD wordt aangemeld."
    )
    ook_wsd: ClassVar[bool] = False

    besluit_id: Id = Field(description="Identificatie van het poortbesluit.")
    uitkomst: Poortuitkomst = Field(description="Uitkomst van het poortbesluit.")
    ingangsdatum: Datum = Field(description="Dag waarop het besluit ingaat.")


class QuickScanAfgerond(_IntakeGebeurtenis):
    """The first diagnosis of the gemeente is done; what it found stays in the dossier."""

    naam: ClassVar[str] = "quick-scan-afgerond"
    omschrijving: ClassVar[str] = (
        "De eerste diagnose door de gemeente (quick scan) is afgerond. De uitkomst staat er niet "
        "in."
    )
    ook_wsd: ClassVar[bool] = False

    afgerond_op: Datum = Field(description="Dag waarop de quick scan is afgerond.")


class VrijstellingVerleend(_IntakeGebeurtenis):
    """The kandidaat is exempt from duties for a time; of which and why stays in the dossier."""

    naam: ClassVar[str] = "vrijstelling-verleend"
    omschrijving: ClassVar[str] = (
        "De kandidaat is tijdelijk of blijvend vrijgesteld van verplichtingen (art. 9 en 9a "
        "Participatiewet). De soort en de reden staan er niet in."
    )

    besluit_id: Id = Field(description="Identificatie van het besluit.")
    ingangsdatum: Datum = Field(description="Eerste dag van de vrijstelling.")
    einddatum: Weglaatbaar[Datum] = Field(
        default=None,
        description="Laatste dag; ontbreekt bij een blijvende vrijstelling.",
        # pydantic loses the form of a Datum within an optional field.
        json_schema_extra={"format": "date", "pattern": DATUM_PATROON},
    )


class BeschutWerkbesluitGenomen(_IntakeGebeurtenis):
    """The college decided on beschut werk, after the advice of the UWV (PW art. 10b)."""

    naam: ClassVar[str] = "beschut-werkbesluit-genomen"
    omschrijving: ClassVar[str] = (
        "Het college heeft besloten of de kandidaat beschut werk krijgt, na advies van het UWV "
        "(art. 10b Participatiewet)."
    )

    besluit_id: Id = Field(description="Identificatie van het besluit.")
    uwv_advies_op: Datum = Field(description="Dag van het advies van het UWV.")
    toegekend: JaNee = Field(description="Of de kandidaat beschut werk krijgt.")
    ingangsdatum: Datum = Field(description="Eerste dag waarop het besluit werkt.")


class ZorgtrajectBesloten(_IntakeGebeurtenis):
    """The kandidaat goes to care first."""

    naam: ClassVar[str] = "zorgtraject-besloten"
    omschrijving: ClassVar[str] = (
        "De gemeente heeft besloten dat de kandidaat eerst een zorgtraject volgt. Welke zorg staat "
        "er niet in."
    )

    besluit_id: Id = Field(description="Identificatie van het besluit.")
    ingangsdatum: Datum = Field(description="Dag waarop het zorgtraject ingaat.")


class BesluitIngetrokken(_IntakeGebeurtenis):
    """A besluit was withdrawn; it stays where it is, and has no effect from the ingangsdatum on."""

    naam: ClassVar[str] = "besluit-ingetrokken"
    omschrijving: ClassVar[str] = (
        "Een eerder besluit is ingetrokken en werkt vanaf de ingangsdatum niet meer. Het blijft "
        "bewaard."
    )

    besluit_id: Id = Field(description="Identificatie van het besluit dat is ingetrokken.")
    soort: Besluitsoort = Field(description="Soort besluit.")
    ingangsdatum: Datum = Field(description="Dag waarop de intrekking ingaat.")


class RegisseurGewijzigd(_IntakeGebeurtenis):
    """The kandidaat has another regisseur; there is exactly one at any time."""

    naam: ClassVar[str] = "regisseur-gewijzigd"
    omschrijving: ClassVar[str] = (
        "De kandidaat heeft een andere regisseur. Er is er altijd precies een; wie het is staat "
        "er niet in, alleen bij welke organisatie."
    )

    organisatie: Organisatie = Field(
        description="Gemeentecode of `wsd`: de organisatie van de regisseur."
    )
    vanaf: Datum = Field(description="Eerste dag van de nieuwe regisseur.")


class InkooporderGeplaatst(_IntakeGebeurtenis):
    """The gemeente ordered the traject of a trajectbesluit, which may start from here on."""

    naam: ClassVar[str] = "inkooporder-geplaatst"
    omschrijving: ClassVar[str] = (
        "De gemeente heeft voor het traject van een trajectbesluit een inkooporder geplaatst; het "
        "mag nu starten (cafetariamodel)."
    )

    inkooporder_id: Id = Field(description="Identificatie van de inkooporder.")
    besluit_id: Id = Field(description="Identificatie van het trajectbesluit.")
    geplaatst_op: Datum = Field(description="Dag waarop de inkooporder is geplaatst.")


class TermijnNadert(_IntakeGebeurtenis):
    """A term is about to end while what it is for has not been done."""

    naam: ClassVar[str] = "termijn-nadert"
    omschrijving: ClassVar[str] = (
        "Een termijn loopt bijna af en wat gedaan moet worden is nog niet gedaan."
    )

    termijn_id: Id = Field(description="Identificatie van de termijn.")
    soort: Termijnsoort = Field(description="Soort termijn.")
    laatste_dag: Datum = Field(description="Laatste dag van de termijn.")


class TermijnVerstreken(_IntakeGebeurtenis):
    """The last day of a term has passed while what it is for has not been done."""

    naam: ClassVar[str] = "termijn-verstreken"
    omschrijving: ClassVar[str] = (
        "De laatste dag van een termijn is voorbij en wat gedaan moest worden is niet gedaan."
    )

    termijn_id: Id = Field(description="Identificatie van de termijn.")
    soort: Termijnsoort = Field(description="Soort termijn.")
    laatste_dag: Datum = Field(description="Laatste dag van de termijn.")


class KandidaatUitgestroomd(_IntakeGebeurtenis):
    """The kandidaat no longer needs support, or no longer gets it here."""

    naam: ClassVar[str] = "kandidaat-uitgestroomd"
    omschrijving: ClassVar[str] = (
        "De kandidaat is uitgestroomd: naar werk, onderwijs of anders. De precieze reden staat er "
        "niet in."
    )

    uitgestroomd_op: Datum = Field(description="Eerste dag zonder ondersteuning.")
    bestemming: Uitstroombestemming = Field(description="Waarheen de kandidaat is uitgestroomd.")


class KandidaatTeruggevallen(_IntakeGebeurtenis):
    """A kandidaat who had flowed out is back where they were before (terugvaloptie)."""

    naam: ClassVar[str] = "kandidaat-teruggevallen"
    omschrijving: ClassVar[str] = (
        "Een uitgestroomde kandidaat is teruggevallen: de situatie van voor de uitstroom geldt "
        "weer."
    )

    teruggevallen_op: Datum = Field(description="Dag van de terugval.")


class KandidaatHeraangemeld(_IntakeGebeurtenis):
    """A kandidaat who had flowed out has reported to the gemeente again and starts at the gate."""

    naam: ClassVar[str] = "kandidaat-heraangemeld"
    omschrijving: ClassVar[str] = (
        "Een eerder uitgestroomde kandidaat heeft zich opnieuw gemeld en begint weer bij de poort."
    )
    ook_wsd: ClassVar[bool] = False

    aangemeld_op: Datum = Field(description="Dag van de nieuwe aanmelding.")
    instroomkanaal: Instroomkanaal = Field(description="Hoe de kandidaat is binnengekomen.")
    doelgroep: Doelgroep = Field(description="Doelgroep waartoe de kandidaat behoort.")
    gegevens_hergebruikt: JaNee = Field(
        description="Of gegevens van de laatste 12 maanden zijn hergebruikt (art. 43a)."
    )


class KandidaatDoorverwezen(_IntakeGebeurtenis):
    """The gemeente has referred the kandidaat to WSD; from here on WSD sees what happens."""

    naam: ClassVar[str] = "kandidaat-doorverwezen"
    omschrijving: ClassVar[str] = (
        "De gemeente heeft de kandidaat doorverwezen naar WSD. Vanaf deze gebeurtenis ziet ook WSD "
        "wat er met de kandidaat gebeurt."
    )

    doorverwezen_op: Datum = Field(description="Dag van de doorverwijzing.")
    doelgroep: Doelgroep = Field(description="Doelgroep waartoe de kandidaat behoort.")
    leeftijdsgroep: Leeftijdsgroep = Field(
        description="Leeftijdsgroep van het wettelijk minimumloon op de dag van doorverwijzing."
    )


class LeeftijdsgroepGewijzigd(_IntakeGebeurtenis):
    """A birthday moved the kandidaat to another group of the minimum wage.

    ``ingangsmaand`` is the first day of the month of the birthday, so that the birth date itself
    cannot be read from it.
    """

    naam: ClassVar[str] = "leeftijdsgroep-gewijzigd"
    omschrijving: ClassVar[str] = (
        "Door een verjaardag valt de kandidaat in een andere leeftijdsgroep van het wettelijk "
        "minimumloon. De verjaardag zelf staat er niet in, alleen de maand."
    )

    leeftijdsgroep: Leeftijdsgroep = Field(
        description="Nieuwe leeftijdsgroep van het wettelijk minimumloon."
    )
    ingangsmaand: Datum = Field(
        description="Eerste dag van de maand waarin de nieuwe leeftijdsgroep geldt."
    )


class TrajectbesluitGenomen(_IntakeGebeurtenis):
    """It has been decided which traject the kandidaat follows, with or without WSD."""

    naam: ClassVar[str] = "trajectbesluit-genomen"
    omschrijving: ClassVar[str] = (
        "Besloten is welk traject de kandidaat volgt, met of zonder WSD. De gemeente besluit, of "
        "WSD onder mandaat van de gemeente."
    )

    besluit_id: Id = Field(description="Identificatie van het trajectbesluit.")
    programma: Programma = Field(description="Programma dat de kandidaat volgt.")
    diensten: tuple[Dienst, ...] = Field(
        min_length=1, max_length=20, description="Diensten uit het portfolio die worden ingezet."
    )
    met_wsd: JaNee = Field(description="Of WSD het traject uitvoert.")
    besloten_door: Organisatie = Field(
        description="Gemeentecode van wie besloot, of `wsd` bij een besluit onder mandaat."
    )
    ingangsdatum: Datum = Field(description="Dag waarop het traject ingaat.")
    inkooporder_nodig: Weglaatbaar[JaNee] = Field(
        default=None,
        description="Of het traject pas mag starten na een inkooporder; ontbreekt het, dan niet.",
    )
    advies_id: Weglaatbaar[Id] = Field(
        default=None,
        description="Identificatie van het advies van WSD waarop is besloten; ontbreekt zonder.",
        # pydantic loses the form of an Id within an optional field.
        json_schema_extra={"format": "uuid", "pattern": UUID_PATROON},
    )
    advies_gevolgd: Weglaatbaar[JaNee] = Field(
        default=None,
        description="Of het besluit het advies volgt; ontbreekt als er geen advies was.",
    )


class KandidaatOvergedragen(_IntakeGebeurtenis):
    """The kandidaat went from one gemeente to another: the last the first hears, and the first of
    intake that the second hears."""

    naam: ClassVar[str] = "kandidaat-overgedragen"
    omschrijving: ClassVar[str] = (
        "De kandidaat is overgedragen aan een andere gemeente: `gemeentecode` is de gemeente die "
        "de regie nu heeft. Voor haar begint de stroom hier; haal de stand op bij de API's. De "
        "gemeente die overdroeg ontvangt hierna niets meer over deze kandidaat; wat een andere "
        "dienst in dezelfde seconden nog zei kan haar nog bereiken."
    )
    ook_vorige_gemeente: ClassVar[bool] = True

    van_gemeente: Gemeentecode = Field(
        description="CBS-gemeentecode van de gemeente die de kandidaat overdroeg."
    )
    ingangsdatum: Datum = Field(description="Eerste dag waarop de nieuwe gemeente de regie heeft.")
    reden: Overdrachtreden = Field(description="Waarom de regie overgaat.")
