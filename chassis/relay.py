"""From the outbox to the bus: in order, none lost, one relay at a time per shard.

A round is one transaction: take the advisory locks of shards where something waits, read their rows
by id, publish, await the acknowledgements, delete, commit. Locks, rows and deletion live and die
together: a relay that is killed leaves nothing to clean up, and whoever comes next starts where it
stopped. A crash between acknowledgement and commit sends the same rows again, which consumers
recognise by version.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Final
from uuid import UUID

import asyncpg
import structlog

from chassis import metrics
from chassis.bus.protocol import Bus, BusUnavailableError, Message
from chassis.database import Database, is_transient
from chassis.outbox import SHARDS
from chassis.retry import Backoff
from chassis.tenancy import SYSTEM
from contracts.afnemers import ORGANISATIES, afnemer_topic, dienst_topic
from contracts.envelope import sequence_text, time_text

log = structlog.get_logger(__name__)

BATCH: Final = 1000
POLL_SECONDS: Final = 1.0
_WORKERS: Final = 4
"""Rounds side by side: while one awaits acknowledgements another reads and encodes."""
_SHARDS_PER_ROUND: Final = 6
_NEVER: Final = 2**63

SETTINGS: Final = {
    # A deletion that a crash undoes is a second publication, which is allowed; waiting for the
    # disk would only make every event later.
    "synchronous_commit": "off",
    # The outbox is empty or full within a second, so the planner never knows its size. Left to
    # itself it reads all that waits for each batch; the indexes are in the right order already.
    "enable_seqscan": "off",
    "enable_bitmapscan": "off",
    "enable_sort": "off",
}

_OLDEST: Final = """
FROM outbox o
WHERE o.shard BETWEEN s.shard AND s.shard AND geparkeerd_op IS NULL AND NOT EXISTS (
    SELECT FROM outbox p WHERE p.aggregate_id = o.aggregate_id AND p.geparkeerd_op IS NOT NULL)
ORDER BY o.shard, o.id LIMIT
"""
"""What waits in a shard: not parked, nor behind something of its aggregate that is.

BETWEEN and not =, so that only the index on (shard, id) gives this order; with the primary key a
shard with little would be looked for among all the others."""

TAKE_SQL: Final = f"""
WITH waiting AS MATERIALIZED (
    SELECT s.shard, (SELECT o.id {_OLDEST} 1) AS oldest
    FROM generate_series(0, {SHARDS - 1}) AS s (shard) ORDER BY oldest
)
SELECT shard FROM waiting WHERE oldest IS NOT NULL
    AND pg_try_advisory_xact_lock(hashtext('relay ' || current_schema()), shard)
LIMIT {_SHARDS_PER_ROUND}
"""  # noqa: S608 - our own text
"""Take shards that no other relay holds, those that wait longest first."""

READ_SQL: Final = f"""
SELECT rows.* FROM unnest($1::int[]) AS s (shard), LATERAL (
    SELECT id, event_id, aggregate_id, aggregate_versie, gemeentecode, type, dataschema, dataref,
           tijd, traceparent, afnemers, data
    {_OLDEST} $2) AS rows
