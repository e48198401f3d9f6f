"""The health of the whole, for anyone: which part works, and nothing of its insides."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Mapping
from typing import Any, Final

import httpx2
import structlog
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from chassis.clock import Clock
from chassis.web.health import Check
from chassis.web.problems import MethodeNietToegestaan, NietGevonden
from contracts.envelope import time_text

log = structlog.get_logger(__name__)

LONGEST_CHECK: Final = 3.0
_KEEP_SECONDS: Final = 1.0
"""How long an answer is given again: anyone may ask, so asking must cost little."""


class Gezondheid:
    """Answers ``/gezondheid``: 200 when every part works, else 503, each with the parts."""

    def __init__(self, checks: Mapping[str, Check], *, clock: Clock) -> None:
        self._checks = checks
        self._clock = clock
        self._looking = asyncio.Lock()
        self._looked_at = float("-inf")
        self._found: dict[str, Any] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"].count("/") > 1:
            raise NietGevonden("Dit adres bestaat niet.")
        if scope["method"] not in ("GET", "HEAD"):
            raise MethodeNietToegestaan(headers={"Allow": "GET, HEAD"})
        found = await self._look()
        content = json.dumps(found).encode()
        status = 200 if found["gezond"] else 503
        headers = {"Access-Control-Allow-Origin": "*"}
        if status == 503:
            headers["Retry-After"] = "5"
        await Response(content, status, headers, "application/json")(scope, receive, send)

    async def _look(self) -> dict[str, Any]:
        async with self._looking:
            if time.monotonic() - self._looked_at > _KEEP_SECONDS:
                results = await asyncio.gather(*(_works(*part) for part in self._checks.items()))
                self._found = {
                    "gezond": all(results),
                    "gecontroleerdOp": time_text(self._clock.now()),
                    "onderdelen": [
                        {"naam": name, "gezond": works}
                        for name, works in zip(self._checks, results, strict=True)
                    ],
                }
                self._looked_at = time.monotonic()
            return self._found


def is_ready(service: str, app: ASGIApp) -> Check:
    """Ask a service, in this process or another, whether it is ready."""
    client = httpx2.AsyncClient(
        transport=httpx2.ASGITransport(app=app), base_url="http://gateway", trust_env=False
    )

    async def check() -> None:
        (await client.get(f"/{service}/v1/_ready")).raise_for_status()

    return check


async def _works(name: str, check: Check) -> bool:
    try:
        async with asyncio.timeout(LONGEST_CHECK):
            await check()
    except Exception as error:
        log.warning("onderdeel_werkt_niet", soort=name, fout=type(error).__name__)
        return False
    return True
