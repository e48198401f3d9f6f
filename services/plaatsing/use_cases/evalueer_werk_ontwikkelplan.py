"""A werk-ontwikkelplan is evaluated, and due again three months later."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from chassis.clock import local_date
from chassis.unit_of_work import UnitOfWork
from contracts.plaatsing import WerkOntwikkelplanGeevalueerd
from services.plaatsing.afnemers import afnemers
from services.plaatsing.domain.bevoegdheid import eis_begeleidt
from services.plaatsing.domain.termijn import Plaatsingstermijnsoort
from services.plaatsing.domain.verleden import eis_gebeurd, eis_loopt_nog
from services.plaatsing.domain.werk_ontwikkelplan import (
    Evaluatie,
    Evaluatieuitkomst,
    Partij,
    WerkOntwikkelplan,
)
from services.plaatsing.store import werk_ontwikkelplannen
from services.plaatsing.use_cases.bewaak_termijn import herhaal_termijn


async def evalueer_werk_ontwikkelplan(
    uow: UnitOfWork,
    plan_id: UUID,
    *,
    op: date,
    besproken_met: tuple[Partij, ...],
    uitkomst: Evaluatieuitkomst,
    toelichting: str,
) -> WerkOntwikkelplan:
    """Raises NietGevonden, NietBevoegd, PlaatsingAlBeeindigd, DatumInToekomst, DatumPastNiet."""
    kandidaat, bewaard, plan = await werk_ontwikkelplannen.neem(uow, plan_id)
    eis_begeleidt(bewaard.geplaatst_door, uow.organisation)
    eis_loopt_nog(bewaard.plaatsing)
    eis_gebeurd(op, local_date(uow.now))
    plan = plan.evalueer(
        Evaluatie(uuid4(), op, uow.organisation, besproken_met, uitkomst, toelichting)
    )
    await werk_ontwikkelplannen.bewaar(uow, plan)
    await herhaal_termijn(
        uow,
        bewaard.plaatsing,
        Plaatsingstermijnsoort.EVALUATIE_WERK_ONTWIKKELPLAN,
        op=op,
        uiterlijk=plan.evaluatie_uiterlijk,
    )
    uow.emit(
        WerkOntwikkelplanGeevalueerd(
            kandidaat_id=plan.kandidaat_id,
            gemeentecode=plan.gemeentecode,
            plaatsing_id=plan.plaatsing_id,
            plan_id=plan_id,
            geevalueerd_op=op,
            evaluatie_uiterlijk=plan.evaluatie_uiterlijk,
        ),
        afnemers=afnemers(kandidaat),
    )
    return plan
