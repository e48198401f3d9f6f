"""Puts plaatsing together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from fastapi import FastAPI

from chassis.access import TokenVerifier
from chassis.consumer import Consumer
from chassis.database import Database
from chassis.runtime import Service
from chassis.web import create_app
from chassis.web.health import Check
from chassis.web.problems import domain_statuses
from services.plaatsing.api import ROUTERS, TAGS
from services.plaatsing.domain.fouten import DomeinFout
from services.plaatsing.reactions import KANDIDATEN, REACTIONS
from services.plaatsing.store.termijnen import TERMIJNEN
from services.plaatsing.use_cases.bewaak_termijn import bij_einde


def api(database: Database, access: TokenVerifier, checks: Mapping[str, Check]) -> FastAPI:
    """The REST API on a database."""
    return create_app(
        service="plaatsing",
        title="Meedoen plaatsing",
        description=(
            "Een kandidaat gaat aan het werk: op proef, in dienst met loonkostensubsidie, beschut, "
            "gedetacheerd, onbetaald of regulier, en stroomt door tot de uitstroom."
        ),
        version="1.0.0",
        routers=ROUTERS,
        tags=TAGS,
        database=database,
        access=access,
        domain_errors=domain_statuses(DomeinFout),
        checks=checks,
        consumer=Consumer(database, REACTIONS),
    )


SERVICE: Final = Service(
    name="plaatsing",
    package="services.plaatsing",
    api=api,
    reactions=REACTIONS,
    deadlines={TERMIJNEN.einde: bij_einde},
    projections=(KANDIDATEN,),
)
