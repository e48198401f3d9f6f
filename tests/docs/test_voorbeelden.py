"""Every example in docs/integratie/voorbeelden, run as it stands on a Meedoen with real events."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import pytest_asyncio

from tests.docs.voorbeelden import (
    MAP,
    Regel,
    draaiend,
    eis_programmas,
    speel,
    token,
    verwacht,
)
from tests.keten.omgevingen import een_proces

HTTP = ("feed.sh",)

BOXTEL = "0757"
VUGHT = "0865"


def test_elk_voorbeeld_wordt_uitgevoerd() -> None:
    assert {b.name for b in MAP.iterdir()} - {"README.md"} == {*HTTP}


# -- the feed and the stream, over HTTP ---------------------------------------------------


@dataclass
class Meedoen:
    """A running chain, and how many events Boxtel received in it."""

    url: str
    aantal: int = 0
    toeval: random.Random = field(default_factory=lambda: random.Random(1))

    async def speel(self, gemeentecode: str = BOXTEL, *, kort: bool = False) -> None:
        gevolgd = await speel(self.url, gemeentecode, self.toeval, kort=kort)
        self.aantal += gevolgd if gemeentecode == BOXTEL else 0

    async def verwacht(self) -> list[Regel]:
        return await verwacht(self.url, BOXTEL, self.aantal)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def meedoen(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Meedoen]:
    """In one process: two klantreizen of Boxtel and one of Vught have been played."""
    map_ = tmp_path_factory.mktemp("meedoen")
    async with een_proces(map_) as omgeving:
        meedoen = Meedoen(omgeving.url)
        for gemeentecode in (BOXTEL, VUGHT, BOXTEL):
            await meedoen.speel(gemeentecode)
        yield meedoen


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("bestand", HTTP)
async def test_na_een_herstart_gaat_het_verder_waar_het_was(
    bestand: str, meedoen: Meedoen, tmp_path: Path
) -> None:
    eis_programmas(bestand, "curl")
    instellingen = {
        "MEEDOEN": meedoen.url,
        "TOKEN_BESTAND": str(await token(meedoen.url, BOXTEL, tmp_path)),
        "STAND": str(tmp_path / "stand"),
    }
    alles = await meedoen.verwacht()
    gezien: list[Regel] = []
    for aantal in (5, len(alles) - 5):
        async with draaiend(bestand, tmp_path, instellingen | {"AANTAL": str(aantal)}) as voorbeeld:
            gezien += await voorbeeld.tot_het_einde()
    assert gezien == alles


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("bestand", HTTP)
async def test_het_wacht_op_wat_nog_moet_gebeuren(
    bestand: str, meedoen: Meedoen, tmp_path: Path
) -> None:
    eis_programmas(bestand, "curl")
    instellingen = {
        "MEEDOEN": meedoen.url,
        "TOKEN_BESTAND": str(await token(meedoen.url, BOXTEL, tmp_path)),
        "STAND": str(tmp_path / "stand"),
    }
    eerder = meedoen.aantal
    instellingen["AANTAL"] = str(eerder + 2)
    async with draaiend(bestand, tmp_path, instellingen) as voorbeeld:
        for _ in range(eerder):
            await voorbeeld.volgende()
        await meedoen.speel(kort=True)
        assert await voorbeeld.tot_het_einde() == await meedoen.verwacht()
