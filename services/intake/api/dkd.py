"""The fields of the DKD re-integratiebericht, to be sent by the gemeente itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response
from fastapi import Query as QueryParameter
from pydantic import Field

from chassis.web import Query, problems, query
from chassis.web.models import Uitvoer
from services.intake import loonkostensubsidies
from services.intake.domain import fouten
from services.intake.domain.dkd import Bericht, OnderWml, Uitkomst
from services.intake.domain.srg import Maand
from services.intake.loonkostensubsidies import DkdLevering

router = APIRouter()

Leveren = Annotated[Query, query("intake.persoonsgegevens.lezen")]


class DkdBerichtUitvoer(Uitvoer):
    """De loonwaarde van een kandidaat, zoals een brief haar aan de werkgever vertelt."""

    beschikking_id: UUID
    kandidaat_id: UUID
    bsn: str
    code_arbeidsvermogen_onder_wml: Annotated[OnderWml, Field(description="1 is ja, 2 is nee.")]
    datum_begin_reintegratie_inzet: Annotated[
        date,
        Field(
            description="Dag van de brief die de werkgever loonwaarde en loonkostensubsidie meldt."
        ),
    ]
    percentage_loonwaarde: Annotated[
        int, Field(ge=0, le=100, description="Hele procenten van het wettelijk minimumloon.")
    ]
    ingangsdatum: Annotated[date, Field(description="Dag vanaf wanneer de loonwaarde geldt.")]

    @classmethod
    def van(cls, bsn: str, bericht: Bericht) -> DkdBerichtUitvoer:
        return cls(
            beschikking_id=bericht.beschikking.beschikking_id,
            kandidaat_id=bericht.beschikking.kandidaat_id,
            bsn=bsn,
            code_arbeidsvermogen_onder_wml=bericht.onder_wml,
            datum_begin_reintegratie_inzet=bericht.begin_inzet,
            percentage_loonwaarde=bericht.percentage,
            ingangsdatum=bericht.ingangsdatum,
        )


class DkdControle(Uitvoer):
    """Alle beschikkingen van de maand: met bericht, en waarom zonder. Telt altijd op."""

    beschikkingen: Annotated[int, Field(description="Bekendgemaakt in deze maand.")]
    met_bericht: int
    ongewijzigd: Annotated[int, Field(description="De brief noemt dezelfde loonwaarde als eerder.")]
    zonder_loonwaarde: Annotated[int, Field(description="Er is niets gemeten: het forfait.")]
    afgewezen: int
    beeindigd: Annotated[int, Field(description="De brief gaat over het einde.")]

    @classmethod
    def van(cls, uitkomsten: Mapping[Uitkomst, int]) -> DkdControle:
        per_uitkomst = {u.value.replace("-", "_"): uitkomsten.get(u, 0) for u in Uitkomst}
        return cls(beschikkingen=sum(uitkomsten.values()), **per_uitkomst)


class DkdLeveringUitvoer(Uitvoer):
    """Wat er in een maand voor het DKD veranderde."""

    gemeentecode: str
    maand: Annotated[str, Field(examples=["2026-01"])]
    berichten: Annotated[
        list[DkdBerichtUitvoer],
        Field(description="In de volgorde van de brieven; een brief kan er meer geven."),
    ]
    controle: DkdControle

    @classmethod
    def van(cls, levering: DkdLevering) -> DkdLeveringUitvoer:
        return cls(
            gemeentecode=levering.gemeentecode,
            maand=f"{levering.maand.jaar}-{levering.maand.maand:02}",
            berichten=[DkdBerichtUitvoer.van(bsn, b) for bsn, b in levering.berichten],
            controle=DkdControle.van(levering.uitkomsten),
        )


@router.get(
    "/uitwisseling/dkd-reintegratieberichten",
    tags=["Uitwisseling"],
    response_model=DkdLeveringUitvoer,
    responses=problems(fouten.NietBevoegd),
)
async def maak_dkd_reintegratieberichten(
    vraag: Leveren,
    maand: Annotated[
        str,
        QueryParameter(
            pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$",
            description="Maand van bekendmaking.",
            examples=["2026-01"],
        ),
    ],
) -> Response:
    """Maak de DKD re-integratieberichten van een maand

    De drie velden van de Praktijkroute over de loonwaarde, voor elke beschikking over
    loonkostensubsidie die de werkgever een andere loonwaarde meldt dan eerder. Alleen voor de
    gemeente zelf; dat het BSN van een kandidaat is gelezen wordt vastgelegd.
    """
    jaar, nummer = map(int, maand.split("-"))
    return await vraag.run(
        lambda uow: loonkostensubsidies.dkd(uow, Maand(jaar, nummer)), answer=DkdLeveringUitvoer.van
    )
