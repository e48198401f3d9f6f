"""A receiver of webhooks on this machine, over TLS, that misbehaves on command."""

from __future__ import annotations

import asyncio
import datetime
import json
import socket
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import uvicorn
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from starlette.types import Receive, Scope, Send

from tests.gateway.hulp import read_body

NAAM = "ontvanger.test"
ANDER = "ander.test"


@dataclass(frozen=True)
class Certificaten:
    """Files of a CA of our own: its certificate, and a certificate with key per host name."""

    ca: Path
    van: Mapping[str, Path]


def maak_certificaten(map_: Path, *namen: str) -> Certificaten:
    begin = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=1)
    eind = begin + datetime.timedelta(days=30)
    ca_key = ec.generate_private_key(ec.SECP256R1())
    ca_naam = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Proef-CA")])

    def certificaat(naam: x509.Name, sleutel: Any, *, is_ca: bool) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(naam)
            .issuer_name(ca_naam)
            .public_key(sleutel.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(begin)
            .not_valid_after(eind)
            .add_extension(x509.BasicConstraints(ca=is_ca, path_length=None), critical=True)
        )

    ca = map_ / "ca.pem"
    ca.write_bytes(
        certificaat(ca_naam, ca_key, is_ca=True)
        .sign(ca_key, hashes.SHA256())
        .public_bytes(serialization.Encoding.PEM)
    )
    van = {}
    for naam in namen:
        sleutel = ec.generate_private_key(ec.SECP256R1())
        bouwer = certificaat(
            x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, naam)]), sleutel, is_ca=False
        ).add_extension(x509.SubjectAlternativeName([x509.DNSName(naam)]), critical=False)
        van[naam] = map_ / f"{naam}.pem"
        van[naam].write_bytes(
            bouwer.sign(ca_key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
            + sleutel.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
    return Certificaten(ca, van)


@dataclass(frozen=True)
class Verzoek:
    """What came in."""

    methode: str
    pad: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def formulier(self) -> dict[str, str]:
        return {naam: waarden[0] for naam, waarden in parse_qs(self.body.decode()).items()}

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def subject(self) -> str:
        return str(self.json["subject"])


@dataclass(frozen=True)
class Antwoord:
    status: int = 204
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    lengte: int | None = None
    """A Content-Length that is not that of the body, to break off halfway."""


Gedrag = Callable[[Verzoek], "Antwoord | Awaitable[Antwoord]"]


class Ontvanger:
    """Keeps what it accepted. gedrag: what it answers to a POST; andere: per path, or OPTIONS."""

    def __init__(self) -> None:
        self.verzoeken: list[Verzoek] = []
        self.aangenomen: list[Verzoek] = []
        self.gedrag: Gedrag = lambda _: Antwoord()
        self.andere: dict[str, Gedrag] = {}
        self.toestemming: Mapping[str, str] = {"WebHook-Allowed-Origin": "*"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {n.decode(): v.decode() for n, v in scope["headers"]}
        pad = scope["path"]
        verzoek = Verzoek(scope["method"], pad, headers, await read_body(receive))
        self.verzoeken.append(verzoek)
        if pad in self.andere:
            antwoord = self.andere[pad](verzoek)
        elif verzoek.methode == "OPTIONS":
            antwoord = Antwoord(200, {"Allow": "POST", **self.toestemming})
        else:
            antwoord = self.gedrag(verzoek)
        if not isinstance(antwoord, Antwoord):
            antwoord = await antwoord
        if pad not in self.andere and verzoek.methode == "POST" and 200 <= antwoord.status < 300:
            self.aangenomen.append(verzoek)
        lengte = len(antwoord.body) if antwoord.lengte is None else antwoord.lengte
        alle = {**antwoord.headers}
        if antwoord.status != 204:
            alle["Content-Length"] = str(lengte)
        await send(
            {
                "type": "http.response.start",
                "status": antwoord.status,
                "headers": [(n.lower().encode(), v.encode()) for n, v in alle.items()],
            }
        )
        await send({"type": "http.response.body", "body": antwoord.body})

    @property
    def per_subject(self) -> dict[str, list[str]]:
        """The ids that were accepted, per subject, each the first time it was."""
        gezien: dict[str, list[str]] = defaultdict(list)
        for verzoek in self.aangenomen:
            if verzoek.id not in gezien[verzoek.subject]:
                gezien[verzoek.subject].append(verzoek.id)
        return gezien


@asynccontextmanager
async def luisterend(app: Ontvanger, certificaat: Path, *, port: int = 0) -> AsyncIterator[int]:
    """The receiver on a real server; its port."""
    config = uvicorn.Config(
        app,
        log_config=None,
        lifespan="off",
        timeout_graceful_shutdown=0,
        ssl_certfile=str(certificaat),
    )
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", port)) as listening:
        port = listening.getsockname()[1]
        async with asyncio.TaskGroup() as group:
            group.create_task(server._serve([listening]))
            try:
                yield port
            finally:
                server.should_exit = True


async def overal_hier(_host: str, _poort: int) -> Sequence[str]:
    """A resolver to which every name is this machine."""
    return ["127.0.0.1"]
