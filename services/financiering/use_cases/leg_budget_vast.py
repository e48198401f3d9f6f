"""A gemeente records what the Rijk announced of a budget: the first time, or again."""

from __future__ import annotations

from chassis.tenancy import is_gemeente
from chassis.unit_of_work import UnitOfWork
from services.financiering.domain.budget import Budgetsoort, Budgetversie
from services.financiering.domain.fouten import BudgetVanGemeente
from services.financiering.store import budgetten
from services.financiering.store.budgetten import Budget
from services.financiering.use_cases.reken_begeleiding_toe import plan_toerekening


async def leg_budget_vast(
    uow: UnitOfWork, jaar: int, soort: Budgetsoort, versie: Budgetversie
) -> Budget:
    """Raises BudgetVanGemeente, OngeldigBudget."""
    if not is_gemeente(uow.organisation):
        raise BudgetVanGemeente("Laat de gemeente dit budget vastleggen; WSD leest mee.")
    versie.eis_past_bij(soort)
    budget = await budgetten.voeg_versie_toe(uow, uow.organisation, jaar, soort, versie)
    await plan_toerekening(uow, uow.organisation)
    return budget
