"""Routes of the profiel of a kandidaat and its versions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Path, Response
from pydantic import Field

from chassis.unit_of_work import Reading
from chassis.web import GEHEEL, Datum, Invoer, NietGevonden, Tijdstip, Uitvoer, problems
from services.plaatsing.api.vormen import (
    Herzien,
    OverKandidaat,
    OverKandidaatMetVersie,
    Uren,
    VrijeTekst,
)
from services.plaatsing.domain import fouten
from services.plaatsing.domain.eisen import Begeleidingsniveau, Belastingseis, Dag
from services.plaatsing.domain.plaatsen import PLAATSEN
from services.plaatsing.domain.profiel import Profiel, Profielversie, Vervoer
from services.plaatsing.domain.werkplek import Werksoort
from services.plaatsing.store import profielen
from services.plaatsing.use_cases.leg_profiel_vast import leg_profiel_vast

router = APIRouter(tags=["Profielen"])

KANDIDAAT: Final = "/kandidaten/{kandidaatId}"
KandidaatId = Annotated[UUID, Path(alias="kandidaatId", description="Het nummer van de kandidaat.")]
Eisen = Annotated[list[Belastingseis], Field(max_length=len(Belastingseis))]
Werksoorten = Annotated[list[Werksoort], Field(max_length=len(Werksoort))]
Plaatsnaam = Annotated[
    str, Field(max_length=50, json_schema_extra={"enum": list(PLAATSEN)}, examples=["Boxtel"])
]


class ProfielInvoer(Invoer):
    """Wat een kandidaat kan, wil en nodig heeft, in dezelfde woorden als de eisen van een werkplek.

    Leg geen diagnose vast: alleen wat iemand kan, leert of niet kan.
    """

    uren_van: Annotated[Uren, Field(description="Minste uren per week.")]
    uren_tot: Annotated[Uren, Field(description="Meeste uren per week, vanaf het begin.")]
    groeit_naar_uren: Annotated[
        Uren | None, Field(description="Uren per week waar de kandidaat naartoe kan groeien.")
    ] = None
    dagen: Annotated[
        list[Dag], Field(min_length=1, max_length=7, description="Dagen waarop werken kan.")
    ]
    beschikbaar_vanaf: Annotated[Datum, Field(description="Eerste dag waarop beginnen kan.")]
    begeleiding_nodig: Begeleidingsniveau
    reist_vanuit: Annotated[
        Plaatsnaam | None,
        Field(description="Plaats in de regio; leeg: de afstand telt niet."),
    ] = None
    reist_hoogstens_km: Annotated[
        int | None,
        Field(ge=0, le=200, description="Hemelsbreed; leeg: zo ver als nodig."),
        GEHEEL,
    ] = None
    vervoer: Vervoer | None = None
    wensen: Annotated[Werksoorten, Field(description="Werk dat de kandidaat graag doet.")] = []  # noqa: RUF012 - pydantic copies it
    ervaring: Annotated[Werksoorten, Field(description="Werk dat de kandidaat heeft gedaan.")] = []  # noqa: RUF012 - pydantic copies it
    vaardigheden: Annotated[Eisen, Field(description="Waar de kandidaat goed in is.")] = []  # noqa: RUF012 - pydantic copies it
    leerdoelen: Annotated[
        Eisen, Field(description="Wat met begeleiding kan, en de kandidaat leert.")
    ] = []  # noqa: RUF012 - pydantic copies it
    niet_mogelijk: Annotated[Eisen, Field(description="Wat (nog) niet kan.")] = []  # noqa: RUF012 - pydantic copies it
    toelichting: Annotated[
        VrijeTekst | None,
        Field(description="Voor wie begeleidt; telt nergens mee. Wordt versleuteld bewaard."),
    ] = None

    def profiel(self) -> Profiel:
        return Profiel(
            uren_van=self.uren_van,
            uren_tot=self.uren_tot,
            groeit_naar_uren=self.groeit_naar_uren,
            dagen=frozenset(self.dagen),
            beschikbaar_vanaf=self.beschikbaar_vanaf,
            begeleiding_nodig=self.begeleiding_nodig,
            reist_vanuit=self.reist_vanuit,
            reist_hoogstens_km=self.reist_hoogstens_km,
            vervoer=self.vervoer,
            wensen=frozenset(self.wensen),
            ervaring=frozenset(self.ervaring),
            vaardigheden=frozenset(self.vaardigheden),
            leerdoelen=frozenset(self.leerdoelen),
            niet_mogelijk=frozenset(self.niet_mogelijk),
        )


class ProfielUitvoer(Uitvoer):
    """Een versie van het profiel; die met het hoogste nummer geldt."""

    versie: int
    vastgelegd_op: Tijdstip
    vastgelegd_door: Annotated[str, Field(description="Gemeentecode, of wsd.")]
    uren_van: Uren
    uren_tot: Uren
    groeit_naar_uren: Uren | None
    dagen: list[Dag]
    beschikbaar_vanaf: date
    begeleiding_nodig: Begeleidingsniveau
    reist_vanuit: str | None
    reist_hoogstens_km: int | None
    vervoer: Vervoer | None
    wensen: list[Werksoort]
    ervaring: list[Werksoort]
    vaardigheden: list[Belastingseis]
    leerdoelen: list[Belastingseis]
    niet_mogelijk: list[Belastingseis]
    toelichting: str | None

    @classmethod
    def van(cls, versie: Profielversie) -> ProfielUitvoer:
        profiel = versie.profiel
        return cls(
            versie=versie.versie,
            vastgelegd_op=versie.vastgelegd_op,
            vastgelegd_door=versie.vastgelegd_door,
            uren_van=profiel.uren_van,
            uren_tot=profiel.uren_tot,
            groeit_naar_uren=profiel.groeit_naar_uren,
            dagen=[dag for dag in Dag if dag in profiel.dagen],
            beschikbaar_vanaf=profiel.beschikbaar_vanaf,
            begeleiding_nodig=profiel.begeleiding_nodig,
            reist_vanuit=profiel.reist_vanuit,
            reist_hoogstens_km=profiel.reist_hoogstens_km,
            vervoer=profiel.vervoer,
            wensen=[soort for soort in Werksoort if soort in profiel.wensen],
            ervaring=[soort for soort in Werksoort if soort in profiel.ervaring],
            vaardigheden=[eis for eis in Belastingseis if eis in profiel.vaardigheden],
            leerdoelen=[eis for eis in Belastingseis if eis in profiel.leerdoelen],
            niet_mogelijk=[eis for eis in Belastingseis if eis in profiel.niet_mogelijk],
            toelichting=versie.toelichting,
        )


class ProfielversiesUitvoer(Uitvoer):
    """Alle versies, de nieuwste eerst."""

    resultaten: list[ProfielUitvoer]


class ProfielnummerUitvoer(Uitvoer):
    """Welke versie nu geldt."""

    versie: int
    vastgelegd_op: Tijdstip


@router.post(
    KANDIDAAT + "/profielen",
    status_code=201,
    response_model=ProfielnummerUitvoer,
    responses=problems(NietGevonden, fouten.OngeldigProfiel),
)
async def leg_een_profiel_vast(
    kandidaat_id: KandidaatId, invoer: ProfielInvoer, opdracht: Herzien
) -> Response:
    """Leg het profiel van een kandidaat vast

    Het hele profiel zoals het voortaan is; eerdere versies blijven te lezen. Gemeente en WSD houden
    samen één profiel bij. Geef in `If-Match` de versie die u las, `"0"` als er nog geen is.
    """
    return await opdracht.run(
        lambda uow: leg_profiel_vast(
            uow, kandidaat_id, invoer.profiel(), invoer.toelichting, opdracht.require_version
        ),
        answer=lambda versie: ProfielnummerUitvoer(
            versie=versie.versie, vastgelegd_op=versie.vastgelegd_op
        ),
        location=lambda _: f"/kandidaten/{kandidaat_id}/profiel",
        version=lambda versie: versie.versie,
    )


@router.get(KANDIDAAT + "/profiel", response_model=ProfielUitvoer, responses=problems(NietGevonden))
async def zie_profiel_in(kandidaat_id: KandidaatId, vraag: OverKandidaatMetVersie) -> Response:
    """Zie het profiel van een kandidaat in

    Voor wie de kandidaat begeleidt, van WSD en van de gemeente. Elke inzage wordt vastgelegd.
    """

    async def lees(uow: Reading) -> Profielversie | None:
        versies = await profielen.zie_in(uow, kandidaat_id)
        return versies[0] if versies else None

    return await vraag.run(lees, answer=ProfielUitvoer.van, version=lambda versie: versie.versie)


@router.get(
    KANDIDAAT + "/profielen",
    response_model=ProfielversiesUitvoer,
    responses=problems(NietGevonden),
)
async def zie_profielversies_in(kandidaat_id: KandidaatId, vraag: OverKandidaat) -> Response:
    """Zie alle versies van het profiel in

    Wie wanneer wat vastlegde. Elke inzage wordt vastgelegd.
    """

    async def lees(uow: Reading) -> Sequence[Profielversie] | None:
        return await profielen.zie_in(uow, kandidaat_id)

    return await vraag.run(
        lees,
        answer=lambda versies: ProfielversiesUitvoer(
            resultaten=[ProfielUitvoer.van(versie) for versie in versies]
        ),
    )
