"""Nobody who reads the feed's OpenAPI document and tries everything finds it untrue."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest

from chassis.bus.in_process import InProcessBus
from gateway.gebeurtenissen import api, stroom
from gateway.service import Gateway
from tests.gateway.hulp import BOXTEL, Tokens, event, on_the_bus, running

ROOT = Path(__file__).parents[2]


@pytest.mark.timeout(400)
async def test_schemathesis_finds_nothing_with_all_its_checks(
    gateway: Gateway, bus: InProcessBus, tokens: Tokens, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Through the entry, as everyone comes in."""
    monkeypatch.setattr(api, "LONGEST_WAIT", 0)
    monkeypatch.setattr(stroom, "LONGEST", 0.05)
    await bus.publish([on_the_bus(event(BOXTEL), BOXTEL) for _ in range(3)])
    async with running(gateway.app) as address:
        feed = f"{address}/gebeurtenissen/v1"
        run = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "schemathesis.cli"),
            *("--config-file", "tests/keten/schemathesis.toml", "run", f"{feed}/openapi.json"),
            *("--url", feed, "--header", f"Authorization: {tokens.header()['Authorization']}"),
            *("--checks", "all", "--max-examples", "10", "--continue-on-failure", "--no-color"),
            "--generation-deterministic",
            cwd=ROOT,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        output, _ = await run.communicate()
    assert run.returncode == 0, output.decode()[-8000:]
