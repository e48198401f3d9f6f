"""The feed over HTTP, page by page."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any, Final
from urllib.parse import urlencode

from fastapi import APIRouter
from fastapi import Query as QueryParameter
from pydantic import Field, WithJsonSchema
from starlette.requests import Request
from starlette.responses import Response

from chassis.web import NietGevonden, Query, Uitvoer, problems, query
from chassis.web.pages import USUAL_PAGE
from contracts.envelope import time_text
from contracts.intake import KandidaatAangemeld
from contracts.schema import cloudevent_schema, voorbeeld_cloudevent
from gateway.gebeurtenissen.cursor import encode_cursor
from gateway.gebeurtenissen.feed import Bladzijde
from gateway.gebeurtenissen.vragen import (
    SCOPE,
    Gefilterd,
    Na,
    NietMeerBewaard,
    lees_verder,
    plaats,
)
from gateway.gebeurtenissen.wekker import WEKKER, wait

LARGEST_PAGE: Final = 1000
"""More than elsewhere: events are small, and who reads a year back wants few round trips."""
LONGEST_WAIT: Final = 30
LOOK_AGAIN: Final = 1.0
"""Seconds after which a waiting reader looks by itself: a wake from another process may be lost."""

Lezen = Annotated[Query, query(SCOPE)]
Limiet = Annotated[
    int, QueryParameter(ge=1, le=LARGEST_PAGE, description="Aantal gebeurtenissen per pagina.")
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
    "/gebeurtenissen",
    response_model=GebeurtenissenPagina,
    responses=problems(NietGevonden, NietMeerBewaard),
)
async def lees_gebeurtenissen(
    request: Request,
    query: Lezen,
    gefilterd: Gefilterd,
    na: Na = None,
    limiet: Limiet = USUAL_PAGE,
    wacht: Wacht = 0,
) -> Response:
    """Lees uw gebeurtenissen, in volgorde van binnenkomst.

    U ziet alleen wat uw organisatie mag zien. Bewaar de cursor van wat u hebt verwerkt en ga
    daarna verder: u mist niets, ook niet na een storing bij u of bij ons. Een gebeurtenis
    verandert nooit van plaats en wordt ten minste 13 maanden bewaard.
    """
    organisation = query.caller.organisation
    vraag = gefilterd.vraag(plaats(na, organisation), limiet)
    clock = asyncio.get_running_loop().time
    with WEKKER.listening(organisation) as woken:
        end = clock() + min(wacht, LONGEST_WAIT)
        page = await lees_verder(query, vraag)
        while not page.regels and page.kan_er_komen and not WEKKER.is_closed and clock() < end:
            await wait(woken, min(end - clock(), LOOK_AGAIN))
            page = await lees_verder(query, replace(vraag, na=page.gelezen_tot))
    return _response(request, organisation, limiet, page)


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
        ours = ("na", "limiet", "wacht")
        same = [item for item in request.query_params.multi_items() if item[0] not in ours]
        question = urlencode([*same, ("limiet", limiet), ("na", cursor)])
        headers["Link"] = f'<{request.url.path}?{question}>; rel="next"'
    content = f'{{"resultaten":[{items}],"cursor":"{cursor}"}}'
    return Response(content, 200, headers, "application/json")
