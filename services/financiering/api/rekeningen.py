"""Routes of bank accounts: recorded by one, confirmed by another."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Path, Response
from fastapi import Query as QueryParameter

from chassis.web import Command, NietGevonden, PageRequest, Query, command, page, problems, query
from services.financiering.api.betaling_vormen import (
    RekeningInvoer,
    RekeningPagina,
    RekeningUitvoer,
)
from services.financiering.domain import fouten
from services.financiering.store import rekeningen
from services.financiering.use_cases.bevestig_rekening import bevestig_rekening
from services.financiering.use_cases.leg_rekening_vast import leg_rekening_vast

router = APIRouter(tags=["Rekeningen"])

REKENING: Final = "/rekeningen/{rekeningId}"
BETALERS: Final = frozenset({"backoffice", "controller"})
"""Roles that see accounts and confirm them."""

RekeningId = Annotated[UUID, Path(alias="rekeningId", description="Het nummer van de rekening.")]
Pagina = Annotated[PageRequest, page(datetime, UUID)]
Inzien = Annotated[Query, query("financiering.lezen", roles=BETALERS)]
Vastleggen = Annotated[Command, command("financiering.schrijven", roles={"backoffice"})]
Bevestigen = Annotated[Command, command("financiering.schrijven", roles=BETALERS)]


@router.get("/rekeningen", response_model=RekeningPagina, responses=problems())
async def lijst_rekeningen(
    vraag: Inzien,
    pagina: Pagina,
    werkgever_id: Annotated[
        UUID | None,
        QueryParameter(alias="werkgeverId", description="Alleen die van deze werkgever."),
    ] = None,
) -> Response:
    """Geef rekeningen

    Alle versies, van werkgevers en van de gemeente zelf. Van elke geldt de laatste bevestigde.
    """
    return await vraag.page(
        pagina,
        lambda uow: rekeningen.lijst(
            uow, werkgever_id=werkgever_id, na=pagina.after, aantal=pagina.fetch
        ),
        answer=RekeningUitvoer.van,
        key=lambda bewaard: (bewaard.vastgelegd_op, bewaard.rekening.rekening_id),
    )


@router.post(
    "/werkgevers/{werkgeverId}/rekeningen",
    status_code=201,
    response_model=RekeningUitvoer,
    responses=problems(NietGevonden, fouten.AlleenEigenGemeente),
)
async def leg_een_rekening_van_een_werkgever_vast(
    werkgever_id: Annotated[
        UUID, Path(alias="werkgeverId", description="Het nummer van de werkgever, van plaatsing.")
    ],
    invoer: RekeningInvoer,
    opdracht: Vastleggen,
) -> Response:
    """Leg de rekening van een werkgever vast

    Van een werkgever aan wie uw gemeente loonkostensubsidie betaalt. Zij telt pas als een ander
    haar heeft bevestigd; tot dan geldt de vorige.
    """
    return await _leg_vast(werkgever_id, invoer, opdracht)


@router.post(
    "/eigen-rekeningen",
    status_code=201,
    response_model=RekeningUitvoer,
    responses=problems(fouten.AlleenEigenGemeente),
)
async def leg_een_eigen_rekening_vast(invoer: RekeningInvoer, opdracht: Vastleggen) -> Response:
    """Leg de rekening vast waarvan uw gemeente betaalt

    Ook deze telt pas als een ander haar heeft bevestigd.
    """
    return await _leg_vast(None, invoer, opdracht)


@router.get(REKENING, response_model=RekeningUitvoer, responses=problems(NietGevonden))
async def geef_rekening(rekening_id: RekeningId, vraag: Inzien) -> Response:
    """Geef een rekening

    Met wie haar vastlegde en wie haar bevestigde.
    """
    return await vraag.run(
        lambda uow: rekeningen.haal(uow, rekening_id), answer=RekeningUitvoer.van
    )


@router.post(
    REKENING + "/bevestigingen",
    status_code=201,
    response_model=RekeningUitvoer,
    responses=problems(NietGevonden, fouten.BevestigingDoorDezelfde, fouten.RekeningVervangen),
)
async def bevestig_een_rekening(rekening_id: RekeningId, opdracht: Bevestigen) -> Response:
    """Bevestig een rekening

    Door een ander dan wie haar vastlegde. Vanaf dan wordt erop (of ervan) betaald.
    """
    return await opdracht.run(
        lambda uow: bevestig_rekening(uow, rekening_id, door=opdracht.caller.subject),
        answer=RekeningUitvoer.van,
        location=lambda bewaard: f"/rekeningen/{bewaard.rekening.rekening_id}",
    )


async def _leg_vast(
    werkgever_id: UUID | None, invoer: RekeningInvoer, opdracht: Command
) -> Response:
    return await opdracht.run(
        lambda uow: leg_rekening_vast(
            uow, werkgever_id, invoer.naar_nummer(), door=opdracht.caller.subject
        ),
        answer=RekeningUitvoer.van,
        location=lambda bewaard: f"/rekeningen/{bewaard.rekening.rekening_id}",
    )
