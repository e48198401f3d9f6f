"""From the outbox to the bus: in order, none lost, one relay at a time per shard.

Per shard one transaction: take the shard's advisory lock, read rows by id, publish, await the
acknowledgements, delete, commit. Lock, rows and deletion live and die together: a relay that is
killed leaves nothing to clean up, and whoever comes next starts where it stopped. A crash between
acknowledgement and commit sends the same rows again, which consumers recognise by version.
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
from chassis.retry import Backoff
from chassis.tenancy import SYSTEM
from contracts.afnemers import afnemer_topic, dienst_topic
from contracts.envelope import sequence_text, time_text

log = structlog.get_logger(__name__)

BATCH: Final = 500
POLL_SECONDS: Final = 1.0
_CONCURRENT_SHARDS: Final = 4
_NEVER: Final = 2**63
_WAITING_SQL: Final = "SELECT DISTINCT shard FROM outbox WHERE geparkeerd_op IS NULL"

_READ_SQL: Final = """
SELECT id, event_id, aggregate_id, aggregate_versie, gemeentecode, type, dataschema, dataref,
       tijd, traceparent, afnemers, data
FROM outbox o
WHERE shard = $1 AND geparkeerd_op IS NULL AND NOT EXISTS (
    SELECT FROM outbox p WHERE p.aggregate_id = o.aggregate_id AND p.geparkeerd_op IS NOT NULL)
ORDER BY id LIMIT $2
"""


class Relay:
    """Publishes what one service has to say."""

    def __init__(self, database: Database, bus: Bus, *, oin: str) -> None:
        self._database = database
        self._bus = bus
        self._source = f"urn:nld:oin:{oin}:systeem:{database.service}"
        self._topic = dienst_topic(database.service)

    async def run(self) -> None:
        """Relay until cancelled. Outages of database or bus are waited out."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._hear_other_processes())
            group.create_task(self._relay())

    async def drain(self) -> int:
        """Publish everything that waits in shards no other relay holds. Returns how many events.

        Raises BusUnavailableError, or a database error.
        """
        waiting = [r["shard"] for r in await self._waiting()]
        limit = asyncio.Semaphore(_CONCURRENT_SHARDS)

        async def one(shard: int) -> int:
            async with limit:
                return await self._drain_shard(shard)

        return sum(await asyncio.gather(*(one(shard) for shard in waiting)))

    async def release(self, aggregate_id: UUID) -> None:
        """Try again what was parked of an aggregate, and what waits behind it, in order."""
        async with self._database.unit_of_work(SYSTEM) as uow:
            await uow.connection.execute(
                "UPDATE outbox SET geparkeerd_op = NULL, foutklasse = NULL"
                " WHERE aggregate_id = $1 AND geparkeerd_op IS NOT NULL",
                aggregate_id,
            )
            await uow.commit()
        self._database.outbox_bell.ring()

    async def _relay(self) -> None:
        backoff = Backoff()
        while True:
            try:
                published = await self.drain()
                backoff.reset()
            except Exception as error:
                if not (isinstance(error, BusUnavailableError) or is_transient(error)):
                    raise
                log.warning("relay_wacht", dienst=self._database.service, fout=type(error).__name__)
                await backoff.wait()
                continue
            if not published:
                await self._database.outbox_bell.wait(POLL_SECONDS)

    async def _hear_other_processes(self) -> None:
        backoff = Backoff()
        while True:
            try:
                await self._database.listen(self._database.outbox_bell.heard)
            except Exception as error:
                if not is_transient(error):
                    raise
                await backoff.wait()

    async def _waiting(self) -> list[asyncpg.Record]:
        async with self._database.unit_of_work(SYSTEM) as uow:
            rows: list[asyncpg.Record] = await uow.connection.fetch(_WAITING_SQL)
            return rows

    async def _drain_shard(self, shard: int) -> int:
        published = 0
        while (count := await self._publish_batch(shard)) > 0:
            published += count
            if count < BATCH:
                break
        return published

    async def _publish_batch(self, shard: int) -> int:
        async with self._database.unit_of_work(SYSTEM) as uow:
            held = await uow.connection.fetchval(
                "SELECT pg_try_advisory_xact_lock(hashtext('relay ' || current_schema()), $1)",
                shard,
            )
            if not held:
                return 0
            rows = await uow.connection.fetch(_READ_SQL, shard, BATCH)
            if not rows:
                return 0
            refused = await self._send(rows)
            sent = [r["id"] for r in rows if r["id"] < refused.get(r["aggregate_id"], _NEVER)]
            # A deletion that a crash undoes is a second publication, which is allowed;
            # waiting for the disk here would only make every event later.
            await uow.connection.execute("SET LOCAL synchronous_commit = off")
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
            headers = self._headers(row)
            key = str(row["aggregate_id"]).encode()
            afnemers = ("afnemers", ",".join(row["afnemers"]).encode())
            messages.append(Message(self._topic, key, row["data"], [*headers, afnemers]))
            messages += [
                Message(afnemer_topic(afnemer), key, row["data"], headers)
                for afnemer in row["afnemers"]
            ]
            row_of += [row] * (1 + len(row["afnemers"]))
        refused: dict[object, int] = {}
        for index in sorted(await self._bus.publish(messages)):
            refused.setdefault(row_of[index]["aggregate_id"], row_of[index]["id"])
        return refused

    def _headers(self, row: asyncpg.Record) -> list[tuple[str, bytes]]:
        """The binary-mode headers of contracts.envelope, written straight from the row.

        Who else may see an event is told on the service's own topic only.
        """
        subject = str(row["aggregate_id"]).encode()
        headers = [
            ("content-type", b"application/json"),
            ("ce_specversion", b"1.0"),
            ("ce_id", str(row["event_id"]).encode()),
            ("ce_source", self._source.encode()),
            ("ce_type", row["type"].encode()),
            ("ce_subject", subject),
            ("ce_time", time_text(row["tijd"]).encode()),
            ("ce_dataschema", row["dataschema"].encode()),
            ("ce_dataref", row["dataref"].encode()),
            ("ce_sequence", sequence_text(row["id"]).encode()),
            ("ce_partitionkey", subject),
            ("ce_aggregateversion", str(row["aggregate_versie"]).encode()),
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
