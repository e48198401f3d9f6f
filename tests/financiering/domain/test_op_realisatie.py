"""Loonkostensubsidie op realisatie: een jaar later vergoed naar het aandeel in de uitgaven."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.financiering.domain.geld import euro
from services.financiering.domain.op_realisatie import Ontbreekt, Vergoeding, vergoeding

bedragen = st.integers(0, 10**10).map(lambda centen: Decimal(centen).scaleb(-2))
CENT = Decimal("0.01")


def van(
    uitgaven: Decimal, macro: Decimal | None, budget: Decimal | None, jaar: int = 2026
) -> Vergoeding:
    return vergoeding(jaar, uitgaven, macro_uitgaven_vorig_jaar=macro, macrobudget=budget)


def test_uitgewerkt_voorbeeld() -> None:
    """Made up: the macro amounts are in no source (domain-rules §5.1 has only the rule).

    In 2025 the gemeente spent 250,000.00 of the 800,000,000.00 of all: 1/3200. In 2026 the Rijk
    divides 880,000,000.00, so it gets 275,000.00. It spends 300,000.00 and bears 25,000.00 itself.
    """
    gevonden = van(Decimal("250000.00"), Decimal("800000000.00"), Decimal("880000000.00"))
    assert (gevonden.aandeel, gevonden.bedrag) == (Fraction(1, 3200), Decimal("275000.00"))
    assert gevonden.voorgefinancierd(Decimal("300000.00")) == Decimal("25000.00")
    assert gevonden.voorgefinancierd(Decimal("200000.00")) == Decimal("-75000.00")


@given(bedragen, bedragen.filter(bool))
def test_is_het_budget_wat_allen_uitgaven_dan_krijgt_de_gemeente_precies_alles_terug(
    uitgaven: Decimal, macro: Decimal
) -> None:
    """Full compensation with a lag of one year (domain-rules §5.1)."""
    assert van(uitgaven, macro, macro).bedrag == uitgaven


@given(st.lists(bedragen, min_size=1, max_size=9), bedragen.filter(bool), bedragen)
def test_samen_krijgen_gemeenten_het_aandeel_van_hun_uitgaven_samen(
    uitgaven: list[Decimal], macro: Decimal, budget: Decimal
) -> None:
    delen = [van(bedrag, macro, budget) for bedrag in uitgaven]
    samen = van(sum(uitgaven, Decimal(0)), macro, budget)
    assert sum(deel.aandeel or 0 for deel in delen) == samen.aandeel
    lijnen = sum((deel.bedrag for deel in delen if deel.bedrag is not None), Decimal(0))
    verschil = lijnen - (samen.bedrag or Decimal(0))
    # Each is rounded once, by half a cent at most.
    assert abs(verschil) <= CENT / 2 * (len(delen) + 1)


@given(st.lists(bedragen, min_size=1, max_size=9).filter(any), bedragen)
def test_alle_gemeenten_van_het_land_samen_krijgen_het_hele_budget(
    uitgaven: list[Decimal], budget: Decimal
) -> None:
    macro = sum(uitgaven, Decimal(0))
    delen = [van(bedrag, macro, budget) for bedrag in uitgaven]
    exact = sum((deel.aandeel or 0) * Fraction(budget) for deel in delen)
    assert euro(Fraction(exact)) == budget


@pytest.mark.parametrize(
    ("macro", "budget", "ontbreekt"),
    [
        (None, Decimal(1), (Ontbreekt.MACRO_UITGAVEN,)),
        (Decimal(1), None, (Ontbreekt.MACROBUDGET,)),
        (None, None, (Ontbreekt.MACRO_UITGAVEN, Ontbreekt.MACROBUDGET)),
    ],
)
def test_zonder_landelijk_bedrag_wordt_niets_geraden(
    macro: Decimal | None, budget: Decimal | None, ontbreekt: tuple[Ontbreekt, ...]
) -> None:
    gevonden = van(Decimal("250000.00"), macro, budget)
    assert (gevonden.bedrag, gevonden.ontbreekt) == (None, ontbreekt)
    assert gevonden.voorgefinancierd(Decimal("1.00")) is None
    assert (gevonden.aandeel is None) == (macro is None)


def test_voor_2022_werd_niet_op_realisatie_verdeeld() -> None:
    gevonden = van(Decimal(1), Decimal(1), Decimal(1), 2021)
    assert (gevonden.bedrag, gevonden.ontbreekt) == (None, (Ontbreekt.NIET_OP_REALISATIE,))
    assert van(Decimal(1), Decimal(1), Decimal(1), 2022).bedrag == 1
