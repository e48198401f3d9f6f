"""Zoeken wie waar past, op een echte database: hetzelfde als de regels van een paar zeggen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chassis.database import Database
from contracts.gebeurtenis import Leeftijdsgroep
from contracts.intake import (
    Doelgroep,
    KandidaatTeruggevallen,
    KandidaatUitgestroomd,
    Uitstroombestemming,
)
from services.plaatsing.domain.eisen import Begeleidingsniveau, Belastingseis
from services.plaatsing.domain.matching import Match, beoordeel
from services.plaatsing.domain.profiel import Profiel
from services.plaatsing.domain.werkgever import Werkgeversoort
from services.plaatsing.domain.werkplek import Werkplek, Werksoort
from services.plaatsing.store import matching, werkplekken
from services.plaatsing.use_cases.zoek_matches import _aanbod, zoek_kandidaten, zoek_werkplekken
from tests.plaatsing import profielen
from tests.plaatsing.hulp import (
    BOXTEL,
    VUGHT,
    WSD,
    Keten,
    doorverwijzing,
    loonwaarde,
    op_proef,
    overdracht,
    trajectbesluit,
)
from tests.plaatsing.profielen import OP, met_profiel, met_werkplek, profiel, werkplek, zoekende

NUENEN = "0820"
"""Only here, so that nobody else's kandidaten are found."""
ALLES = 100_000
EIS = Belastingseis


def oordeel(gevonden: list[Match]) -> list[tuple[UUID, int]]:
    """Of werkplekken, in the order of the search."""
    return [(match.aanbod.werkplek.werkplek_id, match.score) for match in gevonden]


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(profielen.profielen(), min_size=4, max_size=12),
    st.lists(
        st.tuples(profielen.werkplekken(), st.sampled_from(Werkgeversoort)),
        min_size=4,
        max_size=12,
    ),
)
async def test_de_database_vindt_en_ordent_wat_de_regels_van_elk_paar_zeggen(
    database: Database,
    keten: Keten,
    wie: list[Profiel],
    plekken: list[tuple[Werkplek, Werkgeversoort]],
) -> None:
    gezocht = []
    for van in wie:
        kandidaat_id = uuid4()
        await keten.zeg(doorverwijzing(kandidaat_id, NUENEN))
        await met_profiel(database, kandidaat_id, van, door=NUENEN)
        gezocht.append(zoekende(van, kandidaat_id=kandidaat_id, gemeentecode=NUENEN))
    for plek, soort in plekken:
        plek.werkplek_id, plek.werkgever_id = uuid4(), uuid4()
        await met_werkplek(database, plek, door=NUENEN, soort=soort)
    async with database.unit_of_work(NUENEN) as uow:
        alle = await uow.connection.fetch("SELECT id FROM werkplek")
        aanbod = await werkplekken.haal_alle(uow, [row["id"] for row in alle], OP)
        paren = {
            (z.kandidaat_id, id_): beoordeel(z, _aanbod(plek), OP)
            for z in gezocht
            for id_, plek in aanbod.items()
        }
        for z in gezocht:
            gevonden = list(await zoek_werkplekken(uow, z.kandidaat_id, OP, ALLES))
            verwacht = {
                id_: match.score
                for (kandidaat_id, id_), match in paren.items()
                if kandidaat_id == z.kandidaat_id and not match.uitsluitingen
            }
            assert dict(oordeel(gevonden)) == verwacht
            scores = [match.score for match in gevonden]
            assert scores == sorted(scores, reverse=True)
        for plek, _ in plekken:
            bij = _aanbod(aanbod[plek.werkplek_id])
            andersom = await matching.kandidaten_voor(uow, bij, OP, ALLES)
            eigen = {z.kandidaat_id for z in gezocht}
            gevonden_ids = [z.kandidaat_id for z in andersom if z.kandidaat_id in eigen]
            passend = {
                kandidaat_id: match.score
                for (kandidaat_id, id_), match in paren.items()
                if id_ == plek.werkplek_id and not match.uitsluitingen
            }
            assert set(gevonden_ids) == set(passend)
            rang = [passend[id_] for id_ in gevonden_ids]
            assert rang == sorted(rang, reverse=True)


