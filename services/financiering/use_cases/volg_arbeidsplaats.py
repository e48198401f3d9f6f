"""Follow a place at WSD from its start to its end, for every gemeente that has the kandidaat."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from chassis.unit_of_work import UnitOfWork
from services.financiering.domain.arbeidsplaats import Arbeidsplaats, perioden
from services.financiering.domain.lks_dossier import Doelgroep
from services.financiering.store import arbeidsplaatsen, kandidaten
from services.financiering.use_cases.reken_begeleiding_toe import plan_toerekening


async def begin_arbeidsplaats(uow: UnitOfWork, gemeentecode: str, plaats: Arbeidsplaats) -> None:
    """A placement of a kind that can be a place at WSD has started."""
    await kandidaten.neem(uow, plaats.kandidaat_id, gemeentecode, wsd=True)
    await arbeidsplaatsen.voeg_toe(uow, gemeentecode, plaats)
    await verdeel_arbeidsplaatsen(uow, plaats.kandidaat_id, gemeentecode)


async def wijzig_einde_arbeidsplaats(
    uow: UnitOfWork, kandidaat_id: UUID, gemeentecode: str, plaatsing_id: UUID, laatste_dag: date
) -> None:
    """It ended or will, or goes on longer. Nothing for a placement of another kind."""
    await kandidaten.neem(uow, kandidaat_id, gemeentecode, wsd=True)
    if await arbeidsplaatsen.wijzig_einde(uow, plaatsing_id, laatste_dag):
        await verdeel_arbeidsplaatsen(uow, kandidaat_id, gemeentecode)


async def geef_arbeidsplaatsen_af(uow: UnitOfWork, kandidaat_id: UUID, gemeentecode: str) -> None:
    """Before a gemeente hands over: others of its kandidaten may move up."""
    await kandidaten.op_slot(uow, kandidaat_id)
    if await arbeidsplaatsen.van_kandidaat(uow, kandidaat_id):
        await plan_toerekening(uow, gemeentecode)


async def verdeel_arbeidsplaatsen(uow: UnitOfWork, kandidaat_id: UUID, gemeentecode: str) -> None:
    """Decide again on which days each placement is of which gemeente, by all that is known now.

    Of a kandidaat under lock, whom this gemeente has. It keeps the days of those before it too:
    they do not hear any more when a placement began or ended (reken_begeleiding_toe looks again).
    """
    feiten = await kandidaten.feiten(uow, kandidaat_id)
    veranderd = False
    for plaats in await arbeidsplaatsen.van_kandidaat(uow, kandidaat_id):
        veranderd |= await arbeidsplaatsen.bewaar_perioden(
            uow,
            plaats,
            perioden(plaats, feiten.gemeenten, gemeentecode),
            wsw=feiten.doelgroep is Doelgroep.WSW,
            nu=gemeentecode,
        )
    if veranderd:
        await plan_toerekening(uow, gemeentecode)
