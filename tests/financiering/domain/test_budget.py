"""Of een budget het jaar haalt, als alles doorloopt zoals het nu loopt."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.financiering.domain.budget import (
    Budgetsoort,
    Budgetstadium,
    Budgetversie,
    Dagkosten,
    Overschrijding,
    dagbedrag,
    overschrijding,
    prognose,
)
from services.financiering.domain.fouten import OngeldigBudget

JAAR = 2026
NIEUW = date(JAAR, 1, 1)


def kosten(nummer: int, vanaf: date, per_dag: str = "10", eind: date | None = None) -> Dagkosten:
    return Dagkosten(UUID(int=nummer), vanaf, vanaf, eind, Fraction(per_dag))


def test_de_prognose_telt_alleen_de_dagen_van_het_jaar() -> None:
    lopend = [
        kosten(1, date(2025, 7, 1)),
        kosten(2, date(2026, 12, 1), eind=date(2027, 3, 1)),
        kosten(3, date(2026, 3, 1), eind=date(2026, 3, 10)),
        kosten(4, date(2027, 1, 1)),
    ]
    assert prognose(lopend, JAAR) == Decimal(10 * (365 + 31 + 10))


def test_een_maandbedrag_dat_het_hele_jaar_loopt_kost_twaalf_keer_dat_bedrag() -> None:
    for jaar in (2026, 2028):
        heel_jaar = Dagkosten(UUID(int=1), NIEUW, NIEUW, None, dagbedrag(Decimal("1115.43"), jaar))
        assert prognose([heel_jaar], jaar) == Decimal("13385.16")


def test_de_plaatsing_waarmee_het_niet_meer_past_en_de_dag_waarop_het_op_is() -> None:
    lopend = [kosten(2, date(2026, 7, 1)), kosten(1, date(2025, 7, 1))]
    # 365 x 10 for the first; with the second 184 x 10 more. Two a day from 1 July on.
    assert overschrijding(lopend, JAAR, Decimal("5490.00")) is None
    assert overschrijding(lopend, JAAR, Decimal("5489.99")) == Overschrijding(
        UUID(int=2), date(2026, 12, 31)
    )
    assert overschrijding(lopend, JAAR, Decimal("3650.00")) == Overschrijding(
        UUID(int=2), date(2026, 10, 1)
    )
    assert overschrijding(lopend, JAAR, Decimal("0.00")) == Overschrijding(UUID(int=1), NIEUW)


@given(
    st.lists(st.tuples(st.integers(0, 700), st.integers(0, 400)), max_size=10),
    st.integers(0, 20000),
    st.randoms(),
)
def test_een_budget_wordt_overschreden_als_en_alleen_als_de_prognose_hoger_is(
    perioden: list[tuple[int, int]], bedrag: int, toeval: object
) -> None:
    lopend = [
        kosten(n, (begin := date(2025, 6, 1) + timedelta(days=na)), "7.31", begin + timedelta(duur))
        for n, (na, duur) in enumerate(perioden, 1)
    ]
    gevonden = overschrijding(lopend, JAAR, Decimal(bedrag))
    exact = sum((k.per_dag * k.dagen(JAAR) for k in lopend), Fraction())
    assert (gevonden is not None) == (exact > bedrag)
    if gevonden:
        zonder = [k for k in lopend if (k.begin, k.plaatsing_id) < _plek(lopend, gevonden)]
        assert overschrijding(zonder, JAAR, Decimal(bedrag)) is None
        geschud = list(lopend)
        toeval.shuffle(geschud)  # type: ignore[attr-defined]
        assert overschrijding(geschud, JAAR, Decimal(bedrag)) == gevonden


def test_is_wie_het_deed_vertrokken_dan_wordt_de_eerstvolgende_die_iets_kost_genoemd() -> None:
    lopend = [
        kosten(1, date(2026, 1, 1)),
        kosten(2, date(2026, 2, 1), eind=date(2025, 12, 31)),
        kosten(3, date(2026, 3, 1)),
    ]
    budget = Decimal("1.00")
    assert overschrijding(lopend, JAAR, budget, van={UUID(int=1)}) == Overschrijding(
        UUID(int=1), NIEUW
    )
    met_anderen = overschrijding(lopend, JAAR, budget, van={UUID(int=2), UUID(int=3)})
    assert met_anderen == Overschrijding(UUID(int=3), NIEUW)
    assert overschrijding(lopend, JAAR, budget, van={UUID(int=2)}) is None
    assert overschrijding(lopend, JAAR, budget, van=()) is None


def _plek(lopend: list[Dagkosten], gevonden: Overschrijding) -> tuple[date, UUID]:
    return next(
        (k.begin, k.plaatsing_id) for k in lopend if k.plaatsing_id == gevonden.plaatsing_id
    )


def test_plaatsen_horen_bij_het_begeleidingsbudget_en_bij_geen_ander() -> None:
    zonder = Budgetversie(Budgetstadium.VOORLOPIG, Decimal("1.00"), "bron")
    met = Budgetversie(Budgetstadium.VOORLOPIG, Decimal("1.00"), "bron", 108, Decimal("4000.00"))
    met.eis_past_bij(Budgetsoort.BEGELEIDING_NIEUWE_DOELGROEP)
    zonder.eis_past_bij(Budgetsoort.BUIG)
    for versie, soort in (
        (zonder, Budgetsoort.BEGELEIDING_NIEUWE_DOELGROEP),
        (met, Budgetsoort.BUIG),
    ):
        with pytest.raises(OngeldigBudget) as fout:
            versie.eis_past_bij(soort)
        assert [punt.pad for punt in fout.value.punten] == ["plaatsen", "bedragPerPlaats"]
