"""Loonkostensubsidie op realisatie: the figures of the whole country, and what follows of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Final

from fastapi import APIRouter, Response
from fastapi import Query as QueryParameter
from pydantic import Field, WithJsonSchema

from chassis.clock import local_date
from chassis.unit_of_work import Reading
from chassis.web import (
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
from services.financiering.api.betaling_vormen import Saldo
from services.financiering.api.budgetten import Bron, HeelBedrag
from services.financiering.api.rapportage_vormen import (
    RAPPORTAGES,
    GemeenteVraag,
    Lezen,
    VanGemeente,
    gevraagde_gemeenten,
)
from services.financiering.domain import fouten
from services.financiering.domain.budget import Budgetsoort, Budgetstadium
from services.financiering.domain.op_realisatie import (
    Macrocijfer,
    Macrosoort,
    Ontbreekt,
    Uitgaven,
    Vergoeding,
    vergoeding,
)
from services.financiering.store import budgetten, macrocijfers
from services.financiering.store.macrocijfers import Bekendmaking
from services.financiering.use_cases.leg_macrocijfer_vast import leg_macrocijfer_vast
from services.financiering.use_cases.overzie_loonkostensubsidie import tel_uitgaven

router = APIRouter(tags=["Budgetten"])

VanWsd = Annotated[Command, command("financiering.schrijven", roles={"backoffice", "controller"})]
Cijferpagina = Annotated[PageRequest, page(int)]
Jaargetal = Annotated[int, Field(ge=2015, le=2099)]
Aandeeltekst = Annotated[
    str | None,
    Field(
        description="Uitgaven van de gemeente gedeeld door die van heel Nederland, in het jaar "
        "ervoor, op tien decimalen; leeg als dat nog niet bekend is.",
        examples=["0.0003125000"],
    ),
]
Macrobedrag = Annotated[
    Bedrag,
    Field(ge=1, description="Euro's, ten minste 1.00."),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": r"^[1-9][0-9]{0,9}(\.[0-9]{1,2})?$",
            "examples": ["880000000.00"],
        }
    ),
]
_TIEN_DECIMALEN: Final = Decimal("1E-10")


class MacrocijferInvoer(Invoer):
    """Een bedrag van heel Nederland, zoals bekendgemaakt."""

    jaar: Jaargetal
    soort: Annotated[
        Macrosoort,
        Field(
            description="`uitgaven`: wat alle gemeenten in dat jaar aan loonkostensubsidie "
            "uitgaven; `budget`: wat het Rijk er in dat jaar voor verdeelt."
        ),
    ]
    stadium: Budgetstadium
    bedrag: Macrobedrag
    bron: Bron

    def naar_cijfer(self) -> Macrocijfer:
        return Macrocijfer(self.jaar, self.soort, self.stadium, self.bedrag, self.bron)


class MacrocijferUitvoer(Uitvoer):
    """Een bekendmaking. De laatste van een jaar en soort telt."""

    jaar: int
    soort: Macrosoort
    stadium: Budgetstadium
    bedrag: Bedrag
    bron: str
    vastgelegd_op: datetime

    @classmethod
    def van(cls, bekend: Bekendmaking) -> MacrocijferUitvoer:
        return cls(
            jaar=bekend.cijfer.jaar,
            soort=bekend.cijfer.soort,
            stadium=bekend.cijfer.stadium,
            bedrag=bekend.cijfer.bedrag,
            bron=bekend.cijfer.bron,
            vastgelegd_op=bekend.vastgelegd_op,
        )


class MacrocijfersPagina(Page[MacrocijferUitvoer]):
    """Bekendmakingen in de volgorde waarin zij zijn vastgelegd."""


class TellendCijferUitvoer(Uitvoer):
    """Een landelijk bedrag waarmee is gerekend."""

    jaar: int
    soort: Macrosoort
    stadium: Budgetstadium
    bedrag: Bedrag
    bron: str


class UitgavenUitvoer(Uitvoer):
    """Loonkostensubsidie over de maanden van een jaar, de som van de betaalschema's."""

    jaar: int
    verschuldigd: Annotated[Bedrag, Field(description="Over maanden die zijn begonnen.")]
    verwacht: Annotated[
        Bedrag, Field(description="Over alle maanden, als alles doorloopt zoals het nu is.")
    ]
    betaalbaar_gesteld: Annotated[
        Saldo, Field(description="Wat betaalruns over deze maanden betaalbaar stelden.")
    ]
    onbekende_maanden: Annotated[
        int,
        Field(description="Maanden van een subsidie zonder bekend bedrag; zij tellen niet mee."),
    ]

    @classmethod
    def van(cls, uitgaven: Uitgaven) -> UitgavenUitvoer:
        return cls(
            jaar=uitgaven.jaar,
            verschuldigd=uitgaven.verschuldigd,
            verwacht=uitgaven.verwacht,
            betaalbaar_gesteld=uitgaven.betaalbaar_gesteld,
            onbekende_maanden=uitgaven.onbekende_maanden,
        )