@pytest.mark.parametrize("anders", range(4))
async def test_doelgroep_leeftijdsgroep_en_loonwaarde_veranderen_niets(
    database: Database, keten: Keten, anders: int
) -> None:
    """Metamorphic: everything that is known of someone and must not weigh is otherwise."""
    een, ander = uuid4(), uuid4()
    doelgroepen = list(Doelgroep)
    await keten.zeg(doorverwijzing(een), trajectbesluit(een), loonwaarde(een, percentage=30))
    await keten.zeg(
        doorverwijzing(ander, doelgroep=doelgroepen[1 + anders]).model_copy(
            update={"leeftijdsgroep": list(Leeftijdsgroep)[anders]}
        ),
        trajectbesluit(ander, met_wsd=False),
        loonwaarde(ander, percentage=80),
    )
    for kandidaat_id in (een, ander):
        await met_profiel(database, kandidaat_id)
    plek = await met_werkplek(database)
    async with database.unit_of_work(WSD) as uow:
        [eerst, dan] = [
            [
                (m.aanbod.werkplek.werkplek_id, m.redenen)
                for m in await zoek_werkplekken(uow, kandidaat_id, OP, ALLES)
            ]
            for kandidaat_id in (een, ander)
        ]
        bij_plek = {
            m.zoekende.kandidaat_id: m.redenen for m in await zoek_kandidaten(uow, plek, OP, ALLES)
        }
    assert plek in [id_ for id_, _ in eerst]
    assert eerst == dan
    assert bij_plek[een] == bij_plek[ander]


def test_de_zoekvraag_noemt_geen_verboden_grond() -> None:
    from tests.plaatsing.domain.test_matching import VERBODEN

    zoekvragen = (matching._WERKPLEKKEN + matching._KANDIDATEN).lower()
    assert not [grond for grond in VERBODEN if grond in zoekvragen]


async def test_de_beste_staat_bovenaan_met_de_redenen(
    database: Database, keten: Keten, klant: Any
) -> None:
    kandidaat_id = await keten.kandidaat()
    await met_profiel(database, kandidaat_id, profiel(wensen=frozenset({Werksoort.KRINGLOOP})))
    gewoon = await met_werkplek(database)
    gewild = await met_werkplek(database, werkplek(werksoort=Werksoort.KRINGLOOP))
    async with database.unit_of_work(WSD) as uow:
        matches = await zoek_werkplekken(uow, kandidaat_id, OP, ALLES)
    ids = [match.aanbod.werkplek.werkplek_id for match in matches]
    assert ids.index(gewild) < ids.index(gewoon)
    antwoord = await klant(WSD).get(
        f"/kandidaten/{kandidaat_id}/matches", params={"op": str(OP), "aantal": 100}
    )
    assert antwoord.status_code == 200, antwoord.text
    [match] = [m for m in antwoord.json()["resultaten"] if m["werkplekId"] == str(gewild)]
    assert match["redenenVoor"][0] == {
        "criterium": "wens",
        "punten": 30,
        "tekst": "Dit wil de kandidaat graag: kringloop.",
    }
    alle = match["redenenVoor"] + match["redenenTegen"]
    assert match["score"] == sum(reden["punten"] for reden in alle)
    assert match["afstandKm"] == 0


async def test_een_volle_werkplek_wordt_niet_gevonden_en_een_vrijgekomen_wel(
    database: Database, keten: Keten
) -> None:
    ander, kandidaat_id = await keten.kandidaat(), await keten.kandidaat()
    plek = await met_werkplek(database)
    await met_profiel(database, kandidaat_id)
    plaatsing = await op_proef(database, ander, plek, begin=OP, uren=12)

    async def gevonden(op: date) -> bool:
        async with database.unit_of_work(WSD) as uow:
            matches = await zoek_werkplekken(uow, kandidaat_id, op, ALLES)
            andersom = await zoek_kandidaten(uow, plek, op, ALLES)
        bij_plek = kandidaat_id in [m.zoekende.kandidaat_id for m in andersom]
        assert bij_plek == (plek in [m.aanbod.werkplek.werkplek_id for m in matches])
        return bij_plek

    assert await gevonden(date(2026, 5, 3))
    assert not await gevonden(OP)
    assert plaatsing.tot_en_met is not None
    assert not await gevonden(plaatsing.tot_en_met)
    assert await gevonden(date.fromordinal(plaatsing.tot_en_met.toordinal() + 1))


async def test_wie_is_uitgestroomd_wordt_niet_gevonden(database: Database, keten: Keten) -> None:
    kandidaat_id = await keten.kandidaat()
    plek = await met_werkplek(database)
    await met_profiel(database, kandidaat_id)
    await keten.zeg(
        KandidaatUitgestroomd(
            kandidaat_id=kandidaat_id,
            gemeentecode=BOXTEL,
            uitgestroomd_op=OP,
            bestemming=next(iter(Uitstroombestemming)),
        )
    )
    async with database.unit_of_work(WSD) as uow:
        for op, verwacht in ((date(2026, 5, 3), True), (OP, False)):
            gevonden = await zoek_kandidaten(uow, plek, op, ALLES)
            assert (kandidaat_id in [m.zoekende.kandidaat_id for m in gevonden]) is verwacht


