"""A job with loonkostensubsidie has ended, and the subsidy with it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from chassis.unit_of_work import UnitOfWork
from services.financiering.domain.lks_toekenning import EindeLks
from services.financiering.store import kandidaten, loonkostensubsidies
from services.financiering.use_cases.herbeoordeel import herbeoordeel


async def verwerk_einde_plaatsing(
    uow: UnitOfWork,
    kandidaat_id: UUID,
    gemeentecode: str,
    plaatsing_id: UUID,
    laatste_dag: date,
    reden: EindeLks,
) -> None:
    """No amount after the last day, and no more deadlines.

    Raises LookupError for a placement that was never heard of: plaatsing tells start and end in
    that order, so its start was left out by hand and someone has to look at it.
    """
    await kandidaten.neem(uow, kandidaat_id, gemeentecode, wsd=True)
    lks = await loonkostensubsidies.van_plaatsing(uow, plaatsing_id)
    if lks is None:
        raise LookupError("het einde van een dienstverband waarvan het begin niet bekend is")
    await loonkostensubsidies.bewaar(uow, lks.beeindigd(laatste_dag, reden))
    await herbeoordeel(uow, kandidaat_id)
