"""What work with loonkostensubsidie brought each gemeente in a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response
from fastapi import Query as QueryParameter
from pydantic import Field

from chassis.clock import local_date
from chassis.unit_of_work import Reading
from chassis.web import Bedrag, NietGevonden, Uitvoer, problems
from services.financiering.api.rapportage_vormen import (
    RAPPORTAGES,
    GemeenteVraag,
    Lezen,
    VanGemeente,
    gevraagde_gemeenten,
)
from services.financiering.domain.begeleiding import dagen_in
from services.financiering.domain.geld import euro
from services.financiering.domain.rendement import (
    Rendement,
    Rendementscijfers,
    rendement,
    rendementscijfers_op,
)
from services.financiering.store import budgetten

router = APIRouter(tags=["Rapportages"])

_HONDERDSTE = Decimal("0.01")


class RendementscijfersUitvoer(Uitvoer):
    """Waarmee is gerekend, in euro's per inwoner per jaar."""

    uitkering: Annotated[Bedrag, Field(description="Wat een uitkering kost.")]
    besparing_laag: Annotated[
        Bedrag,
        Field(description="Wat de gemeente daarvan bespaart bij werk met loonkostensubsidie."),
    ]
    besparing_hoog: Bedrag
    uitvoeringsgeld: Annotated[Bedrag, Field(description="Wat zij meer krijgt voor de uitvoering.")]
    bron: str

    @classmethod
    def van(cls, cijfers: Rendementscijfers) -> RendementscijfersUitvoer:
        return cls(
            uitkering=cijfers.uitkering,
            besparing_laag=cijfers.besparing_laag,
            besparing_hoog=cijfers.besparing_hoog,
            uitvoeringsgeld=cijfers.uitvoeringsgeld,
            bron=cijfers.bron,
        )


class GemeenterendementUitvoer(Uitvoer):
    """Van een gemeente, van 1 januari tot en met vandaag of het einde van het jaar.

    opbrengst = besparing + uitvoeringsgeld; de besparing is na aftrek van de loonkostensubsidie.
    """

    gemeentecode: VanGemeente
    kandidaten: Annotated[int, Field(description="Met loonkostensubsidie in deze dagen.")]
    persoonsjaren: Annotated[
        str, Field(description="Hoelang zij samen zo werkten.", examples=["12.50"])
    ]
    uitkeringen_bespaard: Bedrag
    lks_kosten: Annotated[Bedrag, Field(description="De loonkostensubsidie, naar dagen.")]
    lks_kosten_per_kandidaat: Annotated[Bedrag, Field(description="Gemiddeld.")]
    besparing_laag: Bedrag
    besparing_hoog: Bedrag
    uitvoeringsgeld: Bedrag
    opbrengst_laag: Bedrag
    opbrengst_hoog: Bedrag

    @classmethod
    def van(cls, deel: _Deel) -> GemeenterendementUitvoer:
        r = deel.rendement
        return cls(
            gemeentecode=deel.gemeentecode,
            kandidaten=deel.kandidaten,
            persoonsjaren=str(deel.persoonsjaren),
            uitkeringen_bespaard=r.uitkeringen_bespaard,
            lks_kosten=r.lks_kosten,
            lks_kosten_per_kandidaat=euro(Fraction(r.lks_kosten) / max(1, deel.kandidaten)),
            besparing_laag=r.besparing_laag,
            besparing_hoog=r.besparing_hoog,
            uitvoeringsgeld=r.uitvoeringsgeld,
            opbrengst_laag=r.opbrengst_laag,
            opbrengst_hoog=r.opbrengst_hoog,
        )


class RendementUitvoer(Uitvoer):
    """Maatschappelijk rendement in geld; wat werk verder brengt staat er niet in."""

    jaar: int
    tot_en_met: date
    cijfers: RendementscijfersUitvoer
    gemeenten: list[GemeenterendementUitvoer]


@dataclass(frozen=True, slots=True)
class _Deel:
    gemeentecode: str
    kandidaten: int
    persoonsjaren: Decimal
    rendement: Rendement


@dataclass(frozen=True, slots=True)
class _Gelezen:
    tot_en_met: date
    delen: list[_Deel]


@router.get(
    RAPPORTAGES + "/maatschappelijk-rendement",
    response_model=RendementUitvoer,
    responses=problems(NietGevonden),
)
async def rapporteer_maatschappelijk_rendement(
    vraag: Lezen,
    jaar: Annotated[int, QueryParameter(ge=2015, le=2099, description="Kalenderjaar.")],
    gemeentecode: GemeenteVraag = None,
) -> Response:
    """Geef het maatschappelijk rendement

    Elke dag dat een kandidaat met loonkostensubsidie werkt, telt voor een dag van de bedragen per
    jaar; zij staan met hun bron in het antwoord. Van een jaar dat loopt tot en met vandaag. De
    gemeente ziet de eigen cijfers, WSD alle of die van een gemeente.
    """
    gemeenten = gevraagde_gemeenten(vraag, gemeentecode)
    cijfers = rendementscijfers_op(date(jaar, 1, 1))

    async def lees(uow: Reading) -> _Gelezen:
        tot_en_met = max(date(jaar - 1, 12, 31), min(date(jaar, 12, 31), local_date(uow.now)))
        delen = [await _deel(uow, code, jaar, tot_en_met, cijfers) for code in gemeenten]
        return _Gelezen(tot_en_met, delen)

    return await vraag.run(
        lees,
        answer=lambda gelezen: RendementUitvoer(
            jaar=jaar,
            tot_en_met=gelezen.tot_en_met,
            cijfers=RendementscijfersUitvoer.van(cijfers),
            gemeenten=[GemeenterendementUitvoer.van(deel) for deel in gelezen.delen],
        ),
    )


async def _deel(
    uow: Reading, gemeentecode: str, jaar: int, tot_en_met: date, cijfers: Rendementscijfers
) -> _Deel:
    kosten = [
        k
        for k in await budgetten.lks_kosten(uow, gemeentecode, jaar)
        if k.dagen(jaar, tot_en_met) > 0
    ]
    plaatsingen: set[UUID] = {k.plaatsing_id for k in kosten}
    jaren = Fraction(sum(k.dagen(jaar, tot_en_met) for k in kosten), dagen_in(jaar))
    exact = Decimal(jaren.numerator) / Decimal(jaren.denominator)
    return _Deel(
        gemeentecode,
        await budgetten.kandidaten_van(uow, plaatsingen),
        exact.quantize(_HONDERDSTE, ROUND_HALF_UP),
        rendement(
            cijfers,
            jaren,
            sum((k.per_dag * k.dagen(jaar, tot_en_met) for k in kosten), Fraction()),
        ),
    )
