"""Signalen: the same resident at two gemeenten, for WSD."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Response
from fastapi import Query as QueryParameter
from pydantic import Field

from chassis.tenancy import WSD
from chassis.unit_of_work import Reading, UnitOfWork
from chassis.web import Command, NietGevonden, Page, PageRequest, Uitvoer, command, problems
from services.intake import dubbelen
from services.intake.api.vormen import Lezen, Pagina
from services.intake.domain import fouten
from services.intake.dubbelen import Signaal, Signaalstatus

router = APIRouter()

Afhandelaar = Annotated[Command, command("intake.schrijven", roles={"trajectconsulent"})]


class SignaalUitvoer(Uitvoer):
    signaal_id: UUID
    kandidaat_ids: Annotated[
        list[UUID], Field(min_length=2, max_length=2, description="Twee keer dezelfde inwoner.")
    ]
    status: Signaalstatus
    gesignaleerd_op: datetime
    afgehandeld_op: datetime | None

    @classmethod
    def van(cls, signaal: Signaal) -> SignaalUitvoer:
        return cls(
            signaal_id=signaal.signaal_id,
            kandidaat_ids=list(signaal.kandidaat_ids),
            status=signaal.status,
            gesignaleerd_op=signaal.gesignaleerd_op,
            afgehandeld_op=signaal.afgehandeld_op,
        )


class SignalenPagina(Page[SignaalUitvoer]):
    """Signalen, het oudste eerst."""


@router.get(
    "/signalen",
    tags=["Signalen"],
    response_model=SignalenPagina,
    responses=problems(fouten.NietBevoegd),
)
async def lijst_signalen(
    vraag: Lezen,
    pagina: Pagina,
    status: Annotated[
        Signaalstatus | None, QueryParameter(description="Alleen signalen met deze status.")
    ] = None,
) -> Response:
    """Geef signalen: dezelfde inwoner bij twee gemeenten

    Alleen voor WSD, over kandidaten die beide naar haar zijn doorverwezen.
    """
    return await vraag.page(
        pagina,
        lambda uow: _lijst(uow, status, pagina),
        answer=SignaalUitvoer.van,
        key=lambda signaal: (signaal.gesignaleerd_op, signaal.signaal_id),
    )


@router.post(
    "/signalen/{signaalId}/afhandelingen",
    status_code=201,
    tags=["Signalen"],
    response_model=SignaalUitvoer,
    responses=problems(NietGevonden),
)
async def handel_signaal_af(
    signaal_id: Annotated[UUID, Path(alias="signaalId", description="Het nummer van het signaal.")],
    opdracht: Afhandelaar,
) -> Response:
    """Handel een signaal af

    WSD heeft met beide gemeenten afgesproken wie verdergaat. Wordt een van de kandidaten later
    opnieuw doorverwezen, dan staat het signaal weer open.
    """
    return await opdracht.run(
        lambda uow: _handel_af(uow, signaal_id),
        answer=SignaalUitvoer.van,
        location=lambda _: "/signalen",
    )


async def _lijst(
    uow: Reading, status: Signaalstatus | None, pagina: PageRequest
) -> Sequence[Signaal]:
    if uow.organisation != WSD:
        raise fouten.NietBevoegd("Alleen WSD ziet deze signalen.")
    return await dubbelen.lijst(uow, status=status, na=pagina.after, aantal=pagina.fetch)


async def _handel_af(uow: UnitOfWork, signaal_id: UUID) -> Signaal:
    signaal = await dubbelen.handel_af(uow, signaal_id)
    if signaal is None:
        raise NietGevonden
    return signaal
