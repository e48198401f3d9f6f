"""Wie gebeurtenissen ontvangt: de negen gemeenten, WSD, en wie een omgeving erbij zet."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from contracts.afnemers import GEMEENTEN, gemeenten_erbij
from deploy.installatie import WORTEL

_TOPICS = "from contracts.afnemers import TOPICS; print(*TOPICS, sep='\\n')"
_PRINCIPALS = "from deploy.kafka.rechten import PRINCIPALS; print(*(p.naam for p in PRINCIPALS))"


def _met(erbij: str, opdracht: str) -> str:
    return subprocess.check_output(
        [sys.executable, "-c", opdracht],
        cwd=WORTEL,
        env={**os.environ, "MEEDOEN_GEMEENTEN_ERBIJ": erbij},
        text=True,
    )


def test_zonder_instelling_zijn_het_de_negen() -> None:
    assert len(GEMEENTEN) == 9
    assert gemeenten_erbij("") == {}


def test_een_gemeente_erbij_is_een_instelling() -> None:
    assert gemeenten_erbij("0453=Velsen, 0484=Alphen aan den Rijn") == {
        "0453": "Velsen",
        "0484": "Alphen aan den Rijn",
    }


@pytest.mark.parametrize("tekst", ["Velsen", "453=Velsen", "0453=", "0453"])
def test_een_instelling_die_niet_klopt_wordt_geweigerd(tekst: str) -> None:
    with pytest.raises(ValueError, match="0453=Velsen"):
        gemeenten_erbij(tekst)


def test_een_gemeente_erbij_krijgt_een_topic_en_een_eigen_principal() -> None:
    assert "meedoen.afnemer.gemeente-0453.v1" in _met("0453=Velsen", _TOPICS).split()
    assert "0453" not in _met("", _TOPICS)
    assert "gemeente-0453" in _met("0453=Velsen", _PRINCIPALS)
