"""The eigenaar of a scenario says who else sees it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from uuid import UUID

from chassis.unit_of_work import UnitOfWork
from services.financiering.domain.scenario import Scenario, eis_eigenaar
from services.financiering.store import scenarios


async def deel_scenario(
    uow: UnitOfWork,
    scenario_id: UUID,
    organisaties: Collection[str],
    eis_versie: Callable[[int], None],
) -> Scenario:
    """These and no others see it from now on, with all its versions; they change nothing of it.

    organisaties: gemeentecodes or ``wsd``. Raises NietGevonden, NietUwScenario, VersieVerouderd.
    """
    scenario = await scenarios.neem(uow, scenario_id)
    eis_eigenaar(scenario.nieuwste.eigenaar, uow.organisation)
    eis_versie(scenario.stand)
    await scenarios.deel(uow, scenario_id, set(organisaties) - {uow.organisation})
    return await scenarios.neem(uow, scenario_id)
