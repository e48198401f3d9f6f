"""The guide to besluiten: its tables say what the code does."""

from __future__ import annotations

import re

from deploy.installatie import WORTEL
from services.intake.domain.rechtsgrond import TOEGESTAAN, Rechtsgrond
from services.intake.domain.vrijstelling import Verplichting

GIDS = (WORTEL / "docs" / "integratie" / "besluiten.md").read_text()


def test_de_gids_noemt_per_besluit_de_artikelen_waarop_het_kan_rusten() -> None:
    rijen = dict(re.findall(r"^\| ([a-z-]+) \| [^|]+ \| ([^|]+) \|$", GIDS, re.MULTILINE))
    for soort, gronden in TOEGESTAAN.items():
        genoemd = re.findall(r"`([^`]+)`", rijen[soort])
        if "als hierboven" in rijen[soort]:
            genoemd += re.findall(r"`([^`]+)`", rijen["poortbesluit"])
        assert {Rechtsgrond(code) for code in genoemd} == set(gronden), soort


def test_de_gids_noemt_elke_verplichting() -> None:
    for verplichting in Verplichting:
        assert f"`{verplichting}`" in GIDS or f'"{verplichting}"' in GIDS.replace('\\"', '"')
