"""The profiel of a kandidaat is recorded, or another version of it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from chassis.unit_of_work import UnitOfWork
from services.plaatsing.domain.profiel import Profiel, Profielversie
from services.plaatsing.store import kandidaten, profielen


async def leg_profiel_vast(
    uow: UnitOfWork,
    kandidaat_id: UUID,
    profiel: Profiel,
    toelichting: str | None,
    eis_versie: Callable[[int], None],
) -> Profielversie:
    """Gemeente and WSD keep one profiel together.

    eis_versie: refuses when the caller looked at another version than counts; 0 before the first.
    Raises NietGevonden, VersieVerouderd.
    """
    kandidaat = await kandidaten.neem(uow, kandidaat_id)
    geldend = await profielen.geldende_versie(uow, kandidaat_id)
    eis_versie(geldend)
    versie = Profielversie(geldend + 1, uow.now, uow.organisation, profiel, toelichting)
    await profielen.bewaar(uow, kandidaat, versie)
    await uow.log_processing(
        "profiel vastgelegd",
        kandidaat_id=kandidaat_id,
        gemeentecode=kandidaat.gemeentecode,
        activity="plaatsing/profiel-vastleggen",
    )
    return versie
