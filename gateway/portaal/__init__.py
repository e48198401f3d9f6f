"""The pages for developers, from own files."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from chassis.web import NietGevonden


def portal() -> ASGIApp:
    """What answers every address that is not a service's."""

    async def answer(_scope: Scope, _receive: Receive, _send: Send) -> None:
        raise NietGevonden("Dit adres bestaat niet.")

    return answer
