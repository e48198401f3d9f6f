"""From the bus to a service's own tables: at least once on the wire, once in effect, in order.

A service handles an event for the gemeente that holds the aggregate in its own tables.

The position of a consumer per aggregate decides. One version further than the position: handle it,
in one transaction with the new position. At or before it: a duplicate, skip. Further on: an
earlier one is missing, hold it. What cannot be handled is parked together with everything of its
aggregate that comes after, in order, while all other aggregates flow on.

Who takes every event as it is takes them by the batch, in one transaction with all their positions.
What is not exactly the next of its aggregate, and what spoils a batch, is handled one by one.
"""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any, Final, Generic, TypeVar
from urllib.parse import quote, unquote, unquote_to_bytes
from uuid import UUID

import asyncpg
import structlog
from pydantic import ValidationError

from chassis import metrics, trace
from chassis.bus.protocol import Headers, Message
from chassis.database import Database, is_transient
from chassis.retry import Backoff
from chassis.tenancy import SYSTEM
from chassis.unit_of_work import UnitOfWork
from contracts.envelope import CloudEvent, EnvelopeError
from contracts.gebeurtenis import Gebeurtenis

log = structlog.get_logger(__name__)

_CONCURRENT_KEYS: Final = 6
_LARGEST_BATCH: Final = 500
"""Events in one transaction: enough to make its commit cheap, few enough to be done soon."""
_WAITS: Final = "WachtOpEerdere"

G = TypeVar("G", bound=Gebeurtenis)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Heard:
    """An event as it is, with the organisations that may see it."""

    envelope: CloudEvent
    afnemers: tuple[str, ...]


Every = Callable[[UnitOfWork, Sequence[Heard]], Awaitable[None]]
"""Takes events as they are, those of an aggregate in the order of the facts; all or none.

It says itself for whom it acts: the events may be of any gemeente."""

_React = Callable[[UnitOfWork], Awaitable[None]]
_Aggregate = tuple[str, UUID]
"""The source and the subject."""


class Outcome(StrEnum):
    """What became of one message."""

    HANDLED = "verwerkt"
    IGNORED = "genegeerd"
    DUPLICATE = "al-verwerkt"
    HELD = "wacht-op-eerdere"
    PARKED = "geparkeerd"


@dataclass(frozen=True)
class Received(Generic[G]):
    """An event as a reaction gets it: what happened, and the envelope it came in."""

    event: G
    envelope: CloudEvent


class Effect(StrEnum):
    """What a reaction does, and so whether it may ever be done again from history."""

    PROJECTION = "projectie"
    """Writes the service's own copy of others' facts, by the event alone, and nothing else."""
    OUTWARD = "naar-buiten"
    """Anything else: decides, emits, schedules. Done once, and never replayed."""


@dataclass(frozen=True)
class Reaction(Generic[G]):
    """What a service does when it hears an event of one type: its own use case.

    then: what follows outward from what ``do`` wrote, in the same transaction; never replayed, so
    that ``do`` can be a projection though more follows from the event.
    """

    on: type[G]
    do: Callable[[UnitOfWork, Received[G]], Awaitable[None]]
    effect: Effect = Effect.OUTWARD
    then: Callable[[UnitOfWork, Received[G]], Awaitable[None]] | None = None


class NotItsTurnError(Exception):
    """An earlier event of the aggregate has not come: there is nothing to skip."""


_ADVANCE_SQL: Final = """
INSERT INTO positie AS p (consument, bron, aggregate_id, versie)
SELECT $1, $2, $3, $4 WHERE $4 = 1 OR EXISTS (
    SELECT FROM positie WHERE consument = $1 AND bron = $2 AND aggregate_id = $3)
ON CONFLICT (consument, bron, aggregate_id) DO UPDATE SET versie = excluded.versie
WHERE p.versie = excluded.versie - 1 AND NOT p.wacht
RETURNING true
"""
"""Move the position one further, if this version is the next and nothing of the aggregate waits.

The row stays locked until the commit, so two deliveries of one aggregate never run side by side."""

