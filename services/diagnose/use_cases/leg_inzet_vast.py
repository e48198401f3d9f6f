"""Who puts how many hours in a planregie, and who takes part."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

from chassis.clock import local_date
from chassis.unit_of_work import UnitOfWork
from services.diagnose.domain.dossier import Dossier
from services.diagnose.domain.planregie import Betrokkene, Functie, Inzet, Planregie
from services.diagnose.store import planregies


async def boek_inzet(
    uow: UnitOfWork,
    dossier_id: UUID,
    planregie_id: UUID,
    *,
    medewerker: str,
    functie: Functie,
    op: date,
    uren: Decimal,
) -> Inzet:
    """Raises NietGevonden and what Planregie.boek raises."""
    dossier, planregie = await planregies.neem(uow, dossier_id, planregie_id)
    inzet = Inzet(uuid4(), medewerker, functie, op, uren)
    planregie.boek(inzet, local_date(uow.now))
    await _bewaar(uow, dossier, planregie, "uren geboekt")
    return inzet


async def betrek(
    uow: UnitOfWork, dossier_id: UUID, planregie_id: UUID, betrokkene: Betrokkene
) -> Planregie:
    """Nothing changes when it takes part already.

    Raises NietGevonden and what Planregie.betrek raises.
    """
    dossier, planregie = await planregies.neem(uow, dossier_id, planregie_id)
    if planregie.betrek(betrokkene):
        await _bewaar(uow, dossier, planregie, "organisatie betrokken")
    return planregie


async def _bewaar(uow: UnitOfWork, dossier: Dossier, planregie: Planregie, wat: str) -> None:
    await planregies.bewaar(uow, dossier, planregie)
    await uow.log_processing(
        wat,
        kandidaat_id=dossier.kandidaat_id,
        gemeentecode=dossier.gemeentecode,
        activity="diagnose/planregie",
    )
