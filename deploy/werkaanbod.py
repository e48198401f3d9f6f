"""WSD's own werkaanbod in the database of plaatsing, as first data of an installation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from chassis.database import Database
from chassis.tenancy import WSD
from services.plaatsing.service import SERVICE
from services.plaatsing.use_cases.laad_werkaanbod import laad_werkaanbod
from services.plaatsing.werkaanbod import werkaanbod

OEFENNUMMERS: Final[Mapping[str, str]] = {"wsd": "69599068", "het-goed": "68750110"}
"""KvK numbers for development: of the KvK's own test environment, of no organisation."""


async def laad(database_url: str, kvk_nummers: Mapping[str, str]) -> int:
    """How many werkplekken were added; repeatable. database_url: of the role of plaatsing.

    kvk_nummers: by the names of the werkgevers in the aanbod. Raises OngeldigKvkNummer.
    """
    async with (
        Database(SERVICE.name, database_url, pool_size=1) as database,
        database.unit_of_work(WSD) as uow,
    ):
        toegevoegd = await laad_werkaanbod(uow, werkaanbod(), kvk_nummers)
        await uow.commit()
    return toegevoegd
