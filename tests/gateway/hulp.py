"""What the tests of the gateway share: tokens, events, apps that stand in for services."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx2
import uvicorn
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chassis.bus.protocol import Message as BusMessage
from contracts.afnemers import DIENSTEN, dienst_topic
from contracts.envelope import CloudEvent
from contracts.gebeurtenis import Gebeurtenis
from contracts.intake import KandidaatAangemeld
from contracts.schema import voorbeeld_cloudevent
from tests.dienst import AUDIENCE, token_issuer, token_verifier

BOXTEL, VUGHT, WSD = "0757", "0865", "wsd"
BASE = AUDIENCE
SCOPES = ("abonnementen.beheren", "abonnementen.lezen", "gebeurtenissen.lezen", "intake.lezen")


class Tokens:
    """Tokens for whoever a test needs."""

    def __init__(self, folder: Path) -> None:
        self.issuer = token_issuer(folder)
        self.verifier = token_verifier(self.issuer)

    def header(self, organisation: str = BOXTEL, scopes: Sequence[str] = SCOPES) -> dict[str, str]:
        token = self.issuer.token(organisation, "klantmanager", scopes)
        return {"Authorization": f"Bearer {token}"}


def event(
    gemeente: str = BOXTEL,
    *,
    subject: UUID | None = None,
    version: int = 1,
    model: type[Gebeurtenis] = KandidaatAangemeld,
) -> CloudEvent:
    """An event as a service says it, about a kandidaat of its own unless one is given."""
    kandidaat = str(subject or uuid4())
    example: dict[str, Any] = voorbeeld_cloudevent(model)
    example["data"] |= {"kandidaatId": kandidaat, "gemeentecode": gemeente}
    example |= {
        "id": str(uuid4()),
        "subject": kandidaat,
        "partitionkey": kandidaat,
        "gemeentecode": gemeente,
        "aggregateversion": version,
    }
    return CloudEvent.from_structured_json(json.dumps(example).encode())


def on_the_bus(envelope: CloudEvent, *afnemers: str) -> BusMessage:
    """The event as a record on the topic of the service that says it."""
    headers = [*envelope.kafka_headers(), ("afnemers", ",".join(afnemers).encode())]
    topic = dienst_topic(envelope.source.rpartition(":")[2])
    return BusMessage(topic, str(envelope.subject).encode(), envelope.data, headers)


class StandIn:
    """An app in the place of a service: keeps what reached it, answers what a test wants."""

    def __init__(
        self,
        body: bytes = b"{}",
        *,
        status: int = 200,
        headers: Sequence[tuple[bytes, bytes]] = ((b"content-type", b"application/json"),),
    ) -> None:
        self.seen: list[Scope] = []
        self.bodies: list[bytes] = []
        self._start: Message = {
            "type": "http.response.start",
            "status": status,
            "headers": [*headers, (b"api-version", b"1.2.3")],
        }
        self._body = body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.seen.append(scope)
        self.bodies.append(await read_body(receive))
        await send(self._start)
        await send({"type": "http.response.body", "body": self._body})

    def header(self, name: str) -> list[str]:
        """The values of a header of the last request that reached it."""
        wanted = name.encode()
        return [v.decode("latin-1") for n, v in self.seen[-1]["headers"] if n == wanted]


async def read_body(receive: Receive) -> bytes:
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body


def stand_ins() -> dict[str, StandIn]:
    return {dienst: StandIn() for dienst in DIENSTEN}


@asynccontextmanager
async def caller(
    app: ASGIApp, headers: dict[str, str] | None = None
) -> AsyncIterator[httpx2.AsyncClient]:
    transport = httpx2.ASGITransport(app, raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url=BASE, headers=headers) as client:
        yield client


@asynccontextmanager
async def running(app: ASGIApp, *, port: int = 0) -> AsyncIterator[str]:
    """The app on a real server on this machine; its address."""
    config = uvicorn.Config(app, log_config=None, lifespan="off", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", port)) as listening:
        port = listening.getsockname()[1]
        async with asyncio.TaskGroup() as group:
            group.create_task(server._serve([listening]))
            try:
                yield f"http://127.0.0.1:{port}"
            finally:
                server.should_exit = True


async def send_raw(
    app: ASGIApp,
    raw_path: bytes,
    *,
    method: str = "GET",
    headers: Sequence[tuple[bytes, bytes]] = (),
) -> tuple[int, dict[str, str], Any]:
    """One request with exactly these bytes as its path; status, headers and JSON of the answer."""
    sent: list[Message] = []
    scope: Scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "https",
        "path": raw_path.decode("latin-1"),
        "raw_path": raw_path,
        "query_string": b"",
        "headers": list(headers),
        "client": None,
        "server": None,
    }

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    await app(scope, receive, send)
    found = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    body = b"".join(message.get("body", b"") for message in sent[1:])
    return sent[0]["status"], found, json.loads(body) if body else None
