"""The examples that read over HTTP, run as they stand on a Meedoen in one process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import pytest_asyncio

from tests.docs.voorbeelden import (
    Meedoen,
    Regel,
    Tussenstation,
    bewaar_token,
    draaiend,
    een_geschiedenis,
    eis,
)
from tests.keten.omgevingen import een_proces

BESTANDEN = ("feed.sh", "stroom.sh")

MEER = 50
"""Short klantreizen that make the feed longer than the page of an example."""

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.parametrize("bestand", BESTANDEN),
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def meedoen(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Meedoen]:
    map_ = tmp_path_factory.mktemp("meedoen")
    async with een_proces(map_) as omgeving:
        token = await bewaar_token(omgeving.url, map_)
        instellingen = {"MEEDOEN": omgeving.url, "TOKEN_BESTAND": str(token)}
        meedoen = Meedoen(omgeving.url, instellingen)
        await een_geschiedenis(meedoen)
        await asyncio.gather(*(meedoen.speel(kort=True) for _ in range(MEER)))
        yield meedoen


@pytest.fixture
def instellingen(bestand: str, meedoen: Meedoen, tmp_path: Path) -> dict[str, str]:
    """Of an example that has what it needs, with a stand of its own."""
    eis(bestand, "curl", "jq")
    return {**meedoen.instellingen, "STAND": str(tmp_path / "stand")}


@pytest.fixture
def geldig(instellingen: dict[str, str]) -> str:
    return Path(instellingen["TOKEN_BESTAND"]).read_text()


async def test_na_een_herstart_gaat_het_verder_waar_het_was(
    bestand: str, meedoen: Meedoen, instellingen: dict[str, str], tmp_path: Path
) -> None:
    alles = await meedoen.alles_van_boxtel()
    gezien: list[Regel] = []
    for aantal in (5, len(alles) - 5):
        instellingen["AANTAL"] = str(aantal)
        async with draaiend(bestand, tmp_path, instellingen) as voorbeeld:
            gezien += await voorbeeld.tot_het_einde()
    assert gezien == alles


async def test_het_wacht_op_wat_nog_moet_gebeuren_ook_als_de_verbinding_breekt(
    bestand: str, meedoen: Meedoen, instellingen: dict[str, str], tmp_path: Path
) -> None:
    eerder = meedoen.aantal
    async with Tussenstation(urlsplit(meedoen.url).port or 0) as ertussen:
        instellingen |= {
            "MEEDOEN": f"http://127.0.0.1:{ertussen.poort}",
            "AANTAL": str(eerder + 6),
        }
        async with draaiend(bestand, tmp_path, instellingen) as voorbeeld:
            await voorbeeld.volg(eerder)
            await meedoen.speel(kort=True)
            await voorbeeld.volg(eerder + 3)
            await ertussen.in_gebruik()
            ertussen.verbreek()
            await meedoen.speel(kort=True)
            assert await voorbeeld.tot_het_einde() == await meedoen.alles_van_boxtel()


async def test_het_neemt_een_vernieuwd_token_uit_het_bestand(
    bestand: str, meedoen: Meedoen, instellingen: dict[str, str], geldig: str, tmp_path: Path
) -> None:
    verlopen = tmp_path / "token"
    verlopen.write_text("verlopen")
    async with Tussenstation(urlsplit(meedoen.url).port or 0) as ertussen:
        instellingen |= {
            "MEEDOEN": f"http://127.0.0.1:{ertussen.poort}",
            "TOKEN_BESTAND": str(verlopen),
            "AANTAL": "1",
        }
        async with draaiend(bestand, tmp_path, instellingen) as voorbeeld:
            await ertussen.in_gebruik()
            verlopen.write_text(geldig)
            assert len(await voorbeeld.tot_het_einde()) == 1
