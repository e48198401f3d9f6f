"""The goal of 2,100 places: share, realisation, difference, trend and where it goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final

from fastapi import APIRouter, Response
from pydantic import Field

from chassis.unit_of_work import Reading
from chassis.web import NietGevonden, Uitvoer, problems
from services.financiering.api.rapportage_vormen import (
    RAPPORTAGES,
    GemeenteVraag,
    Lezen,
    OpDag,
    VanGemeente,
    gevraagde_gemeenten,
)
from services.financiering.domain.kalender import EEN_DAG, Maand
from services.financiering.domain.taakstelling import (
    Aandeel,
    Stand,
    Verdeling,
    jaar_ervoor,
    stand_op,
    verdeling_op,
)
from services.financiering.store import arbeidsplaatsen
from services.financiering.taakstelling import verdelingen

router = APIRouter(tags=["Rapportages"])

_VERDELINGEN: Final = verdelingen()
"""Read at once: a file that does not add up keeps the service from starting."""
_MAANDEN: Final = 12


class TaakstandUitvoer(Uitvoer):
    """Een aandeel en wat ervan is gerealiseerd. sw + pw = realisatie; realisatie - aandeel =
    verschil.
    """

    aandeel: int
    sw: Annotated[int, Field(description="Kandidaten van de Wsw met een plaats bij WSD.")]
    pw: Annotated[int, Field(description="Kandidaten van de Participatiewet met een plaats.")]
    realisatie: int
    verschil: Annotated[int, Field(description="Onder nul: nog te realiseren.")]
    jaar_eerder: Annotated[int, Field(description="De realisatie op dezelfde dag een jaar terug.")]
    trend_per_jaar: Annotated[int, Field(description="Erbij of eraf in dat jaar.")]
    verwacht: Annotated[
        int,
        Field(description="Op de dag van het doel, als elke dag brengt wat dat jaar bracht."),
    ]

    @classmethod
    def van(cls, stand: Stand) -> TaakstandUitvoer:
        return cls(
            aandeel=stand.aandeel,
            sw=stand.sw,
            pw=stand.pw,
            realisatie=stand.realisatie,
            verschil=stand.verschil,
            jaar_eerder=stand.jaar_eerder,
            trend_per_jaar=stand.per_jaar,
            verwacht=stand.verwacht,
        )


class GemeentetaakUitvoer(Uitvoer):
    """Het aandeel van een gemeente en hoe het ervoor staat."""

    gemeentecode: VanGemeente
    bron: Annotated[str, Field(description="Waar het aandeel staat.")]
    aanname: Annotated[bool, Field(description="Het aandeel staat in geen bron.")]
    stand: TaakstandUitvoer


class MaandstandUitvoer(Uitvoer):
    """De realisatie aan het einde van een maand, van de gevraagde gemeenten samen."""

    op: date
    sw: int
    pw: int
    realisatie: int


class TaakstellingUitvoer(Uitvoer):
    """Hoe het ervoor staat met de plaatsen bij WSD."""

    op: date
    te_realiseren_op: date
    totaal: Annotated[int, Field(description="Het doel van alle gemeenten samen.")]
    gemeenten: list[GemeentetaakUitvoer]
    samen: Annotated[TaakstandUitvoer, Field(description="Van de gevraagde gemeenten samen.")]
    maanden: Annotated[
        list[MaandstandUitvoer], Field(description="De twaalf volle maanden voor deze dag.")
    ]


Telling = dict[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class _Gelezen:
    nu: Telling
    eerder: Telling
    maanden: list[tuple[date, Telling]]


@router.get(
    RAPPORTAGES + "/taakstelling",
    response_model=TaakstellingUitvoer,
    responses=problems(NietGevonden),
)
async def rapporteer_taakstelling(
    vraag: Lezen, op: OpDag, gemeentecode: GemeenteVraag = None
) -> Response:
    """Geef de realisatie van de taakstelling

    Kandidaten die op deze dag bij WSD geplaatst zijn, ieder een keer: op proef, met
    loonkostensubsidie, in beschut werk of gedetacheerd. De gemeente ziet de eigen cijfers, WSD alle
    of die van een gemeente. Een gemeente zonder aandeel staat er niet bij.
    """
    verdeling = verdeling_op(_VERDELINGEN, op)
    gevraagd = gevraagde_gemeenten(vraag, gemeentecode)
    aandelen = [a for a in verdeling.aandelen if a.gemeentecode in gevraagd]

    async def lees(uow: Reading) -> _Gelezen:
        einden = [Maand.van(op).plus(-n).eerste_dag - EEN_DAG for n in reversed(range(_MAANDEN))]
        return _Gelezen(
            await arbeidsplaatsen.realisatie(uow, op),
            await arbeidsplaatsen.realisatie(uow, jaar_ervoor(op)),
            [(dag, await arbeidsplaatsen.realisatie(uow, dag)) for dag in einden],
        )

    return await vraag.run(lees, answer=lambda gelezen: _antwoord(op, verdeling, aandelen, gelezen))


def _antwoord(
    op: date, verdeling: Verdeling, aandelen: list[Aandeel], gelezen: _Gelezen
) -> TaakstellingUitvoer:
    doel = verdeling.te_realiseren_op

    def som(telling: Telling) -> tuple[int, int]:
        delen = [telling.get(a.gemeentecode, (0, 0)) for a in aandelen]
        return sum(sw for sw, _ in delen), sum(pw for _, pw in delen)

    return TaakstellingUitvoer(
        op=op,
        te_realiseren_op=doel,
        totaal=verdeling.totaal,
        gemeenten=[
            GemeentetaakUitvoer(
                gemeentecode=a.gemeentecode,
                bron=a.bron,
                aanname=a.aanname,
                stand=TaakstandUitvoer.van(
                    stand_op(
                        op,
                        doel,
                        a.plaatsen,
                        gelezen.nu.get(a.gemeentecode, (0, 0)),
                        gelezen.eerder.get(a.gemeentecode, (0, 0)),
                    )
                ),
            )
            for a in aandelen
        ],
        samen=TaakstandUitvoer.van(
            stand_op(
                op,
                doel,
                sum(a.plaatsen for a in aandelen),
                som(gelezen.nu),
                som(gelezen.eerder),
            )
        ),
        maanden=[
            MaandstandUitvoer(op=dag, sw=sw, pw=pw, realisatie=sw + pw)
            for dag, (sw, pw) in ((dag, som(telling)) for dag, telling in gelezen.maanden)
        ],
    )