"""  # noqa: S608 - our own text
"""A statement of its own, after the locks: it must see what the last holder of a shard deleted."""


async def release(database: Database, aggregate_id: UUID) -> None:
    """Let the relay try again what was parked of an aggregate, and what waits behind it, in order.

    Within seconds, and by whichever relay has its shard.
    """
    async with database.unit_of_work(SYSTEM) as uow:
        await uow.connection.execute(
            "UPDATE outbox SET geparkeerd_op = NULL, foutklasse = NULL"
            " WHERE aggregate_id = $1 AND geparkeerd_op IS NOT NULL",
            aggregate_id,
        )
        await uow.commit()
    database.outbox_bell.ring()


class Relay:
    """Publishes what one service has to say."""

    def __init__(self, database: Database, bus: Bus, *, oin: str) -> None:
        self._database = database
        self._bus = bus
        self._source = f"urn:nld:oin:{oin}:systeem:{database.service}".encode()
        self._topic = dienst_topic(database.service)
        self._at_the_bell = asyncio.Lock()
        """One worker waits for the bell at a time, so that a ring wakes one."""

    async def run(self) -> None:
        """Relay until cancelled. Outages of database or bus are waited out."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._hear_other_processes())
            for _ in range(_WORKERS):
                group.create_task(self._work())

    async def drain(self) -> int:
        """Publish everything that waits in shards no other relay holds. Returns how many events.

        Raises BusUnavailableError, or a database error.
        """

        async def until_done() -> int:
            published = 0
            while (count := await self._round()) is not None:
                published += count
            return published

        workers = [asyncio.create_task(until_done()) for _ in range(_WORKERS)]
        try:
            return sum(await asyncio.gather(*workers))
        finally:
            for worker in workers:
                worker.cancel()
            await asyncio.gather(*workers, return_exceptions=True)

    async def _work(self) -> None:
        """Go round as long as something waits, and then wait for the bell."""
        backoff = Backoff()
        while True:
            try:
                published = await self._round()
                backoff.reset()
            except Exception as error:
                if not (isinstance(error, BusUnavailableError) or is_transient(error)):
                    raise
                log.warning("relay_wacht", dienst=self._database.service, fout=type(error).__name__)
                await backoff.wait()
                continue
            if published is None:
                async with self._at_the_bell:
                    await self._database.outbox_bell.wait(POLL_SECONDS)

    async def _hear_other_processes(self) -> None:
        backoff = Backoff()
        while True:
            try:
                await self._database.listen(
                    self._database.outbox_channel, lambda _: self._database.outbox_bell.heard()
                )
            except Exception as error:
                if not is_transient(error):
                    raise
                await backoff.wait()

    async def _round(self) -> int | None:
        """Publish a batch from some shards. Returns how many events; None when nothing waits."""
        async with self._database.unit_of_work(SYSTEM, settings=SETTINGS) as uow:
            shards = [row["shard"] for row in await uow.connection.fetch(TAKE_SQL)]
            if not shards:
                return None
            rows = await uow.connection.fetch(READ_SQL, shards, BATCH // len(shards))
            refused = await self._send(rows)
            sent = [r["id"] for r in rows if r["id"] < refused.get(r["aggregate_id"], _NEVER)]
            await uow.connection.execute("DELETE FROM outbox WHERE id = ANY($1::bigint[])", sent)
            for id_ in refused.values():
                await self._park(uow.connection, id_, uow.now)
            await uow.commit()
        metrics.PUBLISHED.labels(self._database.service).inc(len(sent))
        return len(rows)

    async def _send(self, rows: Sequence[asyncpg.Record]) -> dict[object, int]:
        """Publish; returns per refused aggregate the id of its first row the bus will not take.

        Rows of such an aggregate that come later in the batch may be out already; they stay in the
        outbox behind the parked one and are sent again after it, as known versions.
        """
        messages: list[Message] = []
        row_of: list[asyncpg.Record] = []
        for row in rows:
            key = str(row["aggregate_id"]).encode()
            headers = self._headers(row, key)
            afnemers = ("afnemers", ",".join(row["afnemers"]).encode())
            messages.append(Message(self._topic, key, row["data"], [*headers, afnemers]))
            # An organisation that has no topic reads the feed; its events must not wait for one.
            own = [a for a in row["afnemers"] if a in ORGANISATIES]
            messages += [Message(afnemer_topic(a), key, row["data"], headers) for a in own]
            row_of += [row] * (1 + len(own))
        refused: dict[object, int] = {}
        for index in sorted(await self._bus.publish(messages)):
            refused.setdefault(row_of[index]["aggregate_id"], row_of[index]["id"])
        return refused

    def _headers(self, row: asyncpg.Record, subject: bytes) -> list[tuple[str, bytes]]:
        """The binary-mode headers of contracts.envelope, written straight from the row.

        Who else may see an event is told on the service's own topic only.
        """
        headers = [
            ("content-type", b"application/json"),
            ("ce_specversion", b"1.0"),
            ("ce_id", str(row["event_id"]).encode()),
            ("ce_source", self._source),
            ("ce_type", row["type"].encode()),
            ("ce_subject", subject),
            ("ce_time", time_text(row["tijd"]).encode()),
            ("ce_dataschema", row["dataschema"].encode()),
            ("ce_dataref", row["dataref"].encode()),
            ("ce_sequence", sequence_text(row["id"]).encode()),
            ("ce_partitionkey", subject),
            ("ce_aggregateversion", b"%d" % row["aggregate_versie"]),
            ("ce_gemeentecode", row["gemeentecode"].encode()),
        ]
        if row["traceparent"]:
            headers.append(("ce_traceparent", row["traceparent"].encode()))
        return headers

    async def _park(
        self, connection: asyncpg.Connection[asyncpg.Record], id_: int, now: object
    ) -> None:
        """Set one event aside; the later ones of its aggregate wait behind it, the rest flows."""
        await connection.execute(
            "UPDATE outbox SET geparkeerd_op = $2, foutklasse = 'GeweigerdDoorBus' WHERE id = $1",
            id_,
            now,
        )
        metrics.OUTBOX_PARKED.labels(self._database.service).inc()
        log.error("gebeurtenis_geparkeerd_in_outbox", dienst=self._database.service, outbox_id=id_)
