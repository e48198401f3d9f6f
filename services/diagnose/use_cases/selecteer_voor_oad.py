"""Before an OAD traject it is asked whether it fits the kandidaat."""

from __future__ import annotations

from uuid import UUID

from chassis.clock import local_date
from chassis.unit_of_work import UnitOfWork
from services.diagnose.domain.fouten import OadLoopt
from services.diagnose.domain.oad import Oad
from services.diagnose.domain.verleden import eis_gebeurd
from services.diagnose.store import dossiers, oad_trajecten


async def selecteer_voor_oad(uow: UnitOfWork, dossier_id: UUID, oad: Oad) -> Oad:
    """Raises NietGevonden, DiagnoseNietGestart, OadLoopt, DatumPastNiet, DatumInToekomst."""
    dossier = await dossiers.neem(uow, dossier_id)
    dossier.eis_gestart(oad.selectie.geselecteerd_op)
    eis_gebeurd(oad.selectie.geselecteerd_op, local_date(uow.now))
    if await oad_trajecten.heeft_open(uow, dossier):
        raise OadLoopt("Ga verder met dat traject, of beëindig het eerst.")
    await oad_trajecten.bewaar(uow, dossier, oad)
    return oad
