"""What a service has parked, and what a human does about it.

Four kinds of things wait here for someone: events that its consumer could not handle, messages it
could not read, events that the bus refused, and deadlines whose handler failed. Of an event only
the first of its aggregate is shown, with how many wait behind it: they follow when it is handled or
skipped. Nothing here shows a value from an event.

Everything may be asked twice and while the service runs: the row of the position decides, as it
does for the consumer itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final
from uuid import UUID

import structlog

from chassis import metrics
from chassis.consumer import Consumer, NotItsTurnError
from chassis.migrations import role_of
from chassis.relay import release
from chassis.tenancy import SYSTEM, isolate
from chassis.timers import retry, withdraw

if TYPE_CHECKING:
    import asyncpg

    from chassis.database import Database
    from chassis.unit_of_work import Reading, UnitOfWork

log = structlog.get_logger(__name__)


class Kind(StrEnum):
    """Where it got stuck."""

    CONSUMER = "consument"
    UNREADABLE = "onleesbaar"
    OUTBOX = "outbox"
    DEADLINE = "termijn"


def tables_sql(service: str) -> str:
    """What parking adds to the tables of the chassis: a name for each row, and the log of skips."""
    return (
        """
ALTER TABLE geparkeerd
    ADD COLUMN kenmerk uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE,
    ADD COLUMN vingerafdruk bytea,
    ADD UNIQUE (consument, topic, vingerafdruk);
COMMENT ON COLUMN geparkeerd.vingerafdruk IS
    'sha256 van een onleesbaar bericht: nog eens bezorgd is het hetzelfde.';

ALTER TABLE termijn ADD COLUMN geparkeerd_op timestamptz, ADD COLUMN kenmerk uuid;
CREATE INDEX termijn_geparkeerd ON termijn (vervalt_op) WHERE status = 'geparkeerd';

CREATE TABLE overgeslagen (
    kenmerk uuid PRIMARY KEY,
    soort text NOT NULL,
    consument text NOT NULL,
    bron text,
    aggregate_id uuid,
    versie integer,
    type text,
    gemeentecode text,
    foutklasse text NOT NULL,
    plaats text NOT NULL,
    geparkeerd_op timestamptz NOT NULL,
    topic text,
    sleutel bytea,
    headers jsonb,
    waarde bytea,
    vingerafdruk bytea,
    overgeslagen_op timestamptz NOT NULL,
    door text NOT NULL,
    reden text NOT NULL CHECK (reden <> '')
);
COMMENT ON TABLE overgeslagen IS
    'Logboek: wat een mens oversloeg, met waarom en door wie. Wordt nooit gewijzigd.';
CREATE INDEX overgeslagen_volgorde ON overgeslagen (overgeslagen_op, kenmerk);
CREATE INDEX overgeslagen_versie ON overgeslagen (consument, bron, aggregate_id, versie);
CREATE INDEX overgeslagen_bericht ON overgeslagen (consument, topic, vingerafdruk)
    WHERE vingerafdruk IS NOT NULL;
