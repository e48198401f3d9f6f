"""Van geboortedatum naar leeftijdsgroep, zonder dat de verjaardag meereist."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.leeftijdsgroep import (
    Leeftijdsgroep,
    leeftijd_op,
    leeftijdsgroep_op,
    volgende_overgang,
)


@pytest.mark.parametrize(
    ("op", "groep"),
    [
        ("2022-09-16", None),
        ("2022-09-17", "15"),
        ("2026-09-16", "18"),
        ("2026-09-17", "19"),
        ("2028-09-16", "20"),
        ("2028-09-17", "21+"),
        ("2060-01-01", "21+"),
    ],
)
def test_de_leeftijdsgroep_wisselt_op_de_verjaardag(op: str, groep: str | None) -> None:
    gevonden = leeftijdsgroep_op(date(2007, 9, 17), date.fromisoformat(op))
    assert gevonden == (None if groep is None else Leeftijdsgroep(groep))


def test_wie_op_29_februari_is_geboren_wordt_in_andere_jaren_op_1_maart_ouder() -> None:
    assert leeftijd_op(date(2008, 2, 29), date(2026, 2, 28)) == 17
    assert leeftijd_op(date(2008, 2, 29), date(2026, 3, 1)) == 18
    assert leeftijd_op(date(2008, 2, 29), date(2028, 2, 29)) == 20


def test_de_volgende_overgang_geeft_de_maand_prijs_en_niet_de_dag() -> None:
    overgang = volgende_overgang(date(2007, 9, 17), date(2026, 1, 5))
    assert overgang is not None
    assert overgang.verjaardag == date(2026, 9, 17)
    assert overgang.ingangsmaand == date(2026, 9, 1)
    assert overgang.groep is Leeftijdsgroep.NEGENTIEN


def test_na_de_21e_verjaardag_verandert_er_niets_meer() -> None:
    assert volgende_overgang(date(2005, 9, 17), date(2026, 9, 17)) is None


@given(st.dates(date(1990, 1, 1), date(2015, 12, 31)), st.dates(date(2015, 1, 1), date(2040, 1, 1)))
def test_de_overgang_is_de_eerste_dag_met_een_andere_groep(geboren: date, na: date) -> None:
    overgang = volgende_overgang(geboren, na)
    if overgang is None:
        assert leeftijdsgroep_op(geboren, na) is Leeftijdsgroep.VOLWASSEN
        return
    dag_ervoor = overgang.verjaardag - timedelta(days=1)
    assert overgang.verjaardag > na
    assert leeftijdsgroep_op(geboren, overgang.verjaardag) is overgang.groep
    assert leeftijdsgroep_op(geboren, dag_ervoor) == leeftijdsgroep_op(geboren, na)
    assert leeftijdsgroep_op(geboren, dag_ervoor) != overgang.groep
