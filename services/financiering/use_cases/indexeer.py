"""Re-set the running subsidies of a gemeente on 1 January, art. 10d lid 7 Participatiewet.

The same judgement that a deadline makes on that day, for many at once. A batch and the position
after it are one transaction, so it can stop anywhere and go on; what a deadline did before, or a
batch that was done, has nothing new to say.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Final

from chassis.database import Database
from chassis.unit_of_work import UnitOfWork
from chassis.web.commands import repeated
from services.financiering.store import indexaties, kandidaten, loonkostensubsidies
from services.financiering.store.indexaties import Indexatie
from services.financiering.use_cases.herbeoordeel import herbeoordeel_velen

PER_KEER: Final = 200
"""Subsidies in one transaction: their kandidaten are under lock for as long as that takes."""


async def indexeer(
    database: Database,
    gemeentecode: str,
    jaar: int,
    *,
    per_keer: int = PER_KEER,
    vorder: Callable[[int], None] = lambda _: None,
) -> Indexatie:
    """Until every running subsidy of this gemeente was looked at, or at once when that was done.

    vorder: told how many were looked at, after each batch. That the figures of this year may be
    used is for the caller to see to (eis_te_indexeren).
    """

    async def stap() -> tuple[Indexatie, int]:
        async with database.unit_of_work(gemeentecode) as uow:
            gedaan = await _stap(uow, jaar, per_keer)
            await uow.commit()
            return gedaan

    while True:
        stand, aantal = await repeated(stap)
        vorder(aantal)
        if stand.gereed:
            return stand


async def _stap(uow: UnitOfWork, jaar: int, per_keer: int) -> tuple[Indexatie, int]:
    """The next batch and how many are in it, or the end."""
    stand, januari = await indexaties.neem(uow, jaar), date(jaar, 1, 1)
    if stand.gereed:
        return stand, 0
    volgende = await loonkostensubsidies.toegekend(
        uow, na=stand.positie, voor=januari, aantal=per_keer, lopend_op=januari
    )
    if not volgende:
        stand = replace(stand, gereed=True)
    else:
        gedeeld = await kandidaten.neem_velen(uow, {v.kandidaat_id for v in volgende})
        subsidies = await loonkostensubsidies.met_id(uow, [v.lks_id for v in volgende])
        stand = replace(
            stand,
            positie=volgende[-1].lks_id,
            bekeken=stand.bekeken + len(volgende),
            gewijzigd=stand.gewijzigd + await herbeoordeel_velen(uow, subsidies, gedeeld),
        )
    await indexaties.bewaar(uow, stand)
    return stand, len(volgende)
