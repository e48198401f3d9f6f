"""From `Authorization: Bearer …` to a `Caller`, by the NL GOV profile for OAuth 2.0.

A token counts when an issuer we trust signed it, with an algorithm we allow by name, for us, now.
Anything else is a `TokenRefused`; its reason goes to the caller and never holds a part of it.
"""

import base64
import binascii
import hashlib
import json
import re
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeGuard

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jws import JWSRegistry

from chassis.access.jwks import Fetch, IssuerUnreachable, KeyCache, fetch_jwks
from chassis.settings import TokenIssuer

__all__ = ["Caller", "IssuerUnreachable", "TokenRefused", "TokenVerifier"]

ALGORITHMS: Final = ("RS256", "PS256", "ES256")
LONGEST_TOKEN: Final = 8192
CLOCK_SKEW: Final = 30.0
"""Seconds an issuer's clock may be ahead of ours (for nbf only: an expired token is expired)."""
REMEMBER_FOR: Final = 60.0
"""Seconds a checked token is believed without checking again; so the longest time that a withdrawn
key still works."""
REMEMBER_AT_MOST: Final = 4096
LATEST_TIME: Final = 10_000_000_000

_TOKEN_TYPES = {"jwt", "at+jwt", "application/at+jwt"}
_ORGANISATION = re.compile(r"gemeente-(\d{4})|(wsd|beheer)", re.A)
_ROLE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


@dataclass(frozen=True, slots=True)
class Caller:
    """The organisation, role and rights a checked token speaks for."""

    organisation: str
    """Gemeentecode ("0757"), "wsd" or "beheer"; row-level security goes by this."""
    role: str
    scopes: frozenset[str]
    client_id: str
    subject: str
    expires_at: float
    """When the token ends, in seconds since 1970."""


