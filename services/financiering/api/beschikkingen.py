"""Routes of the beschikkingen of the college on a loonkostensubsidie."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Path, Response
from fastapi import Query as QueryParameter

from chassis.letters import BRIEF
from chassis.web import Command, NietGevonden, PageRequest, Query, command, page, problems, query
from chassis.web.documents import DOCUMENT_CONTENT, HTML, PDF, document_response
from services.financiering.api.beschikking_vormen import (
    BeschikkingsvoorstelUitvoer,
    LksBeschikkingInvoer,
    LksBeschikkingPagina,
    LksBeschikkingUitvoer,
)
from services.financiering.api.loonkostensubsidies import LKS, LksId
from services.financiering.domain import fouten
from services.financiering.domain.beschikking import Beschikkingsoort
from services.financiering.lksbrief import stel_brief_op
from services.financiering.partijen import partijen_van
from services.financiering.store import beschikkingen
from services.financiering.use_cases.geef_beschikking import (
    eis_college,
    geef_beschikking,
    stel_beschikking_voor,
)

router = APIRouter(tags=["Beschikkingen"])

BESCHIKKING: Final = "/lks-beschikkingen/{beschikkingId}"
MANDAAT: Final = frozenset({"klantmanager", "backoffice"})
"""Roles of a gemeente that decide in the name of the college."""

BeschikkingId = Annotated[
    UUID, Path(alias="beschikkingId", description="Het nummer van de beschikking.")
]
Pagina = Annotated[PageRequest, page(datetime, UUID)]
Lezen = Annotated[Query, query("financiering.lezen")]
LezenMetVersie = Annotated[Query, query("financiering.lezen", etag=True)]
InzienAlsBrief = Annotated[
    Query, query("financiering.lezen", roles=MANDAAT, media_types=(HTML, PDF))
]
Beschikken = Annotated[Command, command("financiering.schrijven", roles=MANDAAT, if_match=True)]


@router.get(
    LKS + "/beschikkingsvoorstel",
    response_model=BeschikkingsvoorstelUitvoer,
    responses=problems(NietGevonden),
)
async def geef_beschikkingsvoorstel(lks_id: LksId, vraag: LezenMetVersie) -> Response:
    """Geef wat het college nu te beslissen heeft

    Het verschil tussen wat volgens de berekening geldt en wat de beschikkingen samen zeggen:
    toekenning, afwijzing, herziening of beëindiging, of niets. Is er meer te beslissen, dan volgt
    het volgende na dit. Wie beslist stuurt de ETag mee.
    """
    return await vraag.run(
        lambda uow: stel_beschikking_voor(uow, lks_id),
        answer=BeschikkingsvoorstelUitvoer.van,
        version=lambda voorstel: voorstel.bewaard.versie,
    )


@router.post(
    LKS + "/lks-beschikkingen",
    status_code=201,
    response_model=LksBeschikkingUitvoer,
    responses=problems(
        NietGevonden,
        fouten.BeschikkingVanGemeente,
        fouten.NietsTeBeslissen,
        fouten.AnderVoorstel,
        fouten.BekendmakingPastNiet,
        fouten.EindeDoelgroepPastNiet,
    ),
)
async def beschik_over_loonkostensubsidie(
    lks_id: LksId, invoer: LksBeschikkingInvoer, opdracht: Beschikken
) -> Response:
    """Leg een beschikking vast

    Door de gemeente, want het college beslist. De beschikking bewaart wat is besloten met de
    berekening van dat moment, en verandert nooit; verandert er iets, dan volgt een nieuwe. Met de
    ETag van het beschikkingsvoorstel in If-Match.
    """
    return await opdracht.run(
        lambda uow: geef_beschikking(
            uow,
            lks_id,
            invoer.naar_opdracht(opdracht.caller.role),
            eis_versie=opdracht.require_version,
        ),
        answer=LksBeschikkingUitvoer.van_gegeven,
        location=lambda gegeven: f"/lks-beschikkingen/{gegeven.beschikking.beschikking_id}",
        version=lambda gegeven: gegeven.versie,
    )


@router.get("/lks-beschikkingen", response_model=LksBeschikkingPagina, responses=problems())
async def lijst_lks_beschikkingen(
    vraag: Lezen,
    pagina: Pagina,
    kandidaat_id: Annotated[
        UUID | None,
        QueryParameter(alias="kandidaatId", description="Alleen die over deze kandidaat."),
    ] = None,
    lks_id: Annotated[
        UUID | None,
        QueryParameter(alias="lksId", description="Alleen die over deze loonkostensubsidie."),
    ] = None,
    soort: Annotated[
        Beschikkingsoort | None, QueryParameter(description="Alleen deze soort.")
    ] = None,
    herziening_id: Annotated[
        UUID | None,
        QueryParameter(alias="herzieningId", description="Alleen die van deze herziening."),
    ] = None,
) -> Response:
    """Geef beschikkingen

    De gemeente ziet die over de eigen kandidaten; WSD die over kandidaten waar zij bij betrokken
    is.
    """
    return await vraag.page(
        pagina,
        lambda uow: beschikkingen.lijst(
            uow,
            kandidaat_id=kandidaat_id,
            lks_id=lks_id,
            soort=soort,
            herziening_id=herziening_id,
            na=pagina.after,
            aantal=pagina.fetch,
        ),
        answer=LksBeschikkingUitvoer.van_bewaard,
        key=lambda bewaard: (bewaard.vastgelegd_op, bewaard.beschikking.beschikking_id),
    )


@router.get(BESCHIKKING, response_model=LksBeschikkingUitvoer, responses=problems(NietGevonden))
async def geef_lks_beschikking(beschikking_id: BeschikkingId, vraag: Lezen) -> Response:
    """Geef een beschikking

    Met wat is besloten en de berekening van toen, stap voor stap. De motivering staat alleen in de
    brief.
    """
    return await vraag.run(
        lambda uow: beschikkingen.haal(uow, beschikking_id),
        answer=LksBeschikkingUitvoer.van_bewaard,
    )


@router.get(
    BESCHIKKING + "/brief",
    response_class=Response,
    response_model=None,
    responses={
        200: {"content": DOCUMENT_CONTENT},
        **problems(NietGevonden, fouten.BeschikkingVanGemeente),
    },
)
async def geef_lks_brief(beschikking_id: BeschikkingId, vraag: InzienAlsBrief) -> Response:
    """Geef de brief bij een beschikking

    Als HTML, of met `Accept: application/pdf` als toegankelijke PDF (PDF/UA-1 en PDF/A-2a): het
    besluit, de motivering, de berekening stap voor stap met de artikelen, wat niet zeker is, en hoe
    bezwaar kan worden gemaakt. Alleen voor de gemeente; elke inzage wordt vastgelegd.
    """
    eis_college(vraag.caller.organisation)
    gelezen = await vraag.read(lambda uow: beschikkingen.zie_in(uow, beschikking_id))
    if gelezen is None:
        raise NietGevonden
    bewaard, motivering = gelezen
    college = partijen_van(bewaard.beschikking.college).ontvanger
    return await document_response(
        BRIEF,
        stel_brief_op(bewaard.beschikking, motivering, college),
        vraag.media_type,
        name=f"beschikking-{beschikking_id}",
        made_at=bewaard.vastgelegd_op,
    )
