"""How we make ourselves known to a receiver, next to the signature."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final
from urllib.parse import quote, urlencode
from uuid import UUID, uuid4

from joserfc import jwt
from joserfc.jwk import ECKey, OctKey

from chassis.clock import Clock
from gateway.abonnementen.zenden import Verzender

_ASSERTION_SECONDS: Final = 60
_EARLY_SECONDS: Final = 30.0
"""A token is renewed this long before it ends."""
_USUAL_SECONDS: Final = 300.0
"""For how long a token counts of which the server does not say it."""


class Soort(StrEnum):
    GEEN = "geen"
    BEARER = "bearer"
    OAUTH2 = "oauth2"
    ZGW = "zgw"


class Methode(StrEnum):
    """How we prove to a token endpoint who we are."""

    CLIENT_SECRET_BASIC = "client_secret_basic"  # noqa: S105 - the name of a method
    PRIVATE_KEY_JWT = "private_key_jwt"


class GeenToken(Exception):
    """The token endpoint gave none. fout: class of what went wrong, a fixed word."""

    def __init__(self, fout: str) -> None:
        super().__init__(fout)
        self.fout = fout


@dataclass(frozen=True, slots=True)
class Aanmelding:
    """How to be known at one receiver.

    instellingen: what may be shown: ``tokenUrl``, ``clientId``, ``scope``, ``methode``,
    ``openbareSleutel``. geheimen: what may not: ``token``, ``geheim``, ``sleutel``.
    """

    soort: Soort
    instellingen: Mapping[str, Any]
    geheimen: Mapping[str, Any]


def nieuwe_sleutel(naam: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """A key pair for ``private_key_jwt``: what may be shown, and what may not, both as JWK."""
    sleutel = ECKey.generate_key("P-256", {"kid": naam, "alg": "ES256", "use": "sig"})
    return dict(sleutel.as_dict(private=False)), dict(sleutel.as_dict(private=True))


class Aanmelder:
    """Makes the Authorization header, and keeps access tokens as long as they count."""

    def __init__(self, verzender: Verzender, clock: Clock) -> None:
        self._verzender = verzender
        self._clock = clock
        self._tokens: dict[UUID, tuple[int, str, float]] = {}

    async def headers(self, abonnement_id: UUID, versie: int, wie: Aanmelding) -> dict[str, str]:
        """The headers that say who we are. Raises GeenToken."""
        match wie.soort:
            case Soort.GEEN:
                return {}
            case Soort.BEARER:
                return {"Authorization": f"Bearer {wie.geheimen['token']}"}
            case Soort.ZGW:
                return {"Authorization": f"Bearer {self._zgw(wie)}"}
            case Soort.OAUTH2:
                token = await self._token(abonnement_id, versie, wie)
                return {"Authorization": f"Bearer {token}"}

    def vergeet(self, abonnement_id: UUID) -> bool:
        """Forget the token of an abonnement, as the receiver does not take it. Was there one?"""
        return self._tokens.pop(abonnement_id, None) is not None

    def _zgw(self, wie: Aanmelding) -> str:
        """The token of ZGW API's: made by the client itself, with a shared secret."""
        client_id = wie.instellingen["clientId"]
        claims = {
            "iss": client_id,
            "iat": int(self._clock.now().timestamp()),
            "client_id": client_id,
            "user_id": "meedoen",
            "user_representation": "Meedoen",
        }
        key = OctKey.import_key(wie.geheimen["geheim"].encode())
        return jwt.encode({"alg": "HS256"}, claims, key, algorithms=["HS256"])

    async def _token(self, abonnement_id: UUID, versie: int, wie: Aanmelding) -> str:
        kept = self._tokens.get(abonnement_id)
        if kept and kept[0] == versie and kept[2] > time.monotonic():
            return kept[1]
        token, seconds = await self._haal_token(wie)
        until = time.monotonic() + max(0.0, seconds - _EARLY_SECONDS)
        self._tokens[abonnement_id] = (versie, token, until)
        return token

    async def _haal_token(self, wie: Aanmelding) -> tuple[str, float]:
        url = wie.instellingen["tokenUrl"]
        client_id = wie.instellingen["clientId"]
        form = {"grant_type": "client_credentials"}
        if scope := wie.instellingen.get("scope"):
            form["scope"] = scope
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/json",
        }
        if wie.instellingen["methode"] == Methode.PRIVATE_KEY_JWT:
            form["client_id"] = client_id
            form["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
            form["client_assertion"] = self._assertion(client_id, url, wie.geheimen["sleutel"])
        else:
            pair = f"{quote(client_id, safe='')}:{quote(wie.geheimen['geheim'], safe='')}"
            headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
        antwoord, ruw = await self._verzender.vraag("POST", url, headers, urlencode(form).encode())
        if ruw is None or ruw.status != 200:
            raise GeenToken(f"token-{antwoord.fout or f'http-{antwoord.status}'}")
        try:
            gekregen = json.loads(ruw.body)
            token = gekregen["access_token"]
            seconds = float(gekregen.get("expires_in", _USUAL_SECONDS))
            is_bruikbaar = isinstance(token, str) and token.isascii() and token.isprintable()
        except (ValueError, KeyError, TypeError, AttributeError):
            is_bruikbaar = False
        if not is_bruikbaar:
            raise GeenToken("token-onleesbaar")
        return token, seconds

    def _assertion(self, client_id: str, url: str, sleutel: Mapping[str, Any]) -> str:
        now = int(self._clock.now().timestamp())
        claims = {
            "iss": client_id,
            "sub": client_id,
            "aud": url,
            "jti": str(uuid4()),
            "iat": now,
            "exp": now + _ASSERTION_SECONDS,
        }
        key = ECKey.import_key(dict(sleutel))
        header = {"alg": "ES256", "typ": "JWT", "kid": sleutel["kid"]}
        return jwt.encode(header, claims, key, algorithms=["ES256"])
