"""A kandidaat starts in a job with loonkostensubsidie, at a werkgever or through Werkpartners."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

from chassis.clock import local_date
from chassis.unit_of_work import UnitOfWork
from contracts.plaatsing import Grondslag as Grondslagcode
from contracts.plaatsing import LKSPlaatsing
from services.plaatsing.afnemers import afnemers
from services.plaatsing.domain.bevoegdheid import eis_beschikbaar, eis_mag_plaatsen
from services.plaatsing.domain.lks_plaatsing import Grondslag, LksPlaatsing
from services.plaatsing.domain.plaatsing import eis_begin_nabij
from services.plaatsing.domain.werkgever import Route, eis_passende_route
from services.plaatsing.store import kandidaten, werkplekken
from services.plaatsing.use_cases.neem_plaats_in import neem_plaats_in
from services.plaatsing.use_cases.volg_loonwaarde import volg_loonwaarden


@dataclass(frozen=True, slots=True)
class TeStartenLksPlaatsing:
    kandidaat_id: UUID
    werkplek_id: UUID
    begindatum: date
    uren_per_week: Decimal
    voltijdsuren_per_week: Decimal
    grondslag: Grondslag
    via: Route
    behoort_tot_doelgroep: bool
    vorige_plaatsing_id: UUID | None = None


async def start_lks_plaatsing(uow: UnitOfWork, te_starten: TeStartenLksPlaatsing) -> LksPlaatsing:
    """Raises NietGevonden, and what the kandidaat, the plaatsing and its place raise."""
    begin = te_starten.begindatum
    kandidaat = await kandidaten.neem(uow, te_starten.kandidaat_id)
    eis_begin_nabij(begin, local_date(uow.now))
    eis_mag_plaatsen(kandidaat.trajectbesluit_op(begin), uow.organisation)
    op_loonwaarde = te_starten.grondslag is Grondslag.LOONWAARDE
    loonwaarde = kandidaat.loonwaarde_op(begin) if op_loonwaarde else None
    plek = await werkplekken.neem(uow, te_starten.werkplek_id)
    eis_beschikbaar(plek.eigenaar, plek.werkplek.gedeeld, kandidaat.gemeentecode)
    eis_passende_route(te_starten.via, plek.werkgeversoort)
    plaatsing = LksPlaatsing.start(
        plaatsing_id=uuid4(),
        kandidaat_id=kandidaat.kandidaat_id,
        gemeentecode=kandidaat.gemeentecode,
        werkgever_id=plek.werkplek.werkgever_id,
        werkplek_id=plek.werkplek.werkplek_id,
        werkgeversoort=plek.werkgeversoort,
        begin=begin,
        uren_per_week=te_starten.uren_per_week,
        voltijdsuren_per_week=te_starten.voltijdsuren_per_week,
        behoort_tot_doelgroep=te_starten.behoort_tot_doelgroep
        and kandidaat.kan_loonkostensubsidie_krijgen,
        loonwaarde=loonwaarde,
    )
    await neem_plaats_in(uow, kandidaat, plaatsing, plek.werkplek, te_starten.vorige_plaatsing_id)
    uow.emit(
        LKSPlaatsing(
            kandidaat_id=plaatsing.kandidaat_id,
            gemeentecode=plaatsing.gemeentecode,
            plaatsing_id=plaatsing.plaatsing_id,
            werkgever_id=plaatsing.werkgever_id,
            werkplek_id=plaatsing.werkplek_id,
            begindatum=plaatsing.begin,
            uren_per_week=plaatsing.uren_per_week,
            voltijdsuren_per_week=plaatsing.voltijdsuren_per_week,
            grondslag=Grondslagcode(plaatsing.grondslag),
            loonwaarde=plaatsing.loonwaarde,
            vorige_plaatsing_id=te_starten.vorige_plaatsing_id,
        ),
        afnemers=afnemers(kandidaat),
    )
    await volg_loonwaarden(uow, kandidaat, plaatsing)
    return plaatsing
