"""A kandidaat is not at work, or is back. Why is neither asked nor kept."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from chassis.clock import local_date
from chassis.unit_of_work import UnitOfWork
from contracts.plaatsing import AfwezigheidBeeindigd, AfwezigheidGemeld
from services.plaatsing.afnemers import afnemers
from services.plaatsing.domain.afwezigheid import Afwezigheid, eis_aanwezig
from services.plaatsing.domain.bevoegdheid import eis_begeleidt
from services.plaatsing.domain.verleden import eis_gebeurd, eis_tijdens
from services.plaatsing.store import afwezigheden, plaatsingen


async def meld_afwezigheid(uow: UnitOfWork, plaatsing_id: UUID, vanaf: date) -> Afwezigheid:
    """Raises NietGevonden, NietBevoegd, DatumInToekomst, DatumBuitenPlaatsing, AlAfwezig."""
    kandidaat, bewaard = await plaatsingen.neem(uow, plaatsing_id)
    eis_begeleidt(bewaard.geplaatst_door, uow.organisation)
    eis_gebeurd(vanaf, local_date(uow.now))
    eis_tijdens(bewaard.plaatsing, vanaf)
    eis_aanwezig(await afwezigheden.van_plaatsing(uow, plaatsing_id) or (), vanaf)
    afwezigheid = Afwezigheid(
        afwezigheid_id=uuid4(),
        plaatsing_id=plaatsing_id,
        kandidaat_id=kandidaat.kandidaat_id,
        gemeentecode=kandidaat.gemeentecode,
        vanaf=vanaf,
    )
    await afwezigheden.bewaar(uow, afwezigheid)
    uow.emit(
        AfwezigheidGemeld(
            kandidaat_id=afwezigheid.kandidaat_id,
            gemeentecode=afwezigheid.gemeentecode,
            plaatsing_id=plaatsing_id,
            afwezigheid_id=afwezigheid.afwezigheid_id,
            vanaf=vanaf,
        ),
        afnemers=afnemers(kandidaat),
    )
    return afwezigheid


async def beeindig_afwezigheid(
    uow: UnitOfWork, afwezigheid_id: UUID, laatste_dag: date
) -> Afwezigheid:
    """Raises NietGevonden, NietBevoegd, DatumInToekomst, DatumBuitenPlaatsing, DatumPastNiet,
    AfwezigheidAlBeeindigd.
    """
    kandidaat, bewaard, afwezigheid = await afwezigheden.neem(uow, afwezigheid_id)
    eis_begeleidt(bewaard.geplaatst_door, uow.organisation)
    eis_gebeurd(laatste_dag, local_date(uow.now))
    afwezigheid = afwezigheid.beeindig(laatste_dag)
    eis_tijdens(bewaard.plaatsing, laatste_dag)
    await afwezigheden.bewaar(uow, afwezigheid)
    uow.emit(
        AfwezigheidBeeindigd(
            kandidaat_id=afwezigheid.kandidaat_id,
            gemeentecode=afwezigheid.gemeentecode,
            plaatsing_id=afwezigheid.plaatsing_id,
            afwezigheid_id=afwezigheid_id,
            laatste_dag=laatste_dag,
        ),
        afnemers=afnemers(kandidaat),
    )
    return afwezigheid
