"""What holds for every request to every service, whatever becomes of it."""

from collections.abc import AsyncIterator

import httpx2
import pytest
from fastapi import FastAPI
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from chassis.unit_of_work import UnitOfWork
from chassis.web.rights import preferred
from tests.chassis.web.conftest import BASE, Connect, Tokens
from tests.chassis.web.voorbeeld.api import make_app, router_that_runs

TAAK = {"naam": "Bellen", "bedrag": "12.50"}
UNKNOWN = "/taken/7f1c6a52-0d5a-4c3c-9d0f-0f4c8a3a9d11"
HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": "frame-ancestors 'none'",
    "strict-transport-security": "max-age=31536000; includeSubDomains",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "api-version": "1.2.3",
}


async def fail(_uow: UnitOfWork) -> None:
    raise LookupError("999990019 is the BSN of someone")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/taken", 200),
        ("GET", "/openapi.json", 200),
        ("GET", "/_live", 200),
        ("POST", "/taken", 400),
        ("GET", UNKNOWN, 404),
        ("GET", "/bestaat-niet", 404),
        ("PATCH", "/taken", 405),
        ("POST", "/mislukt", 500),
    ],
)
async def test_every_answer_has_version_and_security_headers(
    app: FastAPI, connect: Connect, method: str, path: str, status: int
) -> None:
    failing = make_app(app.state.database, app.state.access, router_that_runs("/mislukt", fail))
    response = await connect(failing).request(method, path)
    assert response.status_code == status
    assert HEADERS.items() <= dict(response.headers).items()


async def test_every_error_is_a_problem_document(client: httpx2.AsyncClient) -> None:
    for path in (UNKNOWN, "/bestaat-niet", "/taken?limiet=0"):
        response = await client.get(path)
        assert response.headers["content-type"] == "application/problem+json"
        problem = response.json()
        assert problem["status"] == response.status_code
        assert problem["type"] == f"https://meedoen.example/problemen/{problem['code']}"
        assert problem["title"]
        assert problem["detail"]


async def test_an_address_with_a_trailing_slash_does_not_exist(client: httpx2.AsyncClient) -> None:
    assert (await client.get("/taken/")).status_code == 404


async def test_nothing_is_served_outside_the_versioned_path(app: FastAPI, connect: Connect) -> None:
    client = connect(app)
    for path in ("/taken", "/docs", "/redoc", "/openapi.json", "/"):
        assert (await client.get(f"https://api.meedoen.example{path}")).status_code == 404


async def test_another_method_is_refused_with_all_methods_there_are(
    client: httpx2.AsyncClient,
) -> None:
    response = await client.patch("/taken")
    assert response.status_code == 405
    assert response.headers["allow"] == "GET, HEAD, POST"
    response = await client.options(UNKNOWN)
    assert response.headers["allow"] == "DELETE, GET, HEAD, PUT"


async def test_head_is_get_without_the_body(client: httpx2.AsyncClient) -> None:
    got = await client.get("/taken")
    head = await client.head("/taken")
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["content-length"] == str(len(got.content))


async def test_a_body_that_is_not_json_is_refused_as_such(client: httpx2.AsyncClient) -> None:
    for headers in ({"Content-Type": "text/plain"}, {"Content-Type": "application/xml"}, {}):
        response = await client.post("/taken", content=b"<naam/>", headers=headers)
        assert response.status_code == 415, headers
    response = await client.post(
        "/taken", content=b'{"naam"', headers={"Content-Type": "application/json; charset=utf-8"}
    )
    assert response.status_code == 400


async def test_only_json_can_be_asked_for(client: httpx2.AsyncClient) -> None:
    assert (await client.get("/taken", headers={"Accept": "text/html"})).status_code == 406
    assert (await client.get("/taken", headers={"Accept": "text/html, */*;q=0.1"})).is_success


JSON = "application/json"


