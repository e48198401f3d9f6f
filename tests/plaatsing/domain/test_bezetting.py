"""Hoeveel plaatsen er wanneer bezet zijn op een werkplek."""

from __future__ import annotations

from datetime import date

import pytest

from services.plaatsing.domain.bezetting import (
    bezetting_op,
    drukste_bezetting,
    plaats_bezet,
    plaats_vrij,
)

PLAATSEN = [
    *plaats_bezet(date(2026, 1, 1), date(2026, 2, 28)),
    *plaats_bezet(date(2026, 3, 1), date(2026, 4, 30)),
    *plaats_bezet(date(2026, 4, 30), None),
]


@pytest.mark.parametrize(
    ("dag", "bezet"),
    [
        (date(2025, 12, 31), 0),
        (date(2026, 1, 1), 1),
        (date(2026, 2, 28), 1),
        (date(2026, 3, 1), 1),
        (date(2026, 4, 30), 2),
        (date(2099, 12, 31), 1),
    ],
)
def test_een_plaats_is_bezet_van_de_eerste_tot_en_met_de_laatste_dag(dag: date, bezet: int) -> None:
    assert bezetting_op(PLAATSEN, dag) == bezet


@pytest.mark.parametrize(
    ("van", "tot_en_met", "aantal"),
    [
        (date(2025, 1, 1), date(2025, 12, 31), 0),
        (date(2026, 1, 15), date(2026, 4, 29), 1),
        (date(2026, 1, 15), date(2026, 4, 30), 2),
        (date(2026, 1, 15), None, 2),
        (date(2026, 5, 1), None, 1),
    ],
)
def test_de_drukste_dag_telt_en_niet_wie_er_ooit_was(
    van: date, tot_en_met: date | None, aantal: int
) -> None:
    assert drukste_bezetting(PLAATSEN, van, tot_en_met) == aantal


def test_wat_vrijkomt_telt_niet_meer() -> None:
    zonder = [*PLAATSEN, *plaats_vrij(date(2026, 4, 30), None)]
    assert drukste_bezetting(zonder, date(2026, 1, 1), None) == 1
    assert bezetting_op(zonder, date(2099, 12, 31)) == 0
