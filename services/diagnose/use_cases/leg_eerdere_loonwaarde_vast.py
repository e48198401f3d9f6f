"""A loonwaarde of before the uniform method is kept, to be read."""

from __future__ import annotations

from uuid import UUID

from chassis.unit_of_work import UnitOfWork
from services.diagnose.domain.loonwaarde import EerdereLoonwaarde
from services.diagnose.store import dossiers, loonwaarden


async def leg_eerdere_loonwaarde_vast(
    uow: UnitOfWork, dossier_id: UUID, eerdere: EerdereLoonwaarde
) -> EerdereLoonwaarde:
    """Raises NietGevonden."""
    dossier = await dossiers.neem(uow, dossier_id)
    await loonwaarden.voeg_eerdere_toe(uow, dossier, eerdere)
    return eerdere
