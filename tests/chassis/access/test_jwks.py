"""Keys are fetched once, refreshed in turn, and outlive a short absence of their issuer."""

import asyncio
import http.server
import json
import threading
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from joserfc.jwk import ECKey, OctKey, RSAKey

from chassis.access.jwks import (
    COOLDOWN,
    COOLDOWN_WITHOUT_KEYS,
    FRESH_FOR,
    STALE_FOR,
    IssuerUnreachable,
    KeyCache,
    fetch_jwks,
    read_keys,
)


class Issuer:
    """A key set that tests change, an outage that tests switch, and a clock that tests move."""

    def __init__(self) -> None:
        self.keys = [public("a")]
        self.away = False
        self.asked = 0
        self.time = 0.0
        self.cache = KeyCache("https://issuer.example/jwks", self.fetch, lambda: self.time)

    async def fetch(self, _uri: str) -> Mapping[str, Any]:
        self.asked += 1
        await asyncio.sleep(0)
        if self.away:
            raise OSError
        return {"keys": self.keys}


def public(kid: str) -> Any:
    return ECKey.generate_key("P-256", {"kid": kid}, auto_kid=False).as_dict(private=False)


@pytest.fixture
def issuer() -> Issuer:
    return Issuer()


async def test_many_callers_at_once_cause_one_request(issuer: Issuer) -> None:
    found = await asyncio.gather(*(issuer.cache.find("a") for _ in range(50)))
    assert all(found)
    assert issuer.asked == 1


async def test_a_new_key_is_found_once_the_cooldown_is_over(issuer: Issuer) -> None:
    await issuer.cache.find("a")
    issuer.keys.append(public("b"))
    assert await issuer.cache.find("b") is None
    issuer.time += COOLDOWN
    assert await issuer.cache.find("b") is not None


async def test_invented_kids_do_not_make_us_hammer_the_issuer(issuer: Issuer) -> None:
    for number in range(100):
        assert await issuer.cache.find(f"x{number}") is None
    assert issuer.asked == 1


async def test_a_withdrawn_key_stops_working_when_the_keys_are_refreshed(issuer: Issuer) -> None:
    await issuer.cache.find("a")
    issuer.keys = [public("b")]
    issuer.time += FRESH_FOR + 1
    assert await issuer.cache.find("a") is None


async def test_old_keys_are_used_while_the_issuer_is_away_but_not_for_ever(issuer: Issuer) -> None:
    await issuer.cache.find("a")
    issuer.away = True
    issuer.time += FRESH_FOR + 1
    assert await issuer.cache.find("a") is not None
    issuer.time += STALE_FOR
    with pytest.raises(IssuerUnreachable):
        await issuer.cache.find("a")


async def test_without_any_key_set_it_is_asked_for_again_after_a_second(issuer: Issuer) -> None:
    issuer.away = True
    with pytest.raises(IssuerUnreachable):
        await issuer.cache.find("a")
    issuer.away = False
    with pytest.raises(IssuerUnreachable):
        await issuer.cache.find("a")
    assert issuer.asked == 1
    issuer.time += COOLDOWN_WITHOUT_KEYS
    assert await issuer.cache.find("a") is not None


async def test_during_a_refresh_known_keys_answer_at_once(issuer: Issuer) -> None:
    await issuer.cache.find("a")
    issuer.time += FRESH_FOR + 1
    async with issuer.cache._refreshing:
        assert await asyncio.wait_for(issuer.cache.find("a"), 1) is not None


@pytest.mark.filterwarnings("ignore::joserfc.errors.SecurityWarning")
def test_only_public_signing_keys_of_enough_strength_are_read() -> None:
    good = public("good")
    secret = ECKey.generate_key("P-256", {"kid": "secret"}, auto_kid=False).as_dict(private=True)
    small = RSAKey.generate_key(1024, {"kid": "small"}, auto_kid=False).as_dict(private=False)
    symmetric = OctKey.generate_key(256, {"kid": "oct"}, auto_kid=False).as_dict()
    encryption = public("enc") | {"use": "enc"}
    broken = {"kid": "broken", "kty": "EC", "crv": "P-256", "x": "?"}
    nameless = {name: value for name, value in public("n").items() if name != "kid"}
    entries = [good, secret, small, symmetric, encryption, broken, nameless, None, 3]
    assert set(read_keys({"keys": entries})) == {"good"}
    assert read_keys({"keys": None}) == {}


@pytest.fixture
def served() -> Iterator[tuple[str, dict[str, bytes]]]:
    pages: dict[str, bytes] = {}

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = pages.get(self.path)
            self.send_response(404 if body is None else 200)
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", pages
    server.shutdown()
    thread.join()
    server.server_close()


async def test_keys_are_fetched_over_http(served: tuple[str, dict[str, bytes]]) -> None:
    base, pages = served
    pages["/jwks"] = json.dumps({"keys": [public("a")]}).encode()
    assert await KeyCache(f"{base}/jwks").find("a") is not None


async def test_an_answer_that_is_no_key_set_counts_as_away(
    served: tuple[str, dict[str, bytes]],
) -> None:
    base, pages = served
    pages.update({"/html": b"<html>", "/list": b"[]", "/large": b" " * 300_000})
    for path in ("/html", "/list", "/large", "/missing"):
        with pytest.raises(IssuerUnreachable):
            await KeyCache(base + path).find("a")


async def test_keys_are_not_fetched_over_plain_http_from_elsewhere() -> None:
    with pytest.raises(ValueError, match="https"):
        await fetch_jwks("http://issuer.example/jwks")
