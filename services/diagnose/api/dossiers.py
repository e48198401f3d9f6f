"""Dossiers: what WSD has of a kandidaat, without what is said in it."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response
from fastapi import Query as QueryParameter
from pydantic import Field

from chassis.web import (
    Datum,
    Invoer,
    NietGevonden,
    Page,
    Uitvoer,
    problems,
)
from services.diagnose.api.vormen import (
    DOSSIER,
    DossierId,
    Lezen,
    LezenMetVersie,
    Pagina,
    Trajectconsulent,
)
from services.diagnose.domain import fouten
from services.diagnose.domain.dossier import Dossier, Dossierstatus
from services.diagnose.store import dossiers
from services.diagnose.use_cases.start_diagnose import start_diagnose

router = APIRouter(tags=["Dossiers"])


class DiagnoseInvoer(Invoer):
    gestart_op: Datum


class DossierUitvoer(Uitvoer):
    """Een dossier, zonder wat er in woorden en niveaus in staat."""

    dossier_id: UUID
    kandidaat_id: UUID
    gemeentecode: str
    status: Dossierstatus
    geopend_op: date
    gestart_op: date | None
    loonwaarde: Annotated[
        int | None, Field(description="Laatst vastgestelde loonwaarde, hele procenten van het WML.")
    ]

    @classmethod
    def van(cls, dossier: Dossier | dossiers.Samenvatting) -> DossierUitvoer:
        return cls(
            dossier_id=dossier.dossier_id,
            kandidaat_id=dossier.kandidaat_id,
            gemeentecode=dossier.gemeentecode,
            status=dossier.status,
            geopend_op=dossier.geopend_op,
            gestart_op=dossier.gestart_op,
            loonwaarde=dossier.loonwaarde,
        )


class DossierMetInhoud(DossierUitvoer):
    """Een dossier met de nummers van wat erin staat, het oudste eerst."""

    zrm_metingen: list[UUID]
    loonwaardemetingen: list[UUID]
    adviezen: list[UUID]

    @classmethod
    def van_bewaard(cls, bewaard: dossiers.Bewaard) -> DossierMetInhoud:
        dossier = bewaard.dossier
        return cls(
            **DossierUitvoer.van(dossier).model_dump(),
            zrm_metingen=[meting.meting_id for meting in dossier.zrm_metingen],
            loonwaardemetingen=[meting.meting_id for meting in dossier.loonwaardemetingen],
            adviezen=[advies.advies_id for advies in dossier.adviezen],
        )


class DossiersPagina(Page[DossierUitvoer]):
    """Dossiers in de volgorde waarin zij zijn geopend."""


@router.get("/dossiers", response_model=DossiersPagina, responses=problems())
async def geef_dossiers(
    vraag: Lezen,
    pagina: Pagina,
    kandidaat_id: Annotated[
        UUID | None,
        QueryParameter(alias="kandidaatId", description="Alleen het dossier van deze kandidaat."),
    ] = None,
) -> Response:
    """Geef dossiers

    De gemeente ziet die van de eigen kandidaten, WSD alle.
    """
    return await vraag.page(
        pagina,
        lambda uow: dossiers.lijst(
            uow, kandidaat_id=kandidaat_id, na=pagina.after, aantal=pagina.fetch
        ),
        answer=DossierUitvoer.van,
        key=lambda regel: (regel.vastgelegd_op, regel.dossier_id),
    )


@router.get(
    DOSSIER,
    response_model=DossierMetInhoud,
    responses=problems(NietGevonden),
)
async def geef_dossier(dossier_id: DossierId, vraag: LezenMetVersie) -> Response:
    """Geef een dossier"""
    return await vraag.run(
        lambda uow: dossiers.haal(uow, dossier_id),
        answer=DossierMetInhoud.van_bewaard,
        version=lambda bewaard: bewaard.versie,
    )


@router.post(
    DOSSIER + "/diagnoses",
    status_code=201,
    response_model=DossierUitvoer,
    responses=problems(NietGevonden, fouten.DiagnoseAlGestart, fouten.DatumPastNiet),
)
async def start_de_diagnose(
    dossier_id: DossierId, invoer: DiagnoseInvoer, opdracht: Trajectconsulent
) -> Response:
    """Start de diagnose"""
    return await opdracht.run(
        lambda uow: start_diagnose(uow, dossier_id, invoer.gestart_op),
        answer=DossierUitvoer.van,
        location=lambda _: f"/dossiers/{dossier_id}",
    )
