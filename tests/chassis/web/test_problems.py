"""Errors say what to do, all of it at once, and never what was entered."""

import json
from collections.abc import Awaitable, Callable
from typing import Annotated, Any

import asyncpg
import httpx2
import pytest
from fastapi import FastAPI
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, Field, TypeAdapter, ValidationError
from structlog.testing import capture_logs

from chassis.unit_of_work import UnitOfWork
from chassis.web.invalid_input import faults
from tests.chassis.web.conftest import Connect
from tests.chassis.web.voorbeeld import taken
from tests.chassis.web.voorbeeld.api import TaakIn, make_app, router_that_runs

SECRET = "999990019"


def raises(error: BaseException) -> Callable[[UnitOfWork], Awaitable[None]]:
    async def use_case(_uow: UnitOfWork) -> None:
        raise error

    return use_case


async def outcome(app: FastAPI, connect: Connect, error: BaseException) -> httpx2.Response:
    app = make_app(app.state.database, app.state.access, router_that_runs("/doe", raises(error)))
    return await connect(app).post("/doe")


async def test_all_faults_are_reported_at_once(client: httpx2.AsyncClient) -> None:
    response = await client.post("/taken", json={"naam": "", "bedrag": -3, "kleur": "rood"})
    assert response.status_code == 400
    assert response.json()["fouten"] == [
        {"pad": "body.naam", "code": "te-kort", "melding": "Geef ten minste 1 teken(s) op."},
        {
            "pad": "body.bedrag",
            "code": "geen-bedrag",
            "melding": 'Geef een bedrag in euro\'s op als "1234.56".',
        },
        {
            "pad": "body.kleur",
            "code": "onbekend-veld",
            "melding": "Dit veld bestaat hier niet; laat het weg.",
        },
    ]


async def test_faults_in_path_and_body_are_reported_together(client: httpx2.AsyncClient) -> None:
    response = await client.put("/taken/geen-uuid", json={}, headers={"If-Match": '"1"'})
    assert [fout["pad"] for fout in response.json()["fouten"]] == ["path.taakId", "body.naam"]


async def test_a_rule_of_its_own_has_a_code_and_message_of_its_own(
    client: httpx2.AsyncClient,
) -> None:
    response = await client.post("/taken", json={"naam": "SCHREEUW", "bedrag": "1"})
    assert response.json()["fouten"] == [
        {
            "pad": "body.naam",
            "code": "schreeuwt",
            "melding": "Schrijf de naam niet in hoofdletters.",
        }
    ]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b'{"naam": "x",}',
        b"\xff\xfe",
        b"[" * 100_000,
        b"1" * 5000,
        '{"naam": "x"}'.encode("utf-16"),
    ],
)
async def test_whatever_is_no_json_is_invalid_input(
    client: httpx2.AsyncClient, body: bytes
) -> None:
    response = await client.post(
        "/taken", content=body, headers={"Content-Type": "application/json"}
    )
    assert response.status_code == 400
    assert response.json()["fouten"]


@pytest.mark.parametrize("char", ["\\u0000", "\\ud800", "\\udc00\\ud800"])
@pytest.mark.parametrize(
    "body",
    [
        '{"naam": "a%s", "kenmerken": {}}',
        '{"naam": "a", "kenmerken": {"a%s": "b"}}',
        '{"naam": "a", "kenmerken": {"a": "%s"}}',
        '{"naam": "a", "%s": 1}',
        '"%s"',
    ],
)
async def test_text_that_cannot_be_stored_is_invalid_input(
    client: httpx2.AsyncClient, body: str, char: str
) -> None:
    response = await client.put(
        "/taken/7f1c6a52-0d5a-4c3c-9d0f-0f4c8a3a9d11",
        content=body % char,
        headers={"Content-Type": "application/json", "If-Match": '"1"'},
    )
    assert response.status_code == 400
    assert response.json()["fouten"]


async def test_an_escaped_backslash_is_text_like_any_other(client: httpx2.AsyncClient) -> None:
    response = await client.post("/taken", json={"naam": r"\u0000", "bedrag": "1"})
    assert response.status_code == 201


async def test_a_nul_in_the_address_is_invalid_input(client: httpx2.AsyncClient) -> None:
    assert (await client.get("/taken?naamBegintMet=%00")).status_code == 400


