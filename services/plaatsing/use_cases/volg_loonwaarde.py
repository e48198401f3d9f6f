"""Loonwaarden were established: what runs with a wage has another loonwaarde from its day on."""

from __future__ import annotations

from uuid import UUID

from chassis.unit_of_work import UnitOfWork
from services.plaatsing.domain.kandidaat import Kandidaat
from services.plaatsing.domain.plaatsing import Plaatsing, neem_stand_over, volgt_loonwaarde
from services.plaatsing.store import kandidaten, plaatsingen, verlopen
from services.plaatsing.use_cases.wijzig_plaatsing import bewaar_en_meld


async def volg_loonwaarde(uow: UnitOfWork, kandidaat_id: UUID) -> None:
    """After one was heard: for every placement of the kandidaat for which it counts."""
    kandidaat = await kandidaten.neem(uow, kandidaat_id)
    for plaatsing in await plaatsingen.van_kandidaat(uow, kandidaat_id):
        await volg_loonwaarden(uow, kandidaat, plaatsing)


async def volg_loonwaarden(uow: UnitOfWork, kandidaat: Kandidaat, plaatsing: Plaatsing) -> None:
    """All that is known of a locked kandidaat, for one placement; say what is different."""
    verloop = await verlopen.verloop(uow, plaatsing.plaatsing_id)
    forfait = verloop.standen[0].loonwaarde is None
    gemeten = [
        meting
        for meting in kandidaat.loonwaarden
        if volgt_loonwaarde(plaatsing, meting.ingangsdatum, forfait=forfait)
    ]
    if not gemeten:
        return
    anders = verloop.volg_loonwaarden(gemeten)
    neem_stand_over(plaatsing, verloop.laatste)
    for wijziging in anders:
        await bewaar_en_meld(uow, kandidaat, plaatsing, verloop, wijziging)
