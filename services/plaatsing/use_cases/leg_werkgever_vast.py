"""An organisation records a werkgever where kandidaten can work."""

from __future__ import annotations

from chassis.unit_of_work import UnitOfWork
from services.plaatsing.domain.werkgever import Werkgever
from services.plaatsing.problemen import WerkgeverAlBekend
from services.plaatsing.store import werkgevers


async def leg_werkgever_vast(uow: UnitOfWork, werkgever: Werkgever) -> werkgevers.Bewaard:
    """Raises WerkgeverAlBekend when this organisation has one with this KvK number."""
    toegevoegd = await werkgevers.voeg_toe(uow, werkgever)
    if toegevoegd is None:
        raise WerkgeverAlBekend(
            werkgeverId=str(await werkgevers.met_kvk_nummer(uow, werkgever.kvk_nummer))
        )
    return toegevoegd
