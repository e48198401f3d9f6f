"""WSD takes a self-sufficiency matrix with the kandidaat."""

from __future__ import annotations

from uuid import UUID

from chassis.clock import local_date
from chassis.unit_of_work import UnitOfWork
from contracts.diagnose import Zrm2013Afgenomen, ZrmAfgenomen
from services.diagnose.afnemers import afnemers
from services.diagnose.domain.dossier import Dossier
from services.diagnose.domain.termijn import Diagnosetermijnsoort
from services.diagnose.domain.verleden import eis_gebeurd
from services.diagnose.domain.zrm import ZrmMeting, ZrmVersie
from services.diagnose.store import dossiers
from services.diagnose.use_cases.bewaak_termijn import herhaal_termijn


async def neem_zrm_af(uow: UnitOfWork, dossier_id: UUID, meting: ZrmMeting) -> ZrmMeting:
    """The next one is due within a quarter.

    Raises NietGevonden, DatumInToekomst and what Dossier.neem_zrm_af raises.
    """
    dossier = await dossiers.neem(uow, dossier_id)
    eis_gebeurd(meting.afgenomen_op, local_date(uow.now))
    volgnummer = dossier.neem_zrm_af(meting)
    await dossiers.voeg_zrm_toe(uow, dossier, meting)
    await dossiers.bewaar(uow, dossier)
    await herhaal_termijn(
        uow,
        dossier,
        Diagnosetermijnsoort.ZRM_HERHALING,
        op=meting.afgenomen_op,
        uiterlijk=meting.volgende_uiterlijk,
    )
    uow.emit(_afgenomen(dossier, meting, volgnummer), afnemers=afnemers(dossier))
    return meting


def _afgenomen(
    dossier: Dossier, meting: ZrmMeting, volgnummer: int
) -> ZrmAfgenomen | Zrm2013Afgenomen:
    if meting.versie is ZrmVersie.V2013:
        return Zrm2013Afgenomen(
            kandidaat_id=dossier.kandidaat_id,
            gemeentecode=dossier.gemeentecode,
            dossier_id=dossier.dossier_id,
            meting_id=meting.meting_id,
            afgenomen_op=meting.afgenomen_op,
            volgnummer=volgnummer,
        )
    return ZrmAfgenomen(
        kandidaat_id=dossier.kandidaat_id,
        gemeentecode=dossier.gemeentecode,
        dossier_id=dossier.dossier_id,
        meting_id=meting.meting_id,
        zrm_versie="2017",
        afgenomen_op=meting.afgenomen_op,
        volgnummer=volgnummer,
    )
