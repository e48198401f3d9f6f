"""The gateway as a process with the development issuer: ``python -m deploy.lokaal.poort``.

For a local run in separate processes and for docker compose; a real deployment runs
``python -m gateway`` and trusts the authorization servers of the organisations.
"""

from __future__ import annotations

from pathlib import Path

import uvloop

from chassis import telemetry
from chassis.access.development_issuer import DevelopmentIssuer
from chassis.clock import Clock
from deploy.lokaal.toegang import rollen_van
from gateway import ontwikkeluitgever
from gateway.__main__ import main
from gateway.settings import GatewaySettings


class PoortSettings(GatewaySettings):
    """The settings of the gateway, and where the key of the development issuer is kept."""

    ontwikkelsleutel: Path


def draai(*, clock: Clock | None = None) -> None:
    """Run until SIGTERM or SIGINT, with the settings of the environment."""
    settings = PoortSettings()
    telemetry.configure(settings.logniveau)
    uitgever = DevelopmentIssuer(
        settings.ontwikkelsleutel,
        environment=settings.omgeving,
        issuer=settings.token_issuers[0].issuer,
        audience=settings.token_audience,
    )
    development = {
        ontwikkeluitgever.NAAM: ontwikkeluitgever.app(
            uitgever, rollen_van, omgeving=settings.omgeving
        )
    }
    uvloop.run(main(settings, development=development, clock=clock))


if __name__ == "__main__":
    draai()
