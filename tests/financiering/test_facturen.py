"""Van contract en traject naar factuur, creditnota en document: wie, wat, wanneer en hoeveel."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from datetime import date
from decimal import Decimal
from itertools import combinations
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx2
import pytest

from chassis.access import DevelopmentIssuer
from chassis.database import Database
from chassis.tenancy import SYSTEM
from contracts.afnemers import WSD
from contracts.diagnose import OADGestart, PlanregieBeeindigd, PlanregieGestart, PlanregieVerlengd
from contracts.intake import (
    BesluitIngetrokken,
    Besluitsoort,
    InkooporderGeplaatst,
    TrajectbesluitGenomen,
)
from contracts.plaatsing import (
    BegeleidingAfgesproken,
    Begeleidingsoort,
    BegeleidingsurenGeboekt,
    OverigePlaatsingsoort,
    PlaatsingGestart,
)
from contracts.portfolio import Dienst, Programma
from services.financiering.service import SERVICE
from services.financiering.store import facturen, leveringen
from services.financiering.use_cases import factureer as factureren
from services.financiering.use_cases.factureer import factureer
from tests.dienst import token_verifier
from tests.financiering.omgeving import BOXTEL, VUGHT, Kandidaat, Omgeving

VANDAAG = date(2026, 12, 7)
"""Of the clock of these tests."""
Open = Callable[..., httpx2.AsyncClient]


class Klant(Kandidaat):
    """A kandidaat of Vught with a traject, as intake, diagnose and plaatsing tell of it."""

    def __init__(self, gemeentecode: str = VUGHT) -> None:
        super().__init__(gemeentecode)
        self.besluit_id, self.inkooporder_id = uuid4(), uuid4()
        self.planregie_id, self.begeleiding_id = uuid4(), uuid4()

    def _wie(self) -> dict[str, Any]:
        return {"kandidaat_id": self.id, "gemeentecode": self.gemeentecode}

    def koopt(self, *diensten: Dienst, met_order: bool = False) -> TrajectbesluitGenomen:
        return TrajectbesluitGenomen(
            **self._wie(),
            besluit_id=self.besluit_id,
            programma=Programma.ONTWIKKEL,
            diensten=diensten,
            met_wsd=True,
            besloten_door=self.gemeentecode,
            ingangsdatum=date(2026, 8, 1),
            inkooporder_nodig=met_order or None,
        )

    def bestelt(self) -> InkooporderGeplaatst:
        return InkooporderGeplaatst(
            **self._wie(),
            inkooporder_id=self.inkooporder_id,
            besluit_id=self.besluit_id,
            geplaatst_op=date(2026, 8, 2),
        )

    def trekt_in(self) -> BesluitIngetrokken:
        return BesluitIngetrokken(
            **self._wie(),
            besluit_id=self.besluit_id,
            soort=Besluitsoort.TRAJECTBESLUIT,
            ingangsdatum=date(2026, 12, 1),
        )

    def planregie(
        self, op: date = date(2026, 8, 17), tot: date = date(2027, 2, 14)
    ) -> PlanregieGestart:
        return PlanregieGestart(
            **self._wie(),
            dossier_id=uuid4(),
            planregie_id=self.planregie_id,
            gestart_op=op,
            einddatum=tot,
        )

    def planregie_tot(self, einddatum: date) -> PlanregieVerlengd:
        return PlanregieVerlengd(
            **self._wie(),
            dossier_id=uuid4(),
            planregie_id=self.planregie_id,
            einddatum=einddatum,
        )

    def planregie_klaar(self, op: date) -> PlanregieBeeindigd:
        return PlanregieBeeindigd(
            **self._wie(), dossier_id=uuid4(), planregie_id=self.planregie_id, beeindigd_op=op
        )

    def oad(self) -> tuple[OADGestart, PlaatsingGestart]:
        return (
            OADGestart(
                **self._wie(),
                dossier_id=uuid4(),
                oad_id=uuid4(),
                gestart_op=date(2026, 9, 1),
                einddatum=date(2027, 2, 28),
            ),
            PlaatsingGestart(
                **self._wie(),
                plaatsing_id=self.plaatsing_id,
                soort=OverigePlaatsingsoort.OAD,
                begindatum=date(2026, 9, 1),
            ),
        )

    def begeleid(self, soort: Begeleidingsoort) -> BegeleidingAfgesproken:
        return BegeleidingAfgesproken(
            **self._wie(),
            plaatsing_id=self.plaatsing_id,
            begeleiding_id=self.begeleiding_id,
            soort=soort,
            vanaf=date(2026, 9, 1),
            uren_per_week=Decimal("4.00"),
        )

    def uren(self, op: date, uren: str, boeking: UUID | None = None) -> BegeleidingsurenGeboekt:
        return BegeleidingsurenGeboekt(
            **self._wie(),
            plaatsing_id=self.plaatsing_id,
            begeleiding_id=self.begeleiding_id,
            boeking_id=boeking or uuid4(),
            geboekt_voor=op,
            uren=Decimal(uren),
        )


@pytest.fixture
async def als(database: Database, issuer: DevelopmentIssuer) -> AsyncIterator[Open]:
    """Opens a client as who is named."""
    app = SERVICE.api(database, token_verifier(issuer), {})
    clients = []

    def open_client(organisatie: str = WSD, rol: str = "backoffice") -> httpx2.AsyncClient:
        scopes = ("financiering.lezen", "financiering.schrijven")
        client = httpx2.AsyncClient(
            transport=httpx2.ASGITransport(app, raise_app_exceptions=False),
            base_url="https://api.meedoen.example/financiering/v1",
            headers={"Authorization": f"Bearer {issuer.token(organisatie, rol, scopes)}"},
        )
        clients.append(client)
        return client

    yield open_client
    for client in clients:
        await client.aclose()


async def post(client: httpx2.AsyncClient, pad: str, body: dict[str, Any]) -> httpx2.Response:
    return await client.post(pad, json=body, headers={"Idempotency-Key": str(uuid4())})


async def spreek_af(
    client: httpx2.AsyncClient,
    product: Dienst = Dienst.PLANREGIE,
    eenheid: str = "maand",
    prijs: str = "500.00",
    plafond: str | None = "3000.00",
    vanaf: str = "2026-01-01",
    gemeentecode: str = VUGHT,
) -> dict[str, Any]:
    antwoord = await post(
        client,
        "/contractspecificaties",
        {
            "gemeentecode": gemeentecode,
            "product": product,
            "eenheid": eenheid,
            "prijs": prijs,
            "plafond": plafond,
            "vanaf": vanaf,
        },
    )
    assert antwoord.status_code == 201, antwoord.text
    gevonden: dict[str, Any] = antwoord.json()
    return gevonden


async def ronde(
    client: httpx2.AsyncClient, tot: str = "2026-11-30", gemeentecode: str = VUGHT, **meer: str
) -> Any:
    antwoord = await post(
        client, "/facturatierondes", {"gemeentecode": gemeentecode, "totEnMet": tot, **meer}
    )
    assert antwoord.status_code == 201, antwoord.text
    return antwoord.json()


async def kosten(client: httpx2.AsyncClient, klant: Klant, tot: str = "2026-11-30") -> Any:
    pagina = await client.get(
        "/trajectkosten", params={"kandidaatId": str(klant.id), "totEnMet": tot}
    )
    assert pagina.status_code == 200, pagina.text
    (gevonden,) = pagina.json()["resultaten"]
    return {product["product"]: product for product in gevonden["producten"]}


def soorten(gevonden: Any) -> list[tuple[str, str, str]]:
    return [(f["nummer"], f["soort"], f["exclusief"]) for f in gevonden["facturen"]]


async def test_een_planregie_wordt_per_maand_gefactureerd_en_maar_een_keer(
    als: Open, omgeving: Omgeving
) -> None:
    klant, wsd = Klant(), als()
    await spreek_af(wsd)
    await omgeving.hoort(klant.koopt(Dienst.PLANREGIE), klant.planregie())
    eerste = await ronde(wsd)
    assert soorten(eerste) == [("2026-00001", "factuur", "1741.94")]
    assert [r["bedrag"] for r in eerste["facturen"][0]["regels"]] == [
        "241.94",
        "500.00",
        "500.00",
        "500.00",
    ]
    assert soorten(await ronde(wsd)) == []
    assert soorten(await ronde(wsd, "2026-09-30")) == []


async def test_factuuropgemaakt_gaat_naar_de_gemeente_en_wsd(
    als: Open, omgeving: Omgeving, database: Database
) -> None:
    klant, wsd = Klant(), als()
    await spreek_af(wsd)
    await omgeving.hoort(klant.koopt(Dienst.PLANREGIE), klant.planregie())
    (factuur,) = (await ronde(wsd))["facturen"]
    async with database.unit_of_work(SYSTEM) as uow:
        (rij,) = await uow.connection.fetch(
            "SELECT type, data, afnemers FROM outbox WHERE aggregate_id = $1", klant.id
        )
    assert (rij["type"], rij["afnemers"]) == (
        "nl.participatie.factuur-opgemaakt.v1",
        [VUGHT, WSD],
    )
    assert json.loads(rij["data"]) == {
        "kandidaatId": str(klant.id),
        "gemeentecode": VUGHT,
        "factuurId": factuur["factuurId"],
        "soort": "factuur",
        "product": "planregie",
        "periodeVanaf": "2026-08-17",
        "periodeTotEnMet": "2026-11-30",
        "bedrag": "1741.94",
    }


async def test_wat_niet_begonnen_is_kost_niets(als: Open, omgeving: Omgeving) -> None:
    klant, wsd = Klant(), als()
    await spreek_af(wsd)
    await omgeving.hoort(klant.koopt(Dienst.PLANREGIE))
    assert soorten(await ronde(wsd)) == []
    planregie = (await kosten(als(VUGHT), klant))["planregie"]
    assert (planregie["geleverd"], planregie["nogTeVerwachten"]) == ("0.00", "3000.00")
    await omgeving.hoort(klant.trekt_in())
    assert (await als(VUGHT).get("/trajectkosten")).json()["resultaten"] == []


async def test_zonder_de_inkooporder_die_nodig_is_wordt_er_niet_gefactureerd(
    als: Open, omgeving: Omgeving
) -> None:
    klant, wsd = Klant(), als()
    await spreek_af(wsd)
    await omgeving.hoort(klant.koopt(Dienst.PLANREGIE, met_order=True), klant.planregie())
    wacht = await ronde(wsd)
    assert (wacht["facturen"], wacht["nietIngekocht"]) == ([], [str(klant.id)])
    assert not (await kosten(wsd, klant))["planregie"]["ingekocht"]
    await omgeving.hoort(klant.bestelt())
    (factuur,) = (await ronde(wsd))["facturen"]
    assert (factuur["inkooporderId"], factuur["besluitId"]) == (
        str(klant.inkooporder_id),
        str(klant.besluit_id),
    )


async def test_wat_nooit_is_ingekocht_wordt_niet_gefactureerd_en_wel_gezien(
    als: Open, omgeving: Omgeving
) -> None:
    klant, wsd = Klant(), als()
    await spreek_af(wsd)
    await omgeving.hoort(klant.planregie())
    assert (await ronde(wsd))["nietIngekocht"] == [str(klant.id)]
    assert (await kosten(als(VUGHT), klant))["planregie"]["geleverd"] == "1741.94"


async def test_een_laat_gemeld_einde_geeft_een_creditnota_en_nieuwe_regels(
    als: Open, omgeving: Omgeving
) -> None:
    klant, wsd = Klant(), als()
    await spreek_af(wsd)
    await omgeving.hoort(klant.koopt(Dienst.PLANREGIE), klant.planregie())
    (eerste,) = (await ronde(wsd))["facturen"]
    await omgeving.hoort(klant.planregie_klaar(date(2026, 10, 15)))
    assert soorten(await ronde(wsd)) == [
        ("2026-00002", "creditnota", "1000.00"),
        ("2026-00003", "factuur", "241.94"),
    ]
    assert (await wsd.get(f"/facturen/{eerste['factuurId']}")).json() == eerste
    planregie = (await kosten(als(VUGHT), klant))["planregie"]
    assert (planregie["geleverd"], planregie["gefactureerd"], planregie["nogTeVerwachten"]) == (
        "983.88",
        "983.88",
        "0.00",
    )
    credit = (await wsd.get("/facturen", params={"kandidaatId": str(klant.id)})).json()
    assert credit["resultaten"][1]["vanFactuur"] == eerste["factuurId"]


async def test_een_verlenging_komt_bij_het_afgesproken_bedrag(
    als: Open, omgeving: Omgeving
) -> None:
    klant, wsd = Klant(), als()
    await spreek_af(wsd)
    await omgeving.hoort(
        klant.koopt(Dienst.PLANREGIE), klant.planregie(), klant.planregie_tot(date(2027, 5, 14))
    )
    planregie = (await kosten(wsd, klant))["planregie"]
    assert planregie["afgesproken"] == planregie["nogTeVerwachten"] == "4500.00"


async def test_een_andere_prijs_met_terugwerkende_kracht_wordt_hersteld(
    als: Open, omgeving: Omgeving
) -> None:
    klant, wsd = Klant(), als()
    assert (await spreek_af(wsd))["versie"] == 1
    await omgeving.hoort(klant.koopt(Dienst.PLANREGIE), klant.planregie(date(2026, 10, 1)))
    await ronde(wsd)
    assert (await spreek_af(wsd, prijs="450.00"))["versie"] == 2
    assert soorten(await ronde(wsd)) == [
        ("2026-00002", "creditnota", "1000.00"),
        ("2026-00003", "factuur", "900.00"),
    ]


async def test_oad_gaat_per_uur_en_een_boeking_die_verandert_telt_een_keer(
    als: Open, omgeving: Omgeving
) -> None:
    klant, wsd, boeking = Klant(), als(), uuid4()
    await spreek_af(wsd, Dienst.OAD, "uur", "42.50", None)
    await omgeving.hoort(
        klant.koopt(Dienst.OAD),
        *klant.oad(),
        klant.begeleid(Begeleidingsoort.WERKLEIDER),
        klant.uren(date(2026, 10, 5), "3.00"),
        klant.uren(date(2026, 10, 6), "2.00", boeking),
    )
    assert soorten(await ronde(wsd)) == [("2026-00001", "factuur", "212.50")]
    await omgeving.hoort(klant.uren(date(2026, 10, 6), "1.50", boeking))
    assert [bedrag for _, _, bedrag in soorten(await ronde(wsd))] == ["212.50", "191.25"]
    oad = (await kosten(als(VUGHT), klant))[Dienst.OAD]
    assert (oad["uren"], oad["geleverd"], oad["afgesproken"]) == ("4.50", "191.25", None)


async def test_uren_van_een_jobcoach_zijn_jobcoaching_en_die_van_een_werkleider_niets(
    als: Open, omgeving: Omgeving
) -> None:
    jobcoach, werkleider, wsd = Klant(), Klant(), als()
    await spreek_af(wsd, Dienst.JOBCOACHING, "uur", "80.00", None)
    for klant, soort in (
        (jobcoach, Begeleidingsoort.JOBCOACH),
        (werkleider, Begeleidingsoort.WERKLEIDER),
    ):
        await omgeving.hoort(
            klant.koopt(Dienst.JOBCOACHING),
            klant.begeleid(soort),
            klant.uren(date(2026, 10, 5), "2.00"),
        )
    (factuur,) = (await ronde(wsd))["facturen"]
    assert (factuur["kandidaatId"], factuur["exclusief"], factuur["inclusief"]) == (
        str(jobcoach.id),
        "160.00",
        "193.60",
    )


async def test_een_loonwaardemeting_gaat_per_stuk(als: Open, omgeving: Omgeving) -> None:
    klant, wsd = Klant(), als()
    await spreek_af(wsd, Dienst.LOONWAARDEMETING, "stuk", "350.00", None)
    await omgeving.hoort(
        klant.koopt(Dienst.LOONWAARDEMETING), klant.loonwaarde(40, date(2026, 11, 2))
    )
    (factuur,) = (await ronde(wsd))["facturen"]
    assert (factuur["exclusief"], factuur["regels"][0]["eenheid"]) == ("350.00", "stuk")


async def test_na_een_overdracht_betaalt_elke_gemeente_haar_dagen_en_ziet_haar_factuur(
    als: Open, omgeving: Omgeving
) -> None:
    klant, wsd = Klant(), als()
    await spreek_af(wsd)
    await spreek_af(wsd, gemeentecode=BOXTEL, prijs="620.00", plafond=None)
    await omgeving.hoort(klant.koopt(Dienst.PLANREGIE), klant.planregie(date(2026, 10, 1)))
    await omgeving.hoort(klant.overgedragen(BOXTEL, date(2026, 11, 16)))
    assert soorten(await ronde(wsd)) == [("2026-00001", "factuur", "750.00")]
    assert soorten(await ronde(wsd, gemeentecode=BOXTEL)) == [("2026-00002", "factuur", "310.00")]
    for gemeente, nummer in ((VUGHT, "2026-00001"), (BOXTEL, "2026-00002")):
        zichtbaar = (await als(gemeente).get("/facturen")).json()["resultaten"]
        assert [f["nummer"] for f in zichtbaar] == [nummer]
    assert (await als(VUGHT).get("/trajectkosten")).json()["resultaten"] == []


@pytest.mark.parametrize("van_intake", [*combinations(range(4), 2)])
async def test_in_welke_volgorde_de_diensten_spreken_verandert_het_bedrag_niet(
    als: Open, omgeving: Omgeving, van_intake: tuple[int, ...]
) -> None:
    """Each service in its own order, one through the other, with a round after each event."""
    klant, wsd = Klant(), als()
    await spreek_af(wsd)
    intake = iter([klant.koopt(Dienst.PLANREGIE, met_order=True), klant.bestelt()])
    diagnose = iter([klant.planregie(), klant.planregie_klaar(date(2026, 10, 15))])
    for nummer in range(4):
        await omgeving.hoort(next(intake if nummer in van_intake else diagnose))
        await ronde(wsd)
    planregie = (await kosten(wsd, klant))["planregie"]
    assert planregie["gefactureerd"] == planregie["geleverd"] == "983.88"


async def test_een_factuur_is_te_lezen_als_ubl_html_en_pdf(als: Open, omgeving: Omgeving) -> None:
    klant, wsd = Klant(), als()
    await spreek_af(wsd)
    await omgeving.hoort(klant.koopt(Dienst.PLANREGIE), klant.planregie())
    (factuur,) = (await ronde(wsd))["facturen"]
    pad = f"/facturen/{factuur['factuurId']}/document"
    vught = als(VUGHT)
    for soort, begin in (
        ("application/xml", b"<?xml"),
        ("text/html", b"<!doctype html>"),
        ("application/pdf", b"%PDF"),
    ):
        antwoord = await vught.get(pad, headers={"Accept": soort})
        assert antwoord.status_code == 200
        assert antwoord.headers["content-type"].startswith(soort)
        assert antwoord.content.startswith(begin)
    assert (await als(BOXTEL).get(pad)).status_code == 404


async def test_nummers_hebben_geen_gaten_ook_niet_als_een_ronde_mislukt_of_er_twee_tegelijk_zijn(
    als: Open, omgeving: Omgeving, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    klanten, wsd = [Klant() for _ in range(4)], als()
    await spreek_af(wsd)
    for klant in klanten:
        await omgeving.hoort(klant.koopt(Dienst.PLANREGIE), klant.planregie())
    with monkeypatch.context() as kapot:
        kapot.setattr(factureren, "_zeg", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            async with database.unit_of_work(WSD) as uow:
                await factureer(uow, VUGHT, date(2026, 11, 30))
    await asyncio.gather(
        *(ronde(wsd, kandidaatId=str(klant.id)) for klant in klanten), ronde(wsd), ronde(wsd)
    )
    gevonden = (await wsd.get("/facturen")).json()["resultaten"]
    assert sorted(f["nummer"] for f in gevonden) == [f"2026-0000{n}" for n in range(1, 5)]
    assert {f["kandidaatId"] for f in gevonden} == {str(klant.id) for klant in klanten}


async def test_een_nieuw_jaar_begint_bij_een(
    als: Open, omgeving: Omgeving, bedragen_2027: None
) -> None:
    klant, wsd = Klant(), als()
    await spreek_af(wsd)
    await omgeving.hoort(klant.koopt(Dienst.PLANREGIE), klant.planregie())
    await ronde(wsd)
    await omgeving.wordt(date(2027, 1, 4))
    assert soorten(await ronde(als(), "2026-12-31")) == [("2027-00001", "factuur", "500.00")]


@pytest.mark.parametrize("tabel", ["factuur", "factuurregel", "contractspecificatie"])
async def test_wat_is_vastgelegd_kan_niemand_veranderen_of_weghalen(
    als: Open, omgeving: Omgeving, database: Database, tabel: str
) -> None:
    klant, wsd = Klant(), als()
    await spreek_af(wsd)
    await omgeving.hoort(klant.koopt(Dienst.PLANREGIE), klant.planregie())
    await ronde(wsd)
    for opdracht in (f"UPDATE {tabel} SET gemeentecode = gemeentecode", f"DELETE FROM {tabel}"):  # noqa: S608
        async with database.unit_of_work(WSD) as uow:
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await uow.connection.execute(opdracht)


async def test_een_gemeente_ziet_alleen_haar_eigen_prijzen_kosten_en_facturen(
    als: Open, omgeving: Omgeving
) -> None:
    klant, wsd = Klant(), als()
    prijs = await spreek_af(wsd)
    await omgeving.hoort(klant.koopt(Dienst.PLANREGIE), klant.planregie())
    (factuur,) = (await ronde(wsd))["facturen"]
    paden = ["/contractspecificaties", "/trajectkosten", "/facturen"]
    een = [
        f"/contractspecificaties/{prijs['contractspecificatieId']}",
        f"/facturen/{factuur['factuurId']}",
    ]
    for pad in paden:
        for organisatie, aantal in ((VUGHT, 1), (BOXTEL, 0), (WSD, 1)):
            lijst = (await als(organisatie).get(pad)).json()["resultaten"]
            assert len(lijst) == aantal, (pad, organisatie)
        vreemd = await als(BOXTEL).get(pad, params={"gemeentecode": VUGHT})
        assert vreemd.status_code == 404
    for pad in een:
        assert [(await als(o).get(pad)).status_code for o in (VUGHT, WSD, BOXTEL)] == [
            200,
            200,
            404,
        ]


async def test_alleen_de_backoffice_van_wsd_spreekt_prijzen_af_en_factureert(als: Open) -> None:
    prijs = {
        "gemeentecode": VUGHT,
        "product": "planregie",
        "eenheid": "maand",
        "prijs": "500.00",
        "vanaf": "2026-01-01",
    }
    for pad, body in (
        ("/contractspecificaties", prijs),
        ("/facturatierondes", {"gemeentecode": VUGHT, "totEnMet": "2026-11-30"}),
    ):
        gemeente = await post(als(VUGHT), pad, body)
        assert (gemeente.status_code, gemeente.json()["code"]) == (403, "alleen-door-wsd")
        assert (await post(als(BOXTEL), pad, body)).status_code == 404
        ander = await post(als(WSD, "trajectconsulent"), pad, body)
        assert (ander.status_code, ander.json()["code"]) == (403, "geen-toegang")


async def test_een_foute_prijs_of_een_dag_in_de_toekomst_wordt_uitgelegd(als: Open) -> None:
    fout = await post(
        als(),
        "/contractspecificaties",
        {
            "gemeentecode": VUGHT,
            "product": "planregie",
            "eenheid": "maand",
            "prijs": "0.00",
            "plafond": "3000",
            "vanaf": "2026-01-01",
        },
    )
    assert (fout.status_code, fout.json()["fouten"][0]["pad"]) == (400, "prijs")
    later = await post(
        als(), "/facturatierondes", {"gemeentecode": VUGHT, "totEnMet": "2026-12-08"}
    )
    assert (later.status_code, later.json()["code"]) == (400, "facturatie-in-toekomst")


async def test_trajectkosten_bladeren_per_kandidaat(als: Open, omgeving: Omgeving) -> None:
    klanten, vught = [Klant() for _ in range(3)], als(VUGHT)
    for klant in klanten:
        await omgeving.hoort(klant.koopt(Dienst.PLANREGIE))
    gezien, adres = [], "/trajectkosten?limiet=1"
    while adres:
        antwoord = await vught.get(adres)
        gezien += [o["kandidaatId"] for o in antwoord.json()["resultaten"]]
        link = antwoord.headers.get("link", "")
        adres = link[1:].partition(">")[0].removeprefix("/financiering/v1")
    assert gezien == sorted(str(klant.id) for klant in klanten)


async def test_een_factuur_komt_uit_de_database_zoals_zij_erin_ging(
    als: Open, omgeving: Omgeving, database: Database
) -> None:
    klant, wsd = Klant(), als()
    await spreek_af(wsd)
    await omgeving.hoort(klant.koopt(Dienst.PLANREGIE), klant.planregie())
    async with database.unit_of_work(WSD) as uow:
        gemaakt = (await factureer(uow, VUGHT, date(2026, 11, 30))).gemaakt
        await uow.commit()
    async with database.unit_of_work(VUGHT) as uow:
        (gelezen,) = await facturen.van_kandidaat(uow, klant.id)
        geleverd = await leveringen.haal(uow, klant.id)
    assert gelezen == gemaakt[0].factuur
    assert geleverd is not None
    assert geleverd.betaler(VANDAAG) == VUGHT
