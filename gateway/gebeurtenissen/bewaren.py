"""How long the feed is kept: what is older goes, a little at a time."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Final

import structlog

from chassis.database import Database, is_transient
from chassis.retry import Backoff
from contracts.afnemers import ORGANISATIES

log = structlog.get_logger(__name__)

MINSTENS: Final = timedelta(days=397)
"""Thirteen months, the longest there are: a year, and a month to notice that something is amiss."""
GEWOONLIJK: Final = timedelta(days=400)

_AT_ONCE: Final = 1000
_LOOK_AGAIN: Final = 3600.0

_REMOVE: Final = f"""
WITH teller AS (
    SELECT verwijderd_tot FROM teller WHERE afnemer = $1 FOR UPDATE
), oud AS (
    SELECT nummer FROM ontvangen
    WHERE afnemer = $1 AND ontvangen_op < $2 ORDER BY ontvangen_op, nummer LIMIT {_AT_ONCE}
), weg AS (
    DELETE FROM ontvangen
    WHERE afnemer = $1 AND nummer > (SELECT verwijderd_tot FROM teller)
        AND nummer <= (SELECT max(nummer) FROM oud)
    RETURNING nummer
)
UPDATE teller SET verwijderd_tot = (SELECT max(nummer) FROM weg)
WHERE afnemer = $1 AND EXISTS (SELECT FROM weg)
RETURNING (SELECT count(*) FROM weg)
"""  # noqa: S608 - our own text


async def verwijder_wat_verviel(database: Database, bewaartermijn: timedelta) -> None:
    """Remove what has been kept long enough, until cancelled."""
    backoff = Backoff()
    while True:
        try:
            for afnemer in ORGANISATIES:
                while await verwijder_oudste(database, afnemer, bewaartermijn):
                    pass
            backoff.reset()
        except Exception as error:
            if not is_transient(error):
                raise
            await backoff.wait()
            continue
        await asyncio.sleep(_LOOK_AGAIN)


async def verwijder_oudste(database: Database, afnemer: str, bewaartermijn: timedelta) -> int:
    """Remove some of what one afnemer received too long ago, the oldest first.

    Returns how many events; 0 when all that is left must be kept. Numbers stay as they are: a
    reader continues where it was.
    """
    async with database.unit_of_work(afnemer) as uow:
        removed = await uow.connection.fetchval(_REMOVE, afnemer, uow.now - bewaartermijn)
        await uow.commit()
    if removed:
        log.info("feed_opgeruimd", organisatie=afnemer, aantal=removed)
    return removed or 0
