"""Klanttevredenheid: what a kandidaat said goes in, only figures of five or more come out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Final
from uuid import uuid4

from fastapi import APIRouter, Response
from fastapi import Query as QueryParameter
from pydantic import Field

from chassis.tenancy import WSD
from chassis.web import (
    Command,
    Datum,
    Invoer,
    NietGevonden,
    Query,
    Uitvoer,
    command,
    problems,
    query,
)
from services.diagnose.api.vormen import DOSSIER, DossierId, Gemeentecode, Lezen
from services.diagnose.domain import fouten
from services.diagnose.domain.klanttevredenheid import (
    DOEL,
    MINIMUM,
    VRAGEN,
    Antwoord,
    Klanttevredenheid,
    Telling,
    Tevredenheidsgesprek,
    Vraag,
)
from services.diagnose.store import tevredenheid
from services.diagnose.use_cases.vraag_naar_tevredenheid import vraag_naar_tevredenheid

router = APIRouter(tags=["Klanttevredenheid"])

_VRAGEN: Final = "; ".join(f"`{vraag}`: {tekst}" for vraag, tekst in VRAGEN.items())

Jaar = Annotated[int, QueryParameter(ge=2000, le=2100, description="Het kalenderjaar.")]
LezenAlsPlanregisseur = Annotated[Query, query("diagnose.lezen", roles={"planregisseur"})]
Planregisseur = Annotated[Command, command("diagnose.schrijven", roles={"planregisseur"})]


class TevredenheidsantwoordInvoer(Invoer):
    """Een cijfer, woorden, of beide. Wat niet is gevraagd of niet is beantwoord laat u weg."""

    vraag: Annotated[Vraag, Field(description=_VRAGEN)]
    cijfer: Annotated[int | None, Field(ge=1, le=10)] = None
    woorden: Annotated[str, Field(max_length=5000)] = ""


class TevredenheidsgesprekInvoer(Invoer):
    """Een gesprek met een kandidaat, gevoerd door wie het traject niet begeleidde."""

    gehouden_op: Datum
    antwoorden: Annotated[list[TevredenheidsantwoordInvoer], Field(max_length=2 * len(Vraag))]
    buiten_beschouwing: Annotated[
        bool,
        Field(
            description="De antwoorden zijn niet bruikbaar, bijvoorbeeld alleen sociaal wenselijk: "
            "leg ze dan niet vast."
        ),
    ] = False

    def naar_gesprek(self) -> Tevredenheidsgesprek:
        return Tevredenheidsgesprek(
            gesprek_id=uuid4(),
            gehouden_op=self.gehouden_op,
            antwoorden=tuple(Antwoord(a.vraag, a.cijfer, a.woorden) for a in self.antwoorden),
            buiten_beschouwing=self.buiten_beschouwing,
        )


class TevredenheidsgesprekVastgelegd(Uitvoer):
    """Het gesprek is vastgelegd. De antwoorden van een kandidaat zijn niet op te vragen."""

    gehouden_op: date

    @classmethod
    def van(cls, gesprek: Tevredenheidsgesprek) -> TevredenheidsgesprekVastgelegd:
        return cls(gehouden_op=gesprek.gehouden_op)


class TellingUitvoer(Uitvoer):
    """Wat van een vraag is geteld; gemiddelde is null zolang er geen vijf cijfers zijn."""

    vraag: Vraag
    tekst: str
    aantal: Annotated[int, Field(description="Getelde cijfers, altijd een veelvoud van vijf.")]
    gemiddelde: Annotated[Decimal | None, Field(description="Op een decimaal.", examples=["8.0"])]

    @classmethod
    def van(cls, telling: Telling) -> TellingUitvoer:
        return cls(
            vraag=telling.vraag,
            tekst=VRAGEN[telling.vraag],
            aantal=telling.aantal,
            gemiddelde=telling.gemiddelde,
        )


class KlanttevredenheidUitvoer(Uitvoer):
    """De cijfers van een jaar, steeds van vijf personen of meer."""

    jaar: int
    gemeentecode: Annotated[str | None, Field(description="null: van alle gemeenten samen.")]
    gesprekken: int
    buiten_beschouwing: Annotated[
        int | None,
        Field(description="Alleen van een gemeente met vijf gesprekken of meer, anders null."),
    ]
    minimum: Annotated[int, Field(description="Zoveel cijfers worden steeds tegelijk geteld.")]
    doel: Annotated[int, Field(description="Het gemiddelde waar de partners naar streven.")]
    vragen: list[TellingUitvoer]

    @classmethod
    def van(cls, cijfers: Klanttevredenheid) -> KlanttevredenheidUitvoer:
        return cls(
            jaar=cijfers.jaar,
            gemeentecode=cijfers.gemeentecode,
            gesprekken=cijfers.gesprekken,
            buiten_beschouwing=cijfers.buiten_beschouwing,
            minimum=MINIMUM,
            doel=DOEL,
            vragen=[TellingUitvoer.van(telling) for telling in cijfers.tellingen],
        )


class WoordenUitvoer(Uitvoer):
    """Wat op een vraag is gezegd, van steeds vijf personen, op alfabet en zonder van wie."""

    jaar: int
    vraag: Vraag
    tekst: str
    woorden: list[str]


@router.post(
    DOSSIER + "/tevredenheidsgesprekken",
    status_code=201,
    response_model=TevredenheidsgesprekVastgelegd,
    responses=problems(
        NietGevonden,
        fouten.OngeldigTevredenheidsgesprek,
        fouten.TevredenheidAlGevraagd,
        fouten.DatumPastNiet,
    ),
)
async def leg_tevredenheidsgesprek_vast(
    dossier_id: DossierId, invoer: TevredenheidsgesprekInvoer, opdracht: Planregisseur
) -> Response:
    """Leg een gesprek over tevredenheid vast

    Een keer per kandidaat en kalenderjaar. Wat de kandidaat zei wordt verzegeld bewaard.
    """
    return await opdracht.run(
        lambda uow: vraag_naar_tevredenheid(uow, dossier_id, invoer.naar_gesprek()),
        answer=TevredenheidsgesprekVastgelegd.van,
        location=lambda gesprek: f"/rapportages/klanttevredenheid?jaar={gesprek.gehouden_op.year}",
    )


@router.get(
    "/rapportages/klanttevredenheid",
    response_model=KlanttevredenheidUitvoer,
    responses=problems(NietGevonden),
)
async def rapporteer_over_tevredenheid(
    vraag: Lezen,
    jaar: Jaar,
    gemeentecode: Gemeentecode = None,
) -> Response:
    """Rapporteer over klanttevredenheid

    De gemeente ziet de eigen cijfers, WSD die van alle gemeenten samen of van een. Cijfers worden
    per vijf geteld, zodat uit geen twee rapportages volgt wat een kandidaat zei.
    """
    van = vraag.of_gemeente(gemeentecode)
    return await vraag.run(
        lambda uow: tevredenheid.rapporteer(uow, jaar, van),
        answer=KlanttevredenheidUitvoer.van,
    )


@router.get(
    "/rapportages/klanttevredenheid/woorden",
    response_model=WoordenUitvoer,
    responses=problems(NietGevonden),
)
async def lees_woorden(
    vraag: LezenAlsPlanregisseur,
    jaar: Jaar,
    over: Annotated[Vraag, QueryParameter(alias="vraag", description=_VRAGEN)],
) -> Response:
    """Lees wat kandidaten zeiden

    Voor WSD, om van te leren: de woorden op een vraag, van alle gemeenten door elkaar. Elke inzage
    wordt vastgelegd in het verwerkingenlogboek.
    """
    if vraag.caller.organisation != WSD:
        raise NietGevonden
    return await vraag.run(
        lambda uow: tevredenheid.woorden(uow, jaar, over),
        answer=lambda woorden: WoordenUitvoer(
            jaar=jaar, vraag=over, tekst=VRAGEN[over], woorden=woorden
        ),
    )