_ADVANCE_ALL_SQL: Final = """
WITH reeks AS (
    SELECT * FROM unnest($2::text[], $3::uuid[], $4::int[], $5::int[])
        AS r (bron, aggregate_id, eerste, laatste)
)
INSERT INTO positie AS p (consument, bron, aggregate_id, versie)
SELECT $1, r.bron, r.aggregate_id, r.laatste FROM reeks r
WHERE r.eerste = 1 OR (
    SELECT true FROM positie q
    WHERE q.consument = $1 AND q.bron = r.bron AND q.aggregate_id = r.aggregate_id)
ORDER BY r.bron, r.aggregate_id
ON CONFLICT (consument, bron, aggregate_id) DO UPDATE SET versie = excluded.versie
WHERE NOT p.wacht
    AND (p.bron, p.aggregate_id, p.versie + 1) IN (SELECT bron, aggregate_id, eerste FROM reeks)
RETURNING bron, aggregate_id
"""
"""The same for many aggregates, each with its first and last version; returns whose turn it was.

Rows are locked in a fixed order, so that of two batches one waits for the other and never both.
A subquery for one value and not EXISTS, for which the planner would read the whole table."""

_LOCK_SQL: Final = """
INSERT INTO positie AS p (consument, bron, aggregate_id, versie) VALUES ($1, $2, $3, 0)
ON CONFLICT (consument, bron, aggregate_id) DO UPDATE SET versie = p.versie
RETURNING versie, wacht
"""

_PARK_SQL: Final = """
INSERT INTO geparkeerd (consument, bron, aggregate_id, versie, type, gemeentecode, foutklasse,
    plaats, geparkeerd_op, topic, sleutel, headers, waarde)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
ON CONFLICT (consument, bron, aggregate_id, versie) DO NOTHING
RETURNING true
"""

_PARK_UNREADABLE_SQL: Final = """
INSERT INTO geparkeerd (consument, foutklasse, plaats, geparkeerd_op, topic, sleutel, headers,
    waarde, vingerafdruk)
SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9 WHERE NOT EXISTS (
    SELECT FROM overgeslagen WHERE consument = $1 AND topic = $5 AND vingerafdruk = $9)
ON CONFLICT (consument, topic, vingerafdruk) DO NOTHING
RETURNING true
"""
"""Keep it once, however often it is delivered, and not again after someone put it away."""

_SKIP_SQL: Final = """
WITH weg AS (DELETE FROM geparkeerd WHERE kenmerk = $1 RETURNING *)
INSERT INTO overgeslagen (kenmerk, soort, consument, bron, aggregate_id, versie, type, gemeentecode,
    foutklasse, plaats, geparkeerd_op, topic, sleutel, headers, waarde, vingerafdruk,
    overgeslagen_op, door, reden)
SELECT kenmerk, CASE WHEN aggregate_id IS NULL THEN 'onleesbaar' ELSE 'consument' END, consument,
    bron, aggregate_id, versie, type, gemeentecode, foutklasse, plaats, geparkeerd_op, topic,
    sleutel, headers, waarde, vingerafdruk, $2, $3, $4
FROM weg RETURNING true
"""

_STEP_SQL: Final = """
UPDATE positie SET versie = versie + 1, wacht = EXISTS (
    SELECT FROM geparkeerd WHERE consument = $1 AND bron = $2 AND aggregate_id = $3)
WHERE consument = $1 AND bron = $2 AND aggregate_id = $3 AND versie = $4 - 1
RETURNING true
"""
"""To the version that was set aside and has just been taken away."""


def _and_act_for_the_holder(turn: str) -> str:
    """SQL that takes a turn ($1 to $4) and then acts for whoever holds the aggregate here.

    That is the gemeente of the event ($5) for what was not known yet. Held until the commit, so
    that the aggregate is not handed over meanwhile. Returns for whom, or nothing without a turn.
    """
    return f"""
WITH beurt AS ({turn}
), bekend AS (
    SELECT h.gemeentecode FROM beurt, houder h WHERE h.aggregate_id = $3 FOR NO KEY UPDATE OF h
), nieuw AS (
    INSERT INTO houder AS h (aggregate_id, gemeentecode)
    SELECT $3, $5 FROM beurt WHERE NOT EXISTS (SELECT FROM bekend)
    ON CONFLICT (aggregate_id) DO UPDATE SET gemeentecode = h.gemeentecode
    RETURNING gemeentecode
)
SELECT set_config('meedoen.organisatie', gemeentecode, true)
FROM (SELECT gemeentecode FROM bekend UNION ALL SELECT gemeentecode FROM nieuw) houdt
"""  # noqa: S608 - our own text


