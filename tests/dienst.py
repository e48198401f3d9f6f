"""A service on a real PostgreSQL: a database of its own, and clients of whoever a test needs."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import httpx2
from fastapi import FastAPI

from chassis.access import DevelopmentIssuer, TokenVerifier
from chassis.migrations import prepare
from chassis.runtime import Service
from chassis.settings import TokenIssuer

ISSUER: Final = "https://issuer.example"
AUDIENCE: Final = "https://api.meedoen.example"
PASSWORD: Final = "proef"
"""Roles belong to the whole server, so all tests on one server must agree on it."""

Klant = Callable[..., httpx2.AsyncClient]
"""Of an organisation, and if it matters in a role and with scopes."""


@asynccontextmanager
async def new_database(server: str) -> AsyncIterator[str]:
    """Administrator's address of a new, empty database on the server of this address."""
    name = f"proef_{uuid.uuid4().hex}"
    admin = await asyncpg.connect(server)
    try:
        await admin.execute(f"CREATE DATABASE {name}")
        yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    finally:
        await admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        await admin.close()


@contextmanager
def prepared_database(server: str, *packages: str) -> Iterator[str]:
    """The same with the tables of these packages, for a fixture of a whole session."""
    with asyncio.Runner() as runner:
        context = new_database(server)
        url = runner.run(context.__aenter__())
        try:
            for package in packages:
                runner.run(prepare(url, package, PASSWORD))
            yield url
        finally:
            runner.run(context.__aexit__(None, None, None))


def token_issuer(folder: Path) -> DevelopmentIssuer:
    """Whoever a test needs gets a token of it."""
    return DevelopmentIssuer(
        folder / "key.json", environment="test", issuer=ISSUER, audience=AUDIENCE
    )


def token_verifier(issuer: DevelopmentIssuer) -> TokenVerifier:
    """Believes its tokens only."""
    return TokenVerifier(
        [TokenIssuer(issuer=ISSUER, jwks_uri="")], audience=AUDIENCE, fetch=issuer.fetch
    )


@asynccontextmanager
async def klanten(
    app: FastAPI,
    service: Service,
    issuer: DevelopmentIssuer,
    *,
    rol_van_wsd: str,
    scopes: tuple[str, ...],
) -> AsyncIterator[Klant]:
    """Opens clients; without role it is this one of WSD or klantmanager, with these scopes."""
    clients = []
    alle = scopes

    def open_client(
        organisatie: str, rol: str | None = None, scopes: tuple[str, ...] = alle
    ) -> httpx2.AsyncClient:
        rol = rol or (rol_van_wsd if organisatie == "wsd" else "klantmanager")
        client = httpx2.AsyncClient(
            transport=httpx2.ASGITransport(app),
            base_url=f"{AUDIENCE}/{service.name}/v1",
            headers={"Authorization": f"Bearer {issuer.token(organisatie, rol, scopes)}"},
            timeout=120.0,
        )
        clients.append(client)
        return client

    yield open_client
    for client in clients:
        await client.aclose()
