"""The werk-ontwikkelplan of a placement is made, or another version of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from chassis.clock import local_date
from chassis.unit_of_work import UnitOfWork
from contracts.plaatsing import WerkOntwikkelplanVastgesteld
from services.plaatsing.afnemers import afnemers
from services.plaatsing.domain.bevoegdheid import eis_begeleidt
from services.plaatsing.domain.fouten import PlanBestaatAl
from services.plaatsing.domain.kandidaat import Kandidaat
from services.plaatsing.domain.termijn import Plaatsingstermijnsoort
from services.plaatsing.domain.verleden import eis_gebeurd, eis_loopt_nog
from services.plaatsing.domain.werk_ontwikkelplan import (
    Partij,
    Planinhoud,
    Planversie,
    WerkOntwikkelplan,
)
from services.plaatsing.store import plaatsingen, werk_ontwikkelplannen
from services.plaatsing.use_cases.bewaak_termijn import herhaal_termijn


@dataclass(frozen=True, slots=True)
class VastTeStellen:
    """What is agreed, since when, and with whom it was talked over."""

    vastgesteld_op: date
    besproken_met: tuple[Partij, ...]
    inhoud: Planinhoud

    def door(self, organisatie: str) -> Planversie:
        return Planversie(self.vastgesteld_op, organisatie, self.besproken_met, self.inhoud)


async def stel_werk_ontwikkelplan_vast(
    uow: UnitOfWork, plaatsing_id: UUID, vast_te_stellen: VastTeStellen
) -> WerkOntwikkelplan:
    """Raises NietGevonden, NietBevoegd, PlaatsingAlBeeindigd, PlanBestaatAl, DatumInToekomst and
    OngeldigWerkOntwikkelplan.
    """
    kandidaat, bewaard = await plaatsingen.neem(uow, plaatsing_id)
    eis_begeleidt(bewaard.geplaatst_door, uow.organisation)
    eis_loopt_nog(bewaard.plaatsing)
    if await werk_ontwikkelplannen.heeft_plan(uow, plaatsing_id):
        raise PlanBestaatAl("Herzie het plan dat er is.")
    eis_gebeurd(vast_te_stellen.vastgesteld_op, local_date(uow.now))
    plan = WerkOntwikkelplan(
        plan_id=uuid4(),
        plaatsing_id=plaatsing_id,
        kandidaat_id=kandidaat.kandidaat_id,
        gemeentecode=kandidaat.gemeentecode,
        versies=(vast_te_stellen.door(uow.organisation),),
    )
    await werk_ontwikkelplannen.bewaar(uow, plan)
    await herhaal_termijn(
        uow,
        bewaard.plaatsing,
        Plaatsingstermijnsoort.EVALUATIE_WERK_ONTWIKKELPLAN,
        op=plan.geldend.vastgesteld_op,
        uiterlijk=plan.evaluatie_uiterlijk,
    )
    _zeg(uow, kandidaat, plan)
    return plan


async def herzie_werk_ontwikkelplan(
    uow: UnitOfWork,
    plan_id: UUID,
    vast_te_stellen: VastTeStellen,
    eis_versie: Callable[[int], None],
) -> WerkOntwikkelplan:
    """The next evaluation stays due when it was.

    eis_versie: refuses when the caller looked at another version than the one that counts.
    Raises NietGevonden, VersieVerouderd, NietBevoegd, PlaatsingAlBeeindigd, DatumInToekomst and
    what WerkOntwikkelplan.herzie raises.
    """
    kandidaat, bewaard, plan = await werk_ontwikkelplannen.neem(uow, plan_id)
    eis_begeleidt(bewaard.geplaatst_door, uow.organisation)
    eis_loopt_nog(bewaard.plaatsing)
    eis_versie(plan.wijzigingen)
    eis_gebeurd(vast_te_stellen.vastgesteld_op, local_date(uow.now))
    plan = plan.herzie(vast_te_stellen.door(uow.organisation))
    await werk_ontwikkelplannen.bewaar(uow, plan)
    _zeg(uow, kandidaat, plan)
    return plan


def _zeg(uow: UnitOfWork, kandidaat: Kandidaat, plan: WerkOntwikkelplan) -> None:
    uow.emit(
        WerkOntwikkelplanVastgesteld(
            kandidaat_id=plan.kandidaat_id,
            gemeentecode=plan.gemeentecode,
            plaatsing_id=plan.plaatsing_id,
            plan_id=plan.plan_id,
            vastgesteld_op=plan.geldend.vastgesteld_op,
            evaluatie_uiterlijk=plan.evaluatie_uiterlijk,
        ),
        afnemers=afnemers(kandidaat),
    )
