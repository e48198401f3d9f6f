"""Every five seconds the partitions are handed out anew, for two minutes: it changes nothing.

A second consumer joins and leaves while forty writers go on; versions keep their order, and each is
handled once.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import Final
from uuid import uuid4

import pytest
from confluent_kafka.admin import AdminClient

from contracts.afnemers import afnemer_topic
from deploy.kafka.topics import maak_topics
from tests.chassis.hulp import BOXTEL, TOPIC, until
from tests.faults.children import Child, Orders
from tests.faults.conftest import Store
from tests.faults.oracle import findings, first_time
from tests.faults.test_order_and_loss import SERVICES, read_all, seen_by
from tests.faults.writers import Plan, write, write_last
from tests.storing.conftest import Zeg

pytestmark = [
    pytest.mark.storing,
    pytest.mark.kafka(echt=True),
    pytest.mark.timeout(400),
]

DUUR: Final = 120.0
ELKE: Final = 5.0
PLAN: Final = Plan(writers=40, aggregates=50, transactions=5)
_SECONDS: Final = 60


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

    with ExitStack() as stack:
        relay = stack.enter_context(Child("relay", orders("1"), tmp_path))
        blijver, passant = (
            Child("consument", orders(""), map_, package="tests.storing")
            for map_ in (_map(tmp_path / "blijver"), _map(tmp_path / "passant"))
        )
        stack.enter_context(blijver)
        await until(lambda: _members(kafka_bootstrap, groups) == [1, 1], _SECONDS)
        writing = asyncio.create_task(_write(store, zaad, DUUR))
        handed_out = 0
        stack.enter_context(passant)
        while not writing.done():
            await until(lambda: _members(kafka_bootstrap, groups) == [2, 2], _SECONDS)
            await asyncio.sleep(ELKE)
            await asyncio.to_thread(passant.leave)
            await until(lambda: _members(kafka_bootstrap, groups) == [1, 1], _SECONDS)
            await asyncio.sleep(ELKE)
            handed_out += 2
            blijver.check()
            relay.check()
            passant.start()
        rounds = await writing
        await write_last(store.database, zaad, PLAN)
        await until(lambda: _all_is_seen(store), _SECONDS)
        counts = _counts(await asyncio.to_thread(passant.leave)) + _counts(
            await asyncio.to_thread(blijver.leave)
        )

    streams = await store.beheer.fetch("SELECT aggregate_id, versie FROM proefdienst.stroom")
    written = {row["aggregate_id"]: row["versie"] for row in streams}
    wire = await read_all(kafka_bootstrap, topics[0])
    for service in SERVICES:
        assert findings(written, await seen_by(store, service)) == [], service
        parked = f"SELECT count(*) FROM {service}.geparkeerd"
        assert await store.beheer.fetchval(parked) == 0
    assert findings(written, first_time(wire)) == []
    zeg(
        f"herverdeling: {handed_out} keer in {DUUR:.0f} s, {rounds} ronden, "
        f"{sum(written.values())} gebeurtenissen; dubbel op de lijn {len(wire) - len(set(wire))}, "
        f"dubbel bezorgd en overgeslagen {counts['al-verwerkt']}, even opgehouden "
        f"{counts['wacht-op-eerdere']}"
    )
    assert handed_out >= 2 * DUUR / (2 * ELKE) * 0.6


async def _write(store: Store, seed: int, seconds: float) -> int:
    """Write without a pause for so long; gives how many times all writers were through."""
    until_ = time.monotonic() + seconds
    rounds = 0
    while time.monotonic() < until_:
        await write(store.database, seed, PLAN)
        rounds += 1
    return rounds


async def _all_is_seen(store: Store) -> bool:
    """Whether every service has seen the last version of every aggregate."""
    missing = " + ".join(
        "(SELECT count(*) FROM proefdienst.stroom s WHERE NOT EXISTS ("
        f"SELECT FROM {service}.gezien g WHERE g.aggregate_id = s.aggregate_id"
        " AND g.versie = s.versie))"
        for service in SERVICES
    )
    return bool(await store.beheer.fetchval(f"SELECT {missing} = 0"))


def _members(bootstrap: str, groups: list[str]) -> list[int]:
    """How many members each group has, once it has settled; -1 while it has not."""
    described = AdminClient({"bootstrap.servers": bootstrap}).describe_consumer_groups(groups)
    found = [described[group].result(30) for group in groups]
    return [len(g.members) if g.state.name == "STABLE" else -1 for g in found]


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
