"""The organisation that recorded a werkgever records a werkplek there."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID, uuid4

from chassis.unit_of_work import UnitOfWork
from chassis.web.problems import NietGevonden
from services.plaatsing.domain.bevoegdheid import eis_eigenaar
from services.plaatsing.domain.werkplek import Werkplek, Werksoort
from services.plaatsing.store import werkgevers, werkplekken


async def leg_werkplek_vast(
    uow: UnitOfWork,
    *,
    werkgever_id: UUID,
    werksoort: Werksoort,
    functie: str,
    locatie: str,
    uren_van: Decimal,
    uren_tot: Decimal,
    capaciteit: int,
) -> werkplekken.Bewaard:
    """Raises NietGevonden (no such werkgever), NietBevoegd, OngeldigeWerkplek."""
    bij = await werkgevers.haal(uow, werkgever_id)
    if bij is None:
        raise NietGevonden("Deze werkgever bestaat niet, of niet voor uw organisatie.")
    eis_eigenaar(bij.eigenaar, uow.organisation)
    werkplek = Werkplek(
        werkplek_id=uuid4(),
        werkgever_id=werkgever_id,
        werksoort=werksoort,
        functie=functie,
        locatie=locatie,
        uren_van=uren_van,
        uren_tot=uren_tot,
        capaciteit=capaciteit,
    )
    return await werkplekken.voeg_toe(uow, werkplek)
