"""Puts intake together."""

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
from contracts.bulk import BULK_BYTES, BULK_PAD
from services.intake.api import ROUTERS, TAGS
from services.intake.domain.fouten import DomeinFout
from services.intake.procesversies import toets_bestanden
from services.intake.reactions import REACTIONS
from services.intake.termijnen import EINDE, HERVATTING, WAARSCHUWING
from services.intake.use_cases.bewaak_termijn import (
    bij_einde,
    bij_hervatting,
    bij_waarschuwing,
)
from services.intake.use_cases.draag_over import OVERDRACHT, bij_ingangsdatum
from services.intake.use_cases.ga_over_naar_leeftijdsgroep import ga_over_naar_leeftijdsgroep
from services.intake.use_cases.verwijs_door import LEEFTIJDSOVERGANG


def api(database: Database, access: TokenVerifier, checks: Mapping[str, Check]) -> FastAPI:
    """The REST API on a database."""
    return create_app(
        service="intake",
        title="Meedoen intake",
        description=(
            "Een inwoner meldt zich bij de gemeente, de gemeente besluit aan de poort, betrekt WSD "
            "en besluit over het traject."
        ),
        version="1.0.0",
        routers=ROUTERS,
        tags=TAGS,
        database=database,
        access=access,
        domain_errors=domain_statuses(DomeinFout),
        checks={**checks, "processen": lambda: toets_bestanden(database)},
        consumer=Consumer(database, REACTIONS),
        larger_bodies={BULK_PAD: BULK_BYTES},
    )


SERVICE: Final = Service(
    name="intake",
    package="services.intake",
    api=api,
    reactions=REACTIONS,
    deadlines={
        LEEFTIJDSOVERGANG: ga_over_naar_leeftijdsgroep,
        OVERDRACHT: bij_ingangsdatum,
        WAARSCHUWING: bij_waarschuwing,
        EINDE: bij_einde,
        HERVATTING: bij_hervatting,
    },
)
