"""Hours of guidance were given on a day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

from chassis.clock import local_date
from chassis.unit_of_work import UnitOfWork
from contracts.plaatsing import BegeleidingsurenGeboekt
from services.plaatsing.afnemers import afnemers
from services.plaatsing.domain.begeleiding import eis_past_in_dag
from services.plaatsing.domain.bevoegdheid import eis_begeleidt
from services.plaatsing.domain.verleden import eis_gebeurd, eis_tijdens
from services.plaatsing.store import begeleidingen


async def boek_begeleidingsuren(
    uow: UnitOfWork, begeleiding_id: UUID, dag: date, uren: Decimal
) -> begeleidingen.Boeking:
    """All hours of this guide on that day: what was booked for it before is replaced.

    Also after the placement has ended, for its days. Raises NietGevonden, NietBevoegd,
    DatumInToekomst, DatumBuitenPlaatsing, DatumPastNiet, OngeldigeUren, DagVol.
    """
    kandidaat, bewaard, begeleiding = await begeleidingen.neem(uow, begeleiding_id)
    eis_begeleidt(bewaard.geplaatst_door, uow.organisation)
    eis_gebeurd(dag, local_date(uow.now))
    eis_tijdens(bewaard.plaatsing, dag)
    begeleiding.eis_begonnen(dag)
    eis_past_in_dag(uren, await begeleidingen.uren_van_anderen(uow, begeleiding, dag))
    boeking = await begeleidingen.boek(uow, uuid4(), begeleiding, dag, uren)
    uow.emit(
        BegeleidingsurenGeboekt(
            kandidaat_id=begeleiding.kandidaat_id,
            gemeentecode=begeleiding.gemeentecode,
            plaatsing_id=begeleiding.plaatsing_id,
            begeleiding_id=begeleiding_id,
            boeking_id=boeking.boeking_id,
            geboekt_voor=dag,
            uren=uren,
        ),
        afnemers=afnemers(kandidaat),
    )
    return boeking
