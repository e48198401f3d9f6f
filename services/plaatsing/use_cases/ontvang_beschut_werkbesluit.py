"""The gemeente decided on beschut werk: a placement in beschut werk may rest on it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from chassis.unit_of_work import UnitOfWork
from services.plaatsing.domain.kandidaat import BeschutWerkbesluit
from services.plaatsing.store import kandidaten


async def ontvang_beschut_werkbesluit(
    uow: UnitOfWork,
    kandidaat_id: UUID,
    gemeentecode: str,
    besluit: BeschutWerkbesluit,
    *,
    uwv_advies_op: date,
    volgorde: int,
) -> None:
    await kandidaten.neem_of_maak(uow, kandidaat_id, gemeentecode)
    await kandidaten.voeg_beschut_werkbesluit_toe(
        uow, kandidaat_id, gemeentecode, besluit, uwv_advies_op=uwv_advies_op, volgorde=volgorde
    )
