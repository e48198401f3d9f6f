"""The transitiearrangement over many kandidaten: composition, ends and taakstelling."""

from __future__ import annotations

from dataclasses import dataclass
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
from services.plaatsing.domain.einde import Eindereden, Plaatsingsoort
from services.plaatsing.domain.tijden import eis_periode
from services.plaatsing.domain.transitiearrangement import (
    DIENSTVERBAND,
    Eindes,
    Realisatie,
    Samenstelling,
    realiseer,
    stel_samen,
    tel_eindes,
)
from services.plaatsing.store import rapportages
from services.plaatsing.taakstelling import taakstellingen

router = APIRouter(tags=["Rapportages"])


class SamenstellingUitvoer(Uitvoer):
    """Wie op de laatste dag is gedetacheerd."""

    soort: Annotated[Plaatsingsoort | None, Field(description="Leeg: alle samen.")]
    aantal: int
    procent: Annotated[int, Field(description="Van alle gedetacheerden, in hele procenten.")]
    zonder_loonwaarde: Annotated[
        int, Field(description="Van wie nog geen loonwaarde bekend is; niet in het gemiddelde.")
    ]
    gemiddelde_loonwaarde: Annotated[
        Decimal | None, Field(description="Op één decimaal, naar beneden afgerond.")
    ]
    laagste_loonwaarde: int | None
    hoogste_loonwaarde: int | None

    @classmethod
    def van(cls, deel: Samenstelling) -> SamenstellingUitvoer:
        return cls(
            soort=deel.soort,
            aantal=deel.aantal,
            procent=deel.procent,
            zonder_loonwaarde=deel.zonder_loonwaarde,
            gemiddelde_loonwaarde=deel.gemiddelde_loonwaarde,
            laagste_loonwaarde=deel.laagste_loonwaarde,
            hoogste_loonwaarde=deel.hoogste_loonwaarde,
        )


class EinderedenUitvoer(Uitvoer):
    reden: Eindereden
    aantal: int


class EindesUitvoer(Uitvoer):
    """Plaatsingen die in de periode eindigden, met elke reden die kan."""

    redenen: list[EinderedenUitvoer]
    totaal: int

    @classmethod
    def van(cls, eindes: Eindes) -> EindesUitvoer:
        return cls(
            redenen=[
                EinderedenUitvoer(reden=reden, aantal=aantal) for reden, aantal in eindes.redenen
            ],
            totaal=eindes.totaal,
        )


class TaakstellingUitvoer(Uitvoer):
    """Van een kalenderjaar tot en met de laatste dag: hoeveel plaatsen van de afgesproken."""

    gemeentecode: str
    jaar: int
    taakstelling: int
    gerealiseerd: Annotated[
        int, Field(description="Gemiddeld over de dagen van het jaar, afgerond op hele plaatsen.")
    ]
    gemiddeld: Annotated[Decimal, Field(description="Hetzelfde, op twee decimalen.")]
    procent: Annotated[int, Field(description="Van de taakstelling, uit het hele gemiddelde.")]

    @classmethod
    def van(cls, realisatie: Realisatie) -> TaakstellingUitvoer:
        return cls(
            gemeentecode=realisatie.taakstelling.gemeentecode,
            jaar=realisatie.taakstelling.jaar,
            taakstelling=realisatie.taakstelling.plaatsen,
            gerealiseerd=realisatie.gerealiseerd,
            gemiddeld=realisatie.gemiddeld_afgerond,
            procent=realisatie.procent,
        )


@dataclass(frozen=True, slots=True)
class _Cijfers:
    samenstelling: tuple[Samenstelling, ...]
    proefplaatsing: Eindes
    dienstverband: Eindes
    taakstelling: tuple[Realisatie, ...]


class TransitiearrangementUitvoer(Uitvoer):
    """Detachering met loonkostensubsidie door WSD, zonder de Wsw."""

    vanaf: date
    tot_en_met: date
    gemeentecode: Annotated[str | None, Field(description="Leeg: alle die u mag zien.")]
    samenstelling: Annotated[
        list[SamenstellingUitvoer], Field(description="Per soort detachering, en dan alle samen.")
    ]
    einde_proefplaatsing: EindesUitvoer
    einde_dienstverband: Annotated[
        EindesUitvoer, Field(description="Met loonkostensubsidie, en beschut werk.")
    ]
    taakstelling: Annotated[
        list[TaakstellingUitvoer],
        Field(description="Van elk jaar in de periode waarvoor er een is afgesproken."),
    ]

    @classmethod
    def van(
        cls, cijfers: _Cijfers, vanaf: date, tot_en_met: date, gemeentecode: str | None
    ) -> TransitiearrangementUitvoer:
        return cls(
            vanaf=vanaf,
            tot_en_met=tot_en_met,
            gemeentecode=gemeentecode,
            samenstelling=[SamenstellingUitvoer.van(deel) for deel in cijfers.samenstelling],
            einde_proefplaatsing=EindesUitvoer.van(cijfers.proefplaatsing),
            einde_dienstverband=EindesUitvoer.van(cijfers.dienstverband),
            taakstelling=[TaakstellingUitvoer.van(jaar) for jaar in cijfers.taakstelling],
        )


@router.get(
    "/rapportages/transitiearrangement",
    response_model=TransitiearrangementUitvoer,
    responses=problems(NietGevonden, fouten.OngeldigePeriode),
)
async def rapporteer_transitiearrangement(
    vraag: Lezen,
    vanaf: PeriodeVanaf,
    tot_en_met: PeriodeTotEnMet,
    gemeentecode: Gemeentecode = None,
) -> Response:
    """Geef het transitiearrangement

    Wie er op de laatste dag hoe is gedetacheerd en met welke loonwaarde, waarom proefplaatsingen en
    dienstverbanden in de periode eindigden, en hoeveel van de taakstelling er was. De gemeente ziet
    de eigen kandidaten, WSD alle of die van een gemeente.
    """
    eis_periode(vanaf, tot_en_met)
    van = vraag.of_gemeente(gemeentecode)

    async def lees(uow: Reading) -> _Cijfers:
        afgesproken = [
            t
            for t in taakstellingen()
            if van in (None, t.gemeentecode) and vanaf.year <= t.jaar <= tot_en_met.year
        ]
        eerste_jaar = min((t.jaar for t in afgesproken), default=tot_en_met.year)
        gemeenten = {t.gemeentecode for t in afgesproken}
        eindes = await rapportages.geeindigd(uow, vanaf, tot_en_met, van)
        plaatsen = await rapportages.plaatsen(uow, date(eerste_jaar, 1, 1), tot_en_met, gemeenten)
        return _Cijfers(
            stel_samen(await rapportages.gedetacheerd(uow, tot_en_met, van)),
            tel_eindes(eindes, (Plaatsingsoort.PROEFPLAATSING,)),
            tel_eindes(eindes, DIENSTVERBAND),
            realiseer(afgesproken, plaatsen, tot_en_met),
        )

    return await vraag.run(
        lees,
        answer=lambda cijfers: TransitiearrangementUitvoer.van(cijfers, vanaf, tot_en_met, van),
    )
