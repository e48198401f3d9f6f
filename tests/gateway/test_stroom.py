"""The stream: everything in the feed, in order, resumed where it broke off, and never for ever."""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx2
import pytest

from chassis.bus.in_process import InProcessBus
from chassis.consumer import Heard
from chassis.database import Database
from contracts.intake import KandidaatAangemeld, PoortbesluitGenomen
from gateway.gebeurtenissen import stroom, vragen
from gateway.gebeurtenissen.feed import neem_op
from gateway.gebeurtenissen.wekker import WEKKER
from gateway.service import Gateway
from tests.gateway.hulp import BOXTEL, VUGHT, WSD, Tokens, caller, event, on_the_bus, running

FEED = "/gebeurtenissen/v1/gebeurtenissen"
STROOM = "/gebeurtenissen/v1/stroom"


@dataclass
class Bericht:
    """One message of a stream; a comment by itself counts as one too."""

    id: str = ""
    event: str = ""
    data: str = ""
    retry: str = ""
    comment: str | None = None


async def berichten(answer: httpx2.Response) -> AsyncIterator[Bericht]:
    """The messages of a stream as they come, by the rules of the HTML standard."""
    bericht = Bericht()
    async for line in answer.aiter_lines():
        if not line:
            yield bericht
            bericht = Bericht()
            continue
        name, _, value = line.partition(":")
        setattr(bericht, name or "comment", value.removeprefix(" "))


@pytest.fixture
async def adres(gateway: Gateway) -> AsyncIterator[str]:
    """The gateway on a real server."""
    async with running(gateway.app) as adres:
        yield adres


@pytest.fixture
async def klant(adres: str, tokens: Tokens) -> AsyncIterator[httpx2.AsyncClient]:
    async with httpx2.AsyncClient(
        base_url=adres, headers=tokens.header(BOXTEL), timeout=30, trust_env=False
    ) as client:
        yield client


async def take_in(database: Database, *afnemers: str, count: int = 1) -> None:
    async with database.unit_of_work(BOXTEL) as uow:
        await neem_op(uow, [Heard(event(BOXTEL), afnemers) for _ in range(count)])
        await uow.commit()


async def feed_of(client: httpx2.AsyncClient, **question: Any) -> list[tuple[str, Any]]:
    """The whole feed, page by page: cursor and event."""
    answer = await client.get(FEED, params=question)
    found = []
    while True:
        assert answer.status_code == 200, answer.text
        found += [(item["cursor"], item["gebeurtenis"]) for item in answer.json()["resultaten"]]
        if "next" not in answer.links:
            return found
        answer = await client.get(answer.links["next"]["url"])


async def read_until(
    answer: httpx2.Response, count: int, *, data_only: bool = True
) -> list[Bericht]:
    found: list[Bericht] = []
    async with asyncio.timeout(20):
        async for bericht in berichten(answer):
            if bericht.data or not data_only:
                found.append(bericht)
            if len(found) >= count:
                break
    return found


async def test_an_event_comes_as_the_standard_says_it(
    klant: httpx2.AsyncClient, bus: InProcessBus
) -> None:
    sent = event(BOXTEL)
    await bus.publish([on_the_bus(sent, BOXTEL)])
    async with klant.stream("GET", STROOM) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        first, told = await read_until(answer, 2, data_only=False)
    assert first.retry == "2000"
    assert (told.id, told.event) == (f"{BOXTEL}-1", KandidaatAangemeld.type())
    ((cursor, in_the_feed),) = await feed_of(klant)
    assert (told.id, json.loads(told.data)) == (cursor, in_the_feed)


async def test_it_comes_through_the_door_like_every_answer(klant: httpx2.AsyncClient) -> None:
    async with klant.stream("GET", STROOM) as answer:
        headers = answer.headers
    assert headers["api-version"] == "1.0.0"
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-accel-buffering"] == "no"
    assert "content-length" not in headers


async def test_who_follows_gets_an_event_when_it_comes_in(
    klant: httpx2.AsyncClient, bus: InProcessBus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stroom, "LOOK_AGAIN", 3600.0)
    async with klant.stream("GET", STROOM) as answer:
        lines = berichten(answer)
        assert (await anext(lines)).retry
        assert (await anext(lines)).id == f"{BOXTEL}-0"
        for number in (1, 2, 3):
            await bus.publish([on_the_bus(event(BOXTEL), BOXTEL)])
            async with asyncio.timeout(10):
                assert (await anext(lines)).id == f"{BOXTEL}-{number}"


