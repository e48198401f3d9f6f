"""Some months after an OAD traject: is the deelnemer at work?"""

from __future__ import annotations

from uuid import UUID

from chassis.clock import local_date
from chassis.unit_of_work import UnitOfWork
from services.diagnose.domain.oad import Oad, Vervolgantwoord
from services.diagnose.domain.termijn import Diagnosetermijnsoort
from services.diagnose.store import oad_trajecten
from services.diagnose.use_cases.beeindig_oad import vervolgkenmerk
from services.diagnose.use_cases.bewaak_termijn import haal_termijn


async def beantwoord_oad_vervolgvraag(
    uow: UnitOfWork, dossier_id: UUID, oad_id: UUID, antwoord: Vervolgantwoord
) -> Oad:
    """Raises NietGevonden and what Oad.beantwoord raises."""
    dossier, oad = await oad_trajecten.neem(uow, dossier_id, oad_id)
    oad.beantwoord(antwoord, local_date(uow.now))
    await oad_trajecten.bewaar(uow, dossier, oad)
    await haal_termijn(
        uow,
        dossier,
        Diagnosetermijnsoort.OAD_VERVOLGVRAAG,
        op=antwoord.beantwoord_op,
        kenmerk=vervolgkenmerk(oad_id, antwoord.na_maanden),
    )
    return oad
