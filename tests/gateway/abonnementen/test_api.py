"""What an afnemer can do with its abonnementen, through the entry, as everyone comes in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import asyncpg
import httpx2
import pytest
from standardwebhooks import Webhook

from chassis.database import Database
from gateway.abonnementen.abonnement import HOOGSTENS
from gateway.service import Gateway
from tests.gateway.abonnementen.conftest import Wereld, kandidaten
from tests.gateway.abonnementen.ontvanger import Antwoord
from tests.gateway.hulp import BOXTEL, SCOPES, VUGHT, Tokens, caller, event

BASIS = "/gebeurtenissen/v1/abonnementen"
MINUUT = timedelta(minutes=1)


@pytest.fixture
async def boxtel(gateway: Gateway, tokens: Tokens) -> AsyncIterator[httpx2.AsyncClient]:
    async with caller(gateway.app, tokens.header(BOXTEL)) as client:
        yield client


@pytest.fixture
async def vught(gateway: Gateway, tokens: Tokens) -> AsyncIterator[httpx2.AsyncClient]:
    async with caller(gateway.app, tokens.header(VUGHT)) as client:
        yield client


async def registreer(client: httpx2.AsyncClient, url: str, **anders: Any) -> Any:
    antwoord = await client.post(BASIS, json={"naam": "proef", "callbackUrl": url, **anders})
    assert antwoord.status_code == 201, antwoord.text
    return antwoord.json()


async def actief(wereld: Wereld, client: httpx2.AsyncClient, url: str, **anders: Any) -> str:
    """An abonnement that has permission; its address."""
    adres = f"{BASIS}/{(await registreer(client, url, **anders))['abonnementId']}"

    async def is_actief() -> bool:
        return bool((await client.get(adres)).json()["status"] == "actief")

    await wereld.tot(is_actief)
    return adres


async def met_status(client: httpx2.AsyncClient, adres: str, status: str) -> list[Any]:
    antwoord = await client.get(f"{adres}/afleveringen", params={"status": status})
    assert antwoord.status_code == 200, antwoord.text
    return list(antwoord.json()["resultaten"])


async def test_van_registreren_tot_aankomst(wereld: Wereld, boxtel: httpx2.AsyncClient) -> None:
    antwoord = await boxtel.post(BASIS, json={"naam": "zaaksysteem", "callbackUrl": wereld.url})
    assert antwoord.status_code == 201
    nieuw = antwoord.json()
    assert antwoord.headers["location"] == f"{BASIS}/{nieuw['abonnementId']}"
    assert antwoord.headers["cache-control"] == "no-store"
    assert nieuw["status"] == "wacht-op-toestemming"
    [gemeld] = await wereld.meld_over(*kandidaten(1))
    await wereld.tot_aangekomen(gemeld)
    [verzoek] = wereld.ontvanger.aangenomen
    Webhook(nieuw["geheim"]).verify(verzoek.body.decode(), dict(verzoek.headers))

    async def in_logboek() -> list[Any]:
        return await met_status(boxtel, antwoord.headers["location"], "afgeleverd")

    await wereld.tot(in_logboek)
    [regel] = await in_logboek()
    assert regel["gebeurtenisId"] == str(gemeld.id)
    assert regel["pogingen"][0].keys() == {"moment", "status", "duurMs", "fout"}


async def test_geheimen_worden_nooit_getoond_en_staan_nergens_leesbaar(
    wereld: Wereld, boxtel: httpx2.AsyncClient, database: Database
) -> None:
    aanmeldingen = [
        {"soort": "bearer", "token": "zeer-geheim-1"},
        {"soort": "zgw", "clientId": "wij", "geheim": "zeer-geheim-2"},
        {"soort": "oauth2", "tokenUrl": wereld.url, "clientId": "wij", "geheim": "zeer-geheim-3"},
        {"soort": "oauth2", "tokenUrl": wereld.url, "clientId": "wij"},
    ]
    geheimen = []
    for aanmelding in aanmeldingen:
        sleutel = {"Idempotency-Key": str(uuid4())}
        vraag = {"naam": "x", "callbackUrl": wereld.url, "aanmelding": aanmelding}
        eerste = (await boxtel.post(BASIS, json=vraag, headers=sleutel)).json()
        nogmaals = (await boxtel.post(BASIS, json=vraag, headers=sleutel)).json()
        assert nogmaals == eerste | {"geheim": None}, "het geheim wordt niet bewaard om te herhalen"
        geheimen.append(eerste["geheim"])
    gezien = (await boxtel.get(BASIS)).text
    assert "zeer-geheim" not in gezien
    assert "whsec_" not in gezien
    assert gezien.count('"kty"') == 1
    assert '"d":' not in gezien
    async with database.unit_of_work(BOXTEL) as uow:
        for tabel in ("abonnement", "abonnement_sleutel", "bezorging", "eenmalig"):
            rijen = await uow.connection.fetch(f"SELECT t::text AS t FROM {tabel} t")  # noqa: S608
            inhoud = " ".join(rij["t"] for rij in rijen)
            for geheim in ("zeer-geheim", *geheimen, b"zeer-geheim".hex()):
                assert geheim not in inhoud, tabel


async def test_een_herhaald_verzoek_maakt_geen_tweede(
    wereld: Wereld, boxtel: httpx2.AsyncClient
) -> None:
    sleutel = {"Idempotency-Key": str(uuid4())}
    vraag = {"naam": "x", "callbackUrl": wereld.url}
    for _ in range(3):
        assert (await boxtel.post(BASIS, json=vraag, headers=sleutel)).status_code == 201
    assert len((await boxtel.get(BASIS)).json()["resultaten"]) == 1


@pytest.mark.parametrize(
    ("invoer", "pad"),
    [
        ({"callbackUrl": "http://ontvanger.example"}, "body.callbackUrl"),
        ({"callbackUrl": "https://ik:wachtwoord@ontvanger.example"}, "body.callbackUrl"),
        ({"types": ["nl.participatie.bestaat-niet.v1"]}, "body.types"),
        ({"aanmelding": {"soort": "geheimzinnig"}}, "body.aanmelding"),
        ({"aanmelding": {"soort": "bearer"}}, "body.aanmelding.bearer.token"),
        ({"vanaf": "0757-1", "vanafMoment": "2026-11-01T00:00:00Z"}, "body.vanafMoment"),
        ({"vanaf": None}, "body.vanaf"),
        ({"onbekend": 1}, "body.onbekend"),
    ],
)
async def test_verkeerde_invoer_noemt_het_veld(
    boxtel: httpx2.AsyncClient, invoer: dict[str, Any], pad: str
) -> None:
    goed = {"naam": "x", "callbackUrl": "https://ontvanger.example"}
    antwoord = await boxtel.post(BASIS, json=goed | invoer)
    assert antwoord.status_code == 400, antwoord.text
    assert pad in [fout["pad"] for fout in antwoord.json()["fouten"]]
    assert "wachtwoord" not in antwoord.text


async def test_een_vreemde_of_te_verre_cursor_is_onbekend(
    wereld: Wereld, boxtel: httpx2.AsyncClient
) -> None:
    await wereld.meld(event(BOXTEL))
    await wereld.meld(event(VUGHT), aan=[VUGHT])
    adres = f"{BASIS}/{(await registreer(boxtel, wereld.url, vanaf='0757-1'))['abonnementId']}"
    for cursor in ("0865-1", "0757-2", "wsd-0"):
        vraag = {"naam": "x", "callbackUrl": wereld.url, "vanaf": cursor}
        assert (await boxtel.post(BASIS, json=vraag)).status_code == 404
        herhaling = await boxtel.post(f"{adres}/herhalingen", json={"vanaf": cursor})
        assert herhaling.status_code == 404


async def test_een_organisatie_heeft_een_grootste_aantal(
    wereld: Wereld, boxtel: httpx2.AsyncClient, vught: httpx2.AsyncClient
) -> None:
    for _ in range(HOOGSTENS):
        await registreer(boxtel, wereld.url)
    vraag = {"naam": "x", "callbackUrl": wereld.url}
    antwoord = await boxtel.post(BASIS, json=vraag)
    assert (antwoord.status_code, antwoord.json()["code"]) == (409, "te-veel-abonnementen")
    await registreer(vught, wereld.url)


async def test_wat_van_een_ander_is_bestaat_niet(
    wereld: Wereld, boxtel: httpx2.AsyncClient, vught: httpx2.AsyncClient
) -> None:
    adres = await actief(wereld, boxtel, wereld.url)
    [gemeld] = await wereld.meld_over(*kandidaten(1))
    await wereld.tot_aangekomen(gemeld)
    id_ = {"gebeurtenisId": str(gemeld.id)}
    pogingen = [
        vught.get(adres),
        vught.patch(adres, json={"naam": "y"}, headers={"If-Match": "*"}),
        vught.delete(adres),
        vught.get(f"{adres}/stand"),
        vught.get(f"{adres}/sleutels"),
        vught.post(f"{adres}/sleutels", json={}),
        vught.post(f"{adres}/proefafleveringen"),
        vught.get(f"{adres}/afleveringen"),
        vught.post(f"{adres}/herhalingen", json={"opgegeven": True}),
        vught.post(f"{adres}/overslagen", json=id_ | {"reden": "x"}),
    ]
    for poging in pogingen:
        assert (await poging).status_code == 404
    assert (await vught.get(BASIS)).json() == {"resultaten": []}


async def test_de_database_zelf_verbergt_abonnementen_voor_een_ander(
    wereld: Wereld, boxtel: httpx2.AsyncClient, database: Database
) -> None:
    await actief(wereld, boxtel, wereld.url)
    [gemeld] = await wereld.meld_over(*kandidaten(1))
    await wereld.tot_aangekomen(gemeld)
    tabellen = ("abonnement", "abonnement_sleutel", "bezorging", "aflevering", "poging")
    async with database.unit_of_work(VUGHT) as uow:
        for tabel in tabellen:
            assert not await uow.connection.fetch(f"SELECT * FROM {tabel}")  # noqa: S608
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await uow.connection.execute(
                "INSERT INTO bezorging (abonnement_id, afnemer, status, gelezen_tot)"
                " VALUES (gen_random_uuid(), $1, 'actief', 0)",
                BOXTEL,
            )


@pytest.mark.parametrize("scope", ["abonnementen.lezen", "abonnementen.beheren"])
async def test_lezen_en_beheren_zijn_twee_rechten(
    gateway: Gateway, tokens: Tokens, scope: str
) -> None:
    assert scope in SCOPES
    vraag = {"naam": "x", "callbackUrl": "https://ontvanger.example"}
    async with caller(gateway.app, tokens.header(BOXTEL, [scope])) as client:
        gelezen, geschreven = await client.get(BASIS), await client.post(BASIS, json=vraag)
    mag_lezen = scope.endswith("lezen")
    assert gelezen.status_code == (200 if mag_lezen else 403)
    assert geschreven.status_code == (403 if mag_lezen else 201)


async def test_wijzigen_vraagt_de_versie_die_er_is(
    wereld: Wereld, boxtel: httpx2.AsyncClient
) -> None:
    adres = await actief(wereld, boxtel, wereld.url)
    etag = (await boxtel.get(adres)).headers["etag"]
    assert (await boxtel.patch(adres, json={"naam": "y"})).status_code == 428
    gewijzigd = await boxtel.patch(adres, json={"naam": "y"}, headers={"If-Match": etag})
    assert gewijzigd.status_code == 200
    assert gewijzigd.json()["naam"] == "y"
    nogmaals = await boxtel.patch(adres, json={"naam": "z"}, headers={"If-Match": etag})
    assert nogmaals.status_code == 412


async def test_een_geheim_gaat_niet_vanzelf_naar_een_ander_adres(
    wereld: Wereld, boxtel: httpx2.AsyncClient
) -> None:
    aanmelding = {"soort": "bearer", "token": "abc"}
    adres = await actief(wereld, boxtel, wereld.url, aanmelding=aanmelding)
    ander, altijd = {"callbackUrl": wereld.url + "2"}, {"If-Match": "*"}
    zonder = await boxtel.patch(adres, json=ander, headers=altijd)
    assert (zonder.status_code, zonder.json()["code"]) == (409, "aanmelding-opnieuw-nodig")
    met = await boxtel.patch(adres, json={**ander, "aanmelding": aanmelding}, headers=altijd)
    assert met.status_code == 200
    assert met.json()["status"] == "wacht-op-toestemming"


async def test_pauze_hervatten_en_verwijderen(wereld: Wereld, boxtel: httpx2.AsyncClient) -> None:
    adres, altijd = await actief(wereld, boxtel, wereld.url), {"If-Match": "*"}
    stil = await boxtel.patch(adres, json={"gepauzeerd": True}, headers=altijd)
    assert stil.json()["status"] == "gepauzeerd"
    weer = await boxtel.patch(adres, json={"gepauzeerd": False}, headers=altijd)
    assert weer.json()["status"] == "actief"
    assert (await boxtel.delete(adres)).status_code == 204
    assert (await boxtel.get(adres)).status_code == 404


async def test_een_proefaflevering_zegt_wat_de_ontvanger_vond(
    wereld: Wereld, boxtel: httpx2.AsyncClient
) -> None:
    adres = await actief(wereld, boxtel, wereld.url)
    wereld.ontvanger.gedrag = lambda _: Antwoord(500, body=b"stapel met namen van personen")
    antwoord = await boxtel.post(f"{adres}/proefafleveringen")
    assert antwoord.status_code == 200
    gezegd = antwoord.json()
    assert (gezegd["gelukt"], gezegd["status"], gezegd["fout"]) == (False, 500, "http-500")
    assert "personen" not in antwoord.text
    proef = wereld.ontvanger.verzoeken[-1].json
    assert proef["type"] == "nl.participatie.proefaflevering.v1"
    wereld.ontvanger.gedrag = lambda _: Antwoord(204)
    assert (await boxtel.post(f"{adres}/proefafleveringen")).json()["gelukt"] is True
    assert (await boxtel.get(f"{adres}/afleveringen")).json() == {"resultaten": []}


async def test_zonder_toestemming_gaat_er_ook_geen_proef(
    wereld: Wereld, boxtel: httpx2.AsyncClient
) -> None:
    wereld.ontvanger.toestemming = {}
    nieuw = await registreer(boxtel, wereld.url)
    antwoord = await boxtel.post(f"{BASIS}/{nieuw['abonnementId']}/proefafleveringen")
    assert (antwoord.status_code, antwoord.json()["code"]) == (409, "nog-geen-toestemming")
    assert all(v.methode == "OPTIONS" for v in wereld.ontvanger.verzoeken)


async def test_een_nieuwe_sleutel_wordt_een_keer_getoond(
    wereld: Wereld, boxtel: httpx2.AsyncClient
) -> None:
    adres = await actief(wereld, boxtel, wereld.url)
    nieuw = (await boxtel.post(f"{adres}/sleutels", json={"overlapUren": 2})).json()
    assert nieuw["geheim"].startswith("whsec_")
    lijst = await boxtel.get(f"{adres}/sleutels")
    assert "whsec_" not in lijst.text
    huidig, vorig = lijst.json()["resultaten"]
    assert huidig == {n: w for n, w in nieuw.items() if n != "geheim"}
    assert vorig["vervaltOp"] is not None
    wereld.klok.move_by(timedelta(hours=3))
    assert len((await boxtel.get(f"{adres}/sleutels")).json()["resultaten"]) == 1


async def test_opgegeven_hervatten_en_overslaan(wereld: Wereld, boxtel: httpx2.AsyncClient) -> None:
    adres = await actief(wereld, boxtel, wereld.url)
    wereld.ontvanger.gedrag = lambda _: Antwoord(415)
    events = await wereld.meld_over(*kandidaten(3))

    async def opgegeven(aantal: int) -> bool:
        return len(await met_status(boxtel, adres, "opgegeven")) == aantal

    await wereld.tot(lambda: opgegeven(3))
    stand = (await boxtel.get(f"{adres}/stand")).json()
    assert stand["opgegeven"] == 3
    ids = [{"gebeurtenisId": str(e.id)} for e in events]
    over = await boxtel.post(f"{adres}/overslagen", json=ids[0] | {"reden": "zelf verwerkt"})
    assert over.json()["status"] == "overgeslagen"
    nogmaals = await boxtel.post(f"{adres}/overslagen", json=ids[0] | {"reden": "x"})
    assert (nogmaals.status_code, nogmaals.json()["code"]) == (409, "niet-opgegeven")
    wereld.ontvanger.gedrag = lambda _: Antwoord()
    een = await boxtel.post(f"{adres}/herhalingen", json=ids[1])
    assert een.json()["aantal"] == 1
    await wereld.tot_aangekomen(events[1])
    alle = await boxtel.post(f"{adres}/herhalingen", json={"opgegeven": True})
    assert alle.json()["aantal"] == 1
    await wereld.tot_aangekomen(events[2])
    onbekend = await boxtel.post(f"{adres}/herhalingen", json={"gebeurtenisId": str(uuid4())})
    assert onbekend.status_code == 404


async def test_herhalen_vanaf_een_moment(wereld: Wereld, boxtel: httpx2.AsyncClient) -> None:
    adres = await actief(wereld, boxtel, wereld.url)
    vroeg = await wereld.meld_over(*kandidaten(2))
    await wereld.tot_aangekomen(*vroeg)
    wereld.klok.move_by(MINUUT)
    moment = wereld.klok.now().isoformat()
    laat = await wereld.meld_over(*kandidaten(2))
    await wereld.tot_aangekomen(*laat)
    wereld.ontvanger.aangenomen.clear()
    antwoord = await boxtel.post(f"{adres}/herhalingen", json={"vanafMoment": moment})
    assert antwoord.json() == {"vanaf": "0757-2", "aantal": None}
    await wereld.tot_aangekomen(*laat)
    assert len(wereld.ontvanger.aangenomen) == 2


@pytest.mark.parametrize("invoer", [{}, {"opgegeven": True, "vanaf": "0757-0"}, {"vanaf": None}])
async def test_een_herhaling_zegt_precies_een_ding(
    wereld: Wereld, boxtel: httpx2.AsyncClient, invoer: dict[str, Any]
) -> None:
    adres = await actief(wereld, boxtel, wereld.url)
    assert (await boxtel.post(f"{adres}/herhalingen", json=invoer)).status_code == 400


async def test_het_logboek_komt_in_pagina_s(wereld: Wereld, boxtel: httpx2.AsyncClient) -> None:
    adres = await actief(wereld, boxtel, wereld.url)
    events = await wereld.meld_over(*kandidaten(5))
    await wereld.tot_aangekomen(*events)
    gezien: list[str] = []
    volgende: str | None = f"{adres}/afleveringen?limiet=2"
    while volgende:
        antwoord = await boxtel.get(volgende)
        gezien += [regel["gebeurtenisId"] for regel in antwoord.json()["resultaten"]]
        volgende = antwoord.links.get("next", {}).get("url")
    assert gezien == [str(e.id) for e in reversed(events)]


async def test_de_metingen_laten_zien_hoe_het_ervoor_staat(
    wereld: Wereld, boxtel: httpx2.AsyncClient, gateway: Gateway
) -> None:
    await actief(wereld, boxtel, wereld.url)
    await wereld.tot_aangekomen(*await wereld.meld_over(*kandidaten(1)))
    async with caller(gateway.internal) as intern:
        gemeten = (await intern.get("/metrics")).text
    for naam in ("wachtend", "oudste_seconden", "opgegeven", "onderbroken"):
        assert f'meedoen_webhook_{naam}{{afnemer="{BOXTEL}"}}' in gemeten
    assert f'meedoen_webhook_afgeleverd_total{{afnemer="{BOXTEL}"}}' in gemeten
