"""Route of what an employer gets besides wage and guidance: to take the worry out of employing."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Response
from fastapi import Query as QueryParameter
from pydantic import Field

from chassis.unit_of_work import Reading
from chassis.web import Bedrag, Datum, Uitvoer, problems
from services.plaatsing.api.vormen import Lezen
from services.plaatsing.domain import fouten, ontzorgen
from services.plaatsing.domain.ontzorgen import Antwoord, Voordeelgroep, Werkgeversvoordelen

router = APIRouter(tags=["Werkgevers"])


class NoRiskpolisUitvoer(Uitvoer):
    """Of UWV betaalt als de werknemer ziek is."""

    geldt: Antwoord
    artikel: str
    uitleg: str
    aanspraak_jaren: Annotated[
        int | None,
        Field(description="In hoeveel jaar na het begin de ziekte begint; leeg: zie de uitleg."),
    ]
    onzeker: Annotated[
        bool, Field(description="Niet teruggevonden in een bron zoals die nu luidt; vraag het UWV.")
    ]


class LoonkostenvoordeelUitvoer(Uitvoer):
    """Wat de Belastingdienst aan de werkgever betaalt."""

    geldt: Antwoord
    artikel: str
    uitleg: str
    per_uur: Annotated[Bedrag | None, Field(description="Euro per verloond uur; leeg: onbekend.")]
    per_jaar: Annotated[
        Bedrag | None,
        Field(description="Hoogste bedrag in euro per werknemer en kalenderjaar; leeg: onbekend."),
    ]
    hoogstens_jaren: Annotated[
        int | None, Field(description="Leeg: zolang het dienstverband duurt, of er is geen recht.")
    ]
    verklaring_nodig: Annotated[
        bool, Field(description="Of er een doelgroepverklaring van UWV of de gemeente nodig is.")
    ]


class WerkgeversvoordelenUitvoer(Uitvoer):
    """De no-riskpolis en het loonkostenvoordeel; UWV beoordeelt wie aan de voorwaarden voldoet."""

    doelgroep: Voordeelgroep
    begindatum: date
    jaar: int
    no_riskpolis: NoRiskpolisUitvoer
    loonkostenvoordeel: LoonkostenvoordeelUitvoer

    @classmethod
    def van(cls, voordelen: Werkgeversvoordelen) -> WerkgeversvoordelenUitvoer:
        polis, voordeel = voordelen.no_riskpolis, voordelen.loonkostenvoordeel
        return cls(
            doelgroep=voordelen.groep,
            begindatum=voordelen.begin,
            jaar=voordelen.jaar,
            no_riskpolis=NoRiskpolisUitvoer(
                geldt=polis.geldt,
                artikel=polis.artikel,
                uitleg=polis.uitleg,
                aanspraak_jaren=polis.aanspraak_jaren,
                onzeker=polis.onzeker,
            ),
            loonkostenvoordeel=LoonkostenvoordeelUitvoer(
                geldt=voordeel.geldt,
                artikel=voordeel.artikel,
                uitleg=voordeel.uitleg,
                per_uur=voordeel.per_uur,
                per_jaar=voordeel.per_jaar,
                hoogstens_jaren=voordeel.hoogstens_jaren,
                verklaring_nodig=voordeel.verklaring_nodig,
            ),
        )


@router.get(
    "/werkgeversvoordelen",
    response_model=WerkgeversvoordelenUitvoer,
    responses=problems(fouten.JaarVoorBegin),
)
async def geef_werkgeversvoordelen(
    vraag: Lezen,
    doelgroep: Annotated[
        Voordeelgroep, QueryParameter(description="Als wie de werknemer voor deze regels telt.")
    ],
    begindatum: Annotated[
        Datum, QueryParameter(description="De eerste dag van het dienstverband.")
    ],
    jaar: Annotated[
        int | None,
        QueryParameter(
            ge=2015, le=2100, description="Over welk kalenderjaar; standaard dat van het begin."
        ),
    ] = None,
) -> Response:
    """Geef wat een werkgever krijgt: no-riskpolis en loonkostenvoordeel

    Met het artikel, de bedragen en de uitleg voor een gesprek met de werkgever. Of de werknemer aan
    de voorwaarden voldoet, beoordeelt UWV. Van jaren waarvan de bedragen niet bekend zijn, staat er
    dat zij onbekend zijn. Loonkostensubsidie is iets anders: die berekent financiering.
    """

    async def lees(_: Reading) -> Werkgeversvoordelen:
        return ontzorgen.werkgeversvoordelen(doelgroep, begindatum, jaar or begindatum.year)

    return await vraag.run(lees, answer=WerkgeversvoordelenUitvoer.van)
