"""Jobs with loonkostensubsidie over many kandidaten."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import Field

from chassis.web import NietGevonden, Uitvoer, problems
from services.plaatsing.api.vormen import (
    Gemeentecode,
    Lezen,
    PeriodeTotEnMet,
    PeriodeVanaf,
)
from services.plaatsing.domain import fouten
from services.plaatsing.domain.lks_banen import LksBanen
from services.plaatsing.domain.tijden import eis_periode
from services.plaatsing.store import rapportages

router = APIRouter(tags=["Rapportages"])


class GerealiseerdUitvoer(Uitvoer):
    jaar: int
    banen: Annotated[int, Field(description="Die in dit jaar begonnen, binnen de periode.")]


class LksStandUitvoer(Uitvoer):
    """Banen die op de laatste dag lopen, naar wie de kandidaat plaatste."""

    gemeente: int
    wsd: int
    totaal: int


class LksBanenUitvoer(Uitvoer):
    """Banen met loonkostensubsidie, bij een werkgever zelf of via Werkpartners."""

    vanaf: date
    tot_en_met: date
    gemeentecode: Annotated[str | None, Field(description="Leeg: alle die u mag zien.")]
    gerealiseerd: Annotated[
        list[GerealiseerdUitvoer], Field(description="Een jaar zonder banen staat er niet in.")
    ]
    gerealiseerd_totaal: int
    stand: LksStandUitvoer

    @classmethod
    def van(
        cls, banen: LksBanen, vanaf: date, tot_en_met: date, gemeentecode: str | None
    ) -> LksBanenUitvoer:
        return cls(
            vanaf=vanaf,
            tot_en_met=tot_en_met,
            gemeentecode=gemeentecode,
            gerealiseerd=[
                GerealiseerdUitvoer(jaar=jaar, banen=aantal)
                for jaar, aantal in banen.gerealiseerd.items()
            ],
            gerealiseerd_totaal=banen.gerealiseerd_totaal,
            stand=LksStandUitvoer(
                gemeente=banen.door_gemeente, wsd=banen.door_wsd, totaal=banen.stand
            ),
        )


@router.get(
    "/rapportages/lks-banen",
    response_model=LksBanenUitvoer,
    responses=problems(NietGevonden, fouten.OngeldigePeriode),
)
async def rapporteer_lks_banen(
    vraag: Lezen,
    vanaf: PeriodeVanaf,
    tot_en_met: PeriodeTotEnMet,
    gemeentecode: Gemeentecode = None,
) -> Response:
    """Geef de banen met loonkostensubsidie

    Hoeveel er per jaar zijn gerealiseerd, en hoeveel er op de laatste dag lopen: geplaatst door de
    gemeente zelf en door WSD. De gemeente ziet de eigen kandidaten, WSD alle of die van een
    gemeente.
    """
    eis_periode(vanaf, tot_en_met)
    van = vraag.of_gemeente(gemeentecode)
    return await vraag.run(
        lambda uow: rapportages.lks_banen(uow, vanaf, tot_en_met, van),
        answer=lambda banen: LksBanenUitvoer.van(banen, vanaf, tot_en_met, van),
    )
