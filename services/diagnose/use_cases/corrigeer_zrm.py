"""A measurement was wrong: its next version counts from now on, and the wrong one stays known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chassis.clock import local_date
from chassis.unit_of_work import UnitOfWork
from chassis.web.problems import NietGevonden
from contracts.diagnose import ZrmGecorrigeerd
from services.diagnose.afnemers import afnemers
from services.diagnose.domain.verleden import eis_gebeurd
from services.diagnose.domain.zrm import Correctie, ZrmMeting, ZrmScore
from services.diagnose.store import dossiers


@dataclass(frozen=True, slots=True)
class TeCorrigeren:
    """The measurement as it should have been, and why it was not."""

    correctie: Correctie
    informatie_van: date
    beoordelaar: str
    scores: tuple[ZrmScore, ...]


async def corrigeer_zrm(
    uow: UnitOfWork,
    dossier_id: UUID,
    meting_id: UUID,
    te_corrigeren: TeCorrigeren,
    eis_versie: Callable[[int], None],
) -> ZrmMeting:
    """eis_versie: refuses when the caller looked at another version than the one that counts.

    Raises NietGevonden, VersieVerouderd, DatumInToekomst and what ZrmMeting.corrigeer raises.
    """
    dossier = await dossiers.neem(uow, dossier_id)
    oud = next((m for m in dossier.zrm_metingen if m.meting_id == meting_id), None)
    if oud is None:
        raise NietGevonden
    eis_versie(oud.metingversie)
    eis_gebeurd(te_corrigeren.correctie.gecorrigeerd_op, local_date(uow.now))
    nieuw = oud.corrigeer(
        te_corrigeren.correctie,
        informatie_van=te_corrigeren.informatie_van,
        beoordelaar=te_corrigeren.beoordelaar,
        scores=te_corrigeren.scores,
    )
    dossier.vervang_zrm(nieuw)
    await dossiers.vervang_zrm(uow, dossier, oud, nieuw)
    await dossiers.bewaar(uow, dossier)
    uow.emit(
        ZrmGecorrigeerd(
            kandidaat_id=dossier.kandidaat_id,
            gemeentecode=dossier.gemeentecode,
            dossier_id=dossier_id,
            meting_id=meting_id,
            metingversie=nieuw.metingversie,
            gecorrigeerd_op=te_corrigeren.correctie.gecorrigeerd_op,
        ),
        afnemers=afnemers(dossier),
    )
    return nieuw
