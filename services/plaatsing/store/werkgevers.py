"""Werkgevers in the database: data of organisations, each with an organisation as eigenaar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

import asyncpg
from pydantic import TypeAdapter

from chassis.unit_of_work import Reading, UnitOfWork
from chassis.web.problems import NietGevonden
from services.plaatsing.domain.werkgever import Contact, Contactpunt, Werkgever, Werkgeversoort

_KOLOMMEN = (
    "id, eigenaar, kvk_nummer, naam, soort, email, telefoonnummer, contacten, vastgelegd_op, versie"
)
_CONTACTEN: Final = TypeAdapter(tuple[Contactpunt, ...])


@dataclass(frozen=True, slots=True)
class Bewaard:
    """A werkgever as it is stored; eigenaar is who recorded it (gemeentecode or wsd).

    versie counts changes and is its ETag.
    """

    werkgever: Werkgever
    eigenaar: str
    vastgelegd_op: datetime
    versie: int


async def haal(uow: Reading, werkgever_id: UUID) -> Bewaard | None:
    """None when there is none that this organisation may see."""
    row = await uow.connection.fetchrow(
        f"SELECT {_KOLOMMEN} FROM werkgever WHERE id = $1",  # noqa: S608 - a constant
        werkgever_id,
    )
    return None if row is None else _bewaard(row)


async def voeg_toe(uow: UnitOfWork, werkgever: Werkgever) -> Bewaard | None:
    """Store a new werkgever; None when this organisation has one with this KvK number."""
    row = await uow.connection.fetchrow(
        f"INSERT INTO werkgever ({_KOLOMMEN}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8,"  # noqa: S608
        " $9, 1)"
        f" ON CONFLICT (eigenaar, kvk_nummer) DO NOTHING RETURNING {_KOLOMMEN}",
        werkgever.werkgever_id,
        uow.organisation,
        werkgever.kvk_nummer,
        werkgever.naam,
        werkgever.soort,
        werkgever.contact.email,
        werkgever.contact.telefoonnummer,
        _CONTACTEN.dump_json(werkgever.contacten).decode(),
        uow.now,
    )
    return None if row is None else _bewaard(row)


async def neem(uow: UnitOfWork, werkgever_id: UUID) -> Bewaard:
    """The werkgever under lock, to change. Raises NietGevonden."""
    row = await uow.connection.fetchrow(
        f"SELECT {_KOLOMMEN} FROM werkgever WHERE id = $1 FOR UPDATE",  # noqa: S608 - a constant
        werkgever_id,
    )
    if row is None:
        raise NietGevonden
    return _bewaard(row)


async def bewaar(uow: UnitOfWork, werkgever: Werkgever) -> Bewaard:
    """Store what changed in a werkgever that was taken under lock."""
    row = await uow.connection.fetchrow(
        "UPDATE werkgever SET naam = $2, email = $3, telefoonnummer = $4, contacten = $5,"  # noqa: S608
        f" versie = versie + 1 WHERE id = $1 RETURNING {_KOLOMMEN}",
        werkgever.werkgever_id,
        werkgever.naam,
        werkgever.contact.email,
        werkgever.contact.telefoonnummer,
        _CONTACTEN.dump_json(werkgever.contacten).decode(),
    )
    if row is None:
        raise LookupError("wat onder slot is, is te wijzigen")
    return _bewaard(row)


async def met_kvk_nummer(uow: UnitOfWork, kvk_nummer: str) -> UUID | None:
    """The werkgever of this organisation with this KvK number, if there is one."""
    found: UUID | None = await uow.connection.fetchval(
        "SELECT id FROM werkgever WHERE eigenaar = $1 AND kvk_nummer = $2",
        uow.organisation,
        kvk_nummer,
    )
    return found


async def lijst(
    uow: Reading, *, kvk_nummer: str | None, na: tuple[datetime, UUID] | None, aantal: int
) -> Sequence[Bewaard]:
    """Werkgevers in the order in which they were recorded, after a point in that order."""
    rows = await uow.connection.fetch(
        f"SELECT {_KOLOMMEN} FROM werkgever"  # noqa: S608 - a constant
        " WHERE ($1::text IS NULL OR kvk_nummer = $1)"
        " AND ($2::timestamptz IS NULL OR (vastgelegd_op, id) > ($2, $3))"
        " ORDER BY vastgelegd_op, id LIMIT $4",
        kvk_nummer,
        na[0] if na else None,
        na[1] if na else None,
        aantal,
    )
    return [_bewaard(row) for row in rows]


def _bewaard(row: asyncpg.Record) -> Bewaard:
    return Bewaard(
        Werkgever(
            werkgever_id=row["id"],
            kvk_nummer=row["kvk_nummer"],
            naam=row["naam"],
            soort=Werkgeversoort(row["soort"]),
            contact=Contact(row["email"], row["telefoonnummer"]),
            contacten=_CONTACTEN.validate_json(row["contacten"]),
        ),
        row["eigenaar"],
        row["vastgelegd_op"],
        row["versie"],
    )
