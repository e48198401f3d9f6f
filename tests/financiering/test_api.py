"""Wat een gemeente, WSD of integrator van een loonkostensubsidie ziet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from contracts.intake import Doelgroep
from tests.financiering.conftest import Client
from tests.financiering.omgeving import BOXTEL, Kandidaat, Omgeving

PROEF = {
    "peildatum": "2026-12-01",
    "leeftijdsgroep": "21+",
    "loonwaarde": 40,
    "urenPerWeek": "24.00",
    "voltijdsurenPerWeek": "36.00",
}


async def toegekend(
    omgeving: Omgeving, begin: date = date(2026, 12, 1), loonwaarde: int | None = 40
) -> tuple[Kandidaat, str]:
    """A granted subsidy of 24 hours, and its path."""
    kandidaat = Kandidaat()
    await omgeving.hoort(kandidaat.doorverwezen(), kandidaat.plaatsing(begin, loonwaarde))
    lks = await omgeving.lks(kandidaat)
    return kandidaat, f"/loonkostensubsidies/{lks.lks_id}"


def fouten(antwoord: Any) -> Sequence[tuple[str, str]]:
    assert antwoord.status_code == 400, antwoord.text
    return [(fout["pad"], fout["code"]) for fout in antwoord.json()["fouten"]]


async def test_een_toegekende_subsidie_toont_besluit_en_bedragen(
    omgeving: Omgeving, client: Client
) -> None:
    kandidaat, pad = await toegekend(omgeving)
    antwoord = await client().get(pad)
    assert antwoord.status_code == 200
    assert antwoord.headers["etag"] == '"2"'
    assert antwoord.json() == {
        "lksId": pad.rpartition("/")[2],
        "kandidaatId": str(kandidaat.id),
        "plaatsingId": str(kandidaat.plaatsing_id),
        "gemeentecode": "0757",
        "status": "toegekend",
        "begindatum": "2026-12-01",
        "laatsteDag": None,
        "maandbedrag": "1246.84",
        "werkgeverId": str(kandidaat.werkgever_id),
        "urenPerWeek": "24.00",
        "voltijdsurenPerWeek": "36.00",
        "grondslag": "loonwaarde",
        "loonwaarde": 40,
        "besluit": "toegekend",
        "beslotenOp": "2026-12-07",
        "gronden": [],
        "eindereden": None,
        "verjaardagsregel": "vanaf-de-verjaardagsmaand",
        "perioden": [
            {
                "vanaf": "2026-12-01",
                "totEnMet": None,
                "grondslag": "loonwaarde",
                "loonwaarde": 40,
                "maandbedrag": "1246.84",
                "reden": None,
                "betaler": BOXTEL,
            }
        ],
    }


async def test_wie_de_versie_al_heeft_krijgt_haar_niet_opnieuw(
    omgeving: Omgeving, client: Client
) -> None:
    kandidaat, pad = await toegekend(omgeving)
    etag = (await client().get(pad)).headers["etag"]
    assert (await client().get(pad, headers={"If-None-Match": etag})).status_code == 304
    await omgeving.hoort(kandidaat.einde(date(2026, 12, 31)))
    gewijzigd = await client().get(pad, headers={"If-None-Match": etag})
    assert gewijzigd.status_code == 200
    assert gewijzigd.json()["status"] == "beeindigd"
    assert gewijzigd.json()["perioden"][0]["totEnMet"] == "2026-12-31"


async def test_een_weigering_noemt_uitleg_en_artikel(omgeving: Omgeving, client: Client) -> None:
    kandidaat = Kandidaat()
    await omgeving.hoort(
        kandidaat.doorverwezen(doelgroep=Doelgroep.WSW), kandidaat.plaatsing(date(2026, 12, 1))
    )
    pad = f"/loonkostensubsidies/{(await omgeving.lks(kandidaat)).lks_id}"
    lks = (await client().get(pad)).json()
    assert (lks["status"], lks["maandbedrag"]) == ("geweigerd", None)
    (grond,) = lks["gronden"]
    assert grond["artikel"] == "art. 10d lid 3 Participatiewet"
    assert "Wsw-budget" in grond["uitleg"]
    for onderdeel in ("/berekening?op=2026-12-01", "/maanden?vanaf=2026-12&tot=2026-12"):
        antwoord = await client().get(pad + onderdeel)
        assert antwoord.status_code == 409
        assert antwoord.json()["code"] == "geen-toegekende-subsidie"


async def test_een_lijst_is_te_beperken_tot_kandidaat_of_plaatsing(
    omgeving: Omgeving, client: Client
) -> None:
    (een, _), (_, _) = await toegekend(omgeving), await toegekend(omgeving)

    async def gevonden(**beperking: str) -> list[str]:
        pagina = (await client().get("/loonkostensubsidies", params=beperking)).json()
        return [lks["plaatsingId"] for lks in pagina["resultaten"]]

    assert len(await gevonden()) == 2
    assert await gevonden(kandidaatId=str(een.id)) == [str(een.plaatsing_id)]
    assert await gevonden(plaatsingId=str(een.plaatsing_id)) == [str(een.plaatsing_id)]
    assert await gevonden(plaatsingId=str(uuid4())) == []


async def test_een_lijst_bladert_zonder_iets_over_te_slaan(
    omgeving: Omgeving, client: Client
) -> None:
    paden = {(await toegekend(omgeving))[1].rpartition("/")[2] for _ in range(3)}
    gevonden, url = [], "/loonkostensubsidies?limiet=2"
    while url:
        antwoord = await client().get(url)
        gevonden += [lks["lksId"] for lks in antwoord.json()["resultaten"]]
        url = antwoord.headers.get("link", "").partition(">")[0].rpartition("/v1")[2]
    assert len(gevonden) == 3
    assert set(gevonden) == paden


async def test_de_berekening_laat_elke_stap_zien_met_bedrag_en_artikel(
    omgeving: Omgeving, client: Client
) -> None:
    _, pad = await toegekend(omgeving)
    berekening = (await client().get(pad + "/berekening?op=2026-12-15")).json()
    assert berekening["maandbedrag"] == "1246.84"
    assert berekening["zonderWerkgeverslasten"] == "1009.58"
    assert berekening["werkgeverslasten"] == "237.25"
    stappen = {stap["naam"]: stap for stap in berekening["stappen"]}
    assert stappen["minimumloon"] == {
        "naam": "minimumloon",
        "omschrijving": "Wettelijk minimumloon per maand",
        "formule": "€ 2.337,00",
        "uitkomst": "2337.00",
        "grondslag": "art. 2 Participatiewet; art. 8 WML",
        "onzeker": False,
    }
    assert stappen["loonkostensubsidie"]["uitkomst"] == "1246.84"
    assert all(stap["grondslag"] for stap in stappen.values())


async def test_een_cijfer_zonder_officiele_bron_is_als_onzeker_gemerkt(
    omgeving: Omgeving, client: Client
) -> None:
    _, pad = await toegekend(omgeving)
    berekening = (await client().get(pad + "/berekening?op=2026-12-15")).json()
    onzeker = [stap["naam"] for stap in berekening["stappen"] if stap["onzeker"]]
    assert onzeker == ["werkgeverslasten"]
    assert berekening["onzekerheden"][0].startswith("werkgeverslasten: ")


@pytest.mark.parametrize(
    ("dag", "code"),
    [
        ("2026-01-14", "toekenning-loopt-niet"),
        ("2026-07-15", "loonwaarde-ontbreekt"),
    ],
)
async def test_zonder_bedrag_op_een_dag_zegt_de_berekening_waarom(
    omgeving: Omgeving, client: Client, dag: str, code: str
) -> None:
    _, pad = await toegekend(omgeving, date(2026, 1, 15), loonwaarde=None)
    antwoord = await client().get(f"{pad}/berekening?op={dag}")
    assert (antwoord.status_code, antwoord.json()["code"]) == (409, code)


async def test_een_dag_buiten_de_tabellen_wordt_niet_geraden(
    omgeving: Omgeving, client: Client
) -> None:
    _, pad = await toegekend(omgeving)
    antwoord = await client().get(f"{pad}/berekening?op=2027-01-01")
    assert (antwoord.status_code, antwoord.json()["code"]) == (409, "datum-buiten-tabel")


async def test_maanden_tonen_hun_delen_en_wat_niet_bekend_is(
    omgeving: Omgeving, client: Client
) -> None:
    kandidaat, pad = await toegekend(omgeving, date(2026, 10, 16))
    await omgeving.hoort(kandidaat.loonwaarde(55, date(2026, 11, 11)))
    antwoord = await client().get(f"{pad}/maanden?vanaf=2026-09&tot=2027-01")
    september, oktober, november, december, januari = antwoord.json()["maanden"]
    assert september == {"maand": "2026-09", "bedrag": "0.00", "reden": None, "delen": []}
    assert oktober["bedrag"] == "643.53"
    assert oktober["delen"] == [
        {
            "vanaf": "2026-10-16",
            "totEnMet": "2026-10-31",
            "dagen": 16,
            "dagenInMaand": 31,
            "maandbedrag": "1246.84",
            "bedrag": "643.53",
            "betaler": BOXTEL,
        }
    ]
    assert [(deel["dagen"], deel["maandbedrag"]) for deel in november["delen"]] == [
        (10, "1246.84"),
        (20, "935.13"),
    ]
    assert november["bedrag"] == "1039.03"
    assert december["bedrag"] == "935.13"
    assert (januari["bedrag"], januari["delen"]) == (None, [])
    assert januari["reden"]["code"] == "datum-buiten-tabel"


@pytest.mark.parametrize(
    ("vraag", "verwacht"),
    [
        ("vanaf=2026-12&tot=2026-11", [("query.tot", "verkeerd-bereik")]),
        ("vanaf=2026-01&tot=2029-01", [("query.tot", "verkeerd-bereik")]),
        ("vanaf=2026-13&tot=26-1", [("query.vanaf", "geen-maand"), ("query.tot", "geen-maand")]),
        ("vanaf=2026-12", [("query.tot", "verplicht")]),
    ],
)
async def test_een_bereik_van_maanden_heeft_grenzen(
    omgeving: Omgeving, client: Client, vraag: str, verwacht: list[tuple[str, str]]
) -> None:
    _, pad = await toegekend(omgeving)
    assert fouten(await client().get(f"{pad}/maanden?{vraag}")) == verwacht


async def test_zesendertig_maanden_mogen_in_een_keer(omgeving: Omgeving, client: Client) -> None:
    _, pad = await toegekend(omgeving)
    antwoord = await client().get(f"{pad}/maanden?vanaf=2026-01&tot=2028-12")
    assert len(antwoord.json()["maanden"]) == 36


async def test_een_proefberekening_geeft_hetzelfde_als_de_echte(
    omgeving: Omgeving, client: Client
) -> None:
    _, pad = await toegekend(omgeving)
    proef = await client().post("/proefberekeningen", json=PROEF)
    assert proef.status_code == 200
    assert proef.json() == (await client().get(pad + "/berekening?op=2026-12-01")).json()


async def test_een_proefberekening_kan_ook_met_forfait_en_voor_een_jongere(client: Client) -> None:
    invoer = PROEF | {
        "peildatum": "2026-01-01",
        "leeftijdsgroep": "19",
        "urenPerWeek": "36.00",
    }
    del invoer["loonwaarde"]
    antwoord = await client().post("/proefberekeningen", json=invoer)
    # 1376.64 x 1.08 x 50% x 1.235
    assert antwoord.json()["maandbedrag"] == "918.08"


async def test_een_proefberekening_buiten_de_tabellen_wordt_niet_geraden(client: Client) -> None:
    antwoord = await client().post("/proefberekeningen", json=PROEF | {"peildatum": "2027-01-01"})
    assert (antwoord.status_code, antwoord.json()["code"]) == (409, "datum-buiten-tabel")


@pytest.mark.parametrize(
    ("anders", "verwacht"),
    [
        ({"loonwaarde": 101}, [("body.loonwaarde", "te-groot")]),
        ({"urenPerWeek": "0.00"}, [("body.urenPerWeek", "geen-uren")]),
        ({"urenPerWeek": "24"}, [("body.urenPerWeek", "geen-uren")]),
        ({"urenPerWeek": "60.50"}, [("body.urenPerWeek", "geen-uren")]),
        ({"urenPerWeek": 24}, [("body.urenPerWeek", "geen-uren")]),
        ({"leeftijdsgroep": "14"}, [("body.leeftijdsgroep", "niet-in-lijst")]),
        (
            {"peildatum": "1-12-2026", "bsn": "999990342"},
            [("body.peildatum", "geen-datum"), ("body.bsn", "onbekend-veld")],
        ),
    ],
)
async def test_foute_invoer_wordt_benoemd(
    client: Client, anders: dict[str, object], verwacht: list[tuple[str, str]]
) -> None:
    assert fouten(await client().post("/proefberekeningen", json=PROEF | anders)) == verwacht
