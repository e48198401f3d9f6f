"""Een scenario bewaren, herzien, delen: de eigenaar beslist, en niemand anders ziet het vanzelf."""

from __future__ import annotations

import csv
import io
from typing import Any, Final
from uuid import uuid4

import asyncpg
import httpx2
import pytest

from chassis.database import Database
from contracts.afnemers import GEMEENTEN, WSD
from services.financiering.doorrekeningtabel import CSV, XLSX
from tests.financiering.conftest import Client
from tests.financiering.omgeving import BOXTEL, VUGHT
from tests.financiering.test_doorrekeningen import cellen, resultaten

_RECHTEN: Final = ("financiering.lezen", "financiering.schrijven")
INHOUD: Final = {
    "naam": "Meer plusdiensten",
    "notitie": "Voor het bestuur van december.",
    "basis": "break-even",
    "aanpassingen": [{"driver": "groei-plusdiensten", "wijze": "waarde", "getal": "40"}],
}


def als(client: Client, organisatie: str) -> httpx2.AsyncClient:
    """Its controller."""
    return client(organisatie, _RECHTEN, "controller")


async def bewaar(client: Client, organisatie: str = BOXTEL, **anders: Any) -> tuple[str, Any]:
    """A kept scenario: its path, and the answer."""
    antwoord = await als(client, organisatie).post("/scenarios", json={**INHOUD, **anders})
    assert antwoord.status_code == 201, antwoord.text
    return f"/scenarios/{antwoord.json()['scenarioId']}", antwoord


async def deel(client: Client, pad: str, *met: str, organisatie: str = BOXTEL) -> httpx2.Response:
    return await als(client, organisatie).post(
        f"{pad}/delingen", json={"organisaties": met}, headers={"If-Match": "*"}
    )


async def test_een_bewaard_scenario_is_van_wie_het_bewaarde(client: Client) -> None:
    pad, antwoord = await bewaar(client)
    assert antwoord.headers["location"].endswith(pad)
    gelezen = await als(client, BOXTEL).get(pad)
    assert gelezen.headers["etag"] == antwoord.headers["etag"] == '"1"'
    scenario = gelezen.json()
    assert scenario == antwoord.json()
    assert {n: scenario[n] for n in ("eigenaar", "versie", "gedeeldMet")} == {
        "eigenaar": BOXTEL,
        "versie": 1,
        "gedeeldMet": [],
    }
    assert scenario["aanpassingen"] == [
        {"driver": "groei-plusdiensten", "wijze": "waarde", "getal": "40.00", "jaar": None}
    ]


@pytest.mark.parametrize("organisatie", [VUGHT, WSD])
async def test_ongedeeld_bestaat_een_scenario_voor_een_ander_niet(
    client: Client, organisatie: str
) -> None:
    pad, _ = await bewaar(client)
    ander = als(client, organisatie)
    for onderdeel in ("", "/versies", "/doorrekening"):
        assert (await ander.get(pad + onderdeel)).status_code == 404
    vers = await ander.post(f"{pad}/versies", json=INHOUD, headers={"If-Match": "*"})
    assert vers.status_code == 404
    assert (await deel(client, pad, organisatie, organisatie=organisatie)).status_code == 404
    vergelijk = await ander.post(
        "/scenariovergelijkingen",
        json={"scenarios": [{"basis": "break-even"}, {"scenarioId": pad.rpartition("/")[2]}]},
    )
    assert vergelijk.status_code == 404
    assert (await ander.get("/scenarios")).json()["resultaten"] == []


async def test_een_gemeente_deelt_met_wsd_en_wsd_met_alle_negen(client: Client) -> None:
    van_boxtel, _ = await bewaar(client)
    van_wsd, _ = await bewaar(client, WSD, naam="Voorstel van WSD")
    assert (await deel(client, van_boxtel, WSD)).status_code == 201
    assert (await deel(client, van_wsd, *GEMEENTEN, organisatie=WSD)).status_code == 201
    assert (await als(client, WSD).get(van_boxtel)).json()["naam"] == "Meer plusdiensten"
    for gemeente in GEMEENTEN:
        zichtbaar = (await als(client, gemeente).get("/scenarios")).json()["resultaten"]
        namen = sorted(scenario["naam"] for scenario in zichtbaar)
        eigen = ["Meer plusdiensten"] if gemeente == BOXTEL else []
        assert namen == [*eigen, "Voorstel van WSD"]


