"""The feed as one answer without an end: server-sent events.

FastAPI writes the format. The loop is ours: its own one begins to answer before a cursor can be
refused, and knows no end that comes with the token or with the process.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Annotated, Final

import structlog
from fastapi import APIRouter, Header
from fastapi.sse import format_sse_event
from prometheus_client import Gauge
from pydantic import WithJsonSchema
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from chassis.access import TokenVerifier
from chassis.database import is_transient
from chassis.web import NietGevonden, Problem, Query, problems, query
from contracts.catalogus import PER_TYPE
from gateway.gebeurtenissen.cursor import PATTERN, encode_cursor
from gateway.gebeurtenissen.feed import Bladzijde, Vraag
from gateway.gebeurtenissen.vragen import (
    SCOPE,
    Gefilterd,
    Na,
    NietMeerBewaard,
    lees_verder,
    plaats,
)
from gateway.gebeurtenissen.wekker import WEKKER, wait

log = structlog.get_logger(__name__)

HEARTBEAT: Final = 15.0
"""Seconds of silence after which a comment tells that the connection still works."""
LOOK_AGAIN: Final = 5.0
"""Seconds after which a stream looks by itself: a wake from another process may be lost."""
LONGEST: Final = 3600.0
"""Seconds after which a stream ends, so that streams spread over new processes of the gateway."""
MOST_PER_ORGANISATION: Final = 20
_AT_ONCE: Final = 100
"""Events in memory per stream."""
_RECONNECT_MS: Final = 2000
_TO_FINISH: Final = 5.0
"""Seconds that a reader who takes nothing in gets after the end."""

OPEN_STREAMS: Final = Gauge("meedoen_feed_stromen", "Open stromen van de feed", ["organisatie"])


class TeVeelStromen(Problem):
    status = 429
    code = "te-veel-stromen"
    title = "Uw organisatie heeft te veel stromen open"
    detail = (
        f"Er kunnen er {MOST_PER_ORGANISATION} tegelijk open zijn. Sluit er een, of wacht tot een "
        "oude verbinding is vervallen en probeer het opnieuw."
    )

    def __init__(self) -> None:
        super().__init__(headers={"Retry-After": str(int(HEARTBEAT))})


class EventStream(StreamingResponse):
    """Sends blocks as fast as the reader takes them; the server holds back the next until then."""

    media_type = "text/event-stream"

    def __init__(
        self, blocks: AsyncIterator[bytes], end: float, held: contextlib.ExitStack
    ) -> None:
        # A proxy in front of us must not wait for more.
        super().__init__(blocks, headers={"X-Accel-Buffering": "no"})
        self._end = end
        self._held = held

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with self._held:
            try:
                async with asyncio.timeout_at(self._end + _TO_FINISH):
                    await super().__call__(scope, receive, send)
            except TimeoutError:
                log.info("lezer_neemt_niets_af")
            except (OSError, ClientDisconnect):
                # The reader has left.
                return


Volgen = Annotated[Query, query(SCOPE, media_types=(EventStream.media_type,))]
LastEventId = Annotated[
    str | None,
    Header(
        alias="Last-Event-ID",
        pattern=f"^{PATTERN}$",
        description="De cursor waarna u verder leest: de laatste `id` die u kreeg. Gaat voor `na`.",
    ),
    # A header is there or it is not: it cannot be null.
    WithJsonSchema({"type": "string", "pattern": f"^{PATTERN}$", "examples": ["0757-12"]}),
]

_MESSAGE: Final = {
    "type": "object",
    "description": "Eén bericht van de stroom.",
    "properties": {
        "id": {
            "type": "string",
            "description": "De plaats in uw feed tot en met dit bericht: uw cursor.",
            "pattern": f"^{PATTERN}$",
        },
        "event": {
            "type": "string",
            "description": "Het type van de gebeurtenis.",
            "enum": sorted(PER_TYPE),
        },
        "data": {
            "type": "string",
            "description": "De gebeurtenis, als CloudEvent in JSON.",
            "contentMediaType": "application/cloudevents+json",
        },
        "retry": {
            "type": "integer",
            "description": "Na hoeveel milliseconden u opnieuw verbinding maakt.",
        },
    },
}

router = APIRouter(tags=["Gebeurtenissen"])


@router.get(
    "/stroom",
    status_code=200,
    response_class=EventStream,
    response_model=None,
    responses={
        200: {"content": {EventStream.media_type: {"schema": _MESSAGE}}},
        204: {},
        **problems(NietGevonden, NietMeerBewaard, TeVeelStromen),
    },
)
async def volg_gebeurtenissen(
    request: Request,
    query: Volgen,
    gefilterd: Gefilterd,
    last_event_id: LastEventId = None,
    na: Na = None,
) -> Response:
    """Volg uw gebeurtenissen terwijl zij binnenkomen (server-sent events).

    Elke gebeurtenis komt met haar cursor als `id`, haar type als `event` en het CloudEvent als
    `data`, op één regel. Een bericht zonder `data` zegt alleen tot waar is gelezen. Na een breuk
    gaat u met `Last-Event-ID` precies verder waar u was. Elke 15 seconden stilte komt er een
    commentaarregel. De stroom eindigt met uw token, en ten laatste na een uur: maak dan opnieuw
    verbinding, met een geldig token. Antwoord 204: wat u vroeg is compleet, er komt niets meer.
    """
    organisation = query.caller.organisation
    vraag = gefilterd.vraag(plaats(last_event_id or na, organisation), _AT_ONCE)
    access: TokenVerifier = request.app.state.access
    seconds = min(LONGEST, access.seconds_left(query.caller))
    end = asyncio.get_running_loop().time() + seconds
    with contextlib.ExitStack() as held:
        held.enter_context(_one_of(organisation))
        woken = held.enter_context(WEKKER.listening(organisation))
        page = await lees_verder(query, vraag)
        if not page.regels and not page.kan_er_komen:
            return Response(status_code=204)
        return EventStream(_blocks(query, vraag, page, woken, end), end, held.pop_all())


_open: Final[Counter[str]] = Counter()


@contextlib.contextmanager
def _one_of(organisation: str) -> Iterator[None]:
    """Be one of the streams of an organisation in this process.  Raises TeVeelStromen."""
    if _open[organisation] >= MOST_PER_ORGANISATION:
        raise TeVeelStromen
    _open[organisation] += 1
    OPEN_STREAMS.labels(organisation).set(_open[organisation])
    try:
        yield
    finally:
        _open[organisation] -= 1
        OPEN_STREAMS.labels(organisation).set(_open[organisation])


async def _blocks(
    query: Query, vraag: Vraag, page: Bladzijde, woken: asyncio.Event, end: float
) -> AsyncIterator[bytes]:
    """What the reader gets, from a first page on, until the end or until nothing can come."""
    organisation, clock = query.caller.organisation, asyncio.get_running_loop().time
    yield format_sse_event(retry=_RECONNECT_MS)
    told, silent_since = -1, clock() - HEARTBEAT
    while True:
        if page.regels:
            yield b"".join(
                format_sse_event(
                    id=encode_cursor(organisation, regel.nummer),
                    event=regel.type,
                    data_str=regel.cloudevent,
                )
                for regel in page.regels
            )
            told, silent_since = page.regels[-1].nummer, clock()
        elif clock() - silent_since >= HEARTBEAT:
            # With the place, when it has moved over events that this reader did not ask for.
            moved = page.gelezen_tot > told
            place = encode_cursor(organisation, page.gelezen_tot) if moved else None
            yield format_sse_event(comment="", id=place)
            told, silent_since = page.gelezen_tot, clock()
        if clock() >= end or WEKKER.is_closed or not (page.is_er_meer or page.kan_er_komen):
            return
        if not page.is_er_meer:
            await wait(woken, min(LOOK_AGAIN, silent_since + HEARTBEAT - clock(), end - clock()))
        try:
            page = await lees_verder(query, replace(vraag, na=page.gelezen_tot))
        except Exception as error:
            if not is_transient(error):
                raise
            log.warning("stroom_wacht", fout=type(error).__name__)
            page = replace(page, regels=(), is_er_meer=False)
