"""The guide to besluiten: its examples work, and its tables say what the code does."""

from __future__ import annotations

import asyncio
import os
import random
import re
import shutil
from pathlib import Path

from deploy.installatie import WORTEL
from deploy.klantreis.persoon import verzin_bsn
from services.intake.domain.rechtsgrond import TOEGESTAAN, Rechtsgrond
from services.intake.domain.vrijstelling import Verplichting
from tests.conftest import vereis
from tests.keten.omgevingen import een_proces

GIDS = (WORTEL / "docs" / "integratie" / "besluiten.md").read_text()
VOORBEELDEN = re.findall(r"^```bash\n(.*?)^```", GIDS, re.MULTILINE | re.DOTALL)


def test_de_gids_noemt_per_besluit_de_artikelen_waarop_het_kan_rusten() -> None:
    rijen = dict(re.findall(r"^\| ([a-z]+) \| [^|]+ \| ([^|]+) \|$", GIDS, re.MULTILINE))
    for soort, gronden in TOEGESTAAN.items():
        genoemd = re.findall(r"`([^`]+)`", rijen[soort])
        if "als hierboven" in rijen[soort]:
            genoemd += re.findall(r"`([^`]+)`", rijen["poortbesluit"])
        assert {Rechtsgrond(code) for code in genoemd} == set(gronden), soort


def test_de_gids_noemt_elke_verplichting() -> None:
    for verplichting in Verplichting:
        assert f"`{verplichting}`" in GIDS or f'"{verplichting}"' in GIDS.replace('\\"', '"')


async def test_elk_voorbeeld_uit_de_gids_werkt(werkmap: Path) -> None:
    assert len(VOORBEELDEN) >= 6
    for programma in ("bash", "curl", "jq"):
        vereis(shutil.which(programma), f"{programma} ontbreekt op deze machine")
    async with een_proces(werkmap / "meedoen") as meedoen:
        proces = await asyncio.create_subprocess_exec(
            *("bash", "-euxo", "pipefail", "-c", "\n".join(VOORBEELDEN)),
            cwd=werkmap,
            env={
                **os.environ,
                "TZ": "Europe/Amsterdam",
                "MEEDOEN": meedoen.url,
                "BSN": verzin_bsn(random.Random()),
            },
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        uitvoer, _ = await proces.communicate()
    assert proces.returncode == 0, uitvoer.decode()
