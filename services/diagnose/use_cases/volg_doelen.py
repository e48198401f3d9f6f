"""Doelen of a planregie are set, and reached or dropped."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from chassis.clock import local_date
from chassis.unit_of_work import UnitOfWork
from chassis.web.problems import NietGevonden
from contracts.diagnose import DoelBehaald
from services.diagnose.afnemers import afnemers
from services.diagnose.domain.planregie import Doel, Doelstand
from services.diagnose.domain.zrm import ZrmDomein
from services.diagnose.store import planregies


async def stel_doel(
    uow: UnitOfWork,
    dossier_id: UUID,
    planregie_id: UUID,
    domein: ZrmDomein,
    omschrijving: str,
    op: date,
) -> Doel:
    """Raises NietGevonden and what Planregie.stel_doel raises."""
    dossier, planregie = await planregies.neem(uow, dossier_id, planregie_id)
    doel = planregie.stel_doel(uuid4(), domein, omschrijving, op, local_date(uow.now))
    await planregies.bewaar(uow, dossier, planregie)
    await uow.log_processing(
        "doel gesteld",
        kandidaat_id=dossier.kandidaat_id,
        gemeentecode=dossier.gemeentecode,
        activity="diagnose/planregie",
    )
    return doel


async def sluit_doel(
    uow: UnitOfWork,
    dossier_id: UUID,
    planregie_id: UUID,
    doel_id: UUID,
    stand: Doelstand,
    op: date,
    toelichting: str,
) -> Doel:
    """Raises NietGevonden and what Planregie.sluit_doel raises."""
    dossier, planregie = await planregies.neem(uow, dossier_id, planregie_id)
    doel = planregie.sluit_doel(doel_id, stand, op, toelichting, local_date(uow.now))
    if doel is None:
        raise NietGevonden
    await planregies.bewaar(uow, dossier, planregie)
    if stand is Doelstand.BEHAALD:
        uow.emit(
            DoelBehaald(
                kandidaat_id=dossier.kandidaat_id,
                gemeentecode=dossier.gemeentecode,
                dossier_id=dossier_id,
                planregie_id=planregie_id,
                doel_id=doel_id,
                behaald_op=op,
            ),
            afnemers=afnemers(dossier),
        )
    else:
        await uow.log_processing(
            "doel vervallen",
            kandidaat_id=dossier.kandidaat_id,
            gemeentecode=dossier.gemeentecode,
            activity="diagnose/planregie",
        )
    return doel
