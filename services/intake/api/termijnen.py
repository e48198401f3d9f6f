"""Termijnen: what must be done by when, the most urgent first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response
from fastapi import Query as QueryParameter
from pydantic import Field

from chassis.web import Datum, NietGevonden, Page, PageRequest, Uitvoer, page, problems
from services.intake import termijnen
from services.intake.api.vormen import KANDIDAAT, KandidaatId, Lezen
from services.intake.domain.bewaakte_termijn import (
    GRONDSLAGEN,
    Termijnsoort,
    Termijnstatus,
)
from services.intake.termijnen import Gezien, Zoekvraag

router = APIRouter()

Pagina = Annotated[PageRequest, page(int, date, UUID)]


class TermijnUitvoer(Uitvoer):
    termijn_id: UUID
    kandidaat_id: UUID
    gemeentecode: str
    soort: Termijnsoort
    kenmerk: Annotated[
        str, Field(description="Waarvoor zij loopt: een aanvraagId, een besluitId of een stap.")
    ]
    rol: Annotated[str, Field(description="Wie iets moet doen.")]
    grondslag: Annotated[
        str | None, Field(description="Het wetsartikel; leeg bij een stap van de gemeente zelf.")
    ]
    begonnen_op: Annotated[date, Field(description="De termijn telt vanaf de dag hierna.")]
    laatste_dag: Annotated[
        date, Field(description="Staat de termijn stil, dan schuift deze dag nog op.")
    ]
    dagen_opgeschort: Annotated[
        int, Field(description="Dagen die niet meetelden; een lopende opschorting telt later.")
    ]
    opgeschort_sinds: date | None
    verlengd_op: Annotated[date | None, Field(description="De dag van de mededeling.")]
    waarschuwen_vanaf: date | None
    status: Termijnstatus
    werkdagen_over: Annotated[
        int | None,
        Field(description="Na vandaag, tot en met de laatste dag; negatief als die voorbij is."),
    ]
    gehaald_op: date | None
    dagen_te_laat: int | None

    @classmethod
    def van(cls, gezien: Gezien) -> TermijnUitvoer:
        termijn = gezien.termijn
        return cls(
            termijn_id=termijn.termijn_id,
            kandidaat_id=termijn.kandidaat_id,
            gemeentecode=termijn.gemeentecode,
            soort=termijn.soort,
            kenmerk=termijn.kenmerk,
            rol=termijn.rol,
            grondslag=GRONDSLAGEN.get(termijn.soort),
            begonnen_op=termijn.begonnen_op,
            laatste_dag=termijn.laatste_dag,
            dagen_opgeschort=termijn.dagen_opgeschort,
            opgeschort_sinds=termijn.opschorting.vanaf if termijn.opschorting else None,
            verlengd_op=termijn.verlengd_op,
            waarschuwen_vanaf=termijn.waarschuwen_vanaf,
            status=termijn.status,
            werkdagen_over=termijn.werkdagen_over(gezien.vandaag),
            gehaald_op=termijn.gehaald_op,
            dagen_te_laat=termijn.dagen_te_laat,
        )


class TermijnenPagina(Page[TermijnUitvoer]):
    """Verstreken, lopend, opgeschort en dan afgedaan; daarbinnen op laatste dag."""


class TermijnenUitvoer(Uitvoer):
    """Alle termijnen van een kandidaat, het dringendste eerst."""

    termijnen: list[TermijnUitvoer]

    @classmethod
    def van(cls, gevonden: Sequence[Gezien]) -> TermijnenUitvoer:
        return cls(termijnen=[TermijnUitvoer.van(gezien) for gezien in gevonden])


@router.get("/termijnen", tags=["Termijnen"], response_model=TermijnenPagina, responses=problems())
async def lijst_termijnen(
    vraag: Lezen,
    pagina: Pagina,
    soort: Annotated[
        Termijnsoort | None, QueryParameter(description="Alleen termijnen van deze soort.")
    ] = None,
    status: Annotated[
        Termijnstatus | None,
        QueryParameter(description="Alleen met deze status; anders alles waar nog iets moet."),
    ] = None,
    rol: Annotated[
        str | None,
        QueryParameter(description="Alleen wat deze rol moet doen.", pattern="^[a-z0-9-]{1,50}$"),
    ] = None,
    kandidaat_id: Annotated[
        UUID | None,
        QueryParameter(alias="kandidaatId", description="Alleen van deze kandidaat."),
    ] = None,
    uiterlijk: Annotated[
        Datum | None, QueryParameter(description="Alleen wat uiterlijk op deze dag afloopt.")
    ] = None,
) -> Response:
    """Geef termijnen

    Het dringendste eerst: wat verstreken is, dan wat loopt, dan wat stilstaat. De gemeente ziet de
    termijnen van de eigen kandidaten; WSD die van wie naar haar zijn doorverwezen. Na een
    bezwaartermijn hoeft niemand iets te doen: die staat er na afloop alleen met `status`.
    """
    zoek = Zoekvraag(soort, status, rol, kandidaat_id, uiterlijk)
    return await vraag.page(
        pagina,
        lambda uow: termijnen.lijst(uow, zoek, na=pagina.after, aantal=pagina.fetch),
        answer=TermijnUitvoer.van,
        key=lambda gezien: (gezien.rang, gezien.termijn.laatste_dag, gezien.termijn.termijn_id),
    )


@router.get(
    KANDIDAAT + "/termijnen",
    tags=["Termijnen"],
    response_model=TermijnenUitvoer,
    responses=problems(NietGevonden),
)
async def geef_termijnen(kandidaat_id: KandidaatId, vraag: Lezen) -> Response:
    """Geef de termijnen van een kandidaat

    Ook wat gehaald of vervallen is.
    """
    return await vraag.run(
        lambda uow: termijnen.van_kandidaat(uow, kandidaat_id),
        answer=TermijnenUitvoer.van,
    )
