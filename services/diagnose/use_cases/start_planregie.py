"""A planregie begins, or it is clear that it will not."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from chassis.clock import local_date
from chassis.unit_of_work import UnitOfWork
from contracts.diagnose import PlanregieGestart
from services.diagnose.afnemers import afnemers
from services.diagnose.domain.planregie import Planregie, RedenNietGestart
from services.diagnose.domain.termijn import Diagnosetermijnsoort
from services.diagnose.store import planregies
from services.diagnose.use_cases.bewaak_termijn import begin_termijn


async def start_planregie(
    uow: UnitOfWork, dossier_id: UUID, planregie_id: UUID, op: date
) -> Planregie:
    """Raises NietGevonden and what Planregie.start raises."""
    dossier, planregie = await planregies.neem(uow, dossier_id, planregie_id)
    planregie.start(op, local_date(uow.now))
    await planregies.bewaar(uow, dossier, planregie)
    for soort, laatste_dag in (
        (Diagnosetermijnsoort.TUSSENRAPPORTAGE, planregie.drie_maanden),
        (Diagnosetermijnsoort.EINDRAPPORTAGE, planregie.zes_maanden),
    ):
        await begin_termijn(
            uow,
            dossier,
            soort,
            begonnen_op=op,
            laatste_dag=laatste_dag,
            kenmerk=str(planregie_id),
        )
    uow.emit(
        PlanregieGestart(
            kandidaat_id=dossier.kandidaat_id,
            gemeentecode=dossier.gemeentecode,
            dossier_id=dossier_id,
            planregie_id=planregie_id,
            gestart_op=op,
            einddatum=planregie.geplande_einddatum,
        ),
        afnemers=afnemers(dossier),
    )
    return planregie


async def start_planregie_niet(
    uow: UnitOfWork,
    dossier_id: UUID,
    planregie_id: UUID,
    op: date,
    reden: RedenNietGestart,
    toelichting: str,
) -> Planregie:
    """Raises NietGevonden and what Planregie.start_niet raises."""
    dossier, planregie = await planregies.neem(uow, dossier_id, planregie_id)
    planregie.start_niet(op, reden, toelichting, local_date(uow.now))
    await planregies.bewaar(uow, dossier, planregie)
    await uow.log_processing(
        "planregie niet gestart",
        kandidaat_id=dossier.kandidaat_id,
        gemeentecode=dossier.gemeentecode,
        activity="diagnose/planregie",
    )
    return planregie
