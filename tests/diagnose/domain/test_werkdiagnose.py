"""Wat van werkdiagnoses wordt geteld, en wat ook gebeurt altijd geldt."""

from __future__ import annotations

import contextlib
from datetime import date, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.diagnose.domain.fouten import DomeinFout
from services.diagnose.domain.kalender import laatste_dag_na_maanden
from services.diagnose.domain.werkdiagnose import (
    Consulent,
    Partij,
    Regel,
    Stap,
    Stapsoort,
    Stop,
    Stopreden,
    Vervolg,
    Werkdiagnose,
    Werkdiagnosestatus,
    Werksoort,
    tel,
)

DAG = date(2026, 11, 2)
DAGEN = st.integers(0, 240).map(lambda dagen: DAG + timedelta(days=dagen))
CONSULENTEN = st.builds(Consulent, st.sampled_from(Partij), st.just("consulent-7"), DAGEN)
HANDELINGEN = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(Stapsoort), CONSULENTEN, DAGEN),
        CONSULENTEN,
        st.builds(Stop, st.sampled_from(Stopreden), CONSULENTEN),
    ),
    max_size=14,
)


@given(HANDELINGEN)
def test_niets_is_genomen_zonder_beide_en_het_duurt_hoogstens_zes_maanden(
    handelingen: list[tuple[Stapsoort, Consulent, date] | Consulent | Stop],
) -> None:
    """Whoever tries whatever in whichever order."""
    werkdiagnose = Werkdiagnose(UUID(int=1), DAG, False, "Boxtel", Werksoort.LOGISTIEK)
    vandaag = DAG + timedelta(days=240)
    for handeling in handelingen:
        with contextlib.suppress(DomeinFout):
            if isinstance(handeling, Consulent):
                werkdiagnose.stem_in(handeling, vandaag)
            elif isinstance(handeling, Stop):
                werkdiagnose.stop(handeling, vandaag)
            else:
                soort, door, dag = handeling
                datum = None if soort is Stapsoort.EINDDIAGNOSE else dag
                werkdiagnose.stel_voor(Stap(soort, door, datum, "tekst"), vandaag)
    genomen = [stap for stap in werkdiagnose.stappen if stap.akkoord]
    for stap in genomen:
        assert stap.akkoord is not None
        assert {stap.voorgesteld.partij, stap.akkoord.partij} == set(Partij)
    assert (werkdiagnose.gestart_op is not None) == bool(genomen)
    if werkdiagnose.gestart_op:
        begin, laatste_dag = werkdiagnose.looptijd
        drie, zes = (laatste_dag_na_maanden(begin, maanden) for maanden in (3, 6))
        assert DAG <= begin <= vandaag
        assert drie <= laatste_dag <= zes
        verlengd = any(stap.soort is Stapsoort.VERLENGING for stap in genomen)
        assert (laatste_dag > drie) == verlengd
        assert werkdiagnose.afgerond_op is None or werkdiagnose.afgerond_op >= begin


REGELS = st.builds(
    Regel,
    status=st.sampled_from(Werkdiagnosestatus),
    bestaande_klant=st.booleans(),
    geplande_start=st.none() | DAGEN,
    gestart_op=st.none() | DAGEN,
    afgerond_op=st.none() | DAGEN,
    reden=st.none() | st.sampled_from(Stopreden),
)


@given(st.lists(REGELS), DAGEN)
def test_elke_aanmelding_telt_een_keer(regels: list[Regel], peildatum: date) -> None:
    cijfers = tel(regels, peildatum)
    assert cijfers.aanmeldingen == len(regels) == sum(cijfers.vervolg.values())
    assert cijfers.bestaand + cijfers.nieuw == len(regels)
    assert cijfers.binnen_drie_maanden <= cijfers.afgerond
    assert cijfers.vervolg.keys() == set(Vervolg)
