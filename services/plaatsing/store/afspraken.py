"""Afspraken with werkgevers: for who manages the werkgever, and for WSD."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final
from uuid import UUID

import asyncpg

from chassis.unit_of_work import Reading, UnitOfWork
from services.plaatsing.domain.afspraak import Afspraak, Afspraaksoort

_KOLOMMEN: Final = "id, werkgever_id, soort, gemaakt_op, omschrijving, tot_en_met"


async def voeg_toe(uow: UnitOfWork, afspraak: Afspraak) -> None:
    await uow.connection.execute(
        f"INSERT INTO afspraak (eigenaar, vastgelegd_op, {_KOLOMMEN})"  # noqa: S608 - a constant
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        uow.organisation,
        uow.now,
        afspraak.afspraak_id,
        afspraak.werkgever_id,
        afspraak.soort,
        afspraak.gemaakt_op,
        afspraak.omschrijving,
        afspraak.tot_en_met,
    )


async def haal(uow: Reading, werkgever_id: UUID, afspraak_id: UUID) -> Afspraak | None:
    """None when there is none that this organisation may see."""
    row = await uow.connection.fetchrow(
        f"SELECT {_KOLOMMEN} FROM afspraak WHERE werkgever_id = $1 AND id = $2",  # noqa: S608
        werkgever_id,
        afspraak_id,
    )
    return None if row is None else _afspraak(row)


async def lijst(
    uow: Reading, werkgever_id: UUID, *, na: tuple[date, UUID] | None, aantal: int
) -> Sequence[Afspraak]:
    """By the day on which they were made, after a point in that order."""
    rows = await uow.connection.fetch(
        f"SELECT {_KOLOMMEN} FROM afspraak WHERE werkgever_id = $1"  # noqa: S608 - a constant
        " AND ($2::date IS NULL OR (gemaakt_op, id) > ($2, $3)) ORDER BY gemaakt_op, id LIMIT $4",
        werkgever_id,
        na[0] if na else None,
        na[1] if na else None,
        aantal,
    )
    return [_afspraak(row) for row in rows]


def _afspraak(row: asyncpg.Record) -> Afspraak:
    return Afspraak(
        afspraak_id=row["id"],
        werkgever_id=row["werkgever_id"],
        soort=Afspraaksoort(row["soort"]),
        gemaakt_op=row["gemaakt_op"],
        omschrijving=row["omschrijving"],
        tot_en_met=row["tot_en_met"],
    )
