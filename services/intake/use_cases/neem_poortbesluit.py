"""The gemeente decides at the gate."""

from __future__ import annotations

from uuid import UUID

from chassis.unit_of_work import UnitOfWork
from contracts import intake as contract
from services.intake import besluiten, store
from services.intake.afnemers import afnemers
from services.intake.domain.besluit import Besluit
from services.intake.domain.kandidaat import Poortbesluit, Poortuitkomst
from services.intake.gemeenten import gemeenten
from services.intake.use_cases.volg_proces import volg_handelingen
from services.intake.use_cases.wettelijke_termijnen import begin_bezwaartermijn


async def neem_poortbesluit(
    uow: UnitOfWork, kandidaat_id: UUID, uitkomst: Poortuitkomst, besluit: Besluit
) -> Poortbesluit:
    """Raises NietGevonden and what Kandidaat.neem_poortbesluit raises."""
    kandidaat = await store.neem(uow, kandidaat_id)
    genomen = kandidaat.neem_poortbesluit(uitkomst, besluit, afspraken=gemeenten().afspraken)
    await besluiten.voeg_toe(uow, kandidaat, genomen)
    await store.bewaar(uow, kandidaat)
    await begin_bezwaartermijn(uow, kandidaat, besluit)
    uow.emit(
        contract.PoortbesluitGenomen(
            kandidaat_id=kandidaat_id,
            gemeentecode=kandidaat.gemeentecode,
            besluit_id=besluit.besluit_id,
            uitkomst=contract.Poortuitkomst(uitkomst),
            ingangsdatum=besluit.ingangsdatum,
        ),
        afnemers=afnemers(kandidaat),
    )
    await volg_handelingen(uow, kandidaat)
    return genomen
