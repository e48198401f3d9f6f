"""Werkgevers en werkplekken: wat er wordt vastgelegd, gedeeld, gecorrigeerd en afgesproken."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any
from uuid import UUID

import httpx2
import pytest

from chassis.database import Database
from tests.dienst import Klant
from tests.plaatsing.hulp import BOXTEL, VUGHT, WSD, Keten
from tests.plaatsing.test_api import kvk_nummer, maak_werkplek, proefplaatsing

WERKPLEK = {
    "werksoort": "logistiek",
    "functie": "Orderpicker",
    "locatie": "Boxtel",
    "urenVan": "16.00",
    "urenTot": "32.00",
    "capaciteit": 2,
}
ALLES = WERKPLEK | {
    "vanaf": "2026-05-01",
    "totEnMet": "2026-12-31",
    "begeleidingVereist": "op-afstand",
    "begeleidingGeboden": "dagelijks",
    "eisen": ["zwaar-tillen", "lang-staan"],
    "werktijden": [{"dag": "maandag", "van": "08:00", "tot": "16:30"}],
    "jobcarving": {
        "vacature": {
            "functie": "Magazijnmedewerker",
            "urenPerWeek": "36.00",
            "taken": ["inpakken", "heftruck rijden"],
        },
        "stappen": [{"op": "2026-04-10", "reden": "Zonder rijbewijs", "eraf": ["heftruck rijden"]}],
    },
    "gedeeld": True,
}


async def leg_vast(klant: httpx2.AsyncClient, **werkplek: Any) -> dict[str, Any]:
    """A werkplek at a werkgever of its own."""
    werkgever = await klant.post("/werkgevers", json={"kvkNummer": kvk_nummer(), "naam": "Proef"})
    antwoord = await klant.post(
        "/werkplekken",
        json=WERKPLEK | {"werkgeverId": werkgever.json()["werkgeverId"]} | werkplek,
    )
    assert antwoord.status_code == 201, antwoord.text
    gevonden: dict[str, Any] = antwoord.json()
    return gevonden


async def corrigeer(
    klant: httpx2.AsyncClient, werkplek: dict[str, Any], versie: int, **anders: Any
) -> httpx2.Response:
    return await klant.post(
        f"/werkplekken/{werkplek['werkplekId']}/correcties",
        json=WERKPLEK | {"reden": "Het is anders"} | anders,
        headers={"If-Match": f'"{versie}"'},
    )


async def test_een_werkplek_zegt_wanneer_en_voor_wie_zij_is_en_wat_zij_vraagt(
    klant: Klant,
) -> None:
    werkplek = await leg_vast(klant(BOXTEL), **ALLES)
    gezien = (await klant(VUGHT).get(f"/werkplekken/{werkplek['werkplekId']}")).json()
    assert gezien == werkplek
    jobcarving = gezien.pop("jobcarving")
    assert jobcarving["taken"] == ["inpakken"]
    assert jobcarving["stappen"][0]["erbij"] == []
    verwacht = {naam: waarde for naam, waarde in ALLES.items() if naam != "jobcarving"}
    assert {naam: gezien[naam] for naam in verwacht} == verwacht | {
        "eisen": ["zwaar-tillen", "lang-staan"]
    }
    assert (gezien["eigenaar"], gezien["versie"], gezien["vrijePlaatsen"]) == (BOXTEL, 1, 2)


async def test_alle_fouten_in_een_werkplek_worden_tegelijk_gemeld(klant: Klant) -> None:
    wsd = klant(WSD)
    werkgever = await wsd.post("/werkgevers", json={"kvkNummer": kvk_nummer(), "naam": "Proef"})
    stap = {"op": "2026-04-10", "reden": "x", "eraf": ["vegen"]}
    antwoord = await wsd.post(
        "/werkplekken",
        json=ALLES
        | {
            "werkgeverId": werkgever.json()["werkgeverId"],
            "totEnMet": "2026-04-01",
            "werktijden": [{"dag": "maandag", "van": "08:00", "tot": "08:00"}],
            "jobcarving": ALLES["jobcarving"] | {"stappen": [stap]},  # type: ignore[operator]
        },
    )
    assert antwoord.status_code == 400
    assert {fout["pad"] for fout in antwoord.json()["fouten"]} == {
        "totEnMet",
        "werktijden.0.tot",
        "jobcarving.stappen.0.eraf.0",
    }


@pytest.mark.parametrize(
    ("eigenaar", "gedeeld", "zien_het"),
    [
        (WSD, None, {WSD, BOXTEL, VUGHT}),
        (BOXTEL, None, {WSD, BOXTEL}),
        (BOXTEL, False, {WSD, BOXTEL}),
        (BOXTEL, True, {WSD, BOXTEL, VUGHT}),
    ],
)
async def test_wie_deelt_laat_anderen_de_werkplek_en_de_werkgever_zien(
    klant: Klant, eigenaar: str, gedeeld: bool | None, zien_het: set[str]
) -> None:
    werkplek = await leg_vast(klant(eigenaar), gedeeld=gedeeld)
    for pad in (f"/werkplekken/{werkplek['werkplekId']}", f"/werkgevers/{werkplek['werkgeverId']}"):
        gezien = {
            organisatie
            for organisatie in (WSD, BOXTEL, VUGHT)
            if (await klant(organisatie).get(pad)).status_code == 200
        }
        assert gezien == zien_het


async def test_wsd_houdt_geen_werkplek_voor_een_gemeente(klant: Klant) -> None:
    wsd = klant(WSD)
    werkgever = await wsd.post("/werkgevers", json={"kvkNummer": kvk_nummer(), "naam": "Proef"})
    antwoord = await wsd.post(
        "/werkplekken",
        json=WERKPLEK | {"werkgeverId": werkgever.json()["werkgeverId"], "gedeeld": False},
    )
    assert antwoord.status_code == 400
    assert [fout["pad"] for fout in antwoord.json()["fouten"]] == ["gedeeld"]


@pytest.mark.parametrize(
    ("gedeeld", "gemeente", "met_wsd", "door", "status"),
    [
        (False, BOXTEL, True, WSD, 201),
        (False, BOXTEL, False, BOXTEL, 201),
        (False, VUGHT, True, WSD, 403),
        (False, VUGHT, False, VUGHT, 404),
        (True, VUGHT, True, WSD, 201),
        (True, VUGHT, False, VUGHT, 201),
    ],
)
async def test_op_een_werkplek_van_boxtel_komt_een_ander_alleen_als_zij_gedeeld_is(
    klant: Klant,
    keten: Keten,
    gedeeld: bool,
    gemeente: str,
    met_wsd: bool,
    door: str,
    status: int,
) -> None:
    werkplek = await leg_vast(klant(BOXTEL), gedeeld=gedeeld)
    kandidaat_id = await keten.kandidaat(gemeente, met_wsd=met_wsd)
    antwoord = await klant(door).post(
        "/proefplaatsingen", json=proefplaatsing(kandidaat_id, werkplek)
    )
    assert antwoord.status_code == status, antwoord.text


@pytest.mark.parametrize(
    ("periode", "status"),
    [
        ({"vanaf": "2026-05-04", "totEnMet": "2026-07-03"}, 201),
        ({"vanaf": "2026-05-05"}, 409),
        ({"totEnMet": "2026-07-02"}, 409),
    ],
)
async def test_een_plaatsing_valt_in_de_periode_van_de_werkplek(
    klant: Klant, keten: Keten, periode: dict[str, str], status: int
) -> None:
    wsd = klant(WSD)
    werkplek = await leg_vast(wsd, **periode)
    antwoord = await wsd.post(
        "/proefplaatsingen", json=proefplaatsing(await keten.kandidaat(), werkplek)
    )
    assert antwoord.status_code == status, antwoord.text
    if status == 409:
        assert antwoord.json()["code"] == "werkplek-niet-beschikbaar"


async def test_een_correctie_is_een_nieuwe_versie_en_de_vorige_blijft_te_lezen(
    klant: Klant,
) -> None:
    boxtel = klant(BOXTEL)
    werkplek = await leg_vast(boxtel, **ALLES)
    antwoord = await corrigeer(boxtel, werkplek, 1, functie="Inpakker", capaciteit=3)
    assert antwoord.status_code == 201, antwoord.text
    assert antwoord.headers["ETag"] == '"2"'
    nu = (await boxtel.get(f"/werkplekken/{werkplek['werkplekId']}")).json()
    assert nu == antwoord.json()
    assert (nu["functie"], nu["capaciteit"], nu["versie"], nu["eisen"]) == ("Inpakker", 3, 2, [])
    versies = (await boxtel.get(f"/werkplekken/{werkplek['werkplekId']}/versies")).json()
    nieuw, oud = versies["resultaten"]
    assert (nieuw["versie"], nieuw["reden"], nieuw["functie"]) == (2, "Het is anders", "Inpakker")
    assert (oud["versie"], oud["reden"], oud["functie"]) == (1, None, "Orderpicker")
    assert oud["jobcarving"] == werkplek["jobcarving"]


async def test_wie_een_oude_versie_corrigeert_hoort_dat_en_van_velen_slaagt_er_een(
    klant: Klant,
) -> None:
    wsd = klant(WSD)
    werkplek = await leg_vast(wsd)
    antwoorden = await asyncio.gather(
        *(corrigeer(wsd, werkplek, 1, functie=f"Functie {n}") for n in range(5))
    )
    assert Counter(antwoord.status_code for antwoord in antwoorden) == {201: 1, 412: 4}


async def test_alleen_wie_de_werkplek_beheert_corrigeert_haar(klant: Klant) -> None:
    van_boxtel = await leg_vast(klant(BOXTEL), gedeeld=True)
    for organisatie in (WSD, VUGHT):
        antwoord = await corrigeer(klant(organisatie), van_boxtel, 1)
        assert antwoord.status_code == 403, antwoord.text


async def test_de_versies_zijn_voor_wie_de_werkplek_beheert_en_voor_wsd(klant: Klant) -> None:
    werkplek = await leg_vast(klant(BOXTEL), gedeeld=True)
    for organisatie, status in ((BOXTEL, 200), (WSD, 200), (VUGHT, 404)):
        antwoord = await klant(organisatie).get(f"/werkplekken/{werkplek['werkplekId']}/versies")
        assert antwoord.status_code == status


async def test_de_capaciteit_wordt_niet_kleiner_dan_het_aantal_dat_er_werkt_of_gaat_werken(
    klant: Klant, keten: Keten
) -> None:
    wsd = klant(WSD)
    werkplek = await leg_vast(wsd)
    for _ in range(2):
        kandidaat_id = await keten.kandidaat()
        await wsd.post("/proefplaatsingen", json=proefplaatsing(kandidaat_id, werkplek))
    kleiner = await corrigeer(wsd, werkplek, 1, capaciteit=1)
    assert (kleiner.status_code, kleiner.json()["code"]) == (409, "capaciteit-in-gebruik")
    assert (await corrigeer(wsd, werkplek, 1, capaciteit=2, urenVan="28")).status_code == 201


async def test_een_werkgever_is_per_functie_bereikbaar_en_te_wijzigen(klant: Klant) -> None:
    wsd = klant(WSD)
    adres = {"straat": "Weg", "huisnummer": "1", "postcode": "5281 AB", "plaats": "Boxtel"}
    punt = {"functie": "Planning", "email": "planning@werkgever.example", "adres": adres}
    gemaakt = await wsd.post(
        "/werkgevers", json={"kvkNummer": kvk_nummer(), "naam": "Proef", "contacten": [punt]}
    )
    pad = f"/werkgevers/{gemaakt.json()['werkgeverId']}"
    gelezen = await klant(BOXTEL).get(pad)
    assert gelezen.json()["contacten"] == [punt | {"telefoonnummer": None}]
    anders = {"naam": "Andere naam", "contact": {"telefoonnummer": "0411 000 000"}}
    etag = {"If-Match": gelezen.headers["ETag"]}
    gewijzigd = await wsd.post(f"{pad}/wijzigingen", json=anders, headers=etag)
    assert gewijzigd.status_code == 201, gewijzigd.text
    assert (gewijzigd.json()["naam"], gewijzigd.json()["contacten"]) == ("Andere naam", [])
    assert (await wsd.get(pad)).json() == gewijzigd.json()
    assert (await wsd.post(f"{pad}/wijzigingen", json=anders, headers=etag)).status_code == 412
    van_boxtel = await klant(BOXTEL).post(
        f"{pad}/wijzigingen", json=anders, headers={"If-Match": "*"}
    )
    assert van_boxtel.status_code == 403


async def test_een_contact_is_bereikbaar(klant: Klant) -> None:
    antwoord = await klant(WSD).post(
        "/werkgevers",
        json={"kvkNummer": kvk_nummer(), "naam": "Proef", "contacten": [{"functie": "Planning"}]},
    )
    assert antwoord.status_code == 400
    assert [fout["pad"] for fout in antwoord.json()["fouten"]] == ["contacten.0"]


async def test_afspraken_zijn_van_wie_de_werkgever_beheert(klant: Klant) -> None:
    van_boxtel = await leg_vast(klant(BOXTEL), gedeeld=True)
    pad = f"/werkgevers/{van_boxtel['werkgeverId']}/afspraken"
    for dag in ("2026-04-02", "2026-04-01"):
        afspraak = {"soort": "social-return", "gemaaktOp": dag, "omschrijving": "Twee plekken"}
        gemaakt = await klant(BOXTEL).post(pad, json=afspraak)
        assert gemaakt.status_code == 201, gemaakt.text
    een = gemaakt.headers["Location"].removeprefix("/plaatsing/v1")
    for organisatie, status in ((BOXTEL, 200), (WSD, 200), (VUGHT, 403)):
        lijst = await klant(organisatie).get(pad)
        assert lijst.status_code == status
        if status == 200:
            dagen = [a["gemaaktOp"] for a in lijst.json()["resultaten"]]
            assert dagen == ["2026-04-01", "2026-04-02"]
            assert (await klant(organisatie).get(een)).json() == gemaakt.json()
    assert (await klant(VUGHT).get(een)).status_code == 404
    assert (await klant(WSD).post(pad, json=afspraak)).status_code == 403


async def test_een_afspraak_is_gemaakt_en_eindigt_niet_voor_zij_begint(klant: Klant) -> None:
    wsd = klant(WSD)
    pad = f"/werkgevers/{(await leg_vast(wsd))['werkgeverId']}/afspraken"
    afspraak = {"soort": "intentie", "gemaaktOp": "2026-04-21", "omschrijving": "Vijf plekken"}
    for anders, veld in (({}, "gemaaktOp"), ({"totEnMet": "2026-04-20"}, "totEnMet")):
        antwoord = await wsd.post(pad, json=afspraak | anders)
        assert antwoord.status_code == 400
        assert [fout["pad"] for fout in antwoord.json()["fouten"]] == [f"{veld}"]


async def test_van_vijftig_die_de_laatste_plaats_willen_krijgt_een_die(
    klant: Klant, keten: Keten, database: Database
) -> None:
    """Also when they come from two gemeenten, who do not see each other's plaatsingen."""
    werkplek = await maak_werkplek(klant(WSD), capaciteit=1)
    verzoeken: list[tuple[str, UUID]] = []
    for nummer in range(50):
        gemeente = (BOXTEL, VUGHT)[nummer % 2]
        verzoeken.append((gemeente, await keten.kandidaat(gemeente, met_wsd=False)))
    antwoorden = await asyncio.gather(
        *(
            klant(gemeente).post("/proefplaatsingen", json=proefplaatsing(kandidaat_id, werkplek))
            for gemeente, kandidaat_id in verzoeken
        )
    )
    assert Counter(antwoord.status_code for antwoord in antwoorden) == {201: 1, 409: 49}
    async with database.unit_of_work(BOXTEL) as uow:
        drukte = await uow.connection.fetchval(
            "SELECT sum(verschil) FROM drukte WHERE werkplek_id = $1 AND dag <= '2026-05-04'",
            UUID(werkplek["werkplekId"]),
        )
    assert drukte == 1


async def test_wat_een_werkgever_krijgt_staat_er_met_artikel_en_bedragen(klant: Klant) -> None:
    vraag = {"doelgroep": "banenafspraak", "begindatum": "2026-03-02"}
    antwoord = await klant(BOXTEL).get("/werkgeversvoordelen", params=vraag)
    assert antwoord.status_code == 200, antwoord.text
    assert antwoord.json()["jaar"] == 2026
    voordeel = antwoord.json()["loonkostenvoordeel"]
    assert (voordeel["perUur"], voordeel["perJaar"]) == ("1.01", "2000")
    assert voordeel["artikel"] == "art. 2.10, 2.12 en 2.13 Wtl"
    assert antwoord.json()["noRiskpolis"]["geldt"] == "ja"
    te_vroeg = await klant(BOXTEL).get("/werkgeversvoordelen", params=vraag | {"jaar": "2025"})
    assert (te_vroeg.status_code, te_vroeg.json()["code"]) == (400, "jaar-voor-begin")
