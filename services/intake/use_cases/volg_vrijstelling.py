"""After a vrijstelling of art. 9a: the plan van aanpak, and a heronderzoek every six months."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from chassis.clock import local_date
from chassis.unit_of_work import UnitOfWork
from chassis.web.problems import NietGevonden
from services.intake import store, termijnen
from services.intake.domain.bewaakte_termijn import BewaakteTermijn, Termijnsoort
from services.intake.domain.fouten import DatumPastNiet, NietBevoegd, VrijstellingVraagtDitNiet
from services.intake.domain.kandidaat import Kandidaat
from services.intake.domain.rechtsgrond import Rechtsgrond
from services.intake.domain.vrijstelling import Vrijstelling
from services.intake.use_cases.wettelijke_termijnen import (
    plan_van_aanpak_opgesteld,
    vrijstelling_herbeoordeeld,
)


async def leg_plan_van_aanpak_vast(
    uow: UnitOfWork, kandidaat_id: UUID, besluit_id: UUID, op: date
) -> BewaakteTermijn:
    """The plan is there; gives the term of the first heronderzoek. Raises NietGevonden,
    NietBevoegd, VrijstellingVraagtDitNiet, DatumPastNiet."""
    kandidaat = await _neem(uow, kandidaat_id, besluit_id, op)
    await _eis_open(uow, kandidaat, besluit_id, Termijnsoort.PLAN_VAN_AANPAK)
    await plan_van_aanpak_opgesteld(uow, kandidaat, besluit_id, op)
    return await _eis_open(uow, kandidaat, besluit_id, Termijnsoort.HERBEOORDELING_VRIJSTELLING)


async def leg_heronderzoek_vast(
    uow: UnitOfWork, kandidaat_id: UUID, besluit_id: UUID, op: date
) -> BewaakteTermijn:
    """A heronderzoek was done; gives the term of the next. Raises as the above."""
    kandidaat = await _neem(uow, kandidaat_id, besluit_id, op)
    soort = Termijnsoort.HERBEOORDELING_VRIJSTELLING
    await _eis_open(uow, kandidaat, besluit_id, soort)
    await vrijstelling_herbeoordeeld(uow, kandidaat, besluit_id, op)
    return await _eis_open(uow, kandidaat, besluit_id, soort)


async def _neem(uow: UnitOfWork, kandidaat_id: UUID, besluit_id: UUID, op: date) -> Kandidaat:
    kandidaat = await store.neem(uow, kandidaat_id)
    genomen = kandidaat.met_nummer(besluit_id)
    if genomen is None:
        raise NietGevonden
    if uow.organisation != kandidaat.gemeentecode:
        raise NietBevoegd("Alleen de gemeente van de kandidaat legt dit vast.")
    if (
        not isinstance(genomen, Vrijstelling)
        or genomen.besluit.rechtsgrond is not Rechtsgrond.PW_9A
    ):
        raise VrijstellingVraagtDitNiet("Dit hoort bij een vrijstelling van art. 9a.")
    if not genomen.besluit.ingangsdatum <= op <= local_date(uow.now):
        raise DatumPastNiet("Kies een dag vanaf de ingangsdatum, tot en met vandaag.")
    return kandidaat


async def _eis_open(
    uow: UnitOfWork, kandidaat: Kandidaat, besluit_id: UUID, soort: Termijnsoort
) -> BewaakteTermijn:
    termijn = await termijnen.open_termijn(uow, kandidaat.kandidaat_id, soort, str(besluit_id))
    if termijn is None:
        raise VrijstellingVraagtDitNiet(
            "Hiervoor loopt geen termijn: het plan is er al, of nog niet, of de vrijstelling is "
            "ingetrokken."
        )
    return termijn
