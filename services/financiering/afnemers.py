"""Who may see what financiering says about a kandidaat."""

from __future__ import annotations

from uuid import UUID

from chassis.tenancy import WSD
from chassis.unit_of_work import UnitOfWork
from services.financiering.store import kandidaten


async def afnemers(uow: UnitOfWork, kandidaat_id: UUID, gemeentecode: str) -> set[str]:
    """The gemeente always; WSD when it is involved, which in this chain a placement implies."""
    return afnemers_van(gemeentecode, met_wsd=await kandidaten.gedeeld_met_wsd(uow, kandidaat_id))


def afnemers_van(gemeentecode: str, *, met_wsd: bool) -> set[str]:
    """The same, where it is known whether WSD is involved."""
    return {gemeentecode} | ({WSD} if met_wsd else set())
