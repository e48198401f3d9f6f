"""What the fault suite shares: a seed, a voice on the terminal, a folder that stays on failure."""

from __future__ import annotations

import os
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.conftest import store

__all__ = ["store"]

Zeg = Callable[[str], None]


@pytest.fixture(scope="module")
def zaad(zeg: Zeg) -> int:
    """Decides who travels how and who is killed when. MEEDOEN_ZAAD sets it."""
    zaad = int(os.environ.get("MEEDOEN_ZAAD") or random.SystemRandom().randrange(10**6))
    zeg(f"MEEDOEN_ZAAD={zaad}")
    return zaad


@pytest.fixture(scope="module")
def zeg(pytestconfig: pytest.Config) -> Zeg:
    """Say something on the terminal at once: these tests take minutes."""
    vanger = pytestconfig.pluginmanager.getplugin("capturemanager")

    def zeg(tekst: str) -> None:
        with vanger.global_and_fixture_disabled():
            print(f"\n{tekst}", end="", flush=True)

    return zeg


@pytest.fixture(scope="module")
def storingsmap(request: pytest.FixtureRequest, zeg: Zeg) -> Iterator[Path]:
    """Where data and logs of a run are; it stays when a test fails."""
    map_ = Path(tempfile.mkdtemp(prefix="meedoen-storing-"))
    map_.chmod(0o755)  # started by root, PostgreSQL runs as another user
    mislukt = request.session.testsfailed
    yield map_
    if request.session.testsfailed == mislukt:
        shutil.rmtree(map_, ignore_errors=True)
    else:
        zeg(f"logs en gegevens: {map_}")
