"""The gemeente returns an advies with a question, and WSD answers it."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from chassis.clock import local_date
from chassis.tenancy import WSD
from chassis.unit_of_work import UnitOfWork
from chassis.web.problems import NietGevonden
from contracts.diagnose import AdviesTeruggestuurd, AdviesvraagBeantwoord
from services.diagnose.afnemers import afnemers
from services.diagnose.domain.adviesreactie import Adviesvraag
from services.diagnose.domain.fouten import NietBevoegd
from services.diagnose.store import adviezen, dossiers


async def stuur_advies_terug(
    uow: UnitOfWork, dossier_id: UUID, advies_id: UUID, *, vraag: str, op: date
) -> Adviesvraag:
    """Raises NietGevonden, NietBevoegd and what BehandeldAdvies.stuur_terug raises."""
    dossier = await dossiers.neem(uow, dossier_id)
    if uow.organisation != dossier.gemeentecode:
        raise NietBevoegd("Alleen de gemeente van de kandidaat stuurt een advies terug.")
    advies = await adviezen.neem(uow, dossier, advies_id)
    gesteld = advies.stuur_terug(uuid4(), vraag, op, local_date(uow.now))
    await adviezen.voeg_vraag_toe(uow, dossier, advies_id, gesteld)
    uow.emit(
        AdviesTeruggestuurd(
            kandidaat_id=dossier.kandidaat_id,
            gemeentecode=dossier.gemeentecode,
            dossier_id=dossier_id,
            advies_id=advies_id,
            vraag_id=gesteld.vraag_id,
            teruggestuurd_op=op,
        ),
        afnemers=afnemers(dossier),
    )
    return gesteld


async def beantwoord_adviesvraag(
    uow: UnitOfWork, dossier_id: UUID, advies_id: UUID, vraag_id: UUID, *, antwoord: str, op: date
) -> Adviesvraag:
    """Raises NietGevonden, NietBevoegd and what Adviesvraag.beantwoord raises."""
    dossier = await dossiers.neem(uow, dossier_id)
    if uow.organisation != WSD:
        raise NietBevoegd("WSD gaf het advies, en beantwoordt de vragen erover.")
    vraag = (await adviezen.neem(uow, dossier, advies_id)).met_nummer(vraag_id)
    if vraag is None:
        raise NietGevonden
    beantwoord = vraag.beantwoord(antwoord, op, local_date(uow.now))
    await adviezen.bewaar_antwoord(uow, dossier, beantwoord)
    uow.emit(
        AdviesvraagBeantwoord(
            kandidaat_id=dossier.kandidaat_id,
            gemeentecode=dossier.gemeentecode,
            dossier_id=dossier_id,
            advies_id=advies_id,
            vraag_id=vraag_id,
            beantwoord_op=op,
        ),
        afnemers=afnemers(dossier),
    )
    return beantwoord
