"""The feed: in order, without gaps, each afnemer its own, to be continued from anywhere."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import uuid4

import asyncpg
import httpx2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chassis.bus.in_process import InProcessBus
from chassis.bus.protocol import Message
from chassis.clock import MovableClock
from chassis.consumer import Consumer, Heard
from chassis.database import Database
from chassis.runtime import background
from contracts.afnemers import DIENST_TOPICS
from contracts.envelope import CloudEvent, time_text
from contracts.intake import KandidaatAangemeld, PoortbesluitGenomen
from gateway.gebeurtenissen import api, bewaren, feed
from gateway.gebeurtenissen.cursor import encode_cursor
from gateway.gebeurtenissen.feed import BEGIN as BEGINNING
from gateway.gebeurtenissen.feed import Vraag, lees, neem_op
from gateway.gebeurtenissen.wekker import WEKKER, Wekker, wait
from gateway.service import SERVICE, Gateway
from tests.gateway.hulp import BOXTEL, VUGHT, WSD, Tokens, caller, event, on_the_bus

FEED = "/gebeurtenissen/v1/gebeurtenissen"
BEGIN = datetime(2026, 11, 20, 8, tzinfo=UTC)


@pytest.fixture
async def boxtel(gateway: Gateway, tokens: Tokens) -> AsyncIterator[httpx2.AsyncClient]:
    async with caller(gateway.app, tokens.header(BOXTEL)) as client:
        yield client


async def publish(bus: InProcessBus, *messages: Message) -> None:
    assert not await bus.publish(messages)


async def page(client: httpx2.AsyncClient, **question: Any) -> Any:
    answer = await client.get(FEED, params=question)
    assert answer.status_code == 200, answer.text
    return answer.json()


def ids(found: Any) -> list[str]:
    return [item["gebeurtenis"]["id"] for item in found["resultaten"]]


def test_it_hears_every_service_in_its_own_group() -> None:
    assert SERVICE.topics == DIENST_TOPICS
    assert SERVICE.group == "meedoen-gateway"


async def test_an_event_is_shown_as_the_cloudevent_it_is(
    bus: InProcessBus, boxtel: httpx2.AsyncClient
) -> None:
    sent = event(BOXTEL)
    await publish(bus, on_the_bus(sent, BOXTEL))
    (item,) = (await page(boxtel))["resultaten"]
    assert item.keys() == {"cursor", "ontvangenOp", "gebeurtenis"}
    shown = httpx2.Response(200, json=item["gebeurtenis"]).content
    assert CloudEvent.from_structured_json(shown).model_dump() == sent.model_dump()


async def test_events_come_in_the_order_of_arrival_and_each_once(
    bus: InProcessBus, boxtel: httpx2.AsyncClient
) -> None:
    kandidaat = uuid4()
    sent = [event(BOXTEL, subject=kandidaat, version=v) for v in range(1, 6)]
    await publish(bus, *(on_the_bus(e, BOXTEL) for e in sent))
    await publish(bus, *(on_the_bus(e, BOXTEL) for e in sent))
    assert ids(await page(boxtel)) == [str(e.id) for e in sent]


async def test_each_afnemer_sees_its_own_events_and_no_other(
    bus: InProcessBus, gateway: Gateway, tokens: Tokens
) -> None:
    of_boxtel, of_vught, shared = event(BOXTEL), event(VUGHT), event(BOXTEL)
    await publish(
        bus,
        on_the_bus(of_boxtel, BOXTEL),
        on_the_bus(of_vught, VUGHT),
        on_the_bus(shared, BOXTEL, WSD),
    )
    seen = {}
    for organisation in (BOXTEL, VUGHT, WSD):
        async with caller(gateway.app, tokens.header(organisation)) as client:
            seen[organisation] = set(ids(await page(client)))
    assert seen == {
        BOXTEL: {str(of_boxtel.id), str(shared.id)},
        VUGHT: {str(of_vught.id)},
        WSD: {str(shared.id)},
    }


async def test_the_database_itself_hides_the_feed_of_another(
    bus: InProcessBus, gateway: Gateway, database: Database
) -> None:
    await publish(bus, on_the_bus(event(BOXTEL), BOXTEL, WSD))
    async with database.unit_of_work(VUGHT) as uow:
        for table in ("ontvangen", "teller"):
            assert not await uow.connection.fetch(f"SELECT * FROM {table}")  # noqa: S608
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await uow.connection.execute(
                "INSERT INTO teller (afnemer, laatste) VALUES ($1, 1)", BOXTEL
            )


async def test_the_numbers_have_no_gaps_and_show_up_in_order_under_20_concurrent_writers(
    database: Database,
) -> None:
    """With transactions of random length, of which one in four rolls back."""
    chance = random.Random(20261122)
    seen: list[int] = []
    done = asyncio.Event()
    limit = asyncio.Semaphore(20)

    async def numbers_after(last: int) -> list[int]:
        async with database.unit_of_work(WSD) as uow:
            rows = await uow.connection.fetch(
                "SELECT nummer FROM ontvangen WHERE nummer > $1 ORDER BY nummer", last
            )
        return [row["nummer"] for row in rows]

    async def write(number: int) -> bool:
        async with limit, database.unit_of_work(BOXTEL) as uow:
            await uow.connection.execute("SELECT pg_sleep($1)", chance.uniform(0, 0.005))
            await neem_op(uow, [Heard(event(BOXTEL), (BOXTEL, WSD))])
            await uow.connection.execute("SELECT pg_sleep($1)", chance.uniform(0, 0.002))
            if number % 4 == 0:
                return False
            await uow.commit()
        return True

    async def read() -> None:
        while not done.is_set():
            seen.extend(await numbers_after(seen[-1] if seen else 0))

    async with asyncio.TaskGroup() as group:
        group.create_task(read())
        written = await asyncio.gather(*(write(number) for number in range(200)))
        done.set()
    everything = await numbers_after(0)
    assert everything == list(range(1, sum(written) + 1))
    # A reader that only ever looked after its last number has missed none.
    assert len(seen) > 50
    assert seen == everything[: len(seen)]


async def test_a_reader_can_continue_from_any_cursor(
    bus: InProcessBus, boxtel: httpx2.AsyncClient
) -> None:
    await publish(bus, *(on_the_bus(event(BOXTEL), BOXTEL) for _ in range(7)))
    items = (await page(boxtel))["resultaten"]
    everything = [item["gebeurtenis"]["id"] for item in items]
    for place, item in enumerate(items, start=1):
        assert ids(await page(boxtel, na=item["cursor"])) == everything[place:]


async def test_the_link_leads_through_the_whole_feed_and_ends(
    bus: InProcessBus, boxtel: httpx2.AsyncClient
) -> None:
    await publish(bus, *(on_the_bus(event(BOXTEL), BOXTEL) for _ in range(7)))
    everything = ids(await page(boxtel))
    answer = await boxtel.get(FEED, params={"limiet": 3})
    found, pages = ids(answer.json()), 1
    while "next" in answer.links:
        answer = await boxtel.get(answer.links["next"]["url"])
        found += ids(answer.json())
        pages += 1
    assert (found, pages) == (everything, 3)
    # The last page says where to continue as well.
    assert ids(await page(boxtel, na=answer.json()["cursor"])) == []
    await publish(bus, on_the_bus(event(BOXTEL), BOXTEL))
    assert len(ids(await page(boxtel, na=answer.json()["cursor"]))) == 1


async def test_filters_on_type_and_subject_and_the_cursor_passes_what_does_not_match(
    bus: InProcessBus, boxtel: httpx2.AsyncClient
) -> None:
    kandidaat = uuid4()
    first = event(BOXTEL, subject=kandidaat)
    second = event(BOXTEL, subject=kandidaat, version=2, model=PoortbesluitGenomen)
    other = event(BOXTEL)
    for e in (first, second, other):
        await publish(bus, on_the_bus(e, BOXTEL))
    only = await page(boxtel, type=PoortbesluitGenomen.type())
    assert ids(only) == [str(second.id)]
    both = {"type": [PoortbesluitGenomen.type(), KandidaatAangemeld.type()]}
    assert len(ids(await page(boxtel, **both))) == 3
    about = await page(boxtel, subject=str(kandidaat))
    assert ids(about) == [str(first.id), str(second.id)]
    # The cursor of a filtered page is that of the last event looked at, matching or not.
    assert only["cursor"] == (await page(boxtel))["cursor"]
    answer = await boxtel.get(FEED, params={"limiet": 1, "subject": str(kandidaat)})
    assert f"subject={kandidaat}" in answer.links["next"]["url"]
    assert ids((await boxtel.get(answer.links["next"]["url"])).json()) == [str(second.id)]


def at(minutes: int) -> datetime:
    return BEGIN + timedelta(minutes=minutes)


@pytest.fixture
async def a_morning(
    gateway: Gateway, database: Database, monkeypatch: pytest.MonkeyPatch
) -> MovableClock:
    """Boxtel's feed with numbers 1 to 6, received at minute 0, 10, 10, 20, 30 and 40."""
    clock = MovableClock(BEGIN)
    monkeypatch.setattr(database, "clock", clock)
    for minute in (0, 10, 10, 20, 30, 40):
        clock.move_to(at(minute))
        await take_in(database, [event(BOXTEL)])
    return clock


