"""A service as an ASGI application: every service is made here, so they all behave alike."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, Final

from fastapi import APIRouter, FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute, iter_route_contexts
from pydantic.alias_generators import to_camel
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from chassis.access import TokenVerifier
from chassis.consumer import Consumer
from chassis.database import Database
from chassis.parking import Parking
from chassis.web import parking
from chassis.web.edge import Edge
from chassis.web.health import TAG, Check, health_router, metrics
from chassis.web.invalid_input import fault, faults, unstorable_text
from chassis.web.openapi import build_openapi
from chassis.web.parking import parking_router
from chassis.web.problems import (
    MethodeNietToegestaan,
    NietGevonden,
    OngeldigeInvoer,
    Problem,
    ProblemClass,
    TeGroot,
    VerkeerdMediatype,
    domain_response,
)

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]
Handler = Callable[[Request, Any], Any]

ONE_MEGABYTE: Final = 1024 * 1024
_JSON: Final = re.compile(r"application/([a-z0-9.+-]+\+)?json\s*(;.*)?", re.I | re.S)


def create_app(
    *,
    service: str,
    title: str,
    description: str,
    version: str,
    routers: Sequence[APIRouter],
    tags: Mapping[str, str],
    database: Database,
    access: TokenVerifier,
    domain_errors: Mapping[type[Exception], int] | None = None,
    checks: Mapping[str, Check] | None = None,
    consumer: Consumer | None = None,
    lifespan: Lifespan | None = None,
    max_body_size: int = ONE_MEGABYTE,
    larger_bodies: Mapping[str, int] | None = None,
) -> FastAPI:
    """The API of one service under `/<service>/v<major>`.

    version: the full version; its major number is in the path.
    tags: name and Dutch description of each tag the routers use.
    domain_errors: the service's error classes with the HTTP status their subclasses answer with,
        usually its one base class with 409 and the exceptions to that.  An error of the domain has
        `code`, `titel`, `uitleg` and `artikel`.
    checks: what must work for the service to be ready, by name.
    larger_bodies: by whole address, how many bytes a body may have there instead.
    consumer: what the service handles events with, for whoever mends what it has parked.
    """
    prefix = f"/{service}/v{version.split('.', maxsplit=1)[0]}"
    statuses = dict(domain_errors or {})
    app = FastAPI(
        title=title,
        description=description,
        version=version,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
        generate_unique_id_function=_operation_id,
        # FastAPI's own spans and logs hold the values of requests.
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
    )
    app.state.prefix = prefix
    app.state.database = database
    app.state.access = access
    ours, all_tags = [health_router(checks or {})], dict(tags)
    if consumer is not None:
        ours.append(parking_router(service, Parking(database, consumer)))
        all_tags |= {parking.TAG: parking.TAG_TEXT}
    for router in (*routers, *ours):
        app.include_router(router, prefix=prefix)
    all_tags |= {TAG: "Hoe de dienst ervoor staat, voor wie hem beheert."}
    _publish_openapi(
        app,
        lambda: build_openapi(
            app, prefix=prefix, tags=all_tags, status_of=lambda cls: _status_of(cls, statuses)
        ),
    )
    app.add_route("/metrics", metrics, include_in_schema=False)
    _handle_errors(app, statuses)
    app.add_middleware(
        Edge,
        service=service,
        version=version,
        max_body_size=max_body_size,
        larger_bodies=larger_bodies,
    )
    return app


def _operation_id(route: APIRoute) -> str:
    return to_camel(route.name)


def _publish_openapi(app: FastAPI, build: Callable[[], dict[str, Any]]) -> None:
    """Serve the document to anyone, from any page; it is made once, when first asked for."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = build()
        return app.openapi_schema

    async def serve(_request: Request) -> Response:
        content = json.dumps(openapi(), ensure_ascii=False)
        headers = {"Access-Control-Allow-Origin": "*"}
        return Response(content, 200, headers, "application/json")

    app.openapi = openapi  # type: ignore[method-assign]
    app.add_route(f"{app.state.prefix}/openapi.json", serve, include_in_schema=False)


def _handle_errors(app: FastAPI, statuses: Mapping[type[Exception], int]) -> None:
    async def on_problem(request: Request, error: Problem) -> Response:
        request.scope["meedoen.problem"] = error.code
        return error.response()

    async def on_domain_error(request: Request, error: Any) -> Response:
        request.scope["meedoen.problem"] = error.code
        return domain_response(error, _status_of(type(error), statuses))

    async def on_invalid_input(request: Request, error: RequestValidationError) -> Response:
        if _is_other_format(request, error):
            return await on_problem(request, VerkeerdMediatype())
        found = faults(error.errors())
        if isinstance(error.body, dict | list):
            found += unstorable_text(error.body)
        return await on_problem(request, OngeldigeInvoer(*found))

    async def on_http_error(request: Request, error: HTTPException) -> Response:
        return await on_problem(request, _as_problem(app, request, error))

    handlers: dict[type[Exception], Handler] = {
        Problem: on_problem,
        RequestValidationError: on_invalid_input,
        HTTPException: on_http_error,
        **dict.fromkeys(statuses, on_domain_error),
    }
    app.exception_handlers.update(handlers)


def _status_of(cls: ProblemClass, statuses: Mapping[type[Exception], int]) -> int:
    if issubclass(cls, Problem):
        return cls.status
    return next((statuses[base] for base in cls.__mro__ if base in statuses), 409)


def _is_other_format(request: Request, error: RequestValidationError) -> bool:
    """Whether the body was not taken for JSON: FastAPI then validates its bytes as they are."""
    sent_as_json = _JSON.fullmatch(request.headers.get("content-type", ""))
    return isinstance(error.body, bytes) and not sent_as_json


def _as_problem(app: FastAPI, request: Request, error: HTTPException) -> Problem:
    match error.status_code:
        case 404:
            return NietGevonden("Dit adres bestaat niet.")
        case 405:
            return MethodeNietToegestaan(headers={"Allow": ", ".join(_allowed(app, request))})
        case 413:
            return TeGroot()
        case 400:
            # FastAPI's own: a body it cannot read.
            return OngeldigeInvoer(fault("body", "geen-json", "De body is geen geldige JSON."))
        case _:
            raise RuntimeError("raise a Problem instead of an HTTPException")


def _allowed(app: FastAPI, request: Request) -> list[str]:
    """All methods of this address, of every route that has it."""
    found: set[str] = set()
    for route in iter_route_contexts(app.routes):
        if route.path_regex.match(request.url.path):
            found |= route.methods or set()
    return sorted(found | {"HEAD"} if "GET" in found else found)
