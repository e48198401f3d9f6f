"""The loonwaardedeskundige establishes what the kandidaat's work is worth."""

from __future__ import annotations

from uuid import UUID

from chassis.unit_of_work import UnitOfWork
from contracts.diagnose import LoonwaardeVastgesteld
from services.diagnose.afnemers import afnemers
from services.diagnose.domain.dossier import Dossier
from services.diagnose.domain.fouten import GrondslagOnbekend
from services.diagnose.domain.loonwaarde import Loonwaardemeting, eis_second_opinion
from services.diagnose.domain.termijn import Diagnosetermijnsoort
from services.diagnose.store import dossiers, loonwaarden
from services.diagnose.use_cases.bewaak_termijn import (
    begin_termijn,
    haal_termijn,
    laat_termijn_vervallen,
)

_HERMETING = Diagnosetermijnsoort.LOONWAARDE_HERMETING


async def stel_loonwaarde_vast(
    uow: UnitOfWork, dossier_id: UUID, meting: Loonwaardemeting
) -> Loonwaardemeting:
    """Raises NietGevonden, GrondslagOnbekend (second opinion on a measurement that is not in this
    dossier), and what eis_second_opinion and Dossier.stel_loonwaarde_vast raise."""
    dossier = await dossiers.neem(uow, dossier_id)
    if meting.second_opinion_van is not None:
        await _eis_second_opinion(uow, dossier, meting, meting.second_opinion_van)
    vorige = dossier.vorige_meting(meting)
    loonwaarde = dossier.stel_loonwaarde_vast(meting)
    await dossiers.voeg_loonwaarde_toe(uow, dossier, meting)
    await dossiers.bewaar(uow, dossier)
    await _bewaak_hermeting(uow, dossier, meting)
    uow.emit(
        LoonwaardeVastgesteld(
            kandidaat_id=dossier.kandidaat_id,
            gemeentecode=dossier.gemeentecode,
            dossier_id=dossier_id,
            meting_id=meting.meting_id,
            loonwaarde=loonwaarde,
            vastgesteld_op=meting.vastgesteld_op,
            ingangsdatum=meting.ingangsdatum,
            methode="uniform-2021",
            vorige_loonwaarde=None if vorige is None else vorige.loonwaarde,
        ),
        afnemers=afnemers(dossier),
    )
    return meting


async def _eis_second_opinion(
    uow: UnitOfWork, dossier: Dossier, meting: Loonwaardemeting, eerste_id: UUID
) -> None:
    for eerste in dossier.loonwaardemetingen:
        if eerste.meting_id == eerste_id:
            gegeven = await loonwaarden.reacties(uow, dossier, eerste_id)
            eis_second_opinion(meting, eerste, gegeven)
            return
    raise GrondslagOnbekend("Kies een loonwaardemeting die in dit dossier staat.")


async def _bewaak_hermeting(uow: UnitOfWork, dossier: Dossier, meting: Loonwaardemeting) -> None:
    """The agreed day of the measurements before is met by one of the same work, else it lapses."""
    if meting.second_opinion_van is not None and meting.hermeting_op is None:
        return  # What was agreed with the first still stands.
    for eerder in dossier.loonwaardemetingen[:-1]:
        kenmerk = str(eerder.meting_id)
        if eerder.zelfde_werk(meting):
            await haal_termijn(uow, dossier, _HERMETING, op=meting.vastgesteld_op, kenmerk=kenmerk)
        else:
            await laat_termijn_vervallen(uow, dossier, _HERMETING, kenmerk)
    if meting.hermeting_op is not None:
        await begin_termijn(
            uow,
            dossier,
            _HERMETING,
            begonnen_op=meting.vastgesteld_op,
            laatste_dag=meting.hermeting_op,
            kenmerk=str(meting.meting_id),
        )
