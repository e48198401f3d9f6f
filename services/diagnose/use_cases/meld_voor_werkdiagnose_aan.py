"""A kandidaat is to do a werkdiagnose."""

from __future__ import annotations

from uuid import UUID

from chassis.clock import local_date
from chassis.unit_of_work import UnitOfWork
from services.diagnose.domain.fouten import WerkdiagnoseLoopt
from services.diagnose.domain.verleden import eis_gebeurd
from services.diagnose.domain.werkdiagnose import Werkdiagnose
from services.diagnose.store import dossiers, werkdiagnoses


async def meld_voor_werkdiagnose_aan(
    uow: UnitOfWork, dossier_id: UUID, werkdiagnose: Werkdiagnose
) -> Werkdiagnose:
    """Raises NietGevonden, DiagnoseNietGestart, WerkdiagnoseLoopt, DatumPastNiet,
    DatumInToekomst."""
    dossier = await dossiers.neem(uow, dossier_id)
    dossier.eis_gestart(werkdiagnose.aangemeld_op)
    eis_gebeurd(werkdiagnose.aangemeld_op, local_date(uow.now))
    if await werkdiagnoses.heeft_open(uow, dossier):
        raise WerkdiagnoseLoopt("Ga verder met die werkdiagnose, of stop haar eerst.")
    await werkdiagnoses.bewaar(uow, dossier, werkdiagnose)
    return werkdiagnose
