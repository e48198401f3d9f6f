"""A real PostgreSQL database with the tables of the test services."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import asyncpg
import pytest

from chassis.database import Database
from chassis.migrations import service_url
from tests.dienst import PASSWORD, new_database, prepared_database

TABLES = (
    *("stroom", "outbox", "positie", "geparkeerd", "overgeslagen", "termijn", "verwerking"),
    *("eenmalig", "gezien", "houder"),
)
DIENSTEN = ("proefdienst", "luisterdienst")


@pytest.fixture
async def database_url(postgres_beheer_url: str) -> AsyncIterator[str]:
    """Administrator's address of a new, empty database."""
    async with new_database(postgres_beheer_url) as url:
        yield url


@pytest.fixture(scope="session")
def _proef_database(postgres_beheer_url: str) -> Iterator[str]:
    """One database with the test services' schemas: making one per test takes a checkpoint each."""
    packages = (f"tests.chassis.{dienst}" for dienst in DIENSTEN)
    with prepared_database(postgres_beheer_url, *packages) as url:
        yield url


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
