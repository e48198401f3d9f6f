"""A consulent writes down what they saw at work."""

from __future__ import annotations

from uuid import UUID

from chassis.clock import local_date
from chassis.unit_of_work import UnitOfWork
from services.diagnose.domain.werkdiagnose import Observatie, Werkdiagnose
from services.diagnose.store import werkdiagnoses


async def observeer_werkdiagnose(
    uow: UnitOfWork, dossier_id: UUID, werkdiagnose_id: UUID, observatie: Observatie
) -> Werkdiagnose:
    """Raises NietGevonden and what Werkdiagnose.observeer raises."""
    dossier, werkdiagnose = await werkdiagnoses.neem(uow, dossier_id, werkdiagnose_id)
    werkdiagnose.observeer(observatie, local_date(uow.now))
    await werkdiagnoses.bewaar(uow, dossier, werkdiagnose)
    return werkdiagnose
