"""The same resident at two gemeenten: known to WSD only, once both have referred them.

A resident is entered here at the doorverwijzing, under a keyed hash that is the same in every
gemeente. No gemeente reads the table or writes in it, so none can learn from it who is where; the
transaction of the doorverwijzing acts for the chain itself while it looks: docs/decisions/0021.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID, uuid4

import asyncpg

from chassis.tenancy import SYSTEM
from chassis.unit_of_work import Reading, UnitOfWork

_KETENBREED: Final = "bsn/keten"

_SIGNALEER: Final = """
INSERT INTO signaal (id, kandidaat_id, andere_kandidaat_id, status, gesignaleerd_op)
VALUES ($1, $2, $3, 'open', $4)
ON CONFLICT (kandidaat_id, andere_kandidaat_id) DO UPDATE
SET status = 'open', gesignaleerd_op = excluded.gesignaleerd_op, afgehandeld_op = NULL
"""


class Signaalstatus(StrEnum):
    OPEN = "open"
    AFGEHANDELD = "afgehandeld"


@dataclass(frozen=True, slots=True)
class Signaal:
    """Two kandidaten that are one resident."""

    signaal_id: UUID
    kandidaat_ids: tuple[UUID, UUID]
    status: Signaalstatus
    gesignaleerd_op: datetime
    afgehandeld_op: datetime | None


async def nu_bij_wsd(uow: UnitOfWork, kandidaat_id: UUID, bsn: str) -> None:
    """WSD knows this kandidaat from here on; tell it of any other with the same BSN."""
    gemeente, kenmerk = uow.organisation, uow.vault.blind_index(_KETENBREED, bsn)
    await uow.act_for(SYSTEM)
    # Two gemeenten that refer one resident at the same moment: one of them sees the other.
    await uow.connection.execute(
        "SELECT pg_advisory_xact_lock($1)", int.from_bytes(kenmerk[:8], signed=True)
    )
    anderen = await uow.connection.fetch(
        "SELECT kandidaat_id FROM inwoner_bij_wsd WHERE kenmerk = $1 AND kandidaat_id <> $2",
        kenmerk,
        kandidaat_id,
    )
    await uow.connection.execute(
        "INSERT INTO inwoner_bij_wsd (kandidaat_id, kenmerk) VALUES ($1, $2)"
        " ON CONFLICT (kandidaat_id) DO UPDATE SET kenmerk = excluded.kenmerk",
        kandidaat_id,
        kenmerk,
    )
    for (andere,) in anderen:
        await uow.connection.execute(_SIGNALEER, uuid4(), *sorted((kandidaat_id, andere)), uow.now)
    await uow.act_for(gemeente)


async def niet_meer_bij_wsd(uow: UnitOfWork, kandidaat_id: UUID) -> None:
    """The kandidaat begins again at the gate: WSD does not see them until they are referred."""
    gemeente = uow.organisation
    await uow.act_for(SYSTEM)
    await uow.connection.execute(
        "DELETE FROM inwoner_bij_wsd WHERE kandidaat_id = $1", kandidaat_id
    )
    await uow.act_for(gemeente)


async def lijst(
    uow: Reading,
    *,
    status: Signaalstatus | None,
    na: tuple[datetime, UUID] | None,
    aantal: int,
) -> Sequence[Signaal]:
    """Signalen about kandidaten that this organisation sees both, the oldest first."""
    rows = await uow.connection.fetch(
        "SELECT * FROM signaal WHERE ($1::text IS NULL OR status = $1)"
        " AND ($2::timestamptz IS NULL OR (gesignaleerd_op, id) > ($2, $3))"
        " ORDER BY gesignaleerd_op, id LIMIT $4",
        status,
        na[0] if na else None,
        na[1] if na else None,
        aantal,
    )
    return [_signaal(row) for row in rows]


async def handel_af(uow: UnitOfWork, signaal_id: UUID) -> Signaal | None:
    """Settled; a second time changes nothing. None when this organisation sees no such signaal."""
    row = await uow.connection.fetchrow(
        "UPDATE signaal SET status = 'afgehandeld', afgehandeld_op = coalesce(afgehandeld_op, $2)"
        " WHERE id = $1 RETURNING *",
        signaal_id,
        uow.now,
    )
    return _signaal(row) if row else None


def _signaal(row: asyncpg.Record) -> Signaal:
    return Signaal(
        signaal_id=row["id"],
        kandidaat_ids=(row["kandidaat_id"], row["andere_kandidaat_id"]),
        status=Signaalstatus(row["status"]),
        gesignaleerd_op=row["gesignaleerd_op"],
        afgehandeld_op=row["afgehandeld_op"],
    )
