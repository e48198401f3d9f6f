"""The guides to loonwaarde, werkdiagnose and OAD: their tables say what the code does."""

from __future__ import annotations

import re
from pathlib import Path

from deploy.installatie import WORTEL
from services.diagnose.domain import loonwaarde
from services.diagnose.domain.oad import NIET_TE_VRAGEN, VRAGEN, WERK, Bestemming
from services.diagnose.domain.werkdiagnose import Stapsoort, Stopreden

LOONWAARDE = (WORTEL / "docs" / "integratie" / "diagnose-loonwaarde.md").read_text()
WERK_EN_OAD = (WORTEL / "docs" / "integratie" / "diagnose-werk-en-oad.md").read_text()


def test_elke_code_in_de_tabel_van_het_rapport_bestaat() -> None:
    tabel = LOONWAARDE.partition("| regel | code |")[2].partition("\n\n")[0]
    codes = re.findall(r"`([a-z-]+)`", tabel)
    regels = Path(loonwaarde.__file__).read_text(encoding="utf-8")
    assert len(codes) == 9
    for code in codes:
        assert f'"{code}"' in regels, code


def test_de_gids_noemt_elke_stap_en_elke_reden_om_te_stoppen() -> None:
    for code in (*Stapsoort, *Stopreden):
        assert f"`{code}`" in WERK_EN_OAD, code


def test_de_gids_noemt_elke_vraag_van_de_selectie() -> None:
    rijen = re.findall(r"^\| `([a-z-]+)` \| ([A-Z].+\?) \|$", WERK_EN_OAD, re.MULTILINE)
    assert dict(rijen) == VRAGEN


def test_de_gids_zegt_van_elke_bestemming_of_zij_werk_is_en_of_er_vragen_volgen() -> None:
    rijen = re.findall(r"^\| `([a-z-]+)` \| (ja|nee) \| (ja|nee) \|$", WERK_EN_OAD, re.MULTILINE)
    ja_nee = {True: "ja", False: "nee"}
    assert rijen == [
        (code, ja_nee[code in WERK], ja_nee[code not in NIET_TE_VRAGEN]) for code in Bestemming
    ]
