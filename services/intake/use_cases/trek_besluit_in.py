"""A besluit is withdrawn from a day on; it stays where it is."""

from __future__ import annotations

from uuid import UUID

from chassis.unit_of_work import UnitOfWork
from chassis.web.problems import NietGevonden
from contracts import intake as contract
from services.intake import besluiten, store
from services.intake.afnemers import afnemers
from services.intake.domain.besluit import Intrekking
from services.intake.domain.kandidaat import Genomen
from services.intake.gemeenten import gemeenten
from services.intake.use_cases.wettelijke_termijnen import vrijstelling_vervalt


async def trek_besluit_in(
    uow: UnitOfWork, kandidaat_id: UUID, besluit_id: UUID, intrekking: Intrekking
) -> Genomen:
    """Raises NietGevonden and what Kandidaat.trek_in raises."""
    kandidaat = await store.neem(uow, kandidaat_id)
    genomen = kandidaat.met_nummer(besluit_id)
    if genomen is None:
        raise NietGevonden
    ingetrokken: Genomen = kandidaat.trek_in(genomen, intrekking, afspraken=gemeenten().afspraken)
    await besluiten.voeg_intrekking_toe(uow, kandidaat, besluit_id, intrekking)
    await store.bewaar(uow, kandidaat)
    await vrijstelling_vervalt(uow, kandidaat_id, besluit_id)
    uow.emit(
        contract.BesluitIngetrokken(
            kandidaat_id=kandidaat_id,
            gemeentecode=kandidaat.gemeentecode,
            besluit_id=besluit_id,
            soort=contract.Besluitsoort(genomen.soort),
            ingangsdatum=intrekking.ingangsdatum,
        ),
        afnemers=afnemers(kandidaat),
    )
    return ingetrokken
