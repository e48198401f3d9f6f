"""The rows of the feed: adding an event for who may see it, reading on from a number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple
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

# The places and the rows come from one snapshot: between two of them an event could appear that is
# before the one and not in the other.
_READ: Final = """
WITH plaats AS MATERIALIZED (
    SELECT laatste, laatst_op, verwijderd_tot,
        greatest(coalesce($2, laatste), {voor_vanaf}) AS begin, least(laatste, {voor_tot}) AS eind
    FROM teller WHERE afnemer = $1
)
SELECT NULL AS nummer, NULL AS ontvangen_op, NULL AS type, NULL AS subject, NULL AS cloudevent,
    plaats.*
FROM plaats
UNION ALL
SELECT o.*, NULL, NULL, NULL, NULL, NULL FROM plaats, LATERAL ({rijen}) o
ORDER BY nummer NULLS FIRST
"""
"""The places in a row of their own before the events, and not a thousand times beside them."""

_ROWS: Final = """
SELECT nummer, ontvangen_op, type, subject, cloudevent FROM ontvangen
WHERE afnemer = $1 AND nummer > plaats.begin AND nummer <= plaats.eind {filter}
ORDER BY nummer LIMIT {aantal}
"""

_ROWS_OF_TYPES: Final = f"""
SELECT per_type.* FROM unnest({{types}}::text[]) AS t (type), LATERAL (
    {_ROWS.format(filter="AND type = t.type", aantal="{aantal}")}) per_type
ORDER BY per_type.nummer LIMIT {{aantal}}
"""  # noqa: S608 - our own text
"""Each type by itself, along its index. Asked for some types at once, the planner would go through
the whole feed for a type that there is little of."""

_BEFORE: Final = """
coalesce((
    SELECT nummer FROM ontvangen WHERE afnemer = $1 AND ontvangen_op < {moment}
    ORDER BY ontvangen_op DESC, nummer DESC LIMIT 1), verwijderd_tot)
"""
"""The last number before a moment: the order of the numbers is that of ontvangen_op."""

_LONGEST_TRANSACTION: Final = timedelta(minutes=2)
"""An event is received at the beginning of a transaction and there to be read at the end of it."""


BEGIN: Final = -1
"""Before everything that is kept."""


@dataclass(frozen=True, slots=True)
class Vraag:
    """What a reader asks for.

    na: the number after which to continue; BEGIN for all that is kept, None for only what comes
    from now on.
    vanaf, tot: only what was received from this moment on, and before that one.
    """

    na: int | None
    aantal: int
    types: tuple[str, ...] = ()
    subject: UUID | None = None
    vanaf: datetime | None = None
    tot: datetime | None = None


class Regel(NamedTuple):
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
    verwijderd_tot: the last number that is no longer kept; 0 when all of them are.
    gelezen_tot: up to where this page has looked; continue after it.
    is_er_meer: whether there is more already.
    kan_er_komen: whether more can ever come: not when it asked for a time that is over.
    """

    regels: Sequence[Regel]
    laatste: int
    verwijderd_tot: int
    gelezen_tot: int
    is_er_meer: bool
    kan_er_komen: bool


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
    values: list[object] = [uow.organisation, vraag.na]

    def parameter(value: object) -> str:
        values.append(value)
        return f"${len(values)}"

    # Numbers as they stand and not as parameters: the planner must know how few rows it will take.
    aantal = vraag.aantal + 1
    if vraag.types and vraag.subject is None:
        rijen = _ROWS_OF_TYPES.format(aantal=aantal, types=parameter(sorted(set(vraag.types))))
    else:
        subject = f"AND subject = {parameter(vraag.subject)}" if vraag.subject else ""
        types = f"AND type = ANY({parameter(vraag.types)}::text[])" if vraag.types else ""
        rijen = _ROWS.format(aantal=aantal, filter=f"{subject} {types}")
    sql = _READ.format(
        rijen=rijen,
        voor_vanaf=_BEFORE.format(moment=parameter(vraag.vanaf)) if vraag.vanaf else "0",
        voor_tot=_BEFORE.format(moment=parameter(vraag.tot)) if vraag.tot else "laatste",
    )
    rows = await uow.connection.fetch(sql, *values)
    if not rows:
        return Bladzijde((), 0, 0, 0, is_er_meer=False, kan_er_komen=True)
    plaats = rows[0]
    found = [Regel(*row[:5]) for row in rows[1:]]
    regels = found[: vraag.aantal]
    is_er_meer = len(found) > vraag.aantal
    is_voorbij = vraag.tot is not None and (
        plaats["laatst_op"] >= vraag.tot or uow.now >= vraag.tot + _LONGEST_TRANSACTION
    )
    return Bladzijde(
        regels,
        laatste=plaats["laatste"],
        verwijderd_tot=plaats["verwijderd_tot"],
        gelezen_tot=regels[-1].nummer if is_er_meer else max(plaats["begin"], plaats["eind"]),
        is_er_meer=is_er_meer,
        kan_er_komen=not is_voorbij,
    )
