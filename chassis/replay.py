"""Rebuilding a projection from history, beside the live one, and putting it in its place at once.

A projection is a service's own copy of what others said. It is rebuilt in temporary tables with the
names, columns, checks, indexes and row-level security of the real ones: a reaction that says
``kandidaat`` then means the temporary table, and runs as it is. Every transaction in which a
reaction runs again is read only, in which PostgreSQL lets nobody write anything but temporary
tables. So whatever a reaction is, it cannot act outward a second time, and who stops halfway leaves
nothing behind.

The rebuilt tables are brought to exactly where the consumer is, with the consumer held for a moment
by a lock on its positions. What differs is then changed in the real tables, in that transaction:
they stay the same tables, so that all that refers to them (foreign keys, policies, rights) stays as
it was. Kandidaten whose history is not complete any more are left alone, and counted.
"""

from __future__ import annotations

import contextlib
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn, Protocol
from uuid import UUID

import asyncpg

from chassis.bus.protocol import Message
from chassis.consumer import Effect, Reaction, Received
from chassis.database import Database
from chassis.handover import Rows
from chassis.tenancy import SYSTEM
from chassis.unit_of_work import UnitOfWork
from contracts.afnemers import GEMEENTEN, dienst_topic
from contracts.envelope import CloudEvent, EnvelopeError


class History(Protocol):
    """Everything that was ever said on some topics, as far as it is still kept."""

    def read_on(self) -> AsyncIterator[Sequence[Message]]:
        """What is there by now and was not read yet, in order per key; then it ends."""
        ...


class OutwardEffectError(Exception):
    """A reaction does more than write its projection, so it may not be done again."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"Dit is geen projectie: {what}. Een reactie die naar buiten werkt wordt nooit "
            "herspeeld; er is niets gewijzigd."
        )


class ReplayFailedError(Exception):
    """The projection could not be rebuilt; the text (Dutch) says where. Nothing has changed."""


@dataclass(frozen=True)
class Projection:
    """Tables that hold nothing but what these reactions write in them.

    tables: each with the column that says which aggregate a row is of; a table comes after those it
    refers to. Raises OutwardEffectError for a reaction that does not declare itself a projection.
    """

    name: str
    tables: Mapping[str, str]
    reactions: Sequence[Reaction[Any]]

    def __post_init__(self) -> None:
        for reaction in self.reactions:
            if reaction.effect is not Effect.PROJECTION:
                raise OutwardEffectError(f"de reactie op {reaction.on.type()} werkt naar buiten")

    @property
    def services(self) -> frozenset[str]:
        """Whose events it is made of."""
        return frozenset(reaction.on.dienst for reaction in self.reactions)

    @property
    def topics(self) -> tuple[str, ...]:
        return tuple(sorted(dienst_topic(service) for service in self.services))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a replay did. rebuilt: aggregates whose history is whole; of those ``changed`` differed
    from the live tables. incomplete: aggregates that were left alone, for want of history."""

    events: int
    rebuilt: int
    changed: int
    incomplete: int


Stream = tuple[str, UUID]
"""A source and an aggregate."""


@dataclass(frozen=True, slots=True)
class _Table:
    name: str
    aggregate: str
    columns: tuple[str, ...]
    """Without a generated number, which says nothing but an order."""
    key: tuple[str, ...]
    number: str | None
    """The column with that number, if it has one."""


class _ReplayUnit(UnitOfWork):
    """A unit of work in which nothing gets out: only rows of the projection are handed over."""

    tables: Collection[str] = ()

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise OutwardEffectError("een reactie zegt, plant of logt iets")

    emit = schedule = cancel = log_processing = after_commit = _refuse

    async def _move(self, kandidaat_id: UUID, to: str, rows: Sequence[Rows]) -> None:
        await super()._move(
            kandidaat_id, to, [moved for moved in rows if moved.table in self.tables]
        )

    async def _hold(self, kandidaat_id: UUID) -> None:
        """Who holds a kandidaat during a replay is for the replay to remember."""


