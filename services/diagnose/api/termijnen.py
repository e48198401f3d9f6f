"""The terms WSD watches."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response
from fastapi import Query as QueryParameter

from chassis.termijnen import Termijn, Termijnstatus, Zoekvraag
from chassis.web import Datum, Page, PageRequest, Uitvoer, page, problems
from services.diagnose.api.vormen import Lezen
from services.diagnose.domain.termijn import Diagnosetermijnsoort
from services.diagnose.store.termijnen import TERMIJNEN

router = APIRouter(tags=["Termijnen"])

Pagina = Annotated[PageRequest, page(date, UUID)]


class DiagnosetermijnUitvoer(Uitvoer):
    """Een afspraak over wanneer iets gedaan is; geen termijn van de wet."""

    termijn_id: UUID
    dossier_id: UUID
    kandidaat_id: UUID
    gemeentecode: str
    soort: Diagnosetermijnsoort
    kenmerk: str
    begonnen_op: date
    laatste_dag: date
    status: Termijnstatus
    gehaald_op: date | None
    te_laat: bool

    @classmethod
    def van(cls, termijn: Termijn[Diagnosetermijnsoort]) -> DiagnosetermijnUitvoer:
        return cls(
            termijn_id=termijn.termijn_id,
            dossier_id=termijn.van_id,
            kandidaat_id=termijn.kandidaat_id,
            gemeentecode=termijn.gemeentecode,
            soort=termijn.soort,
            kenmerk=termijn.kenmerk,
            begonnen_op=termijn.begonnen_op,
            laatste_dag=termijn.laatste_dag,
            status=termijn.status,
            gehaald_op=termijn.gehaald_op,
            te_laat=termijn.te_laat,
        )


class DiagnosetermijnenPagina(Page[DiagnosetermijnUitvoer]):
    """Op laatste dag: wat verstreken is eerst."""


@router.get("/termijnen", response_model=DiagnosetermijnenPagina, responses=problems())
async def geef_diagnosetermijnen(
    vraag: Lezen,
    pagina: Pagina,
    soort: Annotated[
        Diagnosetermijnsoort | None, QueryParameter(description="Alleen termijnen van deze soort.")
    ] = None,
    status: Annotated[
        Termijnstatus | None,
        QueryParameter(description="Alleen met deze status; anders alles waar nog iets moet."),
    ] = None,
    kandidaat_id: Annotated[
        UUID | None,
        QueryParameter(alias="kandidaatId", description="Alleen van deze kandidaat."),
    ] = None,
    uiterlijk: Annotated[
        Datum | None, QueryParameter(description="Alleen wat uiterlijk op deze dag afloopt.")
    ] = None,
) -> Response:
    """Geef termijnen van de diagnose

    Wat het eerst afloopt staat bovenaan. De gemeente ziet die van de eigen kandidaten, WSD alle.
    """
    zoek = Zoekvraag(soort, status, kandidaat_id, uiterlijk)
    return await vraag.page(
        pagina,
        lambda uow: TERMIJNEN.lijst(uow, zoek, na=pagina.after, aantal=pagina.fetch),
        answer=DiagnosetermijnUitvoer.van,
        key=lambda termijn: (termijn.laatste_dag, termijn.termijn_id),
    )
