"""OAD trajecten in the database: sealed whole, with beside them only what is counted."""

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
from services.diagnose.domain.oad import Bestemming, Oad, Oadregel, Oadstatus, Selectie
from services.diagnose.store import dossiers

_FORM: Final = TypeAdapter(Oad)

_RIJ: Final = (
    "SELECT o.id, o.inhoud, d.kandidaat_id, d.gemeentecode FROM oad_traject AS o"
    " JOIN dossier AS d ON d.id = o.dossier_id"
)

_BEWAAR: Final = """
INSERT INTO oad_traject
    (id, dossier_id, gemeentecode, status, gestart_op, beeindigd_op, bestemming, werk_na_6,
     werk_na_12, inhoud)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT (id) DO UPDATE
SET status = excluded.status, gestart_op = excluded.gestart_op,
    beeindigd_op = excluded.beeindigd_op, bestemming = excluded.bestemming,
    werk_na_6 = excluded.werk_na_6, werk_na_12 = excluded.werk_na_12, inhoud = excluded.inhoud
"""


@dataclass(frozen=True, slots=True)
class Samenvatting:
    """A line in the list of a dossier."""

    oad_id: UUID
    status: Oadstatus
    gestart_op: date | None
    beeindigd_op: date | None


async def bewaar(uow: UnitOfWork, dossier: Dossier, oad: Oad) -> None:
    """Store a new or changed one of a dossier that is under lock."""
    person = await uow.vault.person(uow, dossier.kandidaat_id)
    await uow.connection.execute(
        _BEWAAR,
        oad.oad_id,
        dossier.dossier_id,
        dossier.gemeentecode,
        oad.status,
        oad.start.gestart_op if oad.start else None,
        oad.einde.beeindigd_op if oad.einde else None,
        oad.einde.bestemming if oad.einde else None,
        oad.werk_na(6),
        oad.werk_na(12),
        person.seal(_FORM.dump_json(oad).decode(), _plaats(oad.oad_id)),
    )


async def heeft_open(uow: Reading, dossier: Dossier) -> bool:
    return bool(
        await uow.connection.fetchval(
            "SELECT true FROM oad_traject"
            " WHERE dossier_id = $1 AND status IN ('geselecteerd', 'gestart')",
            dossier.dossier_id,
        )
    )


async def selecties(uow: Reading, dossier: Dossier) -> list[Selectie]:
    """The front selections of a dossier, for an advies; whoever asks records that."""
    rows = await uow.connection.fetch(_RIJ + " WHERE o.dossier_id = $1", dossier.dossier_id)
    return [(await _open(uow, row)).selectie for row in rows]


async def neem(uow: UnitOfWork, dossier_id: UUID, oad_id: UUID) -> tuple[Dossier, Oad]:
    """With its dossier, under lock, to decide on. Raises NietGevonden."""
    dossier = await dossiers.neem(uow, dossier_id)
    row = await _rij(uow, dossier_id, oad_id)
    if row is None:
        raise NietGevonden
    return dossier, await _open(uow, row)


async def zie_in(uow: Reading, dossier_id: UUID, oad_id: UUID) -> Oad | None:
    """One for a person who asks; that it was read is recorded."""
    row = await _rij(uow, dossier_id, oad_id)
    if row is None:
        return None
    await uow.log_processing(
        "OAD-traject ingezien",
        kandidaat_id=row["kandidaat_id"],
        gemeentecode=row["gemeentecode"],
        activity="diagnose/dossier-inzien",
    )
    return await _open(uow, row)


async def lijst(uow: Reading, dossier_id: UUID) -> Sequence[Samenvatting] | None:
    """Of a dossier, in the order of their start; None when there is no such dossier."""
    if not await uow.connection.fetchval("SELECT true FROM dossier WHERE id = $1", dossier_id):
        return None
    rows = await uow.connection.fetch(
        "SELECT id, status, gestart_op, beeindigd_op FROM oad_traject"
        " WHERE dossier_id = $1 ORDER BY gestart_op, id",
        dossier_id,
    )
    return [
        Samenvatting(row["id"], Oadstatus(row["status"]), row["gestart_op"], row["beeindigd_op"])
        for row in rows
    ]


async def regels(
    uow: Reading, *, gemeentecode: str | None, vanaf: date | None, tot_en_met: date | None
) -> list[Oadregel]:
    """What is counted, of trajecten that began in a period."""
    rows = await uow.connection.fetch(
        "SELECT beeindigd_op, bestemming, werk_na_6, werk_na_12 FROM oad_traject"
        " WHERE gestart_op IS NOT NULL AND ($1::text IS NULL OR gemeentecode = $1)"
        " AND ($2::date IS NULL OR gestart_op >= $2) AND ($3::date IS NULL OR gestart_op <= $3)",
        gemeentecode,
        vanaf,
        tot_en_met,
    )
    return [
        Oadregel(
            beeindigd=row["beeindigd_op"] is not None,
            bestemming=Bestemming(row["bestemming"]) if row["bestemming"] else None,
            werk_na_6=row["werk_na_6"],
            werk_na_12=row["werk_na_12"],
        )
        for row in rows
    ]


async def _rij(uow: Reading, dossier_id: UUID, oad_id: UUID) -> asyncpg.Record | None:
    return await uow.connection.fetchrow(
        _RIJ + " WHERE o.dossier_id = $1 AND o.id = $2", dossier_id, oad_id
    )


async def _open(uow: Reading, row: asyncpg.Record) -> Oad:
    person = await uow.vault.person(uow, row["kandidaat_id"])
    return _FORM.validate_json(person.open(row["inhoud"], _plaats(row["id"])))


def _plaats(oad_id: UUID) -> str:
    return f"oad_traject.inhoud/{oad_id}"