@dataclass
class Replay:
    """One rebuilding of one projection of a service.

    url: of the service's own role. The temporary tables live as long as its one connection.
    swap: False only compares. each: is told how many events were read so far.
    """

    service: str
    url: str
    projection: Projection
    history: History
    swap: bool = True
    each: Callable[[int], None] = lambda _: None
    _read: dict[Stream, int] = field(default_factory=dict)
    """How far history was read without a gap."""
    _positions: dict[Stream, int] = field(default_factory=dict)
    """How far it was handled again."""
    _ahead: dict[Stream, deque[CloudEvent]] = field(default_factory=lambda: defaultdict(deque))
    """What was read and waits until the consumer has handled it."""
    _holders: dict[UUID, str] = field(default_factory=dict)
    """The gemeente that holds each aggregate in the rebuilt tables, as ``houder`` does live."""
    _gemeenten: set[str] = field(default_factory=lambda: set(GEMEENTEN))
    _skipped: set[tuple[str, UUID, int]] = field(default_factory=set)
    _tables: list[_Table] = field(default_factory=list)
    _events: int = 0

    async def run(self) -> Outcome:
        """Rebuild, catch up, and put it in place. Raises OutwardEffectError, ReplayFailedError."""
        async with Database(self.service, self.url, pool_size=1) as database:
            await self._make_tables(database)
            async for batch in self.history.read_on():
                async with self._unit(database, read_only=True) as uow:
                    self._queue(batch)
                    await self._handle(uow, await self._live(uow, among=self._ahead))
                    await uow.commit()
            async with self._unit(database, read_only=False) as uow:
                await self._hold_the_consumer(uow)
                async for batch in self.history.read_on():
                    self._queue(batch)
                live = await self._live(uow)
                async with _read_only(uow):
                    await self._handle(uow, live)
                    await self._give_to_the_live_holders(uow)
                outcome = await self._compare(uow, live)
                if self.swap:
                    await self._put_in_place(uow)
                    await uow.commit()
        return outcome

    async def _hold_the_consumer(self, uow: UnitOfWork) -> None:
        """Until the end of the transaction. Whoever reads the projection is not held."""
        try:
            await uow.connection.execute("LOCK TABLE positie IN SHARE ROW EXCLUSIVE MODE")
        except asyncpg.LockNotAvailableError as error:
            raise ReplayFailedError(
                "De dienst is te druk om even stil te houden. Er is niets gewijzigd; probeer het "
                "opnieuw."
            ) from error

    def _unit(self, database: Database, *, read_only: bool) -> _ReplayUnit:
        settings = {
            "statement_timeout": "0",
            "idle_in_transaction_session_timeout": "0",
            "transaction_read_only": "on" if read_only else "off",
        }
        unit = _ReplayUnit(database, SYSTEM, None, settings)
        unit.tables = self.projection.tables
        return unit

    # -- the temporary tables -----------------------------------------------------------------

    async def _make_tables(self, database: Database) -> None:
        """As the real ones. What hangs on a table is read before the temporary one hides it."""
        async with self._unit(database, read_only=False) as uow:
            statements: list[str] = []
            for name, aggregate in self.projection.tables.items():
                self._tables.append(await _describe(uow, name, aggregate))
                statements += await _policies(uow, name)
                statements += await _references(uow, name, self.projection.tables)
            for name in self.projection.tables:
                await uow.connection.execute(
                    f"CREATE TEMPORARY TABLE {name} (LIKE {self.service}.{name} INCLUDING ALL)"
                )
            for statement in statements:
                await uow.connection.execute(statement)
            await uow.connection.execute(
                "CREATE TEMPORARY TABLE herspeeld (aggregate_id uuid PRIMARY KEY);"
                "CREATE TEMPORARY TABLE verschil (aggregate_id uuid PRIMARY KEY)"
            )
            await uow.commit()

    async def _live(
        self, uow: UnitOfWork, *, among: Collection[Stream] | None = None
    ) -> dict[Stream, int]:
        """Where the consumer is, in the streams that the projection is made of.

        What a human left out before it came there stays out, so that is read after it.
        """
        only = None if among is None else [aggregate for _, aggregate in among]
        rows = await uow.connection.fetch(
            "SELECT bron, aggregate_id, versie FROM positie WHERE consument = $1"
            " AND bron LIKE ANY($2::text[]) AND ($3::uuid[] IS NULL OR aggregate_id = ANY($3))",
            self.service,
            [f"%:systeem:{service}" for service in self.projection.services],
            only,
        )
        skipped = await uow.connection.fetch(
            "SELECT bron, aggregate_id, versie FROM overgeslagen WHERE consument = $1"
            " AND versie IS NOT NULL AND ($2::uuid[] IS NULL OR aggregate_id = ANY($2))",
            self.service,
            only,
        )
        self._skipped |= {(row["bron"], row["aggregate_id"], row["versie"]) for row in skipped}
        return {(row["bron"], row["aggregate_id"]): row["versie"] for row in rows}

    # -- history ------------------------------------------------------------------------------

    def _queue(self, batch: Sequence[Message]) -> None:
        """Put what was read in line. Behind a gap nothing is: what is lost does not come back."""
        for message in batch:
            try:
                envelope = CloudEvent.from_kafka(message.headers, message.value)
            except EnvelopeError:
                continue  # The consumer could not read it either.
            stream = (envelope.source, envelope.subject)
            if envelope.aggregateversion == self._read.get(stream, 0) + 1:
                self._read[stream] = envelope.aggregateversion
                self._ahead[stream].append(envelope)

    async def _handle(self, uow: UnitOfWork, live: Mapping[Stream, int]) -> None:
        """Handle again what the consumer has handled, and leave what it has not for later."""
        for stream in list(self._ahead):
            waiting = self._ahead[stream]
            while waiting and waiting[0].aggregateversion <= live.get(stream, 0):
                envelope = waiting.popleft()
                if (*stream, envelope.aggregateversion) not in self._skipped:
                    await self._react(uow, envelope)
                self._positions[stream] = envelope.aggregateversion
                self._events += 1
            if not waiting:
                del self._ahead[stream]
        self.each(self._events)

    async def _react(self, uow: UnitOfWork, envelope: CloudEvent) -> None:
        for reaction in self.projection.reactions:
            if reaction.on.type() != envelope.type:
                continue
            self._gemeenten.add(envelope.gemeentecode)
            await uow.act_for(self._holders.get(envelope.subject, envelope.gemeentecode))
            uow.now = envelope.time
            try:
                event = reaction.on.lees(envelope.data)
                await reaction.do(uow, Received(event, envelope))
                self._holders[envelope.subject] = uow.organisation
            except OutwardEffectError:
                raise
            except asyncpg.ReadOnlySQLTransactionError as error:
                raise OutwardEffectError(
                    f"de reactie op {envelope.type} schrijft buiten de projectie"
                ) from error
            except Exception as error:
                raise ReplayFailedError(
                    f"{envelope.type} met id {envelope.id} kan niet opnieuw worden verwerkt "
                    f"({type(error).__name__}). Er is niets gewijzigd."
                ) from error

    async def _give_to_the_live_holders(self, uow: _ReplayUnit) -> None:
        """Between sources history has no order: of a hand-over that not all of them know yet, the
        live tables may know more than the rebuilt ones, or less."""
        await uow.act_for(SYSTEM)
        rows = await uow.connection.fetch(
            "SELECT aggregate_id, gemeentecode FROM houder WHERE aggregate_id = ANY($1)",
            list(self._holders),
        )
        tables = [Rows(name, f"{column} = $1") for name, column in self.projection.tables.items()]
        for aggregate, holder in rows:
            if holder != self._holders[aggregate]:
                await uow.act_for(self._holders[aggregate])
                await uow.hand_over(aggregate, holder, tables)

    # -- the swap -----------------------------------------------------------------------------

    async def _compare(self, uow: UnitOfWork, live: Mapping[Stream, int]) -> Outcome:
        """Find which aggregates are whole, and which of those differ from the real tables."""
        at: dict[UUID, bool] = {}
        for (source, aggregate), version in live.items():
            is_whole = self._positions.get((source, aggregate), 0) == version
            at[aggregate] = at.get(aggregate, True) and is_whole
        whole = [aggregate for aggregate, is_whole in at.items() if is_whole]
        await uow.connection.execute(
            "INSERT INTO pg_temp.herspeeld SELECT unnest($1::uuid[])", whole
        )
        async for table in self._as_each_gemeente(uow, self._tables):
            live_rows, new_rows = (_rows(table, schema) for schema in (self.service, "pg_temp"))
            await uow.connection.execute(
                f"INSERT INTO pg_temp.verschil SELECT DISTINCT {table.aggregate} FROM ("  # noqa: S608
                f" ({live_rows} EXCEPT {new_rows}) UNION ALL ({new_rows} EXCEPT {live_rows})) d"
                " ON CONFLICT DO NOTHING"
            )
        changed = await uow.connection.fetchval("SELECT count(*) FROM pg_temp.verschil")
        return Outcome(self._events, len(whole), changed, len(at) - len(whole))

    async def _put_in_place(self, uow: UnitOfWork) -> None:
        try:
            async for table in self._as_each_gemeente(uow, self._tables[::-1]):
                await uow.connection.execute(_remove(table, self.service))
            async for table in self._as_each_gemeente(uow, self._tables):
                await uow.connection.execute(_add(table, self.service))
        except asyncpg.ForeignKeyViolationError as error:
            raise ReplayFailedError(
                "Uit de geschiedenis volgt dat een rij vervalt waar de dienst zelf al op rust "
                f"({error.table_name}). Er is niets gewijzigd."
            ) from error

    async def _as_each_gemeente(
        self, uow: UnitOfWork, tables: Sequence[_Table]
    ) -> AsyncIterator[_Table]:
        """Each table as each gemeente: nobody may see or write all rows at once."""
        for table in tables:
            for gemeente in sorted(self._gemeenten):
                await uow.act_for(gemeente)
                yield table


