"""Terms of a diagnosis in the database, each with the deadline that makes it pass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

import asyncpg

from chassis.clock import NEDERLAND
from chassis.unit_of_work import Reading, UnitOfWork
from services.diagnose.domain.termijn import (
    OPEN,
    Diagnosetermijn,
    Diagnosetermijnsoort,
    Diagnosetermijnstatus,
)

EINDE: Final = "diagnosetermijn-verstreken"
"""Kind of the deadline at the start of the day after the last."""

_BEWAAR: Final = """
INSERT INTO diagnosetermijn
    (id, dossier_id, kandidaat_id, gemeentecode, soort, kenmerk, begonnen_op, laatste_dag, status,
     gehaald_op)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT (id) DO UPDATE
SET begonnen_op = excluded.begonnen_op, laatste_dag = excluded.laatste_dag,
    status = excluded.status, gehaald_op = excluded.gehaald_op
"""


@dataclass(frozen=True, slots=True)
class Zoekvraag:
    """Which terms to list. status: None for all that something must still be done about."""

    soort: Diagnosetermijnsoort | None = None
    status: Diagnosetermijnstatus | None = None
    kandidaat_id: UUID | None = None
    uiterlijk: date | None = None


async def bewaar(uow: UnitOfWork, termijn: Diagnosetermijn) -> None:
    """Store a term of a dossier that is under lock, and set its deadline."""
    await uow.connection.execute(
        _BEWAAR,
        termijn.termijn_id,
        termijn.dossier_id,
        termijn.kandidaat_id,
        termijn.gemeentecode,
        termijn.soort,
        termijn.kenmerk,
        termijn.begonnen_op,
        termijn.laatste_dag,
        termijn.status,
        termijn.gehaald_op,
    )
    key = str(termijn.termijn_id)
    if termijn.status is not Diagnosetermijnstatus.LOPEND:
        await uow.cancel(EINDE, aggregate_id=termijn.kandidaat_id, key=key)
        return
    dag_erna = termijn.laatste_dag + timedelta(days=1)
    await uow.schedule(
        EINDE,
        aggregate_id=termijn.kandidaat_id,
        gemeentecode=termijn.gemeentecode,
        due_at=datetime.combine(dag_erna, time(), NEDERLAND),
        key=key,
    )


async def open_termijn(
    uow: Reading, dossier_id: UUID, soort: Diagnosetermijnsoort, kenmerk: str = ""
) -> Diagnosetermijn | None:
    """The term that runs or has passed; there is one at most."""
    row = await uow.connection.fetchrow(
        "SELECT * FROM diagnosetermijn WHERE dossier_id = $1 AND soort = $2 AND kenmerk = $3"
        " AND status = ANY($4::text[])",
        dossier_id,
        soort,
        kenmerk,
        sorted(OPEN),
    )
    return _termijn(row) if row else None


async def met_id(uow: Reading, termijn_id: UUID) -> Diagnosetermijn | None:
    row = await uow.connection.fetchrow("SELECT * FROM diagnosetermijn WHERE id = $1", termijn_id)
    return _termijn(row) if row else None


async def lijst(
    uow: Reading, zoek: Zoekvraag, *, na: tuple[date, UUID] | None, aantal: int
) -> Sequence[Diagnosetermijn]:
    """By last day, so what has passed comes first."""
    rows = await uow.connection.fetch(
        "SELECT * FROM diagnosetermijn"
        " WHERE status = ANY($1::text[])"
        " AND ($2::text IS NULL OR soort = $2)"
        " AND ($3::uuid IS NULL OR kandidaat_id = $3)"
        " AND ($4::date IS NULL OR laatste_dag <= $4)"
        " AND ($5::date IS NULL OR (laatste_dag, id) > ($5, $6))"
        " ORDER BY laatste_dag, id LIMIT $7",
        [zoek.status] if zoek.status else sorted(OPEN),
        zoek.soort,
        zoek.kandidaat_id,
        zoek.uiterlijk,
        na[0] if na else None,
        na[1] if na else None,
        aantal,
    )
    return [_termijn(row) for row in rows]


def _termijn(row: asyncpg.Record) -> Diagnosetermijn:
    return Diagnosetermijn(
        termijn_id=row["id"],
        dossier_id=row["dossier_id"],
        kandidaat_id=row["kandidaat_id"],
        gemeentecode=row["gemeentecode"],
        soort=Diagnosetermijnsoort(row["soort"]),
        kenmerk=row["kenmerk"],
        begonnen_op=row["begonnen_op"],
        laatste_dag=row["laatste_dag"],
        status=Diagnosetermijnstatus(row["status"]),
        gehaald_op=row["gehaald_op"],
    )
