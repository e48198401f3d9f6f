"""Through which door a kandidaat comes in, and to which group they belong (bron 000, bron 004)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from services.intake.domain.fouten import (
    DatumPastNiet,
    DoelgroepPastNietBijLeeftijd,
    WswInstroomGesloten,
)
from services.intake.domain.leeftijdsgroep import leeftijd_op

WSW_GESLOTEN_VANAF = date(2015, 1, 1)
JONGERE_VANAF = 16
JONGERE_TOT = 27
"""The support of jongeren ends at the 27th birthday, art. 7a lid 1 Participatiewet."""


class Instroomkanaal(StrEnum):
    """Through which door a kandidaat came."""

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


class Instroomreden(StrEnum):
    """Why a resident reports. Some are sensitive: it is kept with the personal data, sealed."""

    EINDE_RELATIE = "einde-relatie"
    EINDE_WW = "einde-ww"
    EINDE_STUDIE_SCHOOL = "einde-studie-school"
    VERLIES_WERK = "verlies-werk"
    EINDE_ZELFSTANDIGE = "einde-zelfstandige"
    VESTIGING_IN_GEMEENTE = "vestiging-in-gemeente"
    VRIJLATING_DETENTIE = "vrijlating-detentie"
    VERGUNNING = "vergunning"
    OVERIG = "overig"


class Doelgroep(StrEnum):
    """The group a kandidaat belongs to. VERGUNNINGHOUDER includes other inburgeraars."""

    PWET = "pwet"
    WSW = "wsw"
    WMO = "wmo"
    NUG = "nug"
    JONGERE_16_27 = "jongere-16-27"
    VERGUNNINGHOUDER = "vergunninghouder"
    WAJONG_UWV_PILOT = "wajong-uwv-pilot"


def toets_instroom(doelgroep: Doelgroep, geboortedatum: date, aangemeld_op: date) -> None:
    """May a person of this group be reported on this day?

    Raises WswInstroomGesloten from 1-1-2015, DoelgroepPastNietBijLeeftijd for a jongere outside
    16 up to 27, DatumPastNiet for a birth after the report.
    """
    if geboortedatum > aangemeld_op:
        raise DatumPastNiet("De geboortedatum ligt na de aanmelding. Controleer beide datums.")
    if doelgroep is Doelgroep.WSW and aangemeld_op >= WSW_GESLOTEN_VANAF:
        raise WswInstroomGesloten(
            "Kies een andere doelgroep: sinds 1 januari 2015 valt deze inwoner onder de "
            "Participatiewet."
        )
    if doelgroep is Doelgroep.JONGERE_16_27 and not (
        JONGERE_VANAF <= leeftijd_op(geboortedatum, aangemeld_op) < JONGERE_TOT
    ):
        raise DoelgroepPastNietBijLeeftijd(
            f"Een jongere is {JONGERE_VANAF} jaar of ouder en jonger dan {JONGERE_TOT}. "
            "Kies een andere doelgroep of controleer de geboortedatum."
        )
