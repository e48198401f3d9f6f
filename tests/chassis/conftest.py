"""A real PostgreSQL database for one test, with the tables of the test service."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import pytest

from chassis.database import Database
from chassis.migrations import prepare, service_url

PASSWORD = "proef"


@pytest.fixture
async def database_url(postgres_beheer_url: str) -> AsyncIterator[str]:
    """Administrator's address of a new, empty database."""
    name = f"proef_{uuid.uuid4().hex}"
    admin = await asyncpg.connect(postgres_beheer_url)
    await admin.execute(f"CREATE DATABASE {name}")
    try:
        yield urlunsplit(urlsplit(postgres_beheer_url)._replace(path=f"/{name}"))
    finally:
        await admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
        await admin.close()


@pytest.fixture
async def proef_url(database_url: str) -> str:
    """Address of the test service's own role, its schema in place."""
    await prepare(database_url, "tests.chassis.proefdienst", PASSWORD)
    return service_url(database_url, "proefdienst", PASSWORD)


@pytest.fixture
async def database(proef_url: str) -> AsyncIterator[Database]:
    async with Database("proefdienst", proef_url) as database:
        yield database
