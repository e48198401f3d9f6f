"""The gemeente has ordered a traject: a placement may start on it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from chassis.unit_of_work import UnitOfWork
from services.plaatsing.store import kandidaten


async def ontvang_inkooporder(
    uow: UnitOfWork, kandidaat_id: UUID, gemeentecode: str, besluit_id: UUID, geplaatst_op: date
) -> None:
    await kandidaten.neem_of_maak(uow, kandidaat_id, gemeentecode)
    await kandidaten.bewaar_inkooporder(uow, besluit_id, geplaatst_op)
