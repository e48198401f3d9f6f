"""Loonkostensubsidies: the decision, the amounts and why; and a calculation without persons."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Path, Response
from fastapi import Query as QueryParameter

from chassis.unit_of_work import Reading
from chassis.web import Datum, NietGevonden, PageRequest, Query, page, problems, query
from chassis.web.invalid_input import fault
from chassis.web.problems import OngeldigeInvoer
from services.financiering.api.loonkostensubsidie_vormen import (
    BerekeningUitvoer,
    LksPagina,
    LksRegel,
    LksUitvoer,
    MaandenUitvoer,
    MaandParameter,
    ProefberekeningInvoer,
)
from services.financiering.domain import fouten
from services.financiering.domain.kalender import Maand
from services.financiering.domain.lks_toekenning import LksToekenning
from services.financiering.domain.loonkostensubsidie import Berekening
from services.financiering.store import loonkostensubsidies

LKS: Final = "/loonkostensubsidies/{lksId}"
MEESTE_MAANDEN: Final = 36

router = APIRouter()

LksId = Annotated[UUID, Path(alias="lksId", description="Het nummer van de loonkostensubsidie.")]
Pagina = Annotated[PageRequest, page(datetime, UUID)]

Lezen = Annotated[Query, query("financiering.lezen")]
LezenMetVersie = Annotated[Query, query("financiering.lezen", etag=True)]


@router.get(
    "/loonkostensubsidies",
    tags=["Loonkostensubsidies"],
    response_model=LksPagina,
    responses=problems(),
)
async def lijst_loonkostensubsidies(
    vraag: Lezen,
    pagina: Pagina,
    kandidaat_id: Annotated[
        UUID | None,
        QueryParameter(alias="kandidaatId", description="Alleen die van deze kandidaat."),
    ] = None,
    plaatsing_id: Annotated[
        UUID | None,
        QueryParameter(alias="plaatsingId", description="Alleen die van deze plaatsing."),
    ] = None,
) -> Response:
    """Geef loonkostensubsidies

    De gemeente ziet die van de eigen kandidaten; WSD die van kandidaten waar zij bij betrokken is.
    """
    return await vraag.page(
        pagina,
        lambda uow: loonkostensubsidies.lijst(
            uow,
            kandidaat_id=kandidaat_id,
            plaatsing_id=plaatsing_id,
            na=pagina.after,
            aantal=pagina.fetch,
        ),
        answer=LksRegel.van,
        key=lambda lks: (lks.vastgelegd_op, lks.lks_id),
    )


@router.get(
    LKS,
    tags=["Loonkostensubsidies"],
    response_model=LksUitvoer,
    responses=problems(NietGevonden),
)
async def geef_loonkostensubsidie(lks_id: LksId, vraag: LezenMetVersie) -> Response:
    """Geef een loonkostensubsidie

    Met het besluit, bij een weigering de gronden met hun wetsartikel, en de vastgestelde bedragen.
    Een status «wacht-op-gegevens» lost zichzelf op zodra de ontbrekende gegevens er zijn.
    """
    return await vraag.run(
        lambda uow: loonkostensubsidies.haal(uow, lks_id),
        answer=LksUitvoer.van_bewaard,
        version=lambda bewaard: bewaard.versie,
    )


@router.get(
    LKS + "/berekening",
    tags=["Loonkostensubsidies"],
    response_model=BerekeningUitvoer,
    responses=problems(
        NietGevonden,
        fouten.GeenLopendBesluit,
        fouten.ToekenningLooptNiet,
        fouten.LoonwaardeOntbreekt,
        fouten.DatumBuitenTabel,
    ),
)
async def geef_berekening(
    lks_id: LksId,
    vraag: Lezen,
    op: Annotated[Datum, QueryParameter(description="De dag waarvan de berekening geldt.")],
) -> Response:
    """Geef de berekening stap voor stap

    Van een hele maand, met de cijfers die op deze dag voor deze subsidie gelden: het minimumloon
    van de eerste dag en daarna van elke 1 januari (art. 10d lid 7 Participatiewet).
    """
    return await vraag.run(
        lambda uow: _toekenning(uow, lks_id),
        answer=lambda toekenning: BerekeningUitvoer.van(toekenning.berekening_op(op)),
    )


@router.get(
    LKS + "/maanden",
    tags=["Loonkostensubsidies"],
    response_model=MaandenUitvoer,
    responses=problems(NietGevonden, fouten.GeenLopendBesluit),
)
async def geef_maanden(
    lks_id: LksId,
    vraag: Lezen,
    vanaf: Annotated[MaandParameter, QueryParameter(description="Eerste maand.")],
    tot: Annotated[
        MaandParameter,
        QueryParameter(description=f"Laatste maand, hoogstens {MEESTE_MAANDEN} maanden in totaal."),
    ],
) -> Response:
    """Geef het bedrag per maand

    Een maand waarin iets verandert bestaat uit delen: elk deel telt naar kalenderdagen, het totaal
    wordt één keer afgerond. Buiten de looptijd is het bedrag 0.
    """
    return await vraag.run(
        lambda uow: _toekenning(uow, lks_id),
        answer=lambda toekenning: MaandenUitvoer.van(toekenning, vanaf, aantal_maanden(vanaf, tot)),
    )


@router.post(
    "/proefberekeningen",
    tags=["Proefberekeningen"],
    response_model=BerekeningUitvoer,
    responses=problems(fouten.DatumBuitenTabel),
)
async def maak_proefberekening(invoer: ProefberekeningInvoer, vraag: Lezen) -> Response:
    """Reken een loonkostensubsidie uit

    Met zelfgekozen cijfers en zonder gegevens van personen; er wordt niets bewaard.
    """

    async def reken(_: Reading) -> Berekening:
        return invoer.naar_berekening()

    return await vraag.run(reken, answer=BerekeningUitvoer.van)


def aantal_maanden(vanaf: Maand, tot: Maand) -> int:
    """How many months these are, both included. Raises OngeldigeInvoer."""
    aantal = (tot.jaar - vanaf.jaar) * 12 + tot.maand - vanaf.maand + 1
    if not 1 <= aantal <= MEESTE_MAANDEN:
        raise OngeldigeInvoer(
            fault(
                "query.tot",
                "verkeerd-bereik",
                f"Kies een laatste maand vanaf de eerste, hoogstens {MEESTE_MAANDEN} maanden.",
            )
        )
    return aantal


async def _toekenning(uow: Reading, lks_id: UUID) -> LksToekenning | None:
    bewaard = await loonkostensubsidies.haal(uow, lks_id)
    return bewaard.lks.toekenning(bewaard.feiten) if bewaard else None
