"""May this employment have loonkostensubsidie: art. 10d lid 1, 2, 3, 5 and 9 Participatiewet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.financiering.domain.fouten import (
    AanvraagTeLaat,
    AndereLoonkostensubsidie,
    DomeinFout,
    ForfaitNietMogelijk,
    LoonwaardeOntbreekt,
    LoonwaardeVolledig,
    NietInDoelgroep,
    OngeldigeLoonwaarde,
    OngeldigePeriode,
    VoorgeschiedenisOntbreekt,
    WswDienstbetrekking,
)
from services.financiering.domain.kalender import Maand, eerste_dag_na_maanden
from services.financiering.domain.leeftijdsgroep import Leeftijdsverloop
from services.financiering.domain.loonkostensubsidie import Arbeidsduur, regeling_op

AANVRAAGTERMIJN_MAANDEN = 6


class Voorgeschiedenis(StrEnum):
    """What the person was in the six months before the employment, art. 10d lid 2 a, b and c."""

    PRAKTIJKONDERWIJS = "praktijkonderwijs"
    VOORTGEZET_SPECIAAL_ONDERWIJS = "voortgezet-speciaal-onderwijs"
    ENTREEOPLEIDING = "entreeopleiding"
    PARTICIPATIEWET = "participatiewet"
    LEER_WERKTRAJECT = "leer-werktraject"


@dataclass(frozen=True, slots=True)
class LoonwaardeVanaf:
    """An established loonwaarde: whole percents of the minimum wage, from a date."""

    percentage: int
    vanaf: date

    def __post_init__(self) -> None:
        if not 0 <= self.percentage <= 100:
            raise OngeldigeLoonwaarde(
                "Geef de loonwaarde als heel percentage van 0 tot en met 100."
            )


@dataclass(frozen=True, slots=True)
class LksAanvraag:
    """The facts on which the college decides about loonkostensubsidie for one employment.

    ingangsdatum: first day of subsidy, from the start of the employment on.
    loonwaarde: None means the college, in consultation with the employer, leaves the measurement
    out for now (forfait, art. 10d lid 1 onder b).
    aangevraagd_op: None means the college grants ambtshalve (lid 1); a day after the start of the
    employment makes it an application of lid 2, which needs a voorgeschiedenis.
    """

    begin_dienstbetrekking: date
    ingangsdatum: date
    arbeidsduur: Arbeidsduur
    leeftijd: Leeftijdsverloop
    loonwaarde: LoonwaardeVanaf | None
    behoort_tot_doelgroep: bool
    wsw_dienstbetrekking: bool = False
    andere_loonkostensubsidie: bool = False
    aangevraagd_op: date | None = None
    voorgeschiedenis: Voorgeschiedenis | None = None

    def __post_init__(self) -> None:
        if self.ingangsdatum < self.begin_dienstbetrekking:
            raise OngeldigePeriode(
                "De subsidie kan niet ingaan voor het begin van de dienstbetrekking. "
                "Kies een ingangsdatum op of na het begin.",
                artikel="art. 10d lid 1 Participatiewet",
            )

    @property
    def na_het_begin_aangevraagd(self) -> bool:
        """Is this an application of art. 10d lid 2?"""
        return self.aangevraagd_op is not None and self.aangevraagd_op > self.begin_dienstbetrekking


def uiterste_aanvraagdatum(begin_dienstbetrekking: date) -> date:
    """Last day of an application after the start, art. 10d lid 2: six months after the start.

    The same day of the month six months later still counts; where that month has no such day, its
    last day.  No extension for weekends: a term of more than three months falls outside the
    Algemene termijnenwet (art. 4 onder a).
    """
    doel = Maand.van(begin_dienstbetrekking).plus(AANVRAAGTERMIJN_MAANDEN)
    return date(doel.jaar, doel.maand, min(begin_dienstbetrekking.day, doel.dagen))


def einde_forfait(begin_dienstbetrekking: date, ingangsdatum: date) -> date:
    """First day on which the forfait can no longer be paid, art. 10d lid 5.

    The six months run from the start of the employment, not of the subsidy, so a later start of the
    subsidy gives a shorter forfait.
    """
    maanden = regeling_op(ingangsdatum).forfait_maanden
    return eerste_dag_na_maanden(begin_dienstbetrekking, maanden)


def weigeringsgronden(aanvraag: LksAanvraag) -> tuple[DomeinFout, ...]:
    """Every reason to refuse this application, in the order of art. 10d; empty means: grant."""
    gronden: list[DomeinFout] = []
    if not aanvraag.behoort_tot_doelgroep:
        gronden.append(
            NietInDoelgroep(
                "Niet is vastgesteld dat de werknemer tot de doelgroep loonkostensubsidie behoort. "
                "Laat het college dat eerst vaststellen (art. 10c Participatiewet)."
            )
        )
    gronden += _gronden_aanvraag_na_begin(aanvraag)
    if aanvraag.wsw_dienstbetrekking:
        gronden.append(
            WswDienstbetrekking(
                "Voor een dienstbetrekking van art. 2 of 7 Wsw bestaat geen loonkostensubsidie; "
                "zij wordt uit het Wsw-budget bekostigd."
            )
        )
    if aanvraag.andere_loonkostensubsidie:
        gronden.append(
            AndereLoonkostensubsidie(
                "Voor deze dienstbetrekking verleent het college al een andere subsidie voor de "
                "loonkosten. Beëindig die eerst of wijs deze aanvraag af."
            )
        )
    gronden += _gronden_grondslag(aanvraag)
    return tuple(gronden)


def _gronden_aanvraag_na_begin(aanvraag: LksAanvraag) -> list[DomeinFout]:
    if aanvraag.aangevraagd_op is None or not aanvraag.na_het_begin_aangevraagd:
        return []
    gronden: list[DomeinFout] = []
    uiterlijk = uiterste_aanvraagdatum(aanvraag.begin_dienstbetrekking)
    if aanvraag.aangevraagd_op > uiterlijk:
        gronden.append(
            AanvraagTeLaat(
                f"De aanvraag kon tot en met {uiterlijk.isoformat()} worden gedaan en kwam op "
                f"{aanvraag.aangevraagd_op.isoformat()}."
            )
        )
    if aanvraag.voorgeschiedenis is None:
        gronden.append(
            VoorgeschiedenisOntbreekt(
                "Bij een aanvraag na het begin moet de werknemer in de zes maanden ervoor "
                "praktijkonderwijs, voortgezet speciaal onderwijs of een entreeopleiding hebben "
                "gevolgd, tot de Participatiewet hebben behoord of een leer-werktraject volgen. "
                "Geef op welke van deze gronden geldt."
            )
        )
    return gronden


def _gronden_grondslag(aanvraag: LksAanvraag) -> list[DomeinFout]:
    """Is there a loonwaarde, or may it be left out (forfait)?"""
    if aanvraag.loonwaarde is not None:
        return _gronden_loonwaarde(aanvraag, aanvraag.loonwaarde)
    if aanvraag.na_het_begin_aangevraagd:
        return [
            ForfaitNietMogelijk(
                "Het forfait geldt alleen als het college voor het begin verleent. Bij een "
                "aanvraag na het begin wordt eerst de loonwaarde vastgesteld (art. 10d lid 2 en 4)."
            )
        ]
    einde = einde_forfait(aanvraag.begin_dienstbetrekking, aanvraag.ingangsdatum)
    if aanvraag.ingangsdatum >= einde:
        return [
            ForfaitNietMogelijk(
                "Het forfait loopt hoogstens over de eerste zes maanden van de dienstbetrekking, "
                f"tot {einde.isoformat()}. Stel eerst de loonwaarde vast."
            )
        ]
    return []


def _gronden_loonwaarde(aanvraag: LksAanvraag, loonwaarde: LoonwaardeVanaf) -> list[DomeinFout]:
    if loonwaarde.percentage == 100:
        return [
            LoonwaardeVolledig(
                "De werknemer verdient met deze loonwaarde het minimumloon; er valt niets te "
                "vergoeden. Wijs de aanvraag af of laat de loonwaarde opnieuw vaststellen."
            )
        ]
    if loonwaarde.vanaf > aanvraag.ingangsdatum:
        return [
            LoonwaardeOntbreekt(
                "De loonwaarde geldt pas na de ingangsdatum van de subsidie. Kies een latere "
                "ingangsdatum, of verleen eerst het forfait."
            )
        ]
    return []
