"""The gemeente referred a kandidaat to WSD, which may see them from here on."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from chassis.unit_of_work import UnitOfWork
from services.plaatsing.domain.kandidaat import Doelgroep, Kandidaat
from services.plaatsing.store import kandidaten


async def ontvang_doorverwijzing(
    uow: UnitOfWork,
    *,
    kandidaat_id: UUID,
    gemeentecode: str,
    doorverwezen_op: date,
    doelgroep: Doelgroep,
) -> None:
    await kandidaten.neem_of_maak(uow, kandidaat_id, gemeentecode)
    await kandidaten.bewaar_doorverwijzing(
        uow, Kandidaat(kandidaat_id, gemeentecode, doorverwezen_op, doelgroep)
    )
