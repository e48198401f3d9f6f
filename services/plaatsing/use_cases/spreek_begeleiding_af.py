"""A jobcoach or werkleider guides on a placement, for hours per week from a day on."""

from __future__ import annotations

from uuid import UUID, uuid4

from chassis.unit_of_work import UnitOfWork
from contracts import plaatsing as contract
from services.plaatsing.afnemers import afnemers
from services.plaatsing.domain.begeleiding import Begeleiding, Begeleidingsoort, Urenafspraak
from services.plaatsing.domain.bevoegdheid import eis_begeleidt
from services.plaatsing.domain.kandidaat import Kandidaat
from services.plaatsing.domain.verleden import eis_loopt_nog, eis_tijdens
from services.plaatsing.store import begeleidingen, plaatsingen


async def spreek_begeleiding_af(
    uow: UnitOfWork, plaatsing_id: UUID, soort: Begeleidingsoort, afspraak: Urenafspraak
) -> Begeleiding:
    """Raises NietGevonden, NietBevoegd, PlaatsingAlBeeindigd, DatumBuitenPlaatsing."""
    kandidaat, bewaard = await plaatsingen.neem(uow, plaatsing_id)
    _eis_mogelijk(uow, bewaard, afspraak)
    begeleiding = Begeleiding(
        begeleiding_id=uuid4(),
        plaatsing_id=plaatsing_id,
        kandidaat_id=kandidaat.kandidaat_id,
        gemeentecode=kandidaat.gemeentecode,
        soort=soort,
        afspraken=(afspraak,),
    )
    await begeleidingen.voeg_toe(uow, begeleiding)
    _zeg(uow, kandidaat, begeleiding, afspraak)
    return begeleiding


async def wijzig_begeleidingsuren(
    uow: UnitOfWork, begeleiding_id: UUID, afspraak: Urenafspraak
) -> Begeleiding:
    """Raises NietGevonden, NietBevoegd, PlaatsingAlBeeindigd, DatumBuitenPlaatsing."""
    kandidaat, bewaard, begeleiding = await begeleidingen.neem(uow, begeleiding_id)
    _eis_mogelijk(uow, bewaard, afspraak)
    begeleiding = begeleiding.spreek_af(afspraak)
    await begeleidingen.bewaar_afspraak(uow, begeleiding, afspraak)
    _zeg(uow, kandidaat, begeleiding, afspraak)
    return begeleiding


def _eis_mogelijk(uow: UnitOfWork, bewaard: plaatsingen.Bewaard, afspraak: Urenafspraak) -> None:
    eis_begeleidt(bewaard.geplaatst_door, uow.organisation)
    eis_loopt_nog(bewaard.plaatsing)
    eis_tijdens(bewaard.plaatsing, afspraak.vanaf)


def _zeg(
    uow: UnitOfWork, kandidaat: Kandidaat, begeleiding: Begeleiding, afspraak: Urenafspraak
) -> None:
    uow.emit(
        contract.BegeleidingAfgesproken(
            kandidaat_id=begeleiding.kandidaat_id,
            gemeentecode=begeleiding.gemeentecode,
            plaatsing_id=begeleiding.plaatsing_id,
            begeleiding_id=begeleiding.begeleiding_id,
            soort=contract.Begeleidingsoort(begeleiding.soort),
            vanaf=afspraak.vanaf,
            uren_per_week=afspraak.uren_per_week,
        ),
        afnemers=afnemers(kandidaat),
    )
