"""The guide to terms: its examples work, and its tables say what the code does."""

from __future__ import annotations

import asyncio
import os
import random
import re
import shutil
from pathlib import Path

from deploy.installatie import WORTEL
from deploy.klantreis.persoon import verzin_bsn
from services.intake.domain.aanvraag import Aanvraaguitkomst, Zoektermijnuitzondering
from services.intake.domain.bewaakte_termijn import GRONDSLAGEN, Termijnsoort, Termijnstatus
from tests.conftest import vereis
from tests.keten.omgevingen import een_proces

GIDS = (WORTEL / "docs" / "integratie" / "termijnen.md").read_text()
VOORBEELDEN = re.findall(r"^```bash\n(.*?)^```", GIDS, re.MULTILINE | re.DOTALL)


def test_de_gids_noemt_elke_soort_met_haar_grondslag_en_elke_status() -> None:
    rijen = re.findall(
        r"^\| `([a-z-]+)` \| [^|]+ \| ?([^|]*?) ?\|.*\|.*\|.*\|$", GIDS, re.MULTILINE
    )
    assert rijen == [(str(soort), GRONDSLAGEN.get(soort, "")) for soort in Termijnsoort]
    statussen = re.findall(r"^\| `([a-z]+)` \| [^|]+ \|$", GIDS, re.MULTILINE)
    assert set(statussen) == set(Termijnstatus)


def test_de_gids_noemt_elke_uitzondering_en_elke_uitkomst() -> None:
    for code in (*Zoektermijnuitzondering, *Aanvraaguitkomst):
        assert f"`{code}`" in GIDS


async def test_elk_voorbeeld_uit_de_gids_werkt(werkmap: Path) -> None:
    assert len(VOORBEELDEN) >= 6
    for programma in ("bash", "curl", "jq"):
        vereis(shutil.which(programma), f"{programma} ontbreekt op deze machine")
    toeval = random.Random()
    async with een_proces(werkmap / "meedoen") as meedoen:
        proces = await asyncio.create_subprocess_exec(
            *("bash", "-euxo", "pipefail", "-c", "\n".join(VOORBEELDEN)),
            cwd=werkmap,
            env={
                **os.environ,
                "TZ": "Europe/Amsterdam",
                "MEEDOEN": meedoen.url,
                "BSN": verzin_bsn(toeval),
                "BSN_JONGERE": verzin_bsn(toeval),
            },
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        uitvoer, _ = await proces.communicate()
    assert proces.returncode == 0, uitvoer.decode()
