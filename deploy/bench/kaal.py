"""What is left of a service without Meedoen: the rows under every event, written by hand."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import uuid4

import asyncpg

from contracts.gebeurtenis import Gebeurtenis

_STROOM: Final = (
    "INSERT INTO stroom AS s (aggregate_id, versie) VALUES ($1, 1)"
    " ON CONFLICT (aggregate_id) DO UPDATE SET versie = s.versie + 1 RETURNING versie"
)
_VERWERKING: Final = (
    "INSERT INTO verwerking (trace_id, span_id, naam, verwerkingsactiviteit, betrokkene,"
    " gemeentecode, organisatie, begin, eind) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
)
_OUTBOX: Final = (
    "INSERT INTO outbox (shard, event_id, aggregate_id, aggregate_versie, gemeentecode, type,"
    " dataschema, dataref, tijd, traceparent, afnemers, data)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
)


async def zeg(
    connection: asyncpg.pool.PoolConnectionProxy[asyncpg.Record],
    event: Gebeurtenis,
    door: str,
    afnemers: Collection[str],
    nu: datetime,
) -> None:
    """The rows of one event, in the transaction that is open."""
    id_, gemeente = event.kandidaat_id, event.gemeentecode
    versie = await connection.fetchval(_STROOM, id_)
    await connection.execute(_VERWERKING, "t", "s", event.type(), "a", id_, gemeente, door, nu, nu)
    await connection.execute(
        *(_OUTBOX, id_.int % 16, uuid4(), id_, versie, gemeente, event.type()),
        *(event.dataschema(), event.dataref(), nu, None, sorted(afnemers), event.json_bytes()),
    )
