"""The gemeente decides on beschut werk, after the advice of the UWV."""

from __future__ import annotations

from uuid import UUID

from chassis.unit_of_work import UnitOfWork
from contracts import intake as contract
from services.intake import besluiten, store
from services.intake.afnemers import afnemers
from services.intake.domain.besluit import Besluit
from services.intake.domain.kandidaat import BeschutWerkbesluit, UwvAdvies
from services.intake.gemeenten import gemeenten
from services.intake.use_cases.wettelijke_termijnen import begin_bezwaartermijn


async def neem_beschut_werkbesluit(
    uow: UnitOfWork,
    kandidaat_id: UUID,
    advies: UwvAdvies,
    besluit: Besluit,
    *,
    toegekend: bool,
) -> BeschutWerkbesluit:
    """Raises NietGevonden and what Kandidaat.neem_beschut_werkbesluit raises."""
    kandidaat = await store.neem(uow, kandidaat_id)
    genomen = kandidaat.neem_beschut_werkbesluit(
        advies, besluit, toegekend=toegekend, afspraken=gemeenten().afspraken
    )
    await besluiten.voeg_toe(uow, kandidaat, genomen)
    await store.bewaar(uow, kandidaat)
    await begin_bezwaartermijn(uow, kandidaat, besluit)
    uow.emit(
        contract.BeschutWerkbesluitGenomen(
            kandidaat_id=kandidaat_id,
            gemeentecode=kandidaat.gemeentecode,
            besluit_id=besluit.besluit_id,
            uwv_advies_op=advies.gegeven_op,
            toegekend=toegekend,
            ingangsdatum=besluit.ingangsdatum,
        ),
        afnemers=afnemers(kandidaat),
    )
    return genomen
