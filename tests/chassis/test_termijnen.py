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


def volgens(
    eerder: Termijn[Soort], laatste_dag: date, gehaald_op: date | None, *, vervallen: bool
) -> Termijn[Soort]:
    return eerder.volgens(
        begonnen_op=BEGIN, laatste_dag=laatste_dag, gehaald_op=gehaald_op, vervallen=vervallen
    )


@given(DAGEN, DAGEN, st.none() | DAGEN, st.booleans())
def test_a_term_that_follows_facts_stands_as_they_say(
    laatste_dag: date, nieuw: date, gehaald_op: date | None, vervallen: bool
) -> None:
    passed = termijn(laatste_dag).verstrijk(laatste_dag + timedelta(days=1))
    assert passed is not None
    for eerder in (termijn(laatste_dag), passed, passed.haal(laatste_dag), passed.vervalt()):
        later = volgens(eerder, nieuw, gehaald_op, vervallen=vervallen)
        assert (later.laatste_dag, later.gehaald_op) == (nieuw, gehaald_op)
        if gehaald_op is not None:
            assert later.status is Termijnstatus.GEHAALD
        elif vervallen:
            assert later.status is Termijnstatus.VERVALLEN
        else:
            stays_passed = eerder is passed and nieuw == laatste_dag
            verwacht = Termijnstatus.VERSTREKEN if stays_passed else Termijnstatus.LOPEND
            assert later.status is verwacht
        assert volgens(later, nieuw, gehaald_op, vervallen=vervallen) == later
