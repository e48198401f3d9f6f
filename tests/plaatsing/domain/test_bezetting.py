"""Wie er wanneer op een werkplek is."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from services.plaatsing.domain.bezetting import BezettePlaats, bezetting_op, drukste_bezetting

EEN, TWEE, DRIE = UUID(int=1), UUID(int=2), UUID(int=3)
PLAATSEN = [
    BezettePlaats(EEN, date(2026, 1, 1), date(2026, 2, 28)),
    BezettePlaats(TWEE, date(2026, 3, 1), date(2026, 4, 30)),
    BezettePlaats(DRIE, date(2026, 4, 30), None),
]


@pytest.mark.parametrize(
    ("dag", "bezet"),
    [
        (date(2025, 12, 31), set()),
        (date(2026, 1, 1), {EEN}),
        (date(2026, 2, 28), {EEN}),
        (date(2026, 3, 1), {TWEE}),
        (date(2026, 4, 30), {TWEE, DRIE}),
        (date(2099, 12, 31), {DRIE}),
    ],
)
def test_een_plaats_is_bezet_van_de_eerste_tot_en_met_de_laatste_dag(
    dag: date, bezet: set[UUID]
) -> None:
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
    assert len(drukste_bezetting(PLAATSEN, van, tot_en_met)) == aantal
