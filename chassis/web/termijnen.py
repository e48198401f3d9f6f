"""How an API tells its terms (chassis/termijnen.py), and by what they can be asked."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import Query as QueryParameter

from chassis.termijnen import Termijn, Termijnstatus
from chassis.web.models import Datum, Uitvoer
from chassis.web.pages import PageRequest, page

Pagina = Annotated[PageRequest, page(date, UUID)]
"""By the key of ``volgorde``."""
MetStatus = Annotated[
    Termijnstatus | None,
    QueryParameter(description="Alleen met deze status; anders alles waar nog iets moet."),
]
VanKandidaat = Annotated[
    UUID | None, QueryParameter(alias="kandidaatId", description="Alleen van deze kandidaat.")
]
Uiterlijk = Annotated[
    Datum | None, QueryParameter(description="Alleen wat uiterlijk op deze dag afloopt.")
]


class TermijnUitvoer(Uitvoer):
    """What every term has; a service adds its soort, and what the term is of."""

    termijn_id: UUID
    kandidaat_id: UUID
    gemeentecode: str
    kenmerk: str
    begonnen_op: date
    laatste_dag: date
    status: Termijnstatus
    gehaald_op: date | None
    te_laat: bool


def velden(termijn: Termijn[Any]) -> dict[str, Any]:
    """The values of a TermijnUitvoer."""
    return {naam: getattr(termijn, naam) for naam in TermijnUitvoer.model_fields}


def volgorde(termijn: Termijn[Any]) -> tuple[date, UUID]:
    """What ends first comes first."""
    return termijn.laatste_dag, termijn.termijn_id
