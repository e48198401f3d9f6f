"""One change of state with everything that belongs to it, all or nothing."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Protocol, Self
from uuid import UUID, uuid4

import asyncpg

from chassis import trace
from chassis.handover import HOLDER, Rows
from chassis.outbox import APPEND_SQL, shard_of
from chassis.tenancy import act_for, is_gemeente
from contracts.envelope import MAX_EVENT_BYTES

if TYPE_CHECKING:
    from chassis.database import Database
    from chassis.vault import Vault
    from contracts.gebeurtenis import Gebeurtenis

MAX_DATA_BYTES: Final = MAX_EVENT_BYTES - 4096
"""Leaves room for the headers within the size every CloudEvents intermediary forwards."""

_LOG_SQL: Final = """
INSERT INTO verwerking
    (trace_id, span_id, naam, verwerkingsactiviteit, betrokkene, gemeentecode, organisatie,
     begin, eind)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""

_SCHEDULE_SQL: Final = """
INSERT INTO termijn (id, gemeentecode, aggregate_id, soort, sleutel, vervalt_op, gegevens)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (soort, aggregate_id, sleutel) DO UPDATE
SET vervalt_op = excluded.vervalt_op, gegevens = excluded.gegevens, status = 'open',
    foutklasse = NULL
"""

_HELD_BY_SQL: Final = """
INSERT INTO houder (aggregate_id, gemeentecode) VALUES ($1, $2)
ON CONFLICT (aggregate_id) DO UPDATE SET gemeentecode = excluded.gemeentecode
"""

_CONNECTION_ERRORS: Final = (
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    OSError,
)


class EventTooLargeError(ValueError):
    """The data of an event leaves no room for its headers within 64 KB."""


class Reading(Protocol):
    """A unit of work as one who reads sees it: to look, and to record that personal data was."""

    @property
    def connection(self) -> asyncpg.Connection[asyncpg.Record]: ...
    @property
    def organisation(self) -> str: ...
    @property
    def now(self) -> datetime: ...
    @property
    def vault(self) -> Vault: ...

    async def log_processing(
        self, name: str, *, kandidaat_id: UUID, gemeentecode: str, activity: str
    ) -> None: ...


