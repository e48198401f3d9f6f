"""Is it alive, is it ready, what does it measure: for the platform that runs a service."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, ClassVar, Final

import structlog
from fastapi import APIRouter
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from chassis.telemetry import describe
from chassis.web.problems import Problem, problems

log = structlog.get_logger(__name__)

Check = Callable[[], Awaitable[object]]
"""Returns when all is well; raises when it is not."""

LONGEST_CHECK: Final = 2.0
TAG: Final = "Beheer"


class NietGereed(Problem):
    status = 503
    code = "niet-gereed"
    title = "De dienst is niet gereed"
    detail = "Een onderdeel waar de dienst op steunt werkt niet; zie onderdelen."
    members: ClassVar[Mapping[str, Any]] = {
        "onderdelen": {
            "type": "object",
            "description": "Per onderdeel of het werkt.",
            "additionalProperties": {"type": "boolean"},
        }
    }


class Gezondheid(BaseModel):
    """Hoe de dienst ervoor staat."""

    onderdelen: dict[str, bool]


def health_router(checks: Mapping[str, Check]) -> APIRouter:
    router = APIRouter(tags=[TAG])

    @router.get("/_live", responses=problems())
    async def leeft() -> Gezondheid:
        """Leeft de dienst?

        Antwoordt zolang het proces verzoeken kan behandelen, ook als een onderdeel niet werkt.
        """
        return Gezondheid(onderdelen={})

    @router.get("/_ready", responses=problems(NietGereed))
    async def gereed() -> Gezondheid:
        """Kan de dienst verzoeken aan?

        Controleert de onderdelen waar de dienst op steunt, zoals de database en de bus.
        """
        results = await asyncio.gather(*(_works(name, check) for name, check in checks.items()))
        parts = dict(zip(checks, results, strict=True))
        if not all(results):
            raise NietGereed(onderdelen=parts)
        return Gezondheid(onderdelen=parts)

    return router


async def metrics(_request: Request) -> Response:
    """Prometheus metrics of this process; the gateway does not pass this path on."""
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


async def _works(name: str, check: Check) -> bool:
    try:
        async with asyncio.timeout(LONGEST_CHECK):
            await check()
    except Exception as error:
        log.warning("onderdeel_werkt_niet", soort=name, **describe(error))
        return False
    return True
