"""A kandidaat starts in a placement of a kind other than on trial or with loonkostensubsidie."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

from chassis.clock import local_date
from chassis.unit_of_work import UnitOfWork
from contracts.plaatsing import OverigePlaatsingsoort, PlaatsingGestart
from services.plaatsing.afnemers import afnemers
from services.plaatsing.domain.bevoegdheid import eis_beschikbaar, eis_mag_plaatsen
from services.plaatsing.domain.einde import Plaatsingsoort
from services.plaatsing.domain.fouten import LoonwaardeOntbreekt
from services.plaatsing.domain.kandidaat import Kandidaat
from services.plaatsing.domain.overige_plaatsing import Afspraak, OverigePlaatsing
from services.plaatsing.domain.plaatsing import eis_begin_nabij
from services.plaatsing.domain.soorten import REGELS
from services.plaatsing.domain.werkplek import Werkplek
from services.plaatsing.store import kandidaten, plaatsingen, werkplekken
from services.plaatsing.use_cases.neem_plaats_in import dagen_participatieplaats, neem_plaats_in
from services.plaatsing.use_cases.volg_loonwaarde import volg_loonwaarden


@dataclass(frozen=True, slots=True)
class TeStartenPlaatsing:
    kandidaat_id: UUID
    soort: Plaatsingsoort
    begindatum: date
    einddatum: date | None = None
    uren_per_week: Decimal | None = None
    werkplek_id: UUID | None = None
    tarief_per_uur: Decimal | None = None
    ontvangt_algemene_bijstand: bool = False
    vorige_plaatsing_id: UUID | None = None


async def start_plaatsing(uow: UnitOfWork, te_starten: TeStartenPlaatsing) -> OverigePlaatsing:
    """Raises NietGevonden, and what the kandidaat, the plaatsing and its place raise."""
    begin, regel = te_starten.begindatum, REGELS[te_starten.soort]
    kandidaat = await kandidaten.neem(uow, te_starten.kandidaat_id)
    eis_begin_nabij(begin, local_date(uow.now))
    eis_mag_plaatsen(kandidaat.trajectbesluit_op(begin), uow.organisation)
    besluit = kandidaat.beschut_werkbesluit_op(begin) if regel.beschut else None
    plek = None
    if te_starten.werkplek_id is not None:
        plek = await werkplekken.neem(uow, te_starten.werkplek_id)
        eis_beschikbaar(plek.eigenaar, plek.werkplek.gedeeld, kandidaat.gemeentecode)
    eerdere_dagen, verlengingen = await _eerdere_participatieplaatsen(
        uow, te_starten, plek.werkplek if plek else None
    )
    plaatsing = OverigePlaatsing.start(
        plaatsing_id=uuid4(),
        kandidaat_id=kandidaat.kandidaat_id,
        gemeentecode=kandidaat.gemeentecode,
        soort=te_starten.soort,
        afspraak=Afspraak(
            begin=begin,
            einddatum=te_starten.einddatum,
            uren_per_week=te_starten.uren_per_week,
            werkplek_id=te_starten.werkplek_id,
            werkgever_id=plek.werkplek.werkgever_id if plek else None,
            werkgeversoort=plek.werkgeversoort if plek else None,
            tarief_per_uur=te_starten.tarief_per_uur,
        ),
        ontvangt_algemene_bijstand=te_starten.ontvangt_algemene_bijstand
        and kandidaat.kan_algemene_bijstand_ontvangen,
        loonwaarde=_bekende_loonwaarde(kandidaat, begin),
        besluit_id=besluit.besluit_id if besluit else None,
        eerdere_dagen=eerdere_dagen,
        na_verlengingen=verlengingen,
    )
    await neem_plaats_in(
        uow, kandidaat, plaatsing, plek.werkplek if plek else None, te_starten.vorige_plaatsing_id
    )
    uow.emit(
        PlaatsingGestart(
            kandidaat_id=plaatsing.kandidaat_id,
            gemeentecode=plaatsing.gemeentecode,
            plaatsing_id=plaatsing.plaatsing_id,
            soort=OverigePlaatsingsoort(plaatsing.soort),
            begindatum=begin,
            einddatum=plaatsing.einddatum,
            uren_per_week=plaatsing.uren_per_week,
            werkgever_id=plaatsing.werkgever_id,
            werkplek_id=plaatsing.werkplek_id,
            vorige_plaatsing_id=te_starten.vorige_plaatsing_id,
        ),
        afnemers=afnemers(kandidaat),
    )
    await volg_loonwaarden(uow, kandidaat, plaatsing)
    return plaatsing


def _bekende_loonwaarde(kandidaat: Kandidaat, dag: date) -> int | None:
    """Not needed for these kinds, but kept where it is known."""
    try:
        return kandidaat.loonwaarde_op(dag)
    except LoonwaardeOntbreekt:
        return None


async def _eerdere_participatieplaatsen(
    uow: UnitOfWork, te_starten: TeStartenPlaatsing, werkplek: Werkplek | None
) -> tuple[int, int | None]:
    """Days before, and how often the previous one was extended when this one extends it: with
    other work in another environment, after it was reconsidered. Else None.
    """
    if te_starten.soort is not Plaatsingsoort.PARTICIPATIEPLAATS:
        return 0, None
    dagen = await dagen_participatieplaats(uow, te_starten.kandidaat_id, voor=te_starten.begindatum)
    if te_starten.vorige_plaatsing_id is None or werkplek is None:
        return dagen, None
    bewaard = await plaatsingen.haal(uow, te_starten.vorige_plaatsing_id)
    vorige = bewaard.plaatsing if bewaard else None
    if (
        not isinstance(vorige, OverigePlaatsing)
        or vorige.heroverwogen_op is None
        or vorige.werkplek_id is None
    ):
        return dagen, None
    vorige_plek = await werkplekken.haal(uow, vorige.werkplek_id)
    if vorige_plek is None or not werkplek.is_ander_werk_elders_dan(vorige_plek.werkplek):
        return dagen, None
    return dagen, vorige.verlengingen
