"""Overdrachten: a kandidaat goes over to another gemeente."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Response
from pydantic import Field

from chassis.web import Datum, Invoer, NietGevonden, Uitvoer, problems
from services.intake import overdrachten
from services.intake.api.vormen import KANDIDAAT, KandidaatId, Klantmanager, Lezen
from services.intake.domain import fouten
from services.intake.domain.overdracht import Overdracht, Overdrachtreden, Overdrachtstatus
from services.intake.problemen import InwonerAlKandidaat
from services.intake.use_cases.draag_over import TePlannen, draag_over, trek_overdracht_in

router = APIRouter()


class OverdrachtInvoer(Invoer):
    """Aan wie, vanaf wanneer en waarom."""

    naar_gemeente: Annotated[
        str,
        Field(
            description="CBS-gemeentecode van de gemeente die de regie overneemt.",
            pattern=r"^[0-9]{4}$",
            json_schema_extra={"examples": ["0865"]},
        ),
    ]
    ingangsdatum: Annotated[
        Datum,
        Field(description="Eerste dag van de nieuwe regie: vandaag of tot een jaar vooruit."),
    ]
    reden: Overdrachtreden

    def naar_plan(self) -> TePlannen:
        return TePlannen(self.naar_gemeente, self.ingangsdatum, self.reden)


class OverdrachtUitvoer(Uitvoer):
    overdracht_id: UUID
    van_gemeente: str
    naar_gemeente: str
    ingangsdatum: date
    reden: Overdrachtreden
    status: Overdrachtstatus

    @classmethod
    def van(cls, overdracht: Overdracht) -> OverdrachtUitvoer:
        return cls(
            overdracht_id=overdracht.overdracht_id,
            van_gemeente=overdracht.van_gemeente,
            naar_gemeente=overdracht.naar_gemeente,
            ingangsdatum=overdracht.ingangsdatum,
            reden=overdracht.reden,
            status=overdracht.status,
        )


class OverdrachtenUitvoer(Uitvoer):
    """Alle overdrachten van een kandidaat, de oudste eerst."""

    overdrachten: list[OverdrachtUitvoer]

    @classmethod
    def van(cls, gevonden: Sequence[Overdracht]) -> OverdrachtenUitvoer:
        return cls(overdrachten=[OverdrachtUitvoer.van(overdracht) for overdracht in gevonden])


@router.get(
    KANDIDAAT + "/overdrachten",
    tags=["Overdrachten"],
    response_model=OverdrachtenUitvoer,
    responses=problems(NietGevonden),
)
async def geef_overdrachten(kandidaat_id: KandidaatId, vraag: Lezen) -> Response:
    """Geef de overdrachten van een kandidaat"""
    return await vraag.run(
        lambda uow: overdrachten.lijst(uow, kandidaat_id),
        answer=OverdrachtenUitvoer.van,
    )


@router.post(
    KANDIDAAT + "/overdrachten",
    status_code=201,
    tags=["Overdrachten"],
    response_model=OverdrachtUitvoer,
    responses=problems(
        NietGevonden,
        InwonerAlKandidaat,
        fouten.KandidaatIsUitgestroomd,
        fouten.NietBevoegd,
        fouten.OnbekendeGemeente,
        fouten.OverdrachtAanZichzelf,
        fouten.IngangsdatumPastNiet,
        fouten.OverdrachtAlGepland,
    ),
)
async def draag_kandidaat_over(
    kandidaat_id: KandidaatId,
    invoer: OverdrachtInvoer,
    opdracht: Klantmanager,
) -> Response:
    """Draag een kandidaat over aan een andere gemeente

    Met ingang van vandaag gebeurt het meteen; met een latere datum bij het begin van die dag. Vanaf
    dan heeft de andere gemeente de kandidaat, met alles wat erbij hoort, en ontvangt zij de
    gebeurtenissen. Voor uw gemeente bestaat de kandidaat dan niet meer; wat u al ontving houdt u.
    Voor WSD verandert er niets.
    """
    return await opdracht.run(
        lambda uow: draag_over(uow, kandidaat_id, invoer.naar_plan()),
        answer=OverdrachtUitvoer.van,
        location=lambda _: f"/kandidaten/{kandidaat_id}/overdrachten",
    )


@router.post(
    KANDIDAAT + "/overdrachten/{overdrachtId}/intrekkingen",
    status_code=201,
    tags=["Overdrachten"],
    response_model=OverdrachtUitvoer,
    responses=problems(
        NietGevonden,
        fouten.NietBevoegd,
        fouten.OverdrachtIngetrokken,
        fouten.AlOvergedragen,
    ),
)
async def trek_een_overdracht_in(
    kandidaat_id: KandidaatId,
    overdracht_id: Annotated[
        UUID, Path(alias="overdrachtId", description="Het nummer van de overdracht.")
    ],
    opdracht: Klantmanager,
) -> Response:
    """Trek een geplande overdracht in

    Kan zolang zij niet is uitgevoerd.
    """
    return await opdracht.run(
        lambda uow: trek_overdracht_in(uow, kandidaat_id, overdracht_id),
        answer=OverdrachtUitvoer.van,
        location=lambda _: f"/kandidaten/{kandidaat_id}/overdrachten",
    )