class TokenRefused(Exception):
    """This token (or the lack of one) does not let anyone in; `reason` is a Dutch sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TokenVerifier:
    """Checks bearer tokens of the issuers it is given.

    `now` is the real time, also where a test or a demonstration moves the clock of the domain:
    issuers live in real time.
    """

    def __init__(
        self,
        issuers: Sequence[TokenIssuer],
        *,
        audience: str,
        fetch: Fetch = fetch_jwks,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._keys = {issuer.issuer: KeyCache(issuer.jwks_uri, fetch) for issuer in issuers}
        self._audience = audience
        self._now = now
        self._registry = _registry()
        self._remembered: OrderedDict[bytes, tuple[Caller, float]] = OrderedDict()

    async def caller(self, authorization: str | None) -> Caller:
        """Who sends this Authorization header.  Raises TokenRefused or IssuerUnreachable."""
        token = _bearer_token(authorization)
        fingerprint = hashlib.sha256(token.encode()).digest()
        remembered = self._remembered.get(fingerprint)
        if remembered is not None:
            caller, until = remembered
            if self._now() < until:
                return caller
            del self._remembered[fingerprint]
        claims = await self._verified_claims(token)
        caller = read_caller(claims)
        self._remember(fingerprint, caller, min(claims["exp"], self._now() + REMEMBER_FOR))
        return caller

    def seconds_left(self, caller: Caller) -> float:
        """How long the token that somebody came in with is still valid."""
        return caller.expires_at - self._now()

    async def _verified_claims(self, token: str) -> Mapping[str, Any]:
        header, claims = _unverified(token)
        if header.get("alg") not in ALGORITHMS:
            raise TokenRefused("Het token is niet ondertekend met RS256, PS256 of ES256.")
        if str(header.get("typ", "JWT")).lower() not in _TOKEN_TYPES:
            raise TokenRefused("Dit is geen access token.")
        issuer = claims.get("iss")
        keys = self._keys.get(issuer) if isinstance(issuer, str) else None
        if keys is None:
            raise TokenRefused("De uitgever van het token wordt hier niet vertrouwd.")
        kid = header.get("kid")
        key = await keys.find(kid) if isinstance(kid, str) else None
        if key is None:
            raise TokenRefused("De sleutel van het token is niet bekend bij de uitgever ervan.")
        try:
            verified = jwt.decode(token, key, algorithms=ALGORITHMS, registry=self._registry)
        except (JoseError, ValueError, TypeError, RecursionError) as error:
            raise TokenRefused("De handtekening van het token klopt niet.") from error
        self._check_claims(verified.claims)
        return verified.claims

    def _check_claims(self, claims: Mapping[str, Any]) -> None:
        audience = claims.get("aud")
        audiences = audience if isinstance(audience, list) else [audience]
        if self._audience not in audiences:
            raise TokenRefused("Het token is niet voor dit systeem bedoeld (aud).")
        expires = claims.get("exp")
        if not _is_time(expires) or self._now() >= expires:
            raise TokenRefused("Het token is verlopen of heeft geen eindtijd; vraag een nieuw aan.")
        not_before = claims.get("nbf", 0)
        if not _is_time(not_before) or self._now() + CLOCK_SKEW < not_before:
            raise TokenRefused("Het token is nog niet geldig (nbf).")
        for name in ("azp", "jti"):
            if not _is_text(claims.get(name)):
                raise TokenRefused(f"Het token mist het verplichte gegeven {name}.")

    def _remember(self, fingerprint: bytes, caller: Caller, until: float) -> None:
        if len(self._remembered) >= REMEMBER_AT_MOST:
            self._remembered.popitem(last=False)
        self._remembered[fingerprint] = (caller, until)


def read_caller(claims: Mapping[str, Any]) -> Caller:
    """The caller that verified claims describe."""
    organisation = claims.get("organisatie")
    match = _ORGANISATION.fullmatch(organisation) if isinstance(organisation, str) else None
    if match is None:
        raise TokenRefused("Het token noemt geen organisatie (gemeente-<code> of wsd).")
    role = claims.get("rol")
    if not isinstance(role, str) or not _ROLE.fullmatch(role):
        raise TokenRefused("Het token noemt geen rol.")
    scope = claims.get("scope", "")
    if not isinstance(scope, str):
        raise TokenRefused("De scopes van het token zijn niet te lezen.")
    subject = claims.get("sub", claims["azp"])
    if not _is_text(subject):
        raise TokenRefused("Het onderwerp van het token is niet te lezen (sub).")
    return Caller(
        organisation=match[1] or match[2],
        role=role,
        scopes=frozenset(scope.split()),
        client_id=claims["azp"],
        subject=subject,
        expires_at=claims["exp"],
    )


def _bearer_token(authorization: str | None) -> str:
    if not authorization:
        raise TokenRefused("Stuur een access token mee in de header Authorization: Bearer.")
    scheme, _, token = authorization.partition(" ")
    token = token.strip()
    if scheme.lower() != "bearer" or not token:
        raise TokenRefused("De header Authorization heeft niet de vorm «Bearer <token>».")
    if len(token) > LONGEST_TOKEN or not token.isascii():
        raise TokenRefused("Het token is te lang of bevat tekens die er niet in horen.")
    return token


def _unverified(token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Header and claims as they stand, only to find the issuer and the key to check them with."""
    parts = token.split(".")
    if len(parts) != 3:
        raise TokenRefused("Het token is geen ondertekende JWT.")
    try:
        header, claims = (json.loads(_base64url(part)) for part in parts[:2])
    except (ValueError, RecursionError) as error:
        raise TokenRefused("Het token is geen leesbare JWT.") from error
    if not isinstance(header, dict) or not isinstance(claims, dict):
        raise TokenRefused("Het token is geen leesbare JWT.")
    return header, claims


def _base64url(part: str) -> bytes:
    try:
        return base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError("not base64url") from error


def _is_time(value: object) -> TypeGuard[float]:
    # bool is an int in Python, and NaN is never later than now: neither is a time.
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return 0 <= value < LATEST_TIME


def _is_text(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and 0 < len(value) <= 255 and value.isprintable()


def _registry() -> JWSRegistry:
    # Tokens of other issuers may carry headers that we have no use for, such as a certificate chain
    # (x5c) of more than the 512 bytes that joserfc allows.  `crit` is still obeyed.
    registry = JWSRegistry(algorithms=ALGORITHMS, strict_check_header=False)
    registry.max_header_length = LONGEST_TOKEN
    return registry
