"""Budgets of the Rijk, what is committed on them and what the year will be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Response
from fastapi import Query as QueryParameter
from pydantic import Field

from chassis.clock import local_date
from chassis.unit_of_work import Reading
from chassis.web import (
    NIET_LEEG,
    Bedrag,
    Command,
    Invoer,
    NietGevonden,
    Page,
    PageRequest,
    Uitvoer,
    command,
    page,
    problems,
)
from services.financiering.api.rapportage_vormen import Lezen, VanGemeente
from services.financiering.domain import fouten
from services.financiering.domain.budget import (
    Budgetsoort,
    Budgetstadium,
    Budgetversie,
    Overschrijding,
    overschrijding,
    prognose,
)
from services.financiering.store import budgetten
from services.financiering.store.budgetten import Budget
from services.financiering.use_cases.leg_budget_vast import leg_budget_vast
from services.financiering.use_cases.reken_begeleiding_toe import kosten_van

router = APIRouter(tags=["Budgetten"])

Vastleggen = Annotated[Command, command("financiering.schrijven", roles={"backoffice"})]
Pagina = Annotated[PageRequest, page(datetime, UUID)]
BudgetId = Annotated[UUID, Path(alias="budgetId", description="Het nummer van het budget.")]
Plaatsen = Annotated[
    Annotated[int, Field(ge=0, le=100_000)] | None,
    Field(
        description="Voor hoeveel plaatsen tegelijk de begeleiding in het budget zit; alleen bij "
        "`begeleiding-nieuwe-doelgroep`.",
        examples=[108],
    ),
]
PerPlaats = Annotated[
    Bedrag | None,
    Field(
        description="Wat de begeleiding van een plaats per jaar kost, zoals afgesproken; alleen "
        "bij `begeleiding-nieuwe-doelgroep`.",
    ),
]
HeelBedrag = Annotated[Bedrag, Field(description="Euro's voor het hele jaar.")]
Bron = Annotated[
    str,
    Field(
        min_length=1,
        max_length=200,
        pattern=NIET_LEEG,
        description="Waar het staat, bijvoorbeeld een circulaire.",
        examples=["septembercirculaire 2026"],
    ),
]


class BudgetInvoer(Invoer):
    """Een budget van het Rijk voor een jaar, zoals bekendgemaakt."""

    jaar: Annotated[int, Field(ge=2015, le=2099)]
    soort: Budgetsoort
    stadium: Budgetstadium
    bedrag: HeelBedrag
    plaatsen: Plaatsen = None
    bedrag_per_plaats: PerPlaats = None
    bron: Bron

    def naar_versie(self) -> Budgetversie:
        return Budgetversie(
            self.stadium, self.bedrag, self.bron, self.plaatsen, self.bedrag_per_plaats
        )


class BudgetRegel(Uitvoer):
    """Een budget met de laatste bekendmaking."""

    budget_id: UUID
    gemeentecode: VanGemeente
    jaar: int
    soort: Budgetsoort
    stadium: Budgetstadium
    bedrag: HeelBedrag
    plaatsen: Plaatsen
    bedrag_per_plaats: PerPlaats
    bron: str
    bekendmakingen: Annotated[int, Field(description="Hoe vaak dit budget is vastgelegd.")]

    @classmethod
    def van(cls, budget: Budget) -> BudgetRegel:
        return cls(
            budget_id=budget.budget_id,
            gemeentecode=budget.gemeentecode,
            jaar=budget.jaar,
            soort=budget.soort,
            stadium=budget.geldt.stadium,
            bedrag=budget.geldt.bedrag,
            plaatsen=budget.geldt.plaatsen,
            bedrag_per_plaats=budget.geldt.per_plaats,
            bron=budget.geldt.bron,
            bekendmakingen=budget.nummer,
        )


class BudgettenPagina(Page[BudgetRegel]):
    """Budgetten in de volgorde waarin zij zijn vastgelegd."""


class BekendmakingUitvoer(Uitvoer):
    """Wat op een moment over een budget bekend was."""

    vastgelegd_op: datetime
    stadium: Budgetstadium
    bedrag: HeelBedrag
    plaatsen: Plaatsen
    bedrag_per_plaats: PerPlaats
    bron: str


class VerwachtingUitvoer(Uitvoer):
    """Wat het jaar kost als alles doorloopt zoals het nu is."""

    tot_vandaag: Annotated[Bedrag, Field(description="Euro's tot en met vandaag.")]
    heel_jaar: Annotated[Bedrag, Field(description="Euro's tot en met 31 december.")]
    overschreden_per: Annotated[
        date | None, Field(description="Dag waarop het budget op is; leeg als het genoeg is.")
    ]
    overschreden_met: Annotated[
        UUID | None,
        Field(description="De plaatsing waarmee het niet meer past, in volgorde van begin."),
    ]


class BudgetUitvoer(Uitvoer):
    """Een budget met alle bekendmakingen, en wat er dit jaar op drukt."""

    budget: BudgetRegel
    versies: list[BekendmakingUitvoer]
    verwachting: Annotated[
        VerwachtingUitvoer | None,
        Field(
            description="Bij `buig` de loonkostensubsidies, bij `begeleiding-nieuwe-doelgroep` de "
            "begeleiding van alle plaatsen bij WSD, ook wat de stimulus draagt. Leeg bij een soort "
            "waarvan hier geen kosten bekend zijn."
        ),
    ]

    @classmethod
    def van(cls, stand: _Stand) -> BudgetUitvoer:
        over = stand.over
        verwachting = (
            None
            if stand.heel_jaar is None or stand.tot_vandaag is None
            else VerwachtingUitvoer(
                tot_vandaag=stand.tot_vandaag,
                heel_jaar=stand.heel_jaar,
                overschreden_per=over.per if over else None,
                overschreden_met=over.plaatsing_id if over else None,
            )
        )
        return cls(
            budget=BudgetRegel.van(stand.budget),
            versies=[
                BekendmakingUitvoer(
                    vastgelegd_op=op,
                    stadium=versie.stadium,
                    bedrag=versie.bedrag,
                    plaatsen=versie.plaatsen,
                    bedrag_per_plaats=versie.per_plaats,
                    bron=versie.bron,
                )
                for op, versie in stand.versies
            ],
            verwachting=verwachting,
        )


@dataclass(frozen=True, slots=True)
class _Stand:
    budget: Budget
    versies: list[tuple[datetime, Budgetversie]]
    tot_vandaag: Decimal | None = None
    heel_jaar: Decimal | None = None
    over: Overschrijding | None = None


@router.post(
    "/budgetten",
    status_code=201,
    response_model=BudgetRegel,
    responses=problems(fouten.OngeldigBudget, fouten.BudgetVanGemeente),
)
async def leg_een_budget_vast(invoer: BudgetInvoer, opdracht: Vastleggen) -> Response:
    """Leg een budget vast

    Van de eigen gemeente. Een nieuwe bekendmaking over hetzelfde jaar en dezelfde soort vervangt de
    vorige, die te zien blijft. Geef bij `buig` op wat er voor loonkostensubsidie in zit.
    """
    return await opdracht.run(
        lambda uow: leg_budget_vast(uow, invoer.jaar, invoer.soort, invoer.naar_versie()),
        answer=BudgetRegel.van,
        location=lambda budget: f"/budgetten/{budget.budget_id}",
    )


@router.get("/budgetten", response_model=BudgettenPagina, responses=problems())
async def lijst_budgetten(
    vraag: Lezen,
    pagina: Pagina,
    jaar: Annotated[
        int | None, QueryParameter(ge=2015, le=2099, description="Alleen van dit jaar.")
    ] = None,
) -> Response:
    """Geef budgetten

    De gemeente ziet de eigen, WSD die van alle gemeenten.
    """
    return await vraag.page(
        pagina,
        lambda uow: budgetten.lijst(uow, jaar=jaar, na=pagina.after, aantal=pagina.fetch),
        answer=BudgetRegel.van,
        key=lambda budget: (budget.vastgelegd_op, budget.budget_id),
    )


@router.get("/budgetten/{budgetId}", response_model=BudgetUitvoer, responses=problems(NietGevonden))
async def geef_budget(budget_id: BudgetId, vraag: Lezen) -> Response:
    """Geef een budget en wat het jaar wordt

    Met elke bekendmaking. De verwachting rekent van wat nu loopt: wat eindigt tot zijn laatste dag,
    wat doorloopt tot het einde van het jaar.
    """
    return await vraag.run(lambda uow: _stand(uow, budget_id), answer=BudgetUitvoer.van)


async def _stand(uow: Reading, budget_id: UUID) -> _Stand | None:
    budget = await budgetten.haal(uow, budget_id)
    if budget is None:
        return None
    versies = await budgetten.versies(uow, budget_id)
    kosten = await kosten_van(uow, budget)
    if kosten is None:
        return _Stand(budget, versies)
    vandaag = local_date(uow.now)
    return _Stand(
        budget,
        versies,
        prognose(kosten, budget.jaar, vandaag),
        prognose(kosten, budget.jaar),
        overschrijding(kosten, budget.jaar, budget.geldt.bedrag),
    )
