"""Every five seconds the partitions are handed out anew, for two minutes: it changes nothing.

A second consumer joins and leaves while forty writers go on; versions keep their order, and each is
handled once. On a slow machine it takes longer than two minutes, not fewer times.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import Final
from uuid import uuid4

import pytest
from confluent_kafka import KafkaException
from confluent_kafka.admin import AdminClient

from chassis.database import Database
from contracts.afnemers import afnemer_topic
from deploy.kafka.topics import maak_topics
from tests.chassis.hulp import BOXTEL, TOPIC, until
from tests.faults.children import Child, Orders
from tests.faults.conftest import Store
from tests.faults.oracle import findings, first_time
from tests.faults.test_order_and_loss import SERVICES, read_all, seen_by
from tests.faults.writers import Plan, write
from tests.storing.conftest import Zeg

pytestmark = [
    pytest.mark.storing,
    pytest.mark.kafka(echt=True),
    pytest.mark.timeout(400),
]

KEREN: Final = 24
ELKE: Final = 5.0
PLAN: Final = Plan(writers=40, aggregates=50, transactions=1)
RONDE: Final = 1.0
"""Seconds for each time that all writers write: less than a consumer can keep up with, or it is the
backlog that is tested."""
_SECONDS: Final = 120


async def test_herverdelen_om_de_vijf_seconden_verandert_niets(
    store: Store,
    zaad: int,
    zeg: Zeg,
    kafka_bootstrap: str,
    tmp_path: Path,
) -> None:
    run = uuid4().hex[:8]
    topics = [f"{run}.{topic}" for topic in (TOPIC, afnemer_topic(BOXTEL))]
    await maak_topics(kafka_bootstrap, topics)
    groups = [f"{topics[0]}-{service}" for service in SERVICES]

    def orders(name: str) -> Orders:
        return Orders(
            proef_url=store.proef_url,
            luister_url=store.luister_url,
            topic=topics[0],
            bootstrap=kafka_bootstrap,
            # No name for who comes and goes: a member that is known by name keeps its place.
            name=name,
            run=run,
        )

    admin = AdminClient({"bootstrap.servers": kafka_bootstrap, "log_level": 0})
    with ExitStack() as stack:
        relay = stack.enter_context(Child("relay", orders("1"), tmp_path))
        blijver, passant = (
            Child("consument", orders(""), _map(tmp_path / wie), package="tests.storing")
            for wie in ("blijver", "passant")
        )
        stack.enter_context(blijver)
        await _until_members(admin, groups, 1)
        writing = asyncio.create_task(_write(store.database, zaad))
        begin = time.monotonic()
        for keer in range(KEREN):
            next_ = time.monotonic() + ELKE
            if keer == 0:
                stack.enter_context(passant)
            elif keer % 2 == 0:
                passant.start()
            else:
                await asyncio.to_thread(passant.leave)
            await _until_members(admin, groups, 2 - keer % 2)
            await asyncio.sleep(max(0.0, next_ - time.monotonic()))
        duration = time.monotonic() - begin
        writing.cancel()
        await until(lambda: _all_is_seen(store), _SECONDS)
        relay.check()
        outputs = [passant.output, await asyncio.to_thread(blijver.leave)]

    streams = await store.beheer.fetch("SELECT aggregate_id, versie FROM proefdienst.stroom")
    written = {row["aggregate_id"]: row["versie"] for row in streams}
    wire = await read_all(kafka_bootstrap, topics[0])
    for service in SERVICES:
        assert findings(written, await seen_by(store, service)) == [], service
        parked = f"SELECT count(*) FROM {service}.geparkeerd"
        assert await store.beheer.fetchval(parked) == 0
    assert findings(written, first_time(wire)) == []
    counts = sum(map(_counts, outputs), Counter[str]())
    zeg(
        f"herverdeling: {KEREN} keer in {duration:.0f} s, {sum(written.values())} gebeurtenissen; "
        f"dubbel op de lijn {len(wire) - len(set(wire))}, dubbel bezorgd en overgeslagen "
        f"{counts['al-verwerkt']}, even opgehouden {counts['wacht-op-eerdere']}"
    )


async def _write(database: Database, seed: int) -> None:
    """Write until cancelled, every ten rounds about others."""
    for number in itertools.count():
        next_ = time.monotonic() + RONDE
        await write(database, seed + number // 10, PLAN)
        await asyncio.sleep(max(0.0, next_ - time.monotonic()))


async def _all_is_seen(store: Store) -> bool:
    """Whether every service has seen the last version of every aggregate."""
    missing = " + ".join(
        "(SELECT count(*) FROM proefdienst.stroom s WHERE NOT EXISTS ("
        f"SELECT FROM {service}.gezien g WHERE g.aggregate_id = s.aggregate_id"
        " AND g.versie = s.versie))"
        for service in SERVICES
    )
    return bool(await store.beheer.fetchval(f"SELECT {missing} = 0"))


async def _until_members(admin: AdminClient, groups: list[str], number: int) -> None:
    """Until each group has settled on this number of members."""

    def settled() -> bool:
        described = admin.describe_consumer_groups(groups, request_timeout=5)
        try:
            found = [described[group].result() for group in groups]
        except KafkaException:
            return False  # the first group of a broker takes a while to be there
        return all(g.state.name == "STABLE" and len(g.members) == number for g in found)

    await until(lambda: asyncio.to_thread(settled), _SECONDS)


def _counts(output: str) -> Counter[str]:
    """What became of the messages, over all the times that a consumer left."""
    counts: Counter[str] = Counter()
    for line in output.splitlines():
        if line.startswith("{"):
            counts.update({k: int(v) for k, v in json.loads(line).items() if k != "event"})
    return counts


def _map(map_: Path) -> Path:
    map_.mkdir()
    return map_
