"""A service as a process of its own: ``python -m services.<name>``."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator

import structlog
import uvloop

from chassis import telemetry
from chassis.access import TokenVerifier
from chassis.bus.kafka import KafkaBus
from chassis.clock import Clock
from chassis.database import Database, is_transient
from chassis.encryption import KeyRing
from chassis.retry import Backoff
from chassis.runtime import Runtime, Service
from chassis.server import serve
from chassis.settings import ProcessSettings
from chassis.vault import Vault

log = structlog.get_logger(__name__)


def main(service: Service, *, clock: Clock | None = None) -> None:
    """Run until SIGTERM or SIGINT, with the settings of the environment.

    clock: another one than the machine's, for who must see what a term does when it passes.
    """
    settings = ProcessSettings()
    telemetry.configure(settings.logniveau)
    uvloop.run(_run(service, settings, clock))


async def _run(service: Service, settings: ProcessSettings, clock: Clock | None) -> None:
    bus = KafkaBus(
        settings.kafka_bootstrap,
        client_id=service.group,
        instance=settings.instantie,
        security=settings.kafka,
    )
    try:
        async with open_database(service.name, settings, clock=clock) as database:
            runtime = Runtime(
                service,
                database,
                bus,
                TokenVerifier(settings.token_issuers, audience=settings.token_audience),
                oin=settings.oin,
                tasks=settings.taken,
            )
            async with runtime.working():
                await serve((runtime.app, settings.luister))
    finally:
        await bus.close()


@contextlib.asynccontextmanager
async def open_database(
    name: str, settings: ProcessSettings, *, clock: Clock | None = None
) -> AsyncIterator[Database]:
    """The database of a service, as soon as the server is there."""
    backoff = Backoff()
    while True:
        database = Database(
            name,
            settings.database_url.get_secret_value(),
            clock=clock,
            wake_other_processes=True,
            vault=Vault(KeyRing.from_json(settings.sleutels.get_secret_value())),
        )
        try:
            await database.__aenter__()
            break
        except Exception as error:
            if not is_transient(error):
                raise
            log.warning("wacht_op_database", dienst=name, fout=type(error).__name__)
            await backoff.wait()
    try:
        yield database
    finally:
        await database.__aexit__(None, None, None)
