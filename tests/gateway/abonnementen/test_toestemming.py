"""Nothing is sent to who did not ask for it: the handshake, at once or afterwards."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from gateway.abonnementen import beheer
from gateway.abonnementen.aanmelding import Aanmelding, Soort
from gateway.abonnementen.abonnement import Abonnement, Status
from gateway.abonnementen.berichten import Formaat
from gateway.abonnementen.toestemming import tempo
from gateway.service import Gateway
from tests.gateway.abonnementen.conftest import Wereld, kandidaten
from tests.gateway.abonnementen.ontvanger import Antwoord, Verzoek
from tests.gateway.hulp import BASE, caller

MINUUT = timedelta(minutes=1)


async def status(wereld: Wereld, abonnement: Abonnement) -> Status:
    return (await wereld.lees(abonnement)).status


async def actief(wereld: Wereld, abonnement: Abonnement) -> bool:
    return await status(wereld, abonnement) is Status.ACTIEF


async def fout(wereld: Wereld, abonnement: Abonnement) -> str | None:
    return (await wereld.lees(abonnement)).toestemming_fout


async def test_de_ontvanger_wordt_gevraagd_zoals_cloudevents_het_voorschrijft(
    wereld: Wereld,
) -> None:
    abonnement = await wereld.abonneer()
    async with wereld.bezorgend():
        await wereld.tot(lambda: actief(wereld, abonnement))
    [vraag] = wereld.ontvanger.verzoeken
    assert vraag.methode == "OPTIONS"
    assert vraag.pad == "/meedoen"
    assert vraag.headers["webhook-request-origin"] == "api.meedoen.example"
    assert vraag.headers["webhook-request-rate"].isdigit()
    assert vraag.headers["webhook-request-callback"].startswith(f"{BASE}/toestemming/")


@pytest.mark.parametrize(
    ("headers", "verwacht"),
    [
        ({}, "geen-toestemming"),
        ({"WebHook-Allowed-Origin": "iemand.anders.example"}, "afzender-niet-genoemd"),
    ],
)
async def test_zonder_toestemming_wordt_er_niets_gestuurd(
    wereld: Wereld, headers: dict[str, str], verwacht: str
) -> None:
    await wereld.meld_over(*kandidaten(2))
    wereld.ontvanger.toestemming = headers
    abonnement = await wereld.abonneer()
    async with wereld.bezorgend():
        await wereld.tot(lambda: fout(wereld, abonnement))
        wereld.klok.move_by(timedelta(days=2))
        await asyncio.sleep(1.2)
    assert await fout(wereld, abonnement) == verwacht
    assert await status(wereld, abonnement) is Status.WACHT_OP_TOESTEMMING
    assert all(v.methode == "OPTIONS" for v in wereld.ontvanger.verzoeken)


async def test_wie_later_toestemming_geeft_krijgt_alles(wereld: Wereld) -> None:
    events = await wereld.meld_over(*kandidaten(2))
    wereld.ontvanger.toestemming = {}
    abonnement = await wereld.abonneer()
    async with wereld.bezorgend():
        await wereld.tot(lambda: fout(wereld, abonnement))
        wereld.ontvanger.toestemming = {"WebHook-Allowed-Origin": "API.meedoen.example"}
        await wereld.tot_aangekomen(*events, stap=MINUUT)


@pytest.mark.parametrize("methode", ["GET", "POST"])
async def test_een_bezoek_aan_het_terugbeladres_geeft_toestemming_een_keer(
    wereld: Wereld, gateway: Gateway, methode: str
) -> None:
    """The gateway's own worker delivers here."""
    events = await wereld.meld_over(*kandidaten(2))
    wereld.ontvanger.toestemming = {}
    abonnement = await wereld.abonneer()
    await wereld.tot(lambda: fout(wereld, abonnement))
    pad = urlsplit(wereld.ontvanger.verzoeken[0].headers["webhook-request-callback"]).path
    async with caller(gateway.app) as client:
        antwoord = await client.request(methode, pad, headers={"WebHook-Allowed-Rate": "600"})
        assert antwoord.status_code == 200, antwoord.text
        assert (await client.request(methode, pad)).status_code == 404
    await wereld.tot_aangekomen(*events, stap=timedelta(seconds=1))
    assert (await wereld.stand(abonnement)).tempo == 600


async def test_een_geraden_terugbeladres_bestaat_niet(wereld: Wereld, gateway: Gateway) -> None:
    wereld.ontvanger.toestemming = {}
    abonnement = await wereld.abonneer()
    await wereld.tot(lambda: fout(wereld, abonnement))
    async with caller(gateway.app) as client:
        for pad in (str(abonnement.id), "0" * 64, "", "a/b"):
            assert (await client.get(f"/toestemming/{pad}")).status_code == 404
        put = await client.put(f"/toestemming/{abonnement.id}")
    assert put.status_code == 405
    assert await status(wereld, abonnement) is Status.WACHT_OP_TOESTEMMING


