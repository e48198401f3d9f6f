"""Het profiel van een kandidaat: wie het ziet, wie het vastlegt, en wat er van wordt bewaard."""

from __future__ import annotations

from typing import Any

import pytest

from chassis.database import Database
from tests.plaatsing.hulp import BOXTEL, VUGHT, WSD, Keten, overdracht
from tests.plaatsing.profielen import GEHEIM, PROFIEL


async def vastgelegd(
    klant: Any, kandidaat_id: Any, *, versie: int = 0, door: str = WSD, **anders: Any
) -> Any:
    return await klant(door, "trajectconsulent" if door == WSD else None).post(
        f"/kandidaten/{kandidaat_id}/profielen",
        json={**PROFIEL, **anders},
        headers={"If-Match": f'"{versie}"'},
    )


async def test_gemeente_en_wsd_houden_samen_een_profiel_bij(keten: Keten, klant: Any) -> None:
    kandidaat_id = await keten.kandidaat()
    eerste = await vastgelegd(klant, kandidaat_id)
    assert eerste.status_code == 201, eerste.text
    assert eerste.headers["ETag"] == '"1"'
    tweede = await vastgelegd(klant, kandidaat_id, versie=1, door=BOXTEL, urenTot="24")
    assert tweede.json()["versie"] == 2
    gelezen = (await klant(BOXTEL).get(f"/kandidaten/{kandidaat_id}/profiel")).json()
    assert gelezen == {
        "versie": 2,
        "vastgelegdOp": "2026-04-20T09:00:00Z",
        "vastgelegdDoor": BOXTEL,
        "urenVan": "12.00",
        "urenTot": "24.00",
        "groeitNaarUren": None,
        "dagen": ["maandag", "dinsdag"],
        "beschikbaarVanaf": "2026-04-20",
        "begeleidingNodig": "dagelijks",
        "reistVanuit": "Boxtel",
        "reistHoogstensKm": 10,
        "vervoer": None,
        "wensen": [],
        "ervaring": [],
        "vaardigheden": [],
        "leerdoelen": [],
        "nietMogelijk": ["zwaar-tillen"],
        "toelichting": GEHEIM,
    }
    versies = (await klant(WSD, "jobcoach").get(f"/kandidaten/{kandidaat_id}/profielen")).json()
    assert [(v["versie"], v["vastgelegdDoor"], v["urenTot"]) for v in versies["resultaten"]] == [
        (2, BOXTEL, "24.00"),
        (1, WSD, "20.00"),
    ]


async def test_wie_een_oude_versie_las_legt_geen_nieuwe_vast(keten: Keten, klant: Any) -> None:
    kandidaat_id = await keten.kandidaat()
    await vastgelegd(klant, kandidaat_id)
    assert (await vastgelegd(klant, kandidaat_id)).status_code == 412
    assert (await vastgelegd(klant, kandidaat_id, versie=1)).status_code == 201


@pytest.mark.parametrize("rol", ["accountmanager", "werkleider", "backoffice"])
async def test_wie_niet_begeleidt_leest_en_schrijft_geen_profiel(
    keten: Keten, klant: Any, rol: str
) -> None:
    kandidaat_id = await keten.kandidaat()
    await vastgelegd(klant, kandidaat_id)
    for pad in ("profiel", "profielen"):
        antwoord = await klant(WSD, rol).get(f"/kandidaten/{kandidaat_id}/{pad}")
        assert antwoord.status_code == 403


async def test_voor_een_andere_gemeente_bestaat_het_profiel_niet(keten: Keten, klant: Any) -> None:
    kandidaat_id = await keten.kandidaat()
    await vastgelegd(klant, kandidaat_id)
    for pad in ("profiel", "profielen", "matches"):
        assert (await klant(VUGHT).get(f"/kandidaten/{kandidaat_id}/{pad}")).status_code == 404
    assert (await vastgelegd(klant, kandidaat_id, versie=1, door=VUGHT)).status_code == 404


async def test_naast_het_zegel_staan_alleen_codes(
    database: Database, keten: Keten, klant: Any
) -> None:
    kandidaat_id = await keten.kandidaat()
    await vastgelegd(klant, kandidaat_id)
    async with database.unit_of_work(BOXTEL) as uow:
        rijen = [
            *await uow.connection.fetch("SELECT * FROM profiel"),
            *await uow.connection.fetch("SELECT * FROM profielversie"),
        ]
    zichtbaar = str([row for row in rijen if row["kandidaat_id"] == kandidaat_id])
    assert "verstandelijk" not in zichtbaar
    assert "tillen" not in zichtbaar


async def test_elke_inzage_wordt_vastgelegd(database: Database, keten: Keten, klant: Any) -> None:
    kandidaat_id = await keten.kandidaat()
    await vastgelegd(klant, kandidaat_id)
    await klant(BOXTEL).get(f"/kandidaten/{kandidaat_id}/profiel")
    async with database.unit_of_work(BOXTEL) as uow:
        namen = await uow.connection.fetch(
            "SELECT naam, organisatie FROM verwerking WHERE betrokkene = $1 AND naam LIKE"
            " 'profiel%' ORDER BY naam",
            kandidaat_id,
        )
    assert [tuple(row) for row in namen] == [
        ("profiel ingezien", BOXTEL),
        ("profiel vastgelegd", WSD),
    ]


async def test_het_profiel_gaat_met_de_kandidaat_mee(keten: Keten, klant: Any) -> None:
    kandidaat_id = await keten.kandidaat()
    await vastgelegd(klant, kandidaat_id)
    await keten.zeg(overdracht(kandidaat_id, VUGHT))
    gelezen = await klant(VUGHT).get(f"/kandidaten/{kandidaat_id}/profiel")
    assert gelezen.json()["toelichting"] == GEHEIM
    assert (await klant(BOXTEL).get(f"/kandidaten/{kandidaat_id}/profiel")).status_code == 404
    assert (await vastgelegd(klant, kandidaat_id, versie=1, door=VUGHT)).status_code == 201


async def test_een_diagnose_past_nergens(keten: Keten, klant: Any) -> None:
    kandidaat_id = await keten.kandidaat()
    for veld in ("diagnose", "leeftijd", "geslacht", "afkomst"):
        antwoord = await vastgelegd(klant, kandidaat_id, **dict[str, Any]({veld: "x"}))
        assert antwoord.status_code == 400
        [fout] = antwoord.json()["fouten"]
        assert fout["pad"] == f"body.{veld}"


async def test_alle_fouten_komen_in_een_keer(keten: Keten, klant: Any) -> None:
    kandidaat_id = await keten.kandidaat()
    antwoord = await vastgelegd(
        klant,
        kandidaat_id,
        urenTot="8",
        reistVanuit="Lutjebroek",
        vaardigheden=["zwaar-tillen"],
    )
    assert antwoord.status_code == 400
    assert [fout["pad"] for fout in antwoord.json()["fouten"]] == [
        "urenVan",
        "reistVanuit",
        "nietMogelijk",
    ]
