"""After nine months it is decided whether a participatieplaats goes on (art. 10a)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from chassis.unit_of_work import UnitOfWork
from services.plaatsing.domain.bevoegdheid import eis_zelf_geplaatst
from services.plaatsing.domain.fouten import GeenHeroverweging
from services.plaatsing.domain.overige_plaatsing import OverigePlaatsing
from services.plaatsing.domain.termijn import Plaatsingstermijnsoort
from services.plaatsing.store import plaatsingen
from services.plaatsing.use_cases.beeindig_plaatsing import sluit_af
from services.plaatsing.use_cases.bewaak_termijn import haal_termijn


async def heroverweeg_plaatsing(
    uow: UnitOfWork, plaatsing_id: UUID, op: date, *, vooruitgang: bool
) -> OverigePlaatsing:
    """Raises NietGevonden, NietBevoegd and what OverigePlaatsing.heroverweeg raises."""
    kandidaat, bewaard = await plaatsingen.neem(uow, plaatsing_id)
    eis_zelf_geplaatst(bewaard.geplaatst_door, uow.organisation)
    plaatsing = bewaard.plaatsing
    if not isinstance(plaatsing, OverigePlaatsing):
        raise GeenHeroverweging("Alleen een participatieplaats wordt heroverwogen.")
    plaatsing.heroverweeg(op, vooruitgang=vooruitgang)
    await haal_termijn(
        uow, plaatsing, Plaatsingstermijnsoort.HEROVERWEGING_PARTICIPATIEPLAATS, op=op
    )
    if plaatsing.laatste_dag is not None:
        await sluit_af(uow, kandidaat, plaatsing)
        return plaatsing
    await plaatsingen.bewaar(uow, plaatsing)
    await uow.log_processing(
        "participatieplaats heroverwogen",
        kandidaat_id=plaatsing.kandidaat_id,
        gemeentecode=plaatsing.gemeentecode,
        activity="plaatsing/participatieplaats-heroverwegen",
    )
    return plaatsing
