"""Deadlines that outlive a restart: a row per deadline, fired once, in one transaction."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import structlog

from chassis.database import Database, is_transient
from chassis.retry import Backoff
from chassis.tenancy import SYSTEM
from chassis.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)

POLL_SECONDS: Final = 1.0


@dataclass(frozen=True)
class Deadline:
    """A deadline that has passed."""

    kind: str
    aggregate_id: UUID
    gemeentecode: str
    key: str
    due_at: datetime
    data: Mapping[str, Any]


DeadlineHandler = Callable[[UnitOfWork, Deadline], Awaitable[None]]

_DUE_SQL: Final = """
UPDATE termijn SET status = 'afgegaan' WHERE id = (
    SELECT id FROM termijn
    WHERE status = 'open' AND vervalt_op <= $1 AND soort = ANY($2::text[])
    ORDER BY vervalt_op, id LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING id, soort, aggregate_id, gemeentecode, sleutel, vervalt_op, gegevens
"""

_WITHDRAW_SQL: Final = """
WITH weg AS (
    UPDATE termijn SET status = 'ingetrokken'
    WHERE status = 'geparkeerd' AND coalesce(kenmerk, id) = $1 RETURNING *)
INSERT INTO overgeslagen (kenmerk, soort, consument, aggregate_id, type, gemeentecode, foutklasse,
    plaats, geparkeerd_op, overgeslagen_op, door, reden)
SELECT $1, 'termijn', current_schema(), aggregate_id, soort, gemeentecode, foutklasse, '',
    coalesce(geparkeerd_op, vervalt_op), $2, $3, $4
FROM weg RETURNING true
"""


async def retry(database: Database, reference: UUID) -> None:
    """Let a parked deadline fire again, within seconds; nothing when it is not parked."""
    async with database.unit_of_work(SYSTEM) as uow:
        await uow.connection.execute(
            "UPDATE termijn SET status = 'open', foutklasse = NULL"
            " WHERE status = 'geparkeerd' AND coalesce(kenmerk, id) = $1",
            reference,
        )
        await uow.commit()


async def withdraw(uow: UnitOfWork, reference: UUID, *, by: str, reason: str) -> bool:
    """Withdraw a parked deadline, and log that; False when it is not parked."""
    return bool(await uow.connection.fetchval(_WITHDRAW_SQL, reference, uow.now, by, reason))


class Timers:
    """Fires the deadlines of one service, each in the organisation of its gemeente."""

    def __init__(self, database: Database, handlers: Mapping[str, DeadlineHandler]) -> None:
        self._database = database
        self._handlers = handlers

    async def run(self) -> None:
        """Fire deadlines until cancelled."""
        backoff = Backoff()
        while True:
            try:
                fired = await self.fire_one()
                backoff.reset()
            except Exception as error:
                if not is_transient(error):
                    raise
                log.warning(
                    "termijnen_wachten", dienst=self._database.service, fout=type(error).__name__
                )
                await backoff.wait()
                continue
            if not fired:
                await asyncio.sleep(POLL_SECONDS)

    async def fire_due(self) -> int:
        """Fire everything that is due now. Returns how many."""
        count = 0
        while await self.fire_one():
            count += 1
        return count

    async def fire_one(self) -> bool:
        """Fire the oldest deadline that is due; False when there is none."""
        async with self._database.unit_of_work(SYSTEM) as uow:
            row = await uow.connection.fetchrow(_DUE_SQL, uow.now, list(self._handlers))
            if row is None:
                return False
            deadline = Deadline(
                row["soort"],
                row["aggregate_id"],
                row["gemeentecode"],
                row["sleutel"],
                row["vervalt_op"],
                json.loads(row["gegevens"]),
            )
            await uow.act_for(deadline.gemeentecode)
            try:
                await self._handlers[deadline.kind](uow, deadline)
                await uow.commit()
            except Exception as error:
                if is_transient(error):
                    raise
                failure = type(error).__name__
            else:
                return True
        await self._park(row["id"], deadline, failure)
        log.error(
            "termijn_geparkeerd", dienst=self._database.service, soort=deadline.kind, fout=failure
        )
        return True

    async def _park(self, id_: UUID, deadline: Deadline, error: str) -> None:
        """Set a deadline aside, unless it was moved or withdrawn since its handler failed."""
        async with self._database.unit_of_work(SYSTEM) as uow:
            await uow.connection.execute(
                "UPDATE termijn SET status = 'geparkeerd', foutklasse = $3, geparkeerd_op = $4,"
                " kenmerk = gen_random_uuid()"
                " WHERE id = $1 AND status = 'open' AND vervalt_op = $2",
                id_,
                deadline.due_at,
                error,
                uow.now,
            )
            await uow.commit()
