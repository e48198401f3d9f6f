"""A kandidaat has flowed out, or is back: whether the profile must be kept current."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from chassis.unit_of_work import UnitOfWork
from services.diagnose.domain.termijn import Diagnosetermijnsoort
from services.diagnose.store import dossiers
from services.diagnose.use_cases import bepaal_ladder, stel_arbeidsvermogen_vast
from services.diagnose.use_cases.bewaak_termijn import laat_termijn_vervallen


async def ontvang_uitstroom(uow: UnitOfWork, kandidaat_id: UUID, op: date) -> None:
    """Nobody has to be measured any more. Nothing when WSD has no dossier."""
    await dossiers.op_slot(uow, kandidaat_id)
    dossier_id = await dossiers.van_kandidaat(uow, kandidaat_id)
    if dossier_id is None:
        return
    dossier = await dossiers.neem(uow, dossier_id)
    await dossiers.bewaar_uitstroom(uow, dossier_id, op)
    await laat_termijn_vervallen(uow, dossier, Diagnosetermijnsoort.ZRM_HERHALING)
    for kenmerk in (bepaal_ladder.KENMERK, stel_arbeidsvermogen_vast.KENMERK):
        await laat_termijn_vervallen(uow, dossier, Diagnosetermijnsoort.LADDER_HERHALING, kenmerk)


async def ontvang_terugval(uow: UnitOfWork, kandidaat_id: UUID) -> None:
    """The profile counts again; its terms begin anew with the next measurement."""
    await dossiers.op_slot(uow, kandidaat_id)
    dossier_id = await dossiers.van_kandidaat(uow, kandidaat_id)
    if dossier_id is not None:
        await dossiers.bewaar_uitstroom(uow, dossier_id, None)
