"""What intake says: a resident reports, the gemeente decides, WSD is brought in."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from contracts.gebeurtenis import Datum, Gebeurtenis, Leeftijdsgroep
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


class _IntakeGebeurtenis(Gebeurtenis):
    dienst: ClassVar[str] = "intake"
    dataref_pad: ClassVar[str] = "/intake/v1/kandidaten/{kandidaat_id}"


class KandidaatAangemeld(_IntakeGebeurtenis):
    """A resident has reported to the gemeente and is a kandidaat from now on."""

    naam: ClassVar[str] = "kandidaat-aangemeld"

    aangemeld_op: Datum
    instroomkanaal: Instroomkanaal
    doelgroep: Doelgroep


class PoortbesluitGenomen(_IntakeGebeurtenis):
    """The gemeente has decided at the gate."""

    naam: ClassVar[str] = "poortbesluit-genomen"

    besluit_id: UUID
    uitkomst: Poortuitkomst
    ingangsdatum: Datum


class KandidaatDoorverwezen(_IntakeGebeurtenis):
    """The gemeente has referred the kandidaat to WSD; from here on WSD sees what happens."""

    naam: ClassVar[str] = "kandidaat-doorverwezen"

    doorverwezen_op: Datum
    doelgroep: Doelgroep
    leeftijdsgroep: Leeftijdsgroep


class LeeftijdsgroepGewijzigd(_IntakeGebeurtenis):
    """A birthday moved the kandidaat to another group of the minimum wage.

    ``ingangsmaand`` is the first day of the month of the birthday, so that the birth date itself
    cannot be read from it.
    """

    naam: ClassVar[str] = "leeftijdsgroep-gewijzigd"

    leeftijdsgroep: Leeftijdsgroep
    ingangsmaand: Datum


class TrajectbesluitGenomen(_IntakeGebeurtenis):
    """It has been decided which traject the kandidaat follows, with or without WSD."""

    naam: ClassVar[str] = "trajectbesluit-genomen"

    besluit_id: UUID
    programma: Programma
    diensten: Annotated[tuple[Dienst, ...], Field(min_length=1, max_length=20)]
    met_wsd: bool
    besloten_door: Annotated[
        str, Field(pattern=r"^(\d{4}|wsd)$", description="gemeentecode, of wsd onder mandaat")
    ]
    ingangsdatum: Datum
