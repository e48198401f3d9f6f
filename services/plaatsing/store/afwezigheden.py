"""Absence in the database: from when, and until when; nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import asyncpg

from chassis.unit_of_work import Reading, UnitOfWork
from chassis.web.problems import NietGevonden
from services.plaatsing.domain.afwezigheid import Afwezigheid
from services.plaatsing.domain.kandidaat import Kandidaat
from services.plaatsing.store import plaatsingen


async def neem(
    uow: UnitOfWork, afwezigheid_id: UUID
) -> tuple[Kandidaat, plaatsingen.Bewaard, Afwezigheid]:
    """The absence with its placement, under the lock of the kandidaat. Raises NietGevonden."""
    gezien = await _haal(uow, afwezigheid_id)
    if gezien is None:
        raise NietGevonden
    kandidaat, plaatsing = await plaatsingen.neem(uow, gezien.plaatsing_id)
    # Only now, behind the lock, is it what we decide on.
    afwezigheid = await _haal(uow, afwezigheid_id)
    if afwezigheid is None:
        raise NietGevonden
    return kandidaat, plaatsing, afwezigheid


async def bewaar(uow: UnitOfWork, afwezigheid: Afwezigheid) -> None:
    """Store an absence, new or over, of a kandidaat that is under lock."""
    await uow.connection.execute(
        "INSERT INTO afwezigheid (id, plaatsing_id, kandidaat_id, gemeentecode, vanaf, laatste_dag)"
        " VALUES ($1, $2, $3, $4, $5, $6)"
        " ON CONFLICT (id) DO UPDATE SET laatste_dag = excluded.laatste_dag",
        afwezigheid.afwezigheid_id,
        afwezigheid.plaatsing_id,
        afwezigheid.kandidaat_id,
        afwezigheid.gemeentecode,
        afwezigheid.vanaf,
        afwezigheid.laatste_dag,
    )


async def van_plaatsing(uow: Reading, plaatsing_id: UUID) -> Sequence[Afwezigheid] | None:
    """The oldest first; None when there is no such placement for this organisation."""
    if await plaatsingen.haal(uow, plaatsing_id) is None:
        return None
    rows = await uow.connection.fetch(
        "SELECT * FROM afwezigheid WHERE plaatsing_id = $1 ORDER BY vanaf", plaatsing_id
    )
    return [_afwezigheid(row) for row in rows]


async def _haal(uow: Reading, afwezigheid_id: UUID) -> Afwezigheid | None:
    row = await uow.connection.fetchrow("SELECT * FROM afwezigheid WHERE id = $1", afwezigheid_id)
    return None if row is None else _afwezigheid(row)


def _afwezigheid(row: asyncpg.Record) -> Afwezigheid:
    return Afwezigheid(
        afwezigheid_id=row["id"],
        plaatsing_id=row["plaatsing_id"],
        kandidaat_id=row["kandidaat_id"],
        gemeentecode=row["gemeentecode"],
        vanaf=row["vanaf"],
        laatste_dag=row["laatste_dag"],
    )