class BuigUitvoer(Uitvoer):
    """Het budget BUIG van een jaar zoals de gemeente het vastlegde."""

    bedrag: HeelBedrag
    stadium: Budgetstadium
    bron: str


class VergoedingUitvoer(Uitvoer):
    """Wat het Rijk in een jaar geeft voor wat de gemeente in het jaar ervoor uitgaf."""

    jaar: int
    aandeel: Aandeeltekst
    bedrag: Annotated[
        Bedrag | None, Field(description="Aandeel maal het landelijke budget; leeg als onbekend.")
    ]
    ontbreekt: Annotated[
        list[Ontbreekt],
        Field(
            description="Waarom het niet bekend is: `macro-uitgaven` van het jaar ervoor of "
            "`macrobudget` van het jaar zelf is niet vastgelegd, of het jaar werd nog niet op "
            "realisatie verdeeld."
        ),
    ]
    buig: Annotated[
        BuigUitvoer | None, Field(description="Leeg als het van dit jaar niet is vastgelegd.")
    ]

    @classmethod
    def van(cls, deel: Vergoeding, buig: BuigUitvoer | None) -> VergoedingUitvoer:
        return cls(
            jaar=deel.jaar,
            aandeel=None if deel.aandeel is None else _aandeel(deel),
            bedrag=deel.bedrag,
            ontbreekt=list(deel.ontbreekt),
            buig=buig,
        )


class GemeenterealisatieUitvoer(Uitvoer):
    """Van een gemeente. voorgefinancierd = verwacht van dit jaar - vergoeding van dit jaar."""

    gemeentecode: VanGemeente
    vorig_jaar: UitgavenUitvoer
    dit_jaar: UitgavenUitvoer
    vergoeding: VergoedingUitvoer
    voorgefinancierd: Annotated[
        Saldo | None,
        Field(
            description="Wat de gemeente dit jaar meer uitgeeft dan zij krijgt; onder nul krijgt "
            "zij meer. Leeg zolang de vergoeding niet bekend is."
        ),
    ]
    vergoeding_volgend_jaar: Annotated[
        VergoedingUitvoer, Field(description="Van wat dit jaar naar verwachting wordt uitgegeven.")
    ]

    @classmethod
    def van(cls, deel: _Gemeente) -> GemeenterealisatieUitvoer:
        return cls(
            gemeentecode=deel.gemeentecode,
            vorig_jaar=UitgavenUitvoer.van(deel.vorig_jaar),
            dit_jaar=UitgavenUitvoer.van(deel.dit_jaar),
            vergoeding=VergoedingUitvoer.van(deel.vergoeding, deel.buig.get(deel.dit_jaar.jaar)),
            voorgefinancierd=deel.vergoeding.voorgefinancierd(deel.dit_jaar.verwacht),
            vergoeding_volgend_jaar=VergoedingUitvoer.van(
                deel.volgend_jaar, deel.buig.get(deel.dit_jaar.jaar + 1)
            ),
        )


class SamenUitvoer(Uitvoer):
    """De som over de gemeenten in het antwoord; leeg waar het van een daarvan niet bekend is."""

    vorig_jaar_verschuldigd: Bedrag
    dit_jaar_verwacht: Bedrag
    vergoeding: Bedrag | None
    voorgefinancierd: Saldo | None


class OpRealisatieUitvoer(Uitvoer):
    """Loonkostensubsidie op realisatie: een jaar later vergoed wat is uitgegeven."""

    jaar: int
    macrocijfers: Annotated[
        list[TellendCijferUitvoer], Field(description="De landelijke bedragen die nu tellen.")
    ]
    gemeenten: list[GemeenterealisatieUitvoer]
    samen: SamenUitvoer


@dataclass(frozen=True, slots=True)
class _Gemeente:
    gemeentecode: str
    vorig_jaar: Uitgaven
    dit_jaar: Uitgaven
    vergoeding: Vergoeding
    volgend_jaar: Vergoeding
    buig: dict[int, BuigUitvoer]


@dataclass(frozen=True, slots=True)
class _Gelezen:
    cijfers: dict[tuple[int, Macrosoort], Macrocijfer]
    delen: list[_Gemeente]


@router.post(
    "/macrocijfers",
    response_model=MacrocijferUitvoer,
    responses=problems(fouten.AlleenDoorWsd),
)
async def leg_een_macrocijfer_vast(invoer: MacrocijferInvoer, opdracht: VanWsd) -> Response:
    """Leg een landelijk bedrag vast

    Door WSD, voor alle gemeenten: wat in een jaar in heel Nederland aan loonkostensubsidie is
    uitgegeven, of wat het Rijk ervoor verdeelt. Een nieuwe bekendmaking van hetzelfde jaar en
    dezelfde soort vervangt de vorige, die te zien blijft.
    """
    return await opdracht.run(
        lambda uow: leg_macrocijfer_vast(uow, invoer.naar_cijfer()),
        answer=MacrocijferUitvoer.van,
    )


