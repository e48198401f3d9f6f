"""Who may do what: by token, scope, role and organisation."""

import httpx2
import pytest
from fastapi import FastAPI

from chassis.access import TokenVerifier
from chassis.settings import TokenIssuer
from tests.chassis.web.conftest import VUGHT, Connect, Tokens
from tests.chassis.web.voorbeeld.api import make_app
from tests.dienst import AUDIENCE, ISSUER

TAAK = {"naam": "Bellen", "bedrag": "12.50"}


async def test_without_a_token_nobody_gets_in(app: FastAPI, connect: Connect) -> None:
    response = await connect(app, {}).get("/taken")
    assert response.status_code == 401
    assert response.headers["www-authenticate"] == 'Bearer realm="meedoen"'


async def test_with_a_bad_token_nobody_gets_in(app: FastAPI, connect: Connect) -> None:
    response = await connect(app, {"Authorization": "Bearer a.b.c"}).get("/taken")
    assert response.status_code == 401
    assert 'error="invalid_token"' in response.headers["www-authenticate"]


async def test_a_token_elsewhere_than_in_the_header_is_not_seen(
    app: FastAPI, connect: Connect, tokens: Tokens
) -> None:
    token = tokens.header()["Authorization"].removeprefix("Bearer ")
    client = connect(app, {"Cookie": f"access_token={token}"})
    assert (await client.get("/taken", params={"access_token": token})).status_code == 401


async def test_two_tokens_at_once_are_none(app: FastAPI, connect: Connect, tokens: Tokens) -> None:
    token = tokens.header()["Authorization"]
    response = await connect(app, {}).get(
        "/taken", headers=[("Authorization", token), ("Authorization", token)]
    )
    assert response.status_code == 401


async def test_the_missing_scope_is_named(app: FastAPI, connect: Connect, tokens: Tokens) -> None:
    reader = connect(app, tokens.header(scopes=("taken.lezen",)))
    response = await reader.post("/taken", json=TAAK)
    assert response.status_code == 403
    assert response.json()["scope"] == "taken.schrijven"
    assert (await reader.get("/taken")).status_code == 200


async def test_the_roles_that_may_are_named(app: FastAPI, connect: Connect, tokens: Tokens) -> None:
    response = await connect(app, tokens.header(role="backoffice")).post("/taken", json=TAAK)
    assert response.status_code == 403
    assert response.json()["rollen"] == ["klantmanager"]


async def test_rights_are_checked_before_what_was_sent(
    app: FastAPI, connect: Connect, tokens: Tokens
) -> None:
    assert (await connect(app, {}).post("/taken", json={})).status_code == 401
    reader = connect(app, tokens.header(scopes=()))
    assert (await reader.post("/taken", json={})).status_code == 403


async def test_what_is_of_another_gemeente_does_not_exist(
    client: httpx2.AsyncClient, app: FastAPI, connect: Connect, tokens: Tokens
) -> None:
    created = await client.post("/taken", json=TAAK)
    path = f"/taken/{created.json()['id']}"
    vught = connect(app, tokens.header(VUGHT))
    missing = "/taken/7f1c6a52-0d5a-4c3c-9d0f-0f4c8a3a9d11"
    for there in (path, missing):
        assert (await vught.get(there)).status_code == 404
        assert (await vught.delete(there)).status_code == 404
        body, headers = {"naam": "Van Vught"}, {"If-Match": '"1"'}
        assert (await vught.put(there, json=body, headers=headers)).status_code == 404
    assert (await vught.get("/taken")).json() == {"resultaten": []}
    assert (await client.get(path)).status_code == 200


@pytest.mark.parametrize("path", ["/taken", "/taken/7f1c6a52-0d5a-4c3c-9d0f-0f4c8a3a9d11"])
async def test_when_the_issuer_is_away_the_caller_is_not_blamed(
    app: FastAPI, connect: Connect, path: str
) -> None:
    async def away(_uri: str) -> dict[str, object]:
        raise OSError

    issuers = [TokenIssuer(issuer=ISSUER, jwks_uri="https://issuer.example/jwks")]
    verifier = TokenVerifier(issuers, audience=AUDIENCE, fetch=away)
    response = await connect(make_app(app.state.database, verifier)).get(path)
    assert response.status_code == 503
    assert response.headers["retry-after"] == "30"
