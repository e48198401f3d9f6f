"""The gemeente has ordered the traject of a trajectbesluit."""

from __future__ import annotations

from uuid import UUID

from chassis.clock import local_date
from chassis.unit_of_work import UnitOfWork
from chassis.web.problems import NietGevonden
from contracts import intake as contract
from services.intake import besluiten, store
from services.intake.afnemers import afnemers
from services.intake.domain.inkooporder import Inkooporder
from services.intake.domain.kandidaat import Trajectbesluit
from services.intake.use_cases.volg_proces import volg_handelingen


async def plaats_inkooporder(
    uow: UnitOfWork, kandidaat_id: UUID, besluit_id: UUID, order: Inkooporder
) -> Inkooporder:
    """Raises NietGevonden and what Kandidaat.plaats_inkooporder raises."""
    kandidaat = await store.neem(uow, kandidaat_id)
    genomen = kandidaat.met_nummer(besluit_id)
    if not isinstance(genomen, Trajectbesluit):
        raise NietGevonden
    kandidaat.plaats_inkooporder(genomen, order, door=uow.organisation, vandaag=local_date(uow.now))
    await besluiten.voeg_inkooporder_toe(uow, kandidaat, besluit_id, order)
    await store.bewaar(uow, kandidaat)
    uow.emit(
        contract.InkooporderGeplaatst(
            kandidaat_id=kandidaat_id,
            gemeentecode=kandidaat.gemeentecode,
            inkooporder_id=order.inkooporder_id,
            besluit_id=besluit_id,
            geplaatst_op=order.geplaatst_op,
        ),
        afnemers=afnemers(kandidaat),
    )
    await volg_handelingen(uow, kandidaat)
    return order