_TAKE_SQL: Final = _and_act_for_the_holder(_ADVANCE_SQL)
_TAKE_SET_ASIDE_SQL: Final = _and_act_for_the_holder(_STEP_SQL)


class Consumer:
    """Handles messages for one service. Its name is the service's: it owns the positions."""

    def __init__(
        self,
        database: Database,
        reactions: Sequence[Reaction[Any]] = (),
        *,
        every: Every | None = None,
    ) -> None:
        """A service that takes ``every`` event needs no reactions."""
        self._database = database
        self._name = database.service
        self._reactions = {r.on.type(): r for r in reactions}
        self._every = every

    async def handle(self, messages: Sequence[Message]) -> None:
        """Handle a batch: in order per key, keys side by side. Implements chassis.bus.Handler.

        Returns when each message is handled, skipped or parked; an outage is waited out.
        """
        if self._every is None:
            await self._handle_side_by_side(messages)
            return
        for start in range(0, len(messages), _LARGEST_BATCH):
            await self._handle_batch(self._every, messages[start : start + _LARGEST_BATCH])

    async def _handle_side_by_side(self, messages: Sequence[Message]) -> None:
        per_key: dict[tuple[str, bytes], list[Message]] = defaultdict(list)
        for message in messages:
            per_key[message.topic, message.key].append(message)
        limit = asyncio.Semaphore(_CONCURRENT_KEYS)

        async def in_order(batch: list[Message]) -> None:
            async with limit:
                for message in batch:
                    await self.handle_one(message)

        if len(per_key) == 1:
            await in_order(list(messages))
            return
        async with asyncio.TaskGroup() as group:
            for batch in per_key.values():
                group.create_task(in_order(batch))

    async def handle_one(self, message: Message) -> Outcome:
        """Handle one message, as often as it takes, and say what became of it."""
        outcome = await self._waiting_out(lambda: self._handle(message))
        metrics.HANDLED.labels(self._name, outcome.value).inc()
        return outcome

    async def _waiting_out(self, attempt: Callable[[], Awaitable[T]]) -> T:
        """Try until the surroundings do not fail."""
        backoff = Backoff()
        while True:
            try:
                return await attempt()
            except Exception as error:
                if not is_transient(error):
                    raise
                log.warning("consument_wacht", dienst=self._name, fout=type(error).__name__)
                await backoff.wait()

    async def _handle_batch(self, every: Every, messages: Sequence[Message]) -> None:
        """In one transaction whatever has its turn, and the rest one by one."""
        batch = _Batch.of(messages)
        taken: set[_Aggregate] = set()
        try:
            if batch.runs:
                taken = await self._waiting_out(lambda: self._take(every, batch))
        except Exception:
            if len(messages) > 1:
                # One of them spoils it for all. By halves it is found in a few transactions;
                # one by one, everything else would wait for hundreds.
                middle = len(messages) // 2
                await self._handle_batch(every, messages[:middle])
                await self._handle_batch(every, messages[middle:])
                return
        not_taken = [message for message, heard in batch.next if _aggregate(heard) not in taken]
        if rest := not_taken + batch.rest:
            await self._handle_side_by_side(rest)

    async def _take(self, every: Every, batch: _Batch) -> set[_Aggregate]:
        """Positions and events in one transaction; returns the aggregates whose turn it was."""
        async with self._database.unit_of_work(SYSTEM) as uow:
            advanced = await uow.connection.fetch(
                _ADVANCE_ALL_SQL,
                self._name,
                [source for source, _ in batch.runs],
                [subject for _, subject in batch.runs],
                [first for first, _ in batch.runs.values()],
                [last for _, last in batch.runs.values()],
            )
            taken = {(row["bron"], row["aggregate_id"]) for row in advanced}
            events = [heard for _, heard in batch.next if _aggregate(heard) in taken]
            if events:
                await every(uow, events)
                await uow.commit()
        for heard in events:
            self._observe_lag(heard.envelope)
        metrics.HANDLED.labels(self._name, Outcome.HANDLED.value).inc(len(events))
        return taken

    def _observe_lag(self, envelope: CloudEvent) -> None:
        lag = self._database.clock.now() - envelope.time
        metrics.LAG.labels(self._name).observe(max(0.0, lag.total_seconds()))

    async def redrive(self, source: str, aggregate_id: UUID) -> int:
        """Try what is parked of one aggregate again, in order, until one fails once more.

        Returns how many events were handled.
        """
        handled = 0
        while await self._redrive_next(source, aggregate_id):
            handled += 1
        return handled

    async def skip(self, uow: UnitOfWork, reference: UUID, *, by: str, reason: str) -> bool:
        """Leave out one parked event or message, and log that; False when it is not parked.

        What waits behind it has its turn: redrive it. Raises NotItsTurnError.
        """
        row = await uow.connection.fetchrow(
            "SELECT bron, aggregate_id, versie FROM geparkeerd WHERE kenmerk = $1", reference
        )
        if row is None:
            return False
        stream = (row["bron"], row["aggregate_id"])
        if row["aggregate_id"] is not None:
            position = await self._lock(uow, *stream)
            if row["versie"] > position["versie"] + 1:
                raise NotItsTurnError
        done = await uow.connection.fetchval(_SKIP_SQL, reference, uow.now, by, reason)
        if done and row["aggregate_id"] is not None:
            await uow.connection.execute(_STEP_SQL, self._name, *stream, row["versie"])
        return bool(done)

    async def reread(self, reference: UUID) -> bool:
        """Handle a message that could not be read, if it can be by now."""
        async with self._database.unit_of_work(SYSTEM) as uow:
            row = await uow.connection.fetchrow(
                "SELECT topic, sleutel, headers, waarde FROM geparkeerd"
                " WHERE kenmerk = $1 AND aggregate_id IS NULL",
                reference,
            )
        if row is None:
            return False
        headers = _headers_from_json(row["headers"])
        try:
            CloudEvent.from_kafka(headers, row["waarde"])
        except EnvelopeError:
            return False
        # Handled before it is taken away: who stops in between finds a duplicate the next time.
        await self.handle_one(Message(row["topic"], row["sleutel"], row["waarde"], headers))
        async with self._database.unit_of_work(SYSTEM) as uow:
            await uow.connection.execute("DELETE FROM geparkeerd WHERE kenmerk = $1", reference)
            await uow.commit()
        return True

    async def _handle(self, message: Message) -> Outcome:
        try:
            envelope = CloudEvent.from_kafka(message.headers, message.value)
        except EnvelopeError as error:
            return await self._park_unreadable(message, error)
        react = self._reaction_to(envelope, message.headers)
        if react is None and await self._skip(envelope):
            return Outcome.IGNORED
        try:
            if await self._handle_next(envelope, react):
                self._observe_lag(envelope)
                return Outcome.HANDLED if react else Outcome.IGNORED
        except Exception as error:
            if is_transient(error):
                raise
            return await self._set_aside(envelope, message, error)
        return await self._set_aside(envelope, message, None)

    def _reaction_to(self, envelope: CloudEvent, headers: Headers) -> _React | None:
        """What to do about an event, as something that only needs a unit of work."""
        if self._every is not None:
            every, heard = self._every, Heard(envelope, _afnemers(headers))
            return lambda uow: every(uow, (heard,))
        reaction = self._reactions.get(envelope.type)
        if reaction is None:
            return None

        async def react(uow: UnitOfWork) -> None:
            received = Received(reaction.on.lees(envelope.data), envelope)
            await reaction.do(uow, received)
            if reaction.then is not None:
                await reaction.then(uow, received)

        return react

    async def _skip(self, envelope: CloudEvent) -> bool:
        """Move past an event this service has no reaction to, if it is the next."""
        return bool(
            await self._database.pool.fetchval(
                _ADVANCE_SQL,
                self._name,
                envelope.source,
                envelope.subject,
                envelope.aggregateversion,
            )
        )

    async def _handle_next(self, envelope: CloudEvent, react: _React | None) -> bool:
        """Position and reaction in one transaction; False when it is not this event's turn."""
        async with self._database.unit_of_work(SYSTEM, traceparent=envelope.traceparent) as uow:
            if not await self._take_turn(uow, envelope, _ADVANCE_SQL, _TAKE_SQL):
                return False
            if react is not None:
                await react(uow)
            await uow.commit()
        return True

    async def _take_turn(
        self, uow: UnitOfWork, envelope: CloudEvent, only: str, and_act: str
    ) -> bool:
        """Advance the position; False when it is not this event's turn.

        A service acts from here for the gemeente that holds the aggregate in its own tables. Who
        takes every event has no aggregates, and says itself for whom it acts.
        """
        turn = (self._name, envelope.source, envelope.subject, envelope.aggregateversion)
        if self._every is not None:
            return bool(await uow.connection.fetchval(only, *turn))
        holder = await uow.connection.fetchval(and_act, *turn, envelope.gemeentecode)
        if holder is not None:
            uow.organisation = holder
        return holder is not None

    async def _set_aside(
        self, envelope: CloudEvent, message: Message, error: Exception | None
    ) -> Outcome:
        """Not this event's turn (no error), or it cannot be handled: skip, hold or park it."""
        failure, new = type(error).__name__ if error else _WAITS, False
        async with self._database.unit_of_work(
            envelope.gemeentecode, traceparent=envelope.traceparent
        ) as uow:
            position = await self._lock(uow, envelope.source, envelope.subject)
            ahead = envelope.aggregateversion - position["versie"]
            if ahead > 0:
                new = await self._park(uow, envelope, message, failure, _place(error))
                await uow.commit()
        if error is not None and ahead > 0:
            self._report(envelope, failure, _place(error))
            return Outcome.PARKED
        if ahead == 1 or position["wacht"]:
            # The missing one came, or someone stopped between holding and handling.
            while await self._redrive_next(envelope.source, envelope.subject, held_only=True):
                pass
        return await self._outcome_of(envelope, new) if ahead > 0 else Outcome.DUPLICATE

    async def _outcome_of(self, envelope: CloudEvent, new: bool) -> Outcome:
        """What became of an event that was set aside because it was not its turn."""
        reached = await self._database.pool.fetchval(
            "SELECT versie FROM positie WHERE consument = $1 AND bron = $2 AND aggregate_id = $3",
            self._name,
            envelope.source,
            envelope.subject,
        )
        if reached >= envelope.aggregateversion:
            return Outcome.HANDLED
        if not new:
            return Outcome.DUPLICATE
        return Outcome.PARKED if reached + 1 == envelope.aggregateversion else Outcome.HELD

    async def _redrive_next(
        self, source: str, aggregate_id: UUID, *, held_only: bool = False
    ) -> bool:
        """Handle what is set aside of an aggregate and has its turn; False when it is not there
        or fails. held_only: leave alone what failed before."""
        async with self._database.unit_of_work(SYSTEM) as uow:
            position = await self._lock(uow, source, aggregate_id)
            row = await uow.connection.fetchrow(
                "SELECT id, foutklasse, headers, waarde FROM geparkeerd"
                " WHERE consument = $1 AND bron = $2 AND aggregate_id = $3 AND versie = $4",
                self._name,
                source,
                aggregate_id,
                position["versie"] + 1,
            )
            if row is None or (held_only and row["foutklasse"] != _WAITS):
                return False
            await uow.connection.execute("DELETE FROM geparkeerd WHERE id = $1", row["id"])
            headers = _headers_from_json(row["headers"])
            envelope = CloudEvent.from_kafka(headers, row["waarde"])
            uow.trace = trace.accept(envelope.traceparent)
            await self._take_turn(uow, envelope, _STEP_SQL, _TAKE_SET_ASIDE_SQL)
            try:
                react = self._reaction_to(envelope, headers)
                if react is not None:
                    await react(uow)
                await uow.commit()
            except Exception as error:
                if is_transient(error):
                    raise
                failure, place = type(error).__name__, _place(error)
            else:
                return True
        async with self._database.unit_of_work(SYSTEM) as uow:
            await uow.connection.execute(
                "UPDATE geparkeerd SET foutklasse = $2, plaats = $3 WHERE id = $1",
                row["id"],
                failure,
                place,
            )
            await uow.commit()
        self._report(envelope, failure, place)
        return False

    def _report(self, envelope: CloudEvent, failure: str, place: str) -> None:
        log.error(
            "gebeurtenis_geparkeerd",
            dienst=self._name,
            type=envelope.type,
            event_id=str(envelope.id),
            fout=failure,
            plaats=place,
        )

    async def _lock(self, uow: UnitOfWork, source: str, aggregate_id: UUID) -> asyncpg.Record:
        row = await uow.connection.fetchrow(_LOCK_SQL, self._name, source, aggregate_id)
        if row is None:
            raise asyncpg.InterfaceError("position row vanished")
        return row

    async def _park(
        self, uow: UnitOfWork, envelope: CloudEvent, message: Message, error: str, place: str
    ) -> bool:
        """Keep an event aside; False when it was already there."""
        new = await uow.connection.fetchval(
            _PARK_SQL,
            self._name,
            envelope.source,
            envelope.subject,
            envelope.aggregateversion,
            envelope.type,
            envelope.gemeentecode,
            error,
            place,
            uow.now,
            message.topic,
            message.key,
            _headers_json(message),
            message.value,
        )
        await uow.connection.execute(
            "UPDATE positie SET wacht = true"
            " WHERE consument = $1 AND bron = $2 AND aggregate_id = $3 AND NOT wacht",
            self._name,
            envelope.source,
            envelope.subject,
        )
        return bool(new)

    async def _park_unreadable(self, message: Message, error: EnvelopeError) -> Outcome:
        """Something that is no event of ours: keep it for a human, it cannot hold up anything."""
        async with self._database.unit_of_work(SYSTEM) as uow:
            headers = _headers_json(message)
            digest = sha256(b"\0".join((message.key, headers.encode(), message.value)))
            new = await uow.connection.fetchval(
                _PARK_UNREADABLE_SQL,
                self._name,
                type(error).__name__,
                str(error),
                uow.now,
                message.topic,
                message.key,
                headers,
                message.value,
                digest.digest(),
            )
            await uow.commit()
        if not new:
            return Outcome.DUPLICATE
        log.error("bericht_onleesbaar", dienst=self._name, topic=message.topic, plaats=str(error))
        return Outcome.PARKED


