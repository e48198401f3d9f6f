"""In-, door- en uitstroom over many kandidaten."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Response
from fastapi import Query as QueryParameter
from pydantic import Field

from chassis.unit_of_work import Reading
from chassis.web import NietGevonden, Page, PageRequest, Uitvoer, page, problems
from services.plaatsing.api.vormen import (
    Gemeentecode,
    Lezen,
    PeriodeTotEnMet,
    PeriodeVanaf,
)
from services.plaatsing.domain import fouten
from services.plaatsing.domain.einde import Eindereden, Plaatsingsoort
from services.plaatsing.domain.kandidaat import Programma
from services.plaatsing.domain.stroom import (
    Doorstroom,
    Stroom,
    Stroomregel,
    Telling,
    tel,
    tellingen,
)
from services.plaatsing.domain.tijden import eis_periode
from services.plaatsing.store import rapportages
from services.plaatsing.store.rapportages import Stroomplaatsing, Stroomvraag

router = APIRouter(tags=["Rapportages"])

RAPPORTAGE: Final = "/rapportages/stroom"
Beginpagina = Annotated[PageRequest, page(date, UUID)]
InProgramma = Annotated[
    Programma | None,
    QueryParameter(description="Alleen plaatsingen die in dit programma begonnen."),
]
VanSoort = Annotated[
    Plaatsingsoort | None, QueryParameter(description="Alleen plaatsingen van deze soort.")
]


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

    @classmethod
    def van(cls, stroom: Stroom, vraag: Stroomvraag) -> StroomUitvoer:
        return cls(
            vanaf=vraag.vanaf,
            tot_en_met=vraag.tot_en_met,
            gemeentecode=vraag.gemeentecode,
            programma=vraag.programma,
            soort=vraag.soort,
            kandidaten=KandidatenstroomUitvoer(
                beginstand=stroom.kandidaten.beginstand,
                instroom=stroom.kandidaten.instroom,
                uitstroom=stroom.kandidaten.uitstroom,
                eindstand=stroom.kandidaten.eindstand,
            ),
            soorten=[StroomregelUitvoer.van(regel) for regel in stroom.regels],
            doorstroom=[DoorstroomUitvoer.uit(paar) for paar in stroom.doorstroom],
        )


class StroomplaatsingUitvoer(Uitvoer):
    """Een plaatsing achter de cijfers, en in welke zij telt."""

    plaatsing_id: UUID
    kandidaat_id: UUID
    gemeentecode: str
    soort: Plaatsingsoort
    programma: Annotated[Programma | None, Field(description="Leeg van voor wij het bewaarden.")]
    begindatum: date
    einddatum: Annotated[date | None, Field(description="Leeg bij een open einde.")]
    eindereden: Eindereden | None
    telt_als: Annotated[list[Telling], Field(description="Waar zij vandaan komt en blijft.")]

    @classmethod
    def van(
        cls, plaatsing: Stroomplaatsing, vanaf: date, tot_en_met: date
    ) -> StroomplaatsingUitvoer:
        feit = plaatsing.feit
        return cls(
            plaatsing_id=plaatsing.plaatsing_id,
            kandidaat_id=feit.kandidaat_id,
            gemeentecode=plaatsing.gemeentecode,
            soort=feit.soort,
            programma=plaatsing.programma,
            begindatum=feit.begin,
            einddatum=feit.laatste_dag,
            eindereden=feit.eindereden,
            telt_als=list(tellingen(feit, vanaf, tot_en_met)),
        )


class StroomplaatsingenPagina(Page[StroomplaatsingUitvoer]):
    """In de volgorde waarin zij begonnen."""


@router.get(
    RAPPORTAGE,
    response_model=StroomUitvoer,
    responses=problems(NietGevonden, fouten.OngeldigePeriode),
)
async def rapporteer_stroom(
    vraag: Lezen,
    vanaf: PeriodeVanaf,
    tot_en_met: PeriodeTotEnMet,
    gemeentecode: Gemeentecode = None,
    programma: InProgramma = None,
    soort: VanSoort = None,
) -> Response:
    """Geef in-, door- en uitstroom in een periode

    Per soort plaatsingen, en over alles heen kandidaten. Wie naar regulier werk gaat stroomt uit;
    wie uitstroomde en terugkwam stroomt weer in. De gemeente ziet de eigen kandidaten, WSD alle of
    die van een gemeente.
    """
    eis_periode(vanaf, tot_en_met)
    van = vraag.of_gemeente(gemeentecode)
    gevraagd = Stroomvraag(vanaf, tot_en_met, van, programma, soort)
    soorten = (soort,) if soort else tuple(Plaatsingsoort)

    async def lees(uow: Reading) -> Stroom:
        feiten = await rapportages.stroomfeiten(uow, gevraagd)
        return await asyncio.to_thread(tel, feiten, vanaf, tot_en_met, soorten)

    return await vraag.run(lees, answer=lambda stroom: StroomUitvoer.van(stroom, gevraagd))


@router.get(
    RAPPORTAGE + "/plaatsingen",
    response_model=StroomplaatsingenPagina,
    responses=problems(NietGevonden, fouten.OngeldigePeriode),
)
async def geef_plaatsingen_achter_de_stroom(
    vraag: Lezen,
    pagina: Beginpagina,
    vanaf: PeriodeVanaf,
    tot_en_met: PeriodeTotEnMet,
    gemeentecode: Gemeentecode = None,
    programma: InProgramma = None,
    soort: VanSoort = None,
) -> Response:
    """Geef de plaatsingen achter in-, door- en uitstroom

    De cijfers geopend: elke plaatsing die in de periode liep, en in welke cijfers zij telt.
    """
    eis_periode(vanaf, tot_en_met)
    van = vraag.of_gemeente(gemeentecode)
    gevraagd = Stroomvraag(vanaf, tot_en_met, van, programma, soort)
    return await vraag.page(
        pagina,
        lambda uow: rapportages.stroomplaatsingen(
            uow, gevraagd, na=pagina.after, aantal=pagina.fetch
        ),
        answer=lambda plaatsing: StroomplaatsingUitvoer.van(plaatsing, vanaf, tot_en_met),
        key=lambda plaatsing: (plaatsing.feit.begin, plaatsing.plaatsing_id),
    )
