"""Tokens for the local run: easily had there, and nowhere else."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

from chassis.access import DevelopmentIssuer, TokenVerifier
from chassis.settings import Omgeving, TokenIssuer
from gateway import ontwikkeluitgever
from gateway.service import Gateway
from tests.dienst import AUDIENCE, ISSUER
from tests.gateway.conftest import UNKNOWN
from tests.gateway.hulp import SCOPES, Tokens, caller
from tests.gateway.test_entry import assert_is_problem

TOKEN = "/ontwikkeluitgever/token"


async def ask(gateway: Gateway, **request: Any) -> httpx2.Response:
    async with caller(gateway.app) as client:
        return await client.post(TOKEN, **request)


async def test_a_token_for_an_organisation_and_role_opens_the_feed(gateway: Gateway) -> None:
    answer = await ask(gateway, json={"organisatie": "0757", "rol": "klantmanager"})
    assert answer.status_code == 200
    found = answer.json()
    assert found.keys() == {"access_token", "token_type", "expires_in", "scope"}
    assert found["scope"] == " ".join(sorted(SCOPES))
    async with caller(gateway.app, {"Authorization": f"Bearer {found['access_token']}"}) as client:
        assert (await client.get("/gebeurtenissen/v1/gebeurtenissen")).status_code == 200


async def test_the_published_key_checks_the_tokens(gateway: Gateway) -> None:
    async with caller(gateway.app) as client:
        published = (await client.get("/ontwikkeluitgever/jwks.json")).json()
        token = (
            await client.post(TOKEN, json={"organisatie": "wsd", "rol": "klantmanager"})
        ).json()

    async def fetch(_uri: str) -> Any:
        return published

    verifier = TokenVerifier(
        [TokenIssuer(issuer=ISSUER, jwks_uri="")], audience=AUDIENCE, fetch=fetch
    )
    caller_ = await verifier.caller(f"Bearer {token['access_token']}")
    assert (caller_.organisation, caller_.role) == ("wsd", "klantmanager")
    assert all("d" not in key for key in published["keys"])


@pytest.mark.parametrize(
    ("body", "paths"),
    [
        ({}, ["body.organisatie", "body.rol"]),
        ({"organisatie": "vught", "rol": "klantmanager"}, ["body.organisatie"]),
        ({"organisatie": UNKNOWN, "rol": "klantmanager"}, ["body.organisatie"]),
        ({"organisatie": "0757", "rol": "Burgemeester!"}, ["body.rol"]),
        ({"organisatie": "0757", "rol": "burgemeester"}, ["body.rol"]),
        ({"organisatie": "0757", "rol": "klantmanager", "scope": "alles"}, ["body.scope"]),
    ],
)
async def test_what_it_does_not_know_is_a_400(
    gateway: Gateway, body: dict[str, str], paths: list[str]
) -> None:
    answer = await ask(gateway, json=body)
    assert_is_problem(answer, 400)
    assert [fault["pad"] for fault in answer.json()["fouten"]] == paths


async def test_a_body_that_is_no_json_is_a_400(gateway: Gateway) -> None:
    for content in (b"{", b"\xff", b"[" * 100_000):
        answer = await ask(gateway, content=content, headers={"Content-Type": "application/json"})
        assert_is_problem(answer, 400)


@pytest.mark.parametrize(
    "kind", ["application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x"]
)
async def test_a_form_of_another_site_gets_no_token(gateway: Gateway, kind: str) -> None:
    content = b'{"organisatie": "0757", "rol": "klantmanager"}'
    answer = await ask(gateway, content=content, headers={"Content-Type": kind})
    assert_is_problem(answer, 415)


async def test_nothing_else_is_there(gateway: Gateway) -> None:
    async with caller(gateway.app) as client:
        assert_is_problem(await client.get(TOKEN), 405)
        assert_is_problem(await client.post("/ontwikkeluitgever/jwks.json"), 405)
        assert_is_problem(await client.get("/ontwikkeluitgever"), 404)
        assert_is_problem(await client.get("/ontwikkeluitgever/token/x"), 404)


def test_it_refuses_to_be_in_production(tokens: Tokens, tmp_path: Any) -> None:
    with pytest.raises(RuntimeError, match="production"):
        ontwikkeluitgever.app(tokens.issuer, lambda _: {}, omgeving=Omgeving.PRODUCTIE)
    with pytest.raises(RuntimeError, match="production"):
        DevelopmentIssuer(
            tmp_path / "key.json",
            environment=Omgeving.PRODUCTIE,
            issuer=ISSUER,
            audience=AUDIENCE,
        )
