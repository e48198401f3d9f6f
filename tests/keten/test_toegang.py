"""Nobody gets in without a right token, at any address of any service, by any door."""

from __future__ import annotations

import base64
import hmac
import json
import time
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import httpx2
import pytest
import pytest_asyncio
from joserfc import jwt
from joserfc.jwk import ECKey

from tests.keten.operaties import Operatie
from tests.keten.proefketen import BOXTEL, Proefketen

pytestmark = pytest.mark.asyncio(loop_scope="package")

ROL = "klantmanager"


class Deur:
    """Where a caller knocks: at the gateway, or straight at the service behind it."""

    def __init__(self, keten: Proefketen, *, door_gateway: bool) -> None:
        self._keten = keten
        self._door_gateway = door_gateway

    @property
    def afgeschermd(self) -> list[Operatie]:
        """Every operation that asks a token."""
        return [o for o in self._keten.operaties if o.scope]

    async def klop(self, operatie: Operatie, authorization: str | None) -> httpx2.Response:
        app = self._keten.gateway if self._door_gateway else self._keten.diensten[operatie.dienst]
        headers = {"Authorization": authorization} if authorization else {}
        adres = operatie.adres({name: str(uuid4()) for name in operatie.padparameters})
        async with self._keten.klant(app) as klant:
            return await klant.request(
                operatie.methode, adres, headers=headers, json={} if operatie.heeft_body else None
            )


@pytest_asyncio.fixture(params=["gateway", "dienst"], loop_scope="package")
async def deur(request: pytest.FixtureRequest, keten: Proefketen) -> Deur:
    return Deur(keten, door_gateway=request.param == "gateway")


def is_probleem(antwoord: httpx2.Response, status: int) -> bool:
    return (
        antwoord.status_code == status
        and antwoord.headers["content-type"] == "application/problem+json"
        and antwoord.json()["status"] == status
        and bool(antwoord.headers["api-version"])
    )


async def test_er_is_genoeg_om_te_proberen(deur: Deur) -> None:
    assert {o.dienst for o in deur.afgeschermd} == {
        *("intake", "diagnose", "plaatsing", "financiering", "gebeurtenissen")
    }


async def test_open_is_alleen_wat_over_niemand_gaat(keten: Proefketen) -> None:
    open_ = {o.pad.rpartition("/")[2] for o in keten.operaties if not o.scope}
    assert open_ == {"_live", "_ready"}


async def test_elke_operatie_vraagt_een_scope_van_haar_dienst_die_zegt_wat_zij_doet(
    keten: Proefketen,
) -> None:
    """The scope is written here once more, apart from the product: the rest reads it there."""
    leest_met_post = {
        "diagnose.stelEenAdviesVoor",
        "financiering.maakProefberekening",
        "financiering.onderzoekEenGevoeligheid",
        "financiering.rekenEenDoorrekening",
        "financiering.vergelijkScenarios",
    }
    for operatie in keten.operaties:
        if operatie.scope:
            leest = operatie.methode == "GET" or operatie.sleutel in leest_met_post
            verwacht = f"{operatie.dienst}.{'lezen' if leest else 'schrijven'}"
            if "/abonnementen" in operatie.pad:
                verwacht = f"abonnementen.{'lezen' if leest else 'beheren'}"
            if operatie.is_beheer:
                verwacht = f"{operatie.dienst}.beheren"
            if operatie.id in (
                "geefPersoonsgegevens",
                "geefBrief",
                "geefUitstromingen",
                "maakSrg",
                "maakDkdReintegratieberichten",
            ):
                verwacht = "intake.persoonsgegevens.lezen"
            assert operatie.scope == verwacht, operatie


async def test_zonder_token_komt_niemand_binnen(deur: Deur) -> None:
    for operatie in deur.afgeschermd:
        antwoord = await deur.klop(operatie, None)
        assert is_probleem(antwoord, 401), operatie
        assert antwoord.headers["www-authenticate"] == 'Bearer realm="meedoen"', operatie


async def test_zonder_de_scope_mag_niemand_iets_en_het_antwoord_noemt_haar(
    deur: Deur, keten: Proefketen
) -> None:
    scopes = keten.scopes
    for operatie in deur.afgeschermd:
        andere = [scope for scope in scopes if scope != operatie.scope]
        token = keten.draaiend.uitgever.token(BOXTEL, ROL, andere)
        antwoord = await deur.klop(operatie, f"Bearer {token}")
        assert is_probleem(antwoord, 403), operatie
        assert antwoord.json()["scope"] == operatie.scope


