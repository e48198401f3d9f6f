"""Wettelijke termijnen en de Algemene termijnenwet."""

from __future__ import annotations

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.fouten import DatumPastNiet
from services.intake.domain.termijnen import (
    GELIJKGESTELDE_DAGEN,
    Eenheid,
    Termijnduur,
    eerste_paasdag,
    einde_bezwaartermijn,
    feestdagen,
    is_werkdag,
    laatste_dag,
    uiterste_beslisdatum,
    uiterste_voorschotdatum,
)


def _weken(begin: date, weken: int) -> date:
    return laatste_dag(begin, Termijnduur(weken, Eenheid.WEKEN), wettelijk=True)


def test_feestdagen_van_2026_zoals_artikel_3_ze_noemt() -> None:
    assert sorted(feestdagen(2026)) == [
        date(2026, 1, 1),
        date(2026, 1, 2),  # equated by royal decree
        date(2026, 4, 3),  # Good Friday, lid 2
        date(2026, 4, 6),
        date(2026, 4, 27),
        date(2026, 5, 5),  # every year, not once in five
        date(2026, 5, 14),
        date(2026, 5, 15),  # equated by royal decree
        date(2026, 5, 25),
        date(2026, 12, 25),
        date(2026, 12, 26),
    ]


@pytest.mark.parametrize("jaar", range(2014, 2100))
def test_feestdagen_zijn_die_van_het_pakket_holidays_op_de_bekende_verschillen_na(
    jaar: int,
) -> None:
    pasen = eerste_paasdag(jaar)
    zondagen = {pasen, pasen + timedelta(days=49)}  # no working days anyway, not in art. 3
    ander = set(holidays.country_holidays("NL", years=jaar)) - zondagen
    eigen = feestdagen(jaar) - GELIJKGESTELDE_DAGEN
    assert eigen - ander <= {date(jaar, 5, 5)}  # the package counts it once in five years
    assert ander <= eigen


def test_koningsdag_op_zondag_wordt_op_zaterdag_gevierd() -> None:
    assert date(2025, 4, 26) in feestdagen(2025)
    assert date(2025, 4, 27) not in feestdagen(2025)


@pytest.mark.parametrize(
    ("begin", "weken", "einde"),
    [
        ("2026-03-02", 8, "2026-04-28"),  # Monday 27 April is King's day
        ("2026-02-20", 6, "2026-04-07"),  # Good Friday, weekend, Easter Monday
        ("2026-11-14", 6, "2026-12-28"),  # Saturday 26 December
        ("2026-04-02", 6, "2026-05-18"),  # Ascension Day and the equated Friday
        ("2026-09-01", 6, "2026-10-13"),
    ],
)
def test_een_termijn_die_niet_op_een_werkdag_eindigt_loopt_door(
    begin: str, weken: int, einde: str
) -> None:
    assert _weken(date.fromisoformat(begin), weken) == date.fromisoformat(einde)


def test_een_termijn_van_meer_dan_twaalf_weken_wordt_niet_verlengd() -> None:
    vrijdag_voor_zaterdag = date(2026, 9, 5)
    assert _weken(vrijdag_voor_zaterdag, 13) == date(2026, 12, 5)
    assert date(2026, 12, 5).isoweekday() == 6


def test_de_bezwaartermijn_is_zes_weken_na_bekendmaking() -> None:
    assert einde_bezwaartermijn(date(2026, 9, 1)) == date(2026, 9, 1) + timedelta(days=42)


def test_besluit_binnen_acht_en_voorschot_binnen_vier_weken() -> None:
    assert uiterste_beslisdatum(date(2026, 9, 1)) == date(2026, 10, 27)
    assert uiterste_voorschotdatum(date(2026, 9, 1)) == date(2026, 9, 29)


@given(st.dates(date(2014, 1, 1), date(2060, 12, 31)), st.integers(1, 12))
def test_een_termijn_eindigt_op_een_werkdag_en_de_verlenging_slaat_geen_werkdag_over(
    begin: date, weken: int
) -> None:
    einde = _weken(begin, weken)
    kaal = begin + timedelta(weeks=weken)
    assert is_werkdag(einde)
    verlengd = [kaal + timedelta(days=n) for n in range((einde - kaal).days)]
    assert not any(is_werkdag(dag) for dag in verlengd)


@pytest.mark.parametrize("begin", [date(2099, 1, 2), date.max])
def test_een_termijn_waarvan_de_feestdagen_niet_te_berekenen_zijn_wordt_geweigerd(
    begin: date,
) -> None:
    with pytest.raises(DatumPastNiet):
        _weken(begin, 6)
