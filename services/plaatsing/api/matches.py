"""Routes of matching: who fits where, in which order, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response
from fastapi import Query as QueryParameter
from pydantic import Field

from chassis.clock import local_date
from chassis.unit_of_work import Reading
from chassis.web import Datum, NietGevonden, Uitvoer, problems
from services.plaatsing.api.profielen import KANDIDAAT, KandidaatId
from services.plaatsing.api.vormen import Matchen, OverKandidaat
from services.plaatsing.api.werkplekken import WERKPLEK, WerkplekId
from services.plaatsing.domain.matching import Criterium, Match, Reden
from services.plaatsing.domain.werkplek import Werksoort
from services.plaatsing.use_cases import zoek_matches

router = APIRouter(tags=["Matching"])

Op = Annotated[
    Datum | None,
    QueryParameter(alias="op", description="Dag waarop het werk zou beginnen; leeg: vandaag."),
]
Aantal = Annotated[int, QueryParameter(ge=1, le=100, description="Hoeveel, de beste eerst.")]


class RedenUitvoer(Uitvoer):
    """Waarom het past, of minder."""

    criterium: Criterium
    punten: Annotated[int, Field(description="Wat dit aan de score toevoegt.")]
    tekst: str

    @classmethod
    def van(cls, reden: Reden) -> RedenUitvoer:
        return cls(criterium=reden.criterium, punten=reden.punten, tekst=reden.tekst)


class MatchUitvoer(Uitvoer):
    """Hoe een kandidaat en een werkplek bij elkaar passen.

    De score is de som van de punten bij de redenen: zij ordent wat u het eerst bekijkt, en beslist
    niets.
    """

    kandidaat_id: UUID
    werkplek_id: UUID
    werksoort: Werksoort
    functie: str
    locatie: str
    afstand_km: Annotated[int | None, Field(description="Hemelsbreed; leeg: niet bekend.")]
    score: int
    redenen_voor: list[RedenUitvoer]
    redenen_tegen: list[RedenUitvoer]

    @classmethod
    def van(cls, match: Match) -> MatchUitvoer:
        return cls(**_inhoud(match))


class BekekenMatchUitvoer(MatchUitvoer):
    """Een match met waarom zij eventueel niet kan."""

    uitsluitingen: Annotated[
        list[RedenUitvoer], Field(description="Waarom het niet kan; leeg: het kan.")
    ]

    @classmethod
    def van(cls, match: Match) -> BekekenMatchUitvoer:
        return cls(
            **_inhoud(match),
            uitsluitingen=[RedenUitvoer.van(reden) for reden in match.uitsluitingen],
        )


def _inhoud(match: Match) -> dict[str, object]:
    werkplek = match.aanbod.werkplek
    return {
        "kandidaat_id": match.zoekende.kandidaat_id,
        "werkplek_id": werkplek.werkplek_id,
        "werksoort": werkplek.werksoort,
        "functie": werkplek.functie,
        "locatie": werkplek.locatie,
        "afstand_km": match.afstand_km,
        "score": match.score,
        "redenen_voor": [RedenUitvoer.van(reden) for reden in match.redenen if reden.voor],
        "redenen_tegen": [RedenUitvoer.van(reden) for reden in match.redenen if not reden.voor],
    }


class MatchesUitvoer(Uitvoer):
    """Wat past, het beste eerst."""

    resultaten: list[MatchUitvoer]

    @classmethod
    def van(cls, matches: Sequence[Match]) -> MatchesUitvoer:
        return cls(resultaten=[MatchUitvoer.van(match) for match in matches])


@router.get(KANDIDAAT + "/matches", response_model=MatchesUitvoer, responses=problems(NietGevonden))
async def zoek_werkplekken(
    kandidaat_id: KandidaatId, vraag: Matchen, op: Op = None, aantal: Aantal = 20
) -> Response:
    """Zoek werkplekken bij een kandidaat

    Alleen wat kan: uren, dagen, periode, vrije plaats, afstand, eisen, begeleiding, en of de
    werkplek voor de gemeente van de kandidaat is. Leeftijd, geslacht, afkomst, doelgroep,
    loonwaarde en diagnose wegen nooit. Waarom iets niet kan, staat bij een enkele match.
    """
    return await vraag.run(
        lambda uow: zoek_matches.zoek_werkplekken(uow, kandidaat_id, _dag(uow, op), aantal),
        answer=MatchesUitvoer.van,
    )


@router.get(WERKPLEK + "/matches", response_model=MatchesUitvoer, responses=problems(NietGevonden))
async def zoek_kandidaten(
    werkplek_id: WerkplekId, vraag: Matchen, op: Op = None, aantal: Aantal = 20
) -> Response:
    """Zoek kandidaten bij een werkplek

    Kandidaten met een profiel, die uw organisatie ziet; verder als bij werkplekken zoeken. Van elke
    kandidaat in het antwoord wordt de inzage vastgelegd.
    """
    return await vraag.run(
        lambda uow: zoek_matches.zoek_kandidaten(uow, werkplek_id, _dag(uow, op), aantal),
        answer=MatchesUitvoer.van,
    )


@router.get(
    KANDIDAAT + "/matches/{werkplekId}",
    response_model=BekekenMatchUitvoer,
    responses=problems(NietGevonden),
)
async def bekijk_match(
    kandidaat_id: KandidaatId, werkplek_id: WerkplekId, vraag: OverKandidaat, op: Op = None
) -> Response:
    """Bekijk een match

    Ook als het niet kan, met waarom. Voor wie de kandidaat begeleidt: er staat in wat niet kan.
    """
    return await vraag.run(
        lambda uow: zoek_matches.bekijk_match(uow, kandidaat_id, werkplek_id, _dag(uow, op)),
        answer=BekekenMatchUitvoer.van,
    )


def _dag(uow: Reading, op: date | None) -> date:
    return op or local_date(uow.now)
