"""Doorrekenen, vergelijken, een driver draaien: in JSON, CSV, XLSX en als grafiek."""

from __future__ import annotations

import csv
import io
import zipfile
from decimal import Decimal
from typing import Any, Final
from xml.etree import ElementTree

import pytest

from services.financiering.api.doorrekening_vormen import SVG
from services.financiering.domain.doorrekening import JAREN, Driver
from services.financiering.doorrekeningtabel import CSV, XLSX
from tests.financiering.conftest import Client
from tests.financiering.test_api import fouten

_NS: Final = {"s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
_SVG: Final = "{http://www.w3.org/2000/svg}"

MEER_PW: Final = {"driver": "pw-medewerkers", "wijze": "verschil", "getal": "100", "jaar": 2024}


def cellen(xlsx: bytes, blad: int) -> list[list[tuple[str, str]]]:
    """The rows of a sheet: of every cell its type (s: text, n: number) and its value."""
    with zipfile.ZipFile(io.BytesIO(xlsx)) as boek:
        gedeeld = [
            "".join(t.itertext())
            for t in ElementTree.fromstring(boek.read("xl/sharedStrings.xml"))  # noqa: S314 - ours
        ]
        wortel = ElementTree.fromstring(boek.read(f"xl/worksheets/sheet{blad}.xml"))  # noqa: S314
    assert not list(wortel.iter(f"{{{_NS['s']}}}f")), "er staat een formule in"
    rijen = []
    for rij in wortel.iterfind(".//s:row", _NS):
        gelezen = []
        for cel in rij.iterfind("s:c", _NS):
            waarde = cel.findtext("s:v", "", _NS)
            soort = cel.get("t", "n")
            gelezen.append((soort, gedeeld[int(waarde)] if soort == "s" else waarde))
        rijen.append(gelezen)
    return rijen


async def reken(client: Client, pad: str, body: Any, accept: str = "application/json") -> Any:
    antwoord = await client().post(pad, json=body, headers={"Accept": accept})
    assert antwoord.status_code == 200, antwoord.text
    assert antwoord.headers["content-type"].split(";")[0] == accept
    return antwoord


def resultaten(doorrekening: Any) -> dict[int, int]:
    return {jaar["jaar"]: jaar["resultaatDuizenden"] for jaar in doorrekening["jaren"]}


async def test_een_doorrekening_toont_rijen_bronnen_en_aannames(client: Client) -> None:
    uitkomst = (await reken(client, "/doorrekeningen", {"basis": "gezamenlijk-110"})).json()
    assert resultaten(uitkomst) == dict(zip(JAREN, (-720, -650, -150, 110, 370, 900), strict=True))
    assert [jaar["soort"] for jaar in uitkomst["jaren"]] == [
        *("begroting", "raming", "raming", "raming", "raming", "structureel")
    ]
    rijen = {rij["rij"]: rij for rij in uitkomst["rijen"]}
    assert rijen["rijksbijdrage-wsw"]["bedragen"][0] == {
        "jaar": 2020,
        "euro": "34759424.00",
        "duizenden": 34760,
    }
    assert rijen["bedrijfsresultaat"]["totaal"]
    assert rijen["subsidie-pw"]["formule"] == "pw-medewerkers × subsidie-per-pw"
    drivers = {u["driver"]: u for u in uitkomst["uitgangspunten"]}
    assert drivers.keys() == set(Driver)
    assert all(u["bron"] for u in drivers.values())
    assert drivers["vrijval-reserves"]["aanname"] is None
    assert {u["aanname"] for u in drivers.values()} - {None} == set(uitkomst["aannames"])
    assert not any(w["aangepast"] for u in drivers.values() for w in u["waarden"])


async def test_de_break_even_sluit_bij_2100(client: Client) -> None:
    uitkomst = (await reken(client, "/doorrekeningen", {"basis": "break-even"})).json()
    structureel = uitkomst["jaren"][-1]
    assert structureel["medewerkers"] == "2100.00"
    assert structureel["resultaatDuizenden"] == 0
    assert structureel["sluitendBijMedewerkers"] == 2100


async def test_een_aanpassing_werkt_door_en_is_te_herkennen(client: Client) -> None:
    body = {"basis": "gezamenlijk-110", "aanpassingen": [MEER_PW]}
    zonder = (await reken(client, "/doorrekeningen", {"basis": "gezamenlijk-110"})).json()
    met = (await reken(client, "/doorrekeningen", body)).json()
    # 100 x (5.762 - 8.333 + 8.333 x 1,0023 - 1.860 - 670)
    verschil = Decimal(met["jaren"][4]["resultaat"]) - Decimal(zonder["jaren"][4]["resultaat"])
    assert verschil == Decimal("325116.59")
    assert resultaten(met) | {2024: 0} == resultaten(zonder) | {2024: 0}
    aangepast = [
        (u["driver"], w["jaar"])
        for u in met["uitgangspunten"]
        for w in u["waarden"]
        if w["aangepast"]
    ]
    assert aangepast == [("pw-medewerkers", 2024)]


async def test_csv_is_utf8_zonder_bom_met_een_punt_in_de_getallen(client: Client) -> None:
    antwoord = await reken(client, "/doorrekeningen", {"basis": "tachtig-procent"}, CSV)
    assert not antwoord.content.startswith(b"\xef\xbb\xbf")
    kop, *rijen = csv.reader(io.StringIO(antwoord.content.decode()))
    assert kop == ["reeks", "rij", "naam", "eenheid", *map(str, JAREN)]
    assert len(rijen) == 3 + 22
    laatste = rijen[-1]
    assert laatste[:4] == ["80 procent", "exploitatieresultaat", "Exploitatieresultaat", "euro"]
    json = (await reken(client, "/doorrekeningen", {"basis": "tachtig-procent"})).json()
    assert laatste[4:] == [jaar["resultaat"] for jaar in json["jaren"]]


async def test_xlsx_heeft_getallen_als_getal_en_de_aannames_erbij(client: Client) -> None:
    antwoord = await reken(client, "/doorrekeningen", {"basis": "gezamenlijk-110"}, XLSX)
    kop, *rijen = cellen(antwoord.content, 1)
    assert [tekst for _, tekst in kop][-1] == "structureel (2027)"
    assert len(rijen) == 25
    assert [soort for soort, _ in rijen[3]] == ["s"] * 4 + ["n"] * 6
    assert rijen[3][4] == ("n", "34759424")
    assert len(cellen(antwoord.content, 2)) == 1 + len(Driver)
    json = (await reken(client, "/doorrekeningen", {"basis": "gezamenlijk-110"})).json()
    assert [rij[0][1] for rij in cellen(antwoord.content, 3)] == json["aannames"]


async def test_de_grafiek_staat_ook_in_woorden(client: Client) -> None:
    antwoord = await reken(client, "/doorrekeningen", {"basis": "gezamenlijk-110"}, SVG)
    figuur = ElementTree.fromstring(antwoord.text)  # noqa: S314 - ours
    assert len(figuur.findall(f"{_SVG}polyline")) == 3
    uitleg = figuur.findtext(f"{_SVG}desc", "")
    assert "Exploitatieresultaat: 2020 −720, 2021 −650" in uitleg
    assert "2027 e.v. 900." in uitleg
    assert "default-src 'none'" in antwoord.headers["content-security-policy"]


async def test_wat_niemand_kan_leveren_wordt_geweigerd(client: Client) -> None:
    antwoord = await client().post(
        "/doorrekeningen", json={"basis": "break-even"}, headers={"Accept": "application/pdf"}
    )
    assert antwoord.status_code == 406


@pytest.mark.parametrize(
    ("anders", "verwacht"),
    [
        ({"basis": "droom"}, [("body.basis", "niet-in-lijst")]),
        (
            {"aanpassingen": [{"driver": "x", "wijze": "y", "getal": 1, "jaar": 2025}]},
            [
                ("body.aanpassingen.0.driver", "niet-in-lijst"),
                ("body.aanpassingen.0.wijze", "niet-in-lijst"),
                ("body.aanpassingen.0.getal", "geen-getal"),
                ("body.aanpassingen.0.jaar", "niet-in-lijst"),
            ],
        ),
        (
            {"aanpassingen": [MEER_PW, {**MEER_PW, "getal": "-2000"}]},
            [("body.aanpassingen.1.getal", "buiten-bereik")],
        ),
    ],
)
async def test_een_onmogelijk_uitgangspunt_wordt_benoemd(
    client: Client, anders: dict[str, Any], verwacht: list[tuple[str, str]]
) -> None:
    body = {"basis": "gezamenlijk-110", **anders}
    assert fouten(await client().post("/doorrekeningen", json=body)) == verwacht


GEVOELIG: Final = {
    "basis": "gezamenlijk-110",
    "driver": "groei-plusdiensten",
    "wijze": "verschil",
    "van": "-50",
    "tot": "50",
    "aantal": 3,
}


async def test_gevoeligheid_geeft_per_getal_de_uitkomst_per_jaar(client: Client) -> None:
    gevonden = (await reken(client, "/gevoeligheidsanalyses", GEVOELIG)).json()
    assert [(p["getal"], resultaten(p)[2027]) for p in gevonden["punten"]] == [
        ("-50.00", 400),
        ("0.00", 900),
        ("50.00", 1400),
    ]
    assert gevonden["aannames"]


async def test_gevoeligheid_is_er_ook_als_tabel_en_grafiek(client: Client) -> None:
    tabel = await reken(client, "/gevoeligheidsanalyses", GEVOELIG, CSV)
    rijen = list(csv.reader(io.StringIO(tabel.text)))
    assert len(rijen) == 1 + 3 * 25
    assert len(
        cellen((await reken(client, "/gevoeligheidsanalyses", GEVOELIG, XLSX)).content, 1)
    ) == len(rijen)
    figuur = ElementTree.fromstring(  # noqa: S314 - ours
        (await reken(client, "/gevoeligheidsanalyses", GEVOELIG, SVG)).text
    )
    assert len(figuur.findall(f"{_SVG}polyline")) == len(JAREN)
    een_jaar = await reken(client, "/gevoeligheidsanalyses", {**GEVOELIG, "jaar": 2024}, SVG)
    assert een_jaar.text.count("<polyline") == 1


@pytest.mark.parametrize(
    ("anders", "status", "code"),
    [
        ({"van": "1", "tot": "1"}, 400, "ongeldig-bereik"),
        ({"van": "0", "tot": "0.01"}, 400, "ongeldig-bereik"),
        ({"van": "-500"}, 400, "ongeldige-aanpassing"),
        ({"aantal": 1}, 400, "ongeldige-invoer"),
        ({"aantal": 22}, 400, "ongeldige-invoer"),
    ],
)
async def test_een_bereik_dat_niet_kan_wordt_geweigerd(
    client: Client, anders: dict[str, Any], status: int, code: str
) -> None:
    antwoord = await client().post("/gevoeligheidsanalyses", json={**GEVOELIG, **anders})
    assert (antwoord.status_code, antwoord.json()["code"]) == (status, code)


async def test_de_scenarios_van_de_bron_zijn_te_vergelijken(client: Client) -> None:
    body = {"scenarios": [{"basis": "gezamenlijk-110"}, {"basis": "tachtig-procent"}]}
    eerste, ander = (await reken(client, "/scenariovergelijkingen", body)).json()["scenarios"]
    assert eerste["rijen"] == []
    assert eerste["drivers"] == []
    rijen = {rij["rij"]: rij for rij in ander["rijen"]}
    assert [v["duizenden"] for v in rijen["exploitatieresultaat"]["verschillen"]] == [
        *(0, -410, -390, -400, -400, -650)
    ]
    assert "rijksbijdrage-wsw" not in rijen
    drivers = {d["driver"]: d["verschillen"] for d in ander["drivers"]}
    assert drivers["pw-medewerkers"] == [
        *("0.00", "-125.00", "-237.00", "-345.00", "-450.00", "-530.00")
    ]
    tabel = list(
        csv.reader(io.StringIO((await reken(client, "/scenariovergelijkingen", body, CSV)).text))
    )
    assert len(tabel) == 1 + 2 * 25
    figuur = (await reken(client, "/scenariovergelijkingen", body, SVG)).text
    assert figuur.count("<polyline") == 2


@pytest.mark.parametrize(
    "fout",
    [
        {},
        {"basis": "break-even", "scenarioId": "00000000-0000-4000-8000-000000000000"},
        {"basis": "break-even", "versie": 1},
    ],
)
async def test_een_vergelijking_noemt_per_plek_een_scenario(
    client: Client, fout: dict[str, Any]
) -> None:
    body = {"scenarios": [{"basis": "break-even"}, fout]}
    antwoord = await client().post("/scenariovergelijkingen", json=body)
    assert fouten(antwoord) == [("body.scenarios.1", "kies-een")]
