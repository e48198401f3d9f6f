"""A partner did the quick scan of a jongere."""

from __future__ import annotations

from uuid import UUID

from chassis.clock import local_date
from chassis.unit_of_work import UnitOfWork
from contracts.diagnose import JongerenscanAfgerond
from services.diagnose.domain.jongere import Jongerenscan
from services.diagnose.store import jongeren


async def scan_jongere(uow: UnitOfWork, kandidaat_id: UUID, scan: Jongerenscan) -> Jongerenscan:
    """Raises NietGevonden and what Jongerenscan.controleer raises."""
    scan.controleer(local_date(uow.now))
    jongere = await jongeren.neem(uow, kandidaat_id, scan.afgerond_op)
    await jongeren.voeg_toe(uow, jongere, scan)
    uow.emit(
        JongerenscanAfgerond(
            kandidaat_id=kandidaat_id,
            gemeentecode=jongere.gemeentecode,
            scan_id=scan.scan_id,
            afgerond_op=scan.afgerond_op,
        ),
        afnemers=jongere.afnemers,
    )
    return scan
