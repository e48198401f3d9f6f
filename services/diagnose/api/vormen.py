"""What the routes of diagnose share: who may do what, and how a dossier is named."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Final
from uuid import UUID

from fastapi import Path
from pydantic import Field

from chassis.web import (
    Command,
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
Klantmanager = Annotated[Command, command("diagnose.schrijven", roles={"klantmanager"})]
Pagina = Annotated[PageRequest, page(datetime, UUID)]
DossierId = Annotated[UUID, Path(alias="dossierId", description="Het nummer van het dossier.")]
MetingId = Annotated[UUID, Path(alias="metingId", description="Het nummer van de meting.")]

Naam = Annotated[str, Field(min_length=1, max_length=200)]
Tekst = Annotated[str, Field(min_length=1, max_length=5000)]
Procent = Annotated[
    Decimal,
    Field(ge=0, le=100, max_digits=5, decimal_places=2, examples=[60], description="Procenten."),
]
