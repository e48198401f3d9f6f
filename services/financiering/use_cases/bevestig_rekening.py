"""A second person confirms a bank account, after which it is used."""

from __future__ import annotations

from uuid import UUID

from chassis.unit_of_work import UnitOfWork
from chassis.web.problems import NietGevonden
from services.financiering.store import rekeningen


async def bevestig_rekening(uow: UnitOfWork, rekening_id: UUID, *, door: str) -> rekeningen.Bewaard:
    """Confirmed before, it stays as it was. Raises NietGevonden, and what the rule refuses."""
    gevonden = await rekeningen.haal(uow, rekening_id)
    if gevonden is None:
        raise NietGevonden
    await rekeningen.neem_reeks(uow, gevonden.rekening.werkgever_id)
    bewaard = await rekeningen.haal(uow, rekening_id) or gevonden
    if bewaard.bevestigd_op is not None:
        return bewaard
    laatste = await rekeningen.laatste_bevestigde_versie(uow, bewaard.rekening.werkgever_id)
    bewaard.rekening.eis_te_bevestigen(door, laatste)
    return await rekeningen.bevestig(uow, bewaard, door=door)
