"""Een termijn loopt, staat stil, wordt gehaald, verstrijkt of vervalt."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.awb import eerste_werkdag_vanaf, is_werkdag
from contracts import intake as contract
from services.intake.domain.bewaakte_termijn import (
    GRONDSLAGEN,
    BewaakteTermijn,
    Opschortingsgrond,
    Termijnsoort,
    Termijnstatus,
)
from services.intake.domain.fouten import (
    AlVerlengd,
    DatumPastNiet,
    TermijnLooptNiet,
    TermijnNietOpgeschort,
    TermijnOpgeschort,
    VerlengingTeLaat,
)

AANVULLING, VERTRAGING = Opschortingsgrond.AANVULLING, Opschortingsgrond.VERTRAGING_AANVRAGER
EEN_DAG = timedelta(days=1)


def termijn(
    begin: date = date(2026, 9, 1),
    einddag: date = date(2026, 10, 27),
    *,
    atw: bool = True,
    soort: Termijnsoort = Termijnsoort.BESLISTERMIJN,
) -> BewaakteTermijn:
    return BewaakteTermijn(
        termijn_id=UUID(int=1),
        kandidaat_id=UUID(int=2),
        gemeentecode="0757",
        soort=soort,
        kenmerk="",
        rol="klantmanager",
        begonnen_op=begin,
        einddag=einddag,
        atw=atw,
    )


def opgeschort(van: date, tot: date, op: BewaakteTermijn | None = None) -> BewaakteTermijn:
    return (op or termijn()).schort_op(VERTRAGING, vanaf=van).hervat(tot)


TERMIJNEN = st.builds(
    lambda begin, duur, atw: termijn(begin, begin + timedelta(days=duur), atw=atw),
    st.dates(date(2024, 1, 1), date(2030, 1, 1)),
    st.integers(2, 200),
    st.booleans(),
)


def test_de_soorten_zijn_die_van_het_contract_en_alleen_een_processtap_heeft_geen_artikel() -> None:
    assert list(Termijnsoort) == [soort.value for soort in contract.Termijnsoort]
    assert set(Termijnsoort) - GRONDSLAGEN.keys() == {Termijnsoort.PROCESSTAP}


@given(TERMIJNEN, st.data())
def test_een_termijn_schuift_precies_de_dagen_op_die_zij_stilstond(
    lopend: BewaakteTermijn, data: st.DataObject
) -> None:
    na = data.draw(st.integers(1, (lopend.einddag - lopend.begonnen_op).days))
    dagen = data.draw(st.integers(0, 90))
    vanaf = lopend.begonnen_op + timedelta(days=na)
    hervat = opgeschort(vanaf, vanaf + timedelta(days=dagen), lopend)
    assert hervat.dagen_opgeschort == dagen
    kaal = lopend.einddag + timedelta(days=dagen)
    assert hervat.laatste_dag == (eerste_werkdag_vanaf(kaal) if lopend.atw else kaal)


@given(TERMIJNEN, st.lists(st.tuples(st.integers(0, 5), st.integers(0, 20)), max_size=6))
def test_elke_dag_die_stilstond_telt_een_keer(
    lopend: BewaakteTermijn, perioden: list[tuple[int, int]]
) -> None:
    stil: set[date] = set()
    dag = lopend.begonnen_op + EEN_DAG
    for pauze, duur in perioden:
        dag += timedelta(days=pauze)
        if dag > lopend.laatste_dag:
            break
        einde = dag + timedelta(days=duur)
        lopend = opgeschort(dag, einde, lopend)
        assert lopend.laatste_dag >= einde
        stil |= {dag + timedelta(days=n) for n in range(duur)}
        dag = einde
    assert lopend.dagen_opgeschort == len(stil)
    # What counted of the term is what it was, whichever days those are.
    lengte = (lopend.einddag - lopend.begonnen_op).days
    dagen = {lopend.begonnen_op + timedelta(days=n + 1) for n in range(lengte + len(stil))}
    assert len(dagen - stil) == lengte


@given(TERMIJNEN)
def test_opschorten_en_meteen_hervatten_verandert_niets(lopend: BewaakteTermijn) -> None:
    vanaf = lopend.begonnen_op + EEN_DAG
    for op in (vanaf, vanaf - EEN_DAG):
        hervat = opgeschort(vanaf, op, lopend)
        assert hervat.laatste_dag == lopend.laatste_dag
        assert hervat.waarschuwen_vanaf == lopend.waarschuwen_vanaf
        assert hervat.status is Termijnstatus.LOPEND


def test_een_termijn_staat_nooit_twee_keer_tegelijk_stil() -> None:
    stil = termijn().schort_op(AANVULLING, vanaf=date(2026, 9, 10))
    with pytest.raises(TermijnOpgeschort):
        stil.schort_op(VERTRAGING, vanaf=date(2026, 9, 12))
    with pytest.raises(DatumPastNiet):
        stil.hervat(date(2026, 9, 20)).schort_op(VERTRAGING, vanaf=date(2026, 9, 19))


@pytest.mark.parametrize("vanaf", [date(2026, 9, 1), date(2026, 10, 28)])
def test_alleen_een_dag_waarop_de_termijn_loopt_kan_stilstaan(vanaf: date) -> None:
    with pytest.raises(DatumPastNiet):
        termijn().schort_op(AANVULLING, vanaf=vanaf)


def test_wat_niet_stilstaat_kan_niet_hervatten() -> None:
    with pytest.raises(TermijnNietOpgeschort):
        termijn().hervat(date(2026, 9, 10))


def test_na_de_dag_waarop_zij_vanzelf_hervat_staat_een_termijn_niet_langer_stil() -> None:
    stil = termijn().schort_op(AANVULLING, vanaf=date(2026, 9, 2), uiterlijk_tot=date(2026, 9, 16))
    assert stil.hervat(date(2026, 9, 30)).dagen_opgeschort == 14


def test_de_algemene_termijnenwet_komt_na_de_opschorting() -> None:
    zaterdag = termijn(date(2026, 11, 21), date(2027, 1, 16))
    assert zaterdag.laatste_dag == date(2027, 1, 18)
    # Three days: Saturday 16 becomes Tuesday 19, and not Monday 18 Thursday 21.
    hervat = opgeschort(date(2026, 12, 1), date(2026, 12, 4), zaterdag)
    assert hervat.laatste_dag == date(2027, 1, 19)


def test_wat_van_een_verlengd_weekend_over_is_blijft_over_na_een_opschorting() -> None:
    zaterdag = termijn(date(2026, 11, 21), date(2027, 1, 16))
    hervat = opgeschort(date(2027, 1, 18), date(2027, 1, 21), zaterdag)
    assert hervat.laatste_dag == date(2027, 1, 21)


def test_een_termijn_wordt_een_keer_verlengd_tot_de_genoemde_dag() -> None:
    verlengd = opgeschort(date(2026, 9, 10), date(2026, 9, 15)).verleng(
        tot_en_met=date(2026, 11, 14), meegedeeld_op=date(2026, 10, 20)
    )
    assert verlengd.laatste_dag == date(2026, 11, 14)
    assert not is_werkdag(verlengd.laatste_dag)  # the day that was named
    with pytest.raises(AlVerlengd):
        verlengd.verleng(tot_en_met=date(2026, 12, 1), meegedeeld_op=date(2026, 10, 21))
    later = opgeschort(date(2026, 11, 1), date(2026, 11, 4), verlengd)
    assert later.laatste_dag == date(2026, 11, 17)


@pytest.mark.parametrize(
    ("tot_en_met", "meegedeeld_op", "fout"),
    [
        (date(2026, 10, 27), date(2026, 10, 1), DatumPastNiet),
        (date(2027, 10, 28), date(2026, 10, 1), DatumPastNiet),
        (date.max, date(2026, 10, 1), DatumPastNiet),
        (date(2026, 11, 30), date(2026, 8, 31), DatumPastNiet),
        (date(2026, 11, 30), date(2026, 10, 28), VerlengingTeLaat),
    ],
)
def test_verlengen_kan_alleen_binnen_de_termijn_en_naar_een_latere_dag(
    tot_en_met: date, meegedeeld_op: date, fout: type[Exception]
) -> None:
    with pytest.raises(fout):
        termijn().verleng(tot_en_met=tot_en_met, meegedeeld_op=meegedeeld_op)
    with pytest.raises(TermijnOpgeschort):
        termijn().schort_op(AANVULLING, vanaf=date(2026, 9, 5)).verleng(
            tot_en_met=date(2026, 11, 30), meegedeeld_op=date(2026, 10, 1)
        )


@pytest.mark.parametrize(
    ("op", "te_laat"),
    [
        (date(2026, 9, 2), 0),
        (date(2026, 10, 27), 0),
        (date(2026, 10, 28), 1),
        (date(2027, 1, 1), 66),
    ],
)
def test_te_laat_is_ook_gehaald_met_het_aantal_dagen(op: date, te_laat: int) -> None:
    gehaald = termijn().haal(op)
    assert gehaald.status is Termijnstatus.GEHAALD
    assert gehaald.dagen_te_laat == te_laat


def test_een_verstreken_termijn_kan_alsnog_worden_gehaald() -> None:
    verstreken = termijn().verstrijk(date(2026, 10, 28))
    assert verstreken is not None
    assert verstreken.haal(date(2026, 10, 30)).dagen_te_laat == 3


def test_wie_wacht_tot_na_een_wachttermijn_is_niet_te_laat() -> None:
    zoektermijn = termijn(soort=Termijnsoort.ZOEKTERMIJN, atw=False)
    assert zoektermijn.waarschuwen_vanaf is None
    assert zoektermijn.haal(date(2026, 12, 1)).dagen_te_laat == 0


def test_wat_tijdens_een_opschorting_gebeurt_is_op_tijd() -> None:
    stil = termijn().schort_op(VERTRAGING, vanaf=date(2026, 10, 20))
    gehaald = stil.haal(date(2026, 11, 10))
    assert gehaald.dagen_opgeschort == 21
    assert gehaald.laatste_dag == date(2026, 11, 17)
    assert gehaald.dagen_te_laat == 0


def test_een_termijn_verstrijkt_pas_als_haar_laatste_dag_voorbij_is() -> None:
    assert termijn().verstrijk(date(2026, 10, 27)) is None
    verstreken = termijn().verstrijk(date(2026, 10, 28))
    assert verstreken is not None
    assert verstreken.status is Termijnstatus.VERSTREKEN
    assert verstreken.verstrijk(date(2026, 10, 29)) is None


@pytest.mark.parametrize("dag", [date(2026, 10, 14), date(2026, 10, 28)])
def test_een_waarschuwing_te_vroeg_of_te_laat_is_er_geen(dag: date) -> None:
    assert termijn().waarschuwen_vanaf == date(2026, 10, 15)
    assert termijn().waarschuw(dag) is None


def test_voor_dezelfde_laatste_dag_wordt_een_keer_gewaarschuwd() -> None:
    gewaarschuwd = termijn().waarschuw(date(2026, 10, 16))
    assert gewaarschuwd is not None
    assert gewaarschuwd.waarschuw(date(2026, 10, 17)) is None
    verlengd = gewaarschuwd.verleng(tot_en_met=date(2026, 12, 1), meegedeeld_op=date(2026, 10, 17))
    assert verlengd.waarschuw(verlengd.waarschuwen_vanaf or date.min) is not None


AFGEDAAN = [termijn().haal(date(2026, 10, 1)), termijn().vervalt()]


@pytest.mark.parametrize("afgedaan", AFGEDAAN, ids=lambda t: t.status)
def test_wat_is_afgedaan_verandert_niet_meer(afgedaan: BewaakteTermijn) -> None:
    dag = date(2026, 10, 2)
    assert afgedaan.waarschuw(date(2026, 10, 20)) is None
    assert afgedaan.verstrijk(date(2026, 12, 1)) is None
    assert afgedaan.werkdagen_over(dag) is None
    pogingen: tuple[Callable[[], object], ...] = (
        lambda: afgedaan.haal(dag),
        afgedaan.vervalt,
        lambda: afgedaan.schort_op(AANVULLING, vanaf=dag),
        lambda: afgedaan.verleng(tot_en_met=date(2026, 12, 1), meegedeeld_op=dag),
        lambda: afgedaan.verplaats(
            begonnen_op=dag, einddag=dag, atw=False, rol="", eigen_waarschuwingsdag=None
        ),
    )
    for poging in pogingen:
        with pytest.raises(TermijnLooptNiet):
            poging()


def test_een_termijn_eindigt_niet_voor_haar_begin() -> None:
    with pytest.raises(DatumPastNiet):
        termijn(date(2026, 9, 2), date(2026, 9, 1))
