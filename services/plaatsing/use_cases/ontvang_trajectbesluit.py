"""It was decided which traject a kandidaat follows: a placement may start on it."""

from __future__ import annotations

from uuid import UUID

from chassis.unit_of_work import UnitOfWork
from services.plaatsing.domain.kandidaat import Trajectbesluit
from services.plaatsing.store import kandidaten


async def ontvang_trajectbesluit(
    uow: UnitOfWork, kandidaat_id: UUID, gemeentecode: str, besluit: Trajectbesluit
) -> None:
    await kandidaten.neem_of_maak(uow, kandidaat_id, gemeentecode)
    await kandidaten.voeg_trajectbesluit_toe(uow, kandidaat_id, gemeentecode, besluit)
