"""Who manages a werkgever looks at what was agreed there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from chassis.unit_of_work import Reading
from chassis.web.problems import NietGevonden
from services.plaatsing.domain.afspraak import Afspraak
from services.plaatsing.domain.bevoegdheid import eis_inzage_in_afspraken
from services.plaatsing.store import afspraken, werkgevers


async def zie_afspraken_in(
    uow: Reading, werkgever_id: UUID, *, na: tuple[date, UUID] | None, aantal: int
) -> Sequence[Afspraak]:
    """Raises NietGevonden (no such werkgever), NietBevoegd."""
    bij = await werkgevers.haal(uow, werkgever_id)
    if bij is None:
        raise NietGevonden
    eis_inzage_in_afspraken(bij.eigenaar, uow.organisation)
    return await afspraken.lijst(uow, werkgever_id, na=na, aantal=aantal)
