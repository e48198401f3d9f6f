"""Het college beschikt over een loonkostensubsidie: wat de berekening vraagt, en een keer."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import httpx2
import pytest

from chassis.database import Database
from chassis.tenancy import SYSTEM, WSD
from contracts.financiering import FinancieringstermijnVerstreken, LKSBeschikkingGegeven
from contracts.intake import Doelgroep
from contracts.plaatsing import Eindereden
from services.financiering.domain import wettelijk_minimumloon as minimumloon
from services.financiering.domain.beschikking import Beschikkingsoort
from services.financiering.domain.lks_berekening import bereken
from services.financiering.domain.lks_dossier import LksStatus
from services.financiering.domain.lks_toekenning import EindeLks, Wijzigingsreden
from tests.financiering.conftest import Client
from tests.financiering.omgeving import BOXTEL, VUGHT, Kandidaat, Omgeving

VANDAAG = date(2026, 12, 7)
BEGIN = date(2026, 10, 1)
SCHRIJVEN = ("financiering.lezen", "financiering.schrijven")
GEHEIM = "Over wie dit gaat leest alleen de gemeente."


@pytest.fixture
async def geplaatst(omgeving: Omgeving) -> Kandidaat:
    kandidaat = Kandidaat()
    await omgeving.hoort(kandidaat.doorverwezen(), kandidaat.plaatsing(BEGIN))
    return kandidaat


def invoer(soort: str = "toekenning", **meer: Any) -> dict[str, Any]:
    return {"soort": soort, "motivering": GEHEIM, "bekendgemaaktOp": str(VANDAAG), **meer}


async def beschik(
    klant: httpx2.AsyncClient,
    lks_id: Any,
    body: Mapping[str, Any],
    *,
    etag: str | None = None,
    sleutel: str | None = None,
) -> httpx2.Response:
    """With the ETag of the voorstel, unless another is given."""
    pad = f"/loonkostensubsidies/{lks_id}"
    if etag is None:
        etag = (await klant.get(f"{pad}/beschikkingsvoorstel")).headers.get("ETag", '"0"')
    headers = {"If-Match": etag, "Idempotency-Key": sleutel or str(uuid4())}
    return await klant.post(f"{pad}/lks-beschikkingen", json=body, headers=headers)


async def voorstel(klant: httpx2.AsyncClient, lks_id: Any) -> dict[str, Any]:
    antwoord = await klant.get(f"/loonkostensubsidies/{lks_id}/beschikkingsvoorstel")
    assert antwoord.status_code == 200, antwoord.text
    gevonden: dict[str, Any] = antwoord.json()
    return gevonden


async def test_van_een_nieuwe_plaatsing_wordt_een_toekenning_met_de_berekening_voorgesteld(
    omgeving: Omgeving, client: Client, geplaatst: Kandidaat
) -> None:
    lks = await omgeving.lks(geplaatst)
    besluit = (await voorstel(client(), lks.lks_id))["besluit"]
    assert (besluit["soort"], besluit["ingangsdatum"]) == ("toekenning", str(BEGIN))
    assert besluit["artikelen"] == ["art. 10d lid 1 onder a en lid 4 Participatiewet"]
    [bedrag] = besluit["bedragen"]
    assert bedrag["maandbedrag"] == str(lks.maandbedrag)
    assert bedrag["stappen"][-1]["uitkomst"] == str(lks.maandbedrag)
    assert besluit["verjaardagsregel"] == "vanaf-de-verjaardagsmaand"


async def test_de_gemeente_beschikt_en_alle_afnemers_horen_het(
    omgeving: Omgeving, client: Client, geplaatst: Kandidaat
) -> None:
    lks = await omgeving.lks(geplaatst)
    klant = client(scopes=SCHRIJVEN)
    antwoord = await beschik(klant, lks.lks_id, invoer())
    assert antwoord.status_code == 201, antwoord.text
    beschikking = antwoord.json()
    assert beschikking["bezwaarTotEnMet"] == str(VANDAAG + timedelta(days=42))
    assert (await klant.get(antwoord.headers["Location"][len("/financiering/v1") :])).json() == (
        beschikking
    )
    lijst = await klant.get(f"/lks-beschikkingen?lksId={lks.lks_id}&soort=toekenning")
    assert lijst.json()["resultaten"] == [beschikking]
    [gezegd] = await omgeving.gezegd_als(LKSBeschikkingGegeven, geplaatst)
    assert gezegd["beschikkingId"] == beschikking["beschikkingId"]
    assert gezegd["bezwaarTotEnMet"] == beschikking["bezwaarTotEnMet"]
    inzage = (await klant.get(f"/loonkostensubsidies/{lks.lks_id}")).json()
    assert inzage["toekenningsbeschikkingId"] == beschikking["beschikkingId"]
    na = await klant.get(f"/loonkostensubsidies/{lks.lks_id}/beschikkingsvoorstel")
    assert na.json()["besluit"] is None
    assert na.headers["ETag"] == antwoord.headers["ETag"]
    assert (await client(WSD).get(f"/lks-beschikkingen/{gezegd['beschikkingId']}")).json() == (
        beschikking
    )
    for pad in (f"/lks-beschikkingen/{gezegd['beschikkingId']}",):
        assert (await client(VUGHT).get(pad)).status_code == 404


async def test_de_motivering_staat_verzegeld_en_in_geen_antwoord(
    omgeving: Omgeving, client: Client, database: Database, geplaatst: Kandidaat
) -> None:
    lks = await omgeving.lks(geplaatst)
    antwoord = await beschik(client(scopes=SCHRIJVEN), lks.lks_id, invoer())
    assert GEHEIM not in antwoord.text
    async with database.unit_of_work(BOXTEL) as uow:
        rij = await uow.connection.fetchrow("SELECT * FROM lks_beschikking")
    assert rij is not None
    assert GEHEIM.encode() not in rij["motivering"]
    assert GEHEIM not in rij["inhoud"]


async def test_wsd_beslist_niet_voor_het_college(
    omgeving: Omgeving, client: Client, geplaatst: Kandidaat
) -> None:
    lks = await omgeving.lks(geplaatst)
    wsd = client(WSD, scopes=SCHRIJVEN, rol="backoffice")
    antwoord = await beschik(wsd, lks.lks_id, invoer())
    assert (antwoord.status_code, antwoord.json()["code"]) == (403, "beschikking-van-gemeente")
    assert (await voorstel(wsd, lks.lks_id))["besluit"]["soort"] == "toekenning"


async def test_een_andere_gemeente_vindt_niets(
    omgeving: Omgeving, client: Client, geplaatst: Kandidaat
) -> None:
    lks = await omgeving.lks(geplaatst)
    antwoord = await beschik(client(VUGHT, scopes=SCHRIJVEN), lks.lks_id, invoer())
    assert antwoord.status_code == 404


async def test_wie_iets_anders_zag_dan_er_nu_is_beslist_niet(
    omgeving: Omgeving, client: Client, geplaatst: Kandidaat
) -> None:
    lks = await omgeving.lks(geplaatst)
    klant = client(scopes=SCHRIJVEN)
    gezien = await klant.get(f"/loonkostensubsidies/{lks.lks_id}/beschikkingsvoorstel")
    await omgeving.hoort(geplaatst.loonwaarde(60, date(2026, 11, 1)))
    antwoord = await beschik(klant, lks.lks_id, invoer(), etag=gezien.headers["ETag"])
    assert (antwoord.status_code, antwoord.json()["code"]) == (412, "versie-verouderd")
    pad = f"/loonkostensubsidies/{lks.lks_id}/lks-beschikkingen"
    zonder = await klant.post(pad, json=invoer(), headers={"Idempotency-Key": str(uuid4())})
    assert zonder.status_code == 428


async def test_er_wordt_niets_beslist_wat_er_niet_is(
    omgeving: Omgeving, client: Client, geplaatst: Kandidaat
) -> None:
    lks = await omgeving.lks(geplaatst)
    klant = client(scopes=SCHRIJVEN)
    anders = await beschik(klant, lks.lks_id, invoer("herziening"))
    assert (anders.status_code, anders.json()["code"]) == (409, "ander-voorstel")
    assert (await beschik(klant, lks.lks_id, invoer())).status_code == 201
    nogmaals = await beschik(klant, lks.lks_id, invoer())
    assert (nogmaals.status_code, nogmaals.json()["code"]) == (409, "niets-te-beslissen")


@pytest.mark.parametrize("op", [VANDAAG + timedelta(days=1), VANDAAG - timedelta(days=1)])
async def test_een_beschikking_is_niet_verzonden_voor_zij_kon_bestaan_of_na_vandaag(
    omgeving: Omgeving, client: Client, geplaatst: Kandidaat, op: date
) -> None:
    lks = await omgeving.lks(geplaatst)
    body = invoer(bekendgemaaktOp=str(op))
    antwoord = await beschik(client(scopes=SCHRIJVEN), lks.lks_id, body)
    assert (antwoord.status_code, antwoord.json()["code"]) == (400, "bekendmaking-past-niet")


async def test_dezelfde_sleutel_geeft_dezelfde_beschikking_en_tegelijk_beslissen_er_een(
    omgeving: Omgeving, client: Client, geplaatst: Kandidaat
) -> None:
    lks = await omgeving.lks(geplaatst)
    klant = client(scopes=SCHRIJVEN)
    pad = f"/loonkostensubsidies/{lks.lks_id}/beschikkingsvoorstel"
    etag = (await klant.get(pad)).headers["ETag"]
    antwoorden = await asyncio.gather(
        *(beschik(klant, lks.lks_id, invoer(), etag=etag) for _ in range(5))
    )
    assert sorted(a.status_code for a in antwoorden) == [201, 412, 412, 412, 412]
    assert len(await omgeving.gezegd_als(LKSBeschikkingGegeven, geplaatst)) == 1


async def test_herhalen_met_dezelfde_sleutel_beslist_niet_opnieuw(
    omgeving: Omgeving, client: Client, geplaatst: Kandidaat
) -> None:
    lks = await omgeving.lks(geplaatst)
    klant = client(scopes=SCHRIJVEN)
    pad = f"/loonkostensubsidies/{lks.lks_id}/beschikkingsvoorstel"
    etag = (await klant.get(pad)).headers["ETag"]
    een, twee = [
        await beschik(klant, lks.lks_id, invoer(), etag=etag, sleutel="vast") for _ in range(2)
    ]
    assert een.status_code == twee.status_code == 201
    assert een.json() == twee.json()


async def test_een_weigering_wordt_een_afwijzing_met_haar_gronden(
    omgeving: Omgeving, client: Client
) -> None:
    kandidaat = Kandidaat()
    await omgeving.hoort(
        kandidaat.doorverwezen(doelgroep=Doelgroep.WSW), kandidaat.plaatsing(BEGIN)
    )
    lks = await omgeving.lks(kandidaat)
    antwoord = await beschik(client(scopes=SCHRIJVEN), lks.lks_id, invoer("afwijzing"))
    besluit = antwoord.json()
    assert [g["code"] for g in besluit["gronden"]] == ["wsw-dienstbetrekking"]
    assert besluit["artikelen"] == ["art. 10d lid 3 Participatiewet"]
    assert (besluit["bedragen"], besluit["verjaardagsregel"]) == ([], None)
    assert await omgeving.voorstel(kandidaat) is None
    assert (await omgeving.lks(kandidaat)).toekenning_id is None


async def test_zonder_gegevens_is_er_niets_te_beslissen_en_staat_waarom(
    omgeving: Omgeving, client: Client
) -> None:
    kandidaat = Kandidaat()
    await omgeving.hoort(kandidaat.plaatsing(BEGIN))
    lks = await omgeving.lks(kandidaat)
    gevonden = await voorstel(client(), lks.lks_id)
    assert gevonden["besluit"] is None
    assert [g["code"] for g in gevonden["wachtOp"]] == ["doorverwijzing-nog-niet-ontvangen"]


async def test_wat_na_de_toekenning_verandert_vraagt_een_herziening_met_de_reden(
    omgeving: Omgeving, geplaatst: Kandidaat
) -> None:
    await omgeving.beschikt(geplaatst)
    await omgeving.hoort(
        geplaatst.loonwaarde(60, date(2026, 11, 1)), geplaatst.gewijzigd(date(2026, 11, 16), "30")
    )
    inhoud = (await omgeving.beschikt(geplaatst)).inhoud
    assert (inhoud.soort, inhoud.ingangsdatum) == (Beschikkingsoort.HERZIENING, date(2026, 11, 1))
    assert [(b.vanaf, b.tot_en_met) for b in inhoud.bedragen] == [
        (date(2026, 11, 1), date(2026, 11, 15)),
        (date(2026, 11, 16), None),
    ]
    assert inhoud.redenen == (Wijzigingsreden.LOONWAARDE, Wijzigingsreden.ARBEIDSDUUR)
    assert await omgeving.voorstel(geplaatst) is None


async def test_op_1_januari_is_een_herziening_nodig(
    omgeving: Omgeving, geplaatst: Kandidaat, bedragen_2027: None
) -> None:
    await omgeving.beschikt(geplaatst)
    await omgeving.wordt(date(2027, 1, 1))
    inhoud = await omgeving.voorstel(geplaatst)
    assert inhoud is not None
    assert inhoud.redenen == (Wijzigingsreden.JAARLIJKSE_HERZIENING,)
    assert inhoud.artikelen == ("art. 10d lid 7 Participatiewet",)


async def test_een_forfait_eindigt_en_wordt_pas_herzien_als_de_loonwaarde_er_is(
    omgeving: Omgeving, client: Client
) -> None:
    kandidaat = Kandidaat()
    await omgeving.hoort(kandidaat.doorverwezen(), kandidaat.plaatsing(date(2026, 5, 1), None))
    toegekend = (await omgeving.beschikt(kandidaat)).inhoud
    assert [(b.vanaf, b.tot_en_met) for b in toegekend.bedragen] == [
        (date(2026, 5, 1), date(2026, 10, 31))
    ]
    assert toegekend.artikelen == ("art. 10d lid 1 onder b en lid 5 Participatiewet",)
    lks = await omgeving.lks(kandidaat)
    gevonden = await voorstel(client(), lks.lks_id)
    assert gevonden["besluit"] is None
    assert [g["code"] for g in gevonden["wachtOp"]] == ["loonwaarde-ontbreekt"]
    await omgeving.hoort(kandidaat.loonwaarde(50, date(2026, 11, 1)))
    inhoud = await omgeving.voorstel(kandidaat)
    assert inhoud is not None
    assert inhoud.ingangsdatum == date(2026, 11, 1)
    assert Wijzigingsreden.LOONWAARDE in inhoud.redenen


async def test_na_het_einde_van_het_dienstverband_volgt_een_beeindiging(
    omgeving: Omgeving, geplaatst: Kandidaat
) -> None:
    await omgeving.beschikt(geplaatst)
    await omgeving.hoort(geplaatst.einde(date(2026, 11, 30)))
    inhoud = (await omgeving.beschikt(geplaatst)).inhoud
    assert (inhoud.soort, inhoud.laatste_dag, inhoud.ingangsdatum) == (
        Beschikkingsoort.BEEINDIGING,
        date(2026, 11, 30),
        date(2026, 12, 1),
    )
    assert inhoud.artikelen == ("art. 10d lid 1 Participatiewet",)
    assert await omgeving.voorstel(geplaatst) is None


async def test_een_dienstverband_dat_al_voorbij_is_wordt_in_een_keer_toegekend(
    omgeving: Omgeving, geplaatst: Kandidaat
) -> None:
    await omgeving.hoort(geplaatst.einde(date(2026, 11, 30)))
    inhoud = (await omgeving.beschikt(geplaatst)).inhoud
    assert (inhoud.soort, inhoud.laatste_dag) == (Beschikkingsoort.TOEKENNING, date(2026, 11, 30))
    assert await omgeving.voorstel(geplaatst) is None


async def test_een_dienstverband_dat_niet_begon_vraagt_geen_besluit(
    omgeving: Omgeving, geplaatst: Kandidaat
) -> None:
    await omgeving.hoort(geplaatst.einde(BEGIN - timedelta(days=1)))
    assert await omgeving.voorstel(geplaatst) is None


async def test_een_beschikking_blijft_zoals_zij_was_ook_als_de_cijfers_van_de_wet_anders_worden(
    omgeving: Omgeving, client: Client, geplaatst: Kandidaat, monkeypatch: pytest.MonkeyPatch
) -> None:
    gegeven = await omgeving.beschikt(geplaatst)
    pad = f"/lks-beschikkingen/{gegeven.beschikking_id}"
    voor, brief = await client().get(pad), await client().get(f"{pad}/brief")
    hoger = tuple(replace(rij, maand=Decimal("2500.00")) for rij in minimumloon.MINIMUMLOON)
    monkeypatch.setattr(minimumloon, "MINIMUMLOON", hoger)
    bereken.cache_clear()
    await omgeving.hoort(geplaatst.gewijzigd(date(2026, 12, 1), "30"))
    assert (await omgeving.lks(geplaatst)).maandbedrag != gegeven.inhoud.bedragen[0].maandbedrag
    assert (await client().get(pad)).content == voor.content
    assert (await client().get(f"{pad}/brief")).content == brief.content


async def test_met_de_beschikking_is_de_beslistermijn_gehaald_en_verstrijkt_zij_niet_meer(
    omgeving: Omgeving, client: Client, geplaatst: Kandidaat
) -> None:
    ander = Kandidaat()
    await omgeving.hoort(ander.doorverwezen(), ander.plaatsing(BEGIN))
    await omgeving.beschikt(geplaatst)
    gehaald = (await client().get("/termijnen?status=gehaald")).json()["resultaten"]
    assert [(t["kandidaatId"], t["soort"], t["gehaaldOp"]) for t in gehaald] == [
        (str(geplaatst.id), "beslissing-lks", str(VANDAAG))
    ]
    await omgeving.wordt(VANDAAG + timedelta(weeks=6))
    assert await omgeving.gezegd_als(FinancieringstermijnVerstreken, geplaatst) == []
    assert len(await omgeving.gezegd_als(FinancieringstermijnVerstreken, ander)) == 1


# -- end of the doelgroep -------------------------------------------------------------------


async def test_wie_niet_meer_tot_de_doelgroep_behoort_houdt_subsidie_tot_en_met_de_laatste_dag(
    omgeving: Omgeving, client: Client, geplaatst: Kandidaat
) -> None:
    await omgeving.beschikt(geplaatst)
    lks = await omgeving.lks(geplaatst)
    body = invoer("beeindiging", laatsteDagInDoelgroep="2026-12-31")
    antwoord = await beschik(client(scopes=SCHRIJVEN), lks.lks_id, body)
    assert antwoord.status_code == 201, antwoord.text
    assert antwoord.json()["artikelen"] == ["art. 10d lid 8 Participatiewet"]
    na = (await client().get(f"/loonkostensubsidies/{lks.lks_id}")).json()
    assert (na["laatsteDag"], na["eindereden"], na["status"]) == (
        "2026-12-31",
        "niet-langer-in-doelgroep",
        "beeindigd",
    )
    assert await omgeving.voorstel(geplaatst) is None


@pytest.mark.parametrize("laatste", ["2026-12-06", "2027-12-08"])
async def test_de_subsidie_eindigt_niet_voor_het_is_vastgesteld_en_niet_te_ver_vooruit(
    omgeving: Omgeving, client: Client, geplaatst: Kandidaat, laatste: str
) -> None:
    await omgeving.beschikt(geplaatst)
    lks = await omgeving.lks(geplaatst)
    body = invoer("beeindiging", laatsteDagInDoelgroep=laatste)
    antwoord = await beschik(client(scopes=SCHRIJVEN), lks.lks_id, body)
    assert (antwoord.status_code, antwoord.json()["code"]) == (400, "einde-doelgroep-past-niet")


async def test_wat_niet_is_toegekend_of_al_eindigt_wordt_niet_zo_beeindigd(
    omgeving: Omgeving, client: Client, geplaatst: Kandidaat
) -> None:
    lks = await omgeving.lks(geplaatst)
    body = invoer("beeindiging", laatsteDagInDoelgroep="2026-12-31")
    klant = client(scopes=SCHRIJVEN)
    assert (await beschik(klant, lks.lks_id, body)).json()["code"] == "niets-te-beslissen"
    await omgeving.beschikt(geplaatst)
    await omgeving.hoort(geplaatst.einde(date(2026, 12, 31)))
    assert (await beschik(klant, lks.lks_id, body)).json()["code"] == "niets-te-beslissen"


async def test_na_een_eindbesluit_begint_niets_opnieuw(
    omgeving: Omgeving, geplaatst: Kandidaat, bedragen_2027: None
) -> None:
    await omgeving.beschikt(geplaatst)
    await omgeving.beschikt(geplaatst, einde_doelgroep=date(2026, 12, 31))
    gezegd = await omgeving.bedragen(geplaatst)
    await omgeving.hoort(
        geplaatst.loonwaarde(30, date(2027, 1, 1)), geplaatst.gewijzigd(date(2027, 1, 4), "36")
    )
    await omgeving.wordt(date(2027, 1, 8))
    assert await omgeving.bedragen(geplaatst) == gezegd
    lks = await omgeving.lks(geplaatst)
    assert (lks.status, lks.laatste_dag) == (LksStatus.BEEINDIGD, date(2026, 12, 31))
    await omgeving.hoort(geplaatst.einde(date(2027, 2, 28)))
    assert (await omgeving.lks(geplaatst)).laatste_dag == date(2026, 12, 31)
    assert await omgeving.voorstel(geplaatst) is None
    await omgeving.hoort(geplaatst.einde(date(2026, 12, 20)))
    eerder = await omgeving.lks(geplaatst)
    assert (eerder.laatste_dag, eerder.eindereden) == (
        date(2026, 12, 20),
        EindeLks.EINDE_DIENSTBETREKKING,
    )
    inhoud = await omgeving.voorstel(geplaatst)
    assert inhoud is not None
    assert inhoud.laatste_dag == date(2026, 12, 20)


async def test_een_loonwaarde_van_100_geeft_eerst_niets_en_daarna_een_einde(
    omgeving: Omgeving, geplaatst: Kandidaat
) -> None:
    await omgeving.beschikt(geplaatst)
    await omgeving.hoort(geplaatst.loonwaarde(100, date(2026, 11, 1)))
    nihil = (await omgeving.beschikt(geplaatst)).inhoud
    assert [(b.vanaf, str(b.maandbedrag)) for b in nihil.bedragen] == [(date(2026, 11, 1), "0.00")]
    einde = (await omgeving.beschikt(geplaatst)).inhoud
    assert (einde.soort, einde.laatste_dag, einde.eindereden) == (
        Beschikkingsoort.BEEINDIGING,
        date(2026, 10, 31),
        EindeLks.GEEN_VERMINDERDE_LOONWAARDE,
    )
    await omgeving.hoort(geplaatst.loonwaarde(60, date(2026, 12, 1)))
    lks = await omgeving.lks(geplaatst)
    assert (lks.laatste_dag, len(lks.perioden)) == (date(2026, 10, 31), 1)
    assert await omgeving.voorstel(geplaatst) is None


async def test_een_einde_door_volledige_loonwaarde_van_plaatsing_is_geen_eigen_besluit(
    omgeving: Omgeving, geplaatst: Kandidaat
) -> None:
    await omgeving.beschikt(geplaatst)
    reden = Eindereden.GEEN_VERMINDERDE_LOONWAARDE
    await omgeving.hoort(geplaatst.einde(date(2026, 11, 30), reden=reden))
    assert (await omgeving.beschikt(geplaatst)).inhoud.eindereden is (
        EindeLks.GEEN_VERMINDERDE_LOONWAARDE
    )
    assert (await omgeving.lks(geplaatst)).eindbesluit is None


async def test_na_een_overdracht_leest_en_beslist_de_nieuwe_gemeente(
    omgeving: Omgeving, client: Client, geplaatst: Kandidaat
) -> None:
    gegeven = await omgeving.beschikt(geplaatst)
    await omgeving.hoort(geplaatst.overgedragen(VUGHT, date(2026, 12, 7)))
    assert await omgeving.voorstel(geplaatst) is None
    pad = f"/lks-beschikkingen/{gegeven.beschikking_id}"
    assert (await client(BOXTEL).get(pad)).status_code == 404
    inzage = (await client(VUGHT).get(pad)).json()
    assert (inzage["gemeentecode"], inzage["college"]) == (VUGHT, BOXTEL)
    await omgeving.hoort(geplaatst.loonwaarde(60, date(2026, 12, 1)))
    assert (await omgeving.beschikt(geplaatst)).college == VUGHT
    async with omgeving.database.unit_of_work(SYSTEM) as uow:
        afnemers = await uow.connection.fetch(
            "SELECT afnemers FROM outbox WHERE type = $1 ORDER BY id", LKSBeschikkingGegeven.type()
        )
    assert [set(rij["afnemers"]) for rij in afnemers] == [{BOXTEL, WSD}, {VUGHT, WSD}]
