"""Adviezen of a dossier."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Path, Response
from pydantic import Field

from chassis.web import (
    Datum,
    Invoer,
    NietGevonden,
    Uitvoer,
    problems,
)
from services.diagnose.api.vormen import DOSSIER, DossierId, Lezen, Tekst, Trajectconsulent
from services.diagnose.domain import fouten
from services.diagnose.domain.advies import Advies, Dienst, Programma, Richting
from services.diagnose.store import dossiers
from services.diagnose.use_cases.geef_advies import TeGevenAdvies, geef_advies

router = APIRouter(tags=["Adviezen"])

ADVIEZEN: Final = DOSSIER + "/adviezen"

AdviesId = Annotated[UUID, Path(alias="adviesId", description="Het nummer van het advies.")]


class AdviesInvoer(Invoer):
    """Een advies rust op een ZRM-meting, een loonwaardemeting of beide uit dit dossier."""

    gegeven_op: Datum
    programma: Programma
    diensten: Annotated[list[Dienst], Field(min_length=1, max_length=20)]
    motivering: Tekst
    zrm_meting_id: UUID | None = None
    loonwaarde_meting_id: UUID | None = None
    alleen_aangepast: Annotated[
        bool, Field(description="Kan alleen onder aangepaste omstandigheden werken.")
    ] = False
    motivering_afwijking: Annotated[
        str,
        Field(
            max_length=5000,
            description="Nodig als het advies afwijkt van het voorstel van de regel.",
        ),
    ] = ""

    def naar_advies(self) -> TeGevenAdvies:
        return TeGevenAdvies(
            gegeven_op=self.gegeven_op,
            programma=self.programma,
            diensten=tuple(self.diensten),
            motivering=self.motivering,
            zrm_meting_id=self.zrm_meting_id,
            loonwaarde_meting_id=self.loonwaarde_meting_id,
            alleen_aangepast=self.alleen_aangepast,
            motivering_afwijking=self.motivering_afwijking,
        )


class AdviesVastgelegd(Uitvoer):
    """Het advies is gegeven; de gemeente ziet het nu."""

    advies_id: UUID
    programma: Programma
    voorgesteld: Annotated[
        Richting | None, Field(description="Wat de regel voorstelt; leeg als zij niets voorstelt.")
    ]
    wijkt_af: bool

    @classmethod
    def van(cls, advies: Advies) -> AdviesVastgelegd:
        return cls(
            advies_id=advies.advies_id,
            programma=advies.programma,
            voorgesteld=advies.voorgesteld,
            wijkt_af=advies.wijkt_af,
        )


class AdviesUitvoer(Uitvoer):
    """Een advies met de motivering. Elke inzage wordt vastgelegd in het verwerkingenlogboek."""

    advies_id: UUID
    gegeven_op: date
    programma: Programma
    diensten: list[Dienst]
    motivering: str
    voorgesteld: Richting | None
    wijkt_af: bool
    motivering_afwijking: str
    zrm_meting_id: UUID | None
    loonwaarde_meting_id: UUID | None

    @classmethod
    def van(cls, advies: Advies) -> AdviesUitvoer:
        return cls(
            advies_id=advies.advies_id,
            gegeven_op=advies.gegeven_op,
            programma=advies.programma,
            diensten=list(advies.diensten),
            motivering=advies.motivering,
            voorgesteld=advies.voorgesteld,
            wijkt_af=advies.wijkt_af,
            motivering_afwijking=advies.motivering_afwijking,
            zrm_meting_id=advies.zrm_meting_id,
            loonwaarde_meting_id=advies.loonwaarde_meting_id,
        )


@router.post(
    ADVIEZEN,
    status_code=201,
    response_model=AdviesVastgelegd,
    responses=problems(
        NietGevonden,
        fouten.OngeldigAdvies,
        fouten.DiagnoseNietGestart,
        fouten.AdviesZonderGrondslag,
        fouten.GrondslagOnbekend,
        fouten.AfwijkingNietGemotiveerd,
        fouten.DatumPastNiet,
    ),
)
async def geef_een_advies(
    dossier_id: DossierId, invoer: AdviesInvoer, opdracht: Trajectconsulent
) -> Response:
    """Geef een advies

    De regel stelt op grond van de loonwaarde een richting voor; een advies dat daarvan afwijkt
    heeft een motivering van de afwijking nodig.
    """
    return await opdracht.run(
        lambda uow: geef_advies(uow, dossier_id, invoer.naar_advies()),
        answer=AdviesVastgelegd.van,
        location=lambda advies: f"/dossiers/{dossier_id}/adviezen/{advies.advies_id}",
    )


@router.get(
    ADVIEZEN + "/{adviesId}",
    response_model=AdviesUitvoer,
    responses=problems(NietGevonden),
)
async def zie_advies_in(dossier_id: DossierId, advies_id: AdviesId, vraag: Lezen) -> Response:
    """Zie een advies in

    Met de motivering, voor de gemeente die erop besluit en voor WSD.
    """
    return await vraag.run(
        lambda uow: dossiers.zie_in(uow, dossier_id, Advies, advies_id),
        answer=AdviesUitvoer.van,
    )
