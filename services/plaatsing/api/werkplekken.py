"""Routes of werkplekken."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Response
from fastapi import Query as QueryParameter
from pydantic import Field

from chassis.web import Invoer, NietGevonden, Page, Uitvoer, problems
from services.plaatsing.api.vormen import GEHEEL, Eigenaar, Lezen, Pagina, Plaatsen, Tekst, Uren
from services.plaatsing.domain import fouten
from services.plaatsing.domain.werkplek import Werksoort
from services.plaatsing.store import werkplekken
from services.plaatsing.use_cases.leg_werkplek_vast import leg_werkplek_vast

router = APIRouter(tags=["Werkplekken"])

WerkplekId = Annotated[UUID, Path(alias="werkplekId", description="Het nummer van de werkplek.")]


class WerkplekInvoer(Invoer):
    """Een plek om te werken, voor een of meer mensen."""

    werkgever_id: UUID
    werksoort: Werksoort
    functie: Annotated[Tekst, Field(examples=["Orderpicker"])]
    locatie: Annotated[Tekst, Field(description="Plaats waar wordt gewerkt.", examples=["Boxtel"])]
    uren_van: Annotated[Uren, Field(description="Minste uren per week.")]
    uren_tot: Annotated[Uren, Field(description="Meeste uren per week.")]
    capaciteit: Annotated[
        int,
        Field(ge=1, le=1000, description="Voor hoeveel mensen tegelijk er plaats is."),
        GEHEEL,
    ]


class WerkplekUitvoer(Uitvoer):
    """Een plek om te werken, met hoeveel plaats er vandaag is."""

    werkplek_id: UUID
    werkgever_id: UUID
    eigenaar: Eigenaar
    werksoort: Werksoort
    functie: str
    locatie: str
    uren_van: Uren
    uren_tot: Uren
    capaciteit: int
    vrije_plaatsen: Annotated[
        int, Field(description="Plaatsen die vandaag vrij zijn; wie later begint telt nog niet.")
    ]

    @classmethod
    def van(cls, bewaard: werkplekken.Bewaard) -> WerkplekUitvoer:
        werkplek = bewaard.werkplek
        return cls(
            werkplek_id=werkplek.werkplek_id,
            werkgever_id=werkplek.werkgever_id,
            eigenaar=bewaard.eigenaar,
            werksoort=werkplek.werksoort,
            functie=werkplek.functie,
            locatie=werkplek.locatie,
            uren_van=werkplek.uren_van,
            uren_tot=werkplek.uren_tot,
            capaciteit=werkplek.capaciteit,
            vrije_plaatsen=werkplek.vrije_plaatsen,
        )


class WerkplekkenPagina(Page[WerkplekUitvoer]):
    """Werkplekken in de volgorde waarin zij zijn vastgelegd."""


@router.post(
    "/werkplekken",
    status_code=201,
    response_model=WerkplekUitvoer,
    responses=problems(NietGevonden, fouten.NietBevoegd, fouten.OngeldigeWerkplek),
)
async def leg_een_werkplek_vast(invoer: WerkplekInvoer, opdracht: Plaatsen) -> Response:
    """Leg een werkplek vast

    Bij een werkgever die uw organisatie heeft vastgelegd. Wie die werkgever ziet, ziet de werkplek.
    """
    return await opdracht.run(
        lambda uow: leg_werkplek_vast(
            uow,
            werkgever_id=invoer.werkgever_id,
            werksoort=invoer.werksoort,
            functie=invoer.functie,
            locatie=invoer.locatie,
            uren_van=invoer.uren_van,
            uren_tot=invoer.uren_tot,
            capaciteit=invoer.capaciteit,
        ),
        answer=WerkplekUitvoer.van,
        location=lambda bewaard: f"/werkplekken/{bewaard.werkplek.werkplek_id}",
    )


@router.get("/werkplekken", response_model=WerkplekkenPagina, responses=problems())
async def lijst_werkplekken(
    vraag: Lezen,
    pagina: Pagina,
    werkgever_id: Annotated[
        UUID | None,
        QueryParameter(alias="werkgeverId", description="Alleen werkplekken bij deze werkgever."),
    ] = None,
) -> Response:
    """Geef werkplekken"""
    return await vraag.page(
        pagina,
        lambda uow: werkplekken.lijst(
            uow, werkgever_id=werkgever_id, na=pagina.after, aantal=pagina.fetch
        ),
        answer=WerkplekUitvoer.van,
        key=lambda bewaard: (bewaard.vastgelegd_op, bewaard.werkplek.werkplek_id),
    )


@router.get(
    "/werkplekken/{werkplekId}", response_model=WerkplekUitvoer, responses=problems(NietGevonden)
)
async def geef_werkplek(werkplek_id: WerkplekId, vraag: Lezen) -> Response:
    """Geef een werkplek"""
    return await vraag.run(
        lambda uow: werkplekken.haal(uow, werkplek_id), answer=WerkplekUitvoer.van
    )