def test_the_most_specific_media_range_decides() -> None:
    assert preferred([], [JSON])
    assert preferred(["application/json;charset=utf-8"], [JSON])
    assert preferred(["text/html;q=0.9", "application/*"], [JSON])
    assert not preferred(["application/json;q=0, */*"], [JSON])
    assert not preferred(["*/*; q=0.000"], [JSON])
    assert preferred(["APPLICATION/JSON;q=0.001"], [JSON])
    assert preferred(["text/*"], ["text/event-stream"])
    assert not preferred([JSON], ["text/event-stream"])


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", "text/html"),
        ("*/*", "text/html"),
        ("application/pdf", "application/pdf"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html"),
        ("text/html;q=0.5, application/pdf;q=0.6", "application/pdf"),
        ("text/html;q=0, */*;q=0.1", "application/pdf"),
        ("text/html;q=0, application/pdf;q=.", None),
        ("image/png", None),
    ],
)
def test_of_several_formats_the_caller_gets_what_it_likes_best(
    accept: str, chosen: str | None
) -> None:
    assert preferred([accept], ["text/html", "application/pdf"]) == chosen


@given(st.lists(st.text()))
def test_no_accept_header_is_an_accident(accept: list[str]) -> None:
    assert preferred(accept, [JSON]) in (JSON, None)


async def test_a_body_over_a_megabyte_is_refused_before_it_is_read(
    client: httpx2.AsyncClient,
) -> None:
    response = await client.post("/taken", json={"naam": "x" * 1024 * 1024})
    assert response.status_code == 413
    assert response.json()["code"] == "te-groot"


async def test_a_body_without_a_length_is_refused_once_it_is_too_large(
    client: httpx2.AsyncClient,
) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        for _ in range(200):
            sent += 1
            yield b"x" * 64 * 1024

    response = await client.post(
        "/taken", content=endless(), headers={"Content-Type": "application/json"}
    )
    assert response.status_code == 413
    assert sent < 50


async def test_the_openapi_document_is_open_to_everyone(app: FastAPI, connect: Connect) -> None:
    response = await connect(app, {}).get("/openapi.json")
    assert response.status_code == 200
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.headers["content-type"] == "application/json"
    assert "access-control-allow-origin" not in (await connect(app).get("/taken")).headers


async def test_a_trace_is_continued_into_what_the_service_does(
    app: FastAPI, connect: Connect
) -> None:
    seen = []

    async def look(uow: UnitOfWork) -> None:
        seen.append(uow.trace)

    app = make_app(app.state.database, app.state.access, router_that_runs("/kijk", look))
    caller = "4bf92f3577b34da6a3ce929d0e0e4736"
    await connect(app).post("/kijk", headers={"traceparent": f"00-{caller}-00f067aa0ba902b7-01"})
    await connect(app).post("/kijk", headers={"traceparent": "onzin"})
    assert seen[0].trace_id == caller
    assert seen[1].trace_id != caller


async def test_a_problem_names_the_trace_to_report_it_by(client: httpx2.AsyncClient) -> None:
    trace_id = "4bf92f3577b34da6a3ce929d0e0e4736"
    response = await client.get(
        UNKNOWN, headers={"traceparent": f"00-{trace_id}-00f067aa0ba902b7-01"}
    )
    assert response.json()["traceId"] == trace_id


async def test_a_request_is_logged_by_its_route_and_not_by_what_is_in_it(
    client: httpx2.AsyncClient, tokens: Tokens
) -> None:
    with capture_logs() as lines:
        await client.get("/taken?naamBegintMet=Jansen-geheim")
        await client.get(UNKNOWN)
        await client.get("/Jansen-geheim")
    routes = [line["route"] for line in lines if line["event"] == "verzoek"]
    assert routes == ["/taken", "/taken/{taakId}", "geen"]
    assert [line.get("probleem") for line in lines] == [None, "niet-gevonden", "niet-gevonden"]
    assert lines[0]["organisatie"] == "0757"
    assert "geheim" not in str(lines)
    assert UNKNOWN not in str(lines)


async def test_metrics_have_route_templates_as_labels(
    app: FastAPI, connect: Connect, client: httpx2.AsyncClient
) -> None:
    await client.get(UNKNOWN)
    await client.get("/Jansen-geheim")
    await client.request("VERZONNEN", "/taken")
    metrics = (await connect(app, {}).get("https://api.meedoen.example/metrics")).text
    assert 'dienst="voorbeeld",methode="GET",route="/taken/{taakId}",status="404"' in metrics
    assert "geheim" not in metrics
    assert "VERZONNEN" not in metrics
    assert (await client.get(f"{BASE}/metrics")).status_code == 404
