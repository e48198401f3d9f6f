"""Loonwaardemetingen of a dossier."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
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
from services.diagnose.api.vormen import (
    DOSSIER,
    DossierId,
    Lezen,
    Loonwaardedeskundige,
    MetingId,
    Naam,
    Procent,
)
from services.diagnose.domain import fouten
from services.diagnose.domain.loonwaarde import Hoofdtaak, Loonwaardemeting
from services.diagnose.store import dossiers
from services.diagnose.use_cases.stel_loonwaarde_vast import stel_loonwaarde_vast

router = APIRouter(tags=["Metingen"])

LOONWAARDEN: Final = DOSSIER + "/loonwaardemetingen"


class HoofdtaakInvoer(Invoer):
    """Een hoofdtaak: ten minste 1/16 van de werktijd en 30 minuten per werkdag."""

    omschrijving: Naam
    aandeel: Procent
    tempo: Procent
    kwaliteit: Procent
    netto_werktijd: Procent


class LoonwaardemetingInvoer(Invoer):
    """Het modelrapport van de Regeling loonkostensubsidie Participatiewet 2021, in gegevens."""

    bedrijfsbezoek_op: Datum
    vastgesteld_op: Datum
    ingangsdatum: Datum
    loonwaardedeskundige: Naam
    uren_per_week: Annotated[Decimal, Field(gt=0, le=60, max_digits=4, decimal_places=2)]
    werkdagen_per_week: Annotated[Decimal, Field(gt=0, le=7, max_digits=3, decimal_places=2)]
    hoofdtaken: Annotated[list[HoofdtaakInvoer], Field(max_length=10, default_factory=list)]
    reguliere_prestatie: Annotated[
        bool, Field(description="Levert een reguliere arbeidsprestatie: de loonwaarde is 100%.")
    ] = False

    def naar_meting(self) -> Loonwaardemeting:
        return Loonwaardemeting(
            meting_id=uuid4(),
            bedrijfsbezoek_op=self.bedrijfsbezoek_op,
            vastgesteld_op=self.vastgesteld_op,
            ingangsdatum=self.ingangsdatum,
            loonwaardedeskundige=self.loonwaardedeskundige,
            uren_per_week=self.uren_per_week,
            werkdagen_per_week=self.werkdagen_per_week,
            hoofdtaken=tuple(
                Hoofdtaak(
                    taak.omschrijving,
                    taak.aandeel,
                    taak.tempo,
                    taak.kwaliteit,
                    taak.netto_werktijd,
                )
                for taak in self.hoofdtaken
            ),
            reguliere_prestatie=self.reguliere_prestatie,
        )


class LoonwaardeVastgelegd(Uitvoer):
    """De loonwaarde is vastgesteld."""

    meting_id: UUID
    loonwaarde: Annotated[int, Field(ge=0, le=100, description="Hele procenten van het WML.")]

    @classmethod
    def van(cls, meting: Loonwaardemeting) -> LoonwaardeVastgelegd:
        return cls(meting_id=meting.meting_id, loonwaarde=meting.loonwaarde)


class HoofdtaakUitvoer(Uitvoer):
    omschrijving: str
    aandeel: Decimal
    tempo: Decimal
    kwaliteit: Decimal
    netto_werktijd: Decimal
    resultaat: Annotated[
        Decimal, Field(description="Aandeel x tempo x kwaliteit x netto werktijd, in procenten.")
    ]


class LoonwaardemetingUitvoer(Uitvoer):
    """Een loonwaardemeting. Elke inzage wordt vastgelegd in het verwerkingenlogboek."""

    meting_id: UUID
    methode: str
    bedrijfsbezoek_op: date
    vastgesteld_op: date
    ingangsdatum: date
    loonwaardedeskundige: str
    uren_per_week: Decimal
    werkdagen_per_week: Decimal
    reguliere_prestatie: bool
    hoofdtaken: list[HoofdtaakUitvoer]
    onafgerond: Decimal
    loonwaarde: int

    @classmethod
    def van(cls, meting: Loonwaardemeting) -> LoonwaardemetingUitvoer:
        return cls(
            meting_id=meting.meting_id,
            methode=meting.methode,
            bedrijfsbezoek_op=meting.bedrijfsbezoek_op,
            vastgesteld_op=meting.vastgesteld_op,
            ingangsdatum=meting.ingangsdatum,
            loonwaardedeskundige=meting.loonwaardedeskundige,
            uren_per_week=meting.uren_per_week,
            werkdagen_per_week=meting.werkdagen_per_week,
            reguliere_prestatie=meting.reguliere_prestatie,
            hoofdtaken=[
                HoofdtaakUitvoer(
                    omschrijving=taak.omschrijving,
                    aandeel=taak.aandeel,
                    tempo=taak.tempo,
                    kwaliteit=taak.kwaliteit,
                    netto_werktijd=taak.netto_werktijd,
                    resultaat=taak.resultaat,
                )
                for taak in meting.hoofdtaken
            ],
            onafgerond=meting.onafgerond,
            loonwaarde=meting.loonwaarde,
        )


@router.post(
    LOONWAARDEN,
    status_code=201,
    response_model=LoonwaardeVastgelegd,
    responses=problems(
        NietGevonden,
        fouten.OngeldigeLoonwaardemeting,
        fouten.DiagnoseNietGestart,
        fouten.LoonwaardeAlVastgesteld,
        fouten.DatumPastNiet,
    ),
)
async def leg_loonwaarde_vast(
    dossier_id: DossierId, invoer: LoonwaardemetingInvoer, opdracht: Loonwaardedeskundige
) -> Response:
    """Stel de loonwaarde vast

    Volgens de uniforme methode: de som over de hoofdtaken van aandeel x tempo x kwaliteit x netto
    werktijd, rekenkundig afgerond op hele procenten van het wettelijk minimumloon.
    """
    return await opdracht.run(
        lambda uow: stel_loonwaarde_vast(uow, dossier_id, invoer.naar_meting()),
        answer=LoonwaardeVastgelegd.van,
        location=lambda meting: f"/dossiers/{dossier_id}/loonwaardemetingen/{meting.meting_id}",
    )


@router.get(
    LOONWAARDEN + "/{metingId}",
    response_model=LoonwaardemetingUitvoer,
    responses=problems(NietGevonden),
)
async def zie_loonwaarde_in(dossier_id: DossierId, meting_id: MetingId, vraag: Lezen) -> Response:
    """Zie een loonwaardemeting in"""
    return await vraag.run(
        lambda uow: dossiers.zie_in(uow, dossier_id, Loonwaardemeting, meting_id),
        answer=LoonwaardemetingUitvoer.van,
    )
