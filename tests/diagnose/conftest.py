"""Diagnose on a real PostgreSQL, and clients of whoever a test needs.

The database is shared by all tests here: a test makes its own dossiers.
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
from services.diagnose.service import SERVICE
from tests.diagnose.gebruikers import Diagnose

ISSUER, AUDIENCE = "https://issuer.example", "https://api.meedoen.example"
SCOPES = ("diagnose.lezen", "diagnose.schrijven")

Klant = Callable[..., httpx2.AsyncClient]


@pytest.fixture(scope="session")
def diagnose_beheer_url(postgres_beheer_url: str) -> Iterator[str]:
    """Administrator's address of a database with the tables of diagnose."""
    name = f"diagnose_{uuid.uuid4().hex}"

    async def admin(statement: str) -> None:
        connection = await asyncpg.connect(postgres_beheer_url)
        await connection.execute(statement)
        await connection.close()

    asyncio.run(admin(f"CREATE DATABASE {name}"))
    url = urlunsplit(urlsplit(postgres_beheer_url)._replace(path=f"/{name}"))
    asyncio.run(prepare(url, SERVICE.package, "proef"))
    yield url
    asyncio.run(admin(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
def klok() -> MovableClock:
    """It stands still: what a test records without moving it has no order."""
    return MovableClock(datetime(2026, 11, 20, 9, tzinfo=UTC))


@pytest.fixture(scope="session")
def sleutels() -> KeyRing:
    return KeyRing.from_json(KeyRing.generate_json())


@pytest.fixture
async def database(
    diagnose_beheer_url: str, klok: MovableClock, sleutels: KeyRing
) -> AsyncIterator[Database]:
    url = service_url(diagnose_beheer_url, SERVICE.name, "proef")
    async with Database(
        SERVICE.name, url, clock=klok, pool_size=25, vault=Vault(sleutels)
    ) as database:
        yield database


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
        rol = rol or ("trajectconsulent" if organisatie == "wsd" else "klantmanager")
        client = httpx2.AsyncClient(
            transport=httpx2.ASGITransport(app),
            base_url="https://api.meedoen.example/diagnose/v1",
            headers={"Authorization": f"Bearer {issuer.token(organisatie, rol, scopes)}"},
            timeout=120.0,
        )
        clients.append(client)
        return client

    yield open_client
    for client in clients:
        await client.aclose()


@pytest.fixture
def diagnose(klant: Klant, database: Database, klok: MovableClock) -> Diagnose:
    """Diagnose as its users see it, with what they do most often."""
    return Diagnose(klant, database, klok, Timers(database, SERVICE.deadlines))
