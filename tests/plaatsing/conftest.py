"""Plaatsing on a real PostgreSQL, and clients of whoever a test needs.

The database is shared by all tests here: a test makes its own kandidaten and werkplekken.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime

import pytest
from fastapi import FastAPI

from chassis.access import DevelopmentIssuer
from chassis.clock import MovableClock
from chassis.database import Database
from chassis.encryption import KeyRing
from chassis.migrations import service_url
from chassis.timers import Timers
from chassis.vault import Vault
from services.plaatsing.service import SERVICE
from tests.dienst import PASSWORD, Klant, klanten, prepared_database, token_verifier
from tests.plaatsing.begeleid import Plaatser
from tests.plaatsing.hulp import Keten

SCOPES = ("plaatsing.lezen", "plaatsing.schrijven")


@pytest.fixture(scope="session")
def plaatsing_url(postgres_beheer_url: str) -> Iterator[str]:
    """Address of the role of plaatsing, its schema in place."""
    with prepared_database(postgres_beheer_url, SERVICE.package) as url:
        yield service_url(url, SERVICE.name, PASSWORD)


@pytest.fixture
def klok() -> MovableClock:
    """It stands still: what a test records without moving it has no order."""
    return MovableClock(datetime(2026, 4, 20, 9, tzinfo=UTC))


@pytest.fixture
async def database(
    plaatsing_url: str, klok: MovableClock, sleutels: KeyRing
) -> AsyncIterator[Database]:
    async with Database(
        SERVICE.name, plaatsing_url, clock=klok, pool_size=25, vault=Vault(sleutels)
    ) as database:
        yield database


@pytest.fixture
def timers(database: Database) -> Timers:
    return Timers(database, SERVICE.deadlines)


@pytest.fixture
def keten(database: Database) -> Keten:
    return Keten(database)


@pytest.fixture
def app(database: Database, issuer: DevelopmentIssuer) -> FastAPI:
    return SERVICE.api(database, token_verifier(issuer), {})


@pytest.fixture
async def klant(app: FastAPI, issuer: DevelopmentIssuer) -> AsyncIterator[Klant]:
    """Opens a client of an organisation; by default with every right the API knows."""
    async with klanten(
        app, SERVICE, issuer, rol_van_wsd="accountmanager", scopes=SCOPES
    ) as open_client:
        yield open_client


@pytest.fixture
def plaats(
    klant: Klant, database: Database, klok: MovableClock, timers: Timers, keten: Keten
) -> Plaatser:
    """Makes placements that have begun, to guide."""
    return Plaatser(klant, database, klok, timers, keten)
