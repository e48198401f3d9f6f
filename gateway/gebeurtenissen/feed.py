"""The rows of the feed: adding an event for who may see it, reading on from a number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from gateway.gebeurtenissen.wekker import WEKKER

if TYPE_CHECKING:
    from chassis.unit_of_work import Reading, UnitOfWork
    from contracts.envelope import CloudEvent

_ADD: Final = """
WITH volgende AS (
    INSERT INTO teller AS t (afnemer, laatste)
    SELECT $1, 1 WHERE NOT EXISTS (
        SELECT FROM ontvangen WHERE afnemer = $1 AND bron = $2 AND event_id = $3)
    ON CONFLICT (afnemer) DO UPDATE SET laatste = t.laatste + 1
    RETURNING laatste
)
INSERT INTO ontvangen
    (afnemer, nummer, bron, event_id, type, subject, ontvangen_op, cloudevent)
SELECT $1, laatste, $2, $3, $4, $5, $6, $7 FROM volgende
"""
"""Take the next number and add the event under it, unless this afnemer has it already.

The counter's row stays locked until the commit. So the numbers become visible in their own order,
and a rollback gives its number back."""

# The last number and the rows come from one snapshot: between two of them an event could appear
# that is before the one and not in the other.
_READ: Final = """
SELECT t.laatste, o.*
FROM teller t LEFT JOIN LATERAL (
    SELECT nummer, ontvangen_op, type, subject, cloudevent FROM ontvangen
    WHERE afnemer = $1 AND nummer > $2 {filters}
    ORDER BY nummer LIMIT $3
) o ON true
WHERE t.afnemer = $1
ORDER BY o.nummer
"""


@dataclass(frozen=True, slots=True)
class Vraag:
    """What a reader asks for.

    na: the number after which to continue; None for only what comes from now on.
    """

    na: int | None
    aantal: int
    types: tuple[str, ...] = ()
    subject: UUID | None = None


@dataclass(frozen=True, slots=True)
class Regel:
    """One event in the feed of an afnemer."""

    nummer: int
    ontvangen_op: datetime
    type: str
    subject: UUID
    cloudevent: str


@dataclass(frozen=True, slots=True)
class Bladzijde:
    """A part of the feed, the oldest first.

    laatste: the last number the afnemer has.
    gelezen_tot: up to where this page has looked; continue after it.
    """

    regels: Sequence[Regel]
    laatste: int
    gelezen_tot: int
    is_er_meer: bool


async def neem_op(uow: UnitOfWork, envelope: CloudEvent, afnemers: Sequence[str]) -> None:
    """Add an event to the feed of each afnemer that may see it; twice changes nothing.

    It leaves the unit of work acting for the last afnemer: as each one, for row-level security
    lets nobody write in another's feed. The order is fixed, so that two never wait for each other.
    """
    event = envelope.structured_json().decode()
    for afnemer in sorted(set(afnemers)):
        await uow.act_for(afnemer)
        await uow.connection.execute(
            _ADD,
            afnemer,
            envelope.source,
            envelope.id,
            envelope.type,
            envelope.subject,
            uow.now,
            event,
        )
        uow.after_commit(partial(WEKKER.wake, afnemer))


async def lees(uow: Reading, vraag: Vraag) -> Bladzijde:
    """Read on in the feed of the organisation that the unit of work acts for."""
    if vraag.na is None:
        laatste = await _laatste(uow)
        return Bladzijde((), laatste, laatste, is_er_meer=False)
    filters, values = "", list[object]()
    if vraag.types:
        values.append(list(vraag.types))
        filters += f" AND type = ANY(${3 + len(values)}::text[])"
    if vraag.subject:
        values.append(vraag.subject)
        filters += f" AND subject = ${3 + len(values)}"
    rows = await uow.connection.fetch(
        _READ.format(filters=filters), uow.organisation, vraag.na, vraag.aantal + 1, *values
    )
    laatste = rows[0]["laatste"] if rows else 0
    found = [
        Regel(r["nummer"], r["ontvangen_op"], r["type"], r["subject"], r["cloudevent"])
        for r in rows
        if r["nummer"] is not None
    ]
    regels = found[: vraag.aantal]
    is_er_meer = len(found) > vraag.aantal
    return Bladzijde(regels, laatste, regels[-1].nummer if is_er_meer else laatste, is_er_meer)


async def _laatste(uow: Reading) -> int:
    number = await uow.connection.fetchval(
        "SELECT laatste FROM teller WHERE afnemer = $1", uow.organisation
    )
    return int(number or 0)
