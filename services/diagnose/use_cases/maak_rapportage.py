"""A report of planregie is made from what was recorded, and exists for the gemeente at once."""

from __future__ import annotations

from uuid import UUID, uuid4

from chassis.clock import local_date
from chassis.unit_of_work import UnitOfWork
from contracts import diagnose as contract
from services.diagnose.afnemers import afnemers
from services.diagnose.domain.dossier import Dossier
from services.diagnose.domain.planregie import Planregie, Rapportage, Rapportagesoort
from services.diagnose.domain.rapport import stel_op
from services.diagnose.domain.termijn import Diagnosetermijnsoort
from services.diagnose.domain.zrm_vergelijking import vergelijk
from services.diagnose.figuren.zrm import zrm_figuur
from services.diagnose.store import planregies
from services.diagnose.use_cases.bewaak_termijn import haal_termijn
from services.diagnose.use_cases.verleng_planregie import na_verlenging


async def maak_rapportage(
    uow: UnitOfWork,
    dossier_id: UUID,
    planregie_id: UUID,
    soort: Rapportagesoort,
    *,
    samenvatting: str,
    vervolg: str,
) -> Rapportage:
    """Made today, and never changed after.

    Raises NietGevonden and what Planregie.metingen_voor and Planregie.maak_rapportage raise.
    """
    dossier, planregie = await planregies.neem(uow, dossier_id, planregie_id)
    vandaag = local_date(uow.now)
    eerste, nieuwste = planregie.metingen_voor(soort, dossier.zrm_metingen, vandaag)
    is_plan = soort is Rapportagesoort.TRAJECTPLAN
    vergelijking = None if is_plan else vergelijk(eerste, nieuwste)
    rapportage = planregie.maak_rapportage(
        uuid4(),
        soort,
        nieuwste,
        tuple(vergelijking.stappen.items()) if vergelijking else (),
        vandaag,
    )
    rapport = stel_op(
        planregie,
        rapportage,
        nieuwste,
        None if is_plan else eerste,
        vergelijking,
        gemeentecode=dossier.gemeentecode,
        figuur=zrm_figuur(eerste, None if is_plan else nieuwste),
        samenvatting=samenvatting,
        vervolg=vervolg,
    )
    await planregies.bewaar(uow, dossier, planregie)
    await planregies.voeg_rapport_toe(uow, dossier, planregie, rapport)
    await _haal_termijn(uow, dossier, planregie, rapportage)
    uow.emit(
        contract.RapportageBeschikbaar(
            kandidaat_id=dossier.kandidaat_id,
            gemeentecode=dossier.gemeentecode,
            dossier_id=dossier_id,
            planregie_id=planregie_id,
            rapportage_id=rapportage.rapportage_id,
            soort=contract.Rapportagesoort(soort),
            gemaakt_op=vandaag,
        ),
        afnemers=afnemers(dossier),
    )
    return rapportage


async def _haal_termijn(
    uow: UnitOfWork, dossier: Dossier, planregie: Planregie, rapportage: Rapportage
) -> None:
    """The report that was due is there; at the end of an extension that of the extension."""
    if rapportage.soort is Rapportagesoort.TRAJECTPLAN:
        return
    soort = Diagnosetermijnsoort(rapportage.soort)
    kenmerken = [str(planregie.planregie_id)]
    if planregie.eindigt_bijna(rapportage.gemaakt_op):
        kenmerken.append(na_verlenging(planregie.planregie_id))
    for kenmerk in kenmerken:
        await haal_termijn(uow, dossier, soort, op=rapportage.gemaakt_op, kenmerk=kenmerk)
