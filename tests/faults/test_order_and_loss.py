"""Every consumer sees versions 1..n of every aggregate: none missing, out of order or twice.

Forty writers on fifty hot aggregates, while the relay and the consumers are killed (-9) at moments
that a seed decides. MEEDOEN_ZAAD=<seed> plays a run again.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from aiokafka import AIOKafkaConsumer

from contracts.afnemers import afnemer_topic
from deploy.kafka.topics import maak_topics
from tests.chassis.hulp import BOXTEL, TOPIC, until
from tests.faults.children import Child, Orders
from tests.faults.conftest import Store
from tests.faults.oracle import Seen, findings, first_time
from tests.faults.writers import Plan, write, write_last

SERVICES = ("proefdienst", "luisterdienst")
PLAN = Plan()
KILLS = 6
SECONDS = 60


async def play(store: Store, children: Sequence[Child], seed: int) -> dict[UUID, int]:
    """Write, kill, wait until all is seen. Returns how many versions each aggregate has."""
    writing = asyncio.create_task(write(store.database, seed, PLAN))
    random_ = random.Random(seed)
    # About what the writers will write; moments are told by how much of it was seen.
    total = PLAN.writers * PLAN.transactions * 1.5
    moments = sorted(random_.uniform(0.02, 0.95) * total for _ in range(KILLS))
    victims = [children[n % len(children)] for n in range(KILLS)]
    random_.shuffle(victims)
    for moment, victim in zip(moments, victims, strict=True):
        await until(lambda moment=moment: _seen_by_all(store, children, moment), SECONDS)  # type: ignore[misc]
        await asyncio.sleep(random_.uniform(0, 0.05))
        victim.kill_and_restart()
    await writing
    await write_last(store.database, seed, PLAN)
    await until(lambda: _all_is_done(store, children), SECONDS)
    streams = await store.beheer.fetch("SELECT aggregate_id, versie FROM proefdienst.stroom")
    return {row["aggregate_id"]: row["versie"] for row in streams}


async def seen_by(store: Store, service: str) -> list[Seen]:
    rows = await store.beheer.fetch(
        f"SELECT aggregate_id, versie FROM {service}.gezien ORDER BY volgnummer"  # noqa: S608
    )
    return [(row["aggregate_id"], row["versie"]) for row in rows]


async def _seen_by_all(store: Store, children: Sequence[Child], number: float) -> bool:
    for child in children:
        child.check()
    counts = [
        await store.beheer.fetchval(f"SELECT count(*) FROM {service}.gezien")  # noqa: S608
        for service in SERVICES
    ]
    return bool(min(counts) >= number)


async def _all_is_done(store: Store, children: Sequence[Child]) -> bool:
    """Whether every service has seen the last version of every aggregate."""
    for child in children:
        child.check()
    not_seen = (
        "SELECT count(*) FROM proefdienst.stroom s WHERE NOT EXISTS (SELECT FROM {}.gezien g"
        " WHERE g.aggregate_id = s.aggregate_id AND g.versie = s.versie)"
    )
    waiting = [await store.beheer.fetchval(not_seen.format(service)) for service in SERVICES]
    outbox = await store.beheer.fetchval("SELECT count(*) FROM proefdienst.outbox")
    return bool(sum(waiting) + outbox == 0)


async def judge(store: Store, written: dict[UUID, int], wire: Sequence[Seen]) -> None:
    assert findings(written, first_time(wire)) == [], "on the wire"
    for service in SERVICES:
        assert findings(written, await seen_by(store, service)) == [], service
        parked = f"SELECT count(*) FROM {service}.geparkeerd"  # noqa: S608
        assert await store.beheer.fetchval(parked) == 0


@pytest.mark.parametrize("duplicates", [False, True], ids=["once", "everything twice"])
async def test_order_and_completeness_survive_kill_9_in_one_process(
    store: Store, seed: int, duplicates: bool, tmp_path: Path
) -> None:
    orders = Orders(
        proef_url=store.proef_url,
        luister_url=store.luister_url,
        topic=TOPIC,
        duplicates=duplicates,
        seed=seed,
        wire=str(tmp_path / "draad"),
    )
    with Child("samen", orders, tmp_path) as child:
        written = await play(store, [child], seed)
        assert child.killed == KILLS
    lines = Path(orders.wire).read_text().splitlines()  # noqa: ASYNC240 - nothing else runs
    wire = [(UUID(key), int(version)) for key, version in map(str.split, lines)]
    await judge(store, written, wire)
    if duplicates:
        assert len(wire) >= 2 * sum(written.values())


@pytest.mark.kafka(echt=True)
@pytest.mark.parametrize("duplicates", [False, True], ids=["once", "everything twice"])
async def test_order_and_completeness_survive_kill_9_on_kafka(
    store: Store,
    seed: int,
    duplicates: bool,
    kafka_bootstrap: str,
    tmp_path: Path,
) -> None:
    """Two relay processes and two consumer processes; each is killed."""
    run = uuid4().hex[:8]
    topics = [f"{run}.{topic}" for topic in (TOPIC, afnemer_topic(BOXTEL))]
    await maak_topics(kafka_bootstrap, topics)

    def orders(name: str, *, both_consumers: bool = False) -> Orders:
        return Orders(
            proef_url=store.proef_url,
            luister_url=store.luister_url,
            topic=topics[0],
            bootstrap=kafka_bootstrap,
            name=name,
            run=run,
            both_consumers=both_consumers,
            duplicates=duplicates,
            seed=seed,
        )

    with ExitStack() as stack:
        children = [
            stack.enter_context(Child(module, order, tmp_path))
            for module, order in (
                ("relay", orders("1")),
                ("consument", orders("1", both_consumers=True)),
                ("relay", orders("2")),
                ("consument", orders("2")),
            )
        ]
        written = await play(store, children, seed)
        assert sum(child.killed for child in children) == KILLS
        assert all(child.killed for child in children)
    for topic in topics:
        wire = await read_all(kafka_bootstrap, topic)
        await judge(store, written, wire)
        if duplicates:
            assert len(wire) >= 2 * sum(written.values())


async def read_all(bootstrap: str, topic: str) -> list[Seen]:
    """Everything on a topic, in the order of each partition."""
    consumer = AIOKafkaConsumer(
        topic,
        bootstrap_servers=bootstrap,
        group_id=f"lezer-{uuid4().hex}",
        enable_auto_commit=False,
        auto_offset_reset="earliest",
    )
    await consumer.start()
    try:
        ends = await consumer.end_offsets(consumer.assignment())
        wire: list[Seen] = []
        while any([await consumer.position(tp) < end for tp, end in ends.items()]):
            for records in (await consumer.getmany(timeout_ms=200)).values():
                for record in records:
                    version = dict(record.headers)["ce_aggregateversion"]
                    wire.append((UUID(record.key.decode()), int(version)))
        return wire
    finally:
        await consumer.stop()
