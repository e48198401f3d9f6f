"""Begeleidingskosten over de keten: wat plaatsing zegt, en wie daardoor betaalt."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from chassis.clock import NEDERLAND, MovableClock
from contracts.afnemers import WSD
from contracts.financiering import BegeleidingToegerekend, BudgetOverschreden
from contracts.gebeurtenis import Gebeurtenis
from contracts.intake import Doelgroep
from contracts.plaatsing import Eindereden, OverigePlaatsingsoort, Plaatsingsoort, PlaatsingVerlengd
from tests.financiering.conftest import Client
from tests.financiering.omgeving import BOXTEL, VUGHT, Kandidaat, Omgeving

SCHRIJVEN = ("financiering.lezen", "financiering.schrijven")
WERKPARTNERS = uuid4()
MAART = date(2021, 3, 31)


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(datetime(2021, 3, 31, 9, tzinfo=NEDERLAND))


@pytest.fixture(autouse=True)
async def werkpartners(client: Client) -> None:
    antwoord = await client(WSD, SCHRIJVEN, "backoffice").post(
        "/werkgevers-van-wsd", json={"werkgeverId": str(WERKPARTNERS)}
    )
    assert antwoord.status_code == 200, antwoord.text


async def leg_vast(
    client: Client,
    plaatsen: int = 1,
    bedrag: str = "432000.00",
    *,
    jaar: int = 2021,
    gemeente: str = BOXTEL,
    per_plaats: str = "4000.00",
) -> dict[str, Any]:
    """The guidance budget of a year."""
    antwoord = await client(gemeente, SCHRIJVEN, "backoffice").post(
        "/budgetten",
        json={
            "jaar": jaar,
            "soort": "begeleiding-nieuwe-doelgroep",
            "stadium": "voorlopig",
            "bedrag": bedrag,
            "plaatsen": plaatsen,
            "bedragPerPlaats": per_plaats,
            "bron": "verzonnen voor de test",
        },
    )
    assert antwoord.status_code == 201, antwoord.text
    return dict(antwoord.json())


async def rapport(client: Client, organisatie: str = BOXTEL, op: date = MAART) -> dict[str, Any]:
    antwoord = await client(organisatie).get(f"/rapportages/begeleiding?op={op}")
    assert antwoord.status_code == 200, antwoord.text
    return dict(antwoord.json())


async def gezegd(omgeving: Omgeving, kandidaat: Kandidaat) -> list[tuple[str, str]]:
    return [
        (e["vanaf"], e["tenLasteVan"])
        for e in await omgeving.gezegd_als(BegeleidingToegerekend, kandidaat)
    ]


async def geplaatst(omgeving: Omgeving, *dagen: date) -> list[Kandidaat]:
    """In beschut werk at WSD, from these days on."""
    kandidaten = [Kandidaat() for _ in dagen]
    for kandidaat, dag in zip(kandidaten, dagen, strict=True):
        await omgeving.hoort(kandidaat.gestart(OverigePlaatsingsoort.BESCHUT_WERK, dag))
    await omgeving.vuur()
    return kandidaten


async def test_boxtel_maart_2021_precies_twaalf_ten_laste_van_de_stimulus(
    omgeving: Omgeving, client: Client
) -> None:
    """Bron 000 §3.2: 140 PW placements, 20 directly at employers, 120 at WSD, budget for 108."""
    await leg_vast(client, 108)
    bij_wsd: list[Kandidaat] = []
    for nummer in range(140):
        kandidaat, begin = Kandidaat(), date(2019, 1, 7) + timedelta(days=5 * nummer)
        waar = uuid4() if nummer % 7 == 0 else WERKPARTNERS
        start: Gebeurtenis = kandidaat.plaatsing(begin, werkgever_id=waar)
        if nummer % 7 == 1:
            start = kandidaat.gestart(OverigePlaatsingsoort.BESCHUT_WERK, begin)
        if nummer % 7 == 2:
            start = kandidaat.proefplaatsing(begin, date(2021, 6, 30), waar)
        await omgeving.hoort(kandidaat.doorverwezen(date(2019, 1, 2)), start)
        if nummer % 7:
            bij_wsd.append(kandidaat)
    wsw = Kandidaat()
    await omgeving.hoort(
        wsw.doorverwezen(doelgroep=Doelgroep.WSW),
        wsw.gestart(OverigePlaatsingsoort.BESCHUT_WERK, date(2018, 1, 1)),
    )
    await omgeving.vuur()
    [boxtel] = (await rapport(client))["gemeenten"]
    assert {naam: boxtel[naam] for naam in list(boxtel)[:7]} == {
        "gemeentecode": BOXTEL,
        "plaatsenInBudget": 108,
        "rechtstreeks": 20,
        "bijWsd": 120,
        "gemeentebudget": 108,
        "stimulus": 12,
        "nietToegerekend": 0,
    }
    gemeld = [max(r for r in await gezegd(omgeving, k) if r[0] <= "2021-03-31") for k in bij_wsd]
    assert [wie for _, wie in gemeld] == ["gemeentebudget"] * 108 + ["stimulus"] * 12
    assert await gezegd(omgeving, bij_wsd[0]) == [("2021-01-01", "gemeentebudget")]


async def test_eindigt_een_plaatsing_dan_betaalt_de_gemeente_de_eerstvolgende(
    omgeving: Omgeving, client: Client
) -> None:
    await leg_vast(client, 1)
    eerste, tweede, derde = await geplaatst(
        omgeving, date(2021, 1, 4), date(2021, 2, 1), date(2021, 3, 1)
    )
    await omgeving.hoort(
        eerste.einde(date(2021, 3, 15), Plaatsingsoort.BESCHUT_WERK, Eindereden.PENSIOEN)
    )
    await omgeving.vuur()
    assert await gezegd(omgeving, eerste) == [("2021-01-04", "gemeentebudget")]
    assert await gezegd(omgeving, tweede) == [
        ("2021-02-01", "stimulus"),
        ("2021-03-16", "gemeentebudget"),
    ]
    assert await gezegd(omgeving, derde) == [("2021-03-01", "stimulus")]
    kosten = (await client().get(f"/begeleidingskosten/{tweede.plaatsing_id}")).json()
    assert [(d["tenLasteVan"], d["vanaf"], d["totEnMet"]) for d in kosten["toerekening"]] == [
        ("stimulus", "2021-02-01", "2021-03-15"),
        ("gemeentebudget", "2021-03-16", None),
    ]
    # 43 and 16 of 365 days of 4,000 euros.
    assert [(r["dagen"], r["bedrag"]) for r in kosten["lasten"]] == [
        (43, "471.23"),
        (16, "175.34"),
    ]


async def test_een_verlenging_telt_en_een_andere_soort_plaatsing_niet(
    omgeving: Omgeving, client: Client
) -> None:
    await leg_vast(client, 1)
    op_proef, stagiair = Kandidaat(), Kandidaat()
    await omgeving.hoort(
        op_proef.proefplaatsing(date(2021, 1, 4), date(2021, 2, 28), WERKPARTNERS),
        PlaatsingVerlengd(
            kandidaat_id=op_proef.id,
            gemeentecode=BOXTEL,
            plaatsing_id=op_proef.plaatsing_id,
            einddatum=date(2021, 4, 30),
        ),
        stagiair.gestart(OverigePlaatsingsoort.STAGE, date(2021, 1, 4)),
    )
    await omgeving.vuur()
    assert (await rapport(client))["gemeenten"][0]["bijWsd"] == 1
    assert (await rapport(client, op=date(2021, 5, 1)))["gemeenten"][0]["bijWsd"] == 0
    assert (await client().get(f"/begeleidingskosten/{stagiair.plaatsing_id}")).status_code == 404


async def test_de_wsw_telt_niet_ook_als_dat_later_wordt_gehoord(
    omgeving: Omgeving, client: Client
) -> None:
    await leg_vast(client, 1)
    wsw, pw = await geplaatst(omgeving, date(2021, 1, 4), date(2021, 2, 1))
    await omgeving.hoort(wsw.doorverwezen(doelgroep=Doelgroep.WSW))
    await omgeving.vuur()
    assert await gezegd(omgeving, pw) == [
        ("2021-02-01", "stimulus"),
        ("2021-02-01", "gemeentebudget"),
    ]


async def test_bij_een_overdracht_houdt_elke_gemeente_haar_eigen_dagen(
    omgeving: Omgeving, client: Client
) -> None:
    await leg_vast(client, 1)
    await leg_vast(client, 1, gemeente=VUGHT)
    verhuisd, ander = await geplaatst(omgeving, date(2021, 1, 4), date(2021, 2, 1))
    await omgeving.hoort(verhuisd.overgedragen(VUGHT, date(2021, 3, 1)))
    await omgeving.vuur()
    assert await gezegd(omgeving, ander) == [
        ("2021-02-01", "stimulus"),
        ("2021-03-01", "gemeentebudget"),
    ]
    assert (await gezegd(omgeving, verhuisd))[-1] == ("2021-03-01", "gemeentebudget")
    # 56 of 365 days in Boxtel, and the 31 of March in Vught.
    [boxtel] = (await rapport(client, op=date(2021, 2, 28)))["gemeenten"]
    assert (boxtel["bijWsd"], boxtel["lastenGemeentebudget"]) == (2, "613.70")
    [vught] = (await rapport(client, VUGHT))["gemeenten"]
    assert (vught["bijWsd"], vught["lastenGemeentebudget"]) == (1, "339.73")


async def test_alleen_wsd_ziet_de_reserve_en_die_wordt_nooit_negatief(
    omgeving: Omgeving, client: Client
) -> None:
    await leg_vast(client, 0, per_plaats="9999999.99")
    await geplaatst(omgeving, date(2021, 1, 1), date(2021, 1, 1), date(2021, 1, 1))
    assert (await rapport(client))["stimulusreserve"] is None
    reserve = (await rapport(client, WSD))["stimulusreserve"]
    lasten = 3 * Decimal("2465753.42")  # 90 of 365 days each
    assert (reserve["gebruikt"], reserve["over"]) == ("6700000.00", "0.00")
    assert Decimal(reserve["ongedekt"]) == lasten - Decimal("6700000.00")
    assert len((await rapport(client, WSD))["gemeenten"]) >= 9


async def test_elke_last_die_de_reserve_niet_kan_dragen_is_voor_wsd_te_zien(
    omgeving: Omgeving, client: Client
) -> None:
    """Of two gemeenten, in the order in which the placements began: 90 and 74 days."""
    for gemeente in (BOXTEL, VUGHT):
        await leg_vast(client, 0, gemeente=gemeente, per_plaats="20000000.00")
    eerste, tweede = Kandidaat(VUGHT), Kandidaat(BOXTEL)
    await omgeving.hoort(
        tweede.gestart(OverigePlaatsingsoort.BESCHUT_WERK, date(2021, 1, 17)),
        eerste.gestart(OverigePlaatsingsoort.BESCHUT_WERK, date(2021, 1, 1)),
    )
    # 20,000,000 x 90/365 and x 74/365; the reserve is 6,700,000.
    te_veel = Decimal("4931506.85") + Decimal("4054794.52") - Decimal("6700000.00")
    alle = {g["gemeentecode"]: g["ongedekt"] for g in (await rapport(client, WSD))["gemeenten"]}
    assert {code: bedrag for code, bedrag in alle.items() if bedrag != "0.00"} == {
        BOXTEL: str(te_veel)
    }
    for kandidaat, ongedekt in ((eerste, "0.00"), (tweede, str(te_veel))):
        pad = f"/begeleidingskosten/{kandidaat.plaatsing_id}"
        [voor_wsd] = (await client(WSD).get(pad)).json()["lasten"]
        assert voor_wsd["ongedekt"] == ongedekt
        [voor_gemeente] = (await client(kandidaat.gemeentecode).get(pad)).json()["lasten"]
        assert voor_gemeente["ongedekt"] is None, "it would tell of others"
    een = await client(WSD).get(f"/rapportages/begeleiding?op={MAART}&gemeentecode={BOXTEL}")
    assert een.json()["gemeenten"][0]["ongedekt"] == str(te_veel)
    assert (await rapport(client, BOXTEL))["gemeenten"][0]["ongedekt"] is None


async def test_een_gemeente_ziet_cijfers_van_een_andere_niet(
    omgeving: Omgeving, client: Client
) -> None:
    budget = await leg_vast(client, 1)
    [kandidaat] = await geplaatst(omgeving, date(2021, 1, 4))
    for pad in (
        f"/budgetten/{budget['budgetId']}",
        f"/begeleidingskosten/{kandidaat.plaatsing_id}",
        f"/rapportages/begeleiding?op={MAART}&gemeentecode={BOXTEL}",
    ):
        assert (await client(VUGHT).get(pad)).status_code == 404, pad
        assert (await client(WSD).get(pad)).status_code == 200, pad
    assert (await client(VUGHT).get("/budgetten")).json()["resultaten"] == []


async def test_budget_overschreden_een_keer_per_overschrijding_en_voor_het_gebeurt(
    omgeving: Omgeving, client: Client
) -> None:
    budget = await leg_vast(client, 2, "8000.00")
    _, tweede = await geplaatst(omgeving, date(2021, 1, 1), date(2021, 1, 1))
    assert await omgeving.gezegd_als(BudgetOverschreden, tweede) == []
    [derde] = await geplaatst(omgeving, date(2021, 3, 1))
    [event] = await omgeving.gezegd_als(BudgetOverschreden, derde)
    assert (event["budgetId"], event["budget"]) == (
        budget["budgetId"],
        "begeleiding-nieuwe-doelgroep",
    )
    # From March on three a day: 2 x 59 + 3 x n > 2 x 365 for n = 205.
    assert event["overschredenPer"] == "2021-09-21"
    [vierde] = await geplaatst(omgeving, date(2021, 3, 2))
    assert await omgeving.gezegd_als(BudgetOverschreden, vierde) == []
    stand = (await client().get(f"/budgetten/{budget['budgetId']}")).json()["verwachting"]
    # 365 + 365 + 306 + 305 of 365 days of 4,000 euros.
    assert stand["heelJaar"] == "14695.89"
    assert stand["overschredenMet"] == str(derde.plaatsing_id)
    for weg in (derde, vierde):
        await omgeving.hoort(
            weg.einde(date(2021, 2, 1), Plaatsingsoort.BESCHUT_WERK, Eindereden.PENSIOEN)
        )
    await omgeving.vuur()
    [vijfde] = await geplaatst(omgeving, date(2021, 3, 3))
    assert len(await omgeving.gezegd_als(BudgetOverschreden, vijfde)) == 1


async def test_loonkostensubsidie_drukt_op_de_buig(
    omgeving: Omgeving, client: Client, clock: MovableClock
) -> None:
    clock.move_to(datetime(2026, 12, 7, 9, tzinfo=NEDERLAND))
    backoffice = client(BOXTEL, SCHRIJVEN, "backoffice")
    buig = {"jaar": 2026, "soort": "buig", "stadium": "definitief", "bron": "test"}
    antwoord = await backoffice.post("/budgetten", json={**buig, "bedrag": "100.00"})
    kandidaat = Kandidaat()
    await omgeving.hoort(
        kandidaat.doorverwezen(),
        kandidaat.loonwaarde(40, date(2026, 11, 2)),
        kandidaat.plaatsing(date(2026, 12, 1)),
    )
    await omgeving.vuur()
    [event] = await omgeving.gezegd_als(BudgetOverschreden, kandidaat)
    assert (event["budget"], event["jaar"]) == ("buig", 2026)
    maandbedrag = Decimal((await omgeving.bedragen(kandidaat))[0][1])
    budget_id = antwoord.json()["budgetId"]
    stand = (await client().get(f"/budgetten/{budget_id}")).json()["verwachting"]
    verwacht = (maandbedrag * 12 * 31 / 365).quantize(Decimal("0.01"))
    assert Decimal(stand["heelJaar"]) == verwacht
    ruim = await backoffice.post("/budgetten", json={**buig, "bedrag": "9999999.00"})
    assert (ruim.json()["budgetId"], ruim.json()["bekendmakingen"]) == (budget_id, 2)
    stand = (await client().get(f"/budgetten/{budget_id}")).json()
    assert stand["verwachting"]["overschredenPer"] is None
    assert [v["bedrag"] for v in stand["versies"]] == ["100.00", "9999999.00"]


async def test_wat_bij_een_budget_niet_past_wordt_in_een_keer_geweigerd(client: Client) -> None:
    invoer = {"jaar": 2026, "soort": "wmo", "stadium": "definitief", "bedrag": "1.00", "bron": "x"}
    backoffice = client(BOXTEL, SCHRIJVEN, "backoffice")
    extra = {"plaatsen": 1, "bedragPerPlaats": "1.00"}
    geweigerd = await backoffice.post("/budgetten", json={**invoer, **extra})
    assert (geweigerd.status_code, len(geweigerd.json()["fouten"])) == (400, 2)
    assert (await backoffice.post("/budgetten", json=invoer)).status_code == 201
    van_wsd = await client(WSD, SCHRIJVEN, "backoffice").post("/budgetten", json=invoer)
    assert (van_wsd.status_code, van_wsd.json()["code"]) == (403, "budget-van-gemeente")
    van_boxtel = await backoffice.post("/werkgevers-van-wsd", json={"werkgeverId": str(uuid4())})
    assert van_boxtel.status_code == 404


async def test_in_welke_volgorde_het_wordt_gehoord_maakt_voor_het_einde_niet_uit(
    omgeving: Omgeving, client: Client
) -> None:
    """The placements before the budget, and the last one first."""
    derde, tweede, eerste = await geplaatst(
        omgeving, date(2021, 3, 1), date(2021, 2, 1), date(2021, 1, 4)
    )
    assert await gezegd(omgeving, eerste) == []
    await leg_vast(client, 2)
    await omgeving.vuur()
    standen = [(await gezegd(omgeving, k))[-1][1] for k in (eerste, tweede, derde)]
    assert standen == ["gemeentebudget", "gemeentebudget", "stimulus"]
