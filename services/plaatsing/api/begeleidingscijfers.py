"""Guidance over many kandidaten: agreed against booked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import Field

from chassis.unit_of_work import Reading
from chassis.web import NietGevonden, Uitvoer, problems
from services.plaatsing.api.vormen import (
    Gemeentecode,
    Lezen,
    PeriodeTotEnMet,
    PeriodeVanaf,
)
from services.plaatsing.domain import fouten
from services.plaatsing.domain.begeleiding import Begeleidingsoort
from services.plaatsing.domain.begeleidingscijfers import Begeleidingsregel, tel
from services.plaatsing.domain.tijden import eis_periode
from services.plaatsing.store import begeleidingen

router = APIRouter(tags=["Rapportages"])


class BegeleidingsregelUitvoer(Uitvoer):
    """Uren in de periode."""

    soort: Annotated[Begeleidingsoort | None, Field(description="Leeg: alle samen.")]
    plaatsingen: Annotated[
        int, Field(description="Waarbij in de periode begeleiding was afgesproken.")
    ]
    afgesproken_uren: Annotated[
        Decimal, Field(description="Uren per week, per dag een zevende; een keer afgerond.")
    ]
    geboekte_uren: Decimal
    verschil: Annotated[
        Decimal, Field(description="Geboekt min afgesproken; negatief: minder dan afgesproken.")
    ]

    @classmethod
    def van(cls, regel: Begeleidingsregel) -> BegeleidingsregelUitvoer:
        return cls(
            soort=regel.soort,
            plaatsingen=regel.plaatsingen,
            afgesproken_uren=regel.afgesproken_uren,
            geboekte_uren=regel.geboekte_uren,
            verschil=regel.verschil,
        )


class BegeleidingscijfersUitvoer(Uitvoer):
    """Afgesproken tegen geboekt, in een periode; beide dagen tellen mee."""

    vanaf: date
    tot_en_met: date
    gemeentecode: Annotated[str | None, Field(description="Leeg: alle die u mag zien.")]
    regels: Annotated[
        list[BegeleidingsregelUitvoer], Field(description="Per soort, en dan alle samen.")
    ]


@router.get(
    "/rapportages/begeleiding",
    response_model=BegeleidingscijfersUitvoer,
    responses=problems(NietGevonden, fouten.OngeldigePeriode),
)
async def rapporteer_begeleiding(
    vraag: Lezen,
    vanaf: PeriodeVanaf,
    tot_en_met: PeriodeTotEnMet,
    gemeentecode: Gemeentecode = None,
) -> Response:
    """Geef afgesproken en geboekte uren begeleiding

    De gemeente ziet de eigen kandidaten, WSD alle of die van een gemeente.
    """
    eis_periode(vanaf, tot_en_met)
    van = vraag.of_gemeente(gemeentecode)

    async def lees(uow: Reading) -> tuple[Begeleidingsregel, ...]:
        gevonden = await begeleidingen.in_periode(uow, vanaf, tot_en_met, van)
        geboekt = await begeleidingen.geboekt_in_periode(uow, vanaf, tot_en_met, van)
        paren = [(gezien.begeleiding, gezien.laatste_dag) for gezien in gevonden]
        return tel(paren, geboekt, vanaf, tot_en_met)

    return await vraag.run(
        lees,
        answer=lambda regels: BegeleidingscijfersUitvoer(
            vanaf=vanaf,
            tot_en_met=tot_en_met,
            gemeentecode=van,
            regels=[BegeleidingsregelUitvoer.van(regel) for regel in regels],
        ),
    )
