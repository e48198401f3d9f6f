"""A real PostgreSQL database with the tables of the test services."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import pytest

from chassis.database import Database
from chassis.migrations import prepare, service_url

PASSWORD = "proef"
TABLES = (
    *("stroom", "outbox", "positie", "geparkeerd", "overgeslagen", "termijn", "verwerking"),
    *("eenmalig", "gezien", "houder"),
)
DIENSTEN = ("proefdienst", "luisterdienst")


def database_in(url: str, name: str) -> str:
    """Address of another database on the same server."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


@asynccontextmanager
async def new_database(server: str) -> AsyncIterator[str]:
    name = f"proef_{uuid.uuid4().hex}"
    admin = await asyncpg.connect(server)
    try:
        await admin.execute(f"CREATE DATABASE {name}")
        yield database_in(server, name)
    finally:
        await admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        await admin.close()


@pytest.fixture
async def database_url(postgres_beheer_url: str) -> AsyncIterator[str]:
    """Administrator's address of a new, empty database."""
    async with new_database(postgres_beheer_url) as url:
        yield url


@pytest.fixture(scope="session")
def _proef_database(postgres_beheer_url: str) -> Iterator[str]:
    """One database with the test services' schemas: making one per test takes a checkpoint each."""
    with asyncio.Runner() as runner:
        context = new_database(postgres_beheer_url)
        url = runner.run(context.__aenter__())
        for dienst in DIENSTEN:
            runner.run(prepare(url, f"tests.chassis.{dienst}", PASSWORD))
        yield url
        runner.run(context.__aexit__(None, None, None))


@pytest.fixture
async def proef_beheer_url(_proef_database: str) -> str:
    """Administrator's address of a database with the test services' tables, all empty."""
    admin = await asyncpg.connect(_proef_database)
    tables = [f"{d}.{t}" for d in DIENSTEN for t in TABLES]
    await admin.execute(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY")
    await admin.close()
    return _proef_database


@pytest.fixture
def proef_url(proef_beheer_url: str) -> str:
    """Address of the test service's own role, its schema in place."""
    return service_url(proef_beheer_url, "proefdienst", PASSWORD)


@pytest.fixture
def luister_url(proef_beheer_url: str) -> str:
    """Address of the listening service's own role, in the same database."""
    return service_url(proef_beheer_url, "luisterdienst", PASSWORD)


@pytest.fixture
async def database(proef_url: str) -> AsyncIterator[Database]:
    async with Database("proefdienst", proef_url) as database:
        yield database


@pytest.fixture
async def luister_database(luister_url: str) -> AsyncIterator[Database]:
    async with Database("luisterdienst", luister_url) as database:
        yield database


@pytest.fixture
async def beheer(
    proef_beheer_url: str,
) -> AsyncIterator[asyncpg.Connection[asyncpg.Record]]:
    """A superuser's connection to the test service's schema, who sees every row."""
    connection = await asyncpg.connect(
        proef_beheer_url, server_settings={"search_path": "proefdienst"}
    )
    yield connection
    await connection.close()
