"""Nobody who reads the OpenAPI document and tries everything finds it untrue."""

import asyncio
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
import uvicorn

from chassis.database import Database
from tests.chassis.web.conftest import BASE, Tokens
from tests.chassis.web.voorbeeld.api import make_app

ROOT = Path(__file__).parents[3]


@pytest.fixture
def served(voorbeeld_url: str, tokens: Tokens) -> Iterator[str]:
    """Address of the sample service on a real server, in a thread with a loop of its own."""
    started = threading.Event()
    address: list[str] = []
    stop: list[uvicorn.Server] = []

    async def serve() -> None:
        async with Database("voorbeeld", voorbeeld_url) as database:
            app = make_app(database, tokens.verifier)
            config = uvicorn.Config(app, port=0, log_config=None, access_log=False, lifespan="off")
            server = uvicorn.Server(config)
            stop.append(server)
            listening = config.bind_socket()
            listening.listen()
            address.append(f"http://127.0.0.1:{listening.getsockname()[1]}{BASE}")
            started.set()
            await server.serve([listening])

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    assert started.wait(20)
    yield address[0]
    stop[0].should_exit = True
    thread.join(20)


def test_schemathesis_finds_nothing_with_all_its_checks(served: str, tokens: Tokens) -> None:
    assert httpx2.get(f"{served}/_live").status_code == 200
    token = tokens.header()["Authorization"]
    run = subprocess.run(
        [
            *(sys.executable, "-m", "schemathesis.cli", "run", f"{served}/openapi.json"),
            *("--url", served, "--header", f"Authorization: {token}", "--checks", "all"),
            *("--max-examples", "20", "--continue-on-failure", "--no-color"),
            "--generation-deterministic",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-8000:] + run.stderr[-2000:]
