"""The public keys of one issuer, fetched when needed and kept."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx2
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey

from chassis.http_client import Transport

Fetch = Callable[[str], Awaitable[Mapping[str, Any]]]
PublicKey = RSAKey | ECKey

FRESH_FOR = 300.0
"""Seconds a key set is used without asking again."""
COOLDOWN = 30.0
"""Least number of seconds between two requests to an issuer, whatever tokens come in."""
COOLDOWN_WITHOUT_KEYS = 1.0
"""The same while there are no keys at all, as in a process that starts while its issuer is away:
until there are, nobody gets in."""
STALE_FOR = 24 * 3600.0
"""Seconds an old key set is still used while its issuer cannot be reached."""
SMALLEST_RSA_KEY = 2048
LARGEST_DOCUMENT = 256 * 1024

_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class IssuerUnreachable(Exception):
    """There is no key set to check a token with: not the caller's fault, so not a 401."""


async def fetch_jwks(uri: str) -> Mapping[str, Any]:
    """The JWKS document at `uri`; over https, or plain http to this machine."""
    parts = urlsplit(uri)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        raise ValueError("a jwks_uri must be https")
    async with (
        httpx2.AsyncClient(timeout=5.0, follow_redirects=False, transport=Transport()) as client,
        client.stream("GET", uri, headers={"Accept": "application/json"}) as response,
    ):
        response.raise_for_status()
        content = b""
        async for chunk in response.aiter_bytes():
            content += chunk
            if len(content) > LARGEST_DOCUMENT:
                raise ValueError("the JWKS document is too large")
        document = httpx2.Response(200, content=content).json()
    if not isinstance(document, dict):
        raise ValueError("the JWKS document is not an object")
    return document


class KeyCache:
    """The keys of one issuer by `kid`.

    One refresh at a time.  A `kid` we do not know may mean that the issuer has changed keys, so it
    causes a refresh, but at most one per COOLDOWN: otherwise anyone could make us hammer the issuer
    with invented tokens.  While the issuer is away the old keys stay in use for STALE_FOR.
    """

    def __init__(
        self, uri: str, fetch: Fetch = fetch_jwks, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._uri = uri
        self._fetch = fetch
        self._monotonic = monotonic
        self._keys: dict[str, PublicKey] = {}
        self._fetched_at: float | None = None
        self._tried_at: float | None = None
        self._refreshing = asyncio.Lock()

    async def find(self, kid: str) -> PublicKey | None:
        """The key with this id, or None when the issuer has no such key."""
        known = self._keys.get(kid) if self._age() <= STALE_FOR else None
        if known is not None and (self._is_fresh() or self._refreshing.locked()):
            return known
        async with self._refreshing:
            # Whoever waited for the lock finds the answer of the one who held it.
            if not (self._is_fresh() and kid in self._keys) and self._may_ask():
                await self._refresh()
        if self._age() > STALE_FOR:
            raise IssuerUnreachable(self._uri)
        return self._keys.get(kid)

    async def _refresh(self) -> None:
        self._tried_at = self._monotonic()
        try:
            document = await self._fetch(self._uri)
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError, ValueError):
            return
        self._keys = read_keys(document)
        self._fetched_at = self._monotonic()

    def _age(self) -> float:
        return float("inf") if self._fetched_at is None else self._monotonic() - self._fetched_at

    def _is_fresh(self) -> bool:
        return self._age() <= FRESH_FOR

    def _may_ask(self) -> bool:
        if self._tried_at is None:
            return True
        cooldown = COOLDOWN_WITHOUT_KEYS if self._fetched_at is None else COOLDOWN
        return self._monotonic() - self._tried_at >= cooldown


def read_keys(document: Mapping[str, Any]) -> dict[str, PublicKey]:
    """The usable signing keys in a JWKS document; one bad key does not spoil the others."""
    keys: dict[str, PublicKey] = {}
    entries = document.get("keys")
    for entry in entries if isinstance(entries, list) else []:
        key = _read_key(entry)
        if key is not None:
            keys[entry["kid"]] = key
    return keys


def _read_key(entry: object) -> PublicKey | None:
    if not isinstance(entry, dict) or not isinstance(entry.get("kid"), str):
        return None
    if entry.get("use", "sig") != "sig" or "d" in entry:
        return None
    try:
        if entry.get("kty") == "EC" and entry.get("crv") == "P-256":
            return ECKey.import_key(entry)
        if entry.get("kty") == "RSA":
            key = RSAKey.import_key(entry)
            public = key.public_key
            if isinstance(public, RSAPublicKey) and public.key_size >= SMALLEST_RSA_KEY:
                return key
    except (JoseError, ValueError, TypeError, KeyError):
        return None
    return None
