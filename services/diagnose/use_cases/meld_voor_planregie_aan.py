"""A kandidaat is put forward for planregie."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from chassis.clock import local_date
from chassis.unit_of_work import UnitOfWork
from services.diagnose.domain.planregie import Planregie, meld_aan
from services.diagnose.store import dossiers, planregies


async def meld_voor_planregie_aan(uow: UnitOfWork, dossier_id: UUID, op: date) -> Planregie:
    """Raises NietGevonden and what meld_aan raises."""
    dossier = await dossiers.neem(uow, dossier_id)
    planregie = meld_aan(
        await planregies.alle_van(uow, dossier),
        uuid4(),
        op,
        niet_voor=dossier.geopend_op,
        vandaag=local_date(uow.now),
    )
    await planregies.bewaar(uow, dossier, planregie)
    await uow.log_processing(
        "planregie aangemeld",
        kandidaat_id=dossier.kandidaat_id,
        gemeentecode=dossier.gemeentecode,
        activity="diagnose/planregie",
    )
    return planregie
