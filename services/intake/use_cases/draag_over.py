"""A gemeente hands a kandidaat over to another, on a day of its choice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final
from uuid import UUID, uuid4

from chassis.clock import NEDERLAND, local_date
from chassis.timers import Deadline
from chassis.unit_of_work import UnitOfWork
from chassis.web.problems import NietGevonden
from contracts import intake as contract
from services.intake import overdrachten, persoonsgegevens, regisseurs, store
from services.intake.afnemers import afnemers
from services.intake.domain.kandidaat import Kandidaat
from services.intake.domain.overdracht import Overdracht, Overdrachtreden, Overdrachtstatus
from services.intake.domain.regisseur import Regiereden
from services.intake.gemeenten import gemeenten
from services.intake.problemen import InwonerAlKandidaat
from services.intake.use_cases.volg_proces import (
    begin_proces,
    breek_proces_af,
    volg_handelingen,
)

OVERDRACHT: Final = "overdracht"
"""Kind of the deadline that fires at the start of the ingangsdatum."""


@dataclass(frozen=True, slots=True)
class TePlannen:
    naar_gemeente: str
    ingangsdatum: date
    reden: Overdrachtreden


async def draag_over(uow: UnitOfWork, kandidaat_id: UUID, te_plannen: TePlannen) -> Overdracht:
    """Carried out at once when it takes effect today, else on its day.

    Raises NietGevonden, KandidaatIsUitgestroomd, InwonerAlKandidaat and what Overdracht.plan
    raises.
    """
    kandidaat = await store.neem(uow, kandidaat_id)
    kandidaat.eis_niet_uitgestroomd()
    vandaag = local_date(uow.now)
    overdracht = Overdracht.plan(
        overdracht_id=uuid4(),
        kandidaat_id=kandidaat_id,
        van_gemeente=kandidaat.gemeentecode,
        naar_gemeente=te_plannen.naar_gemeente,
        ingangsdatum=te_plannen.ingangsdatum,
        reden=te_plannen.reden,
        door=uow.organisation,
        vandaag=vandaag,
        eerder=await overdrachten.van_kandidaat(uow, kandidaat_id),
        afspraken=gemeenten().afspraken,
    )
    await overdrachten.voeg_toe(uow, overdracht)
    if overdracht.ingangsdatum == vandaag:
        return await _voer_uit(uow, kandidaat, overdracht)
    await uow.schedule(
        OVERDRACHT,
        aggregate_id=kandidaat_id,
        gemeentecode=kandidaat.gemeentecode,
        due_at=datetime.combine(overdracht.ingangsdatum, time(), NEDERLAND),
        key=str(overdracht.overdracht_id),
    )
    return overdracht


async def trek_overdracht_in(
    uow: UnitOfWork, kandidaat_id: UUID, overdracht_id: UUID
) -> Overdracht:
    """Raises NietGevonden and what Overdracht.ingetrokken raises."""
    await store.neem(uow, kandidaat_id)
    overdracht = await _neem(uow, kandidaat_id, overdracht_id)
    if overdracht is None:
        raise NietGevonden
    return await _trek_in(uow, overdracht)


async def trek_geplande_in(uow: UnitOfWork, kandidaat: Kandidaat) -> None:
    """Whoever has flowed out is not handed over any more; the kandidaat is under lock."""
    for overdracht in await overdrachten.van_kandidaat(uow, kandidaat.kandidaat_id):
        if overdracht.status is Overdrachtstatus.GEPLAND:
            await _trek_in(uow, overdracht)


async def _trek_in(uow: UnitOfWork, overdracht: Overdracht) -> Overdracht:
    ingetrokken = overdracht.ingetrokken(uow.organisation)
    await overdrachten.bewaar(uow, ingetrokken)
    await uow.cancel(
        OVERDRACHT, aggregate_id=overdracht.kandidaat_id, key=str(overdracht.overdracht_id)
    )
    return ingetrokken


async def bij_ingangsdatum(uow: UnitOfWork, termijn: Deadline) -> None:
    """The day of a planned overdracht has come. Nothing to do when it was withdrawn since.

    Raises InwonerAlKandidaat: the deadline is then parked, and the gemeente can still withdraw.
    """
    kandidaat = await store.neem(uow, termijn.aggregate_id)
    overdracht = await _neem(uow, termijn.aggregate_id, UUID(termijn.key))
    if overdracht is not None and overdracht.status is Overdrachtstatus.GEPLAND:
        await _voer_uit(uow, kandidaat, overdracht)


async def _voer_uit(uow: UnitOfWork, kandidaat: Kandidaat, overdracht: Overdracht) -> Overdracht:
    """Hand over everything of a locked kandidaat; the unit of work then acts for the receiver."""
    uitgevoerd, naar = overdracht.uitgevoerd(), overdracht.naar_gemeente
    kandidaat_id = kandidaat.kandidaat_id
    await overdrachten.bewaar(uow, uitgevoerd)
    await breek_proces_af(uow, kandidaat_id, op=overdracht.ingangsdatum)
    bsn_index = await persoonsgegevens.bsn_index_bij(uow, kandidaat_id, naar)
    uow.emit(
        contract.KandidaatOvergedragen(
            kandidaat_id=kandidaat_id,
            gemeentecode=naar,
            van_gemeente=overdracht.van_gemeente,
            ingangsdatum=overdracht.ingangsdatum,
            reden=contract.Overdrachtreden(overdracht.reden),
        ),
        afnemers=afnemers(kandidaat) | {naar},
    )
    await uow.hand_over(kandidaat_id, naar, overdrachten.GAAT_MEE)
    if not await store.bewaar_bsn_index(uow, kandidaat_id, bsn_index):
        raise InwonerAlKandidaat
    ontvangen = await store.neem(uow, kandidaat_id)
    await regisseurs.volg_gemeente(
        uow, ontvangen, Regiereden.OVERDRACHT_GEMEENTE, overdracht.ingangsdatum
    )
    geboortedatum = await persoonsgegevens.geboortedatum(uow, kandidaat_id)
    await begin_proces(uow, ontvangen, geboortedatum, op=overdracht.ingangsdatum)
    await volg_handelingen(uow, ontvangen)
    return uitgevoerd


async def _neem(uow: UnitOfWork, kandidaat_id: UUID, overdracht_id: UUID) -> Overdracht | None:
    gevonden = await overdrachten.van_kandidaat(uow, kandidaat_id)
    return next((o for o in gevonden if o.overdracht_id == overdracht_id), None)