async def test_a_domain_error_gives_its_code_explanation_and_article(
    client: httpx2.AsyncClient,
) -> None:
    taak = {"naam": "Bellen", "bedrag": "1"}
    assert (await client.post("/taken", json=taak)).status_code == 201
    response = await client.post("/taken", json=taak)
    problem = response.json()
    del problem["traceId"]
    assert response.status_code == 409
    assert problem == {
        "type": "https://meedoen.example/problemen/naam-bezet",
        "title": "Deze naam is al gebruikt",
        "status": 409,
        "detail": "Kies een andere naam.",
        "code": "naam-bezet",
        "artikel": "art. 1 Takenwet",
    }


async def test_a_domain_error_can_have_a_status_of_its_own(client: httpx2.AsyncClient) -> None:
    response = await client.delete("/taken/7f1c6a52-0d5a-4c3c-9d0f-0f4c8a3a9d11")
    assert (response.status_code, response.json()["code"]) == (404, "taak-onbekend")
    assert "artikel" not in response.json()


async def test_a_domain_error_can_name_several_faults(app: FastAPI, connect: Connect) -> None:
    error = taken.TaakFout()
    error.punten = (taken.Punt("body.naam", "te-druk", "Kies een rustiger naam."),)
    response = await outcome(app, connect, error)
    assert response.status_code == 409
    assert response.json()["fouten"] == [
        {"pad": "body.naam", "code": "te-druk", "melding": "Kies een rustiger naam."}
    ]


async def test_an_unexpected_error_tells_neither_caller_nor_log_what_it_says(
    app: FastAPI, connect: Connect
) -> None:
    with capture_logs() as lines:
        response = await outcome(app, connect, LookupError(SECRET))
    assert response.status_code == 500
    assert response.json()["code"] == "onverwachte-fout"
    assert SECRET not in response.text + str(response.headers) + str(lines)
    (error,) = (line for line in lines if line["event"] == "onverwachte_fout")
    assert error["fout"] == "LookupError"
    assert any("use_case" in frame for frame in error["frames"])


@pytest.mark.parametrize(
    "error",
    [
        asyncpg.ConnectionDoesNotExistError(),
        asyncpg.LockNotAvailableError(),
        asyncpg.QueryCanceledError(),
        asyncpg.TooManyConnectionsError(),
        asyncpg.SerializationError(),
        asyncpg.DeadlockDetectedError(),
        asyncpg.InterfaceError("connection is closed"),
        ConnectionRefusedError(),
        TimeoutError(),
    ],
    ids=lambda error: type(error).__name__,
)
async def test_when_the_database_is_away_or_busy_the_caller_is_asked_to_come_back(
    app: FastAPI, connect: Connect, error: Exception
) -> None:
    response = await outcome(app, connect, error)
    assert response.status_code == 503
    assert int(response.headers["retry-after"]) > 0
    assert response.json()["code"] == "tijdelijk-niet-beschikbaar"


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(categories=None))
    | st.sampled_from(["2026-02-30", "20260101", "12,50", SECRET, f"{SECRET}.999"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
TAAK_LIKE = st.fixed_dictionaries({}, optional={"naam": JSON, "bedrag": JSON, "uiterlijk": JSON})


@settings(max_examples=200, deadline=None)
@given(JSON | TAAK_LIKE)
def test_no_input_is_an_accident_to_the_models(value: Any) -> None:
    try:
        taak = TypeAdapter(TaakIn).validate_python(value)
    except ValidationError as error:
        found = faults(error.errors())
    else:
        found = [taak.model_dump(mode="json")]
    assert json.loads(json.dumps(found))


class Alles(BaseModel):
    tekst: Annotated[str, Field(max_length=3, pattern="^[a-z]+$")]
    getal: Annotated[int, Field(ge=0, le=5)]
    keuze: Annotated[str, Field(min_length=40)]
    kaart: dict[int, int]


LONG = st.text("ghijklmnopqrstuvwxyz0123456789", min_size=12, max_size=30)


@settings(deadline=None)
@given(LONG, st.sampled_from(["tekst", "getal", "keuze", "kaart"]))
def test_no_message_repeats_what_was_entered(secret: str, field: str) -> None:
    secret = f"{secret}0000"
    for value in (secret, [secret], {secret: secret}):
        with pytest.raises(ValidationError) as error:
            Alles.model_validate({field: value})
        assert secret not in str(faults(error.value.errors()))
