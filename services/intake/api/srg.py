"""The SRG record for CBS, to be sent by the gemeente itself."""

from __future__ import annotations

import csv
import io
from typing import Annotated, Final

from fastapi import APIRouter, Request, Response
from fastapi import Query as QueryParameter

from chassis.web import Query, problems, query
from services.intake import voorzieningen
from services.intake.domain import fouten
from services.intake.domain.srg import VELDEN, Maand

router = APIRouter()

_CSV: Final = "text/csv"

Leveren = Annotated[Query, query("intake.persoonsgegevens.lezen", media_types=(_CSV,))]


class CsvAntwoord(Response):
    media_type = _CSV


@router.get(
    "/srg",
    tags=["Statistiek"],
    response_class=CsvAntwoord,
    responses={
        200: {
            "content": {
                _CSV: {
                    "schema": {
                        "type": "string",
                        "description": "Een kopregel en daaronder een regel per voorziening: "
                        + ", ".join(VELDEN),
                    }
                }
            }
        },
        **problems(fouten.NietBevoegd),
    },
)
async def maak_srg(
    request: Request,
    vraag: Leveren,
    jaar: Annotated[int, QueryParameter(ge=2015, le=2100, description="Jaar van de levering.")],
    maand: Annotated[int, QueryParameter(ge=1, le=12, description="Maand van de levering.")],
) -> Response:
    """Maak de SRG-levering van een maand

    Een regel voor elke voorziening die in de maand liep, met de 19 velden van het CBS in hun
    volgorde. Wat de keten niet weet is leeg. Alleen voor de gemeente zelf; dat de gegevens van een
    kandidaat zijn gelezen wordt vastgelegd.
    """
    release = str(request.app.version)
    regels = await vraag.read(lambda uow: voorzieningen.srg(uow, Maand(jaar, maand), release))
    uit = io.StringIO()
    csv.writer(uit).writerows([VELDEN, *regels])
    return CsvAntwoord(uit.getvalue())
