"""A birthday moved a kandidaat to the next age group of the minimum wage."""

from __future__ import annotations

from uuid import UUID

from chassis.unit_of_work import UnitOfWork
from services.financiering.domain.leeftijdsgroep import Leeftijdsovergang
from services.financiering.store import kandidaten
from services.financiering.use_cases.herbeoordeel import herbeoordeel


async def verwerk_leeftijdsgroep(
    uow: UnitOfWork, kandidaat_id: UUID, gemeentecode: str, overgang: Leeftijdsovergang
) -> None:
    """Changes the amount of what runs from that month on. Raises OngeldigLeeftijdsverloop."""
    await kandidaten.neem(uow, kandidaat_id, gemeentecode, wsd=False)
    await kandidaten.bewaar_leeftijdsovergang(uow, kandidaat_id, gemeentecode, overgang)
    await herbeoordeel(uow, kandidaat_id)
