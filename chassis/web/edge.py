"""The outermost layer of every service: what holds for each request, whatever becomes of it.

One ASGI class instead of a stack of middleware: it runs for every request, and a layer costs time.
"""

import time
from collections.abc import Iterable, Mapping
from typing import Any, Final

import structlog
from prometheus_client import Histogram
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chassis import trace
from chassis.database import is_transient
from chassis.telemetry import describe
from chassis.web.problems import OnverwachteFout, Problem, TeGroot, TijdelijkNietBeschikbaar

log = structlog.get_logger(__name__)

REQUEST_SECONDS: Final = Histogram(
    "meedoen_http_seconden",
    "Duur van verzoeken naar route en status",
    ["dienst", "methode", "route", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)

# API Design Rules 2.2, /core/transport/security-headers.
SECURITY_HEADERS: Final = (
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"frame-ancestors 'none'"),
    (b"strict-transport-security", b"max-age=31536000; includeSubDomains"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
)
_METHODS: Final = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
_NO_ROUTE: Final = "geen"


class _HeadersWereAll(OSError):
    """Nobody takes in a body: what an application gets that sends on to somebody who has left."""


class Edge:
    """Headers, trace, size limit, last resort for errors, request log and request metrics."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        service: str,
        version: str,
        max_body_size: int,
        larger_bodies: Mapping[str, int] | None = None,
    ) -> None:
        """larger_bodies: by address, how many bytes a body may have there instead."""
        self._app = app
        self._service = service
        self._headers = (*SECURITY_HEADERS, (b"api-version", version.encode()))
        self._max_body_size = max_body_size
        self._larger_bodies = larger_bodies or {}
        self._timers: dict[tuple[str, str, int], Histogram] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        method = scope["method"]
        is_head = method == "HEAD"
        if is_head:
            # Everything that can be got can be asked the headers of.
            scope = {**scope, "method": "GET"}
        status = 0

        async def send_on(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = self._complete(message.get("headers", ()))
            elif is_head:
                await send({**message, "body": b"", "more_body": False})
                if message.get("more_body"):
                    raise _HeadersWereAll
                return
            await send(message)

        traceparent, content_length = _read_headers(scope["headers"])
        token = trace.current.set(trace.accept(traceparent))
        limit = self._larger_bodies.get(scope["path"], self._max_body_size)
        try:
            if content_length is None:
                receive = _limited(receive, limit)
            elif content_length > limit:
                await TeGroot().response()(scope, receive, send_on)
                return
            await self._app(scope, receive, send_on)
        except _HeadersWereAll:
            return
        except Exception as error:
            problem = _last_resort(error)
            if status:
                # The answer is already on its way and cannot be taken back: break it off.
                raise
            scope["meedoen.problem"] = problem.code
            await problem.response()(scope, receive, send_on)
        finally:
            self._record(scope, method, status, time.perf_counter() - started)
            trace.current.reset(token)

    def _complete(self, headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        own = list(headers)
        present = {name.lower() for name, _ in own}
        return own + [header for header in self._headers if header[0] not in present]

    def _record(self, scope: Scope, method: str, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", _NO_ROUTE)
        method = method if method in _METHODS else _NO_ROUTE
        self._timer(method, route, status).observe(seconds)
        caller = scope.get("meedoen.caller")
        about: dict[str, Any] = {}
        if caller:
            about = {
                "organisatie": caller.organisation,
                "rol": caller.role,
                "client": caller.client_id,
            }
        if problem := scope.get("meedoen.problem"):
            about["probleem"] = problem
        log.info(
            "verzoek",
            dienst=self._service,
            methode=method,
            route=route,
            status=status,
            duur_ms=round(seconds * 1000, 2),
            **about,
        )

    def _timer(self, method: str, route: str, status: int) -> Histogram:
        # Looking a labelled metric up takes longer than observing it; there are only so many.
        key = (method, route, status)
        if key not in self._timers:
            self._timers[key] = REQUEST_SECONDS.labels(self._service, *key)
        return self._timers[key]


def _read_headers(headers: Iterable[tuple[bytes, bytes]]) -> tuple[str | None, int | None]:
    traceparents, content_length = [], None
    for name, value in headers:
        if name == b"traceparent":
            traceparents.append(value.decode("latin-1"))
        elif name == b"content-length" and value.isdigit():
            content_length = int(value)
    # Two of them say nothing about which one is meant.
    return (traceparents[0] if len(traceparents) == 1 else None), content_length


def _limited(receive: Receive, limit: int) -> Receive:
    """`receive` that gives up on a body without a declared length once it passes the limit."""
    received = 0

    async def limited() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > limit:
            # An HTTPException, because FastAPI turns anything else here into a 400.
            raise HTTPException(TeGroot.status)
        return message

    return limited


def _last_resort(error: Exception) -> Problem:
    """The answer to an exception nobody foresaw; what it says gets out nowhere."""
    if is_transient(error):
        log.warning("tijdelijke_fout", **describe(error))
        return TijdelijkNietBeschikbaar()
    log.error("onverwachte_fout", **describe(error))
    return OnverwachteFout()
