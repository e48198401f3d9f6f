"""In-, door- en uitstroom over many kandidaten."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Response
from fastapi import Query as QueryParameter
from pydantic import Field

from chassis.unit_of_work import Reading
from chassis.web import NietGevonden, Uitvoer, problems
from services.plaatsing.api.vormen import (
    Gemeentecode,
    Lezen,
    PeriodeTotEnMet,
    PeriodeVanaf,
    van_gemeente,
)
from services.plaatsing.domain import fouten
from services.plaatsing.domain.einde import Eindereden, Plaatsingsoort
from services.plaatsing.domain.kandidaat import Programma
from services.plaatsing.domain.stroom import Doorstroom, Stroom, Stroomregel, tel
from services.plaatsing.domain.tijden import eis_periode
from services.plaatsing.store import rapportages

router = APIRouter(tags=["Rapportages"])


class UitstroomUitvoer(Uitvoer):
    reden: Annotated[
        Eindereden | None,
        Field(description="Leeg: het afgesproken einde is voorbij en er is geen reden vastgelegd."),
    ]
    aantal: int


class StroomregelUitvoer(Uitvoer):
    """Plaatsingen van een soort. Beginstand + instroom + doorstroomIn - doorstroomUit - uitstroom
    is de eindstand.
    """

    soort: Plaatsingsoort
    beginstand: Annotated[int, Field(description="Begonnen voor de periode, en liepen erin.")]
    instroom: Annotated[int, Field(description="Begonnen, niet vanuit een andere plaatsing.")]
    doorstroom_in: Annotated[int, Field(description="Begonnen vanuit een andere plaatsing.")]
    doorstroom_uit: Annotated[int, Field(description="Geëindigd, en verder in een volgende.")]
    uitstroom: Annotated[int, Field(description="Geëindigd, zonder een volgende.")]
    uitstroom_naar_reden: list[UitstroomUitvoer]
    eindstand: Annotated[int, Field(description="Lopen na de periode door.")]

    @classmethod
    def van(cls, regel: Stroomregel) -> StroomregelUitvoer:
        return cls(
            soort=regel.soort,
            beginstand=regel.beginstand,
            instroom=regel.instroom,
            doorstroom_in=regel.doorstroom_in,
            doorstroom_uit=regel.doorstroom_uit,
            uitstroom=sum(regel.uitstroom.values()),
            uitstroom_naar_reden=[
                UitstroomUitvoer(reden=reden, aantal=regel.uitstroom[reden])
                for reden in (*Eindereden, None)
                if regel.uitstroom.get(reden)
            ],
            eindstand=regel.eindstand,
        )


class KandidatenstroomUitvoer(Uitvoer):
    """Kandidaten met een plaatsing, ieder een keer; wie gaat en terugkomt telt beide keren."""

    beginstand: int
    instroom: int
    uitstroom: int
    eindstand: int


class DoorstroomUitvoer(Uitvoer):
    """Hoeveel er vanuit de ene soort in de andere begonnen, vooruit of terug."""

    van: Plaatsingsoort
    naar: Plaatsingsoort
    aantal: int

    @classmethod
    def uit(cls, doorstroom: Doorstroom) -> DoorstroomUitvoer:
        return cls(van=doorstroom.van, naar=doorstroom.naar, aantal=doorstroom.aantal)


class StroomUitvoer(Uitvoer):
    """In-, door- en uitstroom in een periode; beide dagen tellen mee."""

    vanaf: date
    tot_en_met: date
    gemeentecode: Annotated[str | None, Field(description="Leeg: alle die u mag zien.")]
    programma: Annotated[Programma | None, Field(description="Leeg: alle.")]
    soort: Annotated[Plaatsingsoort | None, Field(description="Leeg: alle.")]
    kandidaten: Annotated[
        KandidatenstroomUitvoer,
        Field(description="Van de gevraagde soorten samen, zonder regulier werk."),
    ]
    soorten: list[StroomregelUitvoer]
    doorstroom: list[DoorstroomUitvoer]


@router.get(
    "/rapportages/stroom",
    response_model=StroomUitvoer,
    responses=problems(NietGevonden, fouten.OngeldigePeriode),
)
async def rapporteer_stroom(
    vraag: Lezen,
    vanaf: PeriodeVanaf,
    tot_en_met: PeriodeTotEnMet,
    gemeentecode: Gemeentecode = None,
    programma: Annotated[
        Programma | None,
        QueryParameter(description="Alleen plaatsingen die in dit programma begonnen."),
    ] = None,
    soort: Annotated[
        Plaatsingsoort | None, QueryParameter(description="Alleen plaatsingen van deze soort.")
    ] = None,
) -> Response:
    """Geef in-, door- en uitstroom in een periode

    Per soort plaatsingen, en over alles heen kandidaten. Wie naar regulier werk gaat stroomt uit;
    wie uitstroomde en terugkwam stroomt weer in. De gemeente ziet de eigen kandidaten, WSD alle of
    die van een gemeente.
    """
    eis_periode(vanaf, tot_en_met)
    van = van_gemeente(vraag, gemeentecode)
    soorten = (soort,) if soort else tuple(Plaatsingsoort)

    async def lees(uow: Reading) -> Stroom:
        feiten = await rapportages.stroomfeiten(uow, vanaf, tot_en_met, van, programma, soort)
        return await asyncio.to_thread(tel, feiten, vanaf, tot_en_met, soorten)

    return await vraag.run(
        lees,
        answer=lambda stroom: StroomUitvoer(
            vanaf=vanaf,
            tot_en_met=tot_en_met,
            gemeentecode=van,
            programma=programma,
            soort=soort,
            kandidaten=KandidatenstroomUitvoer(
                beginstand=stroom.kandidaten.beginstand,
                instroom=stroom.kandidaten.instroom,
                uitstroom=stroom.kandidaten.uitstroom,
                eindstand=stroom.kandidaten.eindstand,
            ),
            soorten=[StroomregelUitvoer.van(regel) for regel in stroom.regels],
            doorstroom=[DoorstroomUitvoer.uit(paar) for paar in stroom.doorstroom],
        ),
    )