@contextlib.asynccontextmanager
async def _read_only(uow: UnitOfWork) -> AsyncIterator[None]:
    """A part of a transaction in which only temporary tables can be written."""
    await uow.connection.execute("SAVEPOINT herspelen; SET LOCAL transaction_read_only = on")
    yield
    await uow.connection.execute("RELEASE SAVEPOINT herspelen")


async def _describe(uow: UnitOfWork, name: str, aggregate: str) -> _Table:
    rows = await uow.connection.fetch(
        """
        SELECT a.attname, a.attidentity <> '' AS is_number, i.indrelid IS NOT NULL AS is_key
        FROM pg_attribute a
        LEFT JOIN pg_index i ON i.indrelid = a.attrelid AND i.indisprimary
            AND a.attnum = ANY(i.indkey)
        WHERE a.attrelid = to_regclass($1) AND a.attnum > 0 AND NOT a.attisdropped
            AND a.attgenerated = ''
        ORDER BY a.attnum
        """,
        name,
    )
    numbers = [row["attname"] for row in rows if row["is_number"]]
    return _Table(
        name,
        aggregate,
        columns=tuple(row["attname"] for row in rows if not row["is_number"]),
        key=tuple(row["attname"] for row in rows if row["is_key"]),
        number=numbers[0] if numbers else None,
    )


