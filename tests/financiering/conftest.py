"""Financiering on a real PostgreSQL, with tokens of whoever a test needs."""

from collections.abc import AsyncIterator, Callable, Iterator
from datetime import date, datetime
from decimal import Decimal

import asyncpg
import httpx2
import pytest

from chassis.access import DevelopmentIssuer
from chassis.clock import NEDERLAND, MovableClock
from chassis.database import Database
from chassis.encryption import KeyRing
from chassis.migrations import service_url
from chassis.vault import Vault
from services.financiering.domain import werkgeverslasten
from services.financiering.domain import wettelijk_minimumloon as minimumloon
from services.financiering.domain.wettelijk_minimumloon import Minimumloonrij
from services.financiering.service import SERVICE
from tests.dienst import PASSWORD, prepared_database, token_verifier
from tests.financiering.omgeving import BOXTEL, Omgeving

_LEEG = """
TRUNCATE financiering.contractspecificatie, financiering.factuurjaar, financiering.scenario,
    financiering.kandidaat, financiering.rekening, financiering.indexatie, financiering.outbox,
    financiering.termijn, financiering.positie, financiering.stroom, financiering.geparkeerd,
    financiering.verwerking, financiering.budget, financiering.werkgever_van_wsd,
    financiering.macrocijfer CASCADE
"""

Client = Callable[..., httpx2.AsyncClient]


@pytest.fixture(scope="session")
def beheer_url(postgres_beheer_url: str) -> Iterator[str]:
    """Administrator's address of a database with the tables of financiering."""
    with prepared_database(postgres_beheer_url, SERVICE.package) as url:
        yield url


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(datetime(2026, 12, 7, 9, tzinfo=NEDERLAND))


@pytest.fixture
async def database(beheer_url: str, clock: MovableClock) -> AsyncIterator[Database]:
    verbinding = await asyncpg.connect(beheer_url)
    await verbinding.execute(_LEEG)
    await verbinding.close()
    url = service_url(beheer_url, SERVICE.name, PASSWORD)
    kluis = Vault(KeyRing.from_json(KeyRing.generate_json()))
    async with Database(SERVICE.name, url, clock=clock, vault=kluis) as database:
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


@pytest.fixture
async def client(database: Database, issuer: DevelopmentIssuer) -> AsyncIterator[Client]:
    """Opens a client of an organisation, in a role with the right to read."""
    app = SERVICE.api(database, token_verifier(issuer), {})
    clients = []

    def open_client(
        organisatie: str = BOXTEL,
        scopes: tuple[str, ...] = ("financiering.lezen",),
        rol: str = "klantmanager",
    ) -> httpx2.AsyncClient:
        token = issuer.token(organisatie, rol, scopes)
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