async def test_wat_intake_later_zegt_telt_voor_een_profiel_dat_er_al_is(
    database: Database, keten: Keten
) -> None:
    """Referred after the profiel was made, gone, and back."""
    kandidaat_id, plek = uuid4(), await met_werkplek(database)
    await keten.zeg(trajectbesluit(kandidaat_id))
    await met_profiel(database, kandidaat_id, door=BOXTEL)

    async def wsd_vindt() -> bool:
        async with database.unit_of_work(WSD) as uow:
            gevonden = await zoek_kandidaten(uow, plek, OP, ALLES)
        return kandidaat_id in [match.zoekende.kandidaat_id for match in gevonden]

    assert not await wsd_vindt()
    await keten.zeg(doorverwijzing(kandidaat_id))
    assert await wsd_vindt()
    wie = {"kandidaat_id": kandidaat_id, "gemeentecode": BOXTEL}
    uit = KandidaatUitgestroomd(
        **wie, uitgestroomd_op=OP, bestemming=next(iter(Uitstroombestemming))
    )
    await keten.zeg(uit)
    assert not await wsd_vindt()
    await keten.zeg(KandidaatTeruggevallen(**wie, teruggevallen_op=OP))
    assert await wsd_vindt()


async def test_een_correctie_van_de_werkplek_telt_meteen(
    database: Database, keten: Keten, klant: Any
) -> None:
    kandidaat_id = await keten.kandidaat()
    await met_profiel(database, kandidaat_id, profiel(niet_mogelijk=frozenset({EIS.ZWAAR_TILLEN})))
    plek = await met_werkplek(database)

    async def gevonden() -> bool:
        async with database.unit_of_work(WSD) as uow:
            matches = await zoek_kandidaten(uow, plek, OP, ALLES)
            andersom = await zoek_werkplekken(uow, kandidaat_id, OP, ALLES)
        bij_plek = kandidaat_id in [match.zoekende.kandidaat_id for match in matches]
        assert bij_plek == (plek in [m.aanbod.werkplek.werkplek_id for m in andersom])
        return bij_plek

    assert await gevonden()
    correctie = {
        "werksoort": "logistiek",
        "functie": "Orderpicker",
        "locatie": "Boxtel",
        "urenVan": "12",
        "urenTot": "36",
        "capaciteit": 1,
        "begeleidingGeboden": "dagelijks",
        "eisen": ["zwaar-tillen"],
        "reden": "Er komen zware dozen bij.",
    }
    antwoord = await klant(WSD).post(
        f"/werkplekken/{plek}/correcties", json=correctie, headers={"If-Match": '"1"'}
    )
    assert antwoord.status_code == 201, antwoord.text
    assert not await gevonden()


async def test_een_gemeente_vindt_alleen_eigen_kandidaten_en_wsd_wie_is_doorverwezen(
    database: Database, keten: Keten, klant: Any
) -> None:
    van_boxtel, van_vught = await keten.kandidaat(), await keten.kandidaat(VUGHT)
    nog_niet = uuid4()
    await keten.zeg(trajectbesluit(nog_niet, BOXTEL))
    for kandidaat_id, door in ((van_boxtel, WSD), (van_vught, VUGHT), (nog_niet, BOXTEL)):
        await met_profiel(database, kandidaat_id, door=door)
    plek = await met_werkplek(database)
    for organisatie, ziet in (
        (BOXTEL, {van_boxtel, nog_niet}),
        (VUGHT, {van_vught}),
        (WSD, {van_boxtel, van_vught}),
    ):
        async with database.unit_of_work(organisatie) as uow:
            gevonden = await zoek_kandidaten(uow, plek, OP, ALLES)
        deze = {m.zoekende.kandidaat_id for m in gevonden} & {van_boxtel, van_vught, nog_niet}
        assert deze == ziet
    assert (await klant(VUGHT).get(f"/kandidaten/{van_boxtel}/matches")).status_code == 404


