"""An organisation keeps a doorrekening under a name, and later keeps another version of it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

from chassis.unit_of_work import UnitOfWork
from services.financiering.domain.scenario import Inhoud, Scenario, eis_eigenaar
from services.financiering.store import scenarios


async def bewaar_scenario(uow: UnitOfWork, inhoud: Inhoud) -> Scenario:
    """The organisation becomes the eigenaar; nobody else sees it until it is shared."""
    scenario_id = uuid4()
    await scenarios.voeg_toe(uow, scenario_id, inhoud)
    return await scenarios.neem(uow, scenario_id)


async def herzie_scenario(
    uow: UnitOfWork, scenario_id: UUID, inhoud: Inhoud, eis_versie: Callable[[int], None]
) -> Scenario:
    """Keep a next version; those before stay as they are.

    eis_versie: refuses when the caller looked at another version than counts.
    Raises NietGevonden, NietUwScenario, VersieVerouderd.
    """
    scenario = await scenarios.neem(uow, scenario_id)
    eis_eigenaar(scenario.nieuwste.eigenaar, uow.organisation)
    eis_versie(scenario.stand)
    await scenarios.voeg_versie_toe(uow, scenario, inhoud)
    return await scenarios.neem(uow, scenario_id)
