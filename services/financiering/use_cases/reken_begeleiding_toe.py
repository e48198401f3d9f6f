"""Decide again who pays the guidance on the placements of a gemeente, and whether its budgets do.

One deadline per gemeente, due at once, does it for all that was learned until then: its row is the
lock, so that what is said of a placement has one order, and the kandidaten need no lock of theirs.
"""

from __future__ import annotations

from datetime import date, datetime, time
from fractions import Fraction
from typing import Final
from uuid import UUID, uuid5

from chassis.clock import NEDERLAND, local_date
from chassis.tenancy import WSD
from chassis.timers import Deadline
from chassis.unit_of_work import Reading, UnitOfWork
from contracts import financiering as contract
from services.financiering.domain.begeleiding import (
    TenLasteVan,
    dagen_in,
    reken_toe,
    te_melden,
)
from services.financiering.domain.budget import Budgetsoort, Dagkosten, overschrijding
from services.financiering.domain.kalender import EEN_DAG
from services.financiering.store import arbeidsplaatsen, budgetten
from services.financiering.store.arbeidsplaatsen import Begeleid
from services.financiering.store.budgetten import Budget

TOEREKENING: Final = "begeleiding-toerekenen"
_NAAM: Final = UUID("6f0c3a52-5c1e-4c0b-9a3e-2f7a4f0d8b11")
"""Namespace of the identification of a gemeente's deadline."""


async def plan_toerekening(uow: UnitOfWork, gemeentecode: str) -> None:
    """After something changed that may change who pays, or whether a budget is enough."""
    await uow.schedule(
        TOEREKENING,
        aggregate_id=uuid5(_NAAM, gemeentecode),
        gemeentecode=gemeentecode,
        due_at=uow.now,
    )


async def reken_begeleiding_toe(uow: UnitOfWork, termijn: Deadline) -> None:
    """Says what reads otherwise than it was said before, of kandidaten that this gemeente has.

    Again each day where kandidaten went to another gemeente: what is heard of them there may change
    days of this one, and whoever hears it cannot set a deadline for another.
    """
    gemeentecode = termijn.gemeentecode
    geplaatst = await arbeidsplaatsen.begeleid(uow, gemeentecode)
    bekend = await budgetten.begeleiding(uow, gemeentecode)
    toegerekend = reken_toe((b.plaatsing for b in geplaatst), bekend)
    gemeld = await arbeidsplaatsen.gemeld(uow, gemeentecode)
    nieuw = []
    # What is of another gemeente now is told by what holds there.
    eigen = {b.plaatsing.plaatsing_id: b for b in geplaatst if not b.afgegeven}
    for plaatsing_id, begeleid in eigen.items():
        for vanaf, wie in te_melden(
            gemeld.get(plaatsing_id, {}), toegerekend.get(plaatsing_id, ())
        ):
            nieuw.append((plaatsing_id, vanaf, wie))
            _meld(uow, gemeentecode, begeleid, vanaf, wie)
    await arbeidsplaatsen.bewaar_gemeld(uow, gemeentecode, nieuw)
    await _bewaak_budgetten(uow, gemeentecode)
    if await arbeidsplaatsen.is_er_afgegeven(uow, gemeentecode):
        await uow.schedule(
            TOEREKENING,
            aggregate_id=uuid5(_NAAM, gemeentecode),
            gemeentecode=gemeentecode,
            due_at=datetime.combine(local_date(uow.now) + EEN_DAG, time(), NEDERLAND),
        )


async def kosten_van(uow: Reading, budget: Budget) -> list[Dagkosten] | None:
    """What is committed on a budget in its year; None for a kind of which nothing is heard here.

    The guidance is that of all placements at WSD, also what the stimulus bears: what it would take
    of the gemeente without the stimulus.
    """
    match budget.soort:
        case Budgetsoort.BUIG:
            return await budgetten.lks_kosten(uow, budget.gemeentecode, budget.jaar)
        case Budgetsoort.BEGELEIDING_NIEUWE_DOELGROEP:
            per_plaats = budget.geldt.per_plaats or 0
            return [
                Dagkosten(
                    b.plaatsing.plaatsing_id,
                    b.plaatsing.begin,
                    b.plaatsing.begin,
                    b.plaatsing.laatste_dag,
                    Fraction(per_plaats) / dagen_in(budget.jaar),
                )
                for b in await arbeidsplaatsen.begeleid(uow, budget.gemeentecode)
            ]
        case _:
            return None


async def _bewaak_budgetten(uow: UnitOfWork, gemeentecode: str) -> None:
    """Says of each budget once, each time it becomes so, that it will not do."""
    eigen = await arbeidsplaatsen.kandidaat_per_plaatsing(uow, gemeentecode)
    for budget in await budgetten.van_jaren(uow, gemeentecode, local_date(uow.now).year):
        kosten = await kosten_van(uow, budget)
        if kosten is None:
            continue
        jaar, bedrag = budget.jaar, budget.geldt.bedrag
        te_veel = overschrijding(kosten, jaar, bedrag) is not None
        if te_veel == budget.overschreden:
            continue
        # Of a kandidaat who went to another gemeente nothing is said here: the next one is named,
        # and when there is none it is said with the first that comes.
        over = overschrijding(kosten, jaar, bedrag, van=eigen) if te_veel else None
        if te_veel and over is None:
            continue
        await budgetten.bewaar_overschreden(uow, budget.budget_id, overschreden=te_veel)
        if over is not None:
            uow.emit(
                contract.BudgetOverschreden(
                    kandidaat_id=eigen[over.plaatsing_id],
                    gemeentecode=gemeentecode,
                    plaatsing_id=over.plaatsing_id,
                    budget_id=budget.budget_id,
                    jaar=jaar,
                    budget=contract.Budgetsoort(budget.soort),
                    overschreden_per=over.per,
                ),
                afnemers={gemeentecode, WSD},
            )


def _meld(
    uow: UnitOfWork, gemeentecode: str, begeleid: Begeleid, vanaf: date, wie: TenLasteVan
) -> None:
    uow.emit(
        contract.BegeleidingToegerekend(
            kandidaat_id=begeleid.kandidaat_id,
            gemeentecode=gemeentecode,
            plaatsing_id=begeleid.plaatsing.plaatsing_id,
            ten_laste_van=contract.TenLasteVan(wie),
            vanaf=vanaf,
        ),
        # A placement at WSD is one that WSD knows of.
        afnemers={gemeentecode, WSD},
    )
