"""A kandidaat who fits begins with OAD."""

from __future__ import annotations

from uuid import UUID

from chassis.clock import local_date
from chassis.unit_of_work import UnitOfWork
from contracts.diagnose import OADGestart
from services.diagnose.afnemers import afnemers
from services.diagnose.domain.oad import Oad, Oadstart
from services.diagnose.domain.termijn import Diagnosetermijnsoort
from services.diagnose.store import oad_trajecten
from services.diagnose.use_cases.bewaak_termijn import begin_termijn


async def start_oad(uow: UnitOfWork, dossier_id: UUID, oad_id: UUID, start: Oadstart) -> Oad:
    """Raises NietGevonden and what Oad.begin raises."""
    dossier, oad = await oad_trajecten.neem(uow, dossier_id, oad_id)
    oad.begin(start, local_date(uow.now))
    await oad_trajecten.bewaar(uow, dossier, oad)
    await begin_termijn(
        uow,
        dossier,
        Diagnosetermijnsoort.OAD_EINDE,
        begonnen_op=start.gestart_op,
        laatste_dag=start.laatste_dag,
        kenmerk=str(oad_id),
    )
    uow.emit(
        OADGestart(
            kandidaat_id=dossier.kandidaat_id,
            gemeentecode=dossier.gemeentecode,
            dossier_id=dossier_id,
            oad_id=oad_id,
            gestart_op=start.gestart_op,
            einddatum=start.laatste_dag,
        ),
        afnemers=afnemers(dossier),
    )
    return oad
