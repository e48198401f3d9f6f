"""Every example of the integrators' guide, run as it stands, one after the other."""

from __future__ import annotations

import asyncio
import os
import random
import re
import shutil
from pathlib import Path

import pytest

from deploy.installatie import WORTEL
from deploy.klantreis.persoon import verzin_bsn
from tests.conftest import vereis
from tests.keten.omgevingen import een_proces

GIDSEN = (
    "README.md",
    "instroom.md",
    "processen.md",
    "termijnen.md",
    "besluiten.md",
    "diagnose-zrm.md",
    "diagnose-planregie.md",
    "diagnose-jongeren.md",
    "diagnose-loonwaarde.md",
    "diagnose-werk-en-oad.md",
    "diagnose-advies.md",
    "plaatsing-soorten.md",
    "plaatsing-begeleiding.md",
    "plaatsing-werkplekken.md",
    "plaatsing-rapportages.md",
    "plaatsing-matching.md",
    "financiering-facturen.md",
    "financiering-doorrekening.md",
    "financiering-budgetten.md",
    "financiering-betalingen.md",
    "financiering-termijnen.md",
)


def voorbeelden(gids: str) -> list[str]:
    tekst = (WORTEL / "docs" / "integratie" / gids).read_text()
    return re.findall(r"^```bash\n(.*?)^```", tekst, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("gids", GIDSEN)
def test_de_gids_heeft_voorbeelden(gids: str) -> None:
    assert len(voorbeelden(gids)) >= 5


@pytest.mark.parametrize("gids", GIDSEN)
async def test_elk_voorbeeld_uit_de_gids_werkt(werkmap: Path, gids: str) -> None:
    for programma in ("bash", "curl", "jq"):
        vereis(shutil.which(programma), f"{programma} ontbreekt op deze machine")
    toeval = random.Random()
    async with een_proces(werkmap / "meedoen") as meedoen:
        proces = await asyncio.create_subprocess_exec(
            *("bash", "-euxo", "pipefail", "-c", "\n".join(voorbeelden(gids))),
            cwd=werkmap,
            env={
                **os.environ,
                "TZ": "Europe/Amsterdam",
                "MEEDOEN": meedoen.url,
                **{naam: verzin_bsn(toeval) for naam in ("BSN", "BSN_JONGERE", "BSN_VELSEN")},
            },
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        uitvoer, _ = await proces.communicate()
    assert proces.returncode == 0, uitvoer.decode()
