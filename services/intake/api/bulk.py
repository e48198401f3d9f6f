"""Aanmeldingen in bulk: a file of them in one request."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi import Query as QueryParameter
from pydantic import Field

from chassis.web import Uitvoer, problems
from chassis.web.problems import VerkeerdMediatype
from contracts.bulk import BULK_BYTES, BULK_REGELS
from services.intake.api.bulkregels import CSV, KOLOMMEN, NDJSON, lees_regels
from services.intake.api.vormen import Klantmanager
from services.intake.domain import fouten
from services.intake.domain.fouten import Punt
from services.intake.problemen import BulkGeweigerd
from services.intake.use_cases.meld_bulk_aan import Bulkverslag, Geweigerd, meld_bulk_aan

router = APIRouter()


class Modus(StrEnum):
    ALLES = "alles"
    PER_REGEL = "per-regel"


class FoutUitvoer(Uitvoer):
    """Een fout in een regel, met dezelfde code als bij een enkele aanmelding."""

    pad: str
    code: str
    melding: str

    @classmethod
    def van(cls, punt: Punt) -> FoutUitvoer:
        return cls(pad=punt.pad, code=punt.code, melding=punt.melding)


Regelnummer = Annotated[
    int, Field(description="Nummer van de regel in het bestand, vanaf 1; een kopregel telt mee.")
]


class AangenomenRegel(Uitvoer):
    regel: Regelnummer
    kandidaat_id: UUID


class GeweigerdeRegel(Uitvoer):
    """Een regel die niets heeft gedaan, met alles wat eraan te herstellen is."""

    regel: Regelnummer
    kandidaat_id: Annotated[
        UUID | None, Field(description="De kandidaat die er al is, als dat de reden is.")
    ]
    fouten: list[FoutUitvoer]

    @classmethod
    def van(cls, geweigerd: Geweigerd) -> GeweigerdeRegel:
        return cls(
            regel=geweigerd.nummer,
            kandidaat_id=geweigerd.kandidaat_id,
            fouten=[FoutUitvoer.van(punt) for punt in geweigerd.fouten],
        )


class BulkverslagUitvoer(Uitvoer):
    """Wat er van elke regel is geworden, zonder persoonsgegevens."""

    regels: int
    aangenomen: list[AangenomenRegel]
    geweigerd: list[GeweigerdeRegel]

    @classmethod
    def van(cls, verslag: Bulkverslag) -> BulkverslagUitvoer:
        return cls(
            regels=len(verslag.aangenomen) + len(verslag.geweigerd),
            aangenomen=[
                AangenomenRegel(regel=nummer, kandidaat_id=kandidaat_id)
                for nummer, kandidaat_id in verslag.aangenomen
            ],
            geweigerd=[GeweigerdeRegel.van(regel) for regel in verslag.geweigerd],
        )


_VOORBEELD: Final = (
    '{"aangemeldOp":"2026-11-20","instroomkanaal":"balie","doelgroep":"pwet","persoon":'
    '{"bsn":"999990342","voornamen":"Jan","geslachtsnaam":"Jansen","geboortedatum":"1990-01-01"}}'
)
_BODY: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "description": f"Ten hoogste {BULK_REGELS} regels en {BULK_BYTES // 2**20} MiB; UTF-8.",
        "content": {
            NDJSON: {
                "schema": {
                    "type": "string",
                    "description": "Op elke regel een aanmelding, zoals bij POST /kandidaten.",
                    "examples": [_VOORBEELD],
                }
            },
            CSV: {
                "schema": {
                    "type": "string",
                    "description": "Een kopregel en daaronder een aanmelding per regel, gescheiden "
                    f"door een komma of puntkomma. De kolommen: {', '.join(KOLOMMEN)}. Een lege "
                    "cel is een veld dat ontbreekt.",
                    "examples": [
                        "aangemeldOp;instroomkanaal;doelgroep;bsn;voornamen;geslachtsnaam;"
                        "geboortedatum\n2026-11-20;balie;pwet;999990342;Jan;Jansen;1990-01-01\n"
                    ],
                }
            },
        },
    }
}


@router.post(
    "/aanmeldingen/bulk",
    tags=["Kandidaten"],
    response_model=BulkverslagUitvoer,
    responses=problems(VerkeerdMediatype, BulkGeweigerd, fouten.NietBevoegd),
    openapi_extra=_BODY,
)
async def meld_in_bulk_aan(
    request: Request,
    opdracht: Klantmanager,
    modus: Annotated[
        Modus,
        QueryParameter(
            description="alles: een geweigerde regel weigert het hele bestand. "
            "per-regel: wat goed is wordt aangenomen."
        ),
    ] = Modus.ALLES,
) -> Response:
    """Meld kandidaten in bulk aan

    Elke regel gaat dezelfde weg als een enkele aanmelding. Het verslag noemt van elke regel wat er
    van is geworden. Het is één handeling: met een Idempotency-Key is herhalen veilig.
    """
    mediatype = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if mediatype not in (NDJSON, CSV):
        raise VerkeerdMediatype(f"Stuur {NDJSON} of {CSV}.")
    regels = await lees_regels(opdracht.chunks(), mediatype)
    return await opdracht.run(
        lambda uow: meld_bulk_aan(uow, regels, alles_of_niets=modus is Modus.ALLES),
        answer=BulkverslagUitvoer.van,
    )
