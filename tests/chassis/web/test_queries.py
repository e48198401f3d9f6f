"""Reading: by version when the caller has one, by page when there is much."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.database import Database
from chassis.web.pages import PARTS, USUAL_PAGE
from tests.chassis.web.conftest import BOXTEL

TAAK = {"naam": "Bellen", "bedrag": "12.50"}


@pytest.fixture
async def seven(client: httpx2.AsyncClient) -> list[str]:
    names = [f"taak {number}" for number in range(7)]
    for name in names:
        await client.post("/taken", json=TAAK | {"naam": name})
    return names


def names(response: httpx2.Response) -> list[str]:
    return [taak["naam"] for taak in response.json()["resultaten"]]


def next_page(response: httpx2.Response) -> str:
    return f"https://api.meedoen.example{response.links['next']['url']}"


async def test_who_has_this_version_does_not_get_it_again(client: httpx2.AsyncClient) -> None:
    path = f"/taken/{(await client.post('/taken', json=TAAK)).json()['id']}"
    first = await client.get(path)
    assert first.json()["bedrag"] == "12.50"
    for header in (first.headers["etag"], f'"0", W/{first.headers["etag"]}', "*"):
        again = await client.get(path, headers={"If-None-Match": header})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == first.headers["etag"]
    assert (await client.get(path, headers={"If-None-Match": '"0"'})).status_code == 200


async def test_a_page_links_to_the_next_until_there_is_none(
    client: httpx2.AsyncClient, seven: list[str]
) -> None:
    url, seen = "/taken?limiet=3", []
    for size in (3, 3, 1):
        response = await client.get(url)
        assert len(names(response)) == size
        seen += names(response)
        url = next_page(response) if "link" in response.headers else ""
    assert seen == seven
    assert not url


async def test_a_page_that_just_fits_is_the_last(
    client: httpx2.AsyncClient, seven: list[str]
) -> None:
    response = await client.get("/taken?limiet=7")
    assert names(response) == seven
    assert "link" not in response.headers


async def test_the_next_page_asks_the_same_question(
    client: httpx2.AsyncClient, seven: list[str]
) -> None:
    await client.post("/taken", json=TAAK | {"naam": "iets anders"})
    response = await client.get("/taken?naamBegintMet=taak&limiet=6")
    following = await client.get(next_page(response))
    assert names(following) == [seven[-1]]


async def test_rows_that_come_in_between_are_neither_missed_nor_doubled(
    client: httpx2.AsyncClient, seven: list[str]
) -> None:
    first = await client.get("/taken?limiet=4")
    await client.post("/taken", json=TAAK | {"naam": "later"})
    second = await client.get(next_page(first))
    assert names(first) + names(second) == [*seven, "later"]


async def test_without_a_limit_a_page_has_the_usual_size(
    client: httpx2.AsyncClient, database: Database
) -> None:
    async with database.unit_of_work(BOXTEL) as uow:
        await uow.connection.execute(
            "INSERT INTO taak (id, gemeentecode, naam, bedrag)"
            " SELECT gen_random_uuid(), $1, n::text, 1 FROM generate_series(1, 501) n",
            BOXTEL,
        )
        await uow.commit()
    assert len(names(await client.get("/taken"))) == USUAL_PAGE
    assert len(names(await client.get("/taken?limiet=500"))) == 500


@pytest.mark.parametrize("cursor", ["", "x", "1", "1.2", "-1." + "0" * 32, "1." + "g" * 32, "٣"])
async def test_a_cursor_that_is_not_ours_is_invalid_input(
    client: httpx2.AsyncClient, cursor: str
) -> None:
    response = await client.get("/taken", params={"cursor": cursor, "limiet": "0"})
    assert response.status_code == 400
    assert {(fout["pad"], fout["code"]) for fout in response.json()["fouten"]} == {
        ("query.cursor", "onbekende-cursor"),
        ("query.limiet", "te-klein"),
    }


VALUES = {
    datetime: st.datetimes(min_value=datetime(1970, 1, 1), max_value=datetime(2286, 1, 1)).map(  # noqa: DTZ001
        lambda moment: moment.replace(tzinfo=UTC)
    ),
    date: st.dates(max_value=date(2738, 1, 1)),
    UUID: st.uuids(),
    int: st.integers(min_value=0, max_value=10**18 - 1),
}


@given(st.one_of(*(st.tuples(st.just(kind), values) for kind, values in VALUES.items())))
def test_what_is_written_in_a_cursor_is_read_back(case: tuple[type, Any]) -> None:
    kind, value = case
    assert PARTS[kind].read(PARTS[kind].write(value)) == value


@given(
    st.sampled_from(list(PARTS)).flatmap(
        lambda kind: st.tuples(st.just(kind), st.from_regex(PARTS[kind].pattern, fullmatch=True))
    )
)
def test_all_that_has_the_form_of_a_cursor_can_be_read(case: tuple[type, str]) -> None:
    kind, text = case
    assert isinstance(PARTS[kind].read(text), kind)
