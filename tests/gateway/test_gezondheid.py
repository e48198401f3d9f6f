"""The health of the whole: open to anyone, true, cheap, and without insides."""

from __future__ import annotations

import asyncio

import pytest

from chassis.clock import SystemClock
from chassis.web.edge import Edge
from chassis.web.health import Check
from gateway import gezondheid
from gateway.gezondheid import Gezondheid, is_ready
from gateway.service import Gateway
from tests.gateway.hulp import StandIn, caller
from tests.gateway.test_entry import assert_has_headers, assert_is_problem

PARTS = [
    "gateway",
    "intake",
    "diagnose",
    "plaatsing",
    "financiering",
    "gebeurtenissen",
    "database",
    "berichtenbus",
]


async def fine() -> None:
    return


async def broken() -> None:
    raise OSError("geheim adres 10.0.0.1")


def health(**checks: Check) -> Edge:
    app = Gezondheid(checks, clock=SystemClock())
    return Edge(app, service="gateway", version="0.1.0", max_body_size=1000)


async def test_when_all_works_it_is_a_200_with_every_part(gateway: Gateway) -> None:
    async with caller(gateway.app) as client:
        answer = await client.get("/gezondheid")
    assert answer.status_code == 200
    found = answer.json()
    assert found.keys() == {"gezond", "gecontroleerdOp", "onderdelen"}
    assert found["gezond"] is True
    assert [part["naam"] for part in found["onderdelen"]] == PARTS
    assert all(part.keys() == {"naam", "gezond"} for part in found["onderdelen"])
    assert_has_headers(answer)


async def test_a_part_that_fails_makes_it_a_503_that_names_the_part_only() -> None:
    async with caller(health(database=fine, intake=broken)) as client:
        answer = await client.get("/gezondheid")
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "5"
    assert answer.json()["onderdelen"] == [
        {"naam": "database", "gezond": True},
        {"naam": "intake", "gezond": False},
    ]
    assert "geheim" not in answer.text


async def test_a_part_that_does_not_answer_counts_as_failed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(gezondheid, "LONGEST_CHECK", 0.01)

    async def stuck() -> None:
        await asyncio.Event().wait()

    async with caller(health(intake=stuck)) as client:
        assert (await client.get("/gezondheid")).status_code == 503


async def test_asking_often_costs_the_parts_one_look(monkeypatch: pytest.MonkeyPatch) -> None:
    looks = 0

    async def counted() -> None:
        nonlocal looks
        looks += 1

    monkeypatch.setattr(gezondheid, "_KEEP_SECONDS", 3600.0)
    async with caller(health(intake=counted)) as client:
        answers = await asyncio.gather(*(client.get("/gezondheid") for _ in range(20)))
    assert {answer.status_code for answer in answers} == {200}
    assert looks == 1


@pytest.mark.parametrize(("status", "works"), [(200, True), (503, False), (500, False)])
async def test_a_service_is_asked_whether_it_is_ready(status: int, works: bool) -> None:
    service = StandIn(status=status)
    async with caller(health(intake=is_ready("intake", service))) as client:
        assert (await client.get("/gezondheid")).json()["gezond"] is works
    assert service.seen[0]["path"] == "/intake/v1/_ready"


async def test_only_reading_and_only_this_address(gateway: Gateway) -> None:
    async with caller(gateway.app) as client:
        assert (await client.head("/gezondheid")).status_code == 200
        assert_is_problem(await client.get("/gezondheid/intake"), 404)
        refused = await client.post("/gezondheid")
        assert_is_problem(refused, 405)
        assert refused.headers["allow"] == "GET, HEAD"


async def test_readiness_and_metrics_of_the_gateway_are_inside_only(gateway: Gateway) -> None:
    async with caller(gateway.internal) as client:
        assert (await client.get("/gebeurtenissen/v1/_ready")).status_code == 200
        metrics = await client.get("/metrics")
    assert "meedoen_http_seconden" in metrics.text
    async with caller(gateway.app) as client:
        assert_is_problem(await client.get("/metrics"), 404)
