"""WSD begins the diagnosis of a kandidaat."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from chassis.unit_of_work import UnitOfWork
from contracts.diagnose import DiagnoseGestart
from services.diagnose.afnemers import afnemers
from services.diagnose.domain.dossier import Dossier
from services.diagnose.store import dossiers


async def start_diagnose(uow: UnitOfWork, dossier_id: UUID, op: date) -> Dossier:
    """Raises NietGevonden and what Dossier.start_diagnose raises."""
    dossier = await dossiers.neem(uow, dossier_id)
    dossier.start_diagnose(op)
    await dossiers.bewaar(uow, dossier)
    uow.emit(
        DiagnoseGestart(
            kandidaat_id=dossier.kandidaat_id,
            gemeentecode=dossier.gemeentecode,
            dossier_id=dossier_id,
            gestart_op=op,
        ),
        afnemers=afnemers(dossier),
    )
    return dossier
