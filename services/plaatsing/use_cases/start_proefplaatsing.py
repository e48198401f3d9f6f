"""A kandidaat starts to work on trial at a werkgever, with keeping the benefit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

from chassis.clock import local_date
from chassis.unit_of_work import UnitOfWork
from contracts.plaatsing import ProefplaatsingGestart
from services.plaatsing.afnemers import afnemers
from services.plaatsing.domain.bevoegdheid import eis_beschikbaar, eis_mag_plaatsen
from services.plaatsing.domain.plaatsing import eis_begin_nabij
from services.plaatsing.domain.proefplaatsing import Proefplaatsing
from services.plaatsing.store import kandidaten, werkplekken
from services.plaatsing.use_cases.neem_plaats_in import neem_plaats_in


@dataclass(frozen=True, slots=True)
class TeStartenProefplaatsing:
    kandidaat_id: UUID
    werkplek_id: UUID
    begindatum: date
    uren_per_week: Decimal
    maanden: int
    ontvangt_algemene_bijstand: bool
    vorige_plaatsing_id: UUID | None = None


async def start_proefplaatsing(
    uow: UnitOfWork, te_starten: TeStartenProefplaatsing
) -> Proefplaatsing:
    """Raises NietGevonden, and what the kandidaat, the proefplaatsing and its place raise."""
    kandidaat = await kandidaten.neem(uow, te_starten.kandidaat_id)
    eis_begin_nabij(te_starten.begindatum, local_date(uow.now))
    eis_mag_plaatsen(kandidaat.trajectbesluit_op(te_starten.begindatum), uow.organisation)
    plek = await werkplekken.neem(uow, te_starten.werkplek_id)
    eis_beschikbaar(plek.eigenaar, plek.werkplek.gedeeld, kandidaat.gemeentecode)
    werkplek = plek.werkplek
    plaatsing = Proefplaatsing.start(
        plaatsing_id=uuid4(),
        kandidaat_id=kandidaat.kandidaat_id,
        gemeentecode=kandidaat.gemeentecode,
        werkgever_id=werkplek.werkgever_id,
        werkplek_id=werkplek.werkplek_id,
        begin=te_starten.begindatum,
        uren_per_week=te_starten.uren_per_week,
        ontvangt_algemene_bijstand=te_starten.ontvangt_algemene_bijstand
        and kandidaat.kan_algemene_bijstand_ontvangen,
        maanden=te_starten.maanden,
    )
    await neem_plaats_in(uow, kandidaat, plaatsing, werkplek, te_starten.vorige_plaatsing_id)
    uow.emit(
        ProefplaatsingGestart(
            kandidaat_id=plaatsing.kandidaat_id,
            gemeentecode=plaatsing.gemeentecode,
            plaatsing_id=plaatsing.plaatsing_id,
            werkgever_id=plaatsing.werkgever_id,
            werkplek_id=plaatsing.werkplek_id,
            begindatum=plaatsing.begin,
            einddatum=plaatsing.afgesproken_tot_en_met,
            uren_per_week=plaatsing.uren_per_week,
            vorige_plaatsing_id=te_starten.vorige_plaatsing_id,
        ),
        afnemers=afnemers(kandidaat),
    )
    return plaatsing