@router.get("/macrocijfers", response_model=MacrocijfersPagina, responses=problems())
async def lijst_macrocijfers(
    vraag: Lezen,
    pagina: Cijferpagina,
    jaar: Annotated[
        int | None, QueryParameter(ge=2015, le=2099, description="Alleen van dit jaar.")
    ] = None,
) -> Response:
    """Geef landelijke bedragen

    Elke bekendmaking, voor iedereen dezelfde.
    """
    return await vraag.page(
        pagina,
        lambda uow: macrocijfers.lijst(uow, jaar=jaar, na=pagina.after, aantal=pagina.fetch),
        answer=MacrocijferUitvoer.van,
        key=lambda bekend: (bekend.nummer,),
    )


@router.get(
    RAPPORTAGES + "/loonkostensubsidie-op-realisatie",
    tags=["Rapportages"],
    response_model=OpRealisatieUitvoer,
    responses=problems(NietGevonden),
)
async def rapporteer_loonkostensubsidie_op_realisatie(
    vraag: Lezen,
    jaar: Annotated[int, QueryParameter(ge=2016, le=2099, description="Kalenderjaar.")],
    gemeentecode: GemeenteVraag = None,
) -> Response:
    """Geef de loonkostensubsidie op realisatie

    Wat de gemeente uitgaf, wat het Rijk er een jaar later van vergoedt (haar aandeel in de uitgaven
    van heel Nederland, maal het landelijke budget), en wat zij zolang zelf betaalt. Zonder de
    landelijke bedragen staat er wat ontbreekt. De gemeente ziet de eigen cijfers, WSD alle of die
    van een gemeente.
    """
    gemeenten = gevraagde_gemeenten(vraag, gemeentecode)

    async def lees(uow: Reading) -> _Gelezen:
        cijfers = await macrocijfers.geldend(uow, (jaar - 1, jaar, jaar + 1))
        return _Gelezen(cijfers, [await _gemeente(uow, code, jaar, cijfers) for code in gemeenten])

    return await vraag.run(lees, answer=lambda gelezen: _antwoord(jaar, gelezen))


async def _gemeente(
    uow: Reading,
    gemeentecode: str,
    jaar: int,
    cijfers: dict[tuple[int, Macrosoort], Macrocijfer],
) -> _Gemeente:
    vandaag = local_date(uow.now)
    vorig_jaar = await tel_uitgaven(uow, gemeentecode, jaar - 1, vandaag)
    dit_jaar = await tel_uitgaven(uow, gemeentecode, jaar, vandaag)

    def bedrag(van: int, soort: Macrosoort) -> Decimal | None:
        cijfer = cijfers.get((van, soort))
        return cijfer.bedrag if cijfer else None

    def in_jaar(van: int, uitgaven: Decimal) -> Vergoeding:
        return vergoeding(
            van,
            uitgaven,
            macro_uitgaven_vorig_jaar=bedrag(van - 1, Macrosoort.UITGAVEN),
            macrobudget=bedrag(van, Macrosoort.BUDGET),
        )

    return _Gemeente(
        gemeentecode,
        vorig_jaar,
        dit_jaar,
        in_jaar(jaar, vorig_jaar.verwacht),
        in_jaar(jaar + 1, dit_jaar.verwacht),
        {
            budget.jaar: BuigUitvoer(
                bedrag=budget.geldt.bedrag, stadium=budget.geldt.stadium, bron=budget.geldt.bron
            )
            for budget in await budgetten.van_jaren(uow, gemeentecode, jaar)
            if budget.soort is Budgetsoort.BUIG
        },
    )


def _antwoord(jaar: int, gelezen: _Gelezen) -> OpRealisatieUitvoer:
    delen = gelezen.delen
    vergoed = [deel.vergoeding.bedrag for deel in delen]
    bekend = [bedrag for bedrag in vergoed if bedrag is not None]
    samen = sum(bekend, Decimal("0.00")) if len(bekend) == len(delen) else None
    vorig_jaar = sum((deel.vorig_jaar.verschuldigd for deel in delen), Decimal("0.00"))
    verwacht = sum((deel.dit_jaar.verwacht for deel in delen), Decimal("0.00"))
    return OpRealisatieUitvoer(
        jaar=jaar,
        macrocijfers=[
            TellendCijferUitvoer(
                jaar=cijfer.jaar,
                soort=cijfer.soort,
                stadium=cijfer.stadium,
                bedrag=cijfer.bedrag,
                bron=cijfer.bron,
            )
            for _, cijfer in sorted(gelezen.cijfers.items())
        ],
        gemeenten=[GemeenterealisatieUitvoer.van(deel) for deel in delen],
        samen=SamenUitvoer(
            vorig_jaar_verschuldigd=vorig_jaar,
            dit_jaar_verwacht=verwacht,
            vergoeding=samen,
            voorgefinancierd=None if samen is None else verwacht - samen,
        ),
    )


def _aandeel(deel: Vergoeding) -> str:
    exact = deel.aandeel or 0
    decimaal = Decimal(exact.numerator) / Decimal(exact.denominator)
    return f"{decimaal.quantize(_TIEN_DECIMALEN, ROUND_HALF_UP):f}"