async def test_a_reader_that_drops_at_random_places_gets_exactly_the_feed(
    klant: httpx2.AsyncClient, database: Database
) -> None:
    """Nothing twice and nothing missing, while events keep coming in."""
    chance = random.Random(20261120)
    got: list[tuple[str, Any]] = []
    total = 600

    async def write() -> None:
        written = 0
        while written < total:
            count = min(chance.randint(1, 40), total - written)
            await take_in(database, BOXTEL, count=count)
            written += count

    drops = 0
    async with asyncio.TaskGroup() as group, asyncio.timeout(60):
        group.create_task(write())
        while len(got) < total:
            headers = {"Last-Event-ID": got[-1][0]} if got else {}
            take = chance.randint(1, 60)
            async with klant.stream("GET", STROOM, headers=headers) as answer:
                assert answer.status_code == 200
                async for bericht in berichten(answer):
                    if bericht.data:
                        got.append((bericht.id, json.loads(bericht.data)))
                        take -= 1
                    if take == 0 or len(got) == total:
                        break
            drops += 1
    assert got == await feed_of(klant)
    assert drops > 10


async def test_it_goes_on_where_the_reader_says_and_the_header_goes_before_the_address(
    klant: httpx2.AsyncClient, database: Database
) -> None:
    await take_in(database, BOXTEL, count=5)
    for question, header, first in (
        ({}, {}, 1),
        ({"na": f"{BOXTEL}-2"}, {}, 3),
        ({"na": f"{BOXTEL}-2"}, {"Last-Event-ID": f"{BOXTEL}-4"}, 5),
        ({"na": "nu"}, {"Last-Event-ID": f"{BOXTEL}-3"}, 4),
    ):
        async with klant.stream("GET", STROOM, params=question, headers=header) as answer:
            (bericht,) = await read_until(answer, 1)
        assert bericht.id == f"{BOXTEL}-{first}"


async def test_from_now_on_begins_with_the_place_so_that_a_drop_loses_nothing(
    klant: httpx2.AsyncClient, database: Database
) -> None:
    await take_in(database, BOXTEL, count=3)
    async with klant.stream("GET", STROOM, params={"na": "nu"}) as answer:
        _, place = await read_until(answer, 2, data_only=False)
    assert (place.id, place.data) == (f"{BOXTEL}-3", "")
    await take_in(database, BOXTEL)
    async with klant.stream(
        "GET", STROOM, params={"na": "nu"}, headers={"Last-Event-ID": place.id}
    ) as answer:
        assert (await read_until(answer, 1))[0].id == f"{BOXTEL}-4"


async def test_it_takes_the_filters_of_the_feed(
    klant: httpx2.AsyncClient, bus: InProcessBus
) -> None:
    kandidaat = uuid4()
    for e in (
        event(BOXTEL, subject=kandidaat),
        event(BOXTEL),
        event(BOXTEL, subject=kandidaat, version=2, model=PoortbesluitGenomen),
        event(BOXTEL),
    ):
        await bus.publish([on_the_bus(e, BOXTEL)])
    later = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    for question, ids in (
        ({"subject": str(kandidaat)}, [1, 3]),
        ({"type": PoortbesluitGenomen.type()}, [3]),
        ({"type": KandidaatAangemeld.type(), "ontvangenTot": later}, [1, 2, 4]),
    ):
        async with klant.stream("GET", STROOM, params=question) as answer:
            found = await read_until(answer, len(ids))
        assert [b.id for b in found] == [f"{BOXTEL}-{n}" for n in ids]


async def test_a_time_that_is_over_ends_the_stream_and_then_there_is_nothing_to_follow(
    klant: httpx2.AsyncClient, database: Database
) -> None:
    await take_in(database, BOXTEL, count=3)
    tot = (datetime.now(UTC) + timedelta(microseconds=1)).isoformat()
    await take_in(database, BOXTEL)
    async with klant.stream("GET", STROOM, params={"ontvangenTot": tot}) as answer:
        found = [b async for b in berichten(answer)]
    last = found[-1].id
    assert last == f"{BOXTEL}-3"
    answer = await klant.get(STROOM, params={"ontvangenTot": tot}, headers={"Last-Event-ID": last})
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["api-version"] == "1.0.0"


