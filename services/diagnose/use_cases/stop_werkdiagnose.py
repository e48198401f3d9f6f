"""A werkdiagnose does not begin, or ends without an end diagnosis."""

from __future__ import annotations

from uuid import UUID

from chassis.clock import local_date
from chassis.unit_of_work import UnitOfWork
from services.diagnose.afnemers import afnemers
from services.diagnose.domain.termijn import Diagnosetermijnsoort
from services.diagnose.domain.werkdiagnose import Stop, Werkdiagnose
from services.diagnose.store import werkdiagnoses
from services.diagnose.use_cases.bewaak_termijn import laat_termijn_vervallen
from services.diagnose.use_cases.stem_in_met_werkdiagnosestap import afgerond


async def stop_werkdiagnose(
    uow: UnitOfWork, dossier_id: UUID, werkdiagnose_id: UUID, stop: Stop
) -> Werkdiagnose:
    """Raises NietGevonden and what Werkdiagnose.stop raises."""
    dossier, werkdiagnose = await werkdiagnoses.neem(uow, dossier_id, werkdiagnose_id)
    werkdiagnose.stop(stop, local_date(uow.now))
    await werkdiagnoses.bewaar(uow, dossier, werkdiagnose)
    if werkdiagnose.afgerond_op is not None:
        kenmerk = str(werkdiagnose_id)
        await laat_termijn_vervallen(uow, dossier, Diagnosetermijnsoort.EINDDIAGNOSE, kenmerk)
        uow.emit(afgerond(dossier, werkdiagnose), afnemers=afnemers(dossier))
    return werkdiagnose
