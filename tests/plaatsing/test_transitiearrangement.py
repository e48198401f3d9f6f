"""Wie in het transitiearrangement telt, en wat er is afgesproken."""

from __future__ import annotations

from pathlib import Path

import pytest

from chassis.database import Database
from contracts.intake import Doelgroep
from services.plaatsing import taakstelling
from services.plaatsing.domain.einde import Plaatsingsoort
from services.plaatsing.domain.transitiearrangement import Taakstelling
from tests.dienst import Klant
from tests.plaatsing.hulp import Keten, werkplek
from tests.plaatsing.test_soorten import begin

BEVERWIJK = "0375"
"""Of which no other test has kandidaten."""


async def test_wie_tot_de_wsw_hoort_telt_niet_mee(
    klant: Klant, database: Database, keten: Keten
) -> None:
    for doelgroep in (Doelgroep.PWET, Doelgroep.WSW):
        kandidaat_id = await keten.kandidaat(BEVERWIJK, doelgroep=doelgroep)
        plek = await werkplek(database)
        await begin(database, kandidaat_id, Plaatsingsoort.DETACHERING_GROEP, plek)
    antwoord = await klant(BEVERWIJK).get(
        "/rapportages/transitiearrangement",
        params={"vanaf": "2026-01-01", "totEnMet": "2026-12-31"},
    )
    totaal = antwoord.json()["samenstelling"][-1]
    assert (totaal["aantal"], totaal["gemiddeldeLoonwaarde"]) == (1, "40.0")


def test_de_taakstelling_van_vught_is_die_van_de_bron() -> None:
    assert [t for t in taakstelling.taakstellingen() if t.gemeentecode == "0865"] == [
        Taakstelling("0865", 2018, 42),
        Taakstelling("0865", 2019, 58),
    ]


@pytest.mark.parametrize(
    "blok",
    [
        'gemeentecode = "0865"\njaar = 2018\nplaatsen = 43\nbron = "nog eens"',
        'gemeentecode = "Vught"\njaar = 2020\nplaatsen = 43\nbron = "geen code"',
        'gemeentecode = "0865"\njaar = 2020\nplaatsen = -1\nbron = "te weinig"',
        'gemeentecode = "0865"\njaar = 2020\nplaatsen = 43',
    ],
)
def test_een_bestand_dat_niet_klopt_wordt_geweigerd(
    blok: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bestand = tmp_path / "taakstelling.toml"
    bestand.write_text(taakstelling.BESTAND.read_text() + f"\n[[taakstelling]]\n{blok}\n")
    monkeypatch.setattr(taakstelling, "BESTAND", bestand)
    with pytest.raises(ValueError):
        taakstelling.taakstellingen.__wrapped__()
