"""No-riskpolis en loonkostenvoordeel: wat een werkgever krijgt, en wat niet bekend is."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.plaatsing.domain.fouten import JaarVoorBegin
from services.plaatsing.domain.ontzorgen import (
    Antwoord,
    Voordeelgroep,
    loonkostenvoordeel,
    no_riskpolis,
)

JA, NEE, ONBEKEND = Antwoord.JA, Antwoord.NEE, Antwoord.ONBEKEND
G = Voordeelgroep


@pytest.mark.parametrize(
    ("groep", "begin", "jaar", "geldt", "per_uur", "per_jaar"),
    [
        (G.BANENAFSPRAAK, "2026-03-02", 2026, JA, "1.01", "2000"),
        (G.BANENAFSPRAAK, "2024-03-02", 2026, JA, "1.01", "2000"),
        (G.BANENAFSPRAAK, "2024-03-02", 2025, ONBEKEND, None, None),
        (G.BANENAFSPRAAK, "2026-03-02", 2027, ONBEKEND, None, None),
        (G.BESCHUT_WERK, "2026-03-02", 2026, NEE, None, None),
        (G.WSW, "2014-03-03", 2026, NEE, None, None),
        (G.ARBEIDSGEHANDICAPT, "2026-03-02", 2026, JA, "3.05", "6000"),
        (G.ARBEIDSGEHANDICAPT, "2023-01-02", 2026, JA, "3.05", "6000"),
        (G.ARBEIDSGEHANDICAPT, "2023-01-01", 2026, NEE, None, None),
        (G.HERPLAATST, "2025-01-02", 2026, JA, "3.05", "6000"),
        (G.HERPLAATST, "2025-01-01", 2026, NEE, None, None),
        (G.OUDERE_WERKNEMER, "2024-01-01", 2025, JA, "1.35", None),
        (G.OUDERE_WERKNEMER, "2023-12-31", 2025, JA, "3.05", "6000"),
        (G.OUDERE_WERKNEMER, "2024-01-01", 2026, NEE, None, None),
        (G.OUDERE_WERKNEMER, "2024-01-01", 2024, ONBEKEND, None, None),
        (G.OUDERE_WERKNEMER, "2021-12-31", 2025, NEE, None, None),
        (G.OUDERE_WERKNEMER, "2023-12-31", 2026, ONBEKEND, None, None),
    ],
)
def test_het_loonkostenvoordeel_volgt_uit_de_groep_het_begin_en_het_jaar(
    groep: Voordeelgroep,
    begin: str,
    jaar: int,
    geldt: Antwoord,
    per_uur: str | None,
    per_jaar: str | None,
) -> None:
    voordeel = loonkostenvoordeel(groep, date.fromisoformat(begin), jaar)
    assert voordeel.geldt is geldt
    assert voordeel.per_uur == (Decimal(per_uur) if per_uur else None)
    assert voordeel.per_jaar == (Decimal(per_jaar) if per_jaar else None)


@pytest.mark.parametrize(("begin", "nodig"), [("2025-12-31", True), ("2026-01-01", False)])
def test_vanaf_2026_is_voor_de_banenafspraak_geen_verklaring_nodig(begin: str, nodig: bool) -> None:
    voordeel = loonkostenvoordeel(G.BANENAFSPRAAK, date.fromisoformat(begin), 2026)
    assert voordeel.verklaring_nodig is nodig
    assert voordeel.hoogstens_jaren is None
    assert ("art. 6.2" in voordeel.artikel) is nodig


def test_over_een_jaar_voor_het_dienstverband_is_er_niets() -> None:
    with pytest.raises(JaarVoorBegin):
        loonkostenvoordeel(G.BANENAFSPRAAK, date(2026, 3, 2), 2025)


@given(
    st.sampled_from(Voordeelgroep), st.dates(date(2010, 1, 1), date(2040, 1, 1)), st.integers(0, 40)
)
def test_elk_antwoord_noemt_een_artikel_en_een_bedrag_is_er_alleen_bij_ja(
    groep: Voordeelgroep, begin: date, later: int
) -> None:
    voordeel = loonkostenvoordeel(groep, begin, begin.year + later)
    assert "Wtl" in voordeel.artikel
    assert voordeel.uitleg
    assert (voordeel.per_uur is not None) == (voordeel.geldt is JA)
    if begin.year + later not in (2025, 2026):
        assert voordeel.geldt is not JA


def test_de_no_riskpolis_zegt_wat_niet_zeker_is() -> None:
    for groep in Voordeelgroep:
        assert no_riskpolis(groep).onzeker
        assert "29b" in no_riskpolis(groep).artikel
    assert no_riskpolis(G.BANENAFSPRAAK).geldt is JA
    assert no_riskpolis(G.ARBEIDSGEHANDICAPT).aanspraak_jaren == 5
    assert no_riskpolis(G.WSW).geldt is ONBEKEND
