"""The feed over HTTP."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Annotated, Any, Final
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter
from fastapi import Query as QueryParameter
from pydantic import AfterValidator, Field, WithJsonSchema
from starlette.requests import Request
from starlette.responses import Response

from chassis.web import NietGevonden, OngeldigeWaarde, Query, Uitvoer, problems, query
from chassis.web.pages import LARGEST_PAGE, USUAL_PAGE
from contracts.catalogus import PER_TYPE
from contracts.envelope import time_text
from contracts.intake import KandidaatAangemeld
from contracts.schema import cloudevent_schema, voorbeeld_cloudevent
from gateway.gebeurtenissen.cursor import PATTERN, decode_cursor, encode_cursor
from gateway.gebeurtenissen.feed import Bladzijde, Vraag, lees
from gateway.gebeurtenissen.wekker import WEKKER

SCOPE: Final = "gebeurtenissen.lezen"
LONGEST_WAIT: Final = 30
_LOOK_AGAIN: Final = 1.0
"""Seconds after which a waiting reader looks by itself: the event may have come in by another
process of the gateway."""

_NOW: Final = "nu"


def known_types(types: list[str]) -> list[str]:
    if not PER_TYPE.keys() >= set(types):
        raise OngeldigeWaarde(
            "onbekend-type", "Neem het type over uit de catalogus, met het versienummer erachter."
        )
    return types


Lezen = Annotated[Query, query(SCOPE)]
Na = Annotated[
    str | None,
    QueryParameter(
        pattern=f"^({_NOW}|{PATTERN})$",
        description="De cursor waarna u verder leest: die van een gebeurtenis of van een pagina, "
        f"ongewijzigd. Weggelaten: vanaf het begin. `{_NOW}`: alleen wat hierna komt.",
        examples=["0757-12"],
    ),
]
Limiet = Annotated[
    int, QueryParameter(ge=1, le=LARGEST_PAGE, description="Aantal gebeurtenissen per pagina.")
]
Type = Annotated[str, WithJsonSchema({"type": "string", "enum": sorted(PER_TYPE)})]
Types = Annotated[
    list[Type],
    QueryParameter(
        alias="type",
        max_length=len(PER_TYPE),
        description="Alleen gebeurtenissen van dit type; meermaals voor meer typen.",
    ),
    AfterValidator(known_types),
]
Subject = Annotated[
    UUID | None, QueryParameter(description="Alleen gebeurtenissen over deze kandidaat.")
]
Wacht = Annotated[
    int,
    QueryParameter(
        ge=0,
        le=LONGEST_WAIT,
        description="Hoeveel seconden te wachten als er nog niets nieuws is.",
    ),
]


def _cloudevent() -> dict[str, Any]:
    """The schema of an event as it stands in the document of an API, with an example."""
    schema = {k: v for k, v in cloudevent_schema().items() if k not in ("$schema", "$id")}
    return schema | {"examples": [voorbeeld_cloudevent(KandidaatAangemeld)]}


class OntvangenGebeurtenis(Uitvoer):
    """Eén gebeurtenis, met de plaats ervan in uw feed."""

    cursor: Annotated[str, Field(description="De plaats in uw feed; lees daarna verder met `na`.")]
    ontvangen_op: Annotated[
        datetime, Field(description="Wanneer zij voor u beschikbaar kwam; `time` is van de bron.")
    ]
    gebeurtenis: Annotated[dict[str, Any], WithJsonSchema(_cloudevent())]


class GebeurtenissenPagina(Uitvoer):
    """Een deel van uw feed, de oudste gebeurtenis eerst.

    `cursor` is tot waar deze pagina heeft gekeken: lees daarna verder, ook als zij leeg is.
    """

    resultaten: list[OntvangenGebeurtenis]
    cursor: str


router = APIRouter(tags=["Gebeurtenissen"])


@router.get(
    "/gebeurtenissen", response_model=GebeurtenissenPagina, responses=problems(NietGevonden)
)
async def lees_gebeurtenissen(
    request: Request,
    query: Lezen,
    na: Na = None,
    limiet: Limiet = USUAL_PAGE,
    types: Types = [],  # noqa: B006 - FastAPI copies it
    subject: Subject = None,
    wacht: Wacht = 0,
) -> Response:
    """Lees uw gebeurtenissen, in volgorde van binnenkomst.

    U ziet alleen wat uw organisatie mag zien. Bewaar de cursor van wat u hebt verwerkt en ga
    daarna verder: u mist niets, ook niet na een storing bij u of bij ons. Een gebeurtenis
    verandert nooit van plaats.
    """
    organisation = query.caller.organisation
    vraag = Vraag(_number(na, organisation), limiet, tuple(types), subject)
    with WEKKER.listening(organisation) as woken:
        page = await _read(query, vraag)
        if vraag.na is None:
            vraag = Vraag(page.laatste, limiet, vraag.types, subject)
        elif vraag.na > page.laatste:
            raise _unknown_place()
        end = asyncio.get_running_loop().time() + min(wacht, LONGEST_WAIT)
        while not page.regels and (left := end - asyncio.get_running_loop().time()) > 0:
            await _wait(woken, min(left, _LOOK_AGAIN))
            page = await _read(query, vraag)
    return _response(request, organisation, limiet, page)


async def _read(query: Query, vraag: Vraag) -> Bladzijde:
    return await query.read(lambda uow: lees(uow, vraag))


async def _wait(woken: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await woken.wait()
    except TimeoutError:
        return
    woken.clear()


def _number(cursor: str | None, organisation: str) -> int | None:
    """The number in a cursor of this organisation.  Raises NietGevonden."""
    if cursor is None:
        return 0
    if cursor == _NOW:
        return None
    owner, number = decode_cursor(cursor)
    if owner != organisation:
        raise _unknown_place()
    return number


def _unknown_place() -> NietGevonden:
    # The feed of an organisation never gets shorter, so such a cursor was not given by us, or by a
    # database that was put back to an earlier day: going on from it would skip events in silence.
    return NietGevonden(
        "Deze cursor wijst geen plaats in uw feed aan. Neem hem ongewijzigd over, of laat hem weg "
        "om bij het begin te beginnen."
    )


def _response(request: Request, organisation: str, limiet: int, page: Bladzijde) -> Response:
    """The page as JSON: the events go out as they came in, so they are not read and written."""
    items = ",".join(
        f'{{"cursor":"{encode_cursor(organisation, regel.nummer)}",'
        f'"ontvangenOp":"{time_text(regel.ontvangen_op)}","gebeurtenis":{regel.cloudevent}}}'
        for regel in page.regels
    )
    cursor = encode_cursor(organisation, page.gelezen_tot)
    headers = {}
    if page.is_er_meer:
        same = [
            (name, value)
            for name, value in request.query_params.multi_items()
            if name in ("type", "subject")
        ]
        question = urlencode([*same, ("limiet", limiet), ("na", cursor)])
        headers["Link"] = f'<{request.url.path}?{question}>; rel="next"'
    content = f'{{"resultaten":[{items}],"cursor":"{cursor}"}}'
    return Response(content, 200, headers, "application/json")