async def test_wie_meekijkt_ziet_niet_met_wie_nog_meer_is_gedeeld(client: Client) -> None:
    pad, _ = await bewaar(client)
    await deel(client, pad, WSD, VUGHT)
    assert (await als(client, BOXTEL).get(pad)).json()["gedeeldMet"] == [VUGHT, WSD]
    assert (await als(client, VUGHT).get(pad)).json()["gedeeldMet"] == [VUGHT]


async def test_alleen_de_eigenaar_wijzigt_en_deelt(client: Client) -> None:
    pad, _ = await bewaar(client)
    await deel(client, pad, WSD)
    herzien = await als(client, WSD).post(f"{pad}/versies", json=INHOUD, headers={"If-Match": "*"})
    gedeeld = await deel(client, pad, VUGHT, organisatie=WSD)
    for antwoord in (herzien, gedeeld):
        assert (antwoord.status_code, antwoord.json()["code"]) == (403, "niet-uw-scenario")
    assert (await als(client, VUGHT).get(pad)).status_code == 404


async def test_een_deling_is_in_te_trekken(client: Client) -> None:
    pad, _ = await bewaar(client)
    await deel(client, pad, WSD, VUGHT)
    ingetrokken = await deel(client, pad, VUGHT)
    assert ingetrokken.json()["gedeeldMet"] == [VUGHT]
    assert (await als(client, WSD).get(pad)).status_code == 404
    assert (await als(client, VUGHT).get(pad)).status_code == 200


async def test_delen_met_een_onbekende_organisatie_wordt_geweigerd(client: Client) -> None:
    pad, _ = await bewaar(client)
    antwoord = await deel(client, pad, "9999")
    assert antwoord.status_code == 400
    assert antwoord.json()["fouten"][0]["code"] == "onbekende-organisatie"


async def test_een_cursor_voorbij_de_laatste_versie_geeft_een_lege_pagina(client: Client) -> None:
    pad, _ = await bewaar(client)
    antwoord = await als(client, BOXTEL).get(f"{pad}/versies?cursor=231811602293886818")
    assert (antwoord.status_code, antwoord.json()["resultaten"]) == (200, [])


async def test_een_nieuwe_versie_laat_de_vorige_staan(client: Client) -> None:
    pad, antwoord = await bewaar(client)
    boxtel = als(client, BOXTEL)
    voor = (await boxtel.get(f"{pad}/doorrekening")).json()
    herzien = await boxtel.post(
        f"{pad}/versies",
        json={**INHOUD, "naam": "Nog meer", "aanpassingen": []},
        headers={"If-Match": antwoord.headers["etag"]},
    )
    assert herzien.status_code == 201
    assert (herzien.json()["versie"], herzien.headers["etag"]) == (2, '"2"')
    versies = (await boxtel.get(f"{pad}/versies")).json()["resultaten"]
    assert [(v["versie"], v["naam"]) for v in versies] == [
        (1, "Meer plusdiensten"),
        (2, "Nog meer"),
    ]
    eerste = (await boxtel.get(f"{pad}/doorrekening?versie=1")).json()
    nieuwste = (await boxtel.get(f"{pad}/doorrekening")).json()
    assert eerste == voor
    # 25% instead of 40% of a million.
    assert resultaten(eerste)[2027] - resultaten(nieuwste)[2027] == 150
    assert (await boxtel.get(f"{pad}/doorrekening?versie=3")).status_code == 404


async def test_wie_een_oude_versie_zag_wijzigt_niets(client: Client) -> None:
    pad, antwoord = await bewaar(client)
    await deel(client, pad, WSD)
    verouderd = await als(client, BOXTEL).post(
        f"{pad}/versies", json=INHOUD, headers={"If-Match": antwoord.headers["etag"]}
    )
    assert verouderd.status_code == 412
    zonder = await als(client, BOXTEL).post(f"{pad}/versies", json=INHOUD)
    assert zonder.status_code == 428


async def test_bewaarde_en_gedeelde_scenarios_zijn_te_vergelijken(client: Client) -> None:
    van_boxtel, _ = await bewaar(client)
    van_wsd, _ = await bewaar(client, WSD, naam="Voorstel van WSD", aanpassingen=[])
    await deel(client, van_wsd, BOXTEL, organisatie=WSD)
    ids = [pad.rpartition("/")[2] for pad in (van_boxtel, van_wsd)]
    antwoord = await als(client, BOXTEL).post(
        "/scenariovergelijkingen",
        json={"scenarios": [{"scenarioId": ids[0], "versie": 1}, {"scenarioId": ids[1]}]},
    )
    een, ander = antwoord.json()["scenarios"]
    assert een["doorrekening"]["naam"] == "Meer plusdiensten (versie 1)"
    assert [driver["driver"] for driver in ander["drivers"]] == ["groei-plusdiensten"]


