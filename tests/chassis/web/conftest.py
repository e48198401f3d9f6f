"""The sample service on a real PostgreSQL, and clients of two gemeenten."""

from collections.abc import AsyncIterator, Callable, Iterator

import httpx2
import pytest
from fastapi import FastAPI

from chassis.access import DevelopmentIssuer
from chassis.clock import MovableClock, SystemClock
from chassis.database import Database
from chassis.migrations import service_url
from tests.chassis.web.voorbeeld.api import make_app
from tests.dienst import AUDIENCE, PASSWORD, prepared_database, token_verifier

BASE = "/voorbeeld/v1"
BOXTEL, VUGHT = "0757", "0865"
SCOPES = ("taken.lezen", "taken.schrijven")


class Tokens:
    """Tokens for whoever a test needs."""

    def __init__(self, issuer: DevelopmentIssuer) -> None:
        self.issuer = issuer
        self.verifier = token_verifier(issuer)

    def header(
        self,
        organisation: str = BOXTEL,
        role: str = "klantmanager",
        scopes: tuple[str, ...] = SCOPES,
        client: str | None = None,
    ) -> dict[str, str]:
        token = self.issuer.token(organisation, role, scopes, client_id=client)
        return {"Authorization": f"Bearer {token}"}


Connect = Callable[..., httpx2.AsyncClient]


@pytest.fixture(scope="session")
def voorbeeld_url(postgres_beheer_url: str) -> Iterator[str]:
    """Address of the sample service's own role; one database for all tests of the web layer."""
    with prepared_database(postgres_beheer_url, "tests.chassis.web.voorbeeld") as url:
        yield service_url(url, "voorbeeld", PASSWORD)


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(SystemClock().now())


@pytest.fixture
async def database(voorbeeld_url: str, clock: MovableClock) -> AsyncIterator[Database]:
    async with Database("voorbeeld", voorbeeld_url, clock=clock, pool_size=25) as database:
        for organisation in (BOXTEL, VUGHT):
            async with database.unit_of_work(organisation) as uow:
                await uow.connection.execute(
                    "DELETE FROM taak; DELETE FROM eenmalig; DELETE FROM gezien"
                )
                await uow.commit()
        yield database


@pytest.fixture(scope="session")
def tokens(issuer: DevelopmentIssuer) -> Tokens:
    return Tokens(issuer)


@pytest.fixture
def app(database: Database, tokens: Tokens) -> FastAPI:
    return make_app(database, tokens.verifier)


@pytest.fixture
async def connect(tokens: Tokens) -> AsyncIterator[Connect]:
    """Opens a client of an app, with the headers of whoever calls."""
    clients = []

    def open_client(app: FastAPI, headers: dict[str, str] | None = None) -> httpx2.AsyncClient:
        client = httpx2.AsyncClient(
            transport=httpx2.ASGITransport(app, raise_app_exceptions=False),
            base_url=f"{AUDIENCE}{BASE}",
            headers=tokens.header() if headers is None else headers,
        )
        clients.append(client)
        return client

    yield open_client
    for client in clients:
        await client.aclose()


@pytest.fixture
def client(app: FastAPI, connect: Connect) -> httpx2.AsyncClient:
    """A klantmanager of Boxtel with all rights."""
    return connect(app)
