"""A jongere is known from the aanmelding or doorverwijzing on, and in view from the first beeld."""

from __future__ import annotations

from datetime import date
from typing import Final
from uuid import UUID

from chassis.clock import local_date
from chassis.unit_of_work import UnitOfWork
from contracts.gebeurtenis import Leeftijdsgroep
from contracts.intake import Doelgroep
from services.diagnose.domain.jongere import Beeld
from services.diagnose.store import jongeren

_ZEKER_JONGER_DAN_27: Final = frozenset(Leeftijdsgroep) - {
    Leeftijdsgroep.L15,
    Leeftijdsgroep.L21_PLUS,
}


async def ken_jongere(
    uow: UnitOfWork,
    *,
    kandidaat_id: UUID,
    gemeentecode: str,
    op: date,
    doelgroep: Doelgroep,
    leeftijdsgroep: Leeftijdsgroep | None = None,
) -> bool:
    """Know who is a jongere by doelgroep or by the age group of the minimum wage; False for others.

    Of who is 21 or older and of another doelgroep nobody says the age: a beeld does.
    """
    if doelgroep is not Doelgroep.JONGERE_16_27 and leeftijdsgroep not in _ZEKER_JONGER_DAN_27:
        return False
    await jongeren.ken(uow, kandidaat_id, gemeentecode, op)
    return True


async def breng_in_beeld(uow: UnitOfWork, kandidaat_id: UUID, beeld: Beeld) -> Beeld:
    """Raises NietGevonden and what Beeld.controleer raises."""
    beeld.controleer(local_date(uow.now))
    jongere = await jongeren.neem(uow, kandidaat_id, beeld.gezien_op)
    await jongeren.voeg_toe(uow, jongere, beeld)
    await uow.log_processing(
        "jongerenbeeld vastgelegd",
        kandidaat_id=kandidaat_id,
        gemeentecode=jongere.gemeentecode,
        activity="diagnose/jongere-in-beeld-brengen",
    )
    return beeld
