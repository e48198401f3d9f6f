"""The feed: in order, without gaps, each afnemer its own, to be continued from anywhere."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import asyncpg
import httpx2
import pytest

from chassis.bus.in_process import InProcessBus
from chassis.bus.protocol import Message
from chassis.consumer import Heard
from chassis.database import Database
from contracts.afnemers import DIENST_TOPICS
from contracts.envelope import CloudEvent
from contracts.intake import KandidaatAangemeld, PoortbesluitGenomen
from gateway.gebeurtenissen import api
from gateway.gebeurtenissen.cursor import encode_cursor
from gateway.gebeurtenissen.feed import neem_op
from gateway.service import SERVICE, Gateway
from tests.gateway.hulp import BOXTEL, VUGHT, WSD, Tokens, caller, event, on_the_bus

FEED = "/gebeurtenissen/v1/gebeurtenissen"


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
        self._wait, self._arrivals = api._wait, asyncio.Semaphore(0)
        monkeypatch.setattr(api, "_wait", self._counted)

    async def _counted(self, woken: asyncio.Event, seconds: float) -> None:
        self._arrivals.release()
        await self._wait(woken, seconds)

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
    monkeypatch.setattr(api, "_LOOK_AGAIN", 3600.0)
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
    monkeypatch.setattr(api, "_LOOK_AGAIN", 0.01)
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
        ("limiet", "501"),
        ("wacht", "31"),
        ("subject", "999990342"),
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
