"""Another gemeente has the kandidaat from now on, with all subsidies, and pays from its date."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from chassis.unit_of_work import UnitOfWork
from services.financiering.store import kandidaten, overdracht
from services.financiering.use_cases.herbeoordeel import herbeoordeel


async def neem_over(
    uow: UnitOfWork,
    kandidaat_id: UUID,
    *,
    van_gemeente: str,
    naar_gemeente: str,
    ingangsdatum: date,
    volgorde: int,
) -> None:
    """What runs goes on unchanged; the new gemeente is told what it pays from ingangsdatum on.

    Of a kandidaat of whom nothing was heard before no other gemeente ever paid: there only goes who
    will have the kandidaat here. volgorde: place among all that intake said of this kandidaat.
    """
    bekend = await kandidaten.op_slot(uow, kandidaat_id)
    if naar_gemeente != uow.organisation:
        await uow.hand_over(kandidaat_id, naar_gemeente, overdracht.GAAT_MEE)
    if not bekend:
        return
    await kandidaten.voeg_overdracht_toe(
        uow,
        kandidaat_id,
        van_gemeente=van_gemeente,
        naar_gemeente=naar_gemeente,
        ingangsdatum=ingangsdatum,
        volgorde=volgorde,
    )
    await herbeoordeel(uow, kandidaat_id)
