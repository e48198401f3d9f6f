"""Afgesproken uren tellen per dag, tot de volgende afspraak of het einde van de plaatsing."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.plaatsing.domain.begeleiding import (
    UREN_IN_EEN_DAG,
    Begeleiding,
    Begeleidingsoort,
    Urenafspraak,
    eis_past_in_dag,
)
from services.plaatsing.domain.begeleidingscijfers import tel
from services.plaatsing.domain.fouten import DagVol, DatumPastNiet, OngeldigeUren

BEGIN = date(2026, 1, 1)
DAGEN = st.integers(0, 400).map(lambda n: BEGIN + timedelta(days=n))
UREN = st.decimals("0.01", "60", places=2)
AFSPRAKEN = st.dictionaries(DAGEN, UREN, min_size=1, max_size=6).map(
    lambda per_dag: tuple(Urenafspraak(dag, per_dag[dag]) for dag in sorted(per_dag))
)


def begeleiding(*afspraken: Urenafspraak, nummer: int = 1) -> Begeleiding:
    return Begeleiding(
        begeleiding_id=UUID(int=nummer),
        plaatsing_id=UUID(int=nummer),
        kandidaat_id=UUID(int=nummer),
        gemeentecode="0757",
        soort=Begeleidingsoort.JOBCOACH,
        afspraken=afspraken,
    )


@given(AFSPRAKEN, DAGEN, DAGEN, st.none() | DAGEN)
def test_elke_dag_telt_de_afspraak_die_dan_geldt(
    afspraken: tuple[Urenafspraak, ...], van: date, tot_en_met: date, laatste_dag: date | None
) -> None:
    per_dag = Decimal(0)
    dag = van
    while dag <= min(tot_en_met, laatste_dag or tot_en_met):
        geldend = [a.uren_per_week for a in afspraken if a.vanaf <= dag]
        per_dag += geldend[-1] if geldend else 0
        dag += timedelta(days=1)
    assert (
        begeleiding(*afspraken).weekuren_maal_dagen(van, tot_en_met, laatste_dag=laatste_dag)
        == per_dag
    )


@given(AFSPRAKEN, DAGEN, UREN)
def test_een_afspraak_geldt_vanaf_haar_dag_wat_er_ook_was(
    afspraken: tuple[Urenafspraak, ...], vanaf: date, uren: Decimal
) -> None:
    nieuw = begeleiding(*afspraken).spreek_af(Urenafspraak(vanaf, uren))
    assert nieuw.weekuren_maal_dagen(vanaf, vanaf, laatste_dag=None) == uren
    assert [a.vanaf for a in nieuw.afspraken] == sorted({a.vanaf for a in nieuw.afspraken})


@given(st.lists(UREN, max_size=40))
def test_een_dag_heeft_nooit_meer_dan_24_uren(boekingen: list[Decimal]) -> None:
    geboekt: list[Decimal] = []
    for uren in boekingen:
        try:
            eis_past_in_dag(uren, geboekt)
        except DagVol:
            assert sum(geboekt, uren) > UREN_IN_EEN_DAG
        else:
            geboekt.append(uren)
    assert sum(geboekt) <= UREN_IN_EEN_DAG


@pytest.mark.parametrize("uren", ["0", "-1", "60.01"])
def test_een_week_heeft_meer_dan_nul_en_hoogstens_zestig_uren(uren: str) -> None:
    with pytest.raises(OngeldigeUren):
        Urenafspraak(BEGIN, Decimal(uren))


def test_nul_uren_worden_niet_geboekt() -> None:
    with pytest.raises(OngeldigeUren):
        eis_past_in_dag(Decimal(0), ())


def test_voor_de_eerste_afspraak_is_er_geen_begeleiding() -> None:
    with pytest.raises(DatumPastNiet):
        begeleiding(Urenafspraak(BEGIN, Decimal(1))).eis_begonnen(BEGIN - timedelta(days=1))


def test_cijfers_worden_een_keer_afgerond_en_niet_per_plaatsing() -> None:
    """1 hour a week for a day is 0.142857…: seven of them are one hour, not 7 x 0.14 = 0.98."""
    dag = Urenafspraak(BEGIN, Decimal(1))
    van_zeven = [(begeleiding(dag, nummer=n), None) for n in range(7)]
    alle = tel(van_zeven, {}, BEGIN, BEGIN)[-1]
    assert (alle.plaatsingen, alle.afgesproken_uren, alle.verschil) == (
        7,
        Decimal("1.00"),
        Decimal("-1.00"),
    )
