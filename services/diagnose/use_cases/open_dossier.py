"""The gemeente referred a kandidaat to WSD: a dossier is opened."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from chassis.unit_of_work import UnitOfWork
from services.diagnose.domain.dossier import Dossier
from services.diagnose.store import dossiers


async def open_dossier(
    uow: UnitOfWork, *, kandidaat_id: UUID, gemeentecode: str, doorverwezen_op: date
) -> bool:
    """False when the kandidaat already has a dossier: it goes on in that one."""
    dossier = Dossier.open(
        dossier_id=uuid4(),
        kandidaat_id=kandidaat_id,
        gemeentecode=gemeentecode,
        doorverwezen_op=doorverwezen_op,
    )
    return await dossiers.open_dossier(uow, dossier)