async def take_in(database: Database, events: Sequence[CloudEvent], *also: str) -> None:
    async with database.unit_of_work(BOXTEL) as uow:
        await neem_op(uow, [Heard(e, (BOXTEL, *also)) for e in events])
        await uow.commit()


def numbers(found: Any) -> list[int]:
    return [int(item["cursor"].rpartition("-")[2]) for item in found["resultaten"]]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ({"ontvangenVanaf": at(10)}, [2, 3, 4, 5, 6]),
        ({"ontvangenVanaf": at(11)}, [4, 5, 6]),
        ({"ontvangenVanaf": at(-60)}, [1, 2, 3, 4, 5, 6]),
        ({"ontvangenVanaf": at(41)}, []),
        ({"ontvangenTot": at(10)}, [1]),
        ({"ontvangenTot": at(11)}, [1, 2, 3]),
        ({"ontvangenTot": at(0)}, []),
        ({"ontvangenVanaf": at(10), "ontvangenTot": at(30)}, [2, 3, 4]),
        ({"ontvangenVanaf": at(10), "ontvangenTot": at(30), "na": "0757-2"}, [3, 4]),
        ({"ontvangenVanaf": at(20), "na": "0757-1"}, [4, 5, 6]),
        ({"ontvangenVanaf": at(20), "na": "0757-5"}, [6]),
    ],
)
async def test_a_time_of_reception_is_a_filter_and_a_place_to_begin(
    a_morning: MovableClock,
    boxtel: httpx2.AsyncClient,
    question: dict[str, Any],
    expected: list[int],
) -> None:
    sent = {n: w.isoformat() if isinstance(w, datetime) else w for n, w in question.items()}
    assert numbers(await page(boxtel, **sent)) == expected
    # Page by page it is the same.
    answer = await boxtel.get(FEED, params={**sent, "limiet": 1})
    found = numbers(answer.json())
    while "next" in answer.links:
        answer = await boxtel.get(answer.links["next"]["url"])
        found += numbers(answer.json())
    assert found == expected
    # And after the last page there is nothing more of that time.
    assert numbers(await page(boxtel, **{**sent, "na": answer.json()["cursor"]})) == []


