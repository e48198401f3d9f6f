"""Puts financiering together."""

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
from services.financiering.api import ROUTERS, TAGS
from services.financiering.domain.fouten import DomeinFout
from services.financiering.reactions import REACTIONS
from services.financiering.store.termijnen import TERMIJNEN
from services.financiering.use_cases.bewaak_termijn import VERVAL, bij_einde
from services.financiering.use_cases.herbeoordeel import HERBEOORDELING, bij_verstreken_termijn
from services.financiering.use_cases.reken_begeleiding_toe import (
    TOEREKENING,
    reken_begeleiding_toe,
)


def api(database: Database, access: TokenVerifier, checks: Mapping[str, Check]) -> FastAPI:
    """The REST API on a database."""
    return create_app(
        service="financiering",
        title="Meedoen financiering",
        description=(
            "Wat een plaatsing kost en wie betaalt: de loonkostensubsidie (LKS) van de "
            "Participatiewet per plaatsing en per maand, met de berekening stap voor stap; en wat "
            "trajecten kosten, met de facturen van WSD."
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
    name="financiering",
    package="services.financiering",
    api=api,
    reactions=REACTIONS,
    deadlines={
        HERBEOORDELING: bij_verstreken_termijn,
        VERVAL: bij_verstreken_termijn,
        TERMIJNEN.einde: bij_einde,
        TOEREKENING: reken_begeleiding_toe,
    },
)