"""
        + isolate("overgeslagen", wsd_sees="false", systeem_sees=True)
        + f"REVOKE UPDATE, DELETE ON overgeslagen FROM {role_of(service)};"
    )


@dataclass(frozen=True, slots=True)
class Filter:
    """What to look at; None means any. parked_before: only what has been there since before."""

    kind: Kind | None = None
    failure: str | None = None
    type: str | None = None
    gemeentecode: str | None = None
    afnemer: str | None = None
    parked_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Parked:
    """One thing that waits for someone.

    reference: its name here, the same as long as it is parked. type: of the event, or the kind of
    the deadline. afnemers: who may see the event, and so may miss it. waiting: how many later
    events of the aggregate wait behind it.
    """

    reference: UUID
    kind: Kind
    failure: str
    place: str
    type: str | None
    event_id: UUID | None
    source: str | None
    subject: UUID | None
    version: int | None
    gemeentecode: str | None
    afnemers: tuple[str, ...]
    topic: str | None
    parked_at: datetime
    waiting: int


@dataclass(frozen=True, slots=True)
class Count:
    """How many things are parked with one error, and since when the oldest of them."""

    kind: Kind
    failure: str
    parked: int
    waiting: int
    oldest: datetime


@dataclass(frozen=True, slots=True)
class Redriven:
    """What came of trying again.

    handled: how many events were handled now. stopped_at: what stands in the way now, if anything.
    offered: whether it will be tried within seconds, by the relay or the timers.
    """

    reference: UUID
    subject: UUID | None
    handled: int
    stopped_at: Parked | None
    offered: bool = False


@dataclass(frozen=True, slots=True)
class Skipped:
    """A line of the log of skips."""

    reference: UUID
    kind: Kind
    failure: str
    type: str | None
    source: str | None
    subject: UUID | None
    version: int | None
    gemeentecode: str | None
    parked_at: datetime
    skipped_at: datetime
    by: str
    reason: str


class NotParkedError(LookupError):
    """It is not parked (any more): handled, skipped, or never there."""


class NotSkippableError(Exception):
    """Leaving this out would do harm; the text (Dutch) says what to do instead."""


_PARKED: Final = """
SELECT CASE WHEN g.aggregate_id IS NULL THEN 'onleesbaar' ELSE 'consument' END AS soort,
    g.kenmerk, g.bron, g.type, g.aggregate_id, g.versie, g.gemeentecode, g.foutklasse, g.plaats,
    g.topic, g.geparkeerd_op,
    (SELECT (h ->> 1)::uuid FROM jsonb_array_elements(g.headers) h
        WHERE g.aggregate_id IS NOT NULL AND h ->> 0 = 'ce_id') AS event_id,
    (SELECT string_to_array(replace(h ->> 1, '%2C', ','), ',')
        FROM jsonb_array_elements(g.headers) h
        WHERE g.aggregate_id IS NOT NULL AND h ->> 0 = 'afnemers') AS afnemers,
    (SELECT count(*) FROM geparkeerd w WHERE w.consument = g.consument AND w.bron = g.bron
        AND w.aggregate_id = g.aggregate_id AND w.versie > g.versie) AS wachtend
FROM geparkeerd g
WHERE NOT EXISTS (SELECT FROM geparkeerd e WHERE e.consument = g.consument AND e.bron = g.bron
    AND e.aggregate_id = g.aggregate_id AND e.versie < g.versie)
UNION ALL
SELECT 'outbox', o.event_id, NULL, o.type, o.aggregate_id, o.aggregate_versie, o.gemeentecode,
    o.foutklasse, '', NULL, o.geparkeerd_op, o.event_id, o.afnemers,
    (SELECT count(*) FROM outbox w WHERE w.aggregate_id = o.aggregate_id AND w.id > o.id)
FROM outbox o WHERE o.geparkeerd_op IS NOT NULL
UNION ALL
SELECT 'termijn', coalesce(t.kenmerk, t.id), NULL, t.soort, t.aggregate_id, NULL, t.gemeentecode,
    t.foutklasse, '', NULL, coalesce(t.geparkeerd_op, t.vervalt_op), NULL, NULL, 0
FROM termijn t WHERE t.status = 'geparkeerd'
"""

_FILTERED: Final = f"""
FROM ({_PARKED}) p
WHERE ($1::text IS NULL OR soort = $1) AND ($2::text IS NULL OR foutklasse = $2)
    AND ($3::text IS NULL OR type = $3) AND ($4::text IS NULL OR gemeentecode = $4)
    AND ($5::text IS NULL OR $5 = ANY(afnemers))
    AND ($6::timestamptz IS NULL OR geparkeerd_op < $6)
"""

_LIST_SQL: Final = f"""
SELECT * {_FILTERED}
    AND ($7::timestamptz IS NULL OR (geparkeerd_op, kenmerk) > ($7, $8))
