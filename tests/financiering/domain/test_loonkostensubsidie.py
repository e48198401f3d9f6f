"""De hoogte van de loonkostensubsidie per maand, art. 10d lid 4 en 5 Participatiewet."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.financiering.domain.fouten import (
    DatumBuitenTabel,
    OngeldigeArbeidsduur,
    OngeldigeLoonwaarde,
)
from services.financiering.domain.geld import euro
from services.financiering.domain.loonkostensubsidie import (
    Arbeidsduur,
    Berekening,
    forfaitaire_loonkostensubsidie,
    loonkostensubsidie,
    regeling_op,
)

NU = regeling_op(date(2026, 7, 1))
LASTEN = Decimal("23.5")
VOLTIJD_36 = Arbeidsduur(Decimal(36))


def subsidie(wml: str, loonwaarde: int | None, uren: str = "36", voltijd: str = "36") -> Berekening:
    duur = Arbeidsduur(Decimal(uren), Decimal(voltijd))
    if loonwaarde is None:
        return forfaitaire_loonkostensubsidie(Decimal(wml), duur, NU, LASTEN)
    return loonkostensubsidie(Decimal(wml), loonwaarde, duur, NU, LASTEN)


@pytest.mark.parametrize(
    ("wml", "loonwaarde", "zonder_lasten", "lasten", "totaal"),
    [
        # domain-rules §1.5, every row
        ("2294.40", 55, "1115.08", "262.04", "1377.12"),
        ("2294.40", 40, "1486.77", "349.39", "1836.16"),
        ("2294.40", 30, "1734.57", "407.62", "2142.19"),
        ("2294.40", 20, "1734.57", "407.62", "2142.19"),
        ("2294.40", None, "1238.98", "291.16", "1530.14"),
        ("1376.64", 55, "669.05", "157.23", "826.27"),
        ("2337.00", None, "1261.98", "296.57", "1558.55"),
    ],
)
def test_rekenvoorbeelden(
    wml: str, loonwaarde: int | None, zonder_lasten: str, lasten: str, totaal: str
) -> None:
    berekening = subsidie(wml, loonwaarde)
    assert berekening.zonder_lasten == Decimal(zonder_lasten)
    assert berekening.werkgeverslasten == Decimal(lasten)
    assert berekening.bedrag == Decimal(totaal)


def test_boxtel_met_de_hand_24_uur_loonwaarde_40_procent() -> None:
    # 2337.00 x 1.08 = 2523.96; x 60% = 1514.376; x 24/36 = 1009.584; x 1.235 = 1246.83624
    assert subsidie("2337.00", 40, "24").bedrag == Decimal("1246.84")
    # 2294.40 x 1.08 = 2477.952; x 60% = 1486.7712; x 24/36 = 991.1808; x 1.235 = 1224.108288
    assert subsidie("2294.40", 40, "24").bedrag == Decimal("1224.11")


def test_onafgeronde_delen_worden_samen_een_keer_afgerond() -> None:
    berekening = subsidie("1376.64", 55)
    assert berekening.zonder_lasten + berekening.werkgeverslasten == Decimal("826.28")
    assert berekening.bedrag == Decimal("826.27")


def test_veertig_uur_telt_als_40_36_als_dat_de_volledige_werkweek_is() -> None:
    assert subsidie("2294.40", 40, "40", "40").exact == subsidie("2294.40", 40).exact * 40 / 36


def test_uren_boven_de_volledige_werkweek_tellen_niet_mee() -> None:
    assert subsidie("2294.40", 40, "40", "38").exact == subsidie("2294.40", 40, "38", "38").exact


def test_voor_2024_werd_naar_de_volledige_werkweek_verminderd_en_nooit_vermeerderd() -> None:
    toen = regeling_op(date(2023, 12, 31))
    wml = Decimal("1995.00")
    vol = loonkostensubsidie(wml, 40, VOLTIJD_36, toen, LASTEN)
    veertig = loonkostensubsidie(wml, 40, Arbeidsduur(Decimal(40), Decimal(40)), toen, LASTEN)
    half = loonkostensubsidie(wml, 40, Arbeidsduur(Decimal(20), Decimal(40)), toen, LASTEN)
    assert veertig.exact == vol.exact
    assert half.exact == vol.exact / 2


def test_een_oudere_wettekst_dan_juli_2023_wordt_geweigerd() -> None:
    with pytest.raises(DatumBuitenTabel):
        regeling_op(date(2023, 6, 30))


def test_hogere_vakantiebijslag_van_een_cao_verlaagt_de_subsidie() -> None:
    gewoon = loonkostensubsidie(Decimal("2337.00"), 50, VOLTIJD_36, NU, LASTEN)
    hoger = loonkostensubsidie(Decimal("2337.00"), 50, VOLTIJD_36, NU, LASTEN, Decimal("8.33"))
    # 2337.00 x 50% x 0.33% = 3.85605 less, with charges 4.76222175
    assert gewoon.exact - hoger.exact == Fraction("4.76222175")


def test_de_berekening_legt_elke_stap_uit_met_haar_grondslag() -> None:
    berekening = subsidie("2337.00", 40, "24")
    assert [stap.naam for stap in berekening.stappen] == [
        "minimumloon",
        "minimumloon-met-vakantiebijslag",
        "loonwaarde",
        "verschil",
        "maximum",
        "arbeidsduur",
        "werkgeverslasten",
        "loonkostensubsidie",
    ]
    assert all(stap.grondslag for stap in berekening.stappen)
    assert berekening.stappen[0].formule == "€ 2.337,00"
    assert berekening.stappen[5].formule == "€ 1.514,38 × 24 / 36"
    assert berekening.stappen[-1].uitkomst == berekening.bedrag


def test_het_forfait_heeft_geen_loonwaarde_in_zijn_stappen() -> None:
    namen = [stap.naam for stap in subsidie("2337.00", None).stappen]
    assert "forfait" in namen
    assert "loonwaarde" not in namen


@pytest.mark.parametrize("loonwaarde", [-1, 101])
def test_een_loonwaarde_buiten_0_tot_100_wordt_geweigerd(loonwaarde: int) -> None:
    with pytest.raises(OngeldigeLoonwaarde):
        subsidie("2337.00", loonwaarde)


@pytest.mark.parametrize(
    ("uren", "voltijd"), [("0", "36"), ("-4", "36"), ("61", "36"), ("20", "0")]
)
def test_een_onmogelijke_arbeidsduur_wordt_geweigerd(uren: str, voltijd: str) -> None:
    with pytest.raises(OngeldigeArbeidsduur):
        Arbeidsduur(Decimal(uren), Decimal(voltijd))


def test_een_halve_cent_gaat_naar_boven() -> None:
    assert euro(Fraction("0.005")) == Decimal("0.01")
    assert euro(Fraction("0.0049999")) == Decimal("0.00")
    assert euro(Fraction(2, 3)) == Decimal("0.67")


LONEN = st.decimals("400", "3000", places=2)
UREN = st.decimals("0.5", "45", places=2)
WAARDEN = st.integers(0, 100)


@given(LONEN, WAARDEN, WAARDEN, UREN)
def test_subsidie_daalt_als_de_loonwaarde_stijgt(
    wml: Decimal, een: int, ander: int, uren: Decimal
) -> None:
    laag, hoog = sorted((een, ander))
    assert subsidie(str(wml), laag, str(uren)).exact >= subsidie(str(wml), hoog, str(uren)).exact


@given(LONEN, WAARDEN, UREN)
def test_subsidie_is_nooit_negatief_en_hoogstens_70_procent_met_lasten(
    wml: Decimal, loonwaarde: int, uren: Decimal
) -> None:
    berekening = subsidie(str(wml), loonwaarde, str(uren), "45")
    maximum = Fraction(wml) * Fraction("1.08") * Fraction("0.70") * Fraction("1.235")
    assert 0 <= berekening.exact <= maximum * Fraction(uren) / 36


@given(LONEN, st.integers(0, 30))
def test_onder_30_procent_loonwaarde_verandert_er_niets_meer(wml: Decimal, loonwaarde: int) -> None:
    assert subsidie(str(wml), loonwaarde).exact == subsidie(str(wml), 30).exact


@given(LONEN)
def test_bij_loonwaarde_100_is_de_subsidie_nul(wml: Decimal) -> None:
    assert subsidie(str(wml), 100).bedrag == 0


@given(LONEN)
def test_het_forfait_is_wat_loonwaarde_50_zou_geven(wml: Decimal) -> None:
    assert subsidie(str(wml), None).exact == subsidie(str(wml), 50).exact


@given(LONEN, WAARDEN, UREN, UREN)
def test_meer_uren_is_nooit_minder_subsidie(
    wml: Decimal, loonwaarde: int, een: Decimal, ander: Decimal
) -> None:
    minder, meer = sorted((een, ander))
    assert (
        subsidie(str(wml), loonwaarde, str(minder)).exact
        <= subsidie(str(wml), loonwaarde, str(meer)).exact
    )


@given(LONEN, st.one_of(st.none(), WAARDEN), UREN, st.sampled_from(["36", "38", "40"]))
def test_een_onafhankelijke_narekening_komt_op_de_cent_gelijk_uit(
    wml: Decimal, loonwaarde: int | None, uren: Decimal, voltijd: str
) -> None:
    """The same law in another hand: plain decimals of 60 digits, multiplied out, divided last."""
    with localcontext() as context:
        context.prec = 60
        procenten = Decimal(50) if loonwaarde is None else Decimal(min(100 - loonwaarde, 70))
        teller = wml * 108 * procenten * min(uren, Decimal(voltijd)) * Decimal("1235")
        bedrag = (teller / (36 * 100 * 100 * 1000)).quantize(Decimal("1e-30"))
        verwacht = bedrag.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    assert subsidie(str(wml), loonwaarde, str(uren), voltijd).bedrag == verwacht
