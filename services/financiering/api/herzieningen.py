"""Routes of the herziening of all subsidies of a gemeente by 1 January."""

from __future__ import annotations

from typing import Annotated, Final, cast
from uuid import UUID

from fastapi import APIRouter, Path, Request, Response

from chassis import trace
from chassis.database import Database
from chassis.web import Command, NietGevonden, Query, command, problems, query
from services.financiering.api.beschikkingen import MANDAAT
from services.financiering.api.herziening_vormen import LksHerzieningInvoer, LksHerzieningUitvoer
from services.financiering.domain import fouten
from services.financiering.store import herzieningen
from services.financiering.use_cases.herzie_alle import herzie_alle

router = APIRouter(tags=["Beschikkingen"])

HERZIENING: Final = "/lks-herzieningen/{herzieningId}"

HerzieningId = Annotated[
    UUID, Path(alias="herzieningId", description="Het nummer van de herziening.")
]
Inzien = Annotated[Query, query("financiering.lezen", roles=MANDAAT)]
Herzien = Annotated[Command, command("financiering.schrijven", roles=MANDAAT)]


@router.post(
    "/lks-herzieningen",
    status_code=201,
    response_model=LksHerzieningUitvoer,
    responses=problems(
        fouten.BeschikkingVanGemeente,
        fouten.DatumBuitenTabel,
        fouten.IndexatieTeVroeg,
        fouten.IndexatieNietGereed,
        fouten.BekendmakingPastNiet,
        fouten.HerzieningAnders,
    ),
)
async def herzie_alle_loonkostensubsidies(
    invoer: LksHerzieningInvoer, opdracht: Herzien, verzoek: Request
) -> Response:
    """Herzie alle lopende loonkostensubsidies per 1 januari

    Een besluit van de gemeente: elke toegekende subsidie waarvan alleen het bedrag van 1 januari te
    beslissen is krijgt een eigen beschikking, met een brief. Een gemeente heeft er een per jaar;
    wie haar opnieuw vraagt krijgt dezelfde, en laat haar verdergaan als zij was blijven steken. Er
    wordt nooit twee keer besloten.
    """
    database = cast("Database", verzoek.app.state.database)
    span = trace.current.get()
    return await opdracht.run_steps(
        lambda: herzie_alle(
            database,
            opdracht.caller.organisation,
            invoer.naar_opdracht(opdracht.caller.role),
            traceparent=span.traceparent if span else None,
        ),
        answer=LksHerzieningUitvoer.van,
        location=lambda herziening: f"/lks-herzieningen/{herziening.herziening_id}",
    )


@router.get(HERZIENING, response_model=LksHerzieningUitvoer, responses=problems(NietGevonden))
async def geef_lks_herziening(herziening_id: HerzieningId, vraag: Inzien) -> Response:
    """Geef een herziening

    Met hoeveel subsidies een beschikking kregen, en van hoeveel iets anders te beslissen is.
    """
    return await vraag.run(
        lambda uow: herzieningen.haal(uow, herziening_id), answer=LksHerzieningUitvoer.van
    )
