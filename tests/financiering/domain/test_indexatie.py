"""De herziening van 1 januari rust op cijfers die bekend en zeker zijn, of waarvoor is gekozen."""

from __future__ import annotations

from datetime import date

import pytest

from services.financiering.domain.fouten import (
    DatumBuitenTabel,
    IndexatieTeVroeg,
    OnzekereCijfers,
)
from services.financiering.domain.indexatie import eis_te_indexeren

NIEUWJAAR = date(2026, 1, 1)


def test_een_onzeker_cijfer_wordt_geweigerd_met_naam_en_toenaam() -> None:
    with pytest.raises(OnzekereCijfers, match="werkgeverslasten: art") as geweigerd:
        eis_te_indexeren(2026, NIEUWJAAR, ook_onzeker=False)
    assert "2026" in geweigerd.value.uitleg


def test_met_de_keuze_ervoor_mag_een_onzeker_cijfer_wel() -> None:
    eis_te_indexeren(2026, NIEUWJAAR, ook_onzeker=True)


def test_van_een_jaar_zonder_cijfers_wordt_niets_herzien_ook_niet_met_die_keuze() -> None:
    with pytest.raises(DatumBuitenTabel, match="2027-01-01"):
        eis_te_indexeren(2027, date(2027, 1, 1), ook_onzeker=True)


def test_voor_1_januari_is_het_te_vroeg() -> None:
    with pytest.raises(IndexatieTeVroeg):
        eis_te_indexeren(2026, date(2025, 12, 31), ook_onzeker=True)
