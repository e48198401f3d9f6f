"""A kandidaat has flowed out, or is back: whether a placement may begin, and part of the story."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from chassis.unit_of_work import UnitOfWork
from services.plaatsing.domain.levensloop import Uitstroomfeit, Uitstroomsoort
from services.plaatsing.store import kandidaten


async def ontvang_uitstroom(
    uow: UnitOfWork,
    kandidaat_id: UUID,
    gemeentecode: str,
    op: date,
    bestemming: str,
    *,
    volgorde: int,
) -> None:
    """What runs goes on until someone ends it: a job can be why the kandidaat flowed out."""
    await kandidaten.neem_of_maak(uow, kandidaat_id, gemeentecode)
    await kandidaten.bewaar_uitstroom(uow, kandidaat_id, op)
    feit = Uitstroomfeit(Uitstroomsoort.UITSTROOM, op, bestemming)
    await kandidaten.voeg_uitstroomfeit_toe(uow, kandidaat_id, gemeentecode, feit, volgorde)


async def ontvang_terugval(
    uow: UnitOfWork, kandidaat_id: UUID, gemeentecode: str, op: date, *, volgorde: int
) -> None:
    """All is as it was before the uitstroom."""
    await kandidaten.neem_of_maak(uow, kandidaat_id, gemeentecode)
    await kandidaten.bewaar_uitstroom(uow, kandidaat_id, None)
    feit = Uitstroomfeit(Uitstroomsoort.TERUGVAL, op)
    await kandidaten.voeg_uitstroomfeit_toe(uow, kandidaat_id, gemeentecode, feit, volgorde)
