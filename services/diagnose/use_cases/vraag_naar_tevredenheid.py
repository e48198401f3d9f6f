"""Someone of WSD asked a kandidaat what the traject was like."""

from __future__ import annotations

from uuid import UUID

from chassis.clock import local_date
from chassis.unit_of_work import UnitOfWork
from services.diagnose.domain.fouten import (
    DatumPastNiet,
    OngeldigTevredenheidsgesprek,
    Punt,
    TevredenheidAlGevraagd,
)
from services.diagnose.domain.klanttevredenheid import Tevredenheidsgesprek, Vraag
from services.diagnose.store import dossiers, tevredenheid


async def vraag_naar_tevredenheid(
    uow: UnitOfWork, dossier_id: UUID, gesprek: Tevredenheidsgesprek
) -> Tevredenheidsgesprek:
    """Once a year of each kandidaat, so that five answers are of five persons.

    Raises NietGevonden, DatumPastNiet, OngeldigTevredenheidsgesprek, TevredenheidAlGevraagd.
    """
    if gesprek.gehouden_op > local_date(uow.now):
        punt = Punt("gehoudenOp", "in-de-toekomst", "Een gesprek is van vandaag of eerder.")
        raise OngeldigTevredenheidsgesprek(
            "Herstel de genoemde punten in het gesprek.", punten=(punt,)
        )
    dossier = await dossiers.neem(uow, dossier_id)
    if gesprek.gehouden_op < dossier.geopend_op:
        raise DatumPastNiet("Het gesprek is van voor de doorverwijzing. Kies een latere dag.")
    if not await tevredenheid.voeg_toe(uow, dossier, gesprek):
        raise TevredenheidAlGevraagd("Van elke kandidaat telt een gesprek per kalenderjaar.")
    await uow.log_processing(
        "tevredenheidsgesprek vastgelegd",
        kandidaat_id=dossier.kandidaat_id,
        gemeentecode=dossier.gemeentecode,
        activity="diagnose/naar-tevredenheid-vragen",
    )
    # In one order for everyone, so that two at once wait for each other instead of blocking.
    for vraag in Vraag:
        if vraag in gesprek.cijfers:
            await tevredenheid.tel(uow, dossier.gemeentecode, gesprek.gehouden_op.year, vraag)
        if vraag in gesprek.woorden:
            await tevredenheid.toon(uow, dossier.gemeentecode, gesprek.gehouden_op.year, vraag)
    return gesprek
