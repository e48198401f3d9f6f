"""Loonkostensubsidie op realisatie over de keten: van plaatsing tot wat het Rijk vergoedt."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from contracts.afnemers import WSD
from tests.financiering.conftest import Client
from tests.financiering.omgeving import BOXTEL, VUGHT, Kandidaat, Omgeving

SCHRIJVEN = ("financiering.lezen", "financiering.schrijven")
MACRO = {"stadium": "definitief", "bron": "verzonnen voor de test"}


async def rapport(
    client: Client, organisatie: str = BOXTEL, jaar: int = 2026, van: str = ""
) -> dict[str, Any]:
    vraag = f"?jaar={jaar}" + (f"&gemeentecode={van}" if van else "")
    antwoord = await client(organisatie).get(
        f"/rapportages/loonkostensubsidie-op-realisatie{vraag}"
    )
    assert antwoord.status_code == 200, antwoord.text
    return dict(antwoord.json())


async def leg_vast(
    client: Client, jaar: int, soort: str, bedrag: str, rol: str = "controller"
) -> dict[str, Any]:
    antwoord = await client(WSD, SCHRIJVEN, rol).post(
        "/macrocijfers", json={**MACRO, "jaar": jaar, "soort": soort, "bedrag": bedrag}
    )
    assert antwoord.status_code == 200, antwoord.text
    return dict(antwoord.json())


async def werkt(omgeving: Omgeving, begin: date, gemeente: str = BOXTEL) -> Kandidaat:
    """With loonkostensubsidie at 40% for 24 hours, from a day on."""
    kandidaat = Kandidaat(gemeente)
    await omgeving.hoort(
        kandidaat.doorverwezen(), kandidaat.loonwaarde(40, begin), kandidaat.plaatsing(begin)
    )
    return kandidaat


async def schema(
    client: Client, omgeving: Omgeving, kandidaat: Kandidaat, jaar: int
) -> list[Decimal]:
    """What the betaalschema says of each month of a year."""
    lks = await omgeving.lks(kandidaat)
    antwoord = await client(kandidaat.gemeentecode).get(
        f"/loonkostensubsidies/{lks.lks_id}/betaalschema?vanaf={jaar}-01&tot={jaar}-12"
    )
    maanden = antwoord.json()["maanden"]
    return [Decimal(maand["verschuldigd"]) for maand in maanden if maand["verschuldigd"]]


async def test_de_uitgaven_van_een_gemeente_zijn_op_de_cent_haar_betaalschemas(
    omgeving: Omgeving, client: Client
) -> None:
    eerste = await werkt(omgeving, date(2025, 3, 10))
    tweede = await werkt(omgeving, date(2026, 5, 18))
    await omgeving.hoort(eerste.gewijzigd(date(2026, 7, 9), uren="20.00"))
    await omgeving.hoort(tweede.einde(date(2026, 11, 3)))
    [boxtel] = (await rapport(client))["gemeenten"]
    maanden = [await schema(client, omgeving, k, 2026) for k in (eerste, tweede)]
    assert [len([m for m in van if m]) for van in maanden] == [12, 7]
    som = sum(m for van in maanden for m in van)
    assert Decimal(boxtel["ditJaar"]["verwacht"]) == Decimal(boxtel["ditJaar"]["verschuldigd"])
    assert Decimal(boxtel["ditJaar"]["verwacht"]) == som
    vorig = sum(await schema(client, omgeving, eerste, 2025))
    assert Decimal(boxtel["vorigJaar"]["verschuldigd"]) == vorig
    assert boxtel["ditJaar"]["betaalbaarGesteld"] == "0.00"


async def test_het_rijk_vergoedt_een_jaar_later_en_de_gemeente_betaalt_zolang_zelf(
    omgeving: Omgeving, client: Client
) -> None:
    await werkt(omgeving, date(2025, 7, 1))
    await werkt(omgeving, date(2026, 1, 1))
    assert (await rapport(client))["gemeenten"][0]["vergoeding"] == {
        "jaar": 2026,
        "aandeel": None,
        "bedrag": None,
        "ontbreekt": ["macro-uitgaven", "macrobudget"],
        "buig": None,
    }
    await leg_vast(client, 2025, "uitgaven", "800000000.00")
    await leg_vast(client, 2026, "budget", "999.00", "backoffice")
    await leg_vast(client, 2026, "budget", "880000000.00")
    buig = {"jaar": 2026, "soort": "buig", "bedrag": "500000.00", **MACRO}
    await client(BOXTEL, SCHRIJVEN, "backoffice").post("/budgetten", json=buig)
    gelezen = await rapport(client)
    [boxtel] = gelezen["gemeenten"]
    uitgaven = Decimal(boxtel["vorigJaar"]["verschuldigd"])
    vergoed = (uitgaven * Decimal("1.1")).quantize(Decimal("0.01"), "ROUND_HALF_UP")
    assert uitgaven > 0
    assert Decimal(boxtel["vergoeding"]["bedrag"]) == vergoed
    assert boxtel["vergoeding"]["buig"]["bedrag"] == "500000.00"
    verwacht = Decimal(boxtel["ditJaar"]["verwacht"])
    assert Decimal(boxtel["voorgefinancierd"]) == verwacht - vergoed > 0
    assert boxtel["vergoedingVolgendJaar"]["ontbreekt"] == ["macro-uitgaven", "macrobudget"]
    assert [(c["jaar"], c["bedrag"]) for c in gelezen["macrocijfers"]] == [
        (2025, "800000000.00"),
        (2026, "880000000.00"),
    ]


async def test_bij_een_overdracht_telt_elke_gemeente_wat_zij_betaalt(
    omgeving: Omgeving, client: Client
) -> None:
    """In the middle of a month, and after that it becomes known that the job ended."""
    kandidaat = await werkt(omgeving, date(2026, 2, 9))
    blijft = await werkt(omgeving, date(2026, 2, 9))
    await omgeving.hoort(kandidaat.overgedragen(VUGHT, date(2026, 6, 17)))
    await omgeving.hoort(kandidaat.einde(date(2026, 8, 20)), blijft.einde(date(2026, 8, 20)))
    heel = sum(await schema(client, omgeving, blijft, 2026))
    [boxtel] = (await rapport(client))["gemeenten"]
    [vught] = (await rapport(client, VUGHT))["gemeenten"]
    van_boxtel = Decimal(boxtel["ditJaar"]["verwacht"]) - heel
    van_vught = Decimal(vught["ditJaar"]["verwacht"])
    assert van_boxtel > 0 < van_vught
    assert van_boxtel + van_vught == heel
    alle = await rapport(client, WSD)
    assert Decimal(alle["samen"]["ditJaarVerwacht"]) == heel * 2
    assert {
        g["gemeentecode"]: Decimal(g["ditJaar"]["verwacht"])
        for g in alle["gemeenten"]
        if Decimal(g["ditJaar"]["verwacht"])
    } == {BOXTEL: van_boxtel + heel, VUGHT: van_vught}


async def test_maanden_zonder_bekend_bedrag_worden_geteld_en_niet_geraden(
    omgeving: Omgeving, client: Client
) -> None:
    """The figures of law of 2027 are not known yet."""
    await werkt(omgeving, date(2026, 12, 1))
    [boxtel] = (await rapport(client, jaar=2027))["gemeenten"]
    assert boxtel["vorigJaar"]["onbekendeMaanden"] == 0
    assert (boxtel["ditJaar"]["onbekendeMaanden"], boxtel["ditJaar"]["verwacht"]) == (12, "0.00")


async def test_alleen_wsd_legt_landelijke_bedragen_vast_en_iedereen_leest_ze(
    client: Client,
) -> None:
    cijfer = await leg_vast(client, 2025, "uitgaven", "800000000.00")
    for wie in (BOXTEL, VUGHT, WSD):
        gelezen = (await client(wie).get("/macrocijfers?jaar=2025")).json()["resultaten"]
        assert gelezen == [cijfer]
    invoer = {**MACRO, "jaar": 2025, "soort": "uitgaven", "bedrag": "1.00"}
    geweigerd = await client(BOXTEL, SCHRIJVEN, "controller").post("/macrocijfers", json=invoer)
    assert (geweigerd.status_code, geweigerd.json()["code"]) == (403, "alleen-door-wsd")


@pytest.mark.parametrize("bedrag", ["0.00", "0.99", "-1.00", "12345678901.00", "1.001"])
async def test_een_landelijk_bedrag_is_ten_minste_een_euro(client: Client, bedrag: str) -> None:
    invoer = {"jaar": 2014, "soort": "uitgaven", "bedrag": bedrag, **MACRO}
    geweigerd = await client(WSD, SCHRIJVEN, "controller").post("/macrocijfers", json=invoer)
    assert (geweigerd.status_code, len(geweigerd.json()["fouten"])) == (400, 2)


async def test_een_gemeente_ziet_de_realisatie_van_een_andere_niet(
    omgeving: Omgeving, client: Client
) -> None:
    await werkt(omgeving, date(2026, 1, 1))
    pad = f"/rapportages/loonkostensubsidie-op-realisatie?jaar=2026&gemeentecode={BOXTEL}"
    assert (await client(VUGHT).get(pad)).status_code == 404
    [vught] = (await rapport(client, VUGHT))["gemeenten"]
    assert vught["ditJaar"]["verwacht"] == "0.00"
    [boxtel] = (await rapport(client, WSD, van=BOXTEL))["gemeenten"]
    assert Decimal(boxtel["ditJaar"]["verwacht"]) > 0


async def test_de_buig_houdt_wat_voor_een_vertrokken_kandidaat_is_betaald(
    omgeving: Omgeving, client: Client
) -> None:
    buig = {"jaar": 2026, "soort": "buig", "bedrag": "9999.00", **MACRO}
    gemaakt = await client(BOXTEL, SCHRIJVEN, "backoffice").post("/budgetten", json=buig)
    kandidaat = await werkt(omgeving, date(2025, 3, 10))
    await omgeving.hoort(kandidaat.overgedragen(VUGHT, date(2026, 2, 15)))
    [boxtel] = (await rapport(client))["gemeenten"]
    antwoord = await client().get(f"/budgetten/{gemaakt.json()['budgetId']}")
    stand = antwoord.json()["verwachting"]
    assert stand["heelJaar"] == stand["totVandaag"] == boxtel["ditJaar"]["verwacht"]
    assert Decimal(stand["heelJaar"]) > 0
