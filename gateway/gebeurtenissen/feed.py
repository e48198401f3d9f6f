"""The rows of the feed: adding an event for who may see it, reading on from a number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from gateway.gebeurtenissen.wekker import WEKKER

if TYPE_CHECKING:
    from chassis.consumer import Heard
    from chassis.unit_of_work import Reading, UnitOfWork

_ADD: Final = """
WITH nieuw AS (
    SELECT g.*, row_number() OVER (ORDER BY g.plaats) AS volgnummer
    FROM unnest($2::text[], $3::uuid[], $4::text[], $5::uuid[], $6::text[]) WITH ORDINALITY
        AS g (bron, event_id, type, subject, cloudevent, plaats)
    WHERE (
        SELECT true FROM ontvangen o
        WHERE o.afnemer = $1 AND o.bron = g.bron AND o.event_id = g.event_id) IS NULL
), nummers AS (
    INSERT INTO teller AS t (afnemer, laatste, laatst_op)
    SELECT $1, count(*), $7 FROM nieuw HAVING count(*) > 0
    ON CONFLICT (afnemer) DO UPDATE
    SET laatste = t.laatste + excluded.laatste,
        laatst_op = greatest(t.laatst_op, excluded.laatst_op)
    RETURNING laatste - (SELECT count(*) FROM nieuw) AS vorige, laatst_op
)
INSERT INTO ontvangen
    (afnemer, nummer, bron, event_id, type, subject, ontvangen_op, cloudevent)
SELECT $1, vorige + volgnummer, bron, event_id, type, subject, laatst_op, cloudevent
FROM nieuw, nummers
"""
"""Take the next numbers and add the events under them, but for what this afnemer has already.

The counter's row stays locked until the commit. So the numbers become visible in their own order,
and a rollback gives them back. The moment of reception is taken under the same lock and never goes
back, whatever the clocks of several processes say: later in the feed is never earlier in time.
A subquery for one value and not NOT EXISTS, for which the planner would read the whole feed."""

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


async def neem_op(uow: UnitOfWork, events: Sequence[Heard]) -> None:
    """Add events to the feed of each afnemer that may see them; twice changes nothing.

    It leaves the unit of work acting for the last afnemer: as each one, for row-level security
    lets nobody write in another's feed. The order is fixed, so that two never wait for each other.
    """
    per_afnemer: dict[str, dict[tuple[str, UUID], tuple[object, ...]]] = defaultdict(dict)
    for heard in events:
        e = heard.envelope
        row = (e.source, e.id, e.type, e.subject, e.structured_json().decode())
        for afnemer in heard.afnemers:
            per_afnemer[afnemer].setdefault((e.source, e.id), row)
    for afnemer, rows in sorted(per_afnemer.items()):
        await uow.act_for(afnemer)
        columns = zip(*rows.values(), strict=True)
        await uow.connection.execute(_ADD, afnemer, *(list(c) for c in columns), uow.now)
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
