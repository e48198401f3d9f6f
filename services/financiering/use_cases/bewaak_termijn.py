"""A term of a loonkostensubsidie is watched as long as the facts say that it runs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Final

from chassis.clock import NEDERLAND, local_date
from chassis.timers import Deadline
from chassis.unit_of_work import UnitOfWork
from contracts import financiering as contract
from services.financiering.afnemers import afnemers
from services.financiering.domain.lks_dossier import Loonkostensubsidie
from services.financiering.domain.termijn import Financieringstermijnsoort, Meting, termijnen_van
from services.financiering.store import kandidaten
from services.financiering.store.termijnen import TERMIJNEN

VERVAL: Final = "lks-termijn-vervalt"
"""Kind of the deadline on which a term no longer matters, where that is known ahead."""


async def bewaak_termijnen(
    uow: UnitOfWork, lks: Loonkostensubsidie, metingen: Sequence[Meting]
) -> None:
    """For a kandidaat under lock, after something was learned."""
    vandaag = local_date(uow.now)
    for termijn in termijnen_van(lks, metingen):
        vervalt_op = termijn.vervalt_op
        vervallen = vervalt_op is not None and vervalt_op <= vandaag
        await TERMIJNEN.volg(
            uow,
            lks,
            termijn.soort,
            begonnen_op=termijn.begonnen_op,
            laatste_dag=termijn.laatste_dag,
            gehaald_op=termijn.gehaald_op,
            vervallen=vervallen,
            blijft_gehaald=termijn.soort is Financieringstermijnsoort.BESLISSING_LKS,
        )
        if vervalt_op is not None and not vervallen:
            await uow.schedule(
                VERVAL,
                aggregate_id=lks.lks_id,
                gemeentecode=lks.gemeentecode,
                due_at=datetime.combine(vervalt_op, time(), NEDERLAND),
            )


async def bij_einde(uow: UnitOfWork, deadline: Deadline) -> None:
    """The last day is over. Nothing to do when the term was met or moved since."""
    kandidaat_id, gemeentecode = deadline.aggregate_id, deadline.gemeentecode
    await kandidaten.neem(uow, kandidaat_id, gemeentecode, wsd=False)
    verstreken = await TERMIJNEN.verstrijk(uow, deadline)
    if verstreken is None:
        return
    uow.emit(
        contract.FinancieringstermijnVerstreken(
            kandidaat_id=kandidaat_id,
            gemeentecode=gemeentecode,
            lks_id=verstreken.van_id,
            termijn_id=verstreken.termijn_id,
            soort=contract.Financieringstermijnsoort(verstreken.soort),
            laatste_dag=verstreken.laatste_dag,
        ),
        afnemers=await afnemers(uow, kandidaat_id, gemeentecode),
    )
