"""The whole chain in one process: four services and the gateway on one embedded PostgreSQL."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from starlette.types import ASGIApp

from chassis.access import TokenVerifier
from chassis.access.development_issuer import DevelopmentIssuer
from chassis.bus.in_process import InProcessBus
from chassis.clock import Clock
from chassis.database import Database
from chassis.encryption import KeyRing
from chassis.migrations import prepare, service_url
from chassis.runtime import Runtime, Service, expected_groups
from chassis.settings import Omgeving, TokenIssuer
from chassis.vault import Vault
from deploy import werkaanbod
from deploy.lokaal.geheimen import Geheimen
from deploy.lokaal.toegang import rollen_van
from deploy.regio import SERVICES
from gateway import ontwikkeluitgever
from gateway.abonnementen.zenden import Verzender
from gateway.service import SERVICE as GATEWAY
from gateway.service import Gateway
from services.plaatsing.service import SERVICE as PLAATSING

OIN: Final = "00000099000000001000"
UITGEVER: Final = "https://ontwikkel.meedoen.example"
PUBLIEK: Final = "https://api.meedoen.example"
ALLES: Final[tuple[Service, ...]] = (*SERVICES, GATEWAY)


@dataclass(frozen=True)
class Keten:
    """A running chain. databases: by service, the gateway's too; runtimes: by service."""

    gateway: Gateway
    bus: InProcessBus
    uitgever: DevelopmentIssuer
    databases: dict[str, Database]
    runtimes: dict[str, Runtime]

    @property
    def app(self) -> ASGIApp:
        """What the outside sees."""
        return self.gateway.app

    def token(self, organisatie: str, rol: str) -> str:
        """A token for a role of an organisation (gemeentecode or ``wsd``)."""
        return self.uitgever.token(organisatie, rol, rollen_van(organisatie)[rol])


async def laad_eerste_gegevens(beheer_url: str, geheimen: Geheimen) -> None:
    """What WSD itself offers, for who looks at a first run; on a database that was prepared."""
    url = service_url(beheer_url, PLAATSING.name, geheimen.wachtwoorden[PLAATSING.name])
    await werkaanbod.laad(url, werkaanbod.OEFENNUMMERS)


async def bereid_voor(
    beheer_url: str, geheimen: Geheimen, *, meld: Callable[[str], None] = lambda _: None
) -> None:
    """Make or bring up to date the role, schema and tables of every service."""
    for service in ALLES:
        meld(service.name)
        await prepare(beheer_url, service.package, geheimen.wachtwoorden[service.name])


@contextlib.asynccontextmanager
async def keten(
    beheer_url: str,
    geheimen: Geheimen,
    map_: Path,
    *,
    clock: Clock | None = None,
    verzender: Verzender | None = None,
) -> AsyncIterator[Keten]:
    """Run everything until the block ends, on a database that was prepared.

    verzender: what sends webhooks; the usual one sends to public addresses only.
    """
    uitgever = DevelopmentIssuer(
        map_ / "ontwikkelsleutel.json",
        environment=Omgeving.ONTWIKKELING,
        issuer=UITGEVER,
        audience=PUBLIEK,
    )
    access = TokenVerifier(
        [TokenIssuer(issuer=UITGEVER, jwks_uri=f"{UITGEVER}/jwks.json")],
        audience=PUBLIEK,
        fetch=uitgever.fetch,
    )
    vault = Vault(KeyRing.from_json(geheimen.sleutels))
    bus = InProcessBus(expected_groups(ALLES))
    async with contextlib.AsyncExitStack() as stack:
        databases = {
            service.name: await stack.enter_async_context(
                Database(
                    service.name,
                    service_url(beheer_url, service.name, geheimen.wachtwoorden[service.name]),
                    clock=clock,
                    vault=vault,
                )
            )
            for service in ALLES
        }
        runtimes = {
            service.name: Runtime(service, databases[service.name], bus, access, oin=OIN)
            for service in SERVICES
        }
        if verzender is None:
            verzender = await stack.enter_async_context(Verzender(clock=clock))
        gateway = Gateway(
            databases[GATEWAY.name],
            bus,
            access,
            oin=OIN,
            services={name: runtime.app for name, runtime in runtimes.items()},
            verzender=verzender,
            publiek=PUBLIEK,
            development={
                ontwikkeluitgever.NAAM: ontwikkeluitgever.app(
                    uitgever, rollen_van, omgeving=Omgeving.ONTWIKKELING
                )
            },
        )
        await stack.enter_async_context(gateway.working())
        for runtime in runtimes.values():
            await stack.enter_async_context(runtime.working())
        yield Keten(gateway, bus, uitgever, databases, runtimes)