async def test_een_ander_adres_moet_zelf_toestemming_geven(wereld: Wereld) -> None:
    abonnement = await wereld.abonneer()
    async with wereld.bezorgend():
        await wereld.tot(lambda: actief(wereld, abonnement))
        wereld.ontvanger.toestemming = {}
        ander = wereld.url.replace("/meedoen", "/anders")
        leeg = dict.fromkeys(("naam", "types", "wie", "gepauzeerd"))
        huidig = await wereld.lees(abonnement)
        await wereld.doe(lambda uow: beheer.wijzig(uow, huidig, callback_url=ander, **leeg))
        await wereld.tot(lambda: fout(wereld, abonnement))
        await wereld.meld_over(*kandidaten(1))
        await asyncio.sleep(1.2)
    assert not wereld.ontvanger.aangenomen


async def test_het_toegestane_tempo_wordt_overgenomen(wereld: Wereld) -> None:
    wereld.ontvanger.toestemming = {
        "WebHook-Allowed-Origin": "*",
        "WebHook-Allowed-Rate": "60",
    }
    events = await wereld.meld_over(*kandidaten(3))
    abonnement = await wereld.abonneer()
    async with wereld.bezorgend():
        await wereld.tot_aangekomen(events[0])
        await asyncio.sleep(0.3)
        assert len(wereld.ontvanger.aangenomen) == 1, "de klok staat stil"
        await wereld.tot_aangekomen(*events, stap=timedelta(seconds=1))
    assert (await wereld.stand(abonnement)).tempo == 60


def test_een_tempo_is_een_geheel_getal_boven_nul_of_er_is_geen() -> None:
    assert tempo("120") == 120
    for waarde in ("*", "", "0", "-1", "1.5", "snel", "²"):
        assert tempo(waarde) is None


ZGW = Aanmelding(Soort.ZGW, {"clientId": "meedoen"}, {"geheim": "een-geheim-van-de-gemeente"})


def open_notificaties(wereld: Wereld, kanalen: list[dict[str, str]]) -> str:
    """A Notificaties API; its address of notificaties."""
    wereld.ontvanger.andere["/api/v1/kanaal"] = lambda _: Antwoord(
        200, {"Content-Type": "application/json"}, json.dumps(kanalen).encode()
    )
    wereld.ontvanger.gedrag = lambda _: Antwoord(201)
    return wereld.url.replace("/meedoen", "/api/v1/notificaties")


async def test_een_notificaties_api_krijgt_notificaties_en_weet_wie_wij_zijn(
    wereld: Wereld,
) -> None:
    [gemeld] = await wereld.meld_over(*kandidaten(1))
    url = open_notificaties(wereld, [{"naam": "participatie"}])
    await wereld.abonneer(callback_url=url, formaat=Formaat.ZGW, wie=ZGW)
    async with wereld.bezorgend():
        await wereld.tot_aangekomen(gemeld)
    vraag, bericht = wereld.ontvanger.verzoeken
    assert (vraag.methode, vraag.pad) == ("GET", "/api/v1/kanaal")
    assert bericht.pad == "/api/v1/notificaties"
    assert bericht.headers["content-type"] == "application/json"
    assert bericht.json == {
        "kanaal": "participatie",
        "hoofdObject": f"{BASE}/intake/v1/kandidaten/{gemeld.subject}",
        "resource": "kandidaten",
        "resourceUrl": f"{BASE}{gemeld.dataref}",
        "actie": "kandidaat-aangemeld",
        "aanmaakdatum": json.loads(gemeld.structured_json())["time"],
        "kenmerken": {
            "type": gemeld.type,
            "gemeentecode": gemeld.gemeentecode,
            "gebeurtenis": str(gemeld.id),
        },
    }
    for verzoek in (vraag, bericht):
        assert claims(verzoek)["client_id"] == "meedoen"


async def test_een_notificaties_api_zonder_ons_kanaal_krijgt_niets(wereld: Wereld) -> None:
    await wereld.meld_over(*kandidaten(1))
    url = open_notificaties(wereld, [{"naam": "zaken"}])
    abonnement = await wereld.abonneer(callback_url=url, formaat=Formaat.ZGW, wie=ZGW)
    async with wereld.bezorgend():
        await wereld.tot(lambda: fout(wereld, abonnement))
    assert await fout(wereld, abonnement) == "kanaal-niet-geregistreerd"
    assert not wereld.ontvanger.aangenomen


def claims(verzoek: Verzoek) -> dict[str, object]:
    token = verzoek.headers["authorization"].removeprefix("Bearer ")
    sleutel = OctKey.import_key(b"een-geheim-van-de-gemeente")
    return jwt.decode(token, sleutel, algorithms=["HS256"]).claims
