"""Routes of absence: that someone is not there, without why."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Response
from pydantic import Field

from chassis.web import Datum, Invoer, NietGevonden, Uitvoer, problems
from services.plaatsing.api.plaatsingen import PLAATSING, PlaatsingId
from services.plaatsing.api.vormen import OpDeWerkplek, OpDeWerkplekLezen
from services.plaatsing.domain import fouten
from services.plaatsing.domain.afwezigheid import Afwezigheid
from services.plaatsing.store import afwezigheden
from services.plaatsing.use_cases.meld_afwezigheid import beeindig_afwezigheid, meld_afwezigheid

router = APIRouter(tags=["Afwezigheid"])

AfwezigheidId = Annotated[
    UUID, Path(alias="afwezigheidId", description="Het nummer van de afwezigheid.")
]


class AfwezigheidInvoer(Invoer):
    """Dat de kandidaat er niet is. Een reden wordt niet gevraagd en niet bewaard."""

    vanaf: Annotated[Datum, Field(description="Eerste dag van afwezigheid.")]


class TerugkeerInvoer(Invoer):
    """Dat de kandidaat terug is."""

    laatste_dag: Annotated[Datum, Field(description="Laatste dag van afwezigheid.")]


class AfwezigheidUitvoer(Uitvoer):
    """Dagen waarop de kandidaat er niet is."""

    afwezigheid_id: UUID
    plaatsing_id: UUID
    kandidaat_id: UUID
    gemeentecode: str
    vanaf: date
    laatste_dag: Annotated[date | None, Field(description="Leeg: nog niet terug.")]

    @classmethod
    def van(cls, afwezigheid: Afwezigheid) -> AfwezigheidUitvoer:
        return cls(
            afwezigheid_id=afwezigheid.afwezigheid_id,
            plaatsing_id=afwezigheid.plaatsing_id,
            kandidaat_id=afwezigheid.kandidaat_id,
            gemeentecode=afwezigheid.gemeentecode,
            vanaf=afwezigheid.vanaf,
            laatste_dag=afwezigheid.laatste_dag,
        )


class AfwezighedenUitvoer(Uitvoer):
    """De afwezigheid bij een plaatsing, de oudste eerst."""

    afwezigheden: list[AfwezigheidUitvoer]


@router.post(
    PLAATSING + "/afwezigheden",
    status_code=201,
    response_model=AfwezigheidUitvoer,
    responses=problems(
        NietGevonden,
        fouten.NietBevoegd,
        fouten.DatumInToekomst,
        fouten.DatumBuitenPlaatsing,
        fouten.AlAfwezig,
    ),
)
async def meld_een_afwezigheid(
    plaatsing_id: PlaatsingId, invoer: AfwezigheidInvoer, opdracht: OpDeWerkplek
) -> Response:
    """Meld dat een kandidaat afwezig is

    Alleen het signaal, voor wie begeleidt. Een ziekmelding doet de werkgever bij het UWV.
    """
    return await opdracht.run(
        lambda uow: meld_afwezigheid(uow, plaatsing_id, invoer.vanaf),
        answer=AfwezigheidUitvoer.van,
        location=lambda _: f"/plaatsingen/{plaatsing_id}/afwezigheden",
    )


@router.post(
    "/afwezigheden/{afwezigheidId}/beeindigingen",
    status_code=201,
    response_model=AfwezigheidUitvoer,
    responses=problems(
        NietGevonden,
        fouten.NietBevoegd,
        fouten.DatumInToekomst,
        fouten.DatumBuitenPlaatsing,
        fouten.DatumPastNiet,
        fouten.AfwezigheidAlBeeindigd,
    ),
)
async def beeindig_een_afwezigheid(
    afwezigheid_id: AfwezigheidId, invoer: TerugkeerInvoer, opdracht: OpDeWerkplek
) -> Response:
    """Meld dat een kandidaat terug is"""
    return await opdracht.run(
        lambda uow: beeindig_afwezigheid(uow, afwezigheid_id, invoer.laatste_dag),
        answer=AfwezigheidUitvoer.van,
        location=lambda afwezigheid: f"/plaatsingen/{afwezigheid.plaatsing_id}/afwezigheden",
    )


@router.get(
    PLAATSING + "/afwezigheden",
    response_model=AfwezighedenUitvoer,
    responses=problems(NietGevonden),
)
async def geef_afwezigheden(plaatsing_id: PlaatsingId, vraag: OpDeWerkplekLezen) -> Response:
    """Geef de afwezigheid bij een plaatsing

    Alleen voor wie op de werkplek begeleidt.
    """
    return await vraag.run(
        lambda uow: afwezigheden.van_plaatsing(uow, plaatsing_id),
        answer=lambda gevonden: AfwezighedenUitvoer(
            afwezigheden=[AfwezigheidUitvoer.van(afwezigheid) for afwezigheid in gevonden]
        ),
    )
