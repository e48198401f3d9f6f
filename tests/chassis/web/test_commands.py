"""A change happens once or not at all, and the answer tells which."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import asyncpg
import httpx2
import pytest
from fastapi import FastAPI
from hypothesis import given
from hypothesis import strategies as st

from chassis.clock import MovableClock
from chassis.database import Database
from chassis.unit_of_work import UnitOfWork
from chassis.web.commands import ATTEMPTS, IF_MATCH
from chassis.web.idempotency import KEEP_FOR, remove_expired
from tests.chassis.web.conftest import BASE, BOXTEL, VUGHT, Connect, Tokens
from tests.chassis.web.voorbeeld.api import make_app, router_that_runs

TAAK = {"naam": "Bellen", "bedrag": "12.50"}
WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"
KEY = {"Idempotency-Key": "8e03978e-40d5-43dd-bc93-6894a57f9324"}


async def count(database: Database, table: str = "taak", organisation: str = BOXTEL) -> int:
    async with database.unit_of_work(organisation) as uow:
        rows = await uow.connection.fetchval(f"SELECT count(*) FROM {table}")  # noqa: S608
        return int(rows)


async def run(
    app: FastAPI,
    connect: Connect,
    use_case: Callable[[UnitOfWork], Awaitable[Any]],
    **headers: str,
) -> httpx2.Response:
    app = make_app(app.state.database, app.state.access, router_that_runs("/doe", use_case))
    return await connect(app).post("/doe", headers=headers)


async def test_a_change_is_there_when_the_answer_arrives(
    client: httpx2.AsyncClient, database: Database
) -> None:
    response = await client.post("/taken", json=TAAK)
    assert response.status_code == 201
    assert response.headers["location"] == f"{BASE}/taken/{response.json()['id']}"
    assert await count(database) == 1


async def test_a_commit_that_fails_is_an_error_and_never_a_201(
    app: FastAPI, connect: Connect, database: Database
) -> None:
    async def fails_at_commit(uow: UnitOfWork) -> None:
        await uow.connection.execute("INSERT INTO laat VALUES (1), (1)")

    response = await run(app, connect, fails_at_commit, **KEY)
    assert response.status_code == 500
    assert await count(database, "laat") == 0
    assert await count(database, "eenmalig") == 0


async def test_a_commit_that_becomes_a_rollback_is_an_error_and_never_a_201(
    app: FastAPI, connect: Connect, database: Database
) -> None:
    async def swallows_an_error(uow: UnitOfWork) -> None:
        await uow.connection.execute("INSERT INTO laat VALUES (2)")
        with contextlib.suppress(asyncpg.DivisionByZeroError):
            await uow.connection.execute("SELECT 1 / 0")

    response = await run(app, connect, swallows_an_error)
    assert response.status_code == 500
    assert await count(database, "laat") == 0


async def test_a_connection_that_is_lost_at_commit_is_an_error_and_never_a_201(
    app: FastAPI, connect: Connect
) -> None:
    async def loses_its_connection(uow: UnitOfWork) -> None:
        uow.connection.terminate()

    assert (await run(app, connect, loses_its_connection)).status_code == 503


async def test_the_answer_waits_for_the_commit(
    app: FastAPI, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = []
    commit = UnitOfWork.commit

    async def observed(uow: UnitOfWork) -> None:
        order.append("commit begins")
        await commit(uow)
        order.append("commit ends")

    async def watching(scope: Any, receive: Any, send: Any) -> None:
        async def send_on(message: Any) -> None:
            order.append(message["type"])
            await send(message)

        await app(scope, receive, send_on)

    monkeypatch.setattr(UnitOfWork, "commit", observed)
    response = await connect(watching).post("/taken", json=TAAK)
    assert response.status_code == 201
    assert order[:3] == ["commit begins", "commit ends", "http.response.start"]


async def test_the_same_request_twice_is_one_change_and_one_answer(
    client: httpx2.AsyncClient, database: Database
) -> None:
    first = await client.post("/taken", json=TAAK, headers=KEY)
    second = await client.post("/taken", json=TAAK, headers=KEY)
    assert (first.status_code, second.status_code) == (201, 201)
    assert second.content == first.content
    for name in ("location", "content-type"):
        assert second.headers[name] == first.headers[name]
    assert "idempotency-replayed" not in first.headers
    assert second.headers["idempotency-replayed"] == "true"
    assert await count(database) == 1


async def test_twenty_at_once_with_one_key_are_one_change_and_one_answer(
    client: httpx2.AsyncClient, database: Database
) -> None:
    responses = await asyncio.gather(
        *(client.post("/taken", json=TAAK, headers=KEY) for _ in range(20))
    )
    assert {response.status_code for response in responses} == {201}
    assert len({response.content for response in responses}) == 1
    replayed = [r for r in responses if r.headers.get("idempotency-replayed") == "true"]
    assert len(replayed) == 19
    assert await count(database) == 1


async def test_one_key_for_another_request_is_a_conflict(
    client: httpx2.AsyncClient, database: Database
) -> None:
    await client.post("/taken", json=TAAK, headers=KEY)
    response = await client.post("/taken", json=TAAK | {"naam": "Mailen"}, headers=KEY)
    assert (response.status_code, response.json()["code"]) == (409, "sleutel-hergebruikt")
    assert await count(database) == 1


async def test_a_refused_request_leaves_its_key_free(
    client: httpx2.AsyncClient, database: Database
) -> None:
    await client.post("/taken", json=TAAK)
    assert (await client.post("/taken", json=TAAK, headers=KEY)).status_code == 409
    other = TAAK | {"naam": "Mailen"}
    assert (await client.post("/taken", json=other, headers=KEY)).status_code == 201
    assert await count(database) == 2


@pytest.mark.parametrize("first_succeeds", [True, False])
async def test_while_the_first_is_undecided_the_second_waits_to_hear_who_was_first(
    app: FastAPI,
    connect: Connect,
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
    first_succeeds: bool,
) -> None:
    at_commit, go = asyncio.Event(), asyncio.Event()
    commit = UnitOfWork.commit

    async def hesitates_once(uow: UnitOfWork) -> None:
        if not at_commit.is_set():
            at_commit.set()
            await go.wait()
            if not first_succeeds:
                raise LookupError
        await commit(uow)

    async def adds_a_row(uow: UnitOfWork) -> None:
        await uow.connection.execute("INSERT INTO gezien (nummer) VALUES (1)")

    monkeypatch.setattr(UnitOfWork, "commit", hesitates_once)
    client = connect(
        make_app(app.state.database, app.state.access, router_that_runs("/doe", adds_a_row))
    )
    first = asyncio.create_task(client.post("/doe", headers=KEY))
    await at_commit.wait()
    second = asyncio.create_task(client.post("/doe", headers=KEY))
    async with asyncio.timeout(10):
        while not await database.pool.fetchval(WAITING):
            pass
    go.set()
    # One that fails may find, by then, that the other has done what was asked.
    assert (await first).status_code in ({201} if first_succeeds else {201, 500})
    assert (await second).status_code == 201
    assert ("idempotency-replayed" in (await second).headers) == first_succeeds
    assert await count(database, "gezien") == 1


async def test_a_repeated_request_gets_its_answer_also_when_it_would_now_be_refused(
    client: httpx2.AsyncClient,
) -> None:
    first = await client.post("/taken", json=TAAK, headers=KEY)
    await client.delete(f"/taken/{first.json()['id']}")
    await client.post("/taken", json=TAAK)
    assert (await client.post("/taken", json=TAAK)).status_code == 409
    assert (await client.post("/taken", json=TAAK, headers=KEY)).content == first.content


async def test_a_key_belongs_to_one_organisation_client_and_route(
    app: FastAPI, connect: Connect, tokens: Tokens, database: Database
) -> None:
    for headers in (
        tokens.header(client="suite-a"),
        tokens.header(client="suite-b"),
        tokens.header(VUGHT, client="suite-a"),
    ):
        naam = headers["Authorization"][-12:]
        response = await connect(app, headers).post(
            "/taken", json=TAAK | {"naam": naam}, headers=KEY
        )
        assert response.status_code == 201
    assert await count(database, "eenmalig") == 2
    assert await count(database, "eenmalig", VUGHT) == 1


@pytest.mark.parametrize("key", ["", "a" * 256, "met spatie", "één", "a\tb"])
async def test_a_key_is_one_to_255_visible_characters(client: httpx2.AsyncClient, key: str) -> None:
    response = await client.post(
        "/taken", json=TAAK, headers=[(b"Idempotency-Key", key.encode("latin-1"))]
    )
    assert response.status_code == 400
    assert response.json()["fouten"][0]["pad"] == "header.Idempotency-Key"


async def test_two_keys_for_one_request_are_refused(client: httpx2.AsyncClient) -> None:
    keys = [("Idempotency-Key", "a"), ("Idempotency-Key", "b")]
    assert (await client.post("/taken", json=TAAK, headers=keys)).status_code == 400


async def test_kept_answers_are_removed_after_seven_days(
    client: httpx2.AsyncClient, database: Database, clock: MovableClock
) -> None:
    await client.post("/taken", json=TAAK, headers=KEY)
    clock.move_by(KEEP_FOR)
    await client.post(
        "/taken", json=TAAK | {"naam": "Mailen"}, headers={"Idempotency-Key": "jonger"}
    )
    clock.move_by(timedelta(seconds=1))
    async with database.unit_of_work(VUGHT) as uow:
        await remove_expired(uow)
    assert await count(database, "eenmalig") == 2
    async with database.unit_of_work(BOXTEL) as uow:
        await remove_expired(uow)
    assert await count(database, "eenmalig") == 1


async def test_a_transaction_that_lost_is_run_again(app: FastAPI, connect: Connect) -> None:
    attempts = 0

    async def wins_the_third_time(_uow: UnitOfWork) -> None:
        nonlocal attempts
        attempts += 1
        if attempts < ATTEMPTS:
            raise asyncpg.DeadlockDetectedError

    assert (await run(app, connect, wins_the_third_time, **KEY)).status_code == 201
    assert attempts == ATTEMPTS


async def test_a_transaction_that_keeps_losing_is_given_up(app: FastAPI, connect: Connect) -> None:
    attempts = 0

    async def always_loses(_uow: UnitOfWork) -> None:
        nonlocal attempts
        attempts += 1
        raise asyncpg.SerializationError

    assert (await run(app, connect, always_loses)).status_code == 503
    assert attempts == ATTEMPTS


async def test_a_change_needs_the_version_it_is_made_to(client: httpx2.AsyncClient) -> None:
    path = f"/taken/{(await client.post('/taken', json=TAAK)).json()['id']}"
    tag = (await client.get(path)).headers["etag"]
    naam = {"naam": "Mailen"}
    assert (await client.put(path, json=naam)).status_code == 428
    changed = await client.put(path, json=naam, headers={"If-Match": tag})
    assert changed.status_code == 200
    assert changed.headers["etag"] != tag
    outdated = await client.put(path, json=naam, headers={"If-Match": tag})
    assert outdated.status_code == 412
    assert outdated.headers["etag"] == changed.headers["etag"]
    assert (await client.put(path, json=naam, headers={"If-Match": "*"})).status_code == 200
    weak = await client.put(path, json=naam, headers={"If-Match": 'W/"3"'})
    assert weak.status_code == 412
    one_of_two = await client.put(path, json=naam, headers={"If-Match": '"9", "3"'})
    assert one_of_two.status_code == 200


@pytest.mark.parametrize("header", ["3", '"3', "**", '"1" "2"', '"é"'])
async def test_an_if_match_that_is_no_etag_is_invalid_input(
    client: httpx2.AsyncClient, header: str
) -> None:
    path = f"/taken/{(await client.post('/taken', json=TAAK)).json()['id']}"
    response = await client.put(
        path, json={"naam": "x"}, headers=[(b"If-Match", header.encode("latin-1"))]
    )
    assert response.status_code == 400
    assert response.json()["fouten"][0]["pad"] == "header.If-Match"


@given(st.from_regex(IF_MATCH, fullmatch=True))
def test_every_list_of_etags_comes_apart_into_etags(header: str) -> None:
    for tag in header.split(","):
        stripped = tag.strip().removeprefix("W/")
        assert stripped == "*" or (stripped[0] == stripped[-1] == '"' and len(stripped) > 1)


async def test_a_use_case_of_one_organisation_cannot_write_for_another(
    app: FastAPI, connect: Connect, database: Database
) -> None:
    async def writes_for_vught(uow: UnitOfWork) -> None:
        await uow.connection.execute(
            "INSERT INTO taak (id, gemeentecode, naam, bedrag)"
            " VALUES (gen_random_uuid(), $1, 'x', 1)",
            VUGHT,
        )

    assert (await run(app, connect, writes_for_vught)).status_code == 500
    assert await count(database, organisation=VUGHT) == 0
