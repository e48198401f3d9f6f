"""Het advies: het voorstel van de beslistabel, en een gemotiveerde afwijking."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.diagnose.domain.advies import (
    BASISREGELS,
    PORTFOLIO,
    Advies,
    Dienst,
    Programma,
    Richting,
    stel_voor,
)
from services.diagnose.domain.fouten import AfwijkingNietGemotiveerd, OngeldigAdvies

ADVIES = Advies(
    advies_id=UUID(int=1),
    gegeven_op=date(2026, 9, 20),
    programma=Programma.ONTWIKKEL,
    diensten=(Dienst.WERKEN_MET_LKS, Dienst.JOBCOACHING),
    motivering="Meting en gesprek wijzen op werken met begeleiding.",
)


@pytest.mark.parametrize(
    ("loonwaarde", "richting", "programma"),
    [
        (100, Richting.REGULIER_WERK, Programma.UITSTROOM),
        (80, Richting.REGULIER_WERK, Programma.UITSTROOM),
        (79, Richting.LOONKOSTENSUBSIDIE, Programma.ONTWIKKEL),
        (30, Richting.LOONKOSTENSUBSIDIE, Programma.ONTWIKKEL),
        (29, Richting.BESCHUT_OF_DAGBESTEDING, Programma.WERK),
        (0, Richting.BESCHUT_OF_DAGBESTEDING, Programma.WERK),
    ],
)
def test_het_voorstel_volgt_de_loonwaarde(
    loonwaarde: int, richting: Richting, programma: Programma
) -> None:
    voorstel = stel_voor(loonwaarde)
    assert voorstel is not None
    assert voorstel.richting is richting
    assert voorstel.programmas[0] is programma


def test_wie_alleen_aangepast_kan_werken_gaat_naar_beschut_of_dagbesteding() -> None:
    voorstel = stel_voor(60, alleen_aangepast=True)
    assert voorstel is not None
    assert voorstel.richting is Richting.BESCHUT_OF_DAGBESTEDING
    assert "UWV" in voorstel.voorwaarde


def test_zonder_loonwaarde_is_er_geen_voorstel() -> None:
    assert stel_voor(None) is None


@given(st.integers(0, 100))
def test_elke_loonwaarde_valt_in_precies_een_regel(loonwaarde: int) -> None:
    rijen = [r for r in BASISREGELS if r.loonwaarde_vanaf <= loonwaarde < r.loonwaarde_tot]
    assert len(rijen) == 1


@given(st.integers(0, 100))
def test_elk_voorgesteld_programma_heeft_een_voorgestelde_dienst(loonwaarde: int) -> None:
    voorstel = stel_voor(loonwaarde)
    assert voorstel is not None
    for programma in voorstel.programmas:
        passend = tuple(voorstel.diensten & PORTFOLIO[programma])
        assert voorstel.dekt(programma, passend)
        assert replace(ADVIES, programma=programma, diensten=passend).diensten == passend


@pytest.mark.parametrize(
    ("loonwaarde", "programma", "dienst", "dekt"),
    [
        (50, Programma.ONTWIKKEL, Dienst.WERKEN_MET_LKS, True),
        (50, Programma.WERK, Dienst.WERKEN_MET_LKS, True),
        (50, Programma.WERK, Dienst.BESCHUT_WERKEN, False),
        (85, Programma.ONTWIKKEL, Dienst.JOBCOACHING, False),
        (85, Programma.UITSTROOM, Dienst.JOBHUNTING, True),
        (20, Programma.ONTWIKKEL, Dienst.OAD, True),
        (20, Programma.UITSTROOM, Dienst.JOBHUNTING, False),
    ],
)
def test_een_voorstel_dekt_programma_en_dienst_samen(
    loonwaarde: int, programma: Programma, dienst: Dienst, dekt: bool
) -> None:
    voorstel = stel_voor(loonwaarde)
    assert voorstel is not None
    assert voorstel.dekt(programma, (dienst,)) is dekt


def test_een_afwijking_vraagt_een_motivering() -> None:
    with pytest.raises(AfwijkingNietGemotiveerd):
        replace(ADVIES, wijkt_af=True, motivering_afwijking=" ")
    assert replace(ADVIES, wijkt_af=True, motivering_afwijking="Groeit sterk in tempo.").wijkt_af


def test_alle_fouten_van_een_advies_worden_tegelijk_gemeld() -> None:
    with pytest.raises(OngeldigAdvies) as fout:
        replace(
            ADVIES,
            motivering=" ",
            programma=Programma.WERK,
            diensten=(Dienst.JOBHUNTING, Dienst.JOBHUNTING),
        )
    assert [punt.code for punt in fout.value.punten] == [
        "verplicht",
        "dubbel",
        "past-niet-bij-programma",
    ]


def test_overige_diensten_kunnen_bij_elk_programma_maar_dragen_het_niet_alleen() -> None:
    replace(ADVIES, diensten=(Dienst.WERKEN_MET_LKS, Dienst.PERSOONLIJKE_COACHING))
    with pytest.raises(OngeldigAdvies):
        replace(ADVIES, diensten=(Dienst.PERSOONLIJKE_COACHING,))
