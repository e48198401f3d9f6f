"""The examples that read the feed over HTTP, run as they stand on a Meedoen in one process."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.docs.voorbeelden import Meedoen, Regel, bewaar_token, draaiend, een_geschiedenis, eis
from tests.keten.omgevingen import een_proces

BESTANDEN = ("feed.sh",)

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
        yield meedoen


async def test_na_een_herstart_gaat_het_verder_waar_het_was(
    bestand: str, meedoen: Meedoen, tmp_path: Path
) -> None:
    eis(bestand, "curl", "jq")
    instellingen = {**meedoen.instellingen, "STAND": str(tmp_path / "stand")}
    alles = await meedoen.alles_van_boxtel()
    gezien: list[Regel] = []
    for aantal in (5, len(alles) - 5):
        instellingen["AANTAL"] = str(aantal)
        async with draaiend(bestand, tmp_path, instellingen) as voorbeeld:
            gezien += await voorbeeld.tot_het_einde()
    assert gezien == alles


async def test_het_wacht_op_wat_nog_moet_gebeuren(
    bestand: str, meedoen: Meedoen, tmp_path: Path
) -> None:
    eis(bestand, "curl", "jq")
    eerder = meedoen.aantal
    instellingen = {
        **meedoen.instellingen,
        "STAND": str(tmp_path / "stand"),
        "AANTAL": str(eerder + 2),
    }
    async with draaiend(bestand, tmp_path, instellingen) as voorbeeld:
        await voorbeeld.volg(eerder)
        await meedoen.speel(kort=True)
        assert await voorbeeld.tot_het_einde() == await meedoen.alles_van_boxtel()
