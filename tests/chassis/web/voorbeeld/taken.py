"""Tasks: their rules and their rows."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID, uuid4

import asyncpg

from chassis.unit_of_work import Reading, UnitOfWork


@dataclass(frozen=True)
class Punt:
    pad: str
    code: str
    melding: str


class TaakFout(Exception):
    code = "taak-fout"
    titel = "De taak kan niet zo"
    soort = "toestand"
    uitleg = "Kijk de regels voor taken na."
    artikel: str | None = None
    punten: tuple[Punt, ...] = ()


class NaamBezet(TaakFout):
    code = "naam-bezet"
    titel = "Deze naam is al gebruikt"
    uitleg = "Kies een andere naam."
    artikel = "art. 1 Takenwet"


class TaakOnbekend(TaakFout):
    code = "taak-onbekend"
    titel = "Deze taak is er niet"
    uitleg = "Controleer het nummer van de taak."


@dataclass(frozen=True)
class Taak:
    id: UUID
    naam: str
    bedrag: Decimal
    uiterlijk: date | None
    versie: int
    gemaakt_op: datetime

    @classmethod
    def uit(cls, row: asyncpg.Record) -> "Taak":
        return cls(**{name: row[name] for name in cls.__annotations__})


async def maak(uow: UnitOfWork, naam: str, bedrag: Decimal, uiterlijk: date | None) -> Taak:
    row = await uow.connection.fetchrow(
        "INSERT INTO taak (id, gemeentecode, naam, bedrag, uiterlijk) VALUES ($1, $2, $3, $4, $5)"
        " ON CONFLICT DO NOTHING RETURNING *",
        *(uuid4(), uow.organisation, naam, bedrag, uiterlijk),
    )
    if row is None:
        raise NaamBezet
    return Taak.uit(row)


async def lees(uow: Reading, taak_id: UUID, *, lock: bool = False) -> Taak | None:
    row = await uow.connection.fetchrow(
        f"SELECT * FROM taak WHERE id = $1 {'FOR UPDATE' if lock else ''}",  # noqa: S608
        taak_id,
    )
    return Taak.uit(row) if row else None


async def wijzig(uow: UnitOfWork, taak_id: UUID, naam: str) -> Taak:
    try:
        row = await uow.connection.fetchrow(
            "UPDATE taak SET naam = $2, versie = versie + 1 WHERE id = $1 RETURNING *",
            *(taak_id, naam),
        )
    except asyncpg.UniqueViolationError as error:
        raise NaamBezet from error
    if row is None:
        raise TaakOnbekend
    return Taak.uit(row)


async def verwijder(uow: UnitOfWork, taak_id: UUID) -> None:
    if not await uow.connection.fetchval("DELETE FROM taak WHERE id = $1 RETURNING true", taak_id):
        raise TaakOnbekend


async def lijst(
    uow: Reading, na: tuple[datetime, UUID] | None, limiet: int, naam_begint_met: str
) -> list[Taak]:
    rows = await uow.connection.fetch(
        "SELECT * FROM taak WHERE ($1::timestamptz IS NULL OR (gemaakt_op, id) > ($1, $2))"
        " AND starts_with(naam, $4) ORDER BY gemaakt_op, id LIMIT $3",
        *(na or (None, None)),
        limiet,
        naam_begint_met,
    )
    return [Taak.uit(row) for row in rows]
