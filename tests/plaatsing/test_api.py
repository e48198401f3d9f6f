"""De REST API van plaatsing: wat een aanroeper stuurt, krijgt en niet krijgt."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx2

from chassis.clock import MovableClock
from chassis.database import Database
from tests.plaatsing.conftest import Klant
from tests.plaatsing.hulp import BOXTEL, WSD, Keten, gezegd


def kvk_nummer() -> str:
    return f"{random.randrange(10**8):08}"


async def maak_werkplek(
    klant: httpx2.AsyncClient, *, soort: str = "regulier", capaciteit: int = 2
) -> dict[str, Any]:
    werkgever = await klant.post(
        "/werkgevers",
        json={
            "kvkNummer": kvk_nummer(),
            "naam": "Voorbeeld Logistiek",
            "soort": soort,
            "contact": {"email": "info@werkgever.example", "telefoonnummer": "0411 000 000"},
        },
    )
    assert werkgever.status_code == 201, werkgever.text
    werkplek = await klant.post(
        "/werkplekken",
        json={
            "werkgeverId": werkgever.json()["werkgeverId"],
            "werksoort": "logistiek",
            "functie": "Orderpicker",
            "locatie": "Boxtel",
            "urenVan": "16",
            "urenTot": "32.00",
            "capaciteit": capaciteit,
        },
    )
    assert werkplek.status_code == 201, werkplek.text
    gevonden: dict[str, Any] = werkplek.json()
    return gevonden


def proefplaatsing(kandidaat_id: UUID, werkplek: dict[str, Any]) -> dict[str, Any]:
    return {
        "kandidaatId": str(kandidaat_id),
        "werkplekId": werkplek["werkplekId"],
        "begindatum": "2026-05-04",
        "urenPerWeek": "24.00",
        "ontvangtAlgemeneBijstand": True,
    }


def lks_plaatsing(kandidaat_id: UUID, werkplek: dict[str, Any]) -> dict[str, Any]:
    return {
        "kandidaatId": str(kandidaat_id),
        "werkplekId": werkplek["werkplekId"],
        "begindatum": "2026-07-04",
        "urenPerWeek": "24.00",
        "voltijdsurenPerWeek": "36.00",
        "grondslag": "loonwaarde",
        "via": "werkgever",
        "behoortTotDoelgroep": True,
    }


async def test_een_kandidaat_gaat_van_proefplaatsing_naar_een_baan_met_loonkostensubsidie(
    klant: Klant, keten: Keten, database: Database, klok: MovableClock
) -> None:
    wsd = klant(WSD)
    kandidaat_id = await keten.kandidaat()
    werkplek = await maak_werkplek(wsd)

    proef = await wsd.post("/proefplaatsingen", json=proefplaatsing(kandidaat_id, werkplek))
    assert proef.status_code == 201, proef.text
    assert proef.json()["einddatum"] == "2026-07-03"
    einde = await wsd.post(
        f"/plaatsingen/{proef.json()['plaatsingId']}/beeindigingen",
        json={"einddatum": "2026-07-03", "reden": "arbeidsovereenkomst"},
    )
    assert einde.status_code == 201, einde.text
    klok.move_by(timedelta(days=1))
    baan = await wsd.post("/lks-plaatsingen", json=lks_plaatsing(kandidaat_id, werkplek))
    assert baan.status_code == 201, baan.text
    assert baan.json()["loonwaarde"] == 40

    gemeente = klant(BOXTEL)
    lijst = await gemeente.get("/plaatsingen", params={"kandidaatId": str(kandidaat_id)})
    assert [(p["soort"], p["eindereden"]) for p in lijst.json()["resultaten"]] == [
        ("proefplaatsing", "arbeidsovereenkomst"),
        ("lks-dienstverband", None),
    ]
    events = await gezegd(database, kandidaat_id)
    assert [event.naam for event in events] == [
        "proefplaatsing-gestart",
        "plaatsing-beeindigd",
        "lks-plaatsing",
    ]
    assert all(event.afnemers == {BOXTEL, WSD} for event in events)
