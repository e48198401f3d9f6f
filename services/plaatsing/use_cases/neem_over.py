"""A kandidaat went to another gemeente, with what was heard of them and their plaatsingen."""

from __future__ import annotations

from uuid import UUID

from chassis.unit_of_work import UnitOfWork
from services.plaatsing.store import kandidaten


async def neem_over(uow: UnitOfWork, kandidaat_id: UUID, naar_gemeente: str) -> None:
    """Who placed for the gemeente that hands over, does so now for the one that receives.

    Nothing when that gemeente has the kandidaat here already.
    """
    if naar_gemeente != uow.organisation:
        await kandidaten.op_slot(uow, kandidaat_id)
        await uow.hand_over(kandidaat_id, naar_gemeente, kandidaten.GAAT_MEE)
