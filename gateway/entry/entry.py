"""The entry: who answers which address, and who gets through."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, Final

import structlog
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chassis import trace
from chassis.access import TokenVerifier
from chassis.web.problems import NietGevonden, Problem, TeGroot
from chassis.web.rights import identify
from gateway.entry import headers, paths

log = structlog.get_logger(__name__)

_MAJOR: Final = re.compile(r"v[1-9]\d?")
_OPEN: Final = frozenset({"openapi.json", "_live", "_ready"})
"""What a service shows without a token, right below its version."""
_NOWHERE: Final = "Dit adres bestaat niet."


class Entry:
    """One address for everything, as an ASGI application.

    services: by name, what answers ``/<name>/v<major>/…``, after the token check.
    open_apps: by first segment, what answers without a token.
    portal: what answers everything else, the start page first.
    """

    def __init__(
        self,
        *,
        services: Mapping[str, ASGIApp],
        access: TokenVerifier,
        portal: ASGIApp,
        open_apps: Mapping[str, ASGIApp],
    ) -> None:
        if both := services.keys() & open_apps.keys():
            raise ValueError(f"twee antwoorden op één adres: {', '.join(sorted(both))}")
        self.state = SimpleNamespace(access=access)
        self._services = services
        self._open_apps = open_apps
        self._portal = portal
        self._versions: dict[str, bytes] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        match scope["type"]:
            case "http":
                await self._answer(scope, receive, send)
            case "lifespan":
                await _live(receive, send)
            case _:
                await send({"type": "websocket.close", "code": 1008})

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._route(scope, receive, send)
        except Problem as problem:
            scope["meedoen.problem"] = problem.code
            await problem.response()(scope, receive, send)
        except HTTPException as error:
            if error.status_code != TeGroot.status:
                raise
            await TeGroot().response()(scope, receive, send)

    async def _route(self, scope: Scope, receive: Receive, send: Send) -> None:
        parts = paths.segments(paths.raw_path(scope))
        if parts is None:
            raise NietGevonden(_NOWHERE)
        first = parts[0] if parts else ""
        if (app := self._open_apps.get(first)) is not None:
            scope["route"] = _Route(f"/{first}")
            await app(_plain(scope), receive, send)
        elif first not in self._services:
            scope["route"] = _Route("/")
            await self._portal(_plain(scope), receive, send)
        elif len(parts) < 2 or not _MAJOR.fullmatch(parts[1]):
            raise NietGevonden(_NOWHERE)
        else:
            scope["route"] = _Route(f"/{first}/{parts[1]}")
            await self._pass_on(first, parts, scope, receive, send)

    async def _pass_on(
        self, name: str, parts: tuple[str, ...], scope: Scope, receive: Receive, send: Send
    ) -> None:
        """To a service, for those who show a token; the service decides what they may."""

        async def remember_version(message: Message) -> None:
            if message["type"] == "http.response.start":
                for header, value in message["headers"]:
                    if header == b"api-version":
                        self._versions[name] = value
            await send(message)

        is_open = len(parts) == 3 and parts[2] in _OPEN
        try:
            if not is_open:
                scope["meedoen.caller"] = await identify(Request({**scope, "app": self}))
            await self._services[name](_plain(scope), receive, remember_version)
        except Problem as problem:
            # An error of ours at an address of theirs: with their version, if we have seen it.
            if version := self._versions.get(name):
                problem.headers = {**(problem.headers or {}), "API-Version": version.decode()}
            raise


@dataclass(frozen=True, slots=True)
class _Route:
    """What the request log and the metrics call an address: never a whole path."""

    path: str


def _plain(scope: Scope) -> dict[str, Any]:
    """The request as it goes on: what the standard names, without what others hung on it."""
    span = trace.current.get()
    return {
        "type": "http",
        "asgi": scope["asgi"],
        "http_version": scope["http_version"],
        "method": scope["method"],
        "scheme": scope.get("scheme", "http"),
        "path": scope["path"],
        "raw_path": paths.raw_path(scope),
        "query_string": scope["query_string"],
        "root_path": "",
        "headers": headers.inwards(scope["headers"], span.traceparent if span else None),
        "client": scope.get("client"),
        "server": scope.get("server"),
    }


async def _live(receive: Receive, send: Send) -> None:
    """Starting and stopping is done by whoever composes the gateway; the server may go ahead."""
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
