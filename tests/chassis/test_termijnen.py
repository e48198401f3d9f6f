"""A term runs, is met, passes or lapses, and never two of these at once."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from chassis.termijnen import Termijn, Termijnstatus

BEGIN = date(2026, 1, 1)
DAGEN = st.integers(0, 60).map(lambda n: BEGIN + timedelta(days=n))


class Soort(StrEnum):
    PROEF = "proef"


def termijn(laatste_dag: date) -> Termijn[Soort]:
    return Termijn(
        termijn_id=UUID(int=1),
        van_id=UUID(int=2),
        kandidaat_id=UUID(int=3),
        gemeentecode="0757",
        soort=Soort.PROEF,
        kenmerk="",
        begonnen_op=BEGIN,
        laatste_dag=laatste_dag,
    )


@given(DAGEN, DAGEN)
def test_a_term_passes_after_its_last_day_and_not_before(laatste_dag: date, op: date) -> None:
    passed = termijn(laatste_dag).verstrijk(op)
    assert (passed is not None) == (op > laatste_dag)
    if passed is not None:
        assert passed.te_laat
        assert passed.verstrijk(op) is None


@given(DAGEN, DAGEN, DAGEN)
def test_what_is_met_or_lapsed_passes_no_more(laatste_dag: date, op: date, later: date) -> None:
    met = termijn(laatste_dag).haal(op)
    assert met.verstrijk(later) is None
    assert met.te_laat == (op > laatste_dag)
    assert termijn(laatste_dag).vervalt().verstrijk(later) is None


@given(DAGEN, DAGEN)
def test_a_moved_term_runs_again(laatste_dag: date, nieuw: date) -> None:
    passed = termijn(laatste_dag).verstrijk(laatste_dag + timedelta(days=1))
    assert passed is not None
    moved = passed.verplaats(BEGIN, nieuw)
    assert (moved.status, moved.laatste_dag) == (Termijnstatus.LOPEND, nieuw)
