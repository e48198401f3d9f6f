"""The entry: who answers which address, and who gets through."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx2
import pytest
from starlette.types import Receive, Scope, Send

from chassis.access import TokenVerifier
from chassis.settings import TokenIssuer
from chassis.web import NietGevonden, openapi
from chassis.web.edge import SECURITY_HEADERS, Edge
from contracts.afnemers import DIENSTEN
from gateway.entry import Entry
from gateway.entry.headers import INWARDS
from gateway.entry.paths import segments
from gateway.service import Gateway
from tests.dienst import AUDIENCE, ISSUER
from tests.gateway.hulp import (
    StandIn,
    Tokens,
    caller,
    read_body,
    send_raw,
    stand_ins,
)

KANDIDATEN = "/intake/v1/kandidaten"
INSIDE = ("frame", "traceback", "line ", "asyncpg", "httpx", "localhost", "127.0.0.1", ".py")


async def _nowhere(_scope: Scope, _receive: Receive, _send: Send) -> None:
    raise NietGevonden("Dit adres bestaat niet.")


@pytest.fixture
def entry(services: dict[str, StandIn], tokens: Tokens) -> Edge:
    return behind_edge(services, tokens.verifier)


def behind_edge(services: Any, access: TokenVerifier, *, max_body_size: int = 1000) -> Edge:
    entry = Entry(services=services, access=access, portal=_nowhere, open_apps={})
    return Edge(entry, service="gateway", version="0.1.0", max_body_size=max_body_size)


def assert_is_problem(answer: httpx2.Response, status: int) -> None:
    """A problem document with all headers, in Dutch, without our insides."""
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    document = answer.json()
    assert document.keys() >= {"type", "title", "status", "detail", "code", "traceId"}
    assert document["status"] == status
    assert not [word for word in INSIDE if word in answer.text.lower()]
    assert_has_headers(answer)


def assert_has_headers(answer: httpx2.Response) -> None:
    for name, value in SECURITY_HEADERS:
        assert answer.headers.get_list(name.decode()) == [value.decode()]
    assert len(answer.headers.get_list("api-version")) == 1
    assert "server" not in answer.headers


# -- who answers --------------------------------------------------------------------------


@pytest.mark.parametrize("dienst", DIENSTEN)
async def test_each_service_answers_below_its_own_name(
    entry: Edge, services: dict[str, StandIn], tokens: Tokens, dienst: str
) -> None:
    async with caller(entry, tokens.header()) as client:
        answer = await client.post(f"/{dienst}/v1/dingen/7?a=1&a=b%20c", content=b'{"x": 1}')
    assert answer.status_code == 200
    assert [name for name, service in services.items() if service.seen] == [dienst]
    (scope,) = services[dienst].seen
    assert (scope["method"], scope["path"]) == ("POST", f"/{dienst}/v1/dingen/7")
    assert scope["query_string"] == b"a=1&a=b%20c"
    assert services[dienst].bodies == [b'{"x": 1}']
    assert_has_headers(answer)


@pytest.mark.parametrize(
    "path",
    ["/onbekend", "/intake", "/intake/kandidaten", "/intake/v0/x", "/intake/v1x/y", "/INTAKE/v1/x"],
)
async def test_an_unknown_address_is_a_404_problem(
    entry: Edge, services: dict[str, StandIn], tokens: Tokens, path: str
) -> None:
    for headers in ({}, tokens.header()):
        async with caller(entry, headers) as client:
            assert_is_problem(await client.get(path), 404)
    assert not any(service.seen for service in services.values())


async def test_the_services_keep_their_own_metrics_inside(
    entry: Edge, services: dict[str, StandIn], tokens: Tokens
) -> None:
    async with caller(entry, tokens.header()) as client:
        for path in ("/metrics", "/intake/metrics"):
            assert_is_problem(await client.get(path), 404)
    assert not services["intake"].seen


@pytest.mark.parametrize(
    "path",
    [
        b"/intake/v1/../../financiering/v1/x",
        b"/intake/v1/%2e%2e/%2E%2e/financiering/v1/x",
        b"/intake/v1/..%2f..%2ffinanciering/v1/x",
        b"/intake%2fv1/x",
        b"/intake/v1/x%5c..",
        b"/intake/v1/%252e%252e/x",
        b"/intake/v1/.",
        b"//intake/v1/x",
        b"/intake//v1/x",
        b"/intake/v1/x/",
        b"/intake/v1/",
        b"/intake/v1/x%00",
        b"/intake/v1/x%0d%0aSet-Cookie:a",
        b"/intake/v1/x%ff",
        b"/intake/v1/x%",
        b"/intake/v1/x y",
        b"/intake/v1/\xc3\xa9",
        b"/intake/v1/\\..\\x",
        b"intake/v1/x",
        b"*",
        b"",
        b"http://elders/intake/v1/x",
        b"/intake/v1/" + b"x" * 2000,
        b"/" + b"a%2f" * 20_000,
    ],
)
async def test_a_path_that_can_be_read_in_two_ways_does_not_exist(
    entry: Edge, services: dict[str, StandIn], tokens: Tokens, path: bytes
) -> None:
    token = tokens.header()["Authorization"].encode()
    status, headers, body = await send_raw(entry, path, headers=[(b"authorization", token)])
    assert (status, headers["content-type"]) == (404, "application/problem+json")
    assert body["code"] == "niet-gevonden"
    assert not any(service.seen for service in services.values())


def test_a_plain_path_is_read_as_written() -> None:
    assert segments(b"/") == ()
    assert segments(b"/intake/v1/kandidaten") == ("intake", "v1", "kandidaten")
    assert segments(b"/intake/v1/caf%C3%A9") == ("intake", "v1", "café")


async def test_what_is_passed_on_is_what_was_checked(
    entry: Edge, services: dict[str, StandIn], tokens: Tokens
) -> None:
    token = tokens.header()["Authorization"].encode()
    await send_raw(entry, b"/intake/v1/caf%C3%A9", headers=[(b"authorization", token)])
    assert services["intake"].seen[0]["raw_path"] == b"/intake/v1/caf%C3%A9"


async def test_two_services_cannot_have_one_address(tokens: Tokens) -> None:
    with pytest.raises(ValueError, match="intake"):
        Entry(
            services=stand_ins(),
            access=tokens.verifier,
            portal=_nowhere,
            open_apps={"intake": _nowhere},
        )


async def test_a_websocket_is_closed(entry: Edge) -> None:
    sent = []

    async def send(message: Any) -> None:
        sent.append(message["type"])

    await entry({"type": "websocket", "path": KANDIDATEN}, asyncio.Future, send)
    assert sent == ["websocket.close"]


# -- who gets through ---------------------------------------------------------------------


@pytest.mark.parametrize("dienst", [*DIENSTEN, "gebeurtenissen"])
async def test_nothing_of_a_service_is_reached_without_a_token(
    gateway: Gateway, services: dict[str, StandIn], dienst: str
) -> None:
    async with caller(gateway.app) as client:
        for method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"):
            for path in ("", "/", "/dingen", "/dingen/1", "/x/openapi.json"):
                answer = await client.request(method, f"/{dienst}/v1{path}")
                assert answer.status_code == (404 if path == "/" else 401), (method, path)
                assert not any(service.seen for service in services.values()), (method, path)
                assert_has_headers(answer)


async def test_a_401_says_how_to_sign_in(entry: Edge) -> None:
    async with caller(entry) as client:
        answer = await client.get(KANDIDATEN)
    assert_is_problem(answer, 401)
    assert answer.headers["www-authenticate"] == 'Bearer realm="meedoen"'


@pytest.mark.parametrize(
    "change",
    [
        lambda _: "Bearer onzin",
        lambda header: header[:-3] + "AAA",
        lambda header: header.removeprefix("Bearer "),
        lambda header: header.replace("Bearer", "Basic"),
        lambda _: "Bearer " + "x" * 10_000,
    ],
)
async def test_a_token_that_is_not_good_is_a_401(
    entry: Edge, services: dict[str, StandIn], tokens: Tokens, change: Any
) -> None:
    header = change(tokens.header()["Authorization"])
    async with caller(entry, {"Authorization": header}) as client:
        answer = await client.get(KANDIDATEN)
    assert_is_problem(answer, 401)
    assert 'error="invalid_token"' in answer.headers["www-authenticate"]
    assert not services["intake"].seen


async def test_two_tokens_are_none(
    entry: Edge, services: dict[str, StandIn], tokens: Tokens
) -> None:
    token = tokens.header()["Authorization"].encode()
    both = [(b"authorization", token), (b"authorization", token)]
    status, _, _ = await send_raw(entry, KANDIDATEN.encode(), headers=both)
    assert status == 401
    assert not services["intake"].seen


async def test_a_token_in_the_url_is_none(entry: Edge, tokens: Tokens) -> None:
    token = tokens.header()["Authorization"].removeprefix("Bearer ")
    async with caller(entry) as client:
        assert_is_problem(await client.get(KANDIDATEN, params={"access_token": token}), 401)


async def test_when_the_issuer_is_away_the_caller_is_not_blamed(
    services: dict[str, StandIn], tokens: Tokens
) -> None:
    async def away(_uri: str) -> Any:
        raise OSError

    access = TokenVerifier([TokenIssuer(issuer=ISSUER, jwks_uri="")], audience=AUDIENCE, fetch=away)
    async with caller(behind_edge(services, access), tokens.header()) as client:
        answer = await client.get(KANDIDATEN)
    assert_is_problem(answer, 503)
    assert answer.headers["retry-after"] == "30"


@pytest.mark.parametrize("name", ["openapi.json", "_live", "_ready"])
async def test_the_description_and_the_health_of_a_service_are_open(
    entry: Edge, services: dict[str, StandIn], name: str
) -> None:
    async with caller(entry) as client:
        assert (await client.get(f"/intake/v1/{name}")).status_code == 200
    assert len(services["intake"].seen) == 1


async def test_an_answer_of_the_gateway_carries_the_version_of_the_service(
    entry: Edge, tokens: Tokens
) -> None:
    async with caller(entry) as client:
        await client.get("/intake/v1/openapi.json")
        refused = await client.get(KANDIDATEN)
    assert refused.headers["api-version"] == "1.2.3"


# -- what passes --------------------------------------------------------------------------


SPOOFED = {
    "X-Forwarded-For": "10.0.0.1",
    "X-Forwarded-Host": "elders",
    "X-Forwarded-Prefix": "/x",
    "Forwarded": "for=10.0.0.1",
    "X-Real-IP": "10.0.0.1",
    "X-Original-URL": "/financiering/v1/x",
    "X-Rewrite-URL": "/financiering/v1/x",
    "X-HTTP-Method-Override": "DELETE",
    "X_Forwarded_For": "10.0.0.1",
    "X-Meedoen-Organisatie": "0865",
    "Cookie": "a=b",
    "Baggage": "naam=Jansen",
    "Tracestate": "x=1",
    "Proxy-Authorization": "Basic x",
    "Connection": "close, authorization",
    "TE": "trailers",
    "Upgrade": "h2c",
}


async def test_headers_that_speak_for_another_do_not_reach_a_service(
    entry: Edge, services: dict[str, StandIn], tokens: Tokens
) -> None:
    wanted = {"Idempotency-Key": "k", "If-Match": '"1"', "Accept": "application/json"}
    wanted |= tokens.header()
    async with caller(entry) as client:
        await client.get(KANDIDATEN, headers=SPOOFED | wanted)
    intake = services["intake"]
    assert not [name for name in SPOOFED if intake.header(name.lower())]
    for name, value in wanted.items():
        assert intake.header(name.lower()) == [value]
    assert intake.seen[0].keys() <= {
        *("type", "asgi", "http_version", "method", "scheme", "path", "raw_path"),
        *("query_string", "root_path", "headers", "client", "server"),
    }


def test_every_header_that_the_documents_of_services_name_passes() -> None:
    named = {
        str(parameter["name"]).lower()
        for parameter in openapi._PARAMETERS.values()
        if parameter["in"] == "header"
    }
    assert named
    assert {name.encode() for name in named} <= INWARDS


async def test_the_trace_of_the_caller_goes_on_in_a_span_of_ours(
    entry: Edge, services: dict[str, StandIn], tokens: Tokens
) -> None:
    trace_id, span_id = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
    async with caller(entry, tokens.header()) as client:
        await client.get(KANDIDATEN, headers={"traceparent": f"00-{trace_id}-{span_id}-01"})
        await client.get(KANDIDATEN)
        await client.get(KANDIDATEN, headers={"traceparent": "onzin"})
    found = []
    for scope in services["intake"].seen:
        ((_, value),) = [h for h in scope["headers"] if h[0] == b"traceparent"]
        found.append(value.decode().split("-"))
    assert found[0][1] == trace_id
    assert found[0][2] != span_id
    assert len({trace for _, trace, _, _ in found}) == 3


async def test_a_request_that_is_too_large_is_refused(
    services: dict[str, StandIn], tokens: Tokens
) -> None:
    entry = behind_edge(services, tokens.verifier)

    async def chunks() -> Any:
        for _ in range(3):
            yield b"x" * 400

    async with caller(entry, tokens.header()) as client:
        assert_is_problem(await client.post(KANDIDATEN, content=b"x" * 1001), 413)
        assert_is_problem(await client.post(KANDIDATEN, content=chunks()), 413)


async def test_what_breaks_in_a_service_stays_inside(tokens: Tokens) -> None:
    async def broken(_scope: Scope, receive: Receive, _send: Send) -> None:
        await read_body(receive)
        raise RuntimeError("geheim 999990342")

    async with caller(behind_edge({"intake": broken}, tokens.verifier), tokens.header()) as client:
        answer = await client.post(KANDIDATEN, content=b"999990342")
    assert_is_problem(answer, 500)
    assert "999990342" not in answer.text
