"""The gemeente referred a kandidaat to WSD: a dossier is opened."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from chassis.unit_of_work import UnitOfWork
from services.diagnose.domain.dossier import Dossier
from services.diagnose.store import dossiers
from services.diagnose.use_cases.bepaal_ladder import volg_werk
from services.diagnose.use_cases.ontvang_uitstroom import ontvang_terugval


async def open_dossier(
    uow: UnitOfWork, *, kandidaat_id: UUID, gemeentecode: str, doorverwezen_op: date
) -> bool:
    """False when the kandidaat already has a dossier: it goes on in that one.

    Plaatsing may have said something before: the trede follows from it.
    """
    dossier = Dossier.open(
        dossier_id=uuid4(),
        kandidaat_id=kandidaat_id,
        gemeentecode=gemeentecode,
        doorverwezen_op=doorverwezen_op,
    )
    if await dossiers.open_dossier(uow, dossier):
        await volg_werk(uow, dossier)
        return True
    await ontvang_terugval(uow, kandidaat_id)
    return False
