"""WSD takes a self-sufficiency matrix with the kandidaat."""

from __future__ import annotations

from uuid import UUID

from chassis.unit_of_work import UnitOfWork
from contracts.diagnose import ZrmAfgenomen
from services.diagnose.afnemers import afnemers
from services.diagnose.domain.zrm import ZrmMeting
from services.diagnose.store import dossiers


async def neem_zrm_af(uow: UnitOfWork, dossier_id: UUID, meting: ZrmMeting) -> ZrmMeting:
    """Raises NietGevonden and what Dossier.neem_zrm_af raises."""
    dossier = await dossiers.neem(uow, dossier_id)
    volgnummer = dossier.neem_zrm_af(meting)
    await dossiers.voeg_zrm_toe(uow, dossier, meting)
    await dossiers.bewaar(uow, dossier)
    uow.emit(
        ZrmAfgenomen(
            kandidaat_id=dossier.kandidaat_id,
            gemeentecode=dossier.gemeentecode,
            dossier_id=dossier_id,
            meting_id=meting.meting_id,
            zrm_versie="2017",
            afgenomen_op=meting.afgenomen_op,
            volgnummer=volgnummer,
        ),
        afnemers=afnemers(dossier),
    )
    return meting
