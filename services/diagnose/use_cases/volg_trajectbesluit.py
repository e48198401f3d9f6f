"""The gemeente decided on an advies, or took that back: it shows with the advies."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from chassis.unit_of_work import UnitOfWork
from services.diagnose.domain.adviesreactie import Adviesbesluit
from services.diagnose.store import adviezen, dossiers


async def volg_trajectbesluit(
    uow: UnitOfWork, kandidaat_id: UUID, advies_id: UUID, besluit: Adviesbesluit
) -> None:
    """Raises NietGevonden: a gemeente decides on an advies that was given here."""
    await dossiers.op_slot(uow, kandidaat_id)
    await adviezen.voeg_besluit_toe(uow, advies_id, besluit)


async def volg_intrekking(uow: UnitOfWork, kandidaat_id: UUID, besluit_id: UUID, per: date) -> None:
    """A besluit that was not taken on an advies changes nothing here."""
    await dossiers.op_slot(uow, kandidaat_id)
    await adviezen.trek_besluit_in(uow, besluit_id, per)
