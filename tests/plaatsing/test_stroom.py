"""In-, door- en uitstroom van wie de vrager ziet, in elke periode, van een programma of een soort.

Each test counts a gemeente of its own, that no other test has.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from chassis.database import Database
from contracts.gebeurtenis import Gebeurtenis
from contracts.intake import KandidaatTeruggevallen, KandidaatUitgestroomd, Uitstroombestemming
from contracts.portfolio import Programma
from services.plaatsing.domain.einde import Eindereden, Plaatsingsoort
from services.plaatsing.domain.soorten import OverigePlaatsingsoort
from tests.dienst import Klant
from tests.plaatsing.hulp import (
    BOXTEL,
    WSD,
    Keten,
    beeindig,
    doorverwijzing,
    in_dienst,
    loonwaarde,
    op_proef,
    overdracht,
    trajectbesluit,
    werkplek,
)
from tests.plaatsing.test_soorten import begin

ALPHEN, DEN_BOSCH, SUDWEST, TILBURG = "0484", "0796", "1900", "0855"
P = Plaatsingsoort
JAAR = {"vanaf": "2026-05-01", "totEnMet": "2026-12-31"}


async def stroom(klant: Klant, organisatie: str, **vraag: Any) -> Any:
    antwoord = await klant(organisatie).get("/rapportages/stroom", params={**JAAR, **vraag})
    assert antwoord.status_code == 200, antwoord.text
    return antwoord.json()


def regels(rapport: Any) -> dict[str, tuple[int, ...]]:
    """Of each kind of which there is anything: begin, in, on to, on from, out and end."""
    velden = (
        *("beginstand", "instroom", "doorstroomIn", "doorstroomUit"),
        *("uitstroom", "eindstand"),
    )
    gevonden = {r["soort"]: tuple(r[veld] for veld in velden) for r in rapport["soorten"]}
    return {soort: aantallen for soort, aantallen in gevonden.items() if any(aantallen)}


def uitstroom(kandidaat_id: UUID, gemeentecode: str, op: date) -> Gebeurtenis:
    return KandidaatUitgestroomd(
        kandidaat_id=kandidaat_id,
        gemeentecode=gemeentecode,
        uitgestroomd_op=op,
        bestemming=Uitstroombestemming.REGULIER_WERK,
    )


async def test_wie_doorstroomt_en_dan_regulier_gaat_werken(
    klant: Klant, database: Database, keten: Keten
) -> None:
    kandidaat_id = await keten.kandidaat(ALPHEN)
    proef = await op_proef(database, kandidaat_id, await werkplek(database))
    baan = await begin(
        database,
        kandidaat_id,
        P.DETACHERING_GROEP,
        await werkplek(database),
        begindatum=date(2026, 6, 15),
        vorige_plaatsing_id=proef.plaatsing_id,
    )
    await begin(
        database,
        kandidaat_id,
        P.REGULIER,
        begindatum=date(2026, 9, 1),
        vorige_plaatsing_id=baan.plaatsing_id,
    )
    rapport = await stroom(klant, ALPHEN)
    assert regels(rapport) == {
        "proefplaatsing": (0, 1, 0, 1, 0, 0),
        "detachering-groep": (0, 0, 1, 0, 1, 0),
        "regulier": (0, 1, 0, 0, 0, 1),
    }
    assert rapport["kandidaten"] == {
        "beginstand": 0,
        "instroom": 1,
        "uitstroom": 1,
        "eindstand": 0,
    }
    assert rapport["doorstroom"] == [
        {"van": "proefplaatsing", "naar": "detachering-groep", "aantal": 1}
    ]
    # On the border of two periods, in the middle of a run of placements, nobody comes or goes.
    tot = await stroom(klant, ALPHEN, totEnMet="2026-06-14")
    assert tot["kandidaten"] == {"beginstand": 0, "instroom": 1, "uitstroom": 0, "eindstand": 1}
    vanaf = await stroom(klant, ALPHEN, vanaf="2026-06-15")
    assert vanaf["kandidaten"] == {"beginstand": 1, "instroom": 0, "uitstroom": 1, "eindstand": 0}
    achter = await klant(ALPHEN).get(
        "/rapportages/stroom/plaatsingen", params={**JAAR, "limiet": 2}
    )
    assert [(p["soort"], p["teltAls"]) for p in achter.json()["resultaten"]] == [
        ("proefplaatsing", ["instroom", "doorstroom-uit"]),
        ("detachering-groep", ["doorstroom-in", "uitstroom"]),
    ]
    verder = await klant(ALPHEN).get(f"https://api.meedoen.example{achter.links['next']['url']}")
    [regulier] = verder.json()["resultaten"]
    assert (regulier["teltAls"], regulier["einddatum"]) == (["instroom", "eindstand"], None)
    assert (regulier["kandidaatId"], regulier["programma"]) == (str(kandidaat_id), "werkprogramma")
    [detachering] = [r for r in rapport["soorten"] if r["soort"] == "detachering-groep"]
    assert detachering["uitstroomNaarReden"] == [{"reden": "uitstroom-regulier", "aantal": 1}]


async def test_wie_terugvalt_stroomt_uit_en_weer_in(
    klant: Klant, database: Database, keten: Keten
) -> None:
    kandidaat_id = await keten.kandidaat(DEN_BOSCH)
    baan = await in_dienst(database, kandidaat_id, await werkplek(database))
    weg, terug = date(2026, 6, 15), date(2026, 8, 3)
    await beeindig(database, baan.plaatsing_id, date(2026, 6, 14), Eindereden.VERHUISD)
    await keten.zeg(
        uitstroom(kandidaat_id, DEN_BOSCH, weg),
        KandidaatTeruggevallen(
            kandidaat_id=kandidaat_id, gemeentecode=DEN_BOSCH, teruggevallen_op=terug
        ),
    )
    await begin(
        database,
        kandidaat_id,
        P.WERKERVARINGSPLAATS,
        await werkplek(database),
        begindatum=terug,
        einddatum=date(2026, 9, 30),
        vorige_plaatsing_id=baan.plaatsing_id,
    )
    rapport = await stroom(klant, DEN_BOSCH)
    assert regels(rapport) == {
        "lks-dienstverband": (0, 1, 0, 0, 1, 0),
        "werkervaringsplaats": (0, 1, 0, 0, 1, 0),
    }
    assert rapport["kandidaten"] == {
        "beginstand": 0,
        "instroom": 2,
        "uitstroom": 2,
        "eindstand": 0,
    }
    assert rapport["doorstroom"] == []
    zomer = await stroom(klant, DEN_BOSCH, vanaf="2026-06-01", totEnMet="2026-08-31")
    assert zomer["kandidaten"] == {"beginstand": 1, "instroom": 1, "uitstroom": 1, "eindstand": 1}


async def test_een_programma_of_een_soort_wordt_apart_geteld(
    klant: Klant, database: Database, keten: Keten
) -> None:
    soorten: tuple[tuple[OverigePlaatsingsoort, Programma], ...] = (
        (P.STAGE, Programma.ONTWIKKEL),
        (P.WERKACADEMIE, Programma.UITSTROOM),
        (P.STAGE, Programma.UITSTROOM),
    )
    for soort, programma in soorten:
        kandidaat_id = uuid4()
        await keten.zeg(
            doorverwijzing(kandidaat_id, SUDWEST),
            trajectbesluit(kandidaat_id, SUDWEST, programma=programma),
        )
        await begin(database, kandidaat_id, soort)
    assert regels(await stroom(klant, SUDWEST)) == {
        "stage": (0, 2, 0, 0, 2, 0),
        "werkacademie": (0, 1, 0, 0, 0, 1),
    }
    in_uitstroom = await stroom(klant, SUDWEST, programma="uitstroomprogramma")
    assert regels(in_uitstroom)["stage"][1] == 1
    assert in_uitstroom["kandidaten"]["instroom"] == 2
    alleen_stage = await stroom(klant, SUDWEST, soort="stage")
    assert [r["soort"] for r in alleen_stage["soorten"]] == ["stage"]
    assert alleen_stage["kandidaten"]["instroom"] == 2
    beide = await stroom(klant, SUDWEST, soort="stage", programma="werkprogramma")
    assert beide["kandidaten"]["instroom"] == 0


async def test_een_gemeente_telt_de_eigen_kandidaten_en_wsd_die_van_allen_of_van_een(
    klant: Klant, database: Database, keten: Keten
) -> None:
    kandidaat_id = await keten.kandidaat(TILBURG)
    await keten.zeg(loonwaarde(kandidaat_id, TILBURG))
    await in_dienst(database, kandidaat_id, await werkplek(database))
    eigen = await stroom(klant, TILBURG)
    assert regels(eigen) == {"lks-dienstverband": (0, 1, 0, 0, 0, 1)}
    assert await stroom(klant, WSD, gemeentecode=TILBURG) == eigen
    alle = await stroom(klant, WSD)
    assert alle["gemeentecode"] is None
    assert alle["kandidaten"]["eindstand"] >= 1
    for rapport in ("stroom", "stroom/plaatsingen"):
        geweigerd = await klant(BOXTEL).get(
            f"/rapportages/{rapport}", params={**JAAR, "gemeentecode": TILBURG}
        )
        assert geweigerd.status_code == 404
    # With an overdracht what was counted goes along.
    await keten.zeg(overdracht(kandidaat_id, BOXTEL))
    assert regels(await stroom(klant, TILBURG)) == {}


@pytest.mark.parametrize(
    "rapport",
    ["stroom", "stroom/plaatsingen", "transitiearrangement", "lks-banen", "begeleiding"],
)
async def test_een_periode_die_niet_kan_wordt_geweigerd_en_alle_dagen_die_er_zijn_niet(
    klant: Klant, rapport: str
) -> None:
    async def vraag(**anders: str) -> Any:
        return await klant(BOXTEL).get(f"/rapportages/{rapport}", params=anders)

    assert (await vraag(vanaf="0001-01-01", totEnMet="9999-12-31")).status_code == 200
    achterstevoren = await vraag(vanaf="2026-01-02", totEnMet="2026-01-01")
    assert (achterstevoren.status_code, achterstevoren.json()["code"]) == (400, "ongeldige-periode")
    fout = (await vraag(totEnMet="2026-1-2", gemeentecode="Best")).json()
    assert (fout["status"], len(fout["fouten"])) == (400, 3)
