"""A placement has ended, and its place on the werkplek is free after the last day."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from chassis.unit_of_work import UnitOfWork
from contracts import plaatsing as contract
from services.plaatsing.afnemers import afnemers
from services.plaatsing.domain.bevoegdheid import eis_zelf_geplaatst
from services.plaatsing.domain.einde import Eindereden
from services.plaatsing.domain.kandidaat import Kandidaat
from services.plaatsing.domain.plaatsing import Plaatsing
from services.plaatsing.store import plaatsingen, werkplekken
from services.plaatsing.use_cases.bewaak_termijn import laat_termijnen_vervallen


async def beeindig_plaatsing(
    uow: UnitOfWork, plaatsing_id: UUID, laatste_dag: date, reden: Eindereden
) -> Plaatsing:
    """Raises NietGevonden, NietBevoegd and what the plaatsing raises."""
    kandidaat, bewaard = await plaatsingen.neem(uow, plaatsing_id)
    eis_zelf_geplaatst(bewaard.geplaatst_door, uow.organisation)
    plaatsing = bewaard.plaatsing
    plaatsing.beeindig(laatste_dag, reden)
    await sluit_af(uow, kandidaat, plaatsing)
    return plaatsing


async def sluit_af(uow: UnitOfWork, kandidaat: Kandidaat, plaatsing: Plaatsing) -> None:
    """Store and say that a placement of a locked kandidaat has ended."""
    if plaatsing.laatste_dag is None or plaatsing.eindereden is None:
        raise ValueError("deze plaatsing is niet geëindigd")
    await plaatsingen.bewaar(uow, plaatsing)
    await werkplekken.geef_vrij(uow, plaatsing)
    await laat_termijnen_vervallen(uow, plaatsing)
    uow.emit(
        contract.PlaatsingBeeindigd(
            kandidaat_id=plaatsing.kandidaat_id,
            gemeentecode=plaatsing.gemeentecode,
            plaatsing_id=plaatsing.plaatsing_id,
            soort=contract.Plaatsingsoort(plaatsing.soort),
            einddatum=plaatsing.laatste_dag,
            reden=contract.Eindereden(plaatsing.eindereden),
        ),
        afnemers=afnemers(kandidaat),
    )
