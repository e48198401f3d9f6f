"""A besluit has been sent to the kandidaat: it takes effect, and the bezwaartermijn runs."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from chassis.clock import local_date
from chassis.unit_of_work import UnitOfWork
from chassis.web.problems import NietGevonden
from services.intake import besluiten, store
from services.intake.domain.besluit import Besluit
from services.intake.gemeenten import gemeenten
from services.intake.use_cases.wettelijke_termijnen import begin_bezwaartermijn


async def maak_besluit_bekend(
    uow: UnitOfWork, kandidaat_id: UUID, besluit_id: UUID, op: date
) -> Besluit:
    """Raises NietGevonden and what Kandidaat.maak_bekend raises."""
    kandidaat = await store.neem(uow, kandidaat_id)
    genomen = kandidaat.met_nummer(besluit_id)
    if genomen is None:
        raise NietGevonden
    bekend = kandidaat.maak_bekend(
        genomen,
        op,
        door=uow.organisation,
        vandaag=local_date(uow.now),
        afspraken=gemeenten().afspraken,
    )
    await besluiten.bewaar_bekendmaking(uow, bekend.besluit)
    await store.bewaar(uow, kandidaat)
    await begin_bezwaartermijn(uow, kandidaat, bekend.besluit)
    await uow.log_processing(
        "besluit bekendgemaakt",
        kandidaat_id=kandidaat_id,
        gemeentecode=kandidaat.gemeentecode,
        activity="intake/besluit-bekendmaken",
    )
    return bekend.besluit
