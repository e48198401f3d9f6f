"""The loonwaarde of a kandidaat was established."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from chassis.unit_of_work import UnitOfWork
from services.financiering.domain.lks_aanvraag import LoonwaardeVanaf
from services.financiering.store import kandidaten
from services.financiering.use_cases.herbeoordeel import herbeoordeel


async def verwerk_loonwaarde(
    uow: UnitOfWork,
    kandidaat_id: UUID,
    gemeentecode: str,
    loonwaarde: LoonwaardeVanaf,
    *,
    meting_id: UUID,
    vastgesteld_op: date,
    volgorde: int,
) -> None:
    """Changes the amount of what runs (art. 10d lid 6), or follows a forfait (lid 5).

    volgorde: place among all that diagnose said of this kandidaat.
    """
    await kandidaten.neem(uow, kandidaat_id, gemeentecode, wsd=True)
    await kandidaten.bewaar_loonwaarde(
        uow,
        kandidaat_id,
        gemeentecode,
        loonwaarde,
        meting_id=meting_id,
        vastgesteld_op=vastgesteld_op,
        volgorde=volgorde,
    )
    await herbeoordeel(uow, kandidaat_id)
