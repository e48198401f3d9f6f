"""Profielen and werkplekken for tests: one that fits, and strategies for any."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from typing import Any, Final
from uuid import UUID, uuid4

from hypothesis import strategies as st

from chassis.database import Database
from services.plaatsing.domain.eisen import Begeleidingsniveau, Belastingseis, Dag
from services.plaatsing.domain.matching import Aanbod, Zoekende
from services.plaatsing.domain.plaatsen import PLAATSEN
from services.plaatsing.domain.profiel import Profiel, Profielversie, Vervoer
from services.plaatsing.domain.werkgever import Werkgever, Werkgeversoort
from services.plaatsing.domain.werkplek import Werkplek, Werksoort
from services.plaatsing.domain.werktijd import Werktijd
from services.plaatsing.use_cases.leg_profiel_vast import leg_profiel_vast
from services.plaatsing.use_cases.leg_werkgever_vast import leg_werkgever_vast
from services.plaatsing.use_cases.leg_werkplek_vast import leg_werkplek_vast
from tests.plaatsing.hulp import BOXTEL, WSD, doe

OP: Final = date(2026, 5, 4)
MAANDAG, DINSDAG, ZATERDAG = Dag.MAANDAG, Dag.DINSDAG, Dag.ZATERDAG

GEHEIM: Final = "Heeft een lichte verstandelijke beperking"
PROFIEL: Final[dict[str, Any]] = {
    "urenVan": "12",
    "urenTot": "20",
    "dagen": ["dinsdag", "maandag"],
    "beschikbaarVanaf": "2026-04-20",
    "begeleidingNodig": "dagelijks",
    "reistVanuit": "Boxtel",
    "reistHoogstensKm": 10,
    "nietMogelijk": ["zwaar-tillen"],
    "toelichting": GEHEIM,
}
"""As the API takes it."""


def profiel(**anders: Any) -> Profiel:
    """Two days in Boxtel, with daily guidance; fits werkplek()."""
    return Profiel(
        **{
            "uren_van": Decimal(12),
            "uren_tot": Decimal(20),
            "dagen": frozenset({MAANDAG, DINSDAG}),
            "beschikbaar_vanaf": date(2026, 4, 1),
            "begeleiding_nodig": Begeleidingsniveau.DAGELIJKS,
            "reist_vanuit": "Boxtel",
            "reist_hoogstens_km": 10,
            **anders,
        }
    )


def werkplek(**anders: Any) -> Werkplek:
    """Logistics in Boxtel, with daily guidance; fits profiel()."""
    return Werkplek(
        **{
            "werkplek_id": uuid4(),
            "werkgever_id": uuid4(),
            "werksoort": Werksoort.LOGISTIEK,
            "functie": "Orderpicker",
            "locatie": "Boxtel",
            "uren_van": Decimal(12),
            "uren_tot": Decimal(36),
            "capaciteit": 1,
            "begeleiding_geboden": Begeleidingsniveau.DAGELIJKS,
            **anders,
        }
    )


def werk_op(*dagen: Dag) -> tuple[Werktijd, ...]:
    return tuple(Werktijd(dag, time(8), time(16)) for dag in dagen)


def zoekende(van: Profiel | None = None, **anders: Any) -> Zoekende:
    gegevens: dict[str, Any] = {
        "kandidaat_id": uuid4(),
        "gemeentecode": BOXTEL,
        "uitgestroomd_op": None,
        **anders,
    }
    return Zoekende(profiel=van or profiel(), **gegevens)


def aanbod(
    van: Werkplek | None = None,
    eigenaar: str = WSD,
    soort: Werkgeversoort = Werkgeversoort.REGULIER,
) -> Aanbod:
    return Aanbod(van or werkplek(), eigenaar, soort)


_uren = st.integers(4, 40).map(Decimal)
_eisen = st.frozensets(st.sampled_from(Belastingseis), max_size=5)
_dagen = st.frozensets(st.sampled_from(Dag), min_size=1)
_niveaus = st.sampled_from(Begeleidingsniveau)
_dag = st.dates(date(2026, 4, 20), date(2026, 5, 20))
_DORPEN: Final = ("Boxtel", "Best", "Vught", "Son", "Helmond")


@st.composite
def profielen(draw: st.DrawFn) -> Profiel:
    van = draw(_uren)
    tot = van + draw(st.integers(0, 12))
    vaardigheden, leerdoelen = draw(_eisen), draw(_eisen)
    vanuit = draw(st.none() | st.sampled_from(_DORPEN))
    return Profiel(
        uren_van=van,
        uren_tot=tot,
        dagen=draw(_dagen),
        beschikbaar_vanaf=draw(_dag),
        begeleiding_nodig=draw(_niveaus),
        groeit_naar_uren=draw(st.none() | st.integers(1, 8).map(lambda meer: tot + meer)),
        reist_vanuit=vanuit,
        reist_hoogstens_km=draw(st.none() | st.integers(0, 40)) if vanuit else None,
        vervoer=draw(st.none() | st.sampled_from(Vervoer)),
        wensen=draw(st.frozensets(st.sampled_from(Werksoort))),
        ervaring=draw(st.frozensets(st.sampled_from(Werksoort))),
        vaardigheden=vaardigheden,
        leerdoelen=leerdoelen - vaardigheden,
        niet_mogelijk=draw(_eisen) - vaardigheden - leerdoelen,
    )


@st.composite
def werkplekken(draw: st.DrawFn) -> Werkplek:
    van = draw(_uren)
    vanaf = draw(st.none() | _dag)
    tot_en_met = draw(st.none() | _dag)
    return werkplek(
        werksoort=draw(st.sampled_from(Werksoort)),
        locatie=draw(st.sampled_from((*_DORPEN, " boxtel ", "BEST", "Lutjebroek"))),
        uren_van=van,
        uren_tot=van + draw(st.integers(0, 12)),
        vanaf=vanaf,
        tot_en_met=max(vanaf, tot_en_met) if vanaf and tot_en_met else tot_en_met,
        begeleiding_vereist=draw(_niveaus),
        begeleiding_geboden=draw(_niveaus),
        eisen=draw(_eisen),
        werktijden=werk_op(*draw(_dagen)) if draw(st.booleans()) else (),
        gedeeld=draw(st.booleans()),
    )


assert set(_DORPEN) <= set(PLAATSEN)


async def met_profiel(
    database: Database,
    kandidaat_id: UUID,
    van: Profiel | None = None,
    *,
    door: str = WSD,
    toelichting: str | None = None,
    eis_versie: Callable[[int], None] = lambda _: None,
) -> Profielversie:
    """The profiel of a kandidaat is recorded."""
    return await doe(
        database,
        door,
        lambda uow: leg_profiel_vast(uow, kandidaat_id, van or profiel(), toelichting, eis_versie),
    )


async def met_werkplek(
    database: Database,
    plek: Werkplek | None = None,
    *,
    door: str = WSD,
    soort: Werkgeversoort = Werkgeversoort.REGULIER,
) -> UUID:
    """A werkplek at a werkgever of its own."""
    plek = plek or werkplek()
    werkgever = Werkgever(
        plek.werkgever_id, f"{plek.werkgever_id.int % 10**8:08}", "Voorbeeld", soort
    )

    async def vastleggen(uow: Any) -> UUID:
        await leg_werkgever_vast(uow, werkgever)
        return (await leg_werkplek_vast(uow, plek)).werkplek.werkplek_id

    return await doe(database, door, vastleggen)
