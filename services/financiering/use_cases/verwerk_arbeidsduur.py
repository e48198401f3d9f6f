"""Other hours were agreed for a job with loonkostensubsidie, and the amount follows them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from chassis.unit_of_work import UnitOfWork
from services.financiering.store import kandidaten, loonkostensubsidies
from services.financiering.use_cases.herbeoordeel import herbeoordeel


async def verwerk_arbeidsduur(
    uow: UnitOfWork,
    kandidaat_id: UUID,
    gemeentecode: str,
    plaatsing_id: UUID,
    *,
    vanaf: date,
    uren: Decimal | None,
    voltijdsuren: Decimal | None,
) -> None:
    """What is None stays as it was (art. 10d lid 4 and 5).

    Nothing for a placement without loonkostensubsidie: plaatsing tells of changes of every kind.
    """
    await kandidaten.neem(uow, kandidaat_id, gemeentecode, wsd=True)
    lks = await loonkostensubsidies.van_plaatsing(uow, plaatsing_id)
    if lks is None:
        return
    await loonkostensubsidies.bewaar_arbeidsduur(
        uow, lks, lks.dienstverband.gewijzigde_arbeidsduur(vanaf, uren, voltijdsuren)
    )
    await herbeoordeel(uow, kandidaat_id)
