"""Real PostgreSQL databases, one per test, with the tables of the test services."""

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
DIENSTEN = ("proefdienst", "luisterdienst")


def database_in(url: str, name: str) -> str:
    """Address of another database on the same server."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


@asynccontextmanager
async def new_database(server: str, template: str = "template1") -> AsyncIterator[str]:
    name = f"proef_{uuid.uuid4().hex}"
    admin = await asyncpg.connect(server)
    try:
        await admin.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
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
def proef_template(postgres_beheer_url: str) -> Iterator[str]:
    """Name of a database with the test services' schemas in place, to be copied."""
    name = f"proef_sjabloon_{uuid.uuid4().hex}"

    async def create() -> None:
        admin = await asyncpg.connect(postgres_beheer_url)
        await admin.execute(f"CREATE DATABASE {name}")
        await admin.close()
        for dienst in DIENSTEN:
            url = database_in(postgres_beheer_url, name)
            await prepare(url, f"tests.chassis.{dienst}", PASSWORD)

    async def drop() -> None:
        admin = await asyncpg.connect(postgres_beheer_url)
        await admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
        await admin.close()

    asyncio.run(create())
    yield name
    asyncio.run(drop())


@pytest.fixture
async def proef_beheer_url(postgres_beheer_url: str, proef_template: str) -> AsyncIterator[str]:
    """Administrator's address of a new database with the test services' tables."""
    async with new_database(postgres_beheer_url, proef_template) as url:
        yield url


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
