"""A loonwaarde was established: what runs with a wage has another loonwaarde from its day on."""

from __future__ import annotations

from uuid import UUID

from chassis.unit_of_work import UnitOfWork
from services.plaatsing.domain.kandidaat import Kandidaat, VastgesteldeLoonwaarde
from services.plaatsing.domain.plaatsing import Plaatsing, neem_stand_over, volgt_loonwaarde
from services.plaatsing.store import kandidaten, plaatsingen, verlopen
from services.plaatsing.use_cases.wijzig_plaatsing import bewaar_en_meld


async def volg_loonwaarde(
    uow: UnitOfWork, kandidaat_id: UUID, gemeten: VastgesteldeLoonwaarde
) -> None:
    """For every placement of the kandidaat for which it counts."""
    kandidaat = await kandidaten.neem(uow, kandidaat_id)
    for plaatsing in await plaatsingen.van_kandidaat(uow, kandidaat_id):
        await _volg(uow, kandidaat, plaatsing, gemeten)


async def volg_bekende_loonwaarden(
    uow: UnitOfWork, kandidaat: Kandidaat, plaatsing: Plaatsing
) -> None:
    """For a placement that has just started: what was heard before and holds from a later day."""
    for gemeten in kandidaat.loonwaarden:
        if gemeten.ingangsdatum > plaatsing.begin:
            await _volg(uow, kandidaat, plaatsing, gemeten)


async def _volg(
    uow: UnitOfWork,
    kandidaat: Kandidaat,
    plaatsing: Plaatsing,
    gemeten: VastgesteldeLoonwaarde,
) -> None:
    if not volgt_loonwaarde(plaatsing, gemeten.ingangsdatum):
        return
    verloop = await verlopen.verloop(uow, plaatsing.plaatsing_id)
    anders = verloop.meet(gemeten)
    if anders is not None:
        neem_stand_over(plaatsing, verloop.laatste)
        await bewaar_en_meld(uow, kandidaat, plaatsing, verloop, anders)
