"""Nobody who reads the OpenAPI documents of the chain and tries everything finds them untrue."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
import uvicorn

from tests.conftest import ALLES
from tests.keten.proefketen import BOXTEL, VUGHT, WSD, Proefketen
from tests.keten.wereld import bouw, namens

pytestmark = [pytest.mark.asyncio(loop_scope="package"), pytest.mark.timeout(900)]

WORTEL = Path(__file__).parents[2]

WIE = {
    "intake": (BOXTEL, "klantmanager"),
    "diagnose": (WSD, "trajectconsulent"),
    "plaatsing": (WSD, "accountmanager"),
    "financiering": (BOXTEL, "backoffice"),
    "gebeurtenissen": (VUGHT, "klantmanager"),
}
"""In whose name each API is tried: of those who may do most there."""

FASEN = "examples,coverage,fuzzing,stateful" if ALLES else "examples,fuzzing"
"""Every border of every field, and one call after the other, take minutes: for CI alone."""


@pytest_asyncio.fixture(scope="module", loop_scope="package")
async def adres(keten: Proefketen) -> AsyncIterator[str]:
    """The gateway on a loopback port, with something of everything behind it."""
    await bouw(keten, BOXTEL)
    config = uvicorn.Config(
        keten.gateway, port=0, log_config=None, access_log=False, lifespan="off"
    )
    server, luistert = uvicorn.Server(config), config.bind_socket()
    # Signals are for pytest: uvicorn would take them over, and not give them back in a loop that
    # goes on.
    server.capture_signals = contextlib.nullcontext  # type: ignore[method-assign,assignment]
    draait = asyncio.create_task(server.serve([luistert]))
    yield f"http://127.0.0.1:{luistert.getsockname()[1]}"
    server.should_exit = True
    await draait


@dataclass(frozen=True)
class Uitslag:
    gelukt: bool
    verslag: str


@pytest_asyncio.fixture(scope="module", loop_scope="package")
async def uitslagen(keten: Proefketen, adres: str) -> dict[str, Uitslag]:
    """What schemathesis says of each API; at the same time, for it is slow and waits a lot."""
    gevonden = await asyncio.gather(*(probeer(keten, adres, dienst) for dienst in WIE))
    return dict(zip(WIE, gevonden, strict=True))


async def probeer(keten: Proefketen, adres: str, dienst: str) -> Uitslag:
    basis = f"{adres}/{dienst}/v1"
    proces = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "schemathesis.cli"),
        *("--config-file", "tests/keten/schemathesis.toml"),
        *("run", f"{basis}/openapi.json", "--url", basis),
        *("--header", f"Authorization: {namens(keten, *WIE[dienst])['Authorization']}"),
        *(
            "--checks",
            "all",
            "--max-examples",
            "6",
            "--generation-deterministic",
            "--phases",
            FASEN,
        ),
        *("--continue-on-failure", "--no-color", "--request-timeout", "30"),
        cwd=WORTEL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        uitvoer, _ = await proces.communicate()
    finally:
        with contextlib.suppress(ProcessLookupError):
            proces.kill()
    return Uitslag(proces.returncode == 0, uitvoer.decode())


async def test_elke_api_wordt_geprobeerd(keten: Proefketen) -> None:
    assert WIE.keys() == keten.documenten.keys()


@pytest.mark.parametrize("dienst", WIE)
async def test_schemathesis_vindt_niets_met_al_zijn_controles(
    keten: Proefketen, uitslagen: dict[str, Uitslag], dienst: str
) -> None:
    uitslag = uitslagen[dienst]
    assert uitslag.gelukt, uitslag.verslag[-8000:]
    # It tried every operation, and did not just start and stop.
    operaties = sum(len(item) for item in keten.documenten[dienst]["paths"].values())
    assert f"Tested: {operaties}\n" in uitslag.verslag, uitslag.verslag[-3000:]
