"""The planregisseur or the klantmanager agrees with a report of planregie."""

from __future__ import annotations

from uuid import UUID

from chassis.clock import local_date
from chassis.unit_of_work import UnitOfWork
from chassis.web.problems import NietGevonden
from contracts import diagnose as contract
from services.diagnose.afnemers import afnemers
from services.diagnose.domain.planregie import Akkoord, Akkoordrol, Rapportage
from services.diagnose.store import planregies


async def accordeer_rapportage(
    uow: UnitOfWork,
    dossier_id: UUID,
    planregie_id: UUID,
    rapportage_id: UUID,
    *,
    rol: Akkoordrol,
    medewerker: str,
) -> Rapportage:
    """Today, for the organisation that asks.

    Raises NietGevonden, AkkoordNietBevoegd and what Planregie.accordeer raises.
    """
    dossier, planregie = await planregies.neem(uow, dossier_id, planregie_id)
    vandaag = local_date(uow.now)
    akkoord = Akkoord(uow.organisation, rol, medewerker, vandaag)
    rapportage = planregie.accordeer(rapportage_id, akkoord)
    if rapportage is None:
        raise NietGevonden
    await planregies.bewaar(uow, dossier, planregie)
    if rapportage.is_geaccordeerd:
        uow.emit(
            contract.RapportageGeaccordeerd(
                kandidaat_id=dossier.kandidaat_id,
                gemeentecode=dossier.gemeentecode,
                dossier_id=dossier_id,
                planregie_id=planregie_id,
                rapportage_id=rapportage_id,
                soort=contract.Rapportagesoort(rapportage.soort),
                geaccordeerd_op=vandaag,
            ),
            afnemers=afnemers(dossier),
        )
    else:
        await uow.log_processing(
            "rapportage geaccordeerd door een van beide",
            kandidaat_id=dossier.kandidaat_id,
            gemeentecode=dossier.gemeentecode,
            activity="diagnose/planregie",
        )
    return rapportage
