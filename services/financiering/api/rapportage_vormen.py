"""What the reports of financiering share: of whom they are, and of which day."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import Query as QueryParameter
from pydantic import Field

from chassis.web import Datum, NietGevonden, Query, query
from contracts.afnemers import GEMEENTEN

RAPPORTAGES: Final = "/rapportages"

Lezen = Annotated[Query, query("financiering.lezen")]
GemeenteVraag = Annotated[
    str | None,
    QueryParameter(
        alias="gemeentecode",
        pattern=r"^[0-9]{4}$",
        description="Alleen de cijfers van deze gemeente; een gemeente heeft alleen de eigen.",
    ),
]
OpDag = Annotated[Datum, QueryParameter(description="De dag waarvan de cijfers zijn.")]
VanGemeente = Annotated[
    str, Field(description="Van welke gemeente: gemeentecode.", examples=["0757"])
]


def gevraagde_gemeenten(vraag: Query, gemeentecode: str | None) -> tuple[str, ...]:
    """Whose figures a report is of: of a gemeente its own, of WSD one gemeente or all.

    Raises NietGevonden for a gemeente that asks for those of another, and for one that nobody
    knows.
    """
    gevraagd = vraag.of_gemeente(gemeentecode)
    if gevraagd is None:
        return tuple(GEMEENTEN)
    if gevraagd not in GEMEENTEN:
        raise NietGevonden
    return (gevraagd,)
