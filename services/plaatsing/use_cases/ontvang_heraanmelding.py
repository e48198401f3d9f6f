"""A kandidaat begins again at the gate: what was decided before counts no more."""

from __future__ import annotations

from uuid import UUID

from chassis.unit_of_work import UnitOfWork
from services.plaatsing.store import kandidaten


async def ontvang_heraanmelding(uow: UnitOfWork, kandidaat_id: UUID, gemeentecode: str) -> None:
    """A new placement waits for a new trajectbesluit; plaatsingen and loonwaarde stay."""
    await kandidaten.neem_of_maak(uow, kandidaat_id, gemeentecode)
    await kandidaten.verwijder_trajectbesluiten(uow, kandidaat_id)
    await kandidaten.bewaar_uitstroom(uow, kandidaat_id, None)
