"""De loonwaarde volgens de uniforme methode."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.diagnose.domain.fouten import OngeldigeLoonwaardemeting
from services.diagnose.domain.loonwaarde import Hoofdtaak, Loonwaardemeting


def taak(aandeel: str, tempo: str = "60", kwaliteit: str = "90", netto: str = "95") -> Hoofdtaak:
    return Hoofdtaak(
        "inpakken", Decimal(aandeel), Decimal(tempo), Decimal(kwaliteit), Decimal(netto)
    )


VOORBEELD = Loonwaardemeting(
    meting_id=UUID(int=1),
    bedrijfsbezoek_op=date(2026, 9, 1),
    vastgesteld_op=date(2026, 9, 3),
    ingangsdatum=date(2026, 9, 3),
    loonwaardedeskundige="deskundige-3",
    uren_per_week=Decimal(24),
    werkdagen_per_week=Decimal(3),
    hoofdtaken=(
        taak("50", "60", "90", "95"),
        taak("30", "70", "100", "80"),
        taak("20", "50", "80", "100"),
    ),
)


def codes(fout: OngeldigeLoonwaardemeting) -> list[tuple[str, str]]:
    return [(punt.pad, punt.code) for punt in fout.punten]


def test_het_voorbeeld_van_50_45_wordt_50_procent() -> None:
    # domain-rules §2.2: 25.65 + 16.80 + 8.00
    assert [taak.resultaat for taak in VOORBEELD.hoofdtaken] == [
        Decimal("25.65"),
        Decimal("16.80"),
        Decimal("8.00"),
    ]
    assert VOORBEELD.onafgerond == Decimal("50.45")
    assert VOORBEELD.loonwaarde == 50


@pytest.mark.parametrize(("tempo", "loonwaarde"), [("50.5", 51), ("50.4999", 50), ("49.5", 50)])
def test_een_half_procent_gaat_naar_boven(tempo: str, loonwaarde: int) -> None:
    meting = replace(VOORBEELD, hoofdtaken=(taak("100", tempo, "100", "100"),))
    assert meting.loonwaarde == loonwaarde


def test_een_reguliere_prestatie_is_loonwaarde_100() -> None:
    assert replace(VOORBEELD, reguliere_prestatie=True).loonwaarde == 100
    assert replace(VOORBEELD, reguliere_prestatie=True, hoofdtaken=()).loonwaarde == 100


def test_er_zijn_een_tot_vijf_hoofdtaken() -> None:
    vijf = tuple(taak("20") for _ in range(5))
    assert replace(VOORBEELD, hoofdtaken=vijf).loonwaarde == 51
    for aantal in ((), (*tuple(taak("16") for _ in range(5)), taak("20"))):
        with pytest.raises(OngeldigeLoonwaardemeting) as fout:
            replace(VOORBEELD, hoofdtaken=aantal)
        assert codes(fout.value) == [("hoofdtaken", "aantal")]


@pytest.mark.parametrize("aandelen", [("50", "49.99"), ("50", "50.01"), ("99",)])
def test_de_aandelen_zijn_samen_precies_100_procent(aandelen: tuple[str, ...]) -> None:
    with pytest.raises(OngeldigeLoonwaardemeting) as fout:
        replace(VOORBEELD, hoofdtaken=tuple(taak(a) for a in aandelen))
    assert codes(fout.value) == [("hoofdtaken", "som-aandelen")]


def test_een_hoofdtaak_is_ten_minste_een_zestiende_van_de_week() -> None:
    # 8 hours a day: 1/16 is exactly 30 minutes
    replace(VOORBEELD, hoofdtaken=(taak("93.75"), taak("6.25")))
    tien_uur = replace(
        VOORBEELD,
        uren_per_week=Decimal(40),
        werkdagen_per_week=Decimal(4),
        hoofdtaken=(taak("100"),),
    )
    with pytest.raises(OngeldigeLoonwaardemeting) as fout:
        replace(tien_uur, hoofdtaken=(taak("94"), taak("6")))
    assert codes(fout.value) == [("hoofdtaken.1.aandeel", "te-klein-per-week")]


def test_een_hoofdtaak_duurt_ten_minste_een_half_uur_per_werkdag() -> None:
    # 4 hours a day: half an hour is 12.5%
    halve_dagen = replace(VOORBEELD, uren_per_week=Decimal(20), werkdagen_per_week=Decimal(5))
    replace(halve_dagen, hoofdtaken=(taak("87.5"), taak("12.5")))
    with pytest.raises(OngeldigeLoonwaardemeting) as fout:
        replace(halve_dagen, hoofdtaken=(taak("88"), taak("12")))
    assert codes(fout.value) == [("hoofdtaken.1.aandeel", "te-kort-per-dag")]


def test_alle_fouten_van_een_rapport_worden_tegelijk_gemeld() -> None:
    with pytest.raises(OngeldigeLoonwaardemeting) as fout:
        Loonwaardemeting(
            meting_id=UUID(int=1),
            bedrijfsbezoek_op=date(2026, 9, 4),
            vastgesteld_op=date(2026, 9, 3),
            ingangsdatum=date(2026, 9, 3),
            loonwaardedeskundige=" ",
            uren_per_week=Decimal(0),
            werkdagen_per_week=Decimal(8),
            hoofdtaken=(
                Hoofdtaak("", Decimal(101), Decimal(-1), Decimal(90), Decimal("100.1")),
                taak("5"),
            ),
        )
    assert codes(fout.value) == [
        ("bedrijfsbezoekOp", "na-vaststelling"),
        ("loonwaardedeskundige", "verplicht"),
        ("urenPerWeek", "buiten-bereik"),
        ("werkdagenPerWeek", "buiten-bereik"),
        ("hoofdtaken.0.aandeel", "buiten-bereik"),
        ("hoofdtaken.0.tempo", "buiten-bereik"),
        ("hoofdtaken.0.nettoWerktijd", "buiten-bereik"),
        ("hoofdtaken.0.omschrijving", "verplicht"),
        ("hoofdtaken.0.aandeel", "te-kort-per-dag"),
        ("hoofdtaken.1.aandeel", "te-klein-per-week"),
        ("hoofdtaken.1.aandeel", "te-kort-per-dag"),
        ("hoofdtaken", "som-aandelen"),
    ]


PROCENTEN = st.decimals("0", "100", places=2)


@st.composite
def metingen(trek: st.DrawFn) -> Loonwaardemeting:
    aantal = trek(st.integers(1, 5))
    gelijk = Decimal(100) / 5
    aandelen = [gelijk] * (aantal - 1) + [100 - gelijk * (aantal - 1)]
    taken = tuple(
        Hoofdtaak("taak", aandeel, trek(PROCENTEN), trek(PROCENTEN), trek(PROCENTEN))
        for aandeel in aandelen
    )
    return replace(VOORBEELD, hoofdtaken=taken)


@given(metingen())
def test_de_loonwaarde_ligt_altijd_tussen_0_en_100(meting: Loonwaardemeting) -> None:
    assert 0 <= meting.loonwaarde <= 100
    assert abs(meting.loonwaarde - meting.onafgerond) <= Decimal("0.5")


@given(metingen(), st.integers(0, 4), PROCENTEN)
def test_een_hoger_tempo_geeft_nooit_een_lagere_loonwaarde(
    meting: Loonwaardemeting, plek: int, tempo: Decimal
) -> None:
    plek %= len(meting.hoofdtaken)
    taken = list(meting.hoofdtaken)
    taken[plek] = replace(taken[plek], tempo=max(tempo, taken[plek].tempo))
    assert replace(meting, hoofdtaken=tuple(taken)).loonwaarde >= meting.loonwaarde


@given(metingen())
def test_de_volgorde_van_de_taken_doet_er_niet_toe(meting: Loonwaardemeting) -> None:
    omgekeerd = replace(meting, hoofdtaken=tuple(reversed(meting.hoofdtaken)))
    assert omgekeerd.loonwaarde == meting.loonwaarde
