"""A kandidaat went to another gemeente: the dossier, and what is known of a jongere, go along."""

from __future__ import annotations

from uuid import UUID

from chassis.unit_of_work import UnitOfWork
from services.diagnose.store import jongeren
from services.diagnose.store.overdracht import GAAT_MEE


async def neem_over(uow: UnitOfWork, kandidaat_id: UUID, naar_gemeente: str) -> None:
    """Nothing when that gemeente has the kandidaat here already."""
    if naar_gemeente != uow.organisation:
        await jongeren.op_slot(uow, kandidaat_id)
        await uow.hand_over(kandidaat_id, naar_gemeente, GAAT_MEE)