async def test_a_time_may_be_of_any_offset_and_is_answered_in_utc(
    a_morning: MovableClock, boxtel: httpx2.AsyncClient
) -> None:
    for time in ("09:30:00+01:00", "08:30:00Z", "03:00:00-05:30"):
        found = await page(boxtel, ontvangenVanaf=f"2026-11-20T{time}")
        assert [i["ontvangenOp"] for i in found["resultaten"]] == [
            "2026-11-20T08:30:00.000000Z",
            "2026-11-20T08:40:00.000000Z",
        ]


async def test_a_time_that_is_over_is_not_waited_for(
    a_morning: MovableClock, boxtel: httpx2.AsyncClient
) -> None:
    question = {"na": "0757-3", "ontvangenTot": at(15).isoformat(), "wacht": 30}
    async with asyncio.timeout(5):
        assert numbers(await page(boxtel, **question)) == []


async def test_a_time_to_come_is_waited_for(
    a_morning: MovableClock, boxtel: httpx2.AsyncClient, database: Database
) -> None:
    """What is received before it does not count, and the cursor does not pass what does."""
    question = {"ontvangenVanaf": at(60).isoformat()}
    empty = await page(boxtel, **question)
    assert (numbers(empty), empty["cursor"]) == ([], "0757-6")
    for minute in (50, 60):
        a_morning.move_to(at(minute))
        await take_in(database, [event(BOXTEL)])
    assert numbers(await page(boxtel, **question, na=empty["cursor"])) == [8]


