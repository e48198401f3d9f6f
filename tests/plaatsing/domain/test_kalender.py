"""Een periode van hele maanden en haar laatste dag."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.plaatsing.domain.kalender import laatste_dag_na_maanden

DAGEN = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("begin", "maanden", "laatste_dag"),
    [
        ("2026-01-15", 2, "2026-03-14"),
        ("2026-01-01", 2, "2026-02-28"),
        ("2025-12-31", 2, "2026-02-28"),
        ("2025-12-29", 2, "2026-02-28"),
        ("2025-12-28", 2, "2026-02-27"),
        ("2023-12-30", 2, "2024-02-29"),
        ("2026-11-01", 6, "2027-04-30"),
        ("2026-03-31", 1, "2026-04-30"),
    ],
)
def test_de_laatste_dag_van_een_periode_van_maanden(
    begin: str, maanden: int, laatste_dag: str
) -> None:
    gevonden = laatste_dag_na_maanden(date.fromisoformat(begin), maanden)
    assert gevonden == date.fromisoformat(laatste_dag)


@given(DAGEN, st.integers(1, 12))
def test_een_dag_later_begonnen_eindigt_nooit_eerder(begin: date, maanden: int) -> None:
    morgen = begin + timedelta(days=1)
    assert laatste_dag_na_maanden(begin, maanden) <= laatste_dag_na_maanden(morgen, maanden)


@given(DAGEN, st.integers(1, 12))
def test_een_periode_heeft_de_lengte_van_haar_maanden(begin: date, maanden: int) -> None:
    lengte = (laatste_dag_na_maanden(begin, maanden) - begin).days + 1
    assert 28 * maanden <= lengte <= 31 * maanden
