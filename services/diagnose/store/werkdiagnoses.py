"""Werkdiagnoses in the database: sealed whole, with beside them only what is counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

import asyncpg
from pydantic import TypeAdapter

from chassis.unit_of_work import Reading, UnitOfWork
from chassis.web.problems import NietGevonden
from services.diagnose.domain.dossier import Dossier
from services.diagnose.domain.werkdiagnose import (
    Regel,
    Stopreden,
    Werkdiagnose,
    Werkdiagnosestatus,
)
from services.diagnose.store import dossiers

_FORM: Final = TypeAdapter(Werkdiagnose)

_BEWAAR: Final = """
INSERT INTO werkdiagnose
    (id, dossier_id, gemeentecode, status, aangemeld_op, bestaande_klant, geplande_start,
     gestart_op, afgerond_op, reden, inhoud)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
ON CONFLICT (id) DO UPDATE
SET status = excluded.status, gestart_op = excluded.gestart_op,
    afgerond_op = excluded.afgerond_op, reden = excluded.reden, inhoud = excluded.inhoud
"""


@dataclass(frozen=True, slots=True)
class Samenvatting:
    """A line in the list of a dossier."""

    werkdiagnose_id: UUID
    status: Werkdiagnosestatus
    aangemeld_op: date
    gestart_op: date | None
    afgerond_op: date | None


async def bewaar(uow: UnitOfWork, dossier: Dossier, werkdiagnose: Werkdiagnose) -> None:
    """Store a new or changed one of a dossier that is under lock."""
    person = await uow.vault.person(uow, dossier.kandidaat_id)
    await uow.connection.execute(
        _BEWAAR,
        werkdiagnose.werkdiagnose_id,
        dossier.dossier_id,
        dossier.gemeentecode,
        werkdiagnose.status,
        werkdiagnose.aangemeld_op,
        werkdiagnose.bestaande_klant,
        werkdiagnose.geplande_start,
        werkdiagnose.gestart_op,
        werkdiagnose.afgerond_op,
        werkdiagnose.gestopt.reden if werkdiagnose.gestopt else None,
        person.seal(_FORM.dump_json(werkdiagnose).decode(), _plaats(werkdiagnose.werkdiagnose_id)),
    )


async def heeft_open(uow: Reading, dossier: Dossier) -> bool:
    return bool(
        await uow.connection.fetchval(
            "SELECT true FROM werkdiagnose"
            " WHERE dossier_id = $1 AND status IN ('aangemeld', 'gestart')",
            dossier.dossier_id,
        )
    )


async def neem(
    uow: UnitOfWork, dossier_id: UUID, werkdiagnose_id: UUID
) -> tuple[Dossier, Werkdiagnose]:
    """With its dossier, under lock, to decide on. Raises NietGevonden."""
    dossier = await dossiers.neem(uow, dossier_id)
    row = await _rij(uow, dossier_id, werkdiagnose_id)
    if row is None:
        raise NietGevonden
    return dossier, await _open(uow, row)


async def zie_in(uow: Reading, dossier_id: UUID, werkdiagnose_id: UUID) -> Werkdiagnose | None:
    """One for a person who asks; that it was read is recorded."""
    row = await _rij(uow, dossier_id, werkdiagnose_id)
    if row is None:
        return None
    await uow.log_processing(
        "werkdiagnose ingezien",
        kandidaat_id=row["kandidaat_id"],
        gemeentecode=row["gemeentecode"],
        activity="diagnose/dossier-inzien",
    )
    return await _open(uow, row)


async def lijst(uow: Reading, dossier_id: UUID) -> Sequence[Samenvatting] | None:
    """Of a dossier, the oldest first; None when there is no such dossier."""
    if not await uow.connection.fetchval("SELECT true FROM dossier WHERE id = $1", dossier_id):
        return None
    rows = await uow.connection.fetch(
        "SELECT id, status, aangemeld_op, gestart_op, afgerond_op FROM werkdiagnose"
        " WHERE dossier_id = $1 ORDER BY aangemeld_op, id",
        dossier_id,
    )
    return [
        Samenvatting(
            werkdiagnose_id=row["id"],
            status=Werkdiagnosestatus(row["status"]),
            aangemeld_op=row["aangemeld_op"],
            gestart_op=row["gestart_op"],
            afgerond_op=row["afgerond_op"],
        )
        for row in rows
    ]


async def regels(
    uow: Reading, *, gemeentecode: str | None, vanaf: date | None, tot_en_met: date | None
) -> list[Regel]:
    """What is counted, of aanmeldingen in a period."""
    rows = await uow.connection.fetch(
        "SELECT status, bestaande_klant, geplande_start, gestart_op, afgerond_op, reden"
        " FROM werkdiagnose WHERE ($1::text IS NULL OR gemeentecode = $1)"
        " AND ($2::date IS NULL OR aangemeld_op >= $2)"
        " AND ($3::date IS NULL OR aangemeld_op <= $3)",
        gemeentecode,
        vanaf,
        tot_en_met,
    )
    return [
        Regel(
            status=Werkdiagnosestatus(row["status"]),
            bestaande_klant=row["bestaande_klant"],
            geplande_start=row["geplande_start"],
            gestart_op=row["gestart_op"],
            afgerond_op=row["afgerond_op"],
            reden=Stopreden(row["reden"]) if row["reden"] else None,
        )
        for row in rows
    ]


async def _rij(uow: Reading, dossier_id: UUID, werkdiagnose_id: UUID) -> asyncpg.Record | None:
    return await uow.connection.fetchrow(
        "SELECT w.id, w.inhoud, d.kandidaat_id, d.gemeentecode FROM werkdiagnose AS w"
        " JOIN dossier AS d ON d.id = w.dossier_id WHERE w.id = $1 AND w.dossier_id = $2",
        werkdiagnose_id,
        dossier_id,
    )


async def _open(uow: Reading, row: asyncpg.Record) -> Werkdiagnose:
    person = await uow.vault.person(uow, row["kandidaat_id"])
    return _FORM.validate_json(person.open(row["inhoud"], _plaats(row["id"])))


def _plaats(werkdiagnose_id: UUID) -> str:
    return f"werkdiagnose.inhoud/{werkdiagnose_id}"
