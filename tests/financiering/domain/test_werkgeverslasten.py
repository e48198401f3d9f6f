"""De vergoeding voor werkgeverslasten per jaar (domain-rules §1.4)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from services.financiering.domain.fouten import DatumBuitenTabel
from services.financiering.domain.werkgeverslasten import werkgeverslasten_op


@pytest.mark.parametrize(
    ("op", "percentage", "onzeker"),
    [
        ("2015-01-01", "23.0", False),
        ("2017-12-31", "23.0", False),
        ("2018-01-01", "23.5", False),
        ("2021-06-30", "23.5", False),
        ("2021-07-01", "23.5", False),
        ("2023-12-11", "23.5", False),
        ("2024-01-01", "23.5", True),
        ("2026-12-31", "23.5", True),
    ],
)
def test_percentage_werkgeverslasten_volgt_de_tabel(
    op: str, percentage: str, onzeker: bool
) -> None:
    lasten = werkgeverslasten_op(date.fromisoformat(op))
    assert lasten.percentage == Decimal(percentage)
    assert lasten.onzeker is onzeker
    assert lasten.bron


@pytest.mark.parametrize("op", ["2014-12-31", "2027-01-01"])
def test_buiten_de_tabel_is_het_percentage_niet_bekend(op: str) -> None:
    with pytest.raises(DatumBuitenTabel):
        werkgeverslasten_op(date.fromisoformat(op))