async def test_the_end_of_a_time_must_be_after_its_beginning(boxtel: httpx2.AsyncClient) -> None:
    question = {"ontvangenVanaf": at(5).isoformat(), "ontvangenTot": at(5).isoformat()}
    answer = await boxtel.get(FEED, params=question)
    assert answer.status_code == 400
    assert [f["pad"] for f in answer.json()["fouten"]] == ["query.ontvangenTot"]


async def test_the_moment_of_reception_never_goes_back(
    a_morning: MovableClock, boxtel: httpx2.AsyncClient, database: Database
) -> None:
    """Another process may have a clock that is behind; who asks for a time may not miss events."""
    a_morning.move_to(at(25))
    await take_in(database, [event(BOXTEL)])
    found = await page(boxtel, ontvangenVanaf=at(40).isoformat())
    assert numbers(found) == [6, 7]
    assert {item["ontvangenOp"] for item in found["resultaten"]} == {time_text(at(40))}
    assert numbers(await page(boxtel, ontvangenTot=at(30).isoformat())) == [1, 2, 3, 4]


async def test_the_filters_go_together(boxtel: httpx2.AsyncClient, database: Database) -> None:
    ours = uuid4()
    begin = datetime.now(UTC) - timedelta(seconds=1)
    await take_in(
        database,
        [
            event(BOXTEL, subject=ours),
            event(BOXTEL, subject=ours, version=2, model=PoortbesluitGenomen),
            event(BOXTEL, model=PoortbesluitGenomen),
            event(BOXTEL, subject=ours, version=3),
        ],
    )
    aangemeld, poort = KandidaatAangemeld.type(), PoortbesluitGenomen.type()
    vanaf = {"ontvangenVanaf": begin.isoformat()}
    assert numbers(await page(boxtel, subject=str(ours), type=aangemeld, **vanaf)) == [1, 4]
    assert numbers(await page(boxtel, type=[aangemeld, poort], na="0757-1", limiet=2)) == [2, 3]
    assert numbers(await page(boxtel, type=poort, **vanaf)) == [2, 3]
    assert numbers(await page(boxtel, subject=str(ours), type=[poort, aangemeld])) == [1, 2, 4]


async def test_events_taken_in_at_once_are_in_the_order_in_which_they_came(
    boxtel: httpx2.AsyncClient, database: Database
) -> None:
    """And what one afnemer has already is added for the other only."""
    sent = [event(BOXTEL) for _ in range(50)]
    await take_in(database, sent[:20])
    await take_in(database, [*sent, *sent], WSD)
    assert ids(await page(boxtel, limiet=1000)) == [str(e.id) for e in sent]
    async with database.unit_of_work(WSD) as uow:
        rows = await uow.connection.fetch("SELECT nummer, event_id FROM ontvangen ORDER BY nummer")
    assert [tuple(row) for row in rows] == [(n, e.id) for n, e in enumerate(sent, start=1)]