async def _policies(uow: UnitOfWork, name: str) -> list[str]:
    """The row-level security of a table, for the temporary one of that name."""
    rows = await uow.connection.fetch(
        "SELECT polname, CASE polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT'"
        " WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ELSE 'ALL' END AS command,"
        " pg_get_expr(polqual, polrelid) AS visible,"
        " pg_get_expr(polwithcheck, polrelid) AS writable"
        " FROM pg_policy WHERE polrelid = to_regclass($1)",
        name,
    )
    if not rows:
        return []
    return [
        f"ALTER TABLE pg_temp.{name} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE pg_temp.{name} FORCE ROW LEVEL SECURITY",
        *(
            f"CREATE POLICY {row['polname']} ON pg_temp.{name} FOR {row['command']}"
            + f" USING ({row['visible']})"
            + (f" WITH CHECK ({row['writable']})" if row["writable"] else "")
            for row in rows
        ),
    ]


async def _references(uow: UnitOfWork, name: str, tables: Collection[str]) -> list[str]:
    """The foreign keys from a table to others of the projection."""
    rows = await uow.connection.fetch(
        "SELECT conname, pg_get_constraintdef(oid) AS definition FROM pg_constraint"
        " WHERE conrelid = to_regclass($1) AND contype = 'f'"
        " AND confrelid IN (SELECT to_regclass(t) FROM unnest($2::text[]) t)",
        name,
        list(tables),
    )
    return [
        f"ALTER TABLE pg_temp.{name} ADD CONSTRAINT {row['conname']} {row['definition']}"
        for row in rows
    ]


def _rows(table: _Table, schema: str) -> str:
    """What a table says of the aggregates whose history is whole; numbers only as an order."""
    columns = ", ".join(table.columns)
    if table.number:
        columns += f", row_number() OVER (PARTITION BY {table.aggregate} ORDER BY {table.number})"
    return (
        f"SELECT {columns} FROM {schema}.{table.name}"  # noqa: S608 - names from the catalog
        f" WHERE {table.aggregate} IN (SELECT aggregate_id FROM pg_temp.herspeeld)"
    )


def _remove(table: _Table, schema: str) -> str:
    """Take away what the rebuilt table has not; with numbers everything, to number it again."""
    same = " AND ".join(f"n.{column} = l.{column}" for column in table.key)
    return (
        f"DELETE FROM {schema}.{table.name} l"  # noqa: S608 - names from the catalog
        f" WHERE {table.aggregate} IN (SELECT aggregate_id FROM pg_temp.verschil)"
        + (
            ""
            if table.number
            else f" AND NOT EXISTS (SELECT FROM pg_temp.{table.name} n WHERE {same})"
        )
    )


def _add(table: _Table, schema: str) -> str:
    """Put in, or right, what the rebuilt table has."""
    columns = ", ".join(table.columns)
    rest = [column for column in table.columns if column not in table.key]
    changes = ", ".join(f"{column} = excluded.{column}" for column in rest)
    return (
        f"INSERT INTO {schema}.{table.name} ({columns})"  # noqa: S608 - names from the catalog
        f" SELECT {columns} FROM pg_temp.{table.name}"
        f" WHERE {table.aggregate} IN (SELECT aggregate_id FROM pg_temp.verschil)"
        + (
            f" ORDER BY {table.number}"
            if table.number
            else f" ON CONFLICT ({', '.join(table.key)}) DO "
            + (f"UPDATE SET {changes}" if changes else "NOTHING")
        )
    )