async def test_een_scope_die_erop_lijkt_is_haar_niet(deur: Deur, keten: Proefketen) -> None:
    for operatie in deur.afgeschermd:
        scope = str(operatie.scope)
        bijna = [scope.upper(), f"{scope}x", scope.partition(".")[0], f"{scope}.lezen", "*"]
        token = keten.draaiend.uitgever.token(BOXTEL, ROL, bijna)
        assert is_probleem(await deur.klop(operatie, f"Bearer {token}"), 403), operatie


async def test_met_een_token_dat_niet_deugt_komt_niemand_binnen(
    deur: Deur, keten: Proefketen
) -> None:
    slecht = dict(slechte_tokens(keten))
    goed = keten.draaiend.uitgever.token(BOXTEL, ROL, keten.scopes)
    for operatie in deur.afgeschermd:
        assert (await deur.klop(operatie, f"Bearer {goed}")).status_code != 401, operatie
        for waarom, authorization in slecht.items():
            antwoord = await deur.klop(operatie, authorization)
            assert is_probleem(antwoord, 401), (waarom, operatie)
            assert antwoord.headers["www-authenticate"] == (
                'Bearer realm="meedoen", error="invalid_token"'
            ), waarom
            assert authorization[-20:] not in antwoord.text


def slechte_tokens(keten: Proefketen) -> Iterator[tuple[str, str]]:
    """Tokens that would let everything happen, but for one thing each."""
    uitgever = keten.draaiend.uitgever
    scopes = keten.scopes
    goed = uitgever.token(BOXTEL, ROL, scopes)
    header, claims, handtekening = goed.split(".")
    inhoud: dict[str, Any] = _lees(claims)
    vreemd = ECKey.generate_key("P-256", auto_kid=True)
    bekend = ECKey.import_key({**vreemd.as_dict(private=True), "kid": _lees(header)["kid"]})
    echt: ECKey = uitgever._key

    def ondertekend(sleutel: ECKey, typ: str = "at+jwt", **anders: Any) -> str:
        kop = {"alg": "ES256", "kid": sleutel.kid, "typ": typ}
        nieuw = {n: w for n, w in (inhoud | anders).items() if w is not None}
        return "Bearer " + jwt.encode(kop, nieuw, sleutel, algorithms=["ES256"])

    nu = int(time.time())
    yield "verlopen", ondertekend(echt, exp=nu - 1, iat=nu - 100, nbf=nu - 100)
    yield "zonder eindtijd", ondertekend(echt, exp=None)
    yield "nog niet geldig", ondertekend(echt, nbf=nu + 3600)
    yield "voor een ander bedoeld", ondertekend(echt, aud="https://elders.example")
    yield "voor niemand bedoeld", ondertekend(echt, aud=None)
    yield "van een andere uitgever", ondertekend(vreemd, iss="https://vreemd.example")
    yield "met een sleutel die de uitgever niet kent", ondertekend(vreemd)
    yield "met een andere sleutel onder de naam van de goede", ondertekend(bekend)
    yield "zonder organisatie", ondertekend(echt, organisatie=None)
    yield "van een organisatie die niet bestaat", ondertekend(echt, organisatie="systeem")
    yield "zonder rol", ondertekend(echt, rol=None)
    yield "een id-token", ondertekend(echt, typ="id_token+jwt")
    yield "niet ondertekend", f"Bearer {_schrijf({'alg': 'none', 'typ': 'JWT'})}.{claims}."
    yield (
        "niet ondertekend, met de sleutel genoemd",
        f"Bearer {_schrijf({**_lees(header), 'alg': 'none'})}.{claims}.{handtekening}",
    )
    te_tekenen = f"{_schrijf({**_lees(header), 'alg': 'HS256'})}.{claims}"
    geheim = hmac.digest(echt.as_pem(private=False), te_tekenen.encode(), "sha256")
    yield (
        "ondertekend met de openbare sleutel als geheim",
        f"Bearer {te_tekenen}.{_base64url(geheim)}",
    )
    yield (
        "na ondertekening gewijzigd",
        f"Bearer {header}.{_schrijf({**inhoud, 'organisatie': 'wsd'})}.{handtekening}",
    )
    yield "geen token", "Bearer a.b.c"
    yield "een ander schema", f"Basic {goed}"


def _lees(deel: str) -> dict[str, Any]:
    gelezen: dict[str, Any] = json.loads(base64.urlsafe_b64decode(deel + "=" * (-len(deel) % 4)))
    return gelezen


def _schrijf(inhoud: dict[str, Any]) -> str:
    return _base64url(json.dumps(inhoud).encode())


def _base64url(bytes_: bytes) -> str:
    return base64.urlsafe_b64encode(bytes_).rstrip(b"=").decode()
