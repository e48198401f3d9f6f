"""Alive is not the same as ready."""

import asyncio

import pytest
from fastapi import FastAPI
from structlog.testing import capture_logs

from chassis.web import health
from tests.chassis.web.conftest import Connect
from tests.chassis.web.voorbeeld.api import make_app


async def works() -> None:
    pass


async def fails() -> None:
    raise OSError("host=10.0.0.1 password=geheim")


async def hangs() -> None:
    await asyncio.Event().wait()


async def test_a_service_with_all_its_parts_is_ready(app: FastAPI, connect: Connect) -> None:
    app = make_app(app.state.database, app.state.access, checks={"database": works})
    response = await connect(app, {}).get("/_ready")
    assert (response.status_code, response.json()) == (200, {"onderdelen": {"database": True}})


async def test_a_service_without_one_of_its_parts_lives_but_is_not_ready(
    app: FastAPI, connect: Connect
) -> None:
    checks = {"database": works, "bus": fails}
    client = connect(make_app(app.state.database, app.state.access, checks=checks), {})
    assert (await client.get("/_live")).status_code == 200
    with capture_logs() as lines:
        response = await client.get("/_ready")
    assert response.status_code == 503
    assert response.json()["onderdelen"] == {"database": True, "bus": False}
    assert "geheim" not in response.text + str(lines)


async def test_a_part_that_does_not_answer_does_not_work(
    app: FastAPI, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "LONGEST_CHECK", 0.01)
    client = connect(make_app(app.state.database, app.state.access, checks={"bus": hangs}), {})
    assert (await client.get("/_ready")).status_code == 503
