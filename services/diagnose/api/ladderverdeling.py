"""How kandidaten are divided over the participatieladder."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Response
from fastapi import Query as QueryParameter
from pydantic import Field

from chassis.clock import local_date
from chassis.unit_of_work import Reading
from chassis.web import Datum, NietGevonden, Uitvoer, problems
from services.diagnose.api.vormen import Gemeentecode, Lezen
from services.diagnose.domain.ladderverdeling import Ladderverdeling, Trededeel, verdeel
from services.diagnose.store import ladder

router = APIRouter(tags=["Rapportages"])


class TrededeelUitvoer(Uitvoer):
    trede: int
    aantal: int
    procent: Annotated[int, Field(description="Van wie een trede bekend is, in hele procenten.")]

    @classmethod
    def van(cls, deel: Trededeel) -> TrededeelUitvoer:
        return cls(trede=deel.trede, aantal=deel.aantal, procent=deel.procent)


class LadderverdelingUitvoer(Uitvoer):
    """Van wie naar WSD is doorverwezen en niet is uitgestroomd."""

    peildatum: date
    gemeentecode: Annotated[str | None, Field(description="Leeg: alle die u mag zien.")]
    kandidaten: int
    treden: list[TrededeelUitvoer]
    onbekend: Annotated[int, Field(description="Van wie op de peildatum geen trede geldt.")]


@router.get(
    "/rapportages/participatieladder",
    response_model=LadderverdelingUitvoer,
    responses=problems(NietGevonden),
)
async def rapporteer_participatieladder(
    vraag: Lezen,
    peildatum: Annotated[
        Datum | None, QueryParameter(description="Hoe het op deze dag was; anders vandaag.")
    ] = None,
    gemeentecode: Gemeentecode = None,
) -> Response:
    """Geef de verdeling over de participatieladder

    Trede 1 tot en met 4 stelt een professional vast; 5 en 6 volgen uit plaatsingen. De gemeente
    telt de eigen kandidaten, WSD alle of die van een gemeente.
    """
    van = vraag.of_gemeente(gemeentecode)

    async def lees(uow: Reading) -> tuple[date, Ladderverdeling]:
        op = peildatum or local_date(uow.now)
        return op, verdeel(await ladder.treden(uow, op, van))

    return await vraag.run(
        lees,
        answer=lambda gevonden: LadderverdelingUitvoer(
            peildatum=gevonden[0],
            gemeentecode=van,
            kandidaten=gevonden[1].kandidaten,
            treden=[TrededeelUitvoer.van(deel) for deel in gevonden[1].treden],
            onbekend=gevonden[1].onbekend,
        ),
    )