@pytest.mark.parametrize("naam", ["=1+1", "+SUM(A1)", "-2", "@x", "\t=1"])
async def test_een_naam_wordt_in_een_tabel_nooit_een_formule(client: Client, naam: str) -> None:
    pad, _ = await bewaar(client, naam=naam)
    boxtel = als(client, BOXTEL)
    tabel = await boxtel.get(f"{pad}/doorrekening", headers={"Accept": CSV})
    _, rij, *_ = csv.reader(io.StringIO(tabel.text))
    assert rij[0] == f"'{naam} (versie 1)"
    boek = await boxtel.get(f"{pad}/doorrekening", headers={"Accept": XLSX})
    assert cellen(boek.content, 1)[1][0] == ("s", f"{naam} (versie 1)")


async def test_een_naam_wordt_in_een_grafiek_nooit_opmaak(client: Client) -> None:
    pad, _ = await bewaar(client, naam="<script>&")
    svg = await als(client, BOXTEL).get(f"{pad}/doorrekening", headers={"Accept": "image/svg+xml"})
    assert "<script" not in svg.text
    assert "&lt;script&gt;&amp;" in svg.text


@pytest.mark.parametrize(
    ("anders", "pad"),
    [
        ({"naam": "  "}, "body.naam"),
        ({"naam": "x" * 101}, "body.naam"),
        ({"notitie": "x" * 2001}, "body.notitie"),
        ({"bsn": "999990342"}, "body.bsn"),
    ],
)
async def test_wat_niet_bewaard_kan_wordt_benoemd(
    client: Client, anders: dict[str, str], pad: str
) -> None:
    antwoord = await als(client, BOXTEL).post("/scenarios", json={**INHOUD, **anders})
    assert antwoord.status_code == 400
    assert [fout["pad"] for fout in antwoord.json()["fouten"]] == [pad]


async def test_een_klantmanager_rekent_maar_bewaart_niet(client: Client) -> None:
    klantmanager = client(BOXTEL, _RECHTEN)
    assert (await klantmanager.post("/scenarios", json=INHOUD)).status_code == 403
    assert (await klantmanager.post("/doorrekeningen", json={"basis": "break-even"})).is_success


async def test_scenarios_komen_in_bladzijden(client: Client) -> None:
    namen = [f"Scenario {nummer}" for nummer in range(3)]
    for naam in namen:
        await bewaar(client, naam=naam)
    eerste = await als(client, BOXTEL).get("/scenarios?limiet=2")
    volgende = eerste.headers["link"].partition(">")[0].rpartition("/v1")[2]
    tweede = await als(client, BOXTEL).get(volgende)
    gezien = [s["naam"] for blad in (eerste, tweede) for s in blad.json()["resultaten"]]
    assert sorted(gezien) == namen


async def test_een_gedeeld_scenario_is_ook_in_de_database_alleen_te_lezen(
    client: Client, database: Database
) -> None:
    pad, _ = await bewaar(client)
    await deel(client, pad, WSD)
    async with database.unit_of_work(WSD) as uow:
        assert await uow.connection.fetchval("SELECT count(*) FROM scenario") == 1
        assert await uow.connection.execute("UPDATE scenario SET versie = 9") == "UPDATE 0"
        assert await uow.connection.execute("DELETE FROM scenariodeling") == "DELETE 0"
    for poging in (
        "INSERT INTO scenariodeling (scenario_id, organisatie, eigenaar)"
        " SELECT id, '0865', eigenaar FROM scenario",
        "INSERT INTO scenariodeling (scenario_id, organisatie, eigenaar)"
        " SELECT id, '0865', 'wsd' FROM scenario",
        "UPDATE scenario SET eigenaar = 'wsd'",
        "DELETE FROM scenario",
        "UPDATE scenarioversie SET naam = 'x'",
    ):
        async with database.unit_of_work(WSD) as uow:
            with pytest.raises(
                (asyncpg.InsufficientPrivilegeError, asyncpg.ForeignKeyViolationError)
            ):
                await uow.connection.execute(poging)


async def test_een_scenario_dat_niet_bestaat_is_niet_gevonden(client: Client) -> None:
    assert (await als(client, BOXTEL).get(f"/scenarios/{uuid4()}")).status_code == 404
    assert (await als(client, BOXTEL).get(f"/scenarios/{uuid4()}/versies")).status_code == 404
