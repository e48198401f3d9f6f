"""What the routes of diagnose share: who may do what, and how a dossier is named."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Final
from uuid import UUID

from fastapi import Path
from fastapi import Query as QueryParameter
from pydantic import Field

from chassis.tenancy import is_gemeente
from chassis.web import (
    Command,
    NietGevonden,
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
Procent = Annotated[
    Decimal,
    Field(ge=0, le=100, max_digits=5, decimal_places=2, examples=[60], description="Procenten."),
]


def van_gemeente(vraag: Query, gemeentecode: str | None) -> str | None:
    """Whose figures a report is of: of a gemeente its own, of WSD one gemeente or all (None).

    Raises NietGevonden for a gemeente that asks for those of another.
    """
    if not is_gemeente(vraag.caller.organisation):
        return gemeentecode
    if gemeentecode not in (None, vraag.caller.organisation):
        raise NietGevonden
    return vraag.caller.organisation
