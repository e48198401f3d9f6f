"""Puts the gateway together; nothing else does."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from typing import Final

from fastapi import FastAPI
from starlette.types import ASGIApp

from chassis.access import TokenVerifier
from chassis.bus.protocol import Bus
from chassis.consumer import Consumer
from chassis.database import Database
from chassis.runtime import Runtime, Service, background, forget_answers
from chassis.web import create_app
from chassis.web.app import ONE_MEGABYTE
from chassis.web.edge import Edge
from chassis.web.health import Check
from contracts.bulk import BULK_BYTES, BULK_PAD
from gateway.abonnementen import api as abonnementen
from gateway.abonnementen import toestemming
from gateway.abonnementen.afleveren import Afleveraar
from gateway.abonnementen.bezorger import Bezorgers
from gateway.abonnementen.zenden import Verzender
from gateway.entry import Entry
from gateway.gebeurtenissen import api, bewaren, feed, stroom
from gateway.gebeurtenissen.wekker import WEKKER
from gateway.gezondheid import Gezondheid, is_ready
from gateway.portaal import portal

VERSION: Final = "0.1.0"
FEED: Final = "gebeurtenissen"


def feed_api(database: Database, access: TokenVerifier, checks: Mapping[str, Check]) -> FastAPI:
    """The API of the event feed, under ``/gebeurtenissen/v1``."""
    return create_app(
        service=FEED,
        title="Meedoen gebeurtenissen",
        description="Wat er gebeurt in de participatieketen, voor uw organisatie: in volgorde van "
        "binnenkomst, als CloudEvents volgens het NL GOV-profiel.",
        version="1.0.0",
        routers=[api.router, stroom.router, abonnementen.router],
        tags={
            "Gebeurtenissen": "De gebeurtenissen die uw organisatie mag zien.",
            abonnementen.TAG: abonnementen.BESCHRIJVING,
        },
        database=database,
        access=access,
        checks=checks,
        consumer=Consumer(database, every=feed.neem_op),
    )


SERVICE: Final = Service(name="gateway", package="gateway", api=feed_api, every=feed.neem_op)
"""What it hears and keeps, like any service; ``Gateway`` adds the door."""


class Gateway:
    """The gateway on a database and a bus that are already open.

    ``app`` is for the outside; ``internal`` answers whoever runs the platform (the readiness and
    metrics of the gateway itself) and the two must not share a port.
    """

    def __init__(
        self,
        database: Database,
        bus: Bus,
        access: TokenVerifier,
        *,
        oin: str,
        services: Mapping[str, ASGIApp],
        verzender: Verzender,
        publiek: str,
        development: Mapping[str, ASGIApp] | None = None,
        bewaartermijn: timedelta = bewaren.GEWOONLIJK,
    ) -> None:
        """services: by name, each an app in this process or a ReverseProxy that is open.

        verzender: what sends webhooks, open. publiek: ``https://`` address of this gateway.
        development: by first segment, what only the local run has, such as the token issuer.
        bewaartermijn: how long the feed is kept.
        """
        self._database = database
        self._bewaartermijn = bewaartermijn
        self._runtime = Runtime(SERVICE, database, bus, access, oin=oin)
        self.internal = self._runtime.app
        afleveraar = Afleveraar(verzender, database.clock, publiek)
        self.internal.state.afleveraar = afleveraar
        self.internal.state.oin = oin
        self._bezorgers = Bezorgers(database, afleveraar)
        behind: dict[str, ASGIApp] = {**services, FEED: self.internal}
        checks: dict[str, Check] = {
            "gateway": _is_alive,
            **{name: is_ready(name, app) for name, app in behind.items()},
            "database": database.ready,
            "berichtenbus": bus.ready,
        }
        health = Gezondheid(checks, clock=database.clock)
        entry = Entry(
            services=behind,
            access=access,
            portal=portal(has_development_issuer=bool(development)),
            open_apps={
                "gezondheid": health,
                toestemming.NAAM: toestemming.app(database),
                **(development or {}),
            },
        )
        self.app: ASGIApp = Edge(
            entry,
            service="gateway",
            version=VERSION,
            max_body_size=ONE_MEGABYTE,
            larger_bodies={BULK_PAD: BULK_BYTES},
        )

    @contextlib.asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        """Take in events, and send them on, until the block ends."""
        work = [
            bewaren.verwijder_wat_verviel(self._database, self._bewaartermijn),
            forget_answers(self._database),
            self._bezorgers.run(),
        ]
        if self._database.has_other_processes:
            work.append(WEKKER.join(self._database))
        with WEKKER.open():
            async with background(*work), self._runtime.working():
                yield

    def stop_waiting(self) -> None:
        """End what would otherwise go on: who waits for events is told that there are none yet."""
        WEKKER.close()


async def _is_alive() -> None:
    return
