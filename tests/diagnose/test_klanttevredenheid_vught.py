"""The deelnemers of the Vught pilot (bron 003, "Deelnemers aan het woord"): eleven were asked in
2019, the answers of one were left out, five gave an 8 and five gave no cijfer."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from chassis.database import Database
from tests.diagnose.gebruikers import VUGHT
from tests.diagnose.keten import Keten
from tests.dienst import Klant


@pytest.fixture
def keten(database: Database) -> Keten:
    return Keten(database)


async def test_de_rapportage_is_die_van_vught(keten: Keten, klant: Klant) -> None:
    interviewer = klant("wsd", "planregisseur")
    antwoorden: list[list[dict[str, Any]]] = [
        *[[{"vraag": "geheel", "cijfer": 8, "woorden": "Goede stappen gemaakt."}]] * 5,
        *[[{"vraag": "goed", "woorden": "Er was ruimte om te kijken."}]] * 5,
        [],
    ]
    for antwoord in antwoorden:
        _, dossier_id = await keten.dossier(VUGHT, op=date(2018, 11, 1))
        gesprek = {
            "gehoudenOp": "2019-06-13",
            "antwoorden": antwoord,
            "buitenBeschouwing": not antwoord,
        }
        vastgelegd = await interviewer.post(
            f"/dossiers/{dossier_id}/tevredenheidsgesprekken", json=gesprek
        )
        assert vastgelegd.status_code == 201, vastgelegd.text

    for wie, pad in ((VUGHT, ""), ("wsd", f"&gemeentecode={VUGHT}")):
        rapportage = (await klant(wie).get(f"/rapportages/klanttevredenheid?jaar=2019{pad}")).json()
        assert rapportage["gesprekken"] == 11
        assert rapportage["buitenBeschouwing"] == 1
        assert rapportage["doel"] == 8
        assert {v["vraag"]: (v["aantal"], v["gemiddelde"]) for v in rapportage["vragen"]} == {
            "geheel": (5, "8.0"),
            "samenwerking": (0, None),
            "goed": (0, None),
            "minder-goed": (0, None),
            "verbetering": (0, None),
            "werkplek": (0, None),
        }
