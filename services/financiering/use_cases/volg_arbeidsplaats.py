"""Follow a place at WSD from its start to its end, for whichever gemeente has the kandidaat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from chassis.unit_of_work import UnitOfWork
from services.financiering.domain.arbeidsplaats import Arbeidsplaats
from services.financiering.domain.kalender import EEN_DAG
from services.financiering.store import arbeidsplaatsen, kandidaten
from services.financiering.use_cases.reken_begeleiding_toe import plan_toerekening


async def begin_arbeidsplaats(uow: UnitOfWork, gemeentecode: str, plaats: Arbeidsplaats) -> None:
    """A placement of a kind that can be a place at WSD has started."""
    await kandidaten.neem(uow, plaats.kandidaat_id, gemeentecode, wsd=True)
    await arbeidsplaatsen.voeg_toe(uow, gemeentecode, plaats)
    await plan_toerekening(uow, gemeentecode)


async def wijzig_einde_arbeidsplaats(
    uow: UnitOfWork, kandidaat_id: UUID, gemeentecode: str, plaatsing_id: UUID, laatste_dag: date
) -> None:
    """It ended or will, or goes on longer. Nothing for a placement of another kind."""
    await kandidaten.neem(uow, kandidaat_id, gemeentecode, wsd=True)
    if await arbeidsplaatsen.wijzig_einde(uow, gemeentecode, plaatsing_id, laatste_dag):
        await plan_toerekening(uow, gemeentecode)


async def volg_doelgroep(uow: UnitOfWork, kandidaat_id: UUID, gemeentecode: str) -> None:
    """Of the Wsw or not: heard with the doorverwijzing, under its lock."""
    if await arbeidsplaatsen.neem_doelgroep_over(uow, kandidaat_id):
        await plan_toerekening(uow, gemeentecode)


async def geef_arbeidsplaatsen_af(
    uow: UnitOfWork, kandidaat_id: UUID, gemeentecode: str, ingangsdatum: date
) -> Sequence[Arbeidsplaats]:
    """The day before is the last for the gemeente that hands over; returns what the other gets."""
    await kandidaten.op_slot(uow, kandidaat_id)
    afgegeven = await arbeidsplaatsen.geef_af(
        uow, gemeentecode, kandidaat_id, ingangsdatum - EEN_DAG
    )
    if afgegeven:
        await plan_toerekening(uow, gemeentecode)
    return afgegeven


async def neem_arbeidsplaatsen_over(
    uow: UnitOfWork, gemeentecode: str, plaatsen: Sequence[Arbeidsplaats], vanaf: date
) -> None:
    """From a day on they are of this gemeente, in its own order of first days."""
    for plaats in plaatsen:
        eigen = replace(plaats, begin=max(plaats.begin, vanaf))
        await arbeidsplaatsen.voeg_toe(uow, gemeentecode, eigen)
    if plaatsen:
        await plan_toerekening(uow, gemeentecode)
