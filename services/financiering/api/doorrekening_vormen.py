"""What the routes of the doorrekening and of scenario's share."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Any, Final, Literal

from fastapi import Response
from pydantic import BaseModel, BeforeValidator, Field, WithJsonSchema

from chassis.web import Invoer, OngeldigeWaarde, Query, Uitvoer
from services.financiering.domain.doorrekening import (
    EXPLOITATIE,
    JAREN,
    KENMERKEN,
    STRUCTUREEL,
    Aanpassing,
    Aanpassingswijze,
    Bronscenario,
    Doorrekening,
    Driver,
    Drivereenheid,
    Exploitatierij,
    Totaal,
    Uitgangspunten,
    medewerkers,
    pas_aan,
)
from services.financiering.domain.geld import euro
from services.financiering.doorrekeningtabel import CSV, XLSX, Reeks, als_csv, als_xlsx
from services.financiering.koersdocument import koersscenarios

SVG: Final = "image/svg+xml"
VORMEN: Final = ("application/json", CSV, XLSX, SVG)
MEESTE_AANPASSINGEN: Final = 200

ANTWOORDEN: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "content": {
            CSV: {
                "schema": {
                    "type": "string",
                    "description": "UTF-8 zonder BOM, komma's tussen de velden en een punt in de "
                    f"getallen: reeks, rij, naam, eenheid, {', '.join(map(str, JAREN))}.",
                }
            },
            XLSX: {"schema": {"type": "string", "contentMediaType": XLSX}},
            SVG: {"schema": {"type": "string"}},
        }
    }
}
"""Of a route that answers in any of VORMEN."""

_GETAL: Final = r"-?[0-9]{1,10}(\.[0-9]{1,2})?"


def _lees_getal(waarde: object) -> object:
    if isinstance(waarde, Decimal):
        return waarde
    if not isinstance(waarde, str) or not re.fullmatch(_GETAL, waarde, re.A):
        raise OngeldigeWaarde("geen-getal", 'Geef een getal op als "-12.50", met een punt.')
    return Decimal(waarde)


Getal = Annotated[
    Decimal,
    BeforeValidator(_lees_getal),
    WithJsonSchema({"type": "string", "pattern": f"^{_GETAL}$", "examples": ["-2.50"]}),
]
"""A number with at most two decimals as text, with a minus where it is below nought."""
GetalUit = Annotated[
    Decimal,
    WithJsonSchema(
        {"type": "string", "pattern": r"^-?[0-9]+\.[0-9]{2}$", "examples": ["-720000.00"]}
    ),
]
Jaar = Annotated[
    Literal[2020, 2021, 2022, 2023, 2024, 2027],
    Field(description="2020 is de begroting, 2027 staat voor structureel (vanaf 2027)."),
]
Basis = Annotated[
    Bronscenario, Field(description="Het scenario van het koersdocument waar u van uitgaat.")
]
Duizenden = Annotated[
    int,
    Field(
        description="Duizenden euro's in tientallen, zoals het koersdocument ze toont; totalen "
        "tellen de getoonde rijen op."
    ),
]


class ScenarioaanpassingInvoer(Invoer):
    """Een uitgangspunt anders dan in het koersdocument, in een jaar of in alle."""

    driver: Driver
    wijze: Annotated[
        Aanpassingswijze,
        Field(description="Zet op een waarde, tel een verschil op, of vermeerder met procenten."),
    ]
    getal: Annotated[
        Getal,
        Field(description="Personen, euro's of procenten, naar de driver; bij procent procenten."),
    ]
    jaar: Annotated[Jaar | None, Field(description="Zonder jaar: in elk jaar.")] = None

    def naar_aanpassing(self) -> Aanpassing:
        return Aanpassing(self.driver, self.wijze, self.getal, self.jaar)


class ScenarioaanpassingUitvoer(Uitvoer):
    """Een uitgangspunt dat is aangepast."""

    driver: Driver
    wijze: Aanpassingswijze
    getal: GetalUit
    jaar: Jaar | None

    @classmethod
    def van(cls, aanpassing: Aanpassing) -> ScenarioaanpassingUitvoer:
        return cls.model_validate(
            {
                "driver": aanpassing.driver,
                "wijze": aanpassing.wijze,
                "getal": hondersten(aanpassing.getal),
                "jaar": aanpassing.jaar,
            }
        )


class AangepasteInvoer(Invoer):
    """Een scenario van het koersdocument met eigen aanpassingen, de ene na de andere."""

    basis: Basis
    aanpassingen: Annotated[
        list[ScenarioaanpassingInvoer], Field(max_length=MEESTE_AANPASSINGEN)
    ] = []  # noqa: RUF012 - pydantic copies it

    def naar_aanpassingen(self) -> tuple[Aanpassing, ...]:
        return tuple(aanpassing.naar_aanpassing() for aanpassing in self.aanpassingen)

    def naar_uitgangspunten(self) -> Uitgangspunten:
        """Raises OngeldigeAanpassing."""
        return pas_aan(
            koersscenarios()[self.basis].uitgangspunten,
            self.naar_aanpassingen(),
            pad="body.aanpassingen.{plek}.getal",
        )


def hondersten(getal: Decimal) -> Decimal:
    """A number as it is told: two decimals."""
    return euro(Fraction(getal))


class Jaarsoort(StrEnum):
    BEGROTING = "begroting"
    RAMING = "raming"
    STRUCTUREEL = "structureel"

    @classmethod
    def van(cls, jaar: int) -> Jaarsoort:
        if jaar == JAREN[0]:
            return cls.BEGROTING
        return cls.STRUCTUREEL if jaar == STRUCTUREEL else cls.RAMING


class ExploitatiebedragUitvoer(Uitvoer):
    """Een bedrag van een jaar."""

    jaar: Jaar
    euro: Annotated[GetalUit, Field(description="Onafgerond gerekend, in centen getoond.")]
    duizenden: Duizenden


class ExploitatierijUitvoer(Uitvoer):
    """Een rij van de exploitatie."""

    rij: Exploitatierij
    naam: str
    totaal: Annotated[bool, Field(description="Volgt uit rijen erboven en niet uit drivers.")]
    formule: Annotated[str, Field(description="Waaruit de rij volgt: drivers, of andere rijen.")]
    bedragen: list[ExploitatiebedragUitvoer]


class UitgangspuntwaardeUitvoer(Uitvoer):
    """Een uitgangspunt in een jaar."""

    jaar: Jaar
    waarde: GetalUit
    aangepast: Annotated[bool, Field(description="Anders dan in het koersdocument.")]


class UitgangspuntUitvoer(Uitvoer):
    """Een driver, met waar zijn waarden vandaan komen."""

    driver: Driver
    naam: str
    eenheid: Drivereenheid
    bron: str
    aanname: Annotated[str | None, Field(description="Wat de bron niet zegt en is aangenomen.")]
    waarden: list[UitgangspuntwaardeUitvoer]


class JaaruitkomstUitvoer(Uitvoer):
    """De uitkomst van een jaar."""

    jaar: Jaar
    soort: Jaarsoort
    wsw_medewerkers: GetalUit
    pw_medewerkers: GetalUit
    medewerkers: GetalUit
    resultaat: Annotated[GetalUit, Field(description="Het exploitatieresultaat in euro's.")]
    resultaat_duizenden: Duizenden
    sluitend_bij_medewerkers: Annotated[
        int | None,
        Field(
            description="Bij hoeveel medewerkers de exploitatie van dit jaar sluit als alleen het "
            "aantal PW-medewerkers anders is; leeg als dat niet kan."
        ),
    ]


class DoorrekeningUitvoer(Uitvoer):
    """De exploitatie van WSD bij deze uitgangspunten."""

    naam: str
    basis: Basis
    jaren: list[JaaruitkomstUitvoer]
    rijen: list[ExploitatierijUitvoer]
    uitgangspunten: list[UitgangspuntUitvoer]
    aannames: Annotated[
        list[str], Field(description="Alles wat de bron niet zegt en is aangenomen.")
    ]

    @classmethod
    def van(cls, reeks: Reeks, basis: Bronscenario) -> DoorrekeningUitvoer:
        uitkomst = reeks.doorrekening
        return cls(
            naam=reeks.naam,
            basis=basis,
            jaren=jaaruitkomsten(uitkomst),
            rijen=_rijen({rij: uitkomst.bedragen[rij] for rij in EXPLOITATIE}),
            uitgangspunten=_uitgangspunten(uitkomst.uitgangspunten, basis),
            aannames=list(koersscenarios()[basis].aannames),
        )


def jaaruitkomsten(uitkomst: Doorrekening) -> list[JaaruitkomstUitvoer]:
    return [
        JaaruitkomstUitvoer.model_validate(
            {
                "jaar": jaar,
                "soort": Jaarsoort.van(jaar),
                "wsw_medewerkers": hondersten(waarden[Driver.WSW_MEDEWERKERS]),
                "pw_medewerkers": hondersten(waarden[Driver.PW_MEDEWERKERS]),
                "medewerkers": hondersten(medewerkers(waarden)),
                "resultaat": hondersten(uitkomst.resultaat(jaar).euro),
                "resultaat_duizenden": uitkomst.resultaat(jaar).duizenden,
                "sluitend_bij_medewerkers": uitkomst.sluitend_bij(jaar),
            }
        )
        for jaar, waarden in uitkomst.uitgangspunten.items()
    ]


def _rijen(bedragen: Mapping[Exploitatierij, Mapping[int, Any]]) -> list[ExploitatierijUitvoer]:
    return [
        ExploitatierijUitvoer(
            rij=rij,
            naam=inhoud.naam,
            totaal=isinstance(inhoud, Totaal),
            formule=inhoud.formule,
            bedragen=[
                ExploitatiebedragUitvoer.model_validate(
                    {
                        "jaar": jaar,
                        "euro": hondersten(bedrag.euro),
                        "duizenden": bedrag.duizenden,
                    }
                )
                for jaar, bedrag in bedragen[rij].items()
            ],
        )
        for rij, inhoud in EXPLOITATIE.items()
    ]


def _uitgangspunten(
    uitgangspunten: Uitgangspunten, basis: Bronscenario
) -> list[UitgangspuntUitvoer]:
    scenario = koersscenarios()[basis]
    van_de_bron = scenario.uitgangspunten
    return [
        UitgangspuntUitvoer(
            driver=driver,
            naam=kenmerk.naam,
            eenheid=kenmerk.eenheid,
            bron=scenario.regels[driver].bron,
            aanname=scenario.regels[driver].aanname or None,
            waarden=[
                UitgangspuntwaardeUitvoer.model_validate(
                    {
                        "jaar": jaar,
                        "waarde": hondersten(waarden[driver]),
                        "aangepast": waarden[driver] != van_de_bron[jaar][driver],
                    }
                )
                for jaar, waarden in uitgangspunten.items()
            ],
        )
        for driver, kenmerk in KENMERKEN.items()
    ]


def antwoord(
    vraag: Query,
    reeksen: Sequence[Reeks],
    aannames: Sequence[str],
    *,
    als_json: Callable[[], BaseModel],
    als_figuur: Callable[[], str],
    bestand: str,
) -> Response:
    """The answer in the form the caller likes best.

    bestand: the name of a table to download, without its suffix.
    """
    if vraag.media_type == CSV:
        csv = als_csv(reeksen).encode()
        return _als_bestand(csv, f"{CSV}; charset=utf-8", f"{bestand}.csv")
    if vraag.media_type == XLSX:
        return _als_bestand(als_xlsx(reeksen, aannames), XLSX, f"{bestand}.xlsx")
    if vraag.media_type == SVG:
        beveiliging = {"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'"}
        return Response(als_figuur(), 200, beveiliging, f"{SVG}; charset=utf-8")
    return Response(als_json().model_dump_json(by_alias=True), 200, {}, "application/json")


def _als_bestand(inhoud: bytes, mediatype: str, naam: str) -> Response:
    hoofden = {"Content-Disposition": f'attachment; filename="{naam}"'}
    return Response(inhoud, 200, hoofden, mediatype)
