"""A database of its own for each run: the faults leave it in any state, and commits are slow."""

from __future__ import annotations

import os
import random
from collections.abc import AsyncIterator
from dataclasses import dataclass

import asyncpg
import pytest

from chassis.database import Database
from chassis.migrations import prepare, service_url
from tests.chassis.conftest import DIENSTEN
from tests.dienst import PASSWORD, new_database
from tests.faults.writers import SLOW_COMMITS_SQL


@dataclass(frozen=True)
class Store:
    """The database of a run: for who writes, for whom it may concern, and for who judges."""

    proef_url: str
    luister_url: str
    database: Database
    beheer: asyncpg.Connection[asyncpg.Record]


@pytest.fixture
async def store(postgres_beheer_url: str) -> AsyncIterator[Store]:
    async with new_database(postgres_beheer_url) as url:
        for dienst in DIENSTEN:
            await prepare(url, f"tests.chassis.{dienst}", PASSWORD)
        proef, luister = (service_url(url, dienst, PASSWORD) for dienst in DIENSTEN)
        beheer = await asyncpg.connect(url)
        await beheer.execute(SLOW_COMMITS_SQL)
        async with Database(
            "proefdienst", proef, pool_size=40, wake_other_processes=True
        ) as database:
            yield Store(proef, luister, database, beheer)
        await beheer.close()


@pytest.fixture
def seed() -> int:
    """Decides who writes what and who is killed when. MEEDOEN_ZAAD sets it."""
    seed = int(os.environ.get("MEEDOEN_ZAAD") or random.SystemRandom().randrange(10**6))
    print(f"MEEDOEN_ZAAD={seed}")
    return seed
