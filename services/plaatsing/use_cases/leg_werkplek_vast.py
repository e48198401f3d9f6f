"""The organisation that recorded a werkgever records a werkplek there."""

from __future__ import annotations

from chassis.clock import local_date
from chassis.tenancy import is_gemeente
from chassis.unit_of_work import UnitOfWork
from chassis.web.problems import NietGevonden
from services.plaatsing.domain.bevoegdheid import eis_eigenaar
from services.plaatsing.domain.werkplek import Werkplek
from services.plaatsing.store import werkgevers, werkplekken


async def leg_werkplek_vast(uow: UnitOfWork, werkplek: Werkplek) -> werkplekken.Bewaard:
    """Raises NietGevonden (no such werkgever), NietBevoegd, OngeldigeWerkplek."""
    bij = await werkgevers.haal(uow, werkplek.werkgever_id)
    if bij is None:
        raise NietGevonden("Deze werkgever bestaat niet, of niet voor uw organisatie.")
    eis_eigenaar(bij.eigenaar, uow.organisation)
    werkplek.eis_vast_te_leggen(local_date(uow.now), is_gemeente(uow.organisation))
    return await werkplekken.voeg_toe(uow, werkplek)