async def test_wsd_vindt_een_werkplek_die_een_gemeente_houdt_alleen_voor_wie_van_haar_is(
    database: Database, keten: Keten
) -> None:
    van_boxtel, van_vught = await keten.kandidaat(), await keten.kandidaat(VUGHT)
    plek = await met_werkplek(database, werkplek(gedeeld=False), door=VUGHT)
    for kandidaat_id, verwacht in ((van_boxtel, False), (van_vught, True)):
        await met_profiel(database, kandidaat_id)
        async with database.unit_of_work(WSD) as uow:
            gevonden = await zoek_werkplekken(uow, kandidaat_id, OP, ALLES)
            andersom = await zoek_kandidaten(uow, plek, OP, ALLES)
        assert (plek in [m.aanbod.werkplek.werkplek_id for m in gevonden]) is verwacht
        assert (kandidaat_id in [m.zoekende.kandidaat_id for m in andersom]) is verwacht


async def test_verder_dan_de_punten_reiken_telt_de_afstand_niet_meer(
    database: Database, keten: Keten
) -> None:
    kandidaat_id = await keten.kandidaat()
    await met_profiel(database, kandidaat_id, profiel(reist_hoogstens_km=None))
    ver = await met_werkplek(database, werkplek(locatie="Helmond"))
    minder_ver = await met_werkplek(
        database,
        werkplek(locatie="Eindhoven", begeleiding_geboden=Begeleidingsniveau.PERMANENT),
    )
    async with database.unit_of_work(WSD) as uow:
        gevonden = await zoek_werkplekken(uow, kandidaat_id, OP, ALLES)
    ids = [match.aanbod.werkplek.werkplek_id for match in gevonden]
    assert ids.index(ver) < ids.index(minder_ver)


async def test_waarom_iets_niet_kan_leest_alleen_wie_begeleidt(
    database: Database, keten: Keten, klant: Any
) -> None:
    kandidaat_id = await keten.kandidaat()
    await met_profiel(database, kandidaat_id, profiel(niet_mogelijk=frozenset({EIS.ZWAAR_TILLEN})))
    plek = await met_werkplek(database, werkplek(eisen=frozenset({EIS.ZWAAR_TILLEN})))
    pad = f"/kandidaten/{kandidaat_id}/matches/{plek}"
    assert (await klant(WSD, "accountmanager").get(pad)).status_code == 403
    antwoord = await klant(BOXTEL).get(pad, params={"op": str(OP)})
    assert [r["tekst"] for r in antwoord.json()["uitsluitingen"]] == [
        "Het werk vraagt zwaar tillen; dat kan de kandidaat niet."
    ]


async def test_van_ieder_die_wordt_getoond_wordt_dat_vastgelegd(
    database: Database, keten: Keten, klant: Any
) -> None:
    kandidaat_id = await keten.kandidaat()
    await met_profiel(database, kandidaat_id)
    plek = await met_werkplek(database)
    await klant(BOXTEL).get(f"/werkplekken/{plek}/matches", params={"op": str(OP), "aantal": 100})
    async with database.unit_of_work(BOXTEL) as uow:
        namen = await uow.connection.fetch(
            "SELECT naam FROM verwerking WHERE betrokkene = $1 AND organisatie = $2",
            kandidaat_id,
            BOXTEL,
        )
    assert [row["naam"] for row in namen] == ["match bekeken"]


async def test_na_een_overdracht_zoekt_de_nieuwe_gemeente_verder(
    database: Database, keten: Keten
) -> None:
    kandidaat_id = await keten.kandidaat()
    await met_profiel(database, kandidaat_id)
    plek = await met_werkplek(database)
    await keten.zeg(overdracht(kandidaat_id, VUGHT))
    for organisatie, ziet in ((BOXTEL, False), (VUGHT, True), (WSD, True)):
        async with database.unit_of_work(organisatie) as uow:
            gevonden = await zoek_kandidaten(uow, plek, OP, ALLES)
        assert (kandidaat_id in [m.zoekende.kandidaat_id for m in gevonden]) is ziet


async def test_hetzelfde_zoeken_geeft_dezelfde_volgorde(database: Database, keten: Keten) -> None:
    gelijk = profiel(uren_tot=Decimal(16))
    for _ in range(5):
        await met_profiel(database, await keten.kandidaat(), replace(gelijk))
    plek = await met_werkplek(database)
    keren = []
    for _ in range(3):
        async with database.unit_of_work(WSD) as uow:
            gevonden = await zoek_kandidaten(uow, plek, OP, ALLES)
        keren.append([m.zoekende.kandidaat_id for m in gevonden])
    assert keren[0] == keren[1] == keren[2]
    assert len(keren[0]) >= 5
