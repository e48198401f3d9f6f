"""What the routes of diagnose share: who may do what, and how a dossier is named."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Final
from uuid import UUID

from fastapi import Path
from fastapi import Query as QueryParameter
from pydantic import BeforeValidator, Field, WithJsonSchema

from chassis.web import (
    Command,
    OngeldigeWaarde,
    PageRequest,
    Query,
    command,
    page,
    query,
)

DOSSIER: Final = "/dossiers/{dossierId}"

Lezen = Annotated[Query, query("diagnose.lezen")]
LezenMetVersie = Annotated[Query, query("diagnose.lezen", etag=True)]
Trajectconsulent = Annotated[Command, command("diagnose.schrijven", roles={"trajectconsulent"})]
Loonwaardedeskundige = Annotated[
    Command, command("diagnose.schrijven", roles={"loonwaardedeskundige"})
]
Planregisseur = Annotated[Command, command("diagnose.schrijven", roles={"planregisseur"})]
Klantmanager = Annotated[Command, command("diagnose.schrijven", roles={"klantmanager"})]
Pagina = Annotated[PageRequest, page(datetime, UUID)]
DossierId = Annotated[UUID, Path(alias="dossierId", description="Het nummer van het dossier.")]
MetingId = Annotated[UUID, Path(alias="metingId", description="Het nummer van de meting.")]
Gemeentecode = Annotated[
    str | None,
    QueryParameter(
        pattern=r"^[0-9]{4}$",
        description="Alleen de cijfers van deze gemeente; een gemeente heeft alleen de eigen.",
    ),
]

Medewerker = Annotated[
    str,
    Field(
        description="Een personeelsnummer of ander kenmerk van de eigen organisatie, nooit een "
        "naam. Wordt versleuteld bewaard en komt in geen gebeurtenis voor.",
        pattern="^[A-Za-z0-9-]{1,40}$",
        json_schema_extra={"examples": ["PR-0042"]},
    ),
]
Naam = Annotated[str, Field(min_length=1, max_length=200)]
Tekst = Annotated[str, Field(min_length=1, max_length=5000)]


def _leest(vorm: str) -> BeforeValidator:
    """Reads a decimal as text: a JSON number would pass through a binary fraction."""

    def lees(waarde: object) -> object:
        if isinstance(waarde, Decimal):
            return waarde
        if not isinstance(waarde, str) or not re.fullmatch(vorm, waarde, re.A):
            raise OngeldigeWaarde("geen-getal", "Geef hier een getal als tekst op, binnen bereik.")
        return Decimal(waarde)

    return BeforeValidator(lees)


def _vorm(vorm: str, voorbeeld: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": f"^{vorm}$", "examples": [voorbeeld]})


_PROCENT: Final = r"(100(\.00?)?|[1-9]?[0-9](\.[0-9]{1,2})?)"
_UREN: Final = (
    r"(60(\.00?)?|[1-5][0-9](\.[0-9]{1,2})?|[1-9](\.[0-9]{1,2})?|0\.(0[1-9]|[1-9][0-9]?))"
)
_DAGEN: Final = r"(7(\.00?)?|[1-6](\.[0-9]{1,2})?|0\.(0[1-9]|[1-9][0-9]?))"

Procent = Annotated[Decimal, _leest(_PROCENT), _vorm(_PROCENT, "60")]
"""0 to 100."""
Uren = Annotated[Decimal, _leest(_UREN), _vorm(_UREN, "24.00")]
"""Per week, more than 0 and at most 60."""
Dagen = Annotated[Decimal, _leest(_DAGEN), _vorm(_DAGEN, "3")]
"""Per week, more than 0 and at most 7."""
