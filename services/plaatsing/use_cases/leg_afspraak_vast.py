"""The organisation that manages a werkgever records what was agreed there."""

from __future__ import annotations

from chassis.clock import local_date
from chassis.unit_of_work import UnitOfWork
from chassis.web.problems import NietGevonden
from services.plaatsing.domain.afspraak import Afspraak
from services.plaatsing.domain.bevoegdheid import eis_eigenaar
from services.plaatsing.store import afspraken, werkgevers


async def leg_afspraak_vast(uow: UnitOfWork, afspraak: Afspraak) -> Afspraak:
    """Raises NietGevonden (no such werkgever), NietBevoegd, OngeldigeAfspraak."""
    bij = await werkgevers.haal(uow, afspraak.werkgever_id)
    if bij is None:
        raise NietGevonden
    eis_eigenaar(bij.eigenaar, uow.organisation)
    afspraak.eis_gemaakt(local_date(uow.now))
    await afspraken.voeg_toe(uow, afspraak)
    return afspraak
