"""Puts diagnose together."""

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
from services.diagnose.api import ROUTERS, TAGS
from services.diagnose.beslistabellen import beslistabellen
from services.diagnose.domain.fouten import DomeinFout
from services.diagnose.reactions import REACTIONS
from services.diagnose.store.termijnen import TERMIJNEN
from services.diagnose.use_cases.bewaak_termijn import bij_einde


def api(database: Database, access: TokenVerifier, checks: Mapping[str, Check]) -> FastAPI:
    """The REST API on a database. Raises BeslistabelFout: no start with a table that is wrong."""
    beslistabellen()
    return create_app(
        service="diagnose",
        title="Meedoen diagnose",
        description=(
            "WSD onderzoekt wat een kandidaat kan, met een ZRM en een loonwaardemeting, en "
            "adviseert de gemeente."
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
    name="diagnose",
    package="services.diagnose",
    api=api,
    reactions=REACTIONS,
    deadlines={TERMIJNEN.einde: bij_einde},
)
