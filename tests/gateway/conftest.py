"""The gateway on a real PostgreSQL and the in-process bus, in front of stand-ins for services."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest

from chassis.bus.in_process import InProcessBus
from chassis.database import Database
from chassis.encryption import KeyRing
from chassis.migrations import service_url
from chassis.settings import Omgeving
from chassis.tenancy import SYSTEM
from chassis.vault import Vault
from contracts.afnemers import ORGANISATIES
from gateway import ontwikkeluitgever
from gateway.abonnementen.zenden import Verzender
from gateway.service import Gateway
from tests.dienst import PASSWORD, prepared_database
from tests.gateway.hulp import BASE, SCOPES, StandIn, Tokens, stand_ins

KEYS = KeyRing.generate_json()


UNKNOWN = "0344"
"""A gemeente that the development issuer does not know."""


@pytest.fixture(scope="session")
def gateway_url(postgres_beheer_url: str) -> Iterator[str]:
    """Address of the gateway's own role; one database for all tests of the gateway."""
    with prepared_database(postgres_beheer_url, "gateway") as url:
        yield service_url(url, "gateway", PASSWORD)


@pytest.fixture
async def database(gateway_url: str) -> AsyncIterator[Database]:
    async with Database("gateway", gateway_url, pool_size=25, vault=vault()) as database:
        await empty(database)
        yield database


async def empty(database: Database) -> None:
    """Take away what an earlier test left."""
    for organisation in (*ORGANISATIES, SYSTEM):
        async with database.unit_of_work(organisation) as uow:
            await uow.connection.execute(
                "DELETE FROM ontvangen; DELETE FROM teller; DELETE FROM positie;"
                "DELETE FROM geparkeerd; DELETE FROM abonnement; DELETE FROM eenmalig"
            )
            await uow.commit()


def vault() -> Vault:
    return Vault(KeyRing.from_json(KEYS))


@pytest.fixture(scope="session")
def tokens(tmp_path_factory: pytest.TempPathFactory) -> Tokens:
    return Tokens(tmp_path_factory.mktemp("issuer"))


@pytest.fixture
def bus() -> InProcessBus:
    return InProcessBus()


@pytest.fixture
def services() -> dict[str, StandIn]:
    return stand_ins()


@pytest.fixture
async def verzender() -> AsyncIterator[Verzender]:
    async with Verzender() as verzender:
        yield verzender


@pytest.fixture
async def gateway(
    database: Database,
    bus: InProcessBus,
    tokens: Tokens,
    services: dict[str, StandIn],
    verzender: Verzender,
) -> AsyncIterator[Gateway]:
    issuer = ontwikkeluitgever.app(
        tokens.issuer,
        lambda organisatie: {} if organisatie == UNKNOWN else {"klantmanager": SCOPES},
        omgeving=Omgeving.TEST,
    )
    gateway = Gateway(
        database,
        bus,
        tokens.verifier,
        oin="00000099000000001000",
        services=services,
        verzender=verzender,
        publiek=BASE,
        development={ontwikkeluitgever.NAAM: issuer},
    )
    async with gateway.working():
        # It consumes from its first turn on; before that the in-process bus carries nothing to it.
        await asyncio.sleep(0)
        yield gateway
