"""What the routes of intake share: who may do what, and how people and days are written."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final
from uuid import UUID

from fastapi import Path
from pydantic import AfterValidator, Field
from stdnum.exceptions import ValidationError as StdnumError
from stdnum.nl import bsn, postcode

from chassis.web import (
    Command,
    OngeldigeWaarde,
    PageRequest,
    Query,
    command,
    page,
    query,
)

KANDIDAAT: Final = "/kandidaten/{kandidaatId}"

KandidaatId = Annotated[UUID, Path(alias="kandidaatId", description="Het nummer van de kandidaat.")]
Pagina = Annotated[PageRequest, page(datetime, UUID)]

Lezen = Annotated[Query, query("intake.lezen")]
LezenMetVersie = Annotated[Query, query("intake.lezen", etag=True)]
Inzien = Annotated[Query, query("intake.persoonsgegevens.lezen")]
Klantmanager = Annotated[Command, command("intake.schrijven", roles={"klantmanager"})]
Beslisser = Annotated[
    Command, command("intake.schrijven", roles={"klantmanager", "trajectconsulent"})
]


def _bsn(value: str) -> str:
    try:
        return str(bsn.validate(value))
    except StdnumError as error:
        raise OngeldigeWaarde(
            "geen-bsn", "Dit is geen BSN: negen cijfers die aan de elfproef voldoen."
        ) from error


def _postcode(value: str) -> str:
    try:
        return str(postcode.validate(value))
    except StdnumError as error:
        raise OngeldigeWaarde("geen-postcode", "Geef een postcode op als 1234 AB.") from error


Bsn = Annotated[
    str,
    Field(
        description="Burgerservicenummer.",
        min_length=8,
        max_length=11,
        json_schema_extra={"examples": ["999990342"]},
    ),
    AfterValidator(_bsn),
]
Postcode = Annotated[
    str,
    Field(min_length=6, max_length=7, json_schema_extra={"examples": ["5281 AB"]}),
    AfterValidator(_postcode),
]
Naamdeel = Annotated[str, Field(min_length=1, max_length=200)]
Tekst = Annotated[str, Field(min_length=1, max_length=5000)]
