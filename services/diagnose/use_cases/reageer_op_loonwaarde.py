"""The employer or the employee says what they think of a report."""

from __future__ import annotations

from uuid import UUID

from chassis.clock import local_date
from chassis.unit_of_work import UnitOfWork
from chassis.web.problems import NietGevonden
from services.diagnose.domain.fouten import DatumPastNiet
from services.diagnose.domain.loonwaarde import Loonwaardereactie, eis_eerste_reactie
from services.diagnose.domain.verleden import eis_gebeurd
from services.diagnose.store import dossiers, loonwaarden


async def reageer_op_loonwaarde(
    uow: UnitOfWork, dossier_id: UUID, reactie: Loonwaardereactie
) -> Loonwaardereactie:
    """Raises NietGevonden, ReactieAlGegeven, DatumPastNiet, DatumInToekomst."""
    dossier = await dossiers.neem(uow, dossier_id)
    metingen = {meting.meting_id: meting for meting in dossier.loonwaardemetingen}
    if reactie.meting_id not in metingen:
        raise NietGevonden
    rapport_van = metingen[reactie.meting_id].rapportage_op
    eis_gebeurd(reactie.ontvangen_op, local_date(uow.now))
    if reactie.ontvangen_op < rapport_van:
        raise DatumPastNiet(f"Het rapport is van {rapport_van.isoformat()}.")
    eis_eerste_reactie(reactie, await loonwaarden.reacties(uow, dossier, reactie.meting_id))
    await loonwaarden.voeg_reactie_toe(uow, dossier, reactie)
    return reactie