async def test_silence_is_broken_by_a_comment_that_tells_how_far_was_read(
    klant: httpx2.AsyncClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stroom, "HEARTBEAT", 0.05)
    async with klant.stream("GET", STROOM, params={"subject": str(uuid4())}) as answer:
        lines = berichten(answer)
        retry, start, beat, again = [await anext(lines) for _ in range(4)]
        assert retry.retry
        assert (start.comment, start.id) == ("", f"{BOXTEL}-0")
        assert (beat.comment, beat.id) == (again.comment, again.id) == ("", "")
        await take_in(database, BOXTEL, count=2)
        moved = [b async for b in _until_id(lines)]
    assert moved[-1] == Bericht(id=f"{BOXTEL}-2", comment="")


async def _until_id(lines: AsyncIterator[Bericht]) -> AsyncIterator[Bericht]:
    async for bericht in lines:
        yield bericht
        if bericht.id:
            return


async def test_it_ends_with_the_token(adres: str, tokens: Tokens, database: Database) -> None:
    await take_in(database, BOXTEL, count=2)
    token = tokens.issuer.token(BOXTEL, "klantmanager", ["gebeurtenissen.lezen"], lifetime=2)
    headers = {"Authorization": f"Bearer {token}"}
    async with (
        httpx2.AsyncClient(base_url=adres, headers=headers, trust_env=False) as client,
        client.stream("GET", STROOM) as answer,
        asyncio.timeout(10),
    ):
        found = [b.id async for b in berichten(answer) if b.data]
        assert found == [f"{BOXTEL}-1", f"{BOXTEL}-2"]
        assert (await client.get(STROOM)).status_code == 401


async def test_it_ends_at_once_when_the_process_stops(
    klant: httpx2.AsyncClient, gateway: Gateway
) -> None:
    async with klant.stream("GET", STROOM) as answer:
        lines = berichten(answer)
        await anext(lines)
        gateway.stop_waiting()
        async with asyncio.timeout(5):
            assert [b.id async for b in lines] == [f"{BOXTEL}-0"]


async def test_who_asks_only_for_the_headers_gets_only_those(klant: httpx2.AsyncClient) -> None:
    async with asyncio.timeout(10):
        answer = await klant.head(STROOM)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/event-stream")
    await _none_open()


async def _none_open() -> None:
    async with asyncio.timeout(10):
        while stroom._open[BOXTEL]:  # noqa: ASYNC110 - there is no event for it
            await asyncio.sleep(0.01)


async def test_an_organisation_has_so_many_and_a_place_comes_free_when_one_ends(
    klant: httpx2.AsyncClient, adres: str, tokens: Tokens, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stroom, "MOST_PER_ORGANISATION", 3)
    await _none_open()
    async with contextlib.AsyncExitStack() as stack:
        for _ in range(3):
            open_one = await stack.enter_async_context(klant.stream("GET", STROOM))
            assert open_one.status_code == 200
        answer = await klant.get(STROOM)
        assert (answer.status_code, answer.json()["code"]) == (429, "te-veel-stromen")
        assert answer.headers["retry-after"] == "15"
        # That of another has nothing to do with it.
        async with klant.stream("GET", STROOM, headers=tokens.header(VUGHT)) as other:
            assert other.status_code == 200
        for _ in range(5):
            # What is refused takes no place.
            assert (await klant.get(STROOM, params={"na": f"{VUGHT}-0"})).status_code in (404, 429)
    await _none_open()
    async with klant.stream("GET", STROOM) as again:
        assert again.status_code == 200


async def test_a_refused_cursor_takes_no_place(klant: httpx2.AsyncClient) -> None:
    for _ in range(stroom.MOST_PER_ORGANISATION + 1):
        answer = await klant.get(STROOM, params={"na": f"{BOXTEL}-99"})
        assert answer.status_code == 404
    assert stroom._open[BOXTEL] == 0


