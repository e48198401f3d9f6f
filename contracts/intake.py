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
)
from contracts.portfolio import Dienst, Programma


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
