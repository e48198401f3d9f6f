"""What the routes of plaatsing share: who may do what, and how days and hours are written."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Final
from uuid import UUID

from fastapi import Query as QueryParameter
from pydantic import BeforeValidator, Field, WithJsonSchema

from chassis.web import (
    NIET_LEEG,
    Command,
    Datum,
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
Wijzigen = Annotated[Command, command("plaatsing.schrijven", roles=PLAATSERS, if_match=True)]
Pagina = Annotated[PageRequest, page(datetime, UUID)]

BEGELEIDERS: Final = frozenset({"jobcoach", "klantmanager", "trajectconsulent"})
"""Roles that know a kandidaat: they make, and read whole, a werk-ontwikkelplan."""
OP_DE_WERKPLEK: Final = BEGELEIDERS | {"werkleider"}
"""Roles that see who is there, and for how long."""

OverKandidaatMetVersie = Annotated[Query, query("plaatsing.lezen", roles=BEGELEIDERS, etag=True)]
Begeleiden = Annotated[Command, command("plaatsing.schrijven", roles=BEGELEIDERS)]
BegeleidenMetVersie = Annotated[
    Command, command("plaatsing.schrijven", roles=BEGELEIDERS, etag=True)
]
Herzien = Annotated[Command, command("plaatsing.schrijven", roles=BEGELEIDERS, if_match=True)]
OpDeWerkplekLezen = Annotated[Query, query("plaatsing.lezen", roles=OP_DE_WERKPLEK)]
OpDeWerkplek = Annotated[Command, command("plaatsing.schrijven", roles=OP_DE_WERKPLEK)]

MATCHERS: Final = frozenset({"accountmanager", "klantmanager", "trajectconsulent"})
"""Roles that look who fits where, and propose; a profiel itself is for BEGELEIDERS."""

OverKandidaat = Annotated[Query, query("plaatsing.lezen", roles=BEGELEIDERS)]
Matchen = Annotated[Query, query("plaatsing.lezen", roles=MATCHERS)]
Voorstellen = Annotated[Command, command("plaatsing.schrijven", roles=MATCHERS)]

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


Tekst = Annotated[str, Field(min_length=1, max_length=100, pattern=NIET_LEEG)]
VrijeTekst = Annotated[
    str,
    Field(
        min_length=1,
        max_length=5000,
        pattern=NIET_LEEG,
        description="Wordt per persoon versleuteld bewaard en komt in geen gebeurtenis voor.",
    ),
]
Eigenaar = Annotated[
    str, Field(description="Wie dit vastlegde en beheert: gemeentecode, of wsd.", examples=["wsd"])
]

Omschrijving = Annotated[str, Field(min_length=1, max_length=2000, pattern=NIET_LEEG)]
"""Text about an organisation or its work: without names of people."""

Gemeentecode = Annotated[
    str | None,
    QueryParameter(
        pattern=r"^[0-9]{4}$",
        description="Alleen de cijfers van deze gemeente; een gemeente heeft alleen de eigen.",
    ),
]

PeriodeVanaf = Annotated[Datum, QueryParameter(description="Eerste dag.")]
PeriodeTotEnMet = Annotated[Datum, QueryParameter(alias="totEnMet", description="Laatste dag.")]
