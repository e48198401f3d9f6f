"""What the routes of plaatsing share: who may do what, and how days and hours are written."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Final
from uuid import UUID

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

PLAATSERS: Final = frozenset({"accountmanager", "backoffice", "klantmanager", "trajectconsulent"})
"""Roles that place; which organisation may, the rules decide per kandidaat and werkgever."""

Lezen = Annotated[Query, query("plaatsing.lezen")]
LezenMetVersie = Annotated[Query, query("plaatsing.lezen", etag=True)]
Plaatsen = Annotated[Command, command("plaatsing.schrijven", roles=PLAATSERS)]
Pagina = Annotated[PageRequest, page(datetime, UUID)]

_UREN: Final = (
    r"(60(\.00?)?|[1-5][0-9](\.[0-9]{1,2})?|[1-9](\.[0-9]{1,2})?|0\.(0[1-9]|[1-9][0-9]?))"
)
_CENTIUUR: Final = Decimal("0.01")


def _lees_uren(waarde: object) -> object:
    if isinstance(waarde, Decimal):
        return waarde
    if not isinstance(waarde, str) or not re.fullmatch(_UREN, waarde, re.A):
        raise OngeldigeWaarde(
            "geen-uren", 'Geef uren per week op als "24.00", meer dan 0 en hoogstens 60.'
        )
    return Decimal(waarde).quantize(_CENTIUUR)


Uren = Annotated[
    Decimal,
    BeforeValidator(_lees_uren),
    WithJsonSchema({"type": "string", "pattern": f"^{_UREN}$", "examples": ["24.00"]}),
]
"""Hours per week as text with two decimals, as in the events."""


_TARIEF: Final = r"(0\.(0[1-9]|[1-9][0-9]?)|[1-9][0-9]{0,2}(\.[0-9]{1,2})?)"


def _lees_tarief(waarde: object) -> object:
    if isinstance(waarde, Decimal):
        return waarde
    if not isinstance(waarde, str) or not re.fullmatch(_TARIEF, waarde, re.A):
        raise OngeldigeWaarde(
            "geen-tarief", 'Geef euro\'s per uur op als "14.50", meer dan 0 en minder dan 1000.'
        )
    return Decimal(waarde).quantize(_CENTIUUR)


Tarief = Annotated[
    Decimal,
    BeforeValidator(_lees_tarief),
    WithJsonSchema({"type": "string", "pattern": f"^{_TARIEF}$", "examples": ["14.50"]}),
]
"""Euros per hour as text with two decimals."""


def _lees_geheel(waarde: object) -> object:
    return int(waarde) if isinstance(waarde, float) and waarde.is_integer() else waarde


GEHEEL: Final = BeforeValidator(_lees_geheel)
"""On an int: 2.0 is a whole number too, as JSON Schema says."""

NIET_LEEG: Final = r"^[^\x00]*[^\s\x00][^\x00]*$"
"""Pattern of text with something to read in it."""

Tekst = Annotated[str, Field(min_length=1, max_length=100, pattern=NIET_LEEG)]
Eigenaar = Annotated[
    str, Field(description="Wie dit vastlegde en beheert: gemeentecode, of wsd.", examples=["wsd"])
]
