"""ZRM metingen of a dossier."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final
from uuid import UUID, uuid4

from fastapi import APIRouter, Response
from pydantic import Field

from chassis.web import (
    Datum,
    Invoer,
    NietGevonden,
    Uitvoer,
    problems,
)
from services.diagnose.api.vormen import DOSSIER, DossierId, Lezen, MetingId, Naam, Trajectconsulent
from services.diagnose.domain import fouten
from services.diagnose.domain.zrm import NIVEAUS, HulpAanwezig, ZrmDomein, ZrmMeting, ZrmScore
from services.diagnose.store import dossiers
from services.diagnose.use_cases.neem_zrm_af import neem_zrm_af

router = APIRouter(tags=["Metingen"])

METINGEN: Final = DOSSIER + "/zrm-metingen"


class ZrmScoreInvoer(Invoer):
    """Het niveau in een domein: 1 acute problematiek tot en met 5 volledig zelfredzaam."""

    domein: ZrmDomein
    niveau: Annotated[int, Field(ge=1, le=5)]
    hulp: HulpAanwezig
    toelichting: Annotated[str, Field(max_length=5000)] = ""


class ZrmMetingInvoer(Invoer):
    """Een volledige meting: alle dertien domeinen, op informatie van ten hoogste dertig dagen."""

    afgenomen_op: Datum
    informatie_van: Annotated[
        Datum, Field(description="De dag van de oudste informatie waar de meting op rust.")
    ]
    beoordelaar: Naam
    scores: Annotated[list[ZrmScoreInvoer], Field(min_length=1, max_length=26)]

    def naar_meting(self) -> ZrmMeting:
        return ZrmMeting(
            meting_id=uuid4(),
            afgenomen_op=self.afgenomen_op,
            informatie_van=self.informatie_van,
            beoordelaar=self.beoordelaar,
            scores=tuple(
                ZrmScore(score.domein, score.niveau, score.hulp, score.toelichting)
                for score in self.scores
            ),
        )


class MetingVastgelegd(Uitvoer):
    """De meting is vastgelegd."""

    meting_id: UUID

    @classmethod
    def van(cls, meting: ZrmMeting) -> MetingVastgelegd:
        return cls(meting_id=meting.meting_id)


class ZrmScoreUitvoer(Uitvoer):
    domein: ZrmDomein
    niveau: int
    niveaunaam: str
    hulp: HulpAanwezig
    toelichting: str


class ZrmMetingUitvoer(Uitvoer):
    """Een ZRM-meting. Elke inzage wordt vastgelegd in het verwerkingenlogboek."""

    meting_id: UUID
    zrm_versie: str
    afgenomen_op: date
    informatie_van: date
    beoordelaar: str
    scores: list[ZrmScoreUitvoer]

    @classmethod
    def van(cls, meting: ZrmMeting) -> ZrmMetingUitvoer:
        return cls(
            meting_id=meting.meting_id,
            zrm_versie=meting.versie,
            afgenomen_op=meting.afgenomen_op,
            informatie_van=meting.informatie_van,
            beoordelaar=meting.beoordelaar,
            scores=[
                ZrmScoreUitvoer(
                    domein=score.domein,
                    niveau=score.niveau,
                    niveaunaam=NIVEAUS[score.niveau],
                    hulp=score.hulp,
                    toelichting=score.toelichting,
                )
                for score in meting.scores
            ],
        )


@router.post(
    METINGEN,
    status_code=201,
    response_model=MetingVastgelegd,
    responses=problems(
        NietGevonden,
        fouten.OngeldigeZrm,
        fouten.DiagnoseNietGestart,
        fouten.ZrmAlAfgenomen,
        fouten.DatumPastNiet,
    ),
)
async def leg_zrm_vast(
    dossier_id: DossierId, invoer: ZrmMetingInvoer, opdracht: Trajectconsulent
) -> Response:
    """Leg een ZRM-meting vast

    Alle dertien domeinen van de Zelfredzaamheid-Matrix 2017, hoogstens een meting per dag.
    """
    return await opdracht.run(
        lambda uow: neem_zrm_af(uow, dossier_id, invoer.naar_meting()),
        answer=MetingVastgelegd.van,
        location=lambda meting: f"/dossiers/{dossier_id}/zrm-metingen/{meting.meting_id}",
    )


@router.get(
    METINGEN + "/{metingId}",
    response_model=ZrmMetingUitvoer,
    responses=problems(NietGevonden),
)
async def zie_zrm_in(dossier_id: DossierId, meting_id: MetingId, vraag: Lezen) -> Response:
    """Zie een ZRM-meting in"""
    return await vraag.run(
        lambda uow: dossiers.zie_in(uow, dossier_id, ZrmMeting, meting_id),
        answer=ZrmMetingUitvoer.van,
    )
