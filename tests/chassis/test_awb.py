"""Werkdagen en feestdagen van de Algemene termijnenwet, en de bezwaartermijn."""

from __future__ import annotations

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.awb import (
    GELIJKGESTELDE_DAGEN,
    eerste_paasdag,
    einde_bezwaartermijn,
    feestdagen,
    is_werkdag,
)


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


def test_de_bezwaartermijn_is_zes_weken_na_bekendmaking() -> None:
    assert einde_bezwaartermijn(date(2026, 9, 1)) == date(2026, 9, 1) + timedelta(days=42)


@given(st.dates(date(2014, 1, 1), date(2098, 12, 31)))
def test_de_bezwaartermijn_eindigt_op_een_werkdag_en_slaat_er_geen_over(bekend: date) -> None:
    einde, kaal = einde_bezwaartermijn(bekend), bekend + timedelta(days=42)
    assert is_werkdag(einde)
    assert not any(is_werkdag(kaal + timedelta(days=n)) for n in range((einde - kaal).days))
