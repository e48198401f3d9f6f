"""A term of a placement is watched from its begin until what it is for has been done."""

from __future__ import annotations

from typing import Final

from chassis.timers import Deadline
from chassis.unit_of_work import UnitOfWork
from contracts import plaatsing as contract
from services.plaatsing.afnemers import afnemers
from services.plaatsing.store import kandidaten
from services.plaatsing.store.termijnen import TERMIJNEN

begin_termijn: Final = TERMIJNEN.begin
haal_termijn: Final = TERMIJNEN.haal
herhaal_termijn: Final = TERMIJNEN.herhaal
laat_termijn_vervallen: Final = TERMIJNEN.laat_vervallen
laat_termijnen_vervallen: Final = TERMIJNEN.laat_alle_vervallen


async def bij_einde(uow: UnitOfWork, deadline: Deadline) -> None:
    """The last day is over. Nothing to do when the term was met or moved since."""
    kandidaat = await kandidaten.neem(uow, deadline.aggregate_id)
    verstreken = await TERMIJNEN.verstrijk(uow, deadline)
    if verstreken is None:
        return
    uow.emit(
        contract.PlaatsingstermijnVerstreken(
            kandidaat_id=kandidaat.kandidaat_id,
            gemeentecode=kandidaat.gemeentecode,
            plaatsing_id=verstreken.van_id,
            termijn_id=verstreken.termijn_id,
            soort=contract.Plaatsingstermijnsoort(verstreken.soort),
            laatste_dag=verstreken.laatste_dag,
        ),
        afnemers=afnemers(kandidaat),
    )
