"""Van welke gemeente een plaatsing op welke dagen is."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.financiering.domain.arbeidsplaats import (
    Arbeidsplaats,
    Arbeidsplaatssoort,
    Plaatsperiode,
    perioden,
)
from services.financiering.domain.lks_toekenning import GemeenteVanaf

BOXTEL, VUGHT, BEST = "0757", "0865", "0753"
BEGIN = date(2021, 1, 4)
dagen = st.integers(0, 60).map(lambda n: BEGIN + timedelta(days=n))


def plaats(begin: date = BEGIN, laatste_dag: date | None = None) -> Arbeidsplaats:
    return Arbeidsplaats(
        UUID(int=1), UUID(int=2), Arbeidsplaatssoort.BESCHUT_WERK, None, begin, laatste_dag
    )


def had(*overdrachten: tuple[str, date]) -> list[GemeenteVanaf]:
    """Boxtel first, then these from these days on."""
    if not overdrachten:
        return []
    return [GemeenteVanaf(BOXTEL, date.min), *(GemeenteVanaf(g, d) for g, d in overdrachten)]


def test_wie_weggaat_en_terugkomt_houdt_beide_keren() -> None:
    weg, terug = date(2021, 2, 1), date(2021, 3, 1)
    assert perioden(plaats(), had((VUGHT, weg), (BOXTEL, terug)), BOXTEL) == (
        Plaatsperiode(BOXTEL, BEGIN, date(2021, 1, 31)),
        Plaatsperiode(VUGHT, weg, date(2021, 2, 28)),
        Plaatsperiode(BOXTEL, terug, None),
    )


def test_wat_voor_de_overdracht_eindigde_is_van_de_nieuwe_gemeente_nooit_geweest() -> None:
    geeindigd = plaats(laatste_dag=date(2021, 1, 20))
    assert perioden(geeindigd, had((VUGHT, date(2021, 2, 1))), VUGHT) == (
        Plaatsperiode(BOXTEL, BEGIN, date(2021, 1, 20)),
    )
    assert perioden(plaats(laatste_dag=date(2021, 1, 3)), (), BOXTEL) == ()


@given(
    dagen,
    st.none() | dagen,
    st.lists(st.tuples(st.sampled_from([BOXTEL, VUGHT, BEST]), dagen), max_size=5),
    dagen,
)
def test_elke_dag_dat_de_plaatsing_loopt_is_van_wie_de_kandidaat_toen_had(
    begin: date, laatste: date | None, overdrachten: list[tuple[str, date]], dag: date
) -> None:
    """Day by day; of two that reach a day, the one that was said last."""
    verwacht = None
    if begin <= dag and (laatste is None or dag <= laatste):
        verwacht = BOXTEL
        for gemeente, vanaf in overdrachten:
            if vanaf <= dag:
                verwacht = gemeente
    gevonden = perioden(plaats(begin, laatste), had(*overdrachten), BOXTEL)
    op_dag = [
        p.gemeentecode
        for p in gevonden
        if p.begin <= dag and (p.laatste_dag is None or dag <= p.laatste_dag)
    ]
    assert op_dag == ([verwacht] if verwacht else [])
    assert all(a.gemeentecode != b.gemeentecode for a, b in pairwise(gevonden))
    assert all(p.laatste_dag is None or p.begin <= p.laatste_dag for p in gevonden)
