"""Scenario's: doorrekeningen that an organisation keeps, in versions, and shares."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Path, Response
from fastapi import Query as QueryParameter
from pydantic import BeforeValidator, Field, WithJsonSchema

from chassis.web import (
    NIET_LEEG,
    Command,
    Invoer,
    NietGevonden,
    OngeldigeWaarde,
    Page,
    PageRequest,
    Query,
    Uitvoer,
    command,
    page,
    problems,
    query,
)
from contracts.afnemers import ORGANISATIES
from services.financiering.api.doorrekening_vormen import (
    ANTWOORDEN,
    VORMEN,
    AangepasteInvoer,
    Basis,
    DoorrekeningUitvoer,
    ScenarioaanpassingUitvoer,
)
from services.financiering.api.doorrekeningen import doorrekening_antwoord
from services.financiering.domain import fouten
from services.financiering.domain.scenario import Inhoud, Scenario, Scenarioversie
from services.financiering.store import scenarios
from services.financiering.use_cases.bewaar_scenario import bewaar_scenario, herzie_scenario
from services.financiering.use_cases.deel_scenario import deel_scenario

router = APIRouter(tags=["Scenario's"])

SCENARIO: Final = "/scenarios/{scenarioId}"
REKENAARS: Final = frozenset({"backoffice", "controller"})
"""Roles that keep and share scenario's for their organisation."""

ScenarioId = Annotated[UUID, Path(alias="scenarioId", description="Het nummer van het scenario.")]
Pagina = Annotated[PageRequest, page(datetime, UUID)]
Versiepagina = Annotated[PageRequest, page(int)]
Lezen = Annotated[Query, query("financiering.lezen")]
LezenMetVersie = Annotated[Query, query("financiering.lezen", etag=True)]
Doorrekenen = Annotated[Query, query("financiering.lezen", media_types=VORMEN)]
Bewaren = Annotated[Command, command("financiering.schrijven", roles=REKENAARS, etag=True)]
Wijzigen = Annotated[Command, command("financiering.schrijven", roles=REKENAARS, if_match=True)]

Organisatie = Annotated[str, Field(description="Gemeentecode, of wsd.", examples=["wsd"])]


class ScenarioInvoer(AangepasteInvoer):
    """Wat wordt bewaard."""

    naam: Annotated[str, Field(min_length=1, max_length=100, pattern=NIET_LEEG)]
    notitie: Annotated[
        str,
        Field(max_length=2000, description="Voor wie het scenario leest; geen namen van personen."),
    ] = ""

    def naar_inhoud(self) -> Inhoud:
        """Raises OngeldigeAanpassing."""
        return Inhoud(
            naam=self.naam,
            notitie=self.notitie,
            basis=self.basis,
            aanpassingen=self.naar_aanpassingen(),
            uitgangspunten=self.naar_uitgangspunten(),
        )


def _lees_organisatie(waarde: object) -> object:
    if waarde not in ORGANISATIES:
        raise OngeldigeWaarde("onbekende-organisatie", "Kies een gemeente van de regio, of wsd.")
    return waarde


class DelingInvoer(Invoer):
    """Wie het scenario voortaan ook ziet; wie er niet in staat ziet het niet meer."""

    organisaties: Annotated[
        list[
            Annotated[
                str,
                BeforeValidator(_lees_organisatie),
                WithJsonSchema({"type": "string", "enum": list(ORGANISATIES)}),
            ]
        ],
        Field(max_length=len(ORGANISATIES)),
    ]


class ScenarioversieUitvoer(Uitvoer):
    """Een versie van een scenario; zij verandert nooit."""

    scenario_id: UUID
    versie: int
    naam: str
    notitie: str
    basis: Basis
    aanpassingen: list[ScenarioaanpassingUitvoer]
    vastgelegd_op: datetime

    @classmethod
    def van(cls, versie: Scenarioversie) -> ScenarioversieUitvoer:
        return cls(**_van_versie(versie))


def _van_versie(versie: Scenarioversie) -> dict[str, Any]:
    inhoud = versie.inhoud
    return {
        "scenario_id": versie.scenario_id,
        "versie": versie.versie,
        "naam": inhoud.naam,
        "notitie": inhoud.notitie,
        "basis": inhoud.basis,
        "aanpassingen": [ScenarioaanpassingUitvoer.van(a) for a in inhoud.aanpassingen],
        "vastgelegd_op": versie.vastgelegd_op,
    }


class ScenarioversiesPagina(Page[ScenarioversieUitvoer]):
    """Versies, de oudste eerst."""


class ScenarioUitvoer(ScenarioversieUitvoer):
    """Een scenario zoals de nieuwste versie het zegt."""

    eigenaar: Organisatie
    gedeeld_met: Annotated[
        list[Organisatie],
        Field(description="Wie het ook ziet; wie geen eigenaar is ziet hier alleen zichzelf."),
    ]

    @classmethod
    def van_scenario(cls, scenario: Scenario) -> ScenarioUitvoer:
        return cls(
            **_van_versie(scenario.nieuwste),
            eigenaar=scenario.nieuwste.eigenaar,
            gedeeld_met=list(scenario.gedeeld_met),
        )


