"""WSD records a figure of the whole country for all its gemeenten."""

from __future__ import annotations

from chassis.tenancy import WSD
from chassis.unit_of_work import UnitOfWork
from services.financiering.domain.fouten import AlleenDoorWsd
from services.financiering.domain.op_realisatie import Macrocijfer
from services.financiering.store import macrocijfers
from services.financiering.store.macrocijfers import Bekendmaking


async def leg_macrocijfer_vast(uow: UnitOfWork, cijfer: Macrocijfer) -> Bekendmaking:
    """Raises AlleenDoorWsd."""
    if uow.organisation != WSD:
        raise AlleenDoorWsd("Vraag WSD om landelijke bedragen vast te leggen; u leest mee.")
    return await macrocijfers.voeg_toe(uow, cijfer)
