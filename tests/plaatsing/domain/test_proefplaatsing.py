"""De proefplaatsing: twee maanden, met hoogstens vier erbij."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.plaatsing.domain.einde import Eindereden
from services.plaatsing.domain.fouten import (
    DatumBuitenPlaatsing,
    GeenAlgemeneBijstand,
    OngeldigeUren,
    PlaatsingAlBeeindigd,
    ProefplaatsingTeLang,
    VerlengingTeLaat,
)
from services.plaatsing.domain.kalender import laatste_dag_na_maanden
from services.plaatsing.domain.proefplaatsing import Proefplaatsing

BEGIN = date(2026, 10, 1)


def gestart(
    maanden: int = 2, bijstand: bool = True, uren: str = "24", begin: date = BEGIN
) -> Proefplaatsing:
    return Proefplaatsing.start(
        plaatsing_id=UUID(int=1),
        kandidaat_id=UUID(int=2),
        gemeentecode="0757",
        werkgever_id=UUID(int=3),
        werkplek_id=UUID(int=4),
        begin=begin,
        uren_per_week=Decimal(uren),
        ontvangt_algemene_bijstand=bijstand,
        maanden=maanden,
    )


def test_een_proefplaatsing_duurt_twee_maanden() -> None:
    assert gestart().tot_en_met == date(2026, 11, 30)


def test_zonder_algemene_bijstand_is_er_geen_proefplaats() -> None:
    with pytest.raises(GeenAlgemeneBijstand) as fout:
        gestart(bijstand=False)
    assert fout.value.artikel == "art. 6 onder h en art. 8a lid 2 onder d Participatiewet"


@pytest.mark.parametrize("maanden", [0, 3, -1])
def test_langer_dan_twee_maanden_beginnen_kan_niet(maanden: int) -> None:
    with pytest.raises(ProefplaatsingTeLang):
        gestart(maanden)


@pytest.mark.parametrize("uren", ["0", "61", "-1"])
def test_de_uren_moeten_kunnen(uren: str) -> None:
    with pytest.raises(OngeldigeUren):
        gestart(uren=uren)


def test_verlengen_kan_met_vier_maanden_samen() -> None:
    proef = gestart()
    assert proef.verleng(1, date(2026, 11, 30)) == date(2026, 12, 31)
    assert proef.verleng(3, date(2026, 12, 1)) == date(2027, 3, 31)
    with pytest.raises(ProefplaatsingTeLang, match="nog 0 over"):
        proef.verleng(1, date(2027, 1, 1))


@pytest.mark.parametrize("maanden", [0, -1, 5])
def test_een_verlenging_is_een_tot_vier_maanden(maanden: int) -> None:
    proef = gestart()
    with pytest.raises(ProefplaatsingTeLang):
        proef.verleng(maanden, BEGIN)
    assert proef.tot_en_met == date(2026, 11, 30)


def test_na_afloop_kan_niet_meer_worden_verlengd() -> None:
    with pytest.raises(VerlengingTeLaat):
        gestart().verleng(1, date(2026, 12, 1))


def test_beeindigen_kan_tot_en_met_de_afgesproken_dag() -> None:
    proef = gestart()
    for dag in (date(2026, 9, 30), date(2026, 12, 1)):
        with pytest.raises(DatumBuitenPlaatsing):
            proef.beeindig(dag, Eindereden.ARBEIDSOVEREENKOMST)
    proef.beeindig(date(2026, 11, 15), Eindereden.ARBEIDSOVEREENKOMST)
    assert proef.tot_en_met == date(2026, 11, 15)


def test_na_het_einde_verandert_er_niets_meer() -> None:
    proef = gestart()
    proef.beeindig(date(2026, 11, 30), Eindereden.TERUG_GEMELD_MOTIVATIE)
    with pytest.raises(PlaatsingAlBeeindigd):
        proef.beeindig(date(2026, 11, 1), Eindereden.WIJZIGING_TRAJECT)
    with pytest.raises(PlaatsingAlBeeindigd):
        proef.verleng(1, date(2026, 11, 1))


@given(
    st.dates(date(2024, 1, 1), date(2028, 12, 31)),
    st.integers(1, 2),
    st.lists(st.integers(1, 4), max_size=6),
)
def test_een_proefplaatsing_duurt_nooit_langer_dan_zes_maanden(
    begin: date, maanden: int, verlengingen: list[int]
) -> None:
    proef = gestart(maanden, begin=begin)
    for verlenging in verlengingen:
        try:
            proef.verleng(verlenging, begin)
        except ProefplaatsingTeLang:
            assert proef.verlengd + verlenging > 4
    assert proef.tot_en_met <= laatste_dag_na_maanden(begin, 6)
