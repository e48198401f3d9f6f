"""The guide to terms: its tables say what the code does."""

from __future__ import annotations

import re

from deploy.installatie import WORTEL
from services.intake.domain.aanvraag import Aanvraaguitkomst, Zoektermijnuitzondering
from services.intake.domain.bewaakte_termijn import GRONDSLAGEN, Termijnsoort, Termijnstatus

GIDS = (WORTEL / "docs" / "integratie" / "termijnen.md").read_text()


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
