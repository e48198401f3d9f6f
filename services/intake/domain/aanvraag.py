"""The application for bijstand: after the melding, and with a decision at its end.

Its beslistermijn (art. 4:13-4:15 Awb) is a term of its own, which this module only asks about.
Dwangsom after an ingebrekestelling (art. 4:17 Awb) is not here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from chassis.awb import EEN_DAG
from services.intake.domain.bewaakte_termijn import (
    LANGSTE_UITSTEL,
    BewaakteTermijn,
    Opschortingsgrond,
)
from services.intake.domain.fouten import (
    AanvraagAfgehandeld,
    AanvraagLoopt,
    AanvullingNietGevraagd,
    BuitenBehandelingTeLaat,
    DatumPastNiet,
    EindeOpschortingOntbreekt,
    NietBevoegd,
    ZoektermijnLoopt,
)
from services.intake.domain.instroom import JONGERE_TOT, Doelgroep
from services.intake.domain.kandidaat import Kandidaat
from services.intake.domain.leeftijdsgroep import leeftijd_op
from services.intake.domain.termijnen import (
    eerste_aanvraagdag,
    uiterste_dag_buiten_behandeling,
)

BIJSTAND_VANAF: Final = 18
"""Who is younger has no right to algemene bijstand, art. 13 lid 1 Participatiewet."""


class Zoektermijnuitzondering(StrEnum):
    """Why a jongere need not wait, art. 41 lid 4 and 11 Participatiewet."""

    PRO_VSO = "pro-vso"
    """Was at praktijkonderwijs or voortgezet speciaal onderwijs in the last year, lid 4 onder a."""
    MEDISCH_URENBEPERKT = "medisch-urenbeperkt"
    """Lid 4 onder b."""
    DOELGROEP_LKS = "doelgroep-loonkostensubsidie"
    """Lid 4 onder b."""
    PARTNER_27_OF_OUDER = "partner-27-of-ouder"
    """Lid 4 is about gehuwden who are both younger than 27."""
    OMSTANDIGHEDEN = "omstandigheden"
    """The college sees reason in the circumstances to handle it earlier, lid 11."""


class Aanvraaguitkomst(StrEnum):
    """How an application ends."""

    TOEGEKEND = "toegekend"
    AFGEWEZEN = "afgewezen"
    INGETROKKEN = "ingetrokken"
    """By the applicant."""
    BUITEN_BEHANDELING = "buiten-behandeling"
    """It stayed incomplete, art. 4:5 Awb."""


def heeft_zoektermijn(geboortedatum: date, melding: date, doelgroep: Doelgroep) -> bool:
    """Whether someone who reports must wait four weeks to apply for bijstand, art. 41 lid 4.

    Not who is under age, nor a niet-uitkeringsgerechtigde: they do not apply.
    """
    leeftijd = leeftijd_op(geboortedatum, melding)
    return BIJSTAND_VANAF <= leeftijd < JONGERE_TOT and doelgroep is not Doelgroep.NUG


@dataclass(frozen=True, slots=True)
class Aanvraag:
    """One application of a kandidaat for bijstand.

    uitzondering: why a jongere applied before the zoektermijn was over; kept only where it was
    needed.  voorschotten: the days on which an advance was paid.
    """

    aanvraag_id: UUID
    kandidaat_id: UUID
    gemeentecode: str
    aangevraagd_op: date
    uitzondering: Zoektermijnuitzondering | None = None
    voorschotten: tuple[date, ...] = ()
    uitkomst: Aanvraaguitkomst | None = None
    beslist_op: date | None = None

    @classmethod
    def dien_in(
        cls,
        *,
        aanvraag_id: UUID,
        kandidaat: Kandidaat,
        geboortedatum: date,
        aangevraagd_op: date,
        uitzondering: Zoektermijnuitzondering | None,
        eerder: tuple[Aanvraag, ...],
        door: str,
        vandaag: date,
    ) -> Aanvraag:
        """A kandidaat applies for bijstand; geboortedatum is only tested, not kept.

        Raises NietBevoegd, AanvraagLoopt, DatumPastNiet, ZoektermijnLoopt.
        """
        if door != kandidaat.gemeentecode:
            raise NietBevoegd("De aanvraag is gericht tot de gemeente van de kandidaat.")
        if any(aanvraag.uitkomst is None for aanvraag in eerder):
            raise AanvraagLoopt("Leg eerst de beslissing op die aanvraag vast.")
        eis_tussen(aangevraagd_op, kandidaat.aangemeld_op, vandaag)
        vanaf = eerste_aanvraagdag(kandidaat.aangemeld_op)
        is_jongere = leeftijd_op(geboortedatum, aangevraagd_op) < JONGERE_TOT
        te_vroeg = is_jongere and aangevraagd_op < vanaf
        if te_vroeg and uitzondering is None:
            raise ZoektermijnLoopt(
                f"Wie jonger is dan {JONGERE_TOT} kan aanvragen vanaf {vanaf.isoformat()}, vier "
                "weken na de melding. Kan het eerder, noem dan de uitzondering."
            )
        return cls(
            aanvraag_id=aanvraag_id,
            kandidaat_id=kandidaat.kandidaat_id,
            gemeentecode=kandidaat.gemeentecode,
            aangevraagd_op=aangevraagd_op,
            uitzondering=uitzondering if te_vroeg else None,
        )

    def verstrek_voorschot(self, op: date, vandaag: date) -> Aanvraag:
        """An advance was paid, as long as nothing was decided, art. 52 Participatiewet.

        Raises AanvraagAfgehandeld, DatumPastNiet.
        """
        self.eis_open()
        eis_tussen(op, max((self.aangevraagd_op, *self.voorschotten)), vandaag)
        return replace(self, voorschotten=(*self.voorschotten, op))

    def beslis(
        self, uitkomst: Aanvraaguitkomst, op: date, *, termijn: BewaakteTermijn, vandaag: date
    ) -> Aanvraag:
        """The decision on it.  termijn: its beslistermijn.

        Raises AanvraagAfgehandeld, DatumPastNiet, AanvullingNietGevraagd, BuitenBehandelingTeLaat.
        """
        self.eis_open()
        eis_tussen(op, self.aangevraagd_op, vandaag)
        if uitkomst is Aanvraaguitkomst.BUITEN_BEHANDELING:
            _toets_buiten_behandeling(termijn, op)
        return replace(self, uitkomst=uitkomst, beslist_op=op)

    def eis_open(self) -> None:
        """Raises AanvraagAfgehandeld."""
        if self.uitkomst is not None:
            raise AanvraagAfgehandeld("Voor een nieuw verzoek is een nieuwe aanvraag nodig.")


def schort_beslistermijn_op(
    termijn: BewaakteTermijn,
    grond: Opschortingsgrond,
    op: date,
    tot_en_met: date | None,
    *,
    vandaag: date,
) -> BewaakteTermijn:
    """Let the beslistermijn stand still, art. 4:15 Awb.

    op: the day on which the applicant was asked to complete the application, and the term stands
    still from the day after; or the first day of the agreed or attributable delay.  tot_en_met: the
    last day to complete it, or of the agreed delay.
    Raises EindeOpschortingOntbreekt, DatumPastNiet and what BewaakteTermijn.schort_op raises.
    """
    if tot_en_met is None and grond is not Opschortingsgrond.VERTRAGING_AANVRAGER:
        raise EindeOpschortingOntbreekt(
            "Noem de laatste dag om aan te vullen, of die waarmee de aanvrager schriftelijk heeft "
            "ingestemd."
        )
    eis_tussen(op, termijn.begonnen_op, vandaag)
    if tot_en_met is not None and not op <= tot_en_met <= op + LANGSTE_UITSTEL:
        raise DatumPastNiet(
            "Een opschorting eindigt niet voordat zij begint, en duurt hoogstens een jaar."
        )
    vanaf = op + EEN_DAG if grond is Opschortingsgrond.AANVULLING else op
    return termijn.schort_op(
        grond, vanaf=vanaf, uiterlijk_tot=tot_en_met + EEN_DAG if tot_en_met else None
    )


def _toets_buiten_behandeling(termijn: BewaakteTermijn, op: date) -> None:
    """The applicant could complete it, and no more than four weeks went by since, art. 4:5 Awb."""
    gevraagd = [o for o in termijn.opschortingen if o.grond is Opschortingsgrond.AANVULLING]
    if not gevraagd:
        raise AanvullingNietGevraagd(
            "Vraag de aanvrager eerst om aanvulling en geef daarvoor een termijn."
        )
    laatste = gevraagd[-1]
    if laatste.hervat_op is None:
        raise AanvullingNietGevraagd(
            "De termijn om aan te vullen loopt nog. Wacht die af, of leg vast dat er is aangevuld."
        )
    ongebruikt = laatste.hervat_op == laatste.uiterlijk_tot
    uiterlijk = uiterste_dag_buiten_behandeling(
        laatste.hervat_op - EEN_DAG if ongebruikt else laatste.hervat_op
    )
    if op > uiterlijk:
        raise BuitenBehandelingTeLaat(
            f"Dat kon tot en met {uiterlijk.isoformat()}. Beslis nu op de aanvraag zelf."
        )


def eis_tussen(dag: date, vroegst: date, vandaag: date) -> None:
    """Raises DatumPastNiet for a fact before what it follows on, or after today."""
    if not vroegst <= dag <= vandaag:
        raise DatumPastNiet(
            f"Kies een dag van {vroegst.isoformat()} tot en met vandaag, {vandaag.isoformat()}."
        )
