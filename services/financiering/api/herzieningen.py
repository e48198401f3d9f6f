"""Routes of the herziening of all subsidies of a gemeente by 1 January."""

from __future__ import annotations

from typing import Annotated, Final, cast
from uuid import UUID

from fastapi import APIRouter, Path, Request, Response

from chassis import trace
from chassis.database import Database
from chassis.web import Command, NietGevonden, PageRequest, Query, command, page, problems, query
from services.financiering.api.beschikkingen import MANDAAT
from services.financiering.api.herziening_vormen import (
    LksHerzieningInvoer,
    LksHerzieningPagina,
    LksHerzieningUitvoer,
)
from services.financiering.domain import fouten
from services.financiering.store import herzieningen
from services.financiering.use_cases.herzie_alle import herzie_alle

router = APIRouter(tags=["Beschikkingen"])

HERZIENING: Final = "/lks-herzieningen/{herzieningId}"

HerzieningId = Annotated[
    UUID, Path(alias="herzieningId", description="Het nummer van de herziening.")
]
Jaarpagina = Annotated[PageRequest, page(int)]
Inzien = Annotated[Query, query("financiering.lezen", roles=MANDAAT)]
Herzien = Annotated[Command, command("financiering.schrijven", roles=MANDAAT)]


@router.get("/lks-herzieningen", response_model=LksHerzieningPagina, responses=problems())
async def lijst_lks_herzieningen(vraag: Inzien, pagina: Jaarpagina) -> Response:
    """Geef herzieningen

    Die van de eigen gemeente, een per jaar, het oudste jaar eerst.
    """
    return await vraag.page(
        pagina,
        lambda uow: herzieningen.lijst(uow, na=pagina.after, aantal=pagina.fetch),
        answer=LksHerzieningUitvoer.van,
        key=lambda herziening: (herziening.jaar,),
    )


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
