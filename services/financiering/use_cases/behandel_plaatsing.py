"""A job with loonkostensubsidie has started: grant it, refuse it, or wait in sight."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID, uuid4

from chassis.unit_of_work import UnitOfWork
from services.financiering.domain.lks_dossier import Dienstverband, Loonkostensubsidie
from services.financiering.store import kandidaten, loonkostensubsidies
from services.financiering.use_cases.herbeoordeel import herbeoordeel


class Behandeling(StrEnum):
    IN_BEHANDELING = "in-behandeling"
    AL_BEKEND = "al-bekend"


async def behandel_plaatsing(
    uow: UnitOfWork, kandidaat_id: UUID, gemeentecode: str, dienstverband: Dienstverband
) -> Behandeling:
    """One subsidy per placement, by the college's own accord (art. 10d lid 1)."""
    await kandidaten.neem(uow, kandidaat_id, gemeentecode, wsd=True)
    lks = Loonkostensubsidie(
        lks_id=uuid4(),
        kandidaat_id=kandidaat_id,
        gemeentecode=gemeentecode,
        dienstverband=dienstverband,
    )
    if not await loonkostensubsidies.voeg_toe(uow, lks):
        return Behandeling.AL_BEKEND
    await herbeoordeel(uow, kandidaat_id)
    return Behandeling.IN_BEHANDELING
