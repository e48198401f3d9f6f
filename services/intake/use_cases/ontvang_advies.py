"""WSD has advised: the klantmanager finds it at the kandidaat without anyone sending it."""

from __future__ import annotations

from uuid import UUID

from chassis.unit_of_work import UnitOfWork
from services.intake import store
from services.intake.domain.kandidaat import Adviesontvangst, OntvangenAdvies
from services.intake.use_cases.volg_proces import volg_handelingen


async def ontvang_advies(
    uow: UnitOfWork, kandidaat_id: UUID, advies: OntvangenAdvies
) -> Adviesontvangst:
    """Raises NietGevonden and what Kandidaat.ontvang_advies raises."""
    kandidaat = await store.neem(uow, kandidaat_id)
    uitkomst = kandidaat.ontvang_advies(advies)
    if uitkomst is Adviesontvangst.VERWERKT:
        await store.bewaar(uow, kandidaat)
        await volg_handelingen(uow, kandidaat)
    return uitkomst
