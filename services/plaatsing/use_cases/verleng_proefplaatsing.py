"""A proefplaatsing goes on for some more months."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from chassis.unit_of_work import UnitOfWork
from services.plaatsing.domain.bevoegdheid import eis_zelf_geplaatst
from services.plaatsing.domain.kalender import EEN_DAG
from services.plaatsing.domain.plaatsing import eis_proefplaatsing
from services.plaatsing.domain.proefplaatsing import Proefplaatsing
from services.plaatsing.store import plaatsingen, werkplekken


async def verleng_proefplaatsing(
    uow: UnitOfWork, plaatsing_id: UUID, maanden: int, op: date
) -> Proefplaatsing:
    """Raises NietGevonden, NietBevoegd, NietTeVerlengen, PlaatsingenOverlappen, WerkplekVol and
    what Proefplaatsing.verleng raises.
    """
    _, bewaard = await plaatsingen.neem(uow, plaatsing_id)
    eis_zelf_geplaatst(bewaard.geplaatst_door, uow.organisation)
    plaatsing = eis_proefplaatsing(bewaard.plaatsing)
    was_tot_en_met = plaatsing.tot_en_met
    plaatsing.verleng(maanden, op)
    loopbaan = await plaatsingen.loopbaan(uow, plaatsing.kandidaat_id)
    loopbaan.wijzig_laatste_dag(plaatsing_id, plaatsing.tot_en_met)
    werkplek = (await werkplekken.neem(uow, plaatsing.werkplek_id)).werkplek
    await werkplekken.bezet(uow, werkplek, plaatsing, van=was_tot_en_met + EEN_DAG)
    await plaatsingen.bewaar(uow, plaatsing)
    await uow.log_processing(
        "proefplaatsing verlengd",
        kandidaat_id=plaatsing.kandidaat_id,
        gemeentecode=plaatsing.gemeentecode,
        activity="plaatsing/proefplaatsing-verlengen",
    )
    return plaatsing
