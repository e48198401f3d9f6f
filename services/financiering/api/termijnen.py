"""The terms of loonkostensubsidies."""

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
from services.financiering.api.loonkostensubsidies import Lezen
from services.financiering.domain.termijn import Financieringstermijnsoort
from services.financiering.store.termijnen import TERMIJNEN

router = APIRouter(tags=["Termijnen"])


class FinancieringstermijnUitvoer(TermijnUitvoer):
    """Wanneer iets bij een loonkostensubsidie gedaan moet zijn."""

    lks_id: UUID
    soort: Financieringstermijnsoort

    @classmethod
    def van(cls, termijn: Termijn[Financieringstermijnsoort]) -> FinancieringstermijnUitvoer:
        return cls(lks_id=termijn.van_id, soort=termijn.soort, **velden(termijn))


class FinancieringstermijnenPagina(Page[FinancieringstermijnUitvoer]):
    """Op laatste dag: wat verstreken is eerst."""


@router.get("/termijnen", response_model=FinancieringstermijnenPagina, responses=problems())
async def geef_financieringstermijnen(
    vraag: Lezen,
    pagina: Pagina,
    soort: Annotated[
        Financieringstermijnsoort | None,
        QueryParameter(description="Alleen termijnen van deze soort."),
    ] = None,
    status: MetStatus = None,
    kandidaat_id: VanKandidaat = None,
    uiterlijk: Uiterlijk = None,
) -> Response:
    """Geef termijnen van loonkostensubsidies

    Wat het eerst afloopt staat bovenaan. De gemeente ziet die van de eigen kandidaten, WSD alle.
    """
    zoek = Zoekvraag(soort, status, kandidaat_id, uiterlijk)
    return await vraag.page(
        pagina,
        lambda uow: TERMIJNEN.lijst(uow, zoek, na=pagina.after, aantal=pagina.fetch),
        answer=FinancieringstermijnUitvoer.van,
        key=volgorde,
    )