@given(st.data())
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
async def test_any_split_of_what_came_gives_the_same_feed(
    database: Database, data: st.DataObject
) -> None:
    """With duplicates, and in the order of the facts: numbers without gaps, each event once."""
    kandidaten = [uuid4() for _ in range(3)]
    facts = [
        event(data.draw(st.sampled_from((BOXTEL, VUGHT))), subject=k, version=v)
        for v in range(1, 4)
        for k in kandidaten
    ]
    flow = [on_the_bus(e, e.gemeentecode, WSD) for e in facts]
    for place in data.draw(st.lists(st.integers(0, len(flow) - 1), max_size=5)):
        flow.insert(data.draw(st.integers(place + 1, len(flow))), flow[place])
    cuts = sorted(data.draw(st.sets(st.integers(0, len(flow)), max_size=4)))
    before = await last_number(database)
    consumer = Consumer(database, every=neem_op)
    for start, end in pairwise([0, *cuts, len(flow)]):
        await consumer.handle(flow[start:end])
    async with database.unit_of_work(WSD) as uow:
        rows = await uow.connection.fetch(
            "SELECT nummer, event_id, subject FROM ontvangen WHERE nummer > $1 ORDER BY nummer",
            before,
        )
    assert [r["nummer"] for r in rows] == list(range(before + 1, before + 1 + len(facts)))
    for kandidaat in kandidaten:
        in_order = [e.id for e in facts if e.subject == kandidaat]
        assert [r["event_id"] for r in rows if r["subject"] == kandidaat] == in_order


async def last_number(database: Database) -> int:
    async with database.unit_of_work(WSD) as uow:
        return await uow.connection.fetchval("SELECT laatste FROM teller") or 0


# -- how long it is kept ----------------------------------------------------------------------


async def test_what_is_kept_long_enough_goes_and_the_rest_stays_where_it_was(
    a_morning: MovableClock, boxtel: httpx2.AsyncClient, database: Database
) -> None:
    before = (await page(boxtel))["resultaten"]
    a_morning.move_to(at(15) + bewaren.GEWOONLIJK)
    assert await bewaren.verwijder_oudste(database, BOXTEL, bewaren.GEWOONLIJK) == 3
    assert await bewaren.verwijder_oudste(database, BOXTEL, bewaren.GEWOONLIJK) == 0
    assert (await page(boxtel))["resultaten"] == before[3:]
    assert numbers(await page(boxtel, na="0757-4")) == [5, 6]
    await take_in(database, [event(BOXTEL)])
    assert numbers(await page(boxtel)) == [4, 5, 6, 7]


async def test_a_cursor_older_than_what_is_kept_is_a_410_that_says_how_to_go_on(
    a_morning: MovableClock, boxtel: httpx2.AsyncClient, database: Database
) -> None:
    a_morning.move_to(at(15) + bewaren.GEWOONLIJK)
    await bewaren.verwijder_oudste(database, BOXTEL, bewaren.GEWOONLIJK)
    for path in (FEED, "/gebeurtenissen/v1/stroom"):
        for cursor in ("0757-0", "0757-2"):
            answer = await boxtel.get(path, params={"na": cursor})
            assert (answer.status_code, answer.json()["code"]) == (410, "niet-meer-bewaard")
    assert numbers(await page(boxtel, na=answer.json()["oudsteCursor"])) == [4, 5, 6]
    # Who had read up to there has missed nothing.
    assert numbers(await page(boxtel, na="0757-3")) == [4, 5, 6]


async def test_when_nothing_is_left_the_numbers_go_on(
    a_morning: MovableClock, boxtel: httpx2.AsyncClient, database: Database
) -> None:
    a_morning.move_to(at(60) + bewaren.GEWOONLIJK)
    assert await bewaren.verwijder_oudste(database, BOXTEL, bewaren.GEWOONLIJK) == 6
    empty = await page(boxtel)
    assert (empty["resultaten"], empty["cursor"]) == ([], "0757-6")
    await take_in(database, [event(BOXTEL)])
    assert numbers(await page(boxtel, na=empty["cursor"])) == [7]


