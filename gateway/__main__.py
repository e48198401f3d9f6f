"""The gateway as a process of its own: ``python -m gateway``, settings in ``MEEDOEN_*``."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from datetime import timedelta
from typing import Final

import uvloop
from starlette.types import ASGIApp

from chassis import telemetry
from chassis.access import TokenVerifier
from chassis.bus.kafka import KafkaBus
from chassis.clock import Clock
from chassis.process import open_database
from chassis.server import serve
from contracts.bulk import BULK_PAD, BULK_SECONDEN
from gateway.abonnementen.zenden import Verzender
from gateway.entry import ReverseProxy
from gateway.service import SERVICE, Gateway
from gateway.settings import GatewaySettings

PATIENCE: Final = {BULK_PAD: BULK_SECONDEN}
"""Where an answer may take longer than elsewhere, in seconds."""


async def main(
    settings: GatewaySettings,
    *,
    development: Mapping[str, ASGIApp] | None = None,
    clock: Clock | None = None,
) -> None:
    """Run until SIGTERM or SIGINT. development: what only a development environment opens.

    clock: another one than the machine's, for who must see what a term does when it passes.
    """
    bus = KafkaBus(
        settings.kafka_bootstrap,
        client_id=SERVICE.group,
        instance=settings.instantie,
        security=settings.kafka,
    )
    async with contextlib.AsyncExitStack() as stack:
        stack.push_async_callback(bus.close)
        database = await stack.enter_async_context(
            open_database(SERVICE.name, settings, clock=clock)
        )
        services: dict[str, ASGIApp] = {
            name: await stack.enter_async_context(ReverseProxy(name, address, patience=PATIENCE))
            for name, address in settings.diensten.items()
        }
        verzender = await stack.enter_async_context(
            Verzender(netwerken=settings.webhook_netwerken, ca=settings.webhook_ca, clock=clock)
        )
        access = TokenVerifier(settings.token_issuers, audience=settings.token_audience)
        gateway = Gateway(
            database,
            bus,
            access,
            oin=settings.oin,
            services=services,
            verzender=verzender,
            publiek=settings.publiek_adres,
            development=development,
            bewaartermijn=timedelta(days=settings.feed_bewaardagen),
        )
        await stack.enter_async_context(gateway.working())
        await serve(
            (gateway.app, settings.luister),
            (gateway.internal, settings.luister_intern),
            on_stop=gateway.stop_waiting,
        )


if __name__ == "__main__":
    settings = GatewaySettings()
    telemetry.configure(settings.logniveau)
    uvloop.run(main(settings))
