"""Which headers pass the door, inwards and outwards."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

Headers = list[tuple[bytes, bytes]]

INWARDS: Final = frozenset(
    {
        *(b"accept", b"accept-encoding", b"accept-language", b"authorization"),
        *(b"content-encoding", b"content-length", b"content-type"),
        *(b"idempotency-key", b"if-match", b"if-none-match", b"last-event-id", b"prefer"),
        *(b"host", b"origin", b"access-control-request-headers", b"access-control-request-method"),
        *(b"fsc-grant-hash", b"fsc-transaction-id", b"webhook-allowed-rate"),
    }
)
"""All that a caller can tell a service. What is not here stays outside: headers that speak for a
proxy (``Forwarded``, ``X-Forwarded-*``, ``X-Original-URL``, ``X-HTTP-Method-Override``), cookies,
``baggage`` and ``tracestate``, and whatever is invented next. A test holds it against the OpenAPI
documents of the services."""

_HOP_BY_HOP: Final = frozenset(
    {
        *(b"connection", b"keep-alive", b"proxy-authenticate", b"proxy-authorization"),
        *(b"proxy-connection", b"te", b"trailer", b"transfer-encoding", b"upgrade"),
    }
)
"""RFC 9110 §7.6.1: about one connection, so never for the next."""

_OF_THE_SERVER: Final = frozenset({b"date", b"server", b"x-powered-by", b"via", b"set-cookie"})
"""Of the server behind us: the answer gets those of ours, or none."""


def inwards(headers: Iterable[tuple[bytes, bytes]], traceparent: str | None) -> Headers:
    """What a service may know of a request, with the trace to continue."""
    passed = [(name, value) for name, value in headers if name in INWARDS]
    if traceparent:
        passed.append((b"traceparent", traceparent.encode()))
    return passed


def outwards(headers: Iterable[tuple[bytes, bytes]]) -> Headers:
    """What a caller may know of the answer of a server behind us."""
    sent = [(name.lower(), value) for name, value in headers]
    named = {
        part.strip().lower()
        for name, value in sent
        if name == b"connection"
        for part in value.split(b",")
    }
    dropped = _HOP_BY_HOP | _OF_THE_SERVER | named
    return [(name, value) for name, value in sent if name not in dropped]
