"""WSD says which werkgever it is itself: who is placed there is placed at WSD."""

from __future__ import annotations

from uuid import UUID

from chassis.tenancy import WSD
from chassis.unit_of_work import UnitOfWork
from chassis.web import NietGevonden
from services.financiering.store import arbeidsplaatsen
from services.financiering.use_cases.reken_begeleiding_toe import plan_toerekening


async def leg_werkgever_van_wsd_vast(uow: UnitOfWork, werkgever_id: UUID) -> UUID:
    """Who was placed there before counts from the first day on. Raises NietGevonden for others."""
    if uow.organisation != WSD:
        raise NietGevonden
    await arbeidsplaatsen.leg_werkgever_van_wsd_vast(uow, werkgever_id)
    for gemeentecode in await arbeidsplaatsen.gemeenten_bij(uow, werkgever_id):
        await plan_toerekening(uow, gemeentecode)
    return werkgever_id
