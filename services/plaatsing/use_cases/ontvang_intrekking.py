"""A trajectbesluit was withdrawn: from its day on no placement starts on it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from chassis.unit_of_work import UnitOfWork
from services.plaatsing.store import kandidaten


async def ontvang_intrekking(
    uow: UnitOfWork, kandidaat_id: UUID, gemeentecode: str, besluit_id: UUID, per: date
) -> None:
    """A placement that runs goes on until someone ends it."""
    await kandidaten.neem_of_maak(uow, kandidaat_id, gemeentecode)
    await kandidaten.bewaar_intrekking(uow, besluit_id, per)
