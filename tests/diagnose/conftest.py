"""Diagnose on a real PostgreSQL, and clients of whoever a test needs.

The database is shared by all tests here: a test makes its own dossiers.
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
from services.diagnose.service import SERVICE
from tests.diagnose.gebruikers import Diagnose
from tests.dienst import PASSWORD, Klant, klanten, prepared_database, token_verifier

SCOPES = ("diagnose.lezen", "diagnose.schrijven")


@pytest.fixture(scope="session")
def diagnose_beheer_url(postgres_beheer_url: str) -> Iterator[str]:
    """Administrator's address of a database with the tables of diagnose."""
    with prepared_database(postgres_beheer_url, SERVICE.package) as url:
        yield url


@pytest.fixture
def klok() -> MovableClock:
    """It stands still: what a test records without moving it has no order."""
    return MovableClock(datetime(2026, 11, 20, 9, tzinfo=UTC))


@pytest.fixture
async def database(
    diagnose_beheer_url: str, klok: MovableClock, sleutels: KeyRing
) -> AsyncIterator[Database]:
    url = service_url(diagnose_beheer_url, SERVICE.name, PASSWORD)
    async with Database(
        SERVICE.name, url, clock=klok, pool_size=25, vault=Vault(sleutels)
    ) as database:
        yield database


@pytest.fixture
def app(database: Database, issuer: DevelopmentIssuer) -> FastAPI:
    return SERVICE.api(database, token_verifier(issuer), {})


@pytest.fixture
async def klant(app: FastAPI, issuer: DevelopmentIssuer) -> AsyncIterator[Klant]:
    """Opens a client of an organisation; by default with every right the API knows."""
    async with klanten(
        app, SERVICE, issuer, rol_van_wsd="trajectconsulent", scopes=SCOPES
    ) as open_client:
        yield open_client


@pytest.fixture
def diagnose(klant: Klant, database: Database, klok: MovableClock) -> Diagnose:
    """Diagnose as its users see it, with what they do most often."""
    return Diagnose(klant, database, klok, Timers(database, SERVICE.deadlines))