class ScenariosPagina(Page[ScenarioUitvoer]):
    """Scenario's in de volgorde waarin zij zijn vastgelegd."""


@router.post(
    "/scenarios",
    status_code=201,
    response_model=ScenarioUitvoer,
    responses=problems(fouten.OngeldigeAanpassing),
)
async def bewaar_een_scenario(invoer: ScenarioInvoer, opdracht: Bewaren) -> Response:
    """Bewaar een scenario

    Uw organisatie wordt eigenaar en ziet het als enige, tot zij het deelt. Bewaard worden ook alle
    uitgangspunten van dat moment: een versie geeft altijd dezelfde uitkomst.
    """
    return await opdracht.run(
        lambda uow: bewaar_scenario(uow, invoer.naar_inhoud()),
        answer=ScenarioUitvoer.van_scenario,
        location=_adres,
        version=lambda scenario: scenario.stand,
    )


def _adres(scenario: Scenario) -> str:
    return f"/scenarios/{scenario.nieuwste.scenario_id}"


@router.get("/scenarios", response_model=ScenariosPagina, responses=problems())
async def lijst_scenarios(vraag: Lezen, pagina: Pagina) -> Response:
    """Geef scenario's

    Die van uw organisatie, en die met haar zijn gedeeld.
    """
    return await vraag.page(
        pagina,
        lambda uow: scenarios.lijst(uow, na=pagina.after, aantal=pagina.fetch),
        answer=ScenarioUitvoer.van_scenario,
        key=lambda scenario: (scenario.vastgelegd_op, scenario.nieuwste.scenario_id),
    )


@router.get(SCENARIO, response_model=ScenarioUitvoer, responses=problems(NietGevonden))
async def geef_scenario(scenario_id: ScenarioId, vraag: LezenMetVersie) -> Response:
    """Geef een scenario"""
    return await vraag.run(
        lambda uow: scenarios.haal(uow, scenario_id),
        answer=ScenarioUitvoer.van_scenario,
        version=lambda scenario: scenario.stand,
    )


@router.get(
    SCENARIO + "/versies", response_model=ScenarioversiesPagina, responses=problems(NietGevonden)
)
async def geef_scenarioversies(
    scenario_id: ScenarioId, vraag: Lezen, pagina: Versiepagina
) -> Response:
    """Geef de versies van een scenario"""
    return await vraag.page(
        pagina,
        lambda uow: scenarios.versies(uow, scenario_id, na=pagina.after, aantal=pagina.fetch),
        answer=ScenarioversieUitvoer.van,
        key=lambda versie: (versie.versie,),
    )


@router.post(
    SCENARIO + "/versies",
    status_code=201,
    response_model=ScenarioUitvoer,
    responses=problems(NietGevonden, fouten.NietUwScenario, fouten.OngeldigeAanpassing),
)
async def herzie_een_scenario(
    scenario_id: ScenarioId, invoer: ScenarioInvoer, opdracht: Wijzigen
) -> Response:
    """Leg een nieuwe versie van een scenario vast

    Alleen de eigenaar; eerdere versies blijven. Geef in `If-Match` de ETag van het scenario dat u
    las.
    """
    return await opdracht.run(
        lambda uow: herzie_scenario(
            uow, scenario_id, invoer.naar_inhoud(), opdracht.require_version
        ),
        answer=ScenarioUitvoer.van_scenario,
        location=_adres,
        version=lambda scenario: scenario.stand,
    )


@router.get(
    SCENARIO + "/doorrekening",
    response_model=DoorrekeningUitvoer,
    responses={**ANTWOORDEN, **problems(NietGevonden)},
)
async def reken_scenario_door(
    scenario_id: ScenarioId,
    vraag: Doorrekenen,
    versie: Annotated[
        int | None,
        QueryParameter(ge=1, le=2_000_000_000, description="Zonder versie: de nieuwste."),
    ] = None,
) -> Response:
    """Reken een bewaard scenario door

    Als JSON, CSV, XLSX of als grafiek (SVG), naar de header Accept.
    """
    gevonden = await vraag.read(lambda uow: scenarios.haal_versie(uow, scenario_id, versie))
    if gevonden is None:
        raise NietGevonden
    inhoud = gevonden.inhoud
    naam = f"{inhoud.naam} (versie {gevonden.versie})"
    return doorrekening_antwoord(vraag, naam, inhoud.doorrekening, inhoud.basis)


@router.post(
    SCENARIO + "/delingen",
    status_code=201,
    response_model=ScenarioUitvoer,
    responses=problems(NietGevonden, fouten.NietUwScenario),
)
async def deel_een_scenario(
    scenario_id: ScenarioId, invoer: DelingInvoer, opdracht: Wijzigen
) -> Response:
    """Deel een scenario

    Met de genoemde organisaties en geen andere: een lege lijst trekt elke deling in. Zij zien alle
    versies en wijzigen niets. Alleen de eigenaar deelt; geef in `If-Match` de ETag van het scenario
    dat u las.
    """
    return await opdracht.run(
        lambda uow: deel_scenario(uow, scenario_id, invoer.organisaties, opdracht.require_version),
        answer=ScenarioUitvoer.van_scenario,
        location=_adres,
        version=lambda scenario: scenario.stand,
    )
