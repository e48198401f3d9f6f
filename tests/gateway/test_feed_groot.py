"""A large feed answers as fast as a small one: PostgreSQL reads what is shown and little more."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID

import asyncpg
import pytest

from chassis.database import Database
from contracts.catalogus import PER_TYPE
from gateway.gebeurtenissen.feed import BEGIN, Vraag, lees
from tests.gateway.hulp import WSD, event

EVENTS = 100_000
EVERY = timedelta(minutes=5)
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
TYPES = sorted(PER_TYPE)[:13]
RARE = TYPES[-1]
"""Once at the beginning and once at the end."""
PAGE = 100

FILL = f"""
INSERT INTO ontvangen
SELECT '{WSD}', n, 'urn:x', gen_random_uuid(),
    ($1::text[])[CASE WHEN n IN (5, {EVENTS - 5}) THEN {len(TYPES)}
                      ELSE 1 + n % {len(TYPES) - 1} END],
    ('00000000-0000-4000-8000-' || lpad((n % {EVENTS // 5})::text, 12, '0'))::uuid,
    $2::timestamptz + n * $3::interval, $4
FROM generate_series(1, {EVENTS}) n
"""  # noqa: S608 - our own text


def moment(number: int) -> datetime:
    return FIRST + number * EVERY


@pytest.fixture
async def groot(
    database: Database, gateway_url: str, postgres_beheer_url: str
) -> AsyncIterator[Database]:
    """The feed of WSD with 100,000 events, and statistics about them."""
    own = urlunsplit(urlsplit(postgres_beheer_url)._replace(path=urlsplit(gateway_url).path))
    beheer = await asyncpg.connect(own, server_settings={"search_path": "gateway"})
    try:
        shown = event().structured_json().decode()
        await beheer.execute(FILL, TYPES, FIRST, EVERY, shown)
        await beheer.execute(
            "INSERT INTO teller (afnemer, laatste, laatst_op) VALUES ($1, $2, $3)",
            *(WSD, EVENTS, moment(EVENTS)),
        )
        await beheer.execute("VACUUM ANALYZE ontvangen")
        yield database
    finally:
        await beheer.execute("TRUNCATE ontvangen, teller")
        await beheer.close()


SOMEBODY = UUID("00000000-0000-4000-8000-000000000777")
VRAGEN = {
    "from the beginning": (Vraag(BEGIN, PAGE), PAGE),
    "from the middle": (Vraag(EVENTS // 2, PAGE), PAGE),
    "at the end": (Vraag(EVENTS, PAGE), 0),
    "from now on": (Vraag(None, PAGE), 0),
    "a usual type": (Vraag(BEGIN, PAGE, (TYPES[0],)), PAGE),
    "a rare type": (Vraag(BEGIN, PAGE, (RARE,)), 2),
    "a rare type, from after it": (Vraag(10, PAGE, (RARE,)), 1),
    "usual and rare types": (Vraag(EVENTS // 2, PAGE, (TYPES[0], TYPES[4], RARE)), PAGE),
    "a subject": (Vraag(BEGIN, PAGE, (), SOMEBODY), 5),
    "a subject and types": (Vraag(BEGIN, PAGE, (TYPES[777 % 12], RARE), SOMEBODY), 2),
    "a day": (Vraag(BEGIN, PAGE, vanaf=moment(60_000), tot=moment(60_050)), 50),
    "from a day on": (Vraag(BEGIN, PAGE, vanaf=moment(60_000)), PAGE),
    "a rare type in a year": (
        Vraag(BEGIN, PAGE, (RARE,), vanaf=moment(10), tot=moment(EVENTS)),
        1,
    ),
    "a subject in a year": (
        Vraag(BEGIN, PAGE, (), SOMEBODY, vanaf=moment(10), tot=moment(EVENTS)),
        5,
    ),
}


class Explained:
    """A connection that also tells of each question how PostgreSQL went about it."""

    def __init__(self, uow: Any) -> None:
        self.organisation, self.now, self.connection = uow.organisation, uow.now, self
        self._connection = uow.connection
        self.plan: dict[str, Any] = {}

    async def fetch(self, sql: str, *values: Any) -> Any:
        (row,) = await self._connection.fetch(
            f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}", *values
        )
        self.plan = json.loads(row[0])[0]["Plan"]
        return await self._connection.fetch(sql, *values)

    def read_whole(self, table: str) -> bool:
        nodes = [self.plan]
        for node in nodes:
            nodes += node.get("Plans", [])
        return ("Seq Scan", table) in [(n["Node Type"], n.get("Relation Name")) for n in nodes]

    @property
    def blocks(self) -> int:
        return int(self.plan["Shared Hit Blocks"] + self.plan["Shared Read Blocks"])


@pytest.mark.parametrize("plan", ["force_custom_plan", "force_generic_plan"])
async def test_no_question_reads_much_more_than_it_shows(groot: Database, plan: str) -> None:
    """Whether PostgreSQL looks at the values or not, as it does after some repetitions."""
    for name, (vraag, shown) in VRAGEN.items():
        async with groot.unit_of_work(WSD) as uow:
            await uow.connection.execute(f"SET LOCAL plan_cache_mode = {plan}")
            explained = Explained(uow)
            page = await lees(explained, vraag)  # type: ignore[arg-type]
        assert len(page.regels) == shown, name
        assert not explained.read_whole("ontvangen"), name
        # The whole is some 12,000 blocks, and a page of three types is read three times.
        assert explained.blocks < 4 * PAGE, (name, explained.blocks)


async def test_every_question_page_by_page_shows_what_it_shows_at_once(groot: Database) -> None:
    for name, (vraag, shown) in VRAGEN.items():
        if not 0 < shown < PAGE:
            continue
        async with groot.unit_of_work(WSD) as uow:
            at_once = (await lees(uow, vraag)).regels
            page = await lees(uow, replace(vraag, aantal=2))
            found = list(page.regels)
            while page.is_er_meer:
                page = await lees(uow, replace(vraag, aantal=2, na=page.gelezen_tot))
                found += page.regels
        assert found == list(at_once), name
