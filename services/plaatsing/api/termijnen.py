"""The terms of placements."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response
from fastapi import Query as QueryParameter

from chassis.termijnen import Termijn, Zoekvraag
from chassis.web import Page, problems
from chassis.web.termijnen import (
    MetStatus,
    Pagina,
    TermijnUitvoer,
    Uiterlijk,
    VanKandidaat,
    velden,
    volgorde,
)
from services.plaatsing.api.vormen import Lezen
from services.plaatsing.domain.termijn import Plaatsingstermijnsoort
from services.plaatsing.store.termijnen import TERMIJNEN

router = APIRouter(tags=["Termijnen"])


class PlaatsingstermijnUitvoer(TermijnUitvoer):
    """Wanneer iets bij een plaatsing gedaan moet zijn."""

    plaatsing_id: UUID
    soort: Plaatsingstermijnsoort

    @classmethod
    def van(cls, termijn: Termijn[Plaatsingstermijnsoort]) -> PlaatsingstermijnUitvoer:
        return cls(plaatsing_id=termijn.van_id, soort=termijn.soort, **velden(termijn))


class PlaatsingstermijnenPagina(Page[PlaatsingstermijnUitvoer]):
    """Op laatste dag: wat verstreken is eerst."""


@router.get("/termijnen", response_model=PlaatsingstermijnenPagina, responses=problems())
async def geef_plaatsingstermijnen(
    vraag: Lezen,
    pagina: Pagina,
    soort: Annotated[
        Plaatsingstermijnsoort | None,
        QueryParameter(description="Alleen termijnen van deze soort."),
    ] = None,
    status: MetStatus = None,
    kandidaat_id: VanKandidaat = None,
    uiterlijk: Uiterlijk = None,
) -> Response:
    """Geef termijnen van plaatsingen

    Wat het eerst afloopt staat bovenaan. De gemeente ziet die van de eigen kandidaten, WSD alle.
    """
    zoek = Zoekvraag(soort, status, kandidaat_id, uiterlijk)
    return await vraag.page(
        pagina,
        lambda uow: TERMIJNEN.lijst(uow, zoek, na=pagina.after, aantal=pagina.fetch),
        answer=PlaatsingstermijnUitvoer.van,
        key=volgorde,
    )
