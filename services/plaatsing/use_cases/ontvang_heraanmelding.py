"""A kandidaat begins again at the gate: what was decided before counts no more."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from chassis.unit_of_work import UnitOfWork
from services.plaatsing.domain.levensloop import Uitstroomfeit, Uitstroomsoort
from services.plaatsing.store import kandidaten


async def ontvang_heraanmelding(
    uow: UnitOfWork, kandidaat_id: UUID, gemeentecode: str, op: date, *, volgorde: int
) -> None:
    """A new placement waits for new besluiten; plaatsingen and loonwaarde stay."""
    await kandidaten.neem_of_maak(uow, kandidaat_id, gemeentecode)
    await kandidaten.verwijder_besluiten(uow, kandidaat_id)
    await kandidaten.bewaar_uitstroom(uow, kandidaat_id, None)
    feit = Uitstroomfeit(Uitstroomsoort.HERAANMELDING, op)
    await kandidaten.voeg_uitstroomfeit_toe(uow, kandidaat_id, gemeentecode, feit, volgorde)
