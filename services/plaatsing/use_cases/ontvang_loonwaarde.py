"""The loonwaarde of a kandidaat was established: loonkostensubsidie can rest on it."""

from __future__ import annotations

from uuid import UUID

from chassis.unit_of_work import UnitOfWork
from services.plaatsing.domain.kandidaat import VastgesteldeLoonwaarde
from services.plaatsing.store import kandidaten


async def ontvang_loonwaarde(
    uow: UnitOfWork,
    kandidaat_id: UUID,
    gemeentecode: str,
    meting_id: UUID,
    vastgesteld: VastgesteldeLoonwaarde,
) -> None:
    await kandidaten.neem_of_maak(uow, kandidaat_id, gemeentecode)
    await kandidaten.voeg_loonwaarde_toe(uow, kandidaat_id, gemeentecode, meting_id, vastgesteld)
