"""The loonwaardedeskundige establishes what the kandidaat's work is worth."""

from __future__ import annotations

from uuid import UUID

from chassis.unit_of_work import UnitOfWork
from contracts.diagnose import LoonwaardeVastgesteld
from services.diagnose.afnemers import afnemers
from services.diagnose.domain.loonwaarde import Loonwaardemeting
from services.diagnose.store import dossiers


async def stel_loonwaarde_vast(
    uow: UnitOfWork, dossier_id: UUID, meting: Loonwaardemeting
) -> Loonwaardemeting:
    """Raises NietGevonden and what Dossier.stel_loonwaarde_vast raises."""
    dossier = await dossiers.neem(uow, dossier_id)
    loonwaarde = dossier.stel_loonwaarde_vast(meting)
    await dossiers.voeg_loonwaarde_toe(uow, dossier, meting)
    await dossiers.bewaar(uow, dossier)
    uow.emit(
        LoonwaardeVastgesteld(
            kandidaat_id=dossier.kandidaat_id,
            gemeentecode=dossier.gemeentecode,
            dossier_id=dossier_id,
            meting_id=meting.meting_id,
            loonwaarde=loonwaarde,
            vastgesteld_op=meting.vastgesteld_op,
            ingangsdatum=meting.ingangsdatum,
            methode="uniform-2021",
        ),
        afnemers=afnemers(dossier),
    )
    return meting
