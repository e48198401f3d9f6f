"""The terms WSD watches."""

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
from services.diagnose.api.vormen import Lezen
from services.diagnose.domain.termijn import Diagnosetermijnsoort
from services.diagnose.store.termijnen import TERMIJNEN

router = APIRouter(tags=["Termijnen"])


class DiagnosetermijnUitvoer(TermijnUitvoer):
    """Een afspraak over wanneer iets gedaan is; geen termijn van de wet."""

    dossier_id: UUID
    soort: Diagnosetermijnsoort

    @classmethod
    def van(cls, termijn: Termijn[Diagnosetermijnsoort]) -> DiagnosetermijnUitvoer:
        return cls(dossier_id=termijn.van_id, soort=termijn.soort, **velden(termijn))


class DiagnosetermijnenPagina(Page[DiagnosetermijnUitvoer]):
    """Op laatste dag: wat verstreken is eerst."""


@router.get("/termijnen", response_model=DiagnosetermijnenPagina, responses=problems())
async def geef_diagnosetermijnen(
    vraag: Lezen,
    pagina: Pagina,
    soort: Annotated[
        Diagnosetermijnsoort | None, QueryParameter(description="Alleen termijnen van deze soort.")
    ] = None,
    status: MetStatus = None,
    kandidaat_id: VanKandidaat = None,
    uiterlijk: Uiterlijk = None,
) -> Response:
    """Geef termijnen van de diagnose

    Wat het eerst afloopt staat bovenaan. De gemeente ziet die van de eigen kandidaten, WSD alle.
    """
    zoek = Zoekvraag(soort, status, kandidaat_id, uiterlijk)
    return await vraag.page(
        pagina,
        lambda uow: TERMIJNEN.lijst(uow, zoek, na=pagina.after, aantal=pagina.fetch),
        answer=DiagnosetermijnUitvoer.van,
        key=volgorde,
    )
