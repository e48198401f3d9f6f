"""What work with loonkostensubsidie brought each gemeente in a year."""

from __future__ import annotations

from collections.abc import AsyncIterator
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
from chassis.web import Bedrag, NietGevonden, Page, PageRequest, Uitvoer, page, problems
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
    gewerkte_dagen,
    rendement,
    rendementscijfers_op,
    samen,
)
from services.financiering.use_cases.overzie_loonkostensubsidie import overzie_loonkostensubsidie

router = APIRouter(tags=["Rapportages"])

_HONDERDSTE = Decimal("0.01")
Rendementpagina = Annotated[PageRequest, page(int, UUID)]
Kalenderjaar = Annotated[int, QueryParameter(ge=2015, le=2099, description="Kalenderjaar.")]
Dagen = Annotated[
    int, Field(description="Kalenderdagen werk met loonkostensubsidie, van kandidaten samen.")
]
LksKosten = Annotated[
    Bedrag, Field(description="De loonkostensubsidie over deze dagen, uit de betaalschema's.")
]


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
    Elk bedrag is de som van dat van de kandidaten.
    """

    gemeentecode: VanGemeente
    kandidaten: Annotated[int, Field(description="Met loonkostensubsidie in deze dagen.")]
    dagen: Dagen
    persoonsjaren: Annotated[
        str, Field(description="Hoelang zij samen zo werkten.", examples=["12.50"])
    ]
    uitkeringen_bespaard: Bedrag
    lks_kosten: LksKosten
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
            dagen=deel.dagen,
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


class KandidaatrendementUitvoer(Uitvoer):
    """Van een kandidaat bij een gemeente; opbrengst = besparing + uitvoeringsgeld."""

    kandidaat_id: UUID
    gemeentecode: VanGemeente
    dagen: Dagen
    uitkeringen_bespaard: Bedrag
    lks_kosten: LksKosten
    besparing_laag: Bedrag
    besparing_hoog: Bedrag
    uitvoeringsgeld: Bedrag
    opbrengst_laag: Bedrag
    opbrengst_hoog: Bedrag

    @classmethod
    def van(cls, regel: _Regel) -> KandidaatrendementUitvoer:
        r = regel.rendement
        return cls(
            kandidaat_id=regel.kandidaat_id,
            gemeentecode=regel.gemeentecode,
            dagen=regel.dagen,
            uitkeringen_bespaard=r.uitkeringen_bespaard,
            lks_kosten=r.lks_kosten,
            besparing_laag=r.besparing_laag,
            besparing_hoog=r.besparing_hoog,
            uitvoeringsgeld=r.uitvoeringsgeld,
            opbrengst_laag=r.opbrengst_laag,
            opbrengst_hoog=r.opbrengst_hoog,
        )


class KandidaatrendementPagina(Page[KandidaatrendementUitvoer]):
    """Kandidaten per gemeente. Wie overging, staat bij elke gemeente die betaalde."""


@dataclass(frozen=True, slots=True)
class _Regel:
    gemeentecode: str
    kandidaat_id: UUID
    dagen: int
    rendement: Rendement


@dataclass(frozen=True, slots=True)
class _Deel:
    gemeentecode: str
    kandidaten: int
    dagen: int
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
    vraag: Lezen, jaar: Kalenderjaar, gemeentecode: GemeenteVraag = None
) -> Response:
    """Geef het maatschappelijk rendement

    Elke dag dat een kandidaat met loonkostensubsidie werkt, telt voor een dag van de bedragen per
    jaar; zij staan met hun bron in het antwoord. Van een jaar dat loopt tot en met vandaag. De
    gemeente ziet de eigen cijfers, WSD alle of die van een gemeente.
    """
    gemeenten = gevraagde_gemeenten(vraag, gemeentecode)
    cijfers = rendementscijfers_op(date(jaar, 1, 1))

    async def lees(uow: Reading) -> _Gelezen:
        tot_en_met = _tot_en_met(uow, jaar)
        delen = [
            _deel(code, jaar, [r async for r in _regels(uow, code, jaar, cijfers)])
            for code in gemeenten
        ]
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


@router.get(
    RAPPORTAGES + "/maatschappelijk-rendement/kandidaten",
    response_model=KandidaatrendementPagina,
    responses=problems(NietGevonden),
)
async def lijst_maatschappelijk_rendement_per_kandidaat(
    vraag: Lezen, pagina: Rendementpagina, jaar: Kalenderjaar, gemeentecode: GemeenteVraag = None
) -> Response:
    """Geef het maatschappelijk rendement per kandidaat

    Wat de loonkostensubsidie van een kandidaat kost en wat zij brengt. De regels van een gemeente
    tellen op de cent op tot haar totalen in het rapport van hetzelfde jaar.
    """
    gemeenten = sorted(gevraagde_gemeenten(vraag, gemeentecode))
    cijfers = rendementscijfers_op(date(jaar, 1, 1))
    vanaf, na = (f"{pagina.after[0]:04}", pagina.after[1]) if pagina.after else ("", None)

    async def lees(uow: Reading) -> list[_Regel]:
        gevonden: list[_Regel] = []
        for code in gemeenten:
            if code < vanaf:
                continue
            async for regel in _regels(uow, code, jaar, cijfers, na if code == vanaf else None):
                gevonden.append(regel)
                if len(gevonden) == pagina.fetch:
                    return gevonden
        return gevonden

    return await vraag.page(
        pagina,
        lees,
        answer=KandidaatrendementUitvoer.van,
        key=lambda regel: (int(regel.gemeentecode), regel.kandidaat_id),
    )


def _tot_en_met(uow: Reading, jaar: int) -> date:
    """Until today in a year that runs; of a year to come there is nothing yet."""
    return max(date(jaar - 1, 12, 31), min(date(jaar, 12, 31), local_date(uow.now)))


async def _regels(
    uow: Reading, gemeentecode: str, jaar: int, cijfers: Rendementscijfers, na: UUID | None = None
) -> AsyncIterator[_Regel]:
    """Of each kandidaat who worked so in the year, by kandidaat, after one of them."""
    eerste, tot_en_met = date(jaar, 1, 1), _tot_en_met(uow, jaar)
    if tot_en_met < eerste:
        return
    async for maanden in overzie_loonkostensubsidie(uow, gemeentecode, eerste, tot_en_met, na=na):
        dagen = gewerkte_dagen(maanden.posten, tot_en_met)
        if dagen:
            kosten = sum((p.bedrag for p in maanden.posten if p.bedrag), Decimal(0))
            yield _Regel(
                gemeentecode,
                maanden.kandidaat_id,
                dagen,
                rendement(cijfers, Fraction(dagen, dagen_in(jaar)), Fraction(kosten)),
            )


def _deel(gemeentecode: str, jaar: int, regels: list[_Regel]) -> _Deel:
    dagen = sum(regel.dagen for regel in regels)
    jaren = Decimal(dagen) / dagen_in(jaar)
    return _Deel(
        gemeentecode,
        len(regels),
        dagen,
        jaren.quantize(_HONDERDSTE, ROUND_HALF_UP),
        samen(regel.rendement for regel in regels),
    )
