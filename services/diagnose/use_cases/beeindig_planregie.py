"""A planregie is over."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from chassis.clock import local_date
from chassis.unit_of_work import UnitOfWork
from contracts.diagnose import PlanregieBeeindigd
from services.diagnose.afnemers import afnemers
from services.diagnose.domain.planregie import Planregie, RedenEinde
from services.diagnose.domain.termijn import Diagnosetermijnsoort
from services.diagnose.store import planregies
from services.diagnose.use_cases.bewaak_termijn import laat_termijn_vervallen


async def beeindig_planregie(
    uow: UnitOfWork,
    dossier_id: UUID,
    planregie_id: UUID,
    op: date,
    reden: RedenEinde,
    toelichting: str,
) -> Planregie:
    """The tussenrapportage is due no longer, an eindrapportage is: it tells how it ended.

    Raises NietGevonden and what Planregie.beeindig raises.
    """
    dossier, planregie = await planregies.neem(uow, dossier_id, planregie_id)
    planregie.beeindig(op, reden, toelichting, local_date(uow.now))
    await planregies.bewaar(uow, dossier, planregie)
    await laat_termijn_vervallen(
        uow, dossier, Diagnosetermijnsoort.TUSSENRAPPORTAGE, str(planregie_id)
    )
    uow.emit(
        PlanregieBeeindigd(
            kandidaat_id=dossier.kandidaat_id,
            gemeentecode=dossier.gemeentecode,
            dossier_id=dossier_id,
            planregie_id=planregie_id,
            beeindigd_op=op,
        ),
        afnemers=afnemers(dossier),
    )
    return planregie
