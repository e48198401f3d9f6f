"""De taakstelling van 2.100 plaatsen: aandelen, stand en verwachting."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.afnemers import GEMEENTEN
from services.financiering.domain.taakstelling import (
    Aandeel,
    Verdeling,
    jaar_ervoor,
    stand_op,
    verdeling_op,
)
from services.financiering.taakstelling import BESTAND, lees, verdelingen

DOEL = date(2025, 12, 31)


def test_de_negen_aandelen_tellen_op_tot_2100_en_wat_in_geen_bron_staat_is_een_aanname() -> None:
    [verdeling] = verdelingen()
    assert verdeling.totaal == 2100
    assert set(verdeling.per_gemeente) <= set(GEMEENTEN)
    assert len(verdeling.aandelen) == 9
    zeker = {a.gemeentecode: a.plaatsen for a in verdeling.aandelen if not a.aanname}
    assert zeker == {"0865": 263, "0757": 483}


def test_aandelen_die_niet_optellen_of_dubbel_zijn_worden_geweigerd() -> None:
    with pytest.raises(ValueError, match="tellen niet op tot 2100"):
        lees(BESTAND.read_text().replace("plaatsen = 263", "plaatsen = 262"))
    boxtel = Aandeel("0757", 1050, "test", aanname=True)
    with pytest.raises(ValueError, match="één aandeel"):
        Verdeling(date(2020, 1, 1), DOEL, 2100, (boxtel, boxtel))


def test_de_verdeling_van_de_dag_geldt_en_voor_de_eerste_die_eerste() -> None:
    oud = Verdeling(date(2020, 1, 1), DOEL, 1, (Aandeel("0757", 1, "test", aanname=True),))
    nieuw = Verdeling(date(2024, 1, 1), DOEL, 2, (Aandeel("0757", 2, "test", aanname=True),))
    geldt = {d: verdeling_op((nieuw, oud), date(d, 6, 1)).totaal for d in (2019, 2023, 2024)}
    assert geldt == {2019: 1, 2023: 1, 2024: 2}


def test_vught_augustus_2021_263_225_min_38() -> None:
    """Bron 002 §9; what there was a year before is made up."""
    stand = stand_op(date(2021, 8, 31), DOEL, 263, (150, 75), (160, 55))
    assert (stand.aandeel, stand.realisatie, stand.verschil) == (263, 225, -38)
    # Ten a year more, for 1,583 days of 365.
    assert (stand.per_jaar, stand.verwacht) == (10, 268)


@given(
    st.dates(date(2016, 1, 1), date(2030, 1, 1)),
    st.tuples(st.integers(0, 900), st.integers(0, 900)),
    st.tuples(st.integers(0, 900), st.integers(0, 900)),
)
def test_de_verwachting_volgt_de_trend_en_is_nooit_negatief(
    dag: date, nu: tuple[int, int], eerder: tuple[int, int]
) -> None:
    stand = stand_op(dag, DOEL, 263, nu, eerder)
    assert stand.verwacht >= 0
    if dag >= DOEL or sum(nu) == sum(eerder):
        assert stand.verwacht == stand.realisatie
    elif stand.per_jaar > 0:
        assert stand.verwacht >= stand.realisatie
    else:
        assert stand.verwacht <= stand.realisatie


def test_een_jaar_voor_29_februari_is_28_februari() -> None:
    assert jaar_ervoor(date(2024, 2, 29)) == date(2023, 2, 28)
    assert jaar_ervoor(date(2024, 3, 1)) == date(2023, 3, 1)
