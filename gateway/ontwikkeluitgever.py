"""Tokens for the local run: anyone who can reach this can be anyone, so never in production.

POST /ontwikkeluitgever/token      {"organisatie": "0757", "rol": "klantmanager"}
GET  /ontwikkeluitgever/jwks.json
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Annotated, Any, Final

from pydantic import Field, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from chassis.access import DevelopmentIssuer
from chassis.settings import Omgeving
from chassis.web import Invoer, NietGevonden
from chassis.web.invalid_input import fault, faults
from chassis.web.problems import MethodeNietToegestaan, OngeldigeInvoer, VerkeerdMediatype

NAAM: Final = "ontwikkeluitgever"
"""The first segment of its addresses."""

_SECONDS: Final = 6 * 3600


class TokenIn(Invoer):
    organisatie: Annotated[str, Field(pattern=r"^([0-9]{4}|wsd|beheer)$")]
    rol: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]


Rollen = Callable[[str], Mapping[str, Collection[str]]]
"""The roles of an organisation, each with its scopes."""


def app(issuer: DevelopmentIssuer, rollen: Rollen, *, omgeving: Omgeving) -> ASGIApp:
    """The addresses above, for the roles that the local run knows. Raises RuntimeError in
    production."""
    if omgeving is Omgeving.PRODUCTIE:
        raise RuntimeError("the development issuer does not run in production")

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        match request.url.path.removeprefix(f"/{NAAM}"):
            case "/jwks.json":
                _only(request, "GET", "HEAD")
                response: Response = JSONResponse(issuer.jwks())
            case "/token":
                _only(request, "POST")
                response = JSONResponse(_token(issuer, rollen, await _read(request)))
            case _:
                raise NietGevonden("Dit adres bestaat niet.")
        await response(scope, receive, send)

    return answer


def _token(issuer: DevelopmentIssuer, rollen: Rollen, asked: TokenIn) -> dict[str, Any]:
    roles = rollen(asked.organisatie)
    if not roles:
        raise OngeldigeInvoer(
            fault("body.organisatie", "onbekend", "Deze organisatie is hier niet bekend.")
        )
    scopes = roles.get(asked.rol)
    if scopes is None:
        known = ", ".join(sorted(roles))
        raise OngeldigeInvoer(fault("body.rol", "niet-in-lijst", f"Kies uit: {known}."))
    token = issuer.token(asked.organisatie, asked.rol, scopes, lifetime=_SECONDS)
    return {
        "access_token": token,
        "token_type": "Bearer",
        "expires_in": _SECONDS,
        "scope": " ".join(sorted(scopes)),
    }


async def _read(request: Request) -> TokenIn:
    # A page of another site can post forms here from a developer's browser, but no JSON.
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise VerkeerdMediatype
    try:
        return TokenIn.model_validate_json(await request.body())
    except ValidationError as error:
        found = faults([{**e, "loc": ("body", *e["loc"])} for e in error.errors()])
        raise OngeldigeInvoer(*found) from None
    except ValueError:
        raise OngeldigeInvoer(fault("body", "geen-json", "De body is geen geldige JSON.")) from None


def _only(request: Request, *methods: str) -> None:
    if request.method not in methods:
        raise MethodeNietToegestaan(headers={"Allow": ", ".join(methods)})
