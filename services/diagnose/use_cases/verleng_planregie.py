"""A planregie goes on longer than planned."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from chassis.clock import local_date
from chassis.unit_of_work import UnitOfWork
from contracts.diagnose import PlanregieVerlengd
from services.diagnose.afnemers import afnemers
from services.diagnose.domain.planregie import Planregie
from services.diagnose.domain.termijn import Diagnosetermijnsoort
from services.diagnose.store import planregies
from services.diagnose.use_cases.bewaak_termijn import begin_termijn


def na_verlenging(planregie_id: UUID) -> str:
    """Which eindrapportage: the second, at the end of an extended traject."""
    return f"{planregie_id}/verlenging"


async def verleng_planregie(
    uow: UnitOfWork, dossier_id: UUID, planregie_id: UUID, op: date, einddatum: date, reden: str
) -> Planregie:
    """The eindrapportage at six months stays due; another is at the new end.

    Raises NietGevonden and what Planregie.verleng raises.
    """
    dossier, planregie = await planregies.neem(uow, dossier_id, planregie_id)
    planregie.verleng(op, einddatum, reden, local_date(uow.now))
    await planregies.bewaar(uow, dossier, planregie)
    await begin_termijn(
        uow,
        dossier,
        Diagnosetermijnsoort.EINDRAPPORTAGE,
        begonnen_op=op,
        laatste_dag=einddatum,
        kenmerk=na_verlenging(planregie_id),
    )
    uow.emit(
        PlanregieVerlengd(
            kandidaat_id=dossier.kandidaat_id,
            gemeentecode=dossier.gemeentecode,
            dossier_id=dossier_id,
            planregie_id=planregie_id,
            einddatum=einddatum,
        ),
        afnemers=afnemers(dossier),
    )
    return planregie
