"""Plaatsing on a real PostgreSQL, and clients of whoever a test needs.

The database is shared by all tests here: a test makes its own kandidaten and werkplekken.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import httpx2
import pytest
from fastapi import FastAPI

from chassis.access import DevelopmentIssuer, TokenVerifier
from chassis.clock import MovableClock
from chassis.database import Database
from chassis.encryption import KeyRing
from chassis.migrations import prepare, service_url
from chassis.settings import TokenIssuer
from chassis.timers import Timers
from chassis.vault import Vault
from services.plaatsing.service import SERVICE
from tests.plaatsing.begeleid import Plaatser
from tests.plaatsing.hulp import Keten

ISSUER, AUDIENCE = "https://issuer.example", "https://api.meedoen.example"
SCOPES = ("plaatsing.lezen", "plaatsing.schrijven")

Klant = Callable[..., httpx2.AsyncClient]


@pytest.fixture(scope="session")
def plaatsing_url(postgres_beheer_url: str) -> Iterator[str]:
    """Address of the role of plaatsing, its schema in place."""
    name = f"plaatsing_{uuid.uuid4().hex}"

    async def admin(statement: str) -> None:
        connection = await asyncpg.connect(postgres_beheer_url)
        await connection.execute(statement)
        await connection.close()

    asyncio.run(admin(f"CREATE DATABASE {name}"))
    url = urlunsplit(urlsplit(postgres_beheer_url)._replace(path=f"/{name}"))
    asyncio.run(prepare(url, SERVICE.package, "proef"))
    yield service_url(url, SERVICE.name, "proef")
    asyncio.run(admin(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
def klok() -> MovableClock:
    """It stands still: what a test records without moving it has no order."""
    return MovableClock(datetime(2026, 4, 20, 9, tzinfo=UTC))


@pytest.fixture
async def database(plaatsing_url: str, klok: MovableClock) -> AsyncIterator[Database]:
    sleutels = Vault(KeyRing.from_json(KeyRing.generate_json()))
    async with Database(
        "plaatsing", plaatsing_url, clock=klok, pool_size=25, vault=sleutels
    ) as database:
        yield database


@pytest.fixture
def timers(database: Database) -> Timers:
    return Timers(database, SERVICE.deadlines)


@pytest.fixture
def keten(database: Database) -> Keten:
    return Keten(database)


@pytest.fixture(scope="session")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> DevelopmentIssuer:
    key = tmp_path_factory.mktemp("issuer") / "key.json"
    return DevelopmentIssuer(key, environment="test", issuer=ISSUER, audience=AUDIENCE)


@pytest.fixture
def app(database: Database, issuer: DevelopmentIssuer) -> FastAPI:
    verifier = TokenVerifier(
        [TokenIssuer(issuer=ISSUER, jwks_uri="")], audience=AUDIENCE, fetch=issuer.fetch
    )
    return SERVICE.api(database, verifier, {})


@pytest.fixture
async def klant(app: FastAPI, issuer: DevelopmentIssuer) -> AsyncIterator[Klant]:
    """Opens a client of an organisation; by default with every right the API knows."""
    clients = []

    def open_client(
        organisatie: str, rol: str | None = None, scopes: tuple[str, ...] = SCOPES
    ) -> httpx2.AsyncClient:
        rol = rol or ("accountmanager" if organisatie == "wsd" else "klantmanager")
        client = httpx2.AsyncClient(
            transport=httpx2.ASGITransport(app),
            base_url="https://api.meedoen.example/plaatsing/v1",
            headers={"Authorization": f"Bearer {issuer.token(organisatie, rol, scopes)}"},
        )
        clients.append(client)
        return client

    yield open_client
    for client in clients:
        await client.aclose()


@pytest.fixture
def plaats(
    klant: Klant, database: Database, klok: MovableClock, timers: Timers, keten: Keten
) -> Plaatser:
    """Makes placements that have begun, to guide."""
    return Plaatser(klant, database, klok, timers, keten)
