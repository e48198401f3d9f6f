"""A kandidaat is proposed to an employer, without saying who it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from chassis.clock import local_date
from chassis.unit_of_work import UnitOfWork
from contracts.plaatsing import VoorstelGedaan
from services.plaatsing.afnemers import afnemers
from services.plaatsing.domain.bevoegdheid import eis_mag_plaatsen
from services.plaatsing.domain.fouten import ProfielOntbreekt, VoorstelLooptAl
from services.plaatsing.domain.voorstel import Voorstel, eis_voor_te_stellen, werkgeverstekst
from services.plaatsing.store import kandidaten, profielen, voorstellen
from services.plaatsing.use_cases.zoek_matches import bekijk_match


@dataclass(frozen=True, slots=True)
class VoorTeStellen:
    """begindatum: the day on which the work would begin."""

    kandidaat_id: UUID
    werkplek_id: UUID
    begindatum: date


async def stel_voor(uow: UnitOfWork, voor_te_stellen: VoorTeStellen) -> voorstellen.Bewaard:
    """Who would place, proposes.

    Raises NietGevonden, what Kandidaat.trajectbesluit_op raises, NietBevoegd, ProfielOntbreekt,
    VoorstelLooptAl, MatchUitgesloten.
    """
    vandaag = local_date(uow.now)
    begin = max(voor_te_stellen.begindatum, vandaag)
    kandidaat = await kandidaten.neem(uow, voor_te_stellen.kandidaat_id)
    eis_mag_plaatsen(kandidaat.trajectbesluit_op(begin), uow.organisation)
    if not await profielen.geldende_versie(uow, kandidaat.kandidaat_id):
        raise ProfielOntbreekt("Leg eerst vast wat de kandidaat kan, wil en nodig heeft.")
    if await voorstellen.loopt(uow, kandidaat.kandidaat_id, voor_te_stellen.werkplek_id):
        raise VoorstelLooptAl("Wacht op het antwoord, of trek dat voorstel eerst in.")
    match = await bekijk_match(uow, kandidaat.kandidaat_id, voor_te_stellen.werkplek_id, begin)
    eis_voor_te_stellen(match)
    voorstel = Voorstel(
        voorstel_id=uuid4(),
        kandidaat_id=kandidaat.kandidaat_id,
        gemeentecode=kandidaat.gemeentecode,
        werkplek_id=voor_te_stellen.werkplek_id,
        voorgesteld_door=uow.organisation,
        gedaan_op=vandaag,
        begindatum=begin,
    )
    bewaard = await voorstellen.voeg_toe(uow, voorstel, werkgeverstekst(match, begin))
    uow.emit(
        VoorstelGedaan(
            kandidaat_id=voorstel.kandidaat_id,
            gemeentecode=voorstel.gemeentecode,
            voorstel_id=voorstel.voorstel_id,
            werkplek_id=voorstel.werkplek_id,
            gedaan_op=voorstel.gedaan_op,
        ),
        afnemers=afnemers(kandidaat),
    )
    return bewaard