async def test_it_goes_a_little_at_a_time_and_for_every_afnemer(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = MovableClock(BEGIN)
    monkeypatch.setattr(database, "clock", clock)
    for _ in range(3):
        await take_in(database, [event(BOXTEL) for _ in range(500)], WSD)
    clock.move_to(BEGIN + bewaren.GEWOONLIJK + timedelta(seconds=1))
    await take_in(database, [event(BOXTEL)], WSD)
    removed = [
        await bewaren.verwijder_oudste(database, BOXTEL, bewaren.GEWOONLIJK) for _ in range(3)
    ]
    assert removed == [1000, 500, 0]

    async def kept() -> int:
        async with database.unit_of_work(WSD) as uow:
            return int(await uow.connection.fetchval("SELECT count(*) FROM ontvangen"))

    assert await kept() == 1501
    work = asyncio.create_task(bewaren.verwijder_wat_verviel(database, bewaren.GEWOONLIJK))
    async with asyncio.timeout(10):
        while await kept() > 1:  # noqa: ASYNC110 - the database has no event for it
            await asyncio.sleep(0.01)
    work.cancel()
    await asyncio.gather(work, return_exceptions=True)
    assert await kept() == 1


async def test_removing_beside_writers_and_a_reader_loses_nothing_that_must_be_kept(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = MovableClock(BEGIN)
    monkeypatch.setattr(database, "clock", clock)
    await take_in(database, [event(BOXTEL) for _ in range(300)])
    clock.move_to(BEGIN + bewaren.GEWOONLIJK + timedelta(days=1))

    async def write() -> None:
        for _ in range(20):
            await take_in(database, [event(BOXTEL)])

    async with asyncio.TaskGroup() as group:
        for _ in range(3):
            group.create_task(write())
            group.create_task(bewaren.verwijder_oudste(database, BOXTEL, bewaren.GEWOONLIJK))
    async with database.unit_of_work(BOXTEL) as uow:
        left = await lees(uow, Vraag(BEGINNING, 1000))
    assert [regel.nummer for regel in left.regels] == list(range(301, 361))


async def test_nu_skips_what_was_there_and_shows_what_comes(
    bus: InProcessBus, boxtel: httpx2.AsyncClient
) -> None:
    await publish(bus, on_the_bus(event(BOXTEL), BOXTEL))
    now = await page(boxtel, na="nu")
    assert ids(now) == []
    new = event(BOXTEL)
    await publish(bus, on_the_bus(new, BOXTEL))
    assert ids(await page(boxtel, na=now["cursor"])) == [str(new.id)]


class Readers:
    """Knows how many readers have looked, found nothing, and wait now."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._arrivals = asyncio.Semaphore(0)
        monkeypatch.setattr(api, "wait", self._counted)

    async def _counted(self, woken: asyncio.Event, seconds: float) -> None:
        self._arrivals.release()
        await wait(woken, seconds)

    async def wait(self, number: int) -> None:
        for _ in range(number):
            await self._arrivals.acquire()


@pytest.mark.parametrize("start", [{}, {"na": "nu"}])
async def test_who_waits_is_woken_by_the_event(
    bus: InProcessBus,
    boxtel: httpx2.AsyncClient,
    start: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(api, "LOOK_AGAIN", 3600.0)
    readers = Readers(monkeypatch)
    waiting = [asyncio.create_task(page(boxtel, wacht=30, **start)) for _ in range(3)]
    await readers.wait(3)
    sent = event(BOXTEL)
    await publish(bus, on_the_bus(sent, BOXTEL))
    async with asyncio.timeout(20):
        assert [ids(found) for found in await asyncio.gather(*waiting)] == [[str(sent.id)]] * 3


async def test_who_waits_sees_what_another_process_took_in(
    boxtel: httpx2.AsyncClient, gateway_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "LOOK_AGAIN", 0.01)
    readers = Readers(monkeypatch)
    waiting = asyncio.create_task(page(boxtel, wacht=30))
    await readers.wait(1)
    connection = await asyncpg.connect(gateway_url)
    await connection.execute(
        "SET meedoen.organisatie = '0757'; SET search_path = gateway;"
        "INSERT INTO teller (afnemer, laatste) VALUES ('0757', 1);"
        "INSERT INTO ontvangen VALUES ('0757', 1, 'bron', gen_random_uuid(), 'type',"
        ' gen_random_uuid(), now(), \'{"id": "van-elders"}\')'
    )
    await connection.close()
    assert ids(await waiting) == ["van-elders"]


async def test_waiting_ends_with_an_empty_page(boxtel: httpx2.AsyncClient) -> None:
    found = await page(boxtel, wacht=1)
    assert found["resultaten"] == []
    assert await page(boxtel, na=found["cursor"]) == found


async def test_who_waits_is_woken_by_another_process_of_the_gateway(
    gateway_url: str, boxtel: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "LOOK_AGAIN", 3600.0)
    here, elsewhere = WEKKER, Wekker()
    async with (
        Database("gateway", gateway_url, wake_other_processes=True) as ours,
        Database("gateway", gateway_url, wake_other_processes=True) as theirs,
        background(here.join(ours), elsewhere.join(theirs)),
    ):
        with here.listening(VUGHT) as ready:
            # Whoever begins to listen wakes everyone: from then on a wake gets through.
            await ready.wait()
        readers = Readers(monkeypatch)
        waiting = asyncio.create_task(page(boxtel, wacht=30))
        await readers.wait(1)
        sent = event(BOXTEL)
        monkeypatch.setattr(feed, "WEKKER", elsewhere)
        await take_in(theirs, [sent])
        async with asyncio.timeout(20):
            assert ids(await waiting) == [str(sent.id)]


async def test_nobody_waits_while_the_process_stops(
    gateway: Gateway, boxtel: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "LOOK_AGAIN", 3600.0)
    readers = Readers(monkeypatch)
    waiting = asyncio.create_task(page(boxtel, wacht=30))
    await readers.wait(1)
    gateway.stop_waiting()
    async with asyncio.timeout(5):
        assert ids(await waiting) == []
        assert ids(await page(boxtel, wacht=30)) == []


@pytest.mark.parametrize(
    "cursor",
    [
        encode_cursor(VUGHT, 1),
        encode_cursor(WSD, 0),
        encode_cursor(BOXTEL, 99),
        f"{BOXTEL}-{10**17}",
    ],
)
async def test_a_cursor_of_another_feed_or_beyond_the_end_is_a_404(
    bus: InProcessBus, boxtel: httpx2.AsyncClient, cursor: str
) -> None:
    await publish(bus, on_the_bus(event(BOXTEL), BOXTEL, WSD), on_the_bus(event(VUGHT), VUGHT))
    answer = await boxtel.get(FEED, params={"na": cursor})
    assert (answer.status_code, answer.json()["code"]) == (404, "niet-gevonden")


@pytest.mark.parametrize(
    "cursor", ["x", "", "0757-", "0757--1", "0757-01", "757-1", "0757-1 ", "0757-" + "9" * 19, "NU"]
)
async def test_what_is_no_cursor_is_a_400(boxtel: httpx2.AsyncClient, cursor: str) -> None:
    answer = await boxtel.get(FEED, params={"na": cursor})
    assert answer.status_code == 400
    assert [fault["pad"] for fault in answer.json()["fouten"]] == ["query.na"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("limiet", "0"),
        ("limiet", "1001"),
        ("wacht", "31"),
        ("subject", "999990342"),
        ("ontvangenVanaf", "2026-11-20"),
        ("ontvangenVanaf", "2026-11-20T08:00:00"),
        ("ontvangenTot", "999990342"),
        ("type", "nl.participatie.bestaat-niet.v1"),
    ],
)
async def test_other_invalid_input_is_a_400_that_does_not_repeat_it(
    boxtel: httpx2.AsyncClient, name: str, value: str
) -> None:
    answer = await boxtel.get(FEED, params={name: value})
    assert answer.status_code == 400
    assert [f["pad"] for f in answer.json()["fouten"]] == [f"query.{name}"]
    assert "999990342" not in answer.text


async def test_it_takes_the_scope_of_the_feed(gateway: Gateway, tokens: Tokens) -> None:
    async with caller(gateway.app, tokens.header(BOXTEL, ["intake.lezen"])) as client:
        answer = await client.get(FEED)
    assert (answer.status_code, answer.json()["scope"]) == (403, "gebeurtenissen.lezen")


async def test_the_openapi_document_says_how_the_feed_goes_on(boxtel: httpx2.AsyncClient) -> None:
    document = (await boxtel.get("/gebeurtenissen/v1/openapi.json")).json()
    operation = document["paths"]["/gebeurtenissen"]["get"]
    assert operation["security"] == [{"token": ["gebeurtenissen.lezen"]}]
    assert {"API-Version", "Link"} <= operation["responses"]["200"]["headers"].keys()
