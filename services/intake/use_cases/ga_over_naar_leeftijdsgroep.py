"""A birthday moves a kandidaat to the next age group of the minimum wage."""

from __future__ import annotations

from uuid import UUID

from chassis.clock import local_date
from chassis.timers import Deadline
from chassis.unit_of_work import UnitOfWork
from contracts import intake as contract
from contracts.gebeurtenis import Leeftijdsgroep
from services.intake import persoonsgegevens, store
from services.intake.afnemers import afnemers
from services.intake.domain.leeftijdsgroep import verjaardag_in
from services.intake.use_cases.verwijs_door import plan_leeftijdsovergang


async def ga_over_naar_leeftijdsgroep(uow: UnitOfWork, termijn: Deadline) -> None:
    """Say the new age group and the first day of its month, never the birthday itself."""
    kandidaat_id: UUID = termijn.aggregate_id
    kandidaat = await store.neem(uow, kandidaat_id)
    uow.emit(
        contract.LeeftijdsgroepGewijzigd(
            kandidaat_id=kandidaat_id,
            gemeentecode=kandidaat.gemeentecode,
            leeftijdsgroep=Leeftijdsgroep(termijn.key),
            ingangsmaand=local_date(termijn.due_at),
        ),
        afnemers=afnemers(kandidaat),
    )
    geboortedatum = await persoonsgegevens.geboortedatum(uow, kandidaat_id)
    maand = local_date(termijn.due_at)
    await plan_leeftijdsovergang(
        uow, kandidaat, geboortedatum, na=verjaardag_in(geboortedatum, maand.year)
    )