async def test_a_slow_reader_fills_no_memory_and_holds_no_connection(
    adres: str, tokens: Tokens, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages: list[int] = []
    read = vragen.lees_verder

    async def counted(*args: Any) -> Any:
        page = await read(*args)
        pages.append(len(page.regels))
        return page

    monkeypatch.setattr(stroom, "lees_verder", counted)
    for _ in range(20):
        await take_in(database, BOXTEL, count=500)
    host, port = adres.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port), limit=1024)
    request = f"GET {STROOM} HTTP/1.1\r\nHost: x\r\nAuthorization: "
    writer.write(f"{request}{tokens.header(BOXTEL)['Authorization']}\r\n\r\n".encode())
    assert (await reader.readline()).startswith(b"HTTP/1.1 200")
    last = -1
    async with asyncio.timeout(20):
        while len(pages) != last:
            last = len(pages)
            await asyncio.sleep(0.5)
    # About 10 MB waits; what the sockets hold is all that was read.
    assert 0 < len(pages) < 90
    assert database.pool.get_idle_size() == database.pool.get_size()
    writer.close()
    await _none_open()


@pytest.mark.parametrize("cursor", [f"{VUGHT}-0", f"{WSD}-1", f"{BOXTEL}-99"])
@pytest.mark.parametrize("where", ["na", "Last-Event-ID"])
async def test_a_cursor_of_another_or_of_nobody_is_a_404_before_anything_is_sent(
    gateway: Gateway, tokens: Tokens, cursor: str, where: str
) -> None:
    sent = {"params": {"na": cursor}} if where == "na" else {"headers": {where: cursor}}
    async with caller(gateway.app, tokens.header(BOXTEL)) as client:
        answer = await client.get(STROOM, **sent)  # type: ignore[arg-type]
    assert (answer.status_code, answer.json()["code"]) == (404, "niet-gevonden")


async def test_what_is_no_cursor_is_a_400_that_says_where(gateway: Gateway, tokens: Tokens) -> None:
    async with caller(gateway.app, tokens.header(BOXTEL)) as client:
        answer = await client.get(STROOM, params={"na": "x"}, headers={"Last-Event-ID": "nu"})
    assert answer.status_code == 400
    assert {f["pad"] for f in answer.json()["fouten"]} == {"query.na", "header.Last-Event-ID"}


async def test_it_takes_the_scope_and_somebody_who_can_read_a_stream(
    gateway: Gateway, tokens: Tokens
) -> None:
    async with caller(gateway.app, tokens.header(BOXTEL, ["intake.lezen"])) as client:
        answer = await client.get(STROOM)
        assert (answer.status_code, answer.json()["scope"]) == (403, "gebeurtenissen.lezen")
    async with caller(gateway.app, tokens.header(BOXTEL)) as client:
        json_only = {"Accept": "application/json"}
        assert (await client.get(STROOM, headers=json_only)).status_code == 406


async def test_each_follows_its_own_feed_and_no_other(
    klant: httpx2.AsyncClient, tokens: Tokens, database: Database
) -> None:
    for afnemers in ((BOXTEL,), (VUGHT, WSD), (BOXTEL, WSD), (VUGHT,)):
        await take_in(database, *afnemers)
    for organisation in (BOXTEL, VUGHT, WSD):
        headers = tokens.header(organisation)
        async with klant.stream("GET", STROOM, headers=headers) as answer:
            found = await read_until(answer, 2)
        shown = [(b.id, json.loads(b.data)) for b in found]
        async with httpx2.AsyncClient(base_url=klant.base_url, headers=headers) as client:
            assert shown == await feed_of(client)


async def test_an_outage_of_the_database_is_waited_out(
    klant: httpx2.AsyncClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stroom, "LOOK_AGAIN", 0.01)
    read, failures = vragen.lees_verder, 0

    async def fails_a_few_times(*args: Any) -> Any:
        nonlocal failures
        if 0 < failures < 4:
            failures += 1
            raise ConnectionResetError
        return await read(*args)

    monkeypatch.setattr(stroom, "lees_verder", fails_a_few_times)
    async with klant.stream("GET", STROOM) as answer:
        lines = berichten(answer)
        await anext(lines)
        failures = 1
        await take_in(database, BOXTEL)
        found = [b async for b in _until_data(lines)]
    assert failures == 4
    assert found[-1].id == f"{BOXTEL}-1"


async def _until_data(lines: AsyncIterator[Bericht]) -> AsyncIterator[Bericht]:
    async for bericht in lines:
        yield bericht
        if bericht.data:
            return


async def test_after_the_end_of_a_gateway_a_new_one_can_be_waited_for(gateway: Gateway) -> None:
    gateway.stop_waiting()
    assert WEKKER.is_closed
    with WEKKER.open(), WEKKER.listening(BOXTEL) as woken:
        assert not woken.is_set()
