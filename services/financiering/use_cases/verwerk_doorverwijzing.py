"""A kandidaat was referred to WSD: from here on doelgroep and age group are known."""

from __future__ import annotations

from uuid import UUID

from chassis.unit_of_work import UnitOfWork
from services.financiering.domain.leeftijdsgroep import Leeftijdsgroep
from services.financiering.domain.lks_dossier import Doelgroep
from services.financiering.store import kandidaten
from services.financiering.use_cases.herbeoordeel import herbeoordeel


async def verwerk_doorverwijzing(
    uow: UnitOfWork,
    kandidaat_id: UUID,
    gemeentecode: str,
    doelgroep: Doelgroep,
    groep: Leeftijdsgroep,
) -> None:
    """What waited for these facts is decided at once."""
    await kandidaten.neem(uow, kandidaat_id, gemeentecode, wsd=True)
    await kandidaten.bewaar_doorverwijzing(uow, kandidaat_id, doelgroep, groep)
    await herbeoordeel(uow, kandidaat_id)
