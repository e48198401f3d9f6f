"""One consulent proposes to start, to extend or to conclude a werkdiagnose."""

from __future__ import annotations

from uuid import UUID

from chassis.clock import local_date
from chassis.unit_of_work import UnitOfWork
from services.diagnose.domain.werkdiagnose import Stap, Werkdiagnose
from services.diagnose.store import werkdiagnoses


async def stel_werkdiagnosestap_voor(
    uow: UnitOfWork, dossier_id: UUID, werkdiagnose_id: UUID, stap: Stap
) -> Werkdiagnose:
    """Nothing follows before the other agrees. Raises NietGevonden and what
    Werkdiagnose.stel_voor raises."""
    dossier, werkdiagnose = await werkdiagnoses.neem(uow, dossier_id, werkdiagnose_id)
    werkdiagnose.stel_voor(stap, local_date(uow.now))
    await werkdiagnoses.bewaar(uow, dossier, werkdiagnose)
    return werkdiagnose
