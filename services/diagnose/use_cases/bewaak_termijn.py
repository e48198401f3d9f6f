"""A term of a diagnosis is watched from its begin until what it is for has been done."""

from __future__ import annotations

from typing import Final

from chassis.timers import Deadline
from chassis.unit_of_work import UnitOfWork
from contracts import diagnose as contract
from services.diagnose.afnemers import afnemers
from services.diagnose.store import dossiers
from services.diagnose.store.termijnen import TERMIJNEN

begin_termijn: Final = TERMIJNEN.begin
haal_termijn: Final = TERMIJNEN.haal
herhaal_termijn: Final = TERMIJNEN.herhaal
laat_termijn_vervallen: Final = TERMIJNEN.laat_vervallen


async def bij_einde(uow: UnitOfWork, deadline: Deadline) -> None:
    """The last day is over. Nothing to do when the term was met or moved since."""
    await dossiers.op_slot(uow, deadline.aggregate_id)
    verstreken = await TERMIJNEN.verstrijk(uow, deadline)
    if verstreken is None:
        return
    dossier = await dossiers.neem(uow, verstreken.van_id)
    uow.emit(
        contract.DiagnosetermijnVerstreken(
            kandidaat_id=dossier.kandidaat_id,
            gemeentecode=dossier.gemeentecode,
            dossier_id=dossier.dossier_id,
            termijn_id=verstreken.termijn_id,
            soort=contract.Diagnosetermijnsoort(verstreken.soort),
            laatste_dag=verstreken.laatste_dag,
        ),
        afnemers=afnemers(dossier),
    )
