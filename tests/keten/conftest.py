"""One chain for all tests of this folder, on a database of its own."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from chassis.clock import Clock
from chassis.encryption import KeyRing
from deploy.lokaal.geheimen import Geheimen
from deploy.lokaal.keten import ALLES, bereid_voor
from deploy.lokaal.keten import keten as start_keten
from gateway.gebeurtenissen import stroom
from tests.dienst import PASSWORD, new_database
from tests.keten.proefketen import BEGIN, Klok, Proefketen, afgetakt


@pytest.fixture(scope="package", autouse=True)
def korte_stromen() -> Iterator[None]:
    """A stream has an end, so that a test that tries every operation has one too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stroom, "LONGEST", 0.1)
        yield


@contextlib.asynccontextmanager
async def nieuwe_keten(postgres_url: str, map_: Path, klok: Clock) -> AsyncIterator[Proefketen]:
    """The whole chain, running on a database of its own."""
    geheimen = Geheimen({s.name: PASSWORD for s in ALLES}, KeyRing.generate_json())
    async with new_database(postgres_url) as url:
        await bereid_voor(url, geheimen)
        async with start_keten(url, geheimen, map_, clock=klok) as draaiend:
            proef = Proefketen(draaiend, url)
            async with afgetakt(proef):
                yield proef


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def keten(
    postgres_beheer_url: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Proefketen]:
    """The chain of this folder; tests tell each other apart by the residents they use."""
    map_ = tmp_path_factory.mktemp("keten")
    async with nieuwe_keten(postgres_beheer_url, map_, Klok(BEGIN)) as proef:
        yield proef
