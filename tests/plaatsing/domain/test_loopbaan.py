"""De loopbaan van een kandidaat: nooit twee plaatsingen die niet samengaan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.plaatsing.domain.einde import Plaatsingsoort
from services.plaatsing.domain.fouten import (
    DatumBuitenPlaatsing,
    PlaatsingenOverlappen,
    PlaatsingOnbekend,
)
from services.plaatsing.domain.loopbaan import BEGELEIDEND, Loopbaan, Loopbaandeel, mogen_samen

PROEF, LKS, PLANREGIE = (
    Plaatsingsoort.PROEFPLAATSING,
    Plaatsingsoort.LKS_DIENSTVERBAND,
    Plaatsingsoort.PLANREGIE,
)


def deel(
    nummer: int, soort: Plaatsingsoort, begin: date, laatste_dag: date | None = None
) -> Loopbaandeel:
    return Loopbaandeel(UUID(int=nummer), soort, begin, laatste_dag)


def loopbaan(*delen: Loopbaandeel) -> Loopbaan:
    baan = Loopbaan(UUID(int=99))
    for een in delen:
        baan.voeg_toe(een)
    return baan


PROEF_TOT_DECEMBER = deel(1, PROEF, date(2026, 10, 1), date(2026, 11, 30))


def test_na_de_proefplaatsing_volgt_het_dienstverband_een_dag_later() -> None:
    baan = loopbaan(PROEF_TOT_DECEMBER, deel(2, LKS, date(2026, 12, 1)))
    assert [d.soort for d in baan.op(date(2026, 11, 30))] == [PROEF]
    assert [d.soort for d in baan.op(date(2026, 12, 1))] == [LKS]


@pytest.mark.parametrize("begin", [date(2026, 11, 30), date(2026, 10, 15), date(2026, 9, 1)])
def test_op_geen_dag_twee_plaatsingen_die_niet_samengaan(begin: date) -> None:
    baan = loopbaan(PROEF_TOT_DECEMBER)
    with pytest.raises(PlaatsingenOverlappen, match="2026-10-01 tot en met 2026-11-30"):
        baan.voeg_toe(deel(2, LKS, begin))
    assert len(baan.delen) == 1


def test_dezelfde_plaatsing_staat_er_niet_twee_keer_in() -> None:
    with pytest.raises(PlaatsingenOverlappen):
        loopbaan(PROEF_TOT_DECEMBER, PROEF_TOT_DECEMBER)


def test_planregie_gaat_samen_met_werk_maar_niet_met_planregie() -> None:
    baan = loopbaan(PROEF_TOT_DECEMBER, deel(2, PLANREGIE, date(2026, 10, 1)))
    assert len(baan.op(date(2026, 10, 1))) == 2
    with pytest.raises(PlaatsingenOverlappen):
        baan.voeg_toe(deel(3, PLANREGIE, date(2026, 12, 1)))


def test_verlengen_kan_niet_over_een_volgende_plaatsing_heen() -> None:
    baan = loopbaan(PROEF_TOT_DECEMBER, deel(2, LKS, date(2027, 1, 1)))
    baan.wijzig_laatste_dag(UUID(int=1), date(2026, 12, 31))
    with pytest.raises(PlaatsingenOverlappen):
        baan.wijzig_laatste_dag(UUID(int=1), date(2027, 1, 1))
    with pytest.raises(PlaatsingenOverlappen):
        baan.wijzig_laatste_dag(UUID(int=1), None)
    assert baan.delen[0].laatste_dag == date(2026, 12, 31)


def test_eerder_eindigen_maakt_ruimte() -> None:
    baan = loopbaan(deel(1, LKS, date(2026, 1, 1)))
    baan.wijzig_laatste_dag(UUID(int=1), date(2026, 6, 30))
    baan.voeg_toe(deel(2, LKS, date(2026, 7, 1)))
    assert len(baan.delen) == 2


def test_een_plaatsing_eindigt_niet_voor_haar_begin() -> None:
    with pytest.raises(DatumBuitenPlaatsing):
        deel(1, LKS, date(2026, 2, 1), date(2026, 1, 31))


def test_een_onbekende_plaatsing_wordt_geweigerd() -> None:
    with pytest.raises(PlaatsingOnbekend):
        loopbaan().wijzig_laatste_dag(UUID(int=1), None)


@pytest.mark.parametrize("soort", list(Plaatsingsoort))
def test_een_soort_gaat_nooit_samen_met_zichzelf(soort: Plaatsingsoort) -> None:
    assert not mogen_samen(soort, soort)


@given(st.sampled_from(list(Plaatsingsoort)), st.sampled_from(list(Plaatsingsoort)))
def test_samengaan_is_wederzijds(een: Plaatsingsoort, ander: Plaatsingsoort) -> None:
    assert mogen_samen(een, ander) is mogen_samen(ander, een)


EERSTE_DAG = date(2026, 1, 1)
STAPPEN = st.lists(
    st.tuples(
        st.sampled_from(list(Plaatsingsoort)),
        st.integers(0, 40),
        st.one_of(st.none(), st.integers(0, 20)),
        st.booleans(),
        st.booleans(),
    ),
    max_size=12,
)


def een_baan_bij_werkpartners_met_detachering(een: Loopbaandeel, ander: Loopbaandeel) -> bool:
    """Whom Werkpartners employ may work elsewhere."""
    return any(
        baan.soort in (LKS, Plaatsingsoort.BESCHUT_WERK)
        and baan.bij_werkpartners
        and inlener.soort.startswith("detachering-")
        for baan, inlener in ((een, ander), (ander, een))
    )


@given(STAPPEN)
def test_wat_er_ook_gebeurt_op_geen_dag_gaat_samen_wat_niet_mag(
    stappen: list[tuple[Plaatsingsoort, int, int | None, bool, bool]],
) -> None:
    baan = Loopbaan(UUID(int=99))
    for nummer, (soort, begin, duur, wijzig, werkpartners) in enumerate(stappen):
        eerste = EERSTE_DAG + timedelta(days=begin)
        laatste = None if duur is None else eerste + timedelta(days=duur)
        try:
            if wijzig and baan.delen:
                keuze = baan.delen[begin % len(baan.delen)].plaatsing_id
                baan.wijzig_laatste_dag(keuze, laatste)
            else:
                nieuw = replace(deel(nummer, soort, eerste, laatste), bij_werkpartners=werkpartners)
                baan.voeg_toe(nieuw)
        except (PlaatsingenOverlappen, DatumBuitenPlaatsing):
            continue
    for dagnummer in range(80):
        samen = baan.op(EERSTE_DAG + timedelta(days=dagnummer))
        for een, ander in combinations(samen, 2):
            begeleid = een.soort is not ander.soort and (
                een.soort in BEGELEIDEND or ander.soort in BEGELEIDEND
            )
            assert begeleid or een_baan_bij_werkpartners_met_detachering(een, ander)


def test_wie_bij_werkpartners_werkt_kan_worden_gedetacheerd_en_wie_elders_werkt_niet() -> None:
    detachering = deel(2, Plaatsingsoort.DETACHERING_GROEP, EERSTE_DAG, None)
    for werkpartners in (True, False):
        baan = replace(deel(1, LKS, EERSTE_DAG, None), bij_werkpartners=werkpartners)
        assert baan.mag_naast(detachering) is detachering.mag_naast(baan) is werkpartners
