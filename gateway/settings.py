"""What a process of the gateway needs to know, next to what every service does."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, IPvAnyNetwork

from chassis.settings import ProcessSettings
from contracts.afnemers import DIENSTEN
from gateway.gebeurtenissen import bewaren


def _all_services(addresses: Mapping[str, str]) -> Mapping[str, str]:
    if addresses.keys() != set(DIENSTEN):
        raise ValueError(f"geef van elke dienst het adres: {', '.join(DIENSTEN)}")
    return addresses


class GatewaySettings(ProcessSettings):
    """The gateway as a process of its own."""

    diensten: Annotated[Mapping[str, str], AfterValidator(_all_services)]
    """Per service where it listens, as JSON: ``{"intake": "http://intake:8000", …}``."""
    feed_bewaardagen: Annotated[int, Field(ge=bewaren.MINSTENS.days)] = bewaren.GEWOONLIJK.days
    """How many days the feed is kept: thirteen months is promised."""
    luister_intern: str = "127.0.0.1:8001"
    """``host:port`` for whoever runs the platform: readiness and metrics of the gateway itself."""
    publiek_adres: Annotated[str, Field(pattern=r"^https://[a-z0-9.-]+(:[0-9]+)?$")] = (
        "https://api.meedoen.example"
    )
    """Where the outside reaches the gateway. Its host is the name by which receivers of webhooks
    know us."""
    webhook_netwerken: tuple[IPvAnyNetwork, ...] = ()
    """Networks that webhooks may go to although they are not public, as JSON: ``["10.1.0.0/16"]``.
    Link-local addresses and metadata services are never among them."""
    webhook_ca: Path | None = None
    """File with certificates (PEM) that receivers may have besides those of the system."""
