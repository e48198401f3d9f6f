"""Routes of werkplekken and their versions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from typing import Annotated, Final
from uuid import UUID, uuid4

from fastapi import APIRouter, Path, Response
from fastapi import Query as QueryParameter
from pydantic import Field

from chassis.tenancy import is_gemeente
from chassis.unit_of_work import Reading
from chassis.web import GEHEEL, Datum, Invoer, NietGevonden, Page, Tijdstip, Uitvoer, problems
from services.plaatsing.api.vormen import (
    Eigenaar,
    Lezen,
    Omschrijving,
    Pagina,
    Plaatsen,
    Tekst,
    Uren,
    Wijzigen,
)
from services.plaatsing.domain import fouten
from services.plaatsing.domain.eisen import Begeleidingsniveau, Belastingseis, Dag
from services.plaatsing.domain.jobcarving import Carvingstap, Jobcarving, Vacature
from services.plaatsing.domain.werkplek import Werkplek, Werksoort
from services.plaatsing.domain.werktijd import Werktijd
from services.plaatsing.store import werkplekken
from services.plaatsing.use_cases.corrigeer_werkplek import corrigeer_werkplek
from services.plaatsing.use_cases.leg_werkplek_vast import leg_werkplek_vast

router = APIRouter(tags=["Werkplekken"])

WERKPLEK: Final = "/werkplekken/{werkplekId}"
WerkplekId = Annotated[UUID, Path(alias="werkplekId", description="Het nummer van de werkplek.")]
Kloktijd = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$", examples=["08:30"])]
Taken = Annotated[list[Tekst], Field(max_length=50)]


class WerktijdInvoer(Invoer):
    """Een dag waarop er werk is, met de tijden."""

    dag: Dag
    van: Kloktijd
    tot: Annotated[Kloktijd, Field(description="Een tijd voor `van` is die op de volgende dag.")]

    def naar_werktijd(self) -> Werktijd:
        return Werktijd(self.dag, time.fromisoformat(self.van), time.fromisoformat(self.tot))


class VacatureInvoer(Invoer):
    """De vacature zoals de werkgever die had."""

    functie: Annotated[Tekst, Field(examples=["Magazijnmedewerker"])]
    uren_per_week: Annotated[Uren | None, Field(description="Leeg: niet genoemd.")] = None
    taken: Annotated[Taken, Field(min_length=1, description="Elke taak een keer.")]


class CarvingstapInvoer(Invoer):
    """Wat er van de taken afging en bij kwam, wanneer en waarom."""

    op: Datum
    reden: Omschrijving
    eraf: Annotated[Taken, Field(description="Taken die er op dat moment zijn.")] = []  # noqa: RUF012
    erbij: Annotated[Taken, Field(description="Taken die er op dat moment niet zijn.")] = []  # noqa: RUF012


class JobcarvingInvoer(Invoer):
    """Van de oorspronkelijke vacature naar het werk dat eruit is gehaald."""

    vacature: VacatureInvoer
    stappen: Annotated[
        list[CarvingstapInvoer], Field(min_length=1, max_length=50, description="De oudste eerst.")
    ]

    def naar_jobcarving(self) -> Jobcarving:
        vacature = self.vacature
        return Jobcarving(
            Vacature(vacature.functie, tuple(vacature.taken), vacature.uren_per_week),
            tuple(
                Carvingstap(stap.op, stap.reden, tuple(stap.eraf), tuple(stap.erbij))
                for stap in self.stappen
            ),
        )


class _WerkplekInhoud(Invoer):
    werksoort: Werksoort
    functie: Annotated[Tekst, Field(examples=["Orderpicker"])]
    locatie: Annotated[Tekst, Field(description="Plaats waar wordt gewerkt.", examples=["Boxtel"])]
    uren_van: Annotated[Uren, Field(description="Minste uren per week.")]
    uren_tot: Annotated[Uren, Field(description="Meeste uren per week.")]
    capaciteit: Annotated[
        int,
        Field(ge=1, le=1000, description="Voor hoeveel mensen tegelijk er plaats is."),
        GEHEEL,
    ]
    vanaf: Annotated[
        Datum | None, Field(description="Eerste dag waarop er werk is; leeg: er is al werk.")
    ] = None
    tot_en_met: Annotated[
        Datum | None, Field(description="Laatste dag waarop er werk is; leeg: zonder einde.")
    ] = None
    begeleiding_vereist: Annotated[
        Begeleidingsniveau,
        Field(
            description="Begeleiding die de werkgever vraagt van wie plaatst, zoals een jobcoach."
        ),
    ] = Begeleidingsniveau.GEEN
    begeleiding_geboden: Annotated[
        Begeleidingsniveau, Field(description="Begeleiding die er op de werkplek zelf is.")
    ] = Begeleidingsniveau.GEEN
    eisen: Annotated[
        list[Belastingseis],
        Field(
            max_length=len(Belastingseis),
            description="Wat het werk vraagt van wie het doet, in functionele termen.",
        ),
    ] = []  # noqa: RUF012 - pydantic copies it
    werktijden: Annotated[
        list[WerktijdInvoer],
        Field(max_length=50, description="Dagen en tijden van het werk; leeg: in overleg."),
    ] = []  # noqa: RUF012 - pydantic copies it
    jobcarving: JobcarvingInvoer | None = None
    gedeeld: Annotated[
        bool | None,
        Field(
            description="Voor kandidaten van elke gemeente, of alleen van de gemeente die de "
            "werkplek vastlegt. Standaard deelt WSD en deelt een gemeente niet; een werkplek van "
            "WSD is altijd gedeeld."
        ),
    ] = None

    def werkplek(self, werkplek_id: UUID, werkgever_id: UUID, *, door_gemeente: bool) -> Werkplek:
        return Werkplek(
            werkplek_id=werkplek_id,
            werkgever_id=werkgever_id,
            werksoort=self.werksoort,
            functie=self.functie,
            locatie=self.locatie,
            uren_van=self.uren_van,
            uren_tot=self.uren_tot,
            capaciteit=self.capaciteit,
            vanaf=self.vanaf,
            tot_en_met=self.tot_en_met,
            begeleiding_vereist=self.begeleiding_vereist,
            begeleiding_geboden=self.begeleiding_geboden,
            eisen=frozenset(self.eisen),
            werktijden=tuple(werktijd.naar_werktijd() for werktijd in self.werktijden),
            jobcarving=self.jobcarving.naar_jobcarving() if self.jobcarving else None,
            gedeeld=not door_gemeente if self.gedeeld is None else self.gedeeld,
        )


class WerkplekInvoer(_WerkplekInhoud):
    """Een plek om te werken, voor een of meer mensen."""

    werkgever_id: UUID


class WerkplekcorrectieInvoer(_WerkplekInhoud):
    """De hele werkplek zoals zij voortaan is, en waarom."""

    reden: Annotated[Omschrijving, Field(description="Waarom de werkplek anders is.")]


class WerktijdUitvoer(Uitvoer):
    dag: Dag
    van: str
    tot: str


class VacatureUitvoer(Uitvoer):
    """De vacature zoals de werkgever die had."""

    functie: str
    uren_per_week: Uren | None
    taken: list[str]


class CarvingstapUitvoer(Uitvoer):
    op: date
    reden: str
    eraf: list[str]
    erbij: list[str]


class JobcarvingUitvoer(Uitvoer):
    """Van de oorspronkelijke vacature naar het werk dat eruit is gehaald."""

    vacature: VacatureUitvoer
    stappen: list[CarvingstapUitvoer]
    taken: Annotated[list[str], Field(description="De taken die er na de laatste stap zijn.")]

    @classmethod
    def van(cls, jobcarving: Jobcarving) -> JobcarvingUitvoer:
        vacature = jobcarving.vacature
        return cls(
            vacature=VacatureUitvoer(
                functie=vacature.functie,
                uren_per_week=vacature.uren_per_week,
                taken=list(vacature.taken),
            ),
            stappen=[
                CarvingstapUitvoer(
                    op=stap.op, reden=stap.reden, eraf=list(stap.eraf), erbij=list(stap.erbij)
                )
                for stap in jobcarving.stappen
            ],
            taken=list(jobcarving.taken),
        )


class _WerkplekinhoudUitvoer(Uitvoer):
    werksoort: Werksoort
    functie: str
    locatie: str
    uren_van: Uren
    uren_tot: Uren
    capaciteit: int
    vanaf: date | None
    tot_en_met: date | None
    begeleiding_vereist: Begeleidingsniveau
    begeleiding_geboden: Begeleidingsniveau
    eisen: list[Belastingseis]
    werktijden: list[WerktijdUitvoer]
    jobcarving: JobcarvingUitvoer | None
    gedeeld: Annotated[bool, Field(description="Voor kandidaten van elke gemeente.")]


def _inhoud(werkplek: Werkplek) -> dict[str, object]:
    return {
        "werksoort": werkplek.werksoort,
        "functie": werkplek.functie,
        "locatie": werkplek.locatie,
        "uren_van": werkplek.uren_van,
        "uren_tot": werkplek.uren_tot,
        "capaciteit": werkplek.capaciteit,
        "vanaf": werkplek.vanaf,
        "tot_en_met": werkplek.tot_en_met,
        "begeleiding_vereist": werkplek.begeleiding_vereist,
        "begeleiding_geboden": werkplek.begeleiding_geboden,
        "eisen": [eis for eis in Belastingseis if eis in werkplek.eisen],
        "werktijden": [
            WerktijdUitvoer(
                dag=werktijd.dag,
                van=werktijd.van.isoformat("minutes"),
                tot=werktijd.tot.isoformat("minutes"),
            )
            for werktijd in werkplek.werktijden
        ],
        "jobcarving": JobcarvingUitvoer.van(werkplek.jobcarving) if werkplek.jobcarving else None,
        "gedeeld": werkplek.gedeeld,
    }


class WerkplekUitvoer(_WerkplekinhoudUitvoer):
    """Een plek om te werken, met hoeveel plaats er vandaag is."""

    werkplek_id: UUID
    werkgever_id: UUID
    eigenaar: Eigenaar
    versie: Annotated[int, Field(description="1, en na elke correctie een hoger; voor `If-Match`.")]
    vrije_plaatsen: Annotated[
        int, Field(description="Plaatsen die vandaag vrij zijn; wie later begint telt nog niet.")
    ]

    @classmethod
    def van(cls, bewaard: werkplekken.Bewaard) -> WerkplekUitvoer:
        werkplek = bewaard.werkplek
        return cls(
            **_inhoud(werkplek),
            werkplek_id=werkplek.werkplek_id,
            werkgever_id=werkplek.werkgever_id,
            eigenaar=bewaard.eigenaar,
            versie=bewaard.versie,
            vrije_plaatsen=werkplek.vrije_plaatsen,
        )


class WerkplekversieUitvoer(_WerkplekinhoudUitvoer):
    """Een werkplek zoals zij vanaf een moment was."""

    versie: int
    vastgelegd_op: Tijdstip
    reden: Annotated[str | None, Field(description="Waarom gecorrigeerd; leeg bij de eerste.")]

    @classmethod
    def van(cls, versie: werkplekken.Versie) -> WerkplekversieUitvoer:
        return cls(
            **_inhoud(versie.werkplek),
            versie=versie.versie,
            vastgelegd_op=versie.vastgelegd_op,
            reden=versie.reden,
        )


class WerkplekversiesUitvoer(Uitvoer):
    """Alle versies, de nieuwste eerst."""

    resultaten: list[WerkplekversieUitvoer]


class WerkplekkenPagina(Page[WerkplekUitvoer]):
    """Werkplekken in de volgorde waarin zij zijn vastgelegd."""


@router.post(
    "/werkplekken",
    status_code=201,
    response_model=WerkplekUitvoer,
    responses=problems(NietGevonden, fouten.NietBevoegd, fouten.OngeldigeWerkplek),
)
async def leg_een_werkplek_vast(invoer: WerkplekInvoer, opdracht: Plaatsen) -> Response:
    """Leg een werkplek vast

    Bij een werkgever die uw organisatie heeft vastgelegd. Uw organisatie en WSD zien de werkplek,
    en iedereen als zij gedeeld is. Op een werkplek die een gemeente niet deelt, komen alleen
    kandidaten van die gemeente.
    """
    gemeente = is_gemeente(opdracht.caller.organisation)
    return await opdracht.run(
        lambda uow: leg_werkplek_vast(
            uow, invoer.werkplek(uuid4(), invoer.werkgever_id, door_gemeente=gemeente)
        ),
        answer=WerkplekUitvoer.van,
        location=lambda bewaard: f"/werkplekken/{bewaard.werkplek.werkplek_id}",
    )


@router.get("/werkplekken", response_model=WerkplekkenPagina, responses=problems())
async def lijst_werkplekken(
    vraag: Lezen,
    pagina: Pagina,
    werkgever_id: Annotated[
        UUID | None,
        QueryParameter(alias="werkgeverId", description="Alleen werkplekken bij deze werkgever."),
    ] = None,
    werksoort: Annotated[
        Werksoort | None, QueryParameter(description="Alleen werkplekken met deze werksoort.")
    ] = None,
) -> Response:
    """Geef werkplekken"""
    return await vraag.page(
        pagina,
        lambda uow: werkplekken.lijst(
            uow,
            werkgever_id=werkgever_id,
            werksoort=werksoort,
            na=pagina.after,
            aantal=pagina.fetch,
        ),
        answer=WerkplekUitvoer.van,
        key=lambda bewaard: (bewaard.vastgelegd_op, bewaard.werkplek.werkplek_id),
    )


@router.get(WERKPLEK, response_model=WerkplekUitvoer, responses=problems(NietGevonden))
async def geef_werkplek(werkplek_id: WerkplekId, vraag: Lezen) -> Response:
    """Geef een werkplek"""
    return await vraag.run(
        lambda uow: werkplekken.haal(uow, werkplek_id), answer=WerkplekUitvoer.van
    )


@router.post(
    WERKPLEK + "/correcties",
    status_code=201,
    response_model=WerkplekUitvoer,
    responses=problems(
        NietGevonden, fouten.NietBevoegd, fouten.OngeldigeWerkplek, fouten.CapaciteitInGebruik
    ),
)
async def corrigeer_een_werkplek(
    werkplek_id: WerkplekId, invoer: WerkplekcorrectieInvoer, opdracht: Wijzigen
) -> Response:
    """Corrigeer een werkplek

    Er komt een nieuwe versie, met de reden; de vorige blijft te lezen. Wie er al werkt of gaat
    werken houdt die plaats. Geef in `If-Match` de versie die u las, tussen aanhalingstekens.
    """
    gemeente = is_gemeente(opdracht.caller.organisation)
    return await opdracht.run(
        lambda uow: corrigeer_werkplek(
            uow,
            werkplek_id,
            lambda id_, bij: invoer.werkplek(id_, bij, door_gemeente=gemeente),
            invoer.reden,
            opdracht.require_version,
        ),
        answer=WerkplekUitvoer.van,
        location=lambda _: f"/werkplekken/{werkplek_id}",
        version=lambda bewaard: bewaard.versie,
    )


@router.get(
    WERKPLEK + "/versies", response_model=WerkplekversiesUitvoer, responses=problems(NietGevonden)
)
async def geef_werkplekversies(werkplek_id: WerkplekId, vraag: Lezen) -> Response:
    """Geef alle versies van een werkplek

    Voor wie de werkplek beheert, en voor WSD.
    """

    async def lees(uow: Reading) -> Sequence[werkplekken.Versie] | None:
        return await werkplekken.versies(uow, werkplek_id) or None

    return await vraag.run(
        lees,
        answer=lambda versies: WerkplekversiesUitvoer(
            resultaten=[WerkplekversieUitvoer.van(versie) for versie in versies]
        ),
    )
