"""How we make ourselves known: a token that was given, one that is fetched, or one we make."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey

from gateway.abonnementen.aanmelding import Aanmelding, Methode, Soort, nieuwe_sleutel
from tests.gateway.abonnementen.conftest import Wereld, kandidaten
from tests.gateway.abonnementen.ontvanger import Antwoord, Verzoek


class Tokenserver:
    """Hands out t1, t2, …; keeps what was asked."""

    def __init__(self, **anders: Any) -> None:
        self.gevraagd: list[Verzoek] = []
        self.anders = anders

    def __call__(self, verzoek: Verzoek) -> Antwoord:
        self.gevraagd.append(verzoek)
        inhoud = {"access_token": f"t{len(self.gevraagd)}", "expires_in": 3600, **self.anders}
        return Antwoord(200, {"Content-Type": "application/json"}, json.dumps(inhoud).encode())


def oauth2(wereld: Wereld, **instellingen: Any) -> Aanmelding:
    alle = {
        "tokenUrl": wereld.url.replace("/meedoen", "/token"),
        "clientId": "meedoen:1",
        "methode": Methode.CLIENT_SECRET_BASIC,
        **instellingen,
    }
    return Aanmelding(Soort.OAUTH2, alle, {"geheim": "s/cret"})


def tokens(wereld: Wereld) -> list[str]:
    """The Authorization headers of the deliveries."""
    posts = [v for v in wereld.ontvanger.verzoeken if v.pad == "/meedoen" and v.methode == "POST"]
    return [v.headers.get("authorization", "") for v in posts]


async def test_een_vast_token_gaat_mee_met_elk_bericht(wereld: Wereld) -> None:
    await wereld.abonneer(wie=Aanmelding(Soort.BEARER, {}, {"token": "abc"}))
    async with wereld.bezorgend():
        events = await wereld.meld_over(*kandidaten(2))
        await wereld.tot_aangekomen(*events)
    assert tokens(wereld) == ["Bearer abc"] * 2


async def test_een_access_token_wordt_een_keer_gehaald_en_dan_gebruikt(wereld: Wereld) -> None:
    server = wereld.ontvanger.andere["/token"] = Tokenserver()
    await wereld.abonneer(wie=oauth2(wereld, scope="berichten"))
    async with wereld.bezorgend():
        for _ in range(3):
            await wereld.tot_aangekomen(*await wereld.meld_over(*kandidaten(1)))
    [vraag] = server.gevraagd
    assert vraag.formulier == {"grant_type": "client_credentials", "scope": "berichten"}
    basic = base64.b64decode(vraag.headers["authorization"].removeprefix("Basic "))
    assert basic == b"meedoen%3A1:s%2Fcret"
    assert tokens(wereld) == ["Bearer t1"] * 3


async def test_een_token_dat_niet_meer_geldt_wordt_een_keer_vernieuwd(wereld: Wereld) -> None:
    server = wereld.ontvanger.andere["/token"] = Tokenserver()
    goed = {"Bearer t1", "Bearer t2"}
    wereld.ontvanger.gedrag = lambda v: Antwoord(
        204 if v.headers.get("authorization") in goed else 401
    )
    abonnement = await wereld.abonneer(wie=oauth2(wereld))
    async with wereld.bezorgend():
        await wereld.tot_aangekomen(*await wereld.meld_over(*kandidaten(1)))
        goed.remove("Bearer t1")
        await wereld.tot_aangekomen(*await wereld.meld_over(*kandidaten(1)))
        assert len(server.gevraagd) == 2
        goed.clear()
        [gemeld] = await wereld.meld_over(*kandidaten(1))
        await wereld.tot(lambda: len(server.gevraagd) == 3)
        goed.add("Bearer t4")
        await wereld.tot_aangekomen(gemeld, stap=timedelta(seconds=5))
    regels = await wereld.logboek(abonnement)
    assert [p.status for p in regels[2].pogingen][-1] == 401


async def test_met_een_eigen_sleutel_bewijst_een_assertion_wie_wij_zijn(wereld: Wereld) -> None:
    server = wereld.ontvanger.andere["/token"] = Tokenserver()
    openbaar, eigen = nieuwe_sleutel("k1")
    assert "d" not in openbaar
    zonder = oauth2(wereld, methode=Methode.PRIVATE_KEY_JWT, openbareSleutel=openbaar)
    await wereld.abonneer(wie=Aanmelding(Soort.OAUTH2, zonder.instellingen, {"sleutel": eigen}))
    async with wereld.bezorgend():
        await wereld.tot_aangekomen(*await wereld.meld_over(*kandidaten(1)))
    formulier = server.gevraagd[0].formulier
    token = jwt.decode(
        formulier["client_assertion"], ECKey.import_key(openbaar), algorithms=["ES256"]
    )
    assert token.header["kid"] == "k1"
    assert token.claims["iss"] == token.claims["sub"] == "meedoen:1"
    assert token.claims["aud"] == zonder.instellingen["tokenUrl"]
    assert token.claims["exp"] - token.claims["iat"] <= 60


@pytest.mark.parametrize(
    ("antwoord", "verwacht"),
    [
        (Antwoord(500), "token-http-500"),
        (Antwoord(302, {"Location": "https://169.254.169.254/"}), "token-http-302"),
        (Antwoord(200, body=b"<html>"), "token-onleesbaar"),
        (Antwoord(200, body=b"[]"), "token-onleesbaar"),
        (Antwoord(200, body=b'{"access_token": "a\\r\\nX: y"}'), "token-onleesbaar"),
    ],
)
async def test_zonder_token_wordt_er_niets_gestuurd_en_staat_er_waarom(
    wereld: Wereld, antwoord: Antwoord, verwacht: str
) -> None:
    wereld.ontvanger.andere["/token"] = lambda _: antwoord
    abonnement = await wereld.abonneer(wie=oauth2(wereld))
    async with wereld.bezorgend():
        await wereld.meld_over(*kandidaten(1))

        async def geprobeerd() -> bool:
            regels = await wereld.logboek(abonnement)
            return bool(regels and regels[0].pogingen)

        await wereld.tot(geprobeerd)
    [regel] = await wereld.logboek(abonnement)
    assert regel.fout == verwacht
    assert tokens(wereld) == []