@dataclass(frozen=True, slots=True)
class _Batch:
    """Messages, by whether they could be taken in one transaction.

    runs: per aggregate a first and a last version, with every one between them.
    next: the messages of those runs, in the order in which they came.
    rest: what comes after a run has ended, twice or too early, and what is no event of ours.
    """

    runs: dict[_Aggregate, tuple[int, int]]
    next: list[tuple[Message, Heard]]
    rest: list[Message]

    @classmethod
    def of(cls, messages: Sequence[Message]) -> _Batch:
        batch, ended = cls({}, [], []), set[_Aggregate]()
        for message in messages:
            try:
                envelope = CloudEvent.from_kafka(message.headers, message.value)
                heard = Heard(envelope, _afnemers(message.headers))
            except EnvelopeError:
                batch.rest.append(message)
                continue
            key, version = _aggregate(heard), envelope.aggregateversion
            first, last = batch.runs.get(key, (version, version - 1))
            if key in ended or version != last + 1:
                ended.add(key)
                batch.rest.append(message)
            else:
                batch.runs[key] = first, version
                batch.next.append((message, heard))
        return batch


def _aggregate(heard: Heard) -> _Aggregate:
    return heard.envelope.source, heard.envelope.subject


def _afnemers(headers: Headers) -> tuple[str, ...]:
    # What is no text is no afnemer either; taking the event in for it fails, and parks the event.
    listed = next((v.decode(errors="replace") for name, v in headers if name == "afnemers"), "")
    return tuple(filter(None, listed.split(",")))


def _place(error: Exception | None) -> str:
    """Where in the event it went wrong, without any value from it."""
    if isinstance(error, ValidationError):
        return ", ".join(sorted({".".join(map(str, e["loc"])) for e in error.errors()}))
    return ""


def _headers_json(message: Message) -> str:
    """Header values may be any bytes, jsonb takes text without zeros: percent-encoded it fits."""
    return json.dumps([[quote(name), quote(value)] for name, value in message.headers])


def _headers_from_json(text: str) -> list[tuple[str, bytes]]:
    return [(unquote(name), unquote_to_bytes(value)) for name, value in json.loads(text)]