class UnitOfWork:
    """A transaction that acts for one organisation. Without ``commit`` nothing has happened.

    Lock the row of the aggregate before you decide on it (``SELECT … FOR UPDATE``), then change
    it, ``emit`` what happened, and let the caller commit: the web layer or the consumer does so
    exactly once, when the answer is known. A use case never commits.
    """

    def __init__(
        self,
        database: Database,
        organisation: str,
        traceparent: str | None,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        self.organisation = organisation
        self._settings = settings or {}
        self.now: datetime = database.clock.now()
        self.trace = trace.accept(traceparent)
        self._database = database
        self._connection: asyncpg.Connection[asyncpg.Record] | None = None
        self._events: list[tuple[Any, ...]] = []
        self._after: list[Callable[[], None]] = []
        self._open = False

    @property
    def connection(self) -> asyncpg.Connection[asyncpg.Record]:
        """The connection, inside the open transaction, with row-level security in force."""
        if self._connection is None or not self._open:
            raise RuntimeError("a unit of work is used inside its own `async with`, before commit")
        return self._connection

    @property
    def vault(self) -> Vault:
        """Where this service keeps personal data. Raises RuntimeError where it keeps none."""
        if self._database.vault is None:
            raise RuntimeError(f"{self._database.service} has no key ring for personal data")
        return self._database.vault

    async def __aenter__(self) -> Self:
        self._connection = await self._database.acquire()
        try:
            settings = [f"SET LOCAL {name} = '{value}'" for name, value in self._settings.items()]
            begin = "; ".join(("BEGIN", act_for(self.organisation), *settings))
            await self._connection.execute(begin)
        except BaseException:
            await self._release()
            raise
        self._open = True
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        try:
            if self._open:
                with contextlib.suppress(*_CONNECTION_ERRORS):
                    # A connection that cannot roll back is lost, and its transaction with it.
                    await self.connection.execute("ROLLBACK")
        finally:
            self._open = False
            await self._release()

    def emit(self, event: Gebeurtenis, *, afnemers: Collection[str]) -> None:
        """Say that something has happened, when and only when this unit of work commits.

        afnemers: the organisations that may see it (gemeentecode or ``wsd``).
        Raises EventTooLargeError.
        """
        if not self._open:
            raise RuntimeError("nothing can be emitted after the commit")
        data = event.json_bytes()
        if len(data) > MAX_DATA_BYTES:
            raise EventTooLargeError(event.type())
        self._events.append(
            (
                shard_of(event.kandidaat_id.int),
                event.kandidaat_id,
                uuid4(),
                event.gemeentecode,
                event.type(),
                event.dataschema(),
                event.dataref(),
                self.now,
                self.trace.traceparent,
                sorted(set(afnemers)),
                data,
                self.trace.trace_id,
                self.trace.span_id,
                f"{event.dienst}/{event.naam}",
                self.organisation,
                self.now,
            )
        )

    def after_commit(self, call: Callable[[], None]) -> None:
        """Do something when and only when this unit of work commits: wake someone, not more."""
        self._after.append(call)

    async def log_processing(
        self, name: str, *, kandidaat_id: UUID, gemeentecode: str, activity: str
    ) -> None:
        """Record that personal data of a kandidaat was processed (Logboek Dataverwerkingen).

        Emitting an event records its own processing; call this where data is read without one.
        """
        await self.connection.execute(
            _LOG_SQL,
            self.trace.trace_id,
            self.trace.span_id,
            name,
            activity,
            kandidaat_id,
            gemeentecode,
            self.organisation,
            self.now,
            self._database.clock.now(),
        )

    async def schedule(
        self,
        kind: str,
        *,
        aggregate_id: UUID,
        gemeentecode: str,
        due_at: datetime,
        key: str = "",
        data: Mapping[str, Any] | None = None,
    ) -> None:
        """Set a deadline, or move the one with the same kind, aggregate and key."""
        await self.connection.execute(
            _SCHEDULE_SQL,
            uuid4(),
            gemeentecode,
            aggregate_id,
            kind,
            key,
            due_at,
            json.dumps(dict(data or {})),
        )

    async def cancel(self, kind: str, *, aggregate_id: UUID, key: str | None = None) -> None:
        """Withdraw the open deadlines of a kind, all of them or the one with ``key``."""
        await self.connection.execute(
            "UPDATE termijn SET status = 'ingetrokken' WHERE soort = $1 AND aggregate_id = $2"
            " AND status = 'open' AND ($3::text IS NULL OR sleutel = $3)",
            kind,
            aggregate_id,
            key,
        )

    async def act_for(self, organisation: str) -> None:
        """Let the rest of the transaction act for another organisation (the chassis only)."""
        await self.connection.execute(act_for(organisation))
        self.organisation = organisation

    async def hand_over(self, kandidaat_id: UUID, to: str, rows: Sequence[Rows]) -> None:
        """Give what this gemeente has of a kandidaat to another, and act for that one from here.

        rows: all of them, in every table, with the deadlines. What was emitted before is written
        now, for the gemeente that receives: an event of a hand-over is of both. Lock the aggregate
        first. Raises ValueError where a gemeente does not hand over to another.
        """
        if not (is_gemeente(self.organisation) and is_gemeente(to)) or to == self.organisation:
            raise ValueError("alleen een gemeente draagt over, aan een andere gemeente")
        await self.connection.execute(f"SET LOCAL meedoen.overdracht_naar = '{to}'")
        await self._move(kandidaat_id, to, (*rows, HOLDER))
        await self.connection.execute("SET LOCAL meedoen.overdracht_naar = ''")
        await self.act_for(to)
        await self._hold(kandidaat_id)
        await self._write_events()

    async def _move(self, kandidaat_id: UUID, to: str, rows: Sequence[Rows]) -> None:
        for moved in rows:
            await self.connection.execute(moved.sql, kandidaat_id, to)

    async def _hold(self, kandidaat_id: UUID) -> None:
        await self.connection.execute(_HELD_BY_SQL, kandidaat_id, self.organisation)

    async def _write_events(self) -> None:
        if self._events:
            await self.connection.executemany(APPEND_SQL, self._events)
            self.after_commit(self._database.outbox_bell.ring)
            self._events = []

    async def commit(self) -> None:
        """Write the events and commit. When this raises, nothing has happened."""
        await self._write_events()
        # After a statement that failed unnoticed, PostgreSQL answers COMMIT with a rollback.
        if await self.connection.execute("COMMIT") != "COMMIT":
            raise asyncpg.InFailedSQLTransactionError("a statement failed: all was rolled back")
        self._open = False
        for call in self._after:
            call()

    async def _release(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(*_CONNECTION_ERRORS):
                await self._database.release(connection)
