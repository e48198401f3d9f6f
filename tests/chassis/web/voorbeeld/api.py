"""Its API: one route of each kind."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, FastAPI, Path
from fastapi import Query as QueryParameter
from pydantic import Field, field_validator
from starlette.responses import Response

from chassis.access import TokenVerifier
from chassis.database import Database
from chassis.unit_of_work import UnitOfWork
from chassis.web import (
    Bedrag,
    Command,
    Datum,
    Invoer,
    OngeldigeWaarde,
    Page,
    PageRequest,
    Query,
    Uitvoer,
    command,
    create_app,
    page,
    problems,
    query,
)
from tests.chassis.web.voorbeeld import taken
from tests.chassis.web.voorbeeld.taken import NaamBezet, Taak, TaakFout, TaakOnbekend

TAAK = "/taken/{taakId}"

Lezen = Annotated[Query, query("taken.lezen", etag=True)]
Bladeren = Annotated[Query, query("taken.lezen")]
Schrijven = Annotated[Command, command("taken.schrijven", roles={"klantmanager"})]
Wijzigen = Annotated[Command, command("taken.schrijven", roles={"klantmanager"}, if_match=True)]
Pagina = Annotated[PageRequest, page(datetime, UUID)]
TaakId = Annotated[UUID, Path(alias="taakId", description="Nummer van de taak.")]
Naam = Annotated[
    str, Field(min_length=1, max_length=80, pattern=r"^[^\x00-\x1f]+$", examples=["Bellen"])
]


class TaakIn(Invoer):
    """Een nieuwe taak."""

    naam: Naam
    bedrag: Bedrag
    uiterlijk: Datum | None = None

    @field_validator("naam")
    @classmethod
    def _is_no_shouting(cls, naam: str) -> str:
        if naam == "SCHREEUW":
            raise OngeldigeWaarde("schreeuwt", "Schrijf de naam niet in hoofdletters.")
        return naam


class NaamIn(Invoer):
    """De nieuwe naam van een taak."""

    naam: Naam
    kenmerken: dict[str, str] = Field(default_factory=dict)


class TaakUit(Uitvoer):
    """Een taak."""

    id: UUID
    naam: str
    bedrag: Bedrag
    uiterlijk: date | None
    versie: int

    @classmethod
    def van(cls, taak: Taak) -> "TaakUit":
        return cls(
            id=taak.id,
            naam=taak.naam,
            bedrag=taak.bedrag,
            uiterlijk=taak.uiterlijk,
            versie=taak.versie,
        )


class TaakId201(Uitvoer):
    """Het nummer van de nieuwe taak."""

    id: UUID

    @classmethod
    def van(cls, taak: Taak) -> "TaakId201":
        return cls(id=taak.id)


class TakenPagina(Page[TaakUit]):
    """Een pagina taken, de oudste eerst."""


router = APIRouter(tags=["Taken"])


@router.post("/taken", status_code=201, response_model=TaakId201, responses=problems(NaamBezet))
async def maak_taak(invoer: TaakIn, command: Schrijven) -> Response:
    """Maak een taak.

    De naam van een taak is uniek binnen uw gemeente.
    """
    return await command.run(
        lambda uow: taken.maak(uow, invoer.naam, invoer.bedrag, invoer.uiterlijk),
        answer=TaakId201.van,
        location=lambda taak: f"/taken/{taak.id}",
    )


@router.get("/taken", response_model=TakenPagina, responses=problems())
async def lees_taken(
    query: Bladeren,
    pagina: Pagina,
    naam_begint_met: Annotated[
        str, QueryParameter(alias="naamBegintMet", max_length=80, description="Begin van de naam.")
    ] = "",
) -> Response:
    """Blader door de taken van uw gemeente."""
    return await query.page(
        pagina,
        lambda uow: taken.lijst(uow, pagina.after, pagina.fetch, naam_begint_met),
        answer=TaakUit.van,
        key=lambda taak: (taak.gemaakt_op, taak.id),
    )


@router.get(TAAK, response_model=TaakUit, responses=problems())
async def lees_taak(taak_id: TaakId, query: Lezen) -> Response:
    """Lees een taak."""
    return await query.run(
        lambda uow: taken.lees(uow, taak_id),
        answer=TaakUit.van,
        version=lambda taak: taak.versie,
    )


@router.put(TAAK, response_model=TaakUit, responses=problems(TaakOnbekend, NaamBezet))
async def hernoem_taak(taak_id: TaakId, invoer: NaamIn, command: Wijzigen) -> Response:
    """Geef een taak een andere naam."""

    async def use_case(uow: UnitOfWork) -> Taak:
        taak = await taken.lees(uow, taak_id, lock=True)
        if taak is None:
            raise TaakOnbekend
        command.require_version(taak.versie)
        return await taken.wijzig(uow, taak_id, invoer.naam)

    return await command.run(use_case, answer=TaakUit.van, version=lambda taak: taak.versie)


@router.delete(TAAK, status_code=204, responses=problems(TaakOnbekend))
async def verwijder_taak(taak_id: TaakId, command: Schrijven) -> Response:
    """Verwijder een taak."""
    return await command.run(lambda uow: taken.verwijder(uow, taak_id))


def make_app(
    database: Database, access: TokenVerifier, *extra: APIRouter, **options: Any
) -> FastAPI:
    return create_app(
        service="voorbeeld",
        title="Voorbeeld",
        description="Een dienst die alleen voor de tests bestaat.",
        version="1.2.3",
        routers=[router, *extra],
        tags={"Taken": "Wat er te doen is."},
        database=database,
        access=access,
        domain_errors={TaakFout: 409, TaakOnbekend: 404},
        **options,
    )


def router_that_runs(
    path: str, use_case: Callable[[UnitOfWork], Awaitable[Any]], **rights: Any
) -> APIRouter:
    """A POST without a body that runs what a test wants to happen."""
    extra = APIRouter(tags=["Taken"])

    @extra.post(path, status_code=201, responses=problems())
    async def voer_uit(
        command: Annotated[Command, command("taken.schrijven", **rights)],
    ) -> Response:
        """Voer uit wat de test wil."""
        return await command.run(use_case, location=lambda _: path)

    return extra
