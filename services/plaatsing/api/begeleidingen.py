"""Routes of guidance: agreeing on it, and booking what was given."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Path, Response

from chassis.web import (
    Daguren,
    Datum,
    Invoer,
    NietGevonden,
    Page,
    PageRequest,
    Uitvoer,
    page,
    problems,
)
from services.plaatsing.api.plaatsingen import PLAATSING, PlaatsingId
from services.plaatsing.api.vormen import Begeleiden, Lezen, OpDeWerkplek, Uren
from services.plaatsing.domain import fouten
from services.plaatsing.domain.begeleiding import Begeleiding, Begeleidingsoort, Urenafspraak
from services.plaatsing.store import begeleidingen
from services.plaatsing.store.begeleidingen import Boeking
from services.plaatsing.use_cases.boek_begeleidingsuren import boek_begeleidingsuren
from services.plaatsing.use_cases.spreek_begeleiding_af import (
    spreek_begeleiding_af,
    wijzig_begeleidingsuren,
)

router = APIRouter(tags=["Begeleiding"])

BEGELEIDINGEN: Final = "/begeleidingen"
BEGELEIDING: Final = BEGELEIDINGEN + "/{begeleidingId}"
BegeleidingId = Annotated[
    UUID, Path(alias="begeleidingId", description="Het nummer van de begeleiding.")
]
OpDag = Annotated[PageRequest, page(date, UUID)]

_AFSPRAAK: Final = (
    NietGevonden,
    fouten.NietBevoegd,
    fouten.PlaatsingAlBeeindigd,
    fouten.DatumBuitenPlaatsing,
)


class UrenafspraakInvoer(Invoer):
    """Hoeveel uren per week, vanaf een dag."""

    vanaf: Datum
    uren_per_week: Uren

    def naar_afspraak(self) -> Urenafspraak:
        return Urenafspraak(self.vanaf, self.uren_per_week)


class BegeleidingInvoer(UrenafspraakInvoer):
    """Wie begeleidt, en hoeveel uren per week vanaf een dag."""

    soort: Begeleidingsoort


class BoekingInvoer(Invoer):
    """De uren begeleiding op een dag, alle samen."""

    geboekt_voor: Datum
    uren: Daguren


class UrenafspraakUitvoer(Uitvoer):
    """Vanaf deze dag, tot de volgende afspraak of het einde van de plaatsing."""

    vanaf: date
    uren_per_week: Uren


class BegeleidingUitvoer(Uitvoer):
    """Begeleiding op de werkplek (art. 10 lid 3 Participatiewet)."""

    begeleiding_id: UUID
    plaatsing_id: UUID
    kandidaat_id: UUID
    gemeentecode: str
    soort: Begeleidingsoort
    afspraken: list[UrenafspraakUitvoer]

    @classmethod
    def van(cls, begeleiding: Begeleiding) -> BegeleidingUitvoer:
        return cls(
            begeleiding_id=begeleiding.begeleiding_id,
            plaatsing_id=begeleiding.plaatsing_id,
            kandidaat_id=begeleiding.kandidaat_id,
            gemeentecode=begeleiding.gemeentecode,
            soort=begeleiding.soort,
            afspraken=[
                UrenafspraakUitvoer(vanaf=a.vanaf, uren_per_week=a.uren_per_week)
                for a in begeleiding.afspraken
            ],
        )


class BegeleidingenUitvoer(Uitvoer):
    """Wie bij een plaatsing begeleidt."""

    begeleidingen: list[BegeleidingUitvoer]


class BoekingUitvoer(Uitvoer):
    """De uren begeleiding op een dag."""

    boeking_id: UUID
    begeleiding_id: UUID
    geboekt_voor: date
    uren: Daguren

    @classmethod
    def van(cls, boeking: Boeking) -> BoekingUitvoer:
        return cls(
            boeking_id=boeking.boeking_id,
            begeleiding_id=boeking.begeleiding_id,
            geboekt_voor=boeking.geboekt_voor,
            uren=boeking.uren,
        )


class BoekingenPagina(Page[BoekingUitvoer]):
    """Boekingen op dag."""


@router.post(
    PLAATSING + BEGELEIDINGEN,
    status_code=201,
    response_model=BegeleidingUitvoer,
    responses=problems(*_AFSPRAAK),
)
async def spreek_een_begeleiding_af(
    plaatsing_id: PlaatsingId, invoer: BegeleidingInvoer, opdracht: Begeleiden
) -> Response:
    """Spreek begeleiding af

    Een jobcoach of een werkleider (art. 10 lid 3 Participatiewet), door wie de kandidaat plaatste.
    Kan ook vooruit; zij loopt tot het einde van de plaatsing.
    """
    return await opdracht.run(
        lambda uow: spreek_begeleiding_af(uow, plaatsing_id, invoer.soort, invoer.naar_afspraak()),
        answer=BegeleidingUitvoer.van,
        location=lambda _: f"/plaatsingen/{plaatsing_id}{BEGELEIDINGEN}",
    )


@router.post(
    BEGELEIDING + "/afspraken",
    status_code=201,
    response_model=BegeleidingUitvoer,
    responses=problems(*_AFSPRAAK),
)
async def wijzig_afgesproken_uren(
    begeleiding_id: BegeleidingId, invoer: UrenafspraakInvoer, opdracht: Begeleiden
) -> Response:
    """Spreek andere uren begeleiding af

    Vanaf een dag; een afspraak vanaf dezelfde dag wordt vervangen.
    """
    return await opdracht.run(
        lambda uow: wijzig_begeleidingsuren(uow, begeleiding_id, invoer.naar_afspraak()),
        answer=BegeleidingUitvoer.van,
        location=lambda begeleiding: f"/plaatsingen/{begeleiding.plaatsing_id}{BEGELEIDINGEN}",
    )


@router.post(
    BEGELEIDING + "/boekingen",
    status_code=201,
    response_model=BoekingUitvoer,
    responses=problems(
        NietGevonden,
        fouten.NietBevoegd,
        fouten.DatumInToekomst,
        fouten.DatumBuitenPlaatsing,
        fouten.DatumPastNiet,
        fouten.DagVol,
    ),
)
async def boek_uren_begeleiding(
    begeleiding_id: BegeleidingId, invoer: BoekingInvoer, opdracht: OpDeWerkplek
) -> Response:
    """Boek uren begeleiding

    Alle uren van een dag samen: nog eens boeken voor dezelfde dag vervangt wat er stond. Alle
    begeleiding bij een plaatsing is op een dag samen hoogstens 24 uur. Kan ook na het einde van de
    plaatsing, voor de dagen ervan.
    """
    return await opdracht.run(
        lambda uow: boek_begeleidingsuren(uow, begeleiding_id, invoer.geboekt_voor, invoer.uren),
        answer=BoekingUitvoer.van,
        location=lambda _: f"{BEGELEIDINGEN}/{begeleiding_id}/boekingen",
    )


@router.get(
    PLAATSING + BEGELEIDINGEN,
    response_model=BegeleidingenUitvoer,
    responses=problems(NietGevonden),
)
async def geef_begeleidingen(plaatsing_id: PlaatsingId, vraag: Lezen) -> Response:
    """Geef de begeleiding bij een plaatsing"""
    return await vraag.run(
        lambda uow: begeleidingen.van_plaatsing(uow, plaatsing_id),
        answer=lambda gevonden: BegeleidingenUitvoer(
            begeleidingen=[BegeleidingUitvoer.van(begeleiding) for begeleiding in gevonden]
        ),
    )


@router.get(
    BEGELEIDING + "/boekingen", response_model=BoekingenPagina, responses=problems(NietGevonden)
)
async def geef_boekingen(begeleiding_id: BegeleidingId, vraag: Lezen, pagina: OpDag) -> Response:
    """Geef de geboekte uren van een begeleiding"""
    return await vraag.page(
        pagina,
        lambda uow: begeleidingen.boekingen(
            uow, begeleiding_id, na=pagina.after, aantal=pagina.fetch
        ),
        answer=BoekingUitvoer.van,
        key=lambda boeking: (boeking.geboekt_voor, boeking.boeking_id),
    )
