"""Financiering on a real PostgreSQL, with tokens of whoever a test needs."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import httpx2
import pytest

from chassis.access import DevelopmentIssuer, TokenVerifier
from chassis.clock import NEDERLAND, MovableClock
from chassis.database import Database
from chassis.migrations import prepare, service_url
from chassis.settings import TokenIssuer
from services.financiering.domain import werkgeverslasten
from services.financiering.domain import wettelijk_minimumloon as minimumloon
from services.financiering.domain.wettelijk_minimumloon import Minimumloonrij
from services.financiering.service import SERVICE
from tests.financiering.omgeving import BOXTEL, Omgeving

ISSUER, AUDIENCE = "https://issuer.example", "https://api.meedoen.example"

_LEEG = """
TRUNCATE financiering.kandidaat, financiering.outbox, financiering.termijn, financiering.positie,
    financiering.stroom, financiering.geparkeerd, financiering.verwerking CASCADE
"""

Client = Callable[..., httpx2.AsyncClient]


@pytest.fixture(scope="session")
def beheer_url(postgres_beheer_url: str) -> Iterator[str]:
    """Administrator's address of a database with the tables of financiering."""
    naam = f"financiering_{uuid.uuid4().hex}"

    async def beheer(opdracht: str) -> None:
        verbinding = await asyncpg.connect(postgres_beheer_url)
        await verbinding.execute(opdracht)
        await verbinding.close()

    asyncio.run(beheer(f"CREATE DATABASE {naam}"))
    url = urlunsplit(urlsplit(postgres_beheer_url)._replace(path=f"/{naam}"))
    asyncio.run(prepare(url, SERVICE.package, "proef"))
    yield url
    asyncio.run(beheer(f"DROP DATABASE {naam} WITH (FORCE)"))


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(datetime(2026, 12, 7, 9, tzinfo=NEDERLAND))


@pytest.fixture
async def database(beheer_url: str, clock: MovableClock) -> AsyncIterator[Database]:
    verbinding = await asyncpg.connect(beheer_url)
    await verbinding.execute(_LEEG)
    await verbinding.close()
    url = service_url(beheer_url, SERVICE.name, "proef")
    async with Database(SERVICE.name, url, clock=clock) as database:
        yield database


@pytest.fixture
def omgeving(database: Database, clock: MovableClock) -> Omgeving:
    return Omgeving(database, clock)


@pytest.fixture
def bedragen_2027(monkeypatch: pytest.MonkeyPatch) -> None:
    """A release in which the figures of 2027 are known (made up for the test)."""
    rij = Minimumloonrij(date(2027, 1, 1), Decimal("2400.00"), None, "verzonnen voor de test")
    eind = date(2028, 1, 1)
    monkeypatch.setattr(minimumloon, "MINIMUMLOON", (*minimumloon.MINIMUMLOON, rij))
    monkeypatch.setattr(minimumloon, "MINIMUMLOON_BEKEND_TOT", eind)
    monkeypatch.setattr(werkgeverslasten, "WERKGEVERSLASTEN_BEKEND_TOT", eind)


@pytest.fixture(scope="session")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> DevelopmentIssuer:
    key = tmp_path_factory.mktemp("issuer") / "key.json"
    return DevelopmentIssuer(key, environment="test", issuer=ISSUER, audience=AUDIENCE)


@pytest.fixture
async def client(database: Database, issuer: DevelopmentIssuer) -> AsyncIterator[Client]:
    """Opens a client of an organisation, in a role with the right to read."""
    verifier = TokenVerifier(
        [TokenIssuer(issuer=ISSUER, jwks_uri="")], audience=AUDIENCE, fetch=issuer.fetch
    )
    app = SERVICE.api(database, verifier, {})
    clients = []

    def open_client(
        organisatie: str = BOXTEL, scopes: tuple[str, ...] = ("financiering.lezen",)
    ) -> httpx2.AsyncClient:
        token = issuer.token(organisatie, "klantmanager", scopes)
        client = httpx2.AsyncClient(
            transport=httpx2.ASGITransport(app, raise_app_exceptions=False),
            base_url="https://api.meedoen.example/financiering/v1",
            headers={"Authorization": f"Bearer {token}"},
        )
        clients.append(client)
        return client

    yield open_client
    for client in clients:
        await client.aclose()
