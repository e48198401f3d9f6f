"""One service at work: its API beside its relay, consumer and timers."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Collection, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import structlog
from fastapi import FastAPI

from chassis import metrics, parking
from chassis.access import TokenVerifier
from chassis.bus.protocol import Bus
from chassis.consumer import Consumer, Every, Reaction
from chassis.database import Database, is_transient
from chassis.relay import Relay
from chassis.replay import Projection
from chassis.retry import Backoff
from chassis.settings import Task
from chassis.tenancy import SYSTEM
from chassis.timers import DeadlineHandler, Timers
from chassis.web.health import Check
from chassis.web.idempotency import remove_expired
from contracts.afnemers import DIENST_TOPICS, ORGANISATIES, dienst_topic

log = structlog.get_logger(__name__)

_MEASURE_SECONDS: Final = 10.0
Labels = tuple[str, str, str]
_FORGET_SECONDS: Final = 3600.0

_STATE_SQL: Final = """
SELECT
    (SELECT count(*) FROM outbox) AS waiting,
    (SELECT extract(epoch FROM $1 - min(tijd))::float FROM outbox) AS age,
    (SELECT count(*) FROM termijn WHERE status = 'open') AS timers,
    (SELECT count(*) FROM termijn WHERE status = 'open' AND vervalt_op < $1) AS late
"""


@dataclass(frozen=True)
class Service:
    """What makes a service, put together in its ``service.py``.

    api: makes its REST API on a database, for callers let in by a verifier, ready when its checks
    say so.
    every: takes every event of every service as it is, instead of reactions.
    projections: what of its tables can be rebuilt from history.
    """

    name: str
    package: str
    api: Callable[[Database, TokenVerifier, Mapping[str, Check]], FastAPI]
    reactions: Sequence[Reaction[Any]] = ()
    every: Every | None = None
    deadlines: Mapping[str, DeadlineHandler] = field(default_factory=dict)
    projections: Sequence[Projection] = ()

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics it listens to: those of the services that say what it reacts to."""
        if self.every:
            return DIENST_TOPICS
        return tuple(sorted({dienst_topic(r.on.dienst) for r in self.reactions}))

    @property
    def says_events(self) -> bool:
        """Whether it has a topic of its own, so something to publish."""
        return dienst_topic(self.name) in DIENST_TOPICS

    @property
    def group(self) -> str:
        return f"meedoen-{self.name}"


def expected_groups(services: Collection[Service]) -> dict[str, Collection[str]]:
    """Per topic the groups that must have handled a message before it is done with."""
    return {t: [s.group for s in services if t in s.topics] for t in DIENST_TOPICS}


class Runtime:
    """A service with its background work on a database and a bus that are already open."""

    def __init__(
        self,
        service: Service,
        database: Database,
        bus: Bus,
        access: TokenVerifier,
        *,
        oin: str,
        tasks: Collection[Task] = tuple(Task),
    ) -> None:
        self.service = service
        self.database = database
        self.consumer = Consumer(database, service.reactions, every=service.every)
        self.relay = Relay(database, bus, oin=oin)
        self.timers = Timers(database, service.deadlines)
        self.app = service.api(database, access, {"database": database.ready, "bus": bus.ready})
        self._bus = bus
        self._tasks = tasks

    @contextlib.asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        """Relay, consume and fire deadlines until the block ends."""
        async with background(*self._work()):
            yield

    def _work(self) -> list[Coroutine[Any, Any, None]]:
        work: list[Coroutine[Any, Any, None]] = [measure(self.database)]
        if Task.API in self._tasks:
            work.append(forget_answers(self.database))
        if Task.RELAY in self._tasks and self.service.says_events:
            work.append(self.relay.run())
        if Task.CONSUMER in self._tasks and self.service.topics:
            work.append(
                self._bus.consume(self.service.group, self.service.topics, self.consumer.handle)
            )
        if Task.TIMERS in self._tasks and self.service.deadlines:
            work.append(self.timers.run())
        return work


async def forget_answers(database: Database) -> None:
    """Remove answers that were kept for an Idempotency-Key long enough, until cancelled."""
    backoff = Backoff()
    while True:
        try:
            for organisation in (*ORGANISATIES, SYSTEM):
                async with database.unit_of_work(organisation) as uow:
                    await remove_expired(uow)
            backoff.reset()
        except Exception as error:
            if not is_transient(error):
                raise
            await backoff.wait()
            continue
        await asyncio.sleep(_FORGET_SECONDS)


@contextlib.asynccontextmanager
async def background(*work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Run work beside the block: when either fails or the block ends, both end."""
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(w) for w in work]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()


async def measure(database: Database) -> None:
    """Keep the gauges of a service current until cancelled."""
    name, backoff = database.service, Backoff()
    known: Collection[Labels] = ()
    for kind in parking.Kind:
        # A counter that is only there from its first event on shows no increase at that event.
        metrics.SKIPPED.labels(name, kind.value)
    while True:
        try:
            async with database.unit_of_work(SYSTEM) as uow:
                state = await uow.connection.fetchrow(_STATE_SQL, uow.now)
                parked = await parking.counts(uow, parking.Filter())
            backoff.reset()
        except Exception as error:
            if not is_transient(error):
                raise
            await backoff.wait()
            continue
        if state is not None:
            metrics.OUTBOX_WAITING.labels(name).set(state["waiting"])
            metrics.OUTBOX_AGE.labels(name).set(state["age"] or 0)
            metrics.TIMERS_OPEN.labels(name).set(state["timers"])
            metrics.TIMERS_LATE.labels(name).set(state["late"])
        known = _measure_parked(name, parked, known, uow.now)
        await asyncio.sleep(_MEASURE_SECONDS)


def _measure_parked(
    service: str, parked: Sequence[parking.Count], known: Collection[Labels], now: datetime
) -> Collection[Labels]:
    """Set the gauges of what is parked, and to nothing what was there and is gone."""
    state = {(service, c.kind.value, c.failure): c for c in parked}
    for labels in {*known, *state}:
        count = state.get(labels)
        age = (now - count.oldest).total_seconds() if count else 0
        metrics.PARKED.labels(*labels).set(count.parked if count else 0)
        metrics.PARKED_WAITING.labels(*labels).set(count.waiting if count else 0)
        metrics.PARKED_AGE.labels(*labels).set(max(0, age))
    return state.keys()
