"""The same routes on every service: what it has parked, for who runs the platform.

The answers hold no value from an event. The actions commit step by step and may be asked again.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Path
from fastapi import Query as QueryParameter
from pydantic import Field
from starlette.responses import Response

from chassis import parking
from chassis.parking import Filter, Kind, NotParkedError, NotSkippableError, Parking
from chassis.web.commands import Command, command
from chassis.web.models import Invoer, Tijdstip, Uitvoer
from chassis.web.pages import LARGEST_PAGE, USUAL_PAGE, Page, PageRequest, page
from chassis.web.problems import NietGevonden, Problem, problems
from chassis.web.queries import Query, query
from contracts.afnemers import ORGANISATIES

TAG: Final = "Geparkeerd"
TAG_TEXT: Final = (
    "Wat deze dienst niet kon verwerken, lezen of publiceren, en wat een beheerder ermee doet."
)
ROLE: Final = "beheerder"

_CODE: Final = r"^[0-9]{4}$"
_NAME: Final = r"^[A-Za-z0-9._-]{1,200}$"

SoortFilter = Annotated[
    Kind | None, QueryParameter(description="Alleen wat hier vastliep.", alias="soort")
]
FoutklasseFilter = Annotated[
    str | None,
    QueryParameter(pattern=_NAME, description="Alleen met deze fout.", alias="foutklasse"),
]
TypeFilter = Annotated[
    str | None,
    QueryParameter(
        pattern=_NAME,
        description="Alleen gebeurtenissen van dit type, of termijnen van deze soort.",
        alias="type",
    ),
]
GemeenteFilter = Annotated[
    str | None, QueryParameter(pattern=_CODE, description="Alleen van deze gemeente.")
]
AfnemerFilter = Annotated[
    str | None,
    QueryParameter(
        pattern=r"^([0-9]{4}|wsd)$",
        description="Alleen gebeurtenissen die deze afnemer mag zien, en dus kan missen.",
    ),
]
VoorFilter = Annotated[
    Tijdstip | None, QueryParameter(description="Alleen wat al voor dit moment geparkeerd stond.")
]
Kenmerk = Annotated[UUID, Path(description="Het kenmerk van wat geparkeerd is.")]
Pagina = Annotated[PageRequest, page(datetime, UUID)]


class Geparkeerd(Uitvoer):
    """Iets dat op een beheerder wacht, zonder inhoud van de gebeurtenis."""

    kenmerk: UUID
    soort: Annotated[
        Kind,
        Field(
            description="consument: een gebeurtenis die niet te verwerken was; onleesbaar: een "
            "bericht dat niet te lezen was; outbox: een gebeurtenis die de bus weigert; termijn: "
            "een termijn waarvan de afhandeling mislukte."
        ),
    ]
    foutklasse: str
    plaats: Annotated[str, Field(description="Waar in de gebeurtenis het misging; leeg: elders.")]
    type: str | None
    gebeurtenis_id: Annotated[UUID | None, Field(description="De `id` van de gebeurtenis.")]
    bron: Annotated[str | None, Field(description="De `source` van de gebeurtenis.")]
    subject: UUID | None
    aggregateversion: int | None
    gemeentecode: str | None
    afnemers: Annotated[list[str], Field(description="Wie haar mag zien, en dus kan missen.")]
    topic: str | None
    geparkeerd_op: datetime
    wachtend: Annotated[
        int, Field(description="Hoeveel latere gebeurtenissen van hetzelfde subject erop wachten.")
    ]

    @classmethod
    def van(cls, item: parking.Parked) -> Geparkeerd:
        return cls(
            kenmerk=item.reference,
            soort=item.kind,
            foutklasse=item.failure,
            plaats=item.place,
            type=item.type,
            gebeurtenis_id=item.event_id,
            bron=item.source,
            subject=item.subject,
            aggregateversion=item.version,
            gemeentecode=item.gemeentecode,
            # A header may say anything; who is no afnemer of ours is not repeated.
            afnemers=[name for name in item.afnemers if name in ORGANISATIES],
            topic=item.topic,
            geparkeerd_op=item.parked_at,
            wachtend=item.waiting,
        )


class GeparkeerdPagina(Page[Geparkeerd]):
    """Het langst geparkeerde eerst."""


class Foutklasse(Uitvoer):
    """Hoeveel er met een fout geparkeerd staat."""

    soort: Kind
    foutklasse: str
    aantal: int
    wachtend: int
    oudste: datetime

    @classmethod
    def van(cls, count: parking.Count) -> Foutklasse:
        return cls(
            soort=count.kind,
            foutklasse=count.failure,
            aantal=count.parked,
            wachtend=count.waiting,
            oudste=count.oldest,
        )


class Foutklassen(Uitvoer):
    """Alle fouten waarop nu iets geparkeerd staat."""

    resultaten: list[Foutklasse]


class Herhaling(Uitvoer):
    """Wat opnieuw proberen opleverde."""

    kenmerk: UUID
    subject: UUID | None
    verwerkt: Annotated[int, Field(description="Hoeveel gebeurtenissen nu zijn verwerkt.")]
    aangeboden: Annotated[
        bool,
        Field(description="Of de dienst het binnen enkele seconden zelf opnieuw probeert."),
    ]
    gestopt_bij: Annotated[
        Geparkeerd | None,
        Field(description="Wat nu in de weg staat; leeg: niets meer."),
    ]

    @classmethod
    def van(cls, redriven: parking.Redriven) -> Herhaling:
        stopped = redriven.stopped_at
        return cls(
            kenmerk=redriven.reference,
            subject=redriven.subject,
            verwerkt=redriven.handled,
            aangeboden=redriven.offered,
            gestopt_bij=Geparkeerd.van(stopped) if stopped else None,
        )


class Herhalingen(Uitvoer):
    """Wat opnieuw proberen opleverde, per geparkeerd subject."""

    resultaten: list[Herhaling]
    niet_geprobeerd: Annotated[
        int, Field(description="Hoeveel er boven `limiet` niet zijn geprobeerd.")
    ]


class HerhaalAlles(Invoer):
    """Wat er opnieuw geprobeerd moet worden; alles wat u weglaat beperkt niet."""

    soort: Kind | None = None
    foutklasse: Annotated[str, Field(pattern=_NAME)] | None = None
    type: Annotated[str, Field(pattern=_NAME)] | None = None
    gemeentecode: Annotated[str, Field(pattern=_CODE)] | None = None
    afnemer: Annotated[str, Field(pattern=r"^([0-9]{4}|wsd)$")] | None = None
    geparkeerd_voor: Tijdstip | None = None
    limiet: Annotated[int, Field(ge=1, le=LARGEST_PAGE)] = USUAL_PAGE


class Overslag(Invoer):
    """Waarom het wordt overgeslagen."""

    reden: Annotated[
        str,
        Field(
            min_length=10,
            max_length=500,
            pattern=r"^[^\u0000]*\S[^\u0000]*$",
            description="Waarom; wordt voorgoed bewaard. Noem geen gegevens van personen.",
            examples=["Dubbel aangeleverd na de storing van 3 maart, zie melding 1234."],
        ),
    ]


class Overgeslagen(Uitvoer):
    """Een regel uit het logboek van wat is overgeslagen."""

    kenmerk: UUID
    soort: Kind
    foutklasse: str
    type: str | None
    bron: str | None
    subject: UUID | None
    aggregateversion: int | None
    gemeentecode: str | None
    geparkeerd_op: datetime
    overgeslagen_op: datetime
    door: str
    reden: str

    @classmethod
    def van(cls, line: parking.Skipped) -> Overgeslagen:
        return cls(
            kenmerk=line.reference,
            soort=line.kind,
            foutklasse=line.failure,
            type=line.type,
            bron=line.source,
            subject=line.subject,
            aggregateversion=line.version,
            gemeentecode=line.gemeentecode,
            geparkeerd_op=line.parked_at,
            overgeslagen_op=line.skipped_at,
            door=line.by,
            reden=line.reason,
        )


class OvergeslagenPagina(Page[Overgeslagen]):
    """Het eerst overgeslagene eerst."""


class Overslaguitkomst(Uitvoer):
    """De regel in het logboek, en wat er daarna is verwerkt."""

    overgeslagen: Overgeslagen
    herhaling: Herhaling

    @classmethod
    def van(cls, outcome: tuple[parking.Skipped, parking.Redriven]) -> Overslaguitkomst:
        line, redriven = outcome
        return cls(overgeslagen=Overgeslagen.van(line), herhaling=Herhaling.van(redriven))


class NietOverTeSlaan(Problem):
    status = 409
    code = "niet-over-te-slaan"
    title = "Dit kan niet worden overgeslagen"
    detail = "Overslaan zou schade doen; herstel de oorzaak en probeer het opnieuw."


def parking_router(service: str, parked: Parking) -> APIRouter:
    """The routes for what a service has parked, under the scope ``<service>.beheren``."""
    router = APIRouter(tags=[TAG])
    scope = f"{service}.beheren"
    reads: Any = query(scope, roles={ROLE}, operator=True)
    acts: Any = command(scope, roles={ROLE}, operator=True)

    @router.get("/geparkeerde-gebeurtenissen", response_model=GeparkeerdPagina)
    async def lijst_geparkeerde_gebeurtenissen(
        page: Pagina,
        soort: SoortFilter = None,
        foutklasse: FoutklasseFilter = None,
        type_: TypeFilter = None,
        gemeentecode: GemeenteFilter = None,
        afnemer: AfnemerFilter = None,
        geparkeerdVoor: VoorFilter = None,  # noqa: N803 - the name in the address
        query: Query = reads,
    ) -> Response:
        """Zie wat geparkeerd staat, het langst geparkeerde eerst.

        Van een subject staat alleen de eerste gebeurtenis in de lijst; de latere wachten daarop.
        """
        chosen = Filter(soort, foutklasse, type_, gemeentecode, afnemer, geparkeerdVoor)
        return await query.page(
            page,
            lambda uow: parking.parked(uow, chosen, limit=page.fetch, after=_place(page)),
            answer=Geparkeerd.van,
            key=lambda item: (item.parked_at, item.reference),
        )

    @router.get("/geparkeerde-gebeurtenissen/{kenmerk}", response_model=Geparkeerd)
    async def geef_geparkeerde_gebeurtenis(kenmerk: Kenmerk, query: Query = reads) -> Response:
        """Zie een geparkeerde gebeurtenis."""
        return await query.run(lambda uow: parking.find(uow, kenmerk), answer=Geparkeerd.van)

    @router.post("/geparkeerde-gebeurtenissen/{kenmerk}/herhalingen", response_model=Herhaling)
    async def herhaal_geparkeerde_gebeurtenis(
        kenmerk: Kenmerk, command: Command = acts
    ) -> Response:
        """Probeer een geparkeerde gebeurtenis opnieuw, met alles wat erachter wacht, op volgorde.

        Stopt bij de eerstvolgende die mislukt en noemt die. Wat de bus weigerde en termijnen
        probeert de dienst zelf binnen enkele seconden opnieuw (`aangeboden`).
        """
        return await command.run_steps(lambda: _redrive(parked, kenmerk), answer=Herhaling.van)

    @router.post(
        "/geparkeerde-gebeurtenissen/{kenmerk}/overslagen",
        status_code=201,
        response_model=Overslaguitkomst,
        responses=problems(NietOverTeSlaan),
    )
    async def sla_geparkeerde_gebeurtenis_over(
        kenmerk: Kenmerk, overslag: Overslag, command: Command = acts
    ) -> Response:
        """Sla een geparkeerde gebeurtenis voorgoed over, met een reden.

        Zij blijft met uw reden in het logboek staan. Wat erachter wacht wordt op volgorde verwerkt.
        """
        return await command.run_steps(
            lambda: _skip(parked, kenmerk, command.caller.subject, overslag.reden),
            answer=Overslaguitkomst.van,
            location=lambda _: f"/overgeslagen-gebeurtenissen/{kenmerk}",
        )

    @router.post("/herhalingen", response_model=Herhalingen)
    async def herhaal_geparkeerde_gebeurtenissen(
        keuze: HerhaalAlles, command: Command = acts
    ) -> Response:
        """Probeer alles opnieuw wat aan uw keuze voldoet, het langst geparkeerde eerst.

        Per subject stopt het bij de eerstvolgende die mislukt; de andere gaan door.
        """
        chosen = Filter(
            keuze.soort,
            keuze.foutklasse,
            keuze.type,
            keuze.gemeentecode,
            keuze.afnemer,
            keuze.geparkeerd_voor,
        )
        return await command.run_steps(
            lambda: parked.redrive_all(chosen, keuze.limiet),
            answer=lambda outcome: Herhalingen(
                resultaten=[Herhaling.van(redriven) for redriven in outcome[0]],
                niet_geprobeerd=outcome[1],
            ),
        )

    @router.get("/foutklassen", response_model=Foutklassen)
    async def tel_foutklassen(query: Query = reads) -> Response:
        """Zie op welke fouten iets geparkeerd staat, en hoeveel."""
        return await query.run(
            lambda uow: parking.counts(uow, Filter()),
            answer=lambda found: Foutklassen(resultaten=[Foutklasse.van(c) for c in found]),
        )

    @router.get("/overgeslagen-gebeurtenissen", response_model=OvergeslagenPagina)
    async def lijst_overgeslagen_gebeurtenissen(page: Pagina, query: Query = reads) -> Response:
        """Lees het logboek van wat is overgeslagen."""
        return await query.page(
            page,
            lambda uow: parking.skipped(uow, limit=page.fetch, after=_place(page)),
            answer=Overgeslagen.van,
            key=lambda line: (line.skipped_at, line.reference),
        )

    @router.get("/overgeslagen-gebeurtenissen/{kenmerk}", response_model=Overgeslagen)
    async def geef_overgeslagen_gebeurtenis(kenmerk: Kenmerk, query: Query = reads) -> Response:
        """Zie een regel uit het logboek van wat is overgeslagen."""
        return await query.run(
            lambda uow: parking.find_skipped(uow, kenmerk), answer=Overgeslagen.van
        )

    return router


def _place(page: PageRequest) -> tuple[datetime, UUID] | None:
    return (page.after[0], page.after[1]) if page.after else None


def _gone() -> NietGevonden:
    return NietGevonden("Dit staat niet geparkeerd: het is al verwerkt of overgeslagen.")


async def _redrive(parked: Parking, reference: UUID) -> parking.Redriven:
    try:
        return await parked.redrive(reference)
    except NotParkedError:
        raise _gone() from None


async def _skip(
    parked: Parking, reference: UUID, by: str, reason: str
) -> tuple[parking.Skipped, parking.Redriven]:
    try:
        return await parked.skip(reference, by=by, reason=reason)
    except NotParkedError:
        raise _gone() from None
    except NotSkippableError as error:
        raise NietOverTeSlaan(str(error)) from None
