"""Maanden als termijn: waar een periode van hele maanden eindigt."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.financiering.domain.kalender import Maand, eerste_dag_na_maanden


@pytest.mark.parametrize(
    ("begin", "maanden", "eerste_dag_erna"),
    [
        ("2026-01-15", 6, "2026-07-15"),
        ("2026-07-01", 6, "2027-01-01"),
        ("2025-08-31", 6, "2026-03-01"),
        ("2025-08-29", 6, "2026-03-01"),
        ("2025-08-28", 6, "2026-02-28"),
        ("2023-08-29", 6, "2024-02-29"),
        ("2023-08-31", 6, "2024-03-01"),
        ("2026-12-31", 2, "2027-03-01"),
    ],
)
def test_een_periode_van_maanden_eindigt_voor_dezelfde_dag(
    begin: str, maanden: int, eerste_dag_erna: str
) -> None:
    erna = eerste_dag_na_maanden(date.fromisoformat(begin), maanden)
    assert erna == date.fromisoformat(eerste_dag_erna)


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(1, 12))
def test_een_dag_later_begonnen_eindigt_nooit_eerder(begin: date, maanden: int) -> None:
    morgen = begin + timedelta(days=1)
    assert eerste_dag_na_maanden(begin, maanden) <= eerste_dag_na_maanden(morgen, maanden)


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(-30, 30))
def test_maanden_tellen_op_en_af(dag: date, aantal: int) -> None:
    maand = Maand.van(dag)
    assert maand.plus(aantal).plus(-aantal) == maand
    assert maand.eerste_dag <= dag <= maand.laatste_dag
    assert maand.laatste_dag + timedelta(days=1) == maand.plus(1).eerste_dag
