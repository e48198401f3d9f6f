"""Signatures by Standard Webhooks 1.0: HMAC-SHA256 over id, timestamp and body."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Final

PREFIX: Final = "whsec_"
_BYTES: Final = 32
"""The specification asks 24 to 64."""


def nieuw_geheim() -> str:
    """A fresh secret, as the receiver gets to see it once."""
    return PREFIX + base64.b64encode(secrets.token_bytes(_BYTES)).decode()


def onderteken(
    geheimen: Iterable[str], webhook_id: str, moment: datetime, body: bytes
) -> dict[str, str]:
    """The three headers. More than one secret gives as many signatures: a receiver that knows one
    of them is content, so that it can change its secret when it suits.
    """
    tijd = str(int(moment.timestamp()))
    inhoud = f"{webhook_id}.{tijd}.".encode() + body
    return {
        "webhook-id": webhook_id,
        "webhook-timestamp": tijd,
        "webhook-signature": " ".join(_handtekening(geheim, inhoud) for geheim in geheimen),
    }


def _handtekening(geheim: str, inhoud: bytes) -> str:
    sleutel = base64.b64decode(geheim.removeprefix(PREFIX))
    return "v1," + base64.b64encode(hmac.digest(sleutel, inhoud, hashlib.sha256)).decode()
