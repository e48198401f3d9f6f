"""De aanvraag van bijstand en haar termijnen, door de API."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

import httpx2
import pytest

from chassis.clock import NEDERLAND, MovableClock
from chassis.database import Database
from chassis.tenancy import WSD
from chassis.timers import Timers
from services.intake.service import SERVICE
from tests.dienst import Klant
from tests.intake.kandidaten import (
    BOXTEL,
    VUGHT,
    gezegd_over_termijnen,
    meld_aan,
    verwijs_door,
)

VANDAAG = "2026-11-20"
JONGERE = "2004-03-01"


class Dossier:
    """An aanvraag of a kandidaat of Boxtel, made today: to be decided on 15 January 2027."""

    def __init__(
        self, klant: httpx2.AsyncClient, database: Database, klok: MovableClock, kandidaat_id: UUID
    ) -> None:
        self.klant, self.database, self.klok = klant, database, klok
        self.pad = f"/kandidaten/{kandidaat_id}"
        self.kandidaat_id = kandidaat_id
        self.aanvraag_id = ""

    async def vraag_aan(self, op: str = VANDAAG, **anders: str) -> httpx2.Response:
        antwoord = await self.klant.post(
            f"{self.pad}/aanvragen", json={"aangevraagdOp": op, **anders}
        )
        if antwoord.status_code == 201:
            self.aanvraag_id = antwoord.json()["aanvraagId"]
        return antwoord

    async def doe(self, wat: str, **body: str) -> httpx2.Response:
        return await self.klant.post(f"{self.pad}/aanvragen/{self.aanvraag_id}/{wat}", json=body)

    async def lukt(self, wat: str, **body: str) -> dict[str, Any]:
        antwoord = await self.doe(wat, **body)
        assert antwoord.status_code == 201, antwoord.text
        beslistermijn: dict[str, Any] = antwoord.json()["beslistermijn"]
        return beslistermijn

    async def faalt(self, code: str, wat: str, **body: str) -> dict[str, Any]:
        voor = (await self.klant.get(f"{self.pad}/aanvragen")).json()
        antwoord = await self.doe(wat, **body)
        assert antwoord.status_code in (400, 403, 409), antwoord.text
        problem: dict[str, Any] = antwoord.json()
        assert problem["code"] == code
        assert (await self.klant.get(f"{self.pad}/aanvragen")).json() == voor
        return problem

    async def termijnen(self, soort: str) -> list[tuple[str, str]]:
        """Of each: its last day and how it stands."""
        antwoord = await self.klant.get(f"{self.pad}/termijnen")
        gevonden = [t for t in antwoord.json()["termijnen"] if t["soort"] == soort]
        return [(t["laatsteDag"], t["status"]) for t in gevonden]

    async def tot(self, dag: str) -> None:
        self.klok.move_to(datetime.combine(date.fromisoformat(dag), time(12), NEDERLAND))
        await Timers(self.database, SERVICE.deadlines).fire_due()


@pytest.fixture
async def boxtel(klant: Klant) -> httpx2.AsyncClient:
    return klant(BOXTEL)


@pytest.fixture
async def leeg(boxtel: httpx2.AsyncClient, database: Database, klok: MovableClock) -> Dossier:
    """Without an aanvraag."""
    return Dossier(boxtel, database, klok, await meld_aan(boxtel))


@pytest.fixture
async def dossier(leeg: Dossier) -> Dossier:
    assert (await leeg.vraag_aan()).status_code == 201
    return leeg


@pytest.fixture
async def jongere(boxtel: httpx2.AsyncClient, database: Database, klok: MovableClock) -> Dossier:
    kandidaat_id = await meld_aan(boxtel, geboortedatum=JONGERE)
    return Dossier(boxtel, database, klok, kandidaat_id)


async def test_bij_een_aanvraag_beginnen_de_beslistermijn_en_die_voor_een_voorschot(
    dossier: Dossier,
) -> None:
    assert await dossier.termijnen("beslistermijn") == [("2027-01-15", "lopend")]
    assert await dossier.termijnen("voorschot") == [("2026-12-18", "lopend")]
    [gezien] = (await dossier.klant.get(f"{dossier.pad}/aanvragen")).json()["aanvragen"]
    assert gezien["aangevraagdOp"] == VANDAAG
    assert gezien["beslistermijn"]["laatsteDag"] == "2027-01-15"


async def test_een_jongere_die_te_vroeg_aanvraagt_hoort_de_regel_en_de_eerste_dag(
    jongere: Dossier,
) -> None:
    antwoord = await jongere.vraag_aan()
    assert antwoord.status_code == 409
    assert antwoord.json()["artikel"] == "art. 41 lid 4 Participatiewet"
    assert "2026-12-18" in antwoord.json()["detail"]
    assert await jongere.termijnen("beslistermijn") == []
    assert await jongere.termijnen("zoektermijn") == [("2026-12-17", "lopend")]


async def test_na_de_zoektermijn_is_de_aanvraag_van_een_jongere_op_tijd(jongere: Dossier) -> None:
    await jongere.tot("2026-12-18")
    assert await jongere.termijnen("zoektermijn") == [("2026-12-17", "verstreken")]
    assert (await jongere.vraag_aan("2026-12-18")).status_code == 201
    assert await jongere.termijnen("zoektermijn") == [("2026-12-17", "gehaald")]


async def test_met_een_uitzondering_vervalt_de_zoektermijn(jongere: Dossier) -> None:
    antwoord = await jongere.vraag_aan(uitzondering="pro-vso")
    assert antwoord.json()["uitzondering"] == "pro-vso"
    assert await jongere.termijnen("zoektermijn") == [("2026-12-17", "vervallen")]


async def test_een_aanvulling_schort_de_beslistermijn_precies_zo_lang_op(dossier: Dossier) -> None:
    await dossier.tot("2026-12-01")
    stil = await dossier.lukt(
        "opschortingen", grond="aanvulling", op="2026-12-01", totEnMet="2026-12-11"
    )
    assert stil["status"] == "opgeschort"
    assert stil["opgeschortSinds"] == "2026-12-02"
    assert stil["hervatUiterlijkOp"] == "2026-12-12"
    await dossier.tot("2026-12-09")
    loopt = await dossier.lukt("hervattingen", op="2026-12-09")
    assert (loopt["status"], loopt["dagenOpgeschort"]) == ("lopend", 7)
    assert loopt["laatsteDag"] == "2027-01-22"
    await dossier.tot("2027-01-22")
    assert await dossier.termijnen("beslistermijn") == [("2027-01-22", "lopend")]
    await dossier.tot("2027-01-23")
    assert await dossier.termijnen("beslistermijn") == [("2027-01-22", "verstreken")]


async def test_een_termijn_die_stilstond_nadert_en_verstrijkt_een_keer_op_haar_nieuwe_dagen(
    dossier: Dossier,
) -> None:
    async def gezegd() -> list[tuple[str, str]]:
        alles = await gezegd_over_termijnen(dossier.database, dossier.kandidaat_id)
        return [(g.naam, g.laatste_dag) for g in alles if g.soort == "beslistermijn"]

    await dossier.tot("2026-12-20")
    await dossier.lukt("opschortingen", grond="vertraging-aanvrager", op="2026-12-20")
    await dossier.tot("2027-02-01")
    assert await gezegd() == []
    loopt = await dossier.lukt("hervattingen", op="2027-02-01")
    assert loopt["laatsteDag"] == "2027-03-01"  # 43 days later is a Saturday
    for dag in ("2027-02-18", "2027-02-19", "2027-03-01", "2027-03-02", "2027-03-03"):
        await dossier.tot(dag)
    assert await gezegd() == [
        ("termijn-nadert", "2027-03-01"),
        ("termijn-verstreken", "2027-03-01"),
    ]


async def test_een_verlenging_die_te_laat_wordt_vastgelegd_telt_als_zij_op_tijd_was(
    dossier: Dossier,
) -> None:
    await dossier.tot("2027-01-20")
    assert await dossier.termijnen("beslistermijn") == [("2027-01-15", "verstreken")]
    await dossier.faalt(
        "verlenging-te-laat", "verlengingen", meegedeeldOp="2027-01-16", totEnMet="2027-02-12"
    )
    await dossier.lukt("verlengingen", meegedeeldOp="2027-01-15", totEnMet="2027-02-12")
    assert await dossier.termijnen("beslistermijn") == [("2027-02-12", "lopend")]


async def test_zonder_aanvulling_loopt_de_termijn_vanzelf_weer(dossier: Dossier) -> None:
    await dossier.tot("2026-12-01")
    await dossier.lukt("opschortingen", grond="aanvulling", op="2026-12-01", totEnMet="2026-12-11")
    await dossier.tot("2026-12-11")
    assert await dossier.termijnen("beslistermijn") == [("2027-01-15", "opgeschort")]
    await dossier.tot("2026-12-14")  # two days late, as after an outage
    assert await dossier.termijnen("beslistermijn") == [("2027-01-25", "lopend")]
    await dossier.tot("2027-01-11")
    await dossier.faalt(
        "buiten-behandeling-te-laat",
        "beslissingen",
        uitkomst="buiten-behandeling",
        beslistOp="2027-01-09",
    )
    await dossier.lukt("beslissingen", uitkomst="buiten-behandeling", beslistOp="2027-01-08")


async def test_een_opschorting_die_te_laat_wordt_vastgelegd_telt_ook(dossier: Dossier) -> None:
    await dossier.tot("2027-01-20")
    assert await dossier.termijnen("beslistermijn") == [("2027-01-15", "verstreken")]
    await dossier.lukt("opschortingen", grond="aanvulling", op="2027-01-11", totEnMet="2027-01-31")
    loopt = await dossier.lukt("hervattingen", op="2027-01-19")
    assert (loopt["status"], loopt["laatsteDag"]) == ("lopend", "2027-01-22")


async def test_vertraging_door_de_aanvrager_heeft_geen_laatste_dag_nodig(dossier: Dossier) -> None:
    await dossier.tot("2026-12-20")
    await dossier.lukt("opschortingen", grond="vertraging-aanvrager", op="2026-12-01")
    loopt = await dossier.lukt("hervattingen", op="2026-12-11")
    assert (loopt["dagenOpgeschort"], loopt["laatsteDag"]) == (10, "2027-01-25")


async def test_een_beslistermijn_wordt_een_keer_verlengd(dossier: Dossier) -> None:
    verlengd = await dossier.lukt("verlengingen", meegedeeldOp=VANDAAG, totEnMet="2027-02-12")
    assert (verlengd["laatsteDag"], verlengd["verlengdOp"]) == ("2027-02-12", VANDAAG)
    await dossier.faalt("al-verlengd", "verlengingen", meegedeeldOp=VANDAAG, totEnMet="2027-03-12")


@pytest.mark.parametrize(
    ("code", "wat", "body"),
    [
        ("termijn-niet-opgeschort", "hervattingen", {"op": VANDAAG}),
        (
            "einde-opschorting-ontbreekt",
            "opschortingen",
            {"grond": "aanvulling", "op": VANDAAG},
        ),
        (
            "datum-past-niet",
            "opschortingen",
            {"grond": "vertraging-aanvrager", "op": "2026-11-20"},
        ),
        ("datum-past-niet", "hervattingen", {"op": "2026-11-21"}),
        ("datum-past-niet", "verlengingen", {"meegedeeldOp": VANDAAG, "totEnMet": VANDAAG}),
        (
            "datum-past-niet",
            "verlengingen",
            {"meegedeeldOp": "2026-11-21", "totEnMet": "2027-02-01"},
        ),
        ("datum-past-niet", "voorschotten", {"verstrektOp": "2026-11-19"}),
        ("datum-past-niet", "beslissingen", {"uitkomst": "toegekend", "beslistOp": "2026-11-21"}),
        (
            "aanvulling-niet-gevraagd",
            "beslissingen",
            {"uitkomst": "buiten-behandeling", "beslistOp": VANDAAG},
        ),
    ],
)
async def test_wat_niet_kan_wordt_geweigerd_en_verandert_niets(
    dossier: Dossier, code: str, wat: str, body: dict[str, str]
) -> None:
    problem = await dossier.faalt(code, wat, **body)
    assert problem["detail"]


async def test_een_tweede_opschorting_tegelijk_wordt_geweigerd(dossier: Dossier) -> None:
    await dossier.tot("2026-12-01")
    await dossier.lukt("opschortingen", grond="vertraging-aanvrager", op="2026-12-01")
    await dossier.faalt(
        "termijn-opgeschort", "opschortingen", grond="vertraging-aanvrager", op="2026-12-01"
    )
    await dossier.faalt(
        "termijn-opgeschort", "verlengingen", meegedeeldOp="2026-12-01", totEnMet="2027-03-01"
    )


async def test_na_een_voorschot_volgt_binnen_vier_weken_het_volgende(dossier: Dossier) -> None:
    await dossier.tot("2026-12-21")
    assert await dossier.termijnen("voorschot") == [("2026-12-18", "verstreken")]
    await dossier.lukt("voorschotten", verstrektOp="2026-12-21")
    assert await dossier.termijnen("voorschot") == [
        ("2027-01-18", "lopend"),
        ("2026-12-18", "gehaald"),
    ]


async def test_de_beslissing_beeindigt_de_termijnen_van_de_aanvraag(dossier: Dossier) -> None:
    await dossier.tot("2027-01-20")
    beslist = await dossier.lukt("beslissingen", uitkomst="toegekend", beslistOp="2027-01-19")
    assert (beslist["status"], beslist["dagenTeLaat"]) == ("gehaald", 4)
    assert await dossier.termijnen("voorschot") == [("2026-12-18", "vervallen")]
    for wat, body in (
        ("opschortingen", {"grond": "vertraging-aanvrager", "op": "2027-01-19"}),
        ("hervattingen", {"op": "2027-01-19"}),
        ("verlengingen", {"meegedeeldOp": "2027-01-19", "totEnMet": "2027-03-01"}),
        ("voorschotten", {"verstrektOp": "2027-01-19"}),
        ("beslissingen", {"uitkomst": "afgewezen", "beslistOp": "2027-01-19"}),
    ):
        await dossier.faalt("aanvraag-afgehandeld", wat, **body)
    assert (await dossier.vraag_aan("2027-01-20")).status_code == 201


async def test_wordt_de_aanvraag_ingetrokken_dan_vervalt_de_beslistermijn(
    dossier: Dossier,
) -> None:
    await dossier.lukt("beslissingen", uitkomst="ingetrokken", beslistOp=VANDAAG)
    assert await dossier.termijnen("beslistermijn") == [("2027-01-15", "vervallen")]


async def test_een_tweede_aanvraag_wordt_geweigerd_zolang_op_de_eerste_niet_is_beslist(
    dossier: Dossier,
) -> None:
    antwoord = await dossier.vraag_aan()
    assert (antwoord.status_code, antwoord.json()["code"]) == (409, "aanvraag-loopt")


async def test_wsd_ziet_geen_aanvragen_wel_de_termijnen(dossier: Dossier, klant: Klant) -> None:
    await verwijs_door(dossier.klant, dossier.kandidaat_id)
    wsd = klant(WSD)
    assert (await wsd.get(f"{dossier.pad}/aanvragen")).json() == {"aanvragen": []}
    assert "beslistermijn" in (await wsd.get(f"{dossier.pad}/termijnen")).text
    als_klantmanager = klant(WSD, "klantmanager")
    aanvraag = await als_klantmanager.post(
        f"{dossier.pad}/aanvragen", json={"aangevraagdOp": VANDAAG}
    )
    assert (aanvraag.status_code, aanvraag.json()["code"]) == (403, "niet-bevoegd")
    beslissing = await als_klantmanager.post(
        f"{dossier.pad}/aanvragen/{dossier.aanvraag_id}/beslissingen",
        json={"uitkomst": "toegekend", "beslistOp": VANDAAG},
    )
    assert beslissing.status_code == 404


async def test_een_aanvraag_gaat_mee_naar_een_andere_gemeente(
    dossier: Dossier, klant: Klant
) -> None:
    overdracht = await dossier.klant.post(
        f"{dossier.pad}/overdrachten",
        json={"naarGemeente": VUGHT, "ingangsdatum": VANDAAG, "reden": "verhuizing"},
    )
    assert overdracht.status_code == 201
    assert (await dossier.doe("voorschotten", verstrektOp=VANDAAG)).status_code == 404
    dossier.klant = klant(VUGHT)
    await dossier.lukt("voorschotten", verstrektOp=VANDAAG)
    assert await dossier.termijnen("beslistermijn") == [("2027-01-15", "lopend")]


async def test_dezelfde_aanvraag_twee_keer_gestuurd_is_er_een(leeg: Dossier) -> None:
    headers = {"Idempotency-Key": str(leeg.kandidaat_id)}
    body = {"aangevraagdOp": VANDAAG}
    pad = f"{leeg.pad}/aanvragen"
    eerste = await leeg.klant.post(pad, json=body, headers=headers)
    tweede = await leeg.klant.post(pad, json=body, headers=headers)
    assert (eerste.status_code, tweede.status_code) == (201, 201)
    assert eerste.json() == tweede.json()
