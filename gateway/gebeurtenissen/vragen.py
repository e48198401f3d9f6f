"""What a reader can ask of the feed, page by page or as a stream, and where that begins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, ClassVar, Final
from uuid import UUID

from fastapi import Depends
from fastapi import Query as QueryParameter
from pydantic import AfterValidator, WithJsonSchema

from chassis.web import NietGevonden, OngeldigeWaarde, Problem, Query, Tijdstip
from chassis.web.invalid_input import fault
from chassis.web.problems import OngeldigeInvoer
from contracts.catalogus import PER_TYPE
from gateway.gebeurtenissen.cursor import PATTERN, decode_cursor, encode_cursor
from gateway.gebeurtenissen.feed import BEGIN, Bladzijde, Vraag, lees

SCOPE: Final = "gebeurtenissen.lezen"
_NOW: Final = "nu"


class NietMeerBewaard(Problem):
    status = 410
    code = "niet-meer-bewaard"
    title = "Wat na deze cursor kwam wordt niet meer bewaard"
    detail = (
        "U hebt gebeurtenissen gemist. Haal de stand op bij de API's van de diensten en lees "
        "daarna verder vanaf `oudsteCursor`, of laat `na` weg om bij de oudste bewaarde "
        "gebeurtenis te beginnen."
    )
    members: ClassVar[Mapping[str, Any]] = {
        "oudsteCursor": {
            "type": "string",
            "pattern": f"^{PATTERN}$",
            "description": "De cursor waarna de oudste bewaarde gebeurtenis komt.",
        }
    }


def known_types(types: list[str]) -> list[str]:
    if not PER_TYPE.keys() >= set(types):
        raise OngeldigeWaarde(
            "onbekend-type", "Neem het type over uit de catalogus, met het versienummer erachter."
        )
    return types


Na = Annotated[
    str | None,
    QueryParameter(
        pattern=f"^({_NOW}|{PATTERN})$",
        description="De cursor waarna u verder leest: die van een gebeurtenis of van een pagina, "
        f"ongewijzigd. Weggelaten: vanaf de oudste die bewaard is. `{_NOW}`: alleen wat hierna "
        "komt.",
        examples=["0757-12"],
    ),
]
Type = Annotated[str, WithJsonSchema({"type": "string", "enum": sorted(PER_TYPE)})]
_Types = Annotated[
    list[Type],
    QueryParameter(
        alias="type",
        max_length=len(PER_TYPE),
        description="Alleen gebeurtenissen van dit type; meermaals voor meer typen.",
    ),
    AfterValidator(known_types),
]
_Subject = Annotated[
    UUID | None, QueryParameter(description="Alleen gebeurtenissen over deze kandidaat.")
]
_Vanaf = Annotated[
    Tijdstip | None,
    QueryParameter(
        alias="ontvangenVanaf",
        description="Alleen wat op of na dit tijdstip voor u beschikbaar kwam (`ontvangenOp`). Zo "
        "begint u op een moment in plaats van bij een cursor. Schrijf een + in een URL als %2B.",
        examples=["2026-11-20T08:00:00Z"],
    ),
]
_Tot = Annotated[
    Tijdstip | None,
    QueryParameter(
        alias="ontvangenTot",
        description="Alleen wat vóór dit tijdstip voor u beschikbaar kwam.",
        examples=["2026-11-21T08:00:00+01:00"],
    ),
]


@dataclass(frozen=True, slots=True)
class Filter:
    """Which events of its feed a reader wants."""

    types: tuple[str, ...]
    subject: UUID | None
    vanaf: datetime | None
    tot: datetime | None

    def vraag(self, na: int | None, aantal: int) -> Vraag:
        """The question for at most ``aantal`` of them after a number."""
        return Vraag(na, aantal, self.types, self.subject, self.vanaf, self.tot)


async def _filter(
    types: _Types = [],  # noqa: B006 - FastAPI copies it
    subject: _Subject = None,
    vanaf: _Vanaf = None,
    tot: _Tot = None,
) -> Filter:
    if vanaf and tot and tot <= vanaf:
        raise OngeldigeInvoer(
            fault(
                "query.ontvangenTot",
                "verkeerd-bereik",
                "Kies een tijdstip dat later is dan ontvangenVanaf.",
            )
        )
    return Filter(tuple(types), subject, vanaf, tot)


Gefilterd = Annotated[Filter, Depends(_filter)]


def plaats(cursor: str | None, organisation: str) -> int | None:
    """The number in a cursor of this organisation: BEGIN without a cursor, None for from now on.

    Raises NietGevonden for a cursor of another's feed.
    """
    if cursor is None:
        return BEGIN
    if cursor == _NOW:
        return None
    owner, number = decode_cursor(cursor)
    if owner != organisation:
        raise _unknown_place()
    return number


async def lees_verder(query: Query, vraag: Vraag) -> Bladzijde:
    """The next page of the caller's feed.  Raises NietGevonden, NietMeerBewaard."""
    page = await query.read(lambda uow: lees(uow, vraag))
    if vraag.na is not None and vraag.na > page.laatste:
        raise _unknown_place()
    if vraag.na is not None and BEGIN < vraag.na < page.verwijderd_tot:
        oldest = encode_cursor(query.caller.organisation, page.verwijderd_tot)
        raise NietMeerBewaard(oudsteCursor=oldest)
    return page


def _unknown_place() -> NietGevonden:
    # Numbers are never given back, so such a cursor was not given by us, or by a database that was
    # put back to an earlier day: going on from it would skip events in silence.
    return NietGevonden(
        "Deze cursor wijst geen plaats in uw feed aan. Neem hem ongewijzigd over, of laat hem weg "
        "om bij het begin te beginnen."
    )
