"""A service in another process: the same to the caller, whatever happens to it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2
import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from chassis.web.edge import Edge
from contracts.bulk import BULK_BYTES, BULK_PAD, BULK_SECONDEN
from gateway.__main__ import PATIENCE
from gateway.entry import ReverseProxy
from gateway.entry.proxy import TIMEOUT
from tests.gateway.hulp import StandIn, Tokens, caller, read_body, running
from tests.gateway.test_entry import (
    KANDIDATEN,
    SPOOFED,
    assert_has_headers,
    assert_is_problem,
    behind_edge,
)


@asynccontextmanager
async def in_front_of(
    address: str, tokens: Tokens, patience: httpx2.Timeout = TIMEOUT
) -> AsyncIterator[ASGIApp]:
    async with ReverseProxy("intake", address, timeout=patience) as proxy:
        yield behind_edge({"intake": proxy}, tokens.verifier, max_body_size=10_000_000)


@asynccontextmanager
async def client_of(service: ASGIApp, tokens: Tokens) -> AsyncIterator[httpx2.AsyncClient]:
    """A caller of the entry, in front of a service on a real server."""
    async with (
        running(service) as address,
        in_front_of(address, tokens) as entry,
        caller(entry, tokens.header()) as client,
    ):
        yield client


@asynccontextmanager
async def over_the_wire(service: ASGIApp, tokens: Tokens) -> AsyncIterator[httpx2.AsyncClient]:
    """The same with the entry on a real server too: caller, entry and service each apart."""
    async with (
        running(service) as behind,
        in_front_of(behind, tokens) as entry,
        running(entry) as address,
        httpx2.AsyncClient(base_url=address, headers=tokens.header(), trust_env=False) as client,
    ):
        yield client


async def start(send: Send, status: int = 200, *headers: tuple[bytes, bytes]) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})


async def test_request_and_answer_pass_as_they_are(tokens: Tokens) -> None:
    service = StandIn(
        '{"naam": "Zoë"}'.encode(),
        status=201,
        headers=[
            (b"content-type", b"application/json"),
            (b"location", b"/intake/v1/kandidaten/7"),
            (b"link", b"<a>; rel=a"),
            (b"link", b"<b>; rel=b"),
            (b"etag", b'"3"'),
        ],
    )
    async with client_of(service, tokens) as client:
        answer = await client.post(
            "/intake/v1/kandidaten/caf%C3%A9?a=1&a=b%20c&d",
            content='{"x": "é"}'.encode(),
            headers={"Content-Type": "application/json"},
        )
    (scope,) = service.seen
    assert (scope["method"], scope["raw_path"]) == ("POST", b"/intake/v1/kandidaten/caf%C3%A9")
    assert scope["query_string"] == b"a=1&a=b%20c&d"
    assert service.bodies == ['{"x": "é"}'.encode()]
    assert service.header("content-type") == ["application/json"]
    assert (answer.status_code, answer.json()) == (201, {"naam": "Zoë"})
    assert answer.headers["location"] == "/intake/v1/kandidaten/7"
    assert answer.headers.get_list("link") == ["<a>; rel=a", "<b>; rel=b"]
    assert (answer.headers["etag"], answer.headers["api-version"]) == ('"3"', "1.2.3")
    assert_has_headers(answer)


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "DELETE", "PUT", "PATCH", "POST"])
@pytest.mark.parametrize("body", [b"", b"x" * 100])
async def test_each_method_passes_with_and_without_a_body(
    tokens: Tokens, method: str, body: bytes
) -> None:
    service = StandIn()
    async with client_of(service, tokens) as client:
        answer = await client.request(method, KANDIDATEN, content=body or None)
    assert answer.status_code == 200
    assert service.seen[0]["method"] == ("GET" if method == "HEAD" else method)
    assert service.bodies == [body]


async def test_headers_of_one_connection_do_not_go_over_the_next(tokens: Tokens) -> None:
    service = StandIn(
        headers=[
            (b"connection", b"keep-alive, x-eenmalig"),
            (b"keep-alive", b"timeout=5"),
            (b"x-eenmalig", b"1"),
            (b"trailer", b"x"),
            (b"server", b"geheim/1.0"),
            (b"x-powered-by", b"geheim"),
            (b"set-cookie", b"a=b"),
            (b"x-blijft", b"1"),
        ]
    )
    async with client_of(service, tokens) as client:
        answer = await client.get(KANDIDATEN, headers=SPOOFED)
        again = await client.get(KANDIDATEN)
    gone = {"connection", "keep-alive", "x-eenmalig", "trailer", "server", "x-powered-by"}
    assert not gone & answer.headers.keys()
    assert "set-cookie" not in answer.headers
    assert answer.headers["x-blijft"] == "1"
    assert again.status_code == 200
    assert not service.header("cookie")


async def test_a_service_learns_how_it_was_called_from_us_only(tokens: Tokens) -> None:
    service = StandIn()
    async with client_of(service, tokens) as client:
        await client.get(KANDIDATEN, headers=SPOOFED)
    assert service.header("x-forwarded-host") == ["api.meedoen.example"]
    assert service.header("x-forwarded-proto") == ["https"]
    assert service.header("host")[0].startswith("127.0.0.1:")
    assert len(service.header("traceparent")) == 1
    sent = {name.lower() for name in SPOOFED} - {"x-forwarded-host", "connection"}
    assert not [name for name in sent if service.header(name)]


async def test_a_service_that_is_down_is_a_503_to_try_again(tokens: Tokens) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    async with (
        in_front_of(f"http://127.0.0.1:{port}", tokens) as entry,
        caller(entry, tokens.header()) as client,
    ):
        answer = await client.post(KANDIDATEN, json={})
    assert_is_problem(answer, 503)
    assert answer.headers["retry-after"] == "5"
    assert "intake" in answer.json()["detail"]


async def test_a_service_that_comes_back_is_reached_again(tokens: Tokens) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    async with (
        in_front_of(f"http://127.0.0.1:{port}", tokens) as entry,
        caller(entry, tokens.header()) as client,
    ):
        assert (await client.get(KANDIDATEN)).status_code == 503
        async with running(StandIn(), port=port):
            assert (await client.get(KANDIDATEN)).status_code == 200
        assert (await client.get(KANDIDATEN)).status_code == 503


async def test_a_service_that_is_too_slow_is_a_504(tokens: Tokens) -> None:
    async def slow(_scope: Scope, receive: Receive, _send: Send) -> None:
        await read_body(receive)
        await receive()  # until the entry hangs up

    async with (
        running(slow) as address,
        in_front_of(address, tokens, httpx2.Timeout(5, read=0.05)) as entry,
        caller(entry, tokens.header()) as client,
    ):
        answer = await client.post(KANDIDATEN, json={})
    assert_is_problem(answer, 504)
    assert "Idempotency-Key" in answer.json()["detail"]


async def test_a_service_that_hangs_up_is_a_503(tokens: Tokens) -> None:
    async def hang_up(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    server = await asyncio.start_server(hang_up, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        async with (
            in_front_of(f"http://127.0.0.1:{port}", tokens) as entry,
            caller(entry, tokens.header()) as client,
        ):
            assert_is_problem(await client.get(KANDIDATEN), 503)


async def test_what_is_no_http_is_a_503(tokens: Tokens) -> None:
    async def babble(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"geheim geheim\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(babble, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        async with (
            in_front_of(f"http://127.0.0.1:{port}", tokens) as entry,
            caller(entry, tokens.header()) as client,
        ):
            answer = await client.get(KANDIDATEN)
    assert_is_problem(answer, 503)
    assert "geheim" not in answer.text


async def test_an_error_of_a_service_passes_as_it_is(tokens: Tokens) -> None:
    problem = b'{"status": 500}'
    service = StandIn(problem, status=500, headers=[(b"content-type", b"application/problem+json")])
    async with client_of(service, tokens) as client:
        answer = await client.get(KANDIDATEN)
    assert (answer.status_code, answer.content) == (500, problem)
    assert_has_headers(answer)


async def test_a_redirect_of_a_service_is_not_followed(tokens: Tokens) -> None:
    service = StandIn(status=307, headers=[(b"location", b"http://169.254.169.254/")])
    async with client_of(service, tokens) as client:
        answer = await client.get(KANDIDATEN)
    assert answer.status_code == 307
    assert len(service.seen) == 1


async def test_an_answer_is_passed_on_while_it_comes_in(tokens: Tokens) -> None:
    first_seen = asyncio.Event()

    async def service(_scope: Scope, receive: Receive, send: Send) -> None:
        await read_body(receive)
        await start(send)
        await send({"type": "http.response.body", "body": b"een", "more_body": True})
        await first_seen.wait()
        await send({"type": "http.response.body", "body": b"twee"})

    async with over_the_wire(service, tokens) as client, client.stream("GET", KANDIDATEN) as answer:
        chunks = answer.aiter_raw()
        assert await anext(chunks) == b"een"
        first_seen.set()
        assert b"".join([chunk async for chunk in chunks]) == b"twee"


async def test_a_request_is_passed_on_while_it_comes_in(tokens: Tokens) -> None:
    first_seen = asyncio.Event()

    async def service(_scope: Scope, receive: Receive, send: Send) -> None:
        first = await receive()
        first_seen.set()
        body = first["body"] + await read_body(receive)
        await start(send)
        await send({"type": "http.response.body", "body": body})

    async def chunks() -> AsyncIterator[bytes]:
        yield b"een"
        await first_seen.wait()
        yield b"twee"

    async with over_the_wire(service, tokens) as client:
        answer = await client.post(KANDIDATEN, content=chunks())
    assert answer.content == b"eentwee"


async def test_a_large_request_and_answer_arrive_whole(tokens: Tokens) -> None:
    large = bytes(range(256)) * 20_000

    async def echo(_scope: Scope, receive: Receive, send: Send) -> None:
        body = await read_body(receive)
        await start(send)
        for place in range(0, len(body), 10_000):
            await send(
                {
                    "type": "http.response.body",
                    "body": body[place : place + 10_000],
                    "more_body": True,
                }
            )
        await send({"type": "http.response.body", "body": b""})

    async with over_the_wire(echo, tokens) as client:
        assert (await client.post(KANDIDATEN, content=large)).content == large


async def test_an_answer_that_breaks_off_is_not_taken_for_whole(tokens: Tokens) -> None:
    async def service(_scope: Scope, receive: Receive, send: Send) -> None:
        await read_body(receive)
        await start(send)
        await send({"type": "http.response.body", "body": b"half", "more_body": True})
        raise RuntimeError

    async with over_the_wire(service, tokens) as client:
        with pytest.raises(httpx2.TransportError):
            await client.get(KANDIDATEN)


async def test_when_the_caller_hangs_up_the_service_hears_it(tokens: Tokens) -> None:
    reached, left = asyncio.Event(), asyncio.Event()

    async def service(_scope: Scope, receive: Receive, _send: Send) -> None:
        await read_body(receive)
        reached.set()
        assert (await receive())["type"] == "http.disconnect"
        left.set()

    async with over_the_wire(service, tokens) as client:
        asking = asyncio.create_task(client.get(KANDIDATEN))
        await reached.wait()
        asking.cancel()
        async with asyncio.timeout(20):
            await left.wait()


async def test_a_slow_service_does_not_hold_up_another(tokens: Tokens) -> None:
    free = asyncio.Event()

    async def slow(_scope: Scope, receive: Receive, send: Send) -> None:
        await read_body(receive)
        await free.wait()
        await start(send)
        await send({"type": "http.response.body", "body": b""})

    async with (
        running(slow) as slow_address,
        running(StandIn()) as quick_address,
        ReverseProxy("intake", slow_address) as intake,
        ReverseProxy("diagnose", quick_address) as diagnose,
        caller(
            behind_edge({"intake": intake, "diagnose": diagnose}, tokens.verifier), tokens.header()
        ) as client,
    ):
        waiting = [asyncio.create_task(client.get(KANDIDATEN)) for _ in range(50)]
        assert (await client.get("/diagnose/v1/dossiers")).status_code == 200
        free.set()
        answers = await asyncio.gather(*waiting)
    assert {answer.status_code for answer in answers} == {200}


async def test_a_proxy_of_the_environment_does_not_see_tokens(
    tokens: Tokens, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    async with client_of(StandIn(), tokens) as client:
        assert (await client.get(KANDIDATEN)).status_code == 200


@pytest.mark.parametrize(
    "address",
    ["intake:8000", "ftp://intake", "http://", "http://x/pad", "http://x?y", "http://a:b@x"],
)
def test_an_address_is_a_host_and_a_port(address: str) -> None:
    with pytest.raises(ValueError, match="adres van intake"):
        ReverseProxy("intake", address)


async def test_a_large_file_passes_in_pieces_and_may_take_its_time(tokens: Tokens) -> None:
    """At the address of the bulk, and only there."""
    pieces: list[int] = []

    async def service(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] == BULK_PAD:
            more = True
            while more:
                message = await receive()
                pieces.append(len(message.get("body", b"")))
                more = message.get("more_body", False)
        await asyncio.sleep(0.3)
        await start(send)
        await send({"type": "http.response.body", "body": b""})

    short = httpx2.Timeout(connect=2.0, read=0.1, write=10.0, pool=2.0)
    async with (
        running(service) as address,
        ReverseProxy("intake", address, timeout=short, patience={BULK_PAD: 10.0}) as proxy,
    ):
        entry = Edge(
            behind_edge({"intake": proxy}, tokens.verifier, max_body_size=BULK_BYTES),
            service="gateway",
            version="0.1.0",
            max_body_size=1000,
            larger_bodies={BULK_PAD: BULK_BYTES},
        )
        async with caller(entry, tokens.header()) as client:
            passed = await client.post(BULK_PAD, content=b"x" * BULK_BYTES)
            elsewhere = await client.post("/intake/v1/kandidaten", content=b"x" * 1001)
            too_large = await client.post(BULK_PAD, content=b"x" * (BULK_BYTES + 1))
            slow = await client.post("/intake/v1/kandidaten", content=b"x")
    assert (passed.status_code, sum(pieces)) == (200, BULK_BYTES)
    assert max(pieces) < BULK_BYTES / 10
    assert (elsewhere.status_code, too_large.status_code, slow.status_code) == (413, 413, 504)


async def test_the_real_gateway_lets_a_bulk_in_and_waits_for_it() -> None:
    assert PATIENCE == {BULK_PAD: BULK_SECONDEN}