ORDER BY geparkeerd_op, kenmerk LIMIT $9
"""

_COUNT_SQL: Final = f"""
SELECT soort, foutklasse, count(*) AS aantal, sum(wachtend)::bigint AS wachtend,
    min(geparkeerd_op) AS oudste
{_FILTERED} GROUP BY soort, foutklasse ORDER BY soort, foutklasse
"""

_FIND_SQL: Final = f"SELECT * FROM ({_PARKED}) p WHERE kenmerk = $1"  # noqa: S608 - our own text
_FIRST_SQL: Final = f"""
SELECT * FROM ({_PARKED}) p WHERE soort = 'consument' AND bron = $1 AND aggregate_id = $2
"""  # noqa: S608 - our own text

_SKIPPED_SQL: Final = """
SELECT kenmerk, soort, foutklasse, type, bron, aggregate_id, versie, gemeentecode, geparkeerd_op,
    overgeslagen_op, door, reden
FROM overgeslagen
"""


async def parked(
    uow: Reading, chosen: Filter, *, limit: int, after: tuple[datetime, UUID] | None = None
) -> list[Parked]:
    """What is parked, the longest parked first, after a place in that order."""
    moment, reference = after or (None, None)
    rows = await uow.connection.fetch(_LIST_SQL, *_values(chosen), moment, reference, limit)
    return [_parked(row) for row in rows]


async def counts(uow: Reading, chosen: Filter) -> list[Count]:
    """How many things are parked, by kind and error class."""
    rows = await uow.connection.fetch(_COUNT_SQL, *_values(chosen))
    return [
        Count(Kind(r["soort"]), r["foutklasse"], r["aantal"], r["wachtend"], r["oudste"])
        for r in rows
    ]


async def find(uow: Reading, reference: UUID) -> Parked | None:
    row = await uow.connection.fetchrow(_FIND_SQL, reference)
    return _parked(row) if row else None


async def skipped(
    uow: Reading, *, limit: int, after: tuple[datetime, UUID] | None = None
) -> list[Skipped]:
    """The log of skips, the oldest first, after a place in that order."""
    moment, reference = after or (None, None)
    rows = await uow.connection.fetch(
        _SKIPPED_SQL
        + "WHERE $1::timestamptz IS NULL OR (overgeslagen_op, kenmerk) > ($1, $2)"
        + " ORDER BY overgeslagen_op, kenmerk LIMIT $3",
        moment,
        reference,
        limit,
    )
    return [_skipped(row) for row in rows]


async def find_skipped(uow: Reading, reference: UUID) -> Skipped | None:
    row = await uow.connection.fetchrow(_SKIPPED_SQL + "WHERE kenmerk = $1", reference)
    return _skipped(row) if row else None


class Parking:
    """What a human does about what one service has parked. Each action commits by itself."""

    def __init__(self, database: Database, consumer: Consumer) -> None:
        self._database = database
        self._consumer = consumer

    async def redrive(self, reference: UUID) -> Redriven:
        """Try again, with everything of the aggregate that waits behind it, in order.

        Raises NotParkedError.
        """
        item = await self._find(reference)
        if item is None:
            raise NotParkedError
        return await self._redrive(item)

    async def redrive_all(self, chosen: Filter, limit: int) -> tuple[list[Redriven], int]:
        """Try everything of a choice again, the longest parked first, ``limit`` at most.

        Each aggregate stops at its own next failure and the others go on. Returns what came of
        each, and how many of the choice were not tried.
        """
        async with self._database.unit_of_work(SYSTEM) as uow:
            items = await parked(uow, chosen, limit=limit)
            total = sum(count.parked for count in await counts(uow, chosen))
        return [await self._redrive(item) for item in items], max(0, total - len(items))

    async def skip(self, reference: UUID, *, by: str, reason: str) -> tuple[Skipped, Redriven]:
        """Leave it out for good and handle what waits behind it, in order.

        It is kept in the log with the reason and who decided; asked again, that line is the answer.
        Raises NotParkedError, NotSkippableError.
        """
        async with self._database.unit_of_work(SYSTEM) as uow:
            item = await find(uow, reference)
            if item is not None and await self._leave_out(uow, item, by, reason):
                await uow.commit()
                self._report(item)
        async with self._database.unit_of_work(SYSTEM) as uow:
            line = await find_skipped(uow, reference)
        if line is None:
            raise NotParkedError
        if line.source is None or line.subject is None:
            return line, Redriven(reference, line.subject, 0, None)
        return line, await self._redrive_aggregate(reference, line.source, line.subject)

    async def _leave_out(self, uow: UnitOfWork, item: Parked, by: str, reason: str) -> bool:
        """False when someone else was first."""
        match item.kind:
            case Kind.OUTBOX:
                raise NotSkippableError(
                    "Een gebeurtenis die nog niet is gepubliceerd kan niet worden overgeslagen: "
                    "elke ontvanger zou op haar blijven wachten. Herstel de oorzaak en herhaal."
                )
            case Kind.DEADLINE:
                return await withdraw(uow, item.reference, by=by, reason=reason)
            case Kind.UNREADABLE | Kind.CONSUMER:
                try:
                    return await self._consumer.skip(uow, item.reference, by=by, reason=reason)
                except NotItsTurnError as error:
                    raise NotSkippableError(
                        "Deze gebeurtenis wacht op een eerdere die nog niet is ontvangen; er is "
                        "niets om over te slaan. Laat de dienst haar topics opnieuw lezen."
                    ) from error

    def _report(self, item: Parked) -> None:
        service = self._database.service
        metrics.SKIPPED.labels(service, item.kind.value).inc()
        log.warning(
            "geparkeerd_overgeslagen",
            dienst=service,
            soort=item.kind.value,
            type=item.type,
            fout=item.failure,
        )

    async def _redrive(self, item: Parked) -> Redriven:
        match item.kind:
            case Kind.OUTBOX:
                if item.subject is not None:
                    await release(self._database, item.subject)
                return Redriven(item.reference, item.subject, 0, None, offered=True)
            case Kind.DEADLINE:
                await retry(self._database, item.reference)
                return Redriven(item.reference, item.subject, 0, None, offered=True)
            case Kind.UNREADABLE:
                handled = await self._consumer.reread(item.reference)
                still = None if handled else await self._find(item.reference)
                return Redriven(item.reference, None, int(handled), still)
            case Kind.CONSUMER:
                if item.source is None or item.subject is None:
                    raise NotParkedError
                return await self._redrive_aggregate(item.reference, item.source, item.subject)

    async def _redrive_aggregate(self, reference: UUID, source: str, subject: UUID) -> Redriven:
        handled = await self._consumer.redrive(source, subject)
        async with self._database.unit_of_work(SYSTEM) as uow:
            row = await uow.connection.fetchrow(_FIRST_SQL, source, subject)
        return Redriven(reference, subject, handled, _parked(row) if row else None)

    async def _find(self, reference: UUID) -> Parked | None:
        async with self._database.unit_of_work(SYSTEM) as uow:
            return await find(uow, reference)


def _values(chosen: Filter) -> Sequence[object]:
    return (
        chosen.kind,
        chosen.failure,
        chosen.type,
        chosen.gemeentecode,
        chosen.afnemer,
        chosen.parked_before,
    )


def _parked(row: asyncpg.Record) -> Parked:
    return Parked(
        reference=row["kenmerk"],
        kind=Kind(row["soort"]),
        failure=row["foutklasse"],
        place=row["plaats"],
        type=row["type"],
        event_id=row["event_id"],
        source=row["bron"],
        subject=row["aggregate_id"],
        version=row["versie"],
        gemeentecode=row["gemeentecode"],
        afnemers=tuple(row["afnemers"] or ()),
        topic=row["topic"],
        parked_at=row["geparkeerd_op"],
        waiting=row["wachtend"],
    )


def _skipped(row: asyncpg.Record) -> Skipped:
    return Skipped(
        reference=row["kenmerk"],
        kind=Kind(row["soort"]),
        failure=row["foutklasse"],
        type=row["type"],
        source=row["bron"],
        subject=row["aggregate_id"],
        version=row["versie"],
        gemeentecode=row["gemeentecode"],
        parked_at=row["geparkeerd_op"],
        skipped_at=row["overgeslagen_op"],
        by=row["door"],
        reason=row["reden"],
    )
