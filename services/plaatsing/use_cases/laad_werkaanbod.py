"""WSD's own werkgevers and werkplekken are recorded as first data, as far as they are not there."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import uuid4

from chassis.unit_of_work import UnitOfWork
from services.plaatsing.domain.werkgever import Werkgever
from services.plaatsing.store import werkgevers, werkplekken
from services.plaatsing.use_cases.leg_werkgever_vast import leg_werkgever_vast
from services.plaatsing.use_cases.leg_werkplek_vast import leg_werkplek_vast
from services.plaatsing.werkaanbod import Werkaanbod


async def laad_werkaanbod(
    uow: UnitOfWork, aanbod: Werkaanbod, kvk_nummers: Mapping[str, str]
) -> int:
    """How many werkplekken were added. What is there stays as it is, corrected or not.

    kvk_nummers: by the names of the werkgevers in the aanbod. Raises OngeldigKvkNummer.
    """
    toegevoegd = 0
    for naam, aanbieder in aanbod.werkgevers.items():
        werkgever_id = await werkgevers.met_kvk_nummer(uow, kvk_nummers[naam])
        if werkgever_id is None:
            werkgever = Werkgever(uuid4(), kvk_nummers[naam], aanbieder.naam, aanbieder.soort)
            werkgever_id = (await leg_werkgever_vast(uow, werkgever)).werkgever.werkgever_id
        for werkplek in aanbod.werkplekken(naam, werkgever_id):
            if await werkplekken.haal(uow, werkplek.werkplek_id) is None:
                await leg_werkplek_vast(uow, werkplek)
                toegevoegd += 1
    return toegevoegd
