"""Welke beschikkingen over loonkostensubsidie een DKD re-integratiebericht geven."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.dkd import (
    Beschikking,
    Beschikkingsoort,
    OnderWml,
    levering_van,
)
from services.intake.domain.lks_loonwaarde import LksLoonwaarde, geldend_op
from services.intake.domain.srg import Maand

JANUARI, FEBRUARI = Maand(2026, 1), Maand(2026, 2)
PLAATSING = uuid4()


def brief(
    op: date,
    loonwaarde: int | None,
    soort: Beschikkingsoort = Beschikkingsoort.HERZIENING,
    plaatsing_id: UUID = PLAATSING,
    volgorde: int = 1,
) -> Beschikking:
    return Beschikking(
        uuid4(), uuid4(), plaatsing_id, soort, date(2026, 1, 1), op, volgorde, loonwaarde
    )


def test_een_bericht_noemt_de_dag_van_de_brief_en_het_percentage() -> None:
    [bericht] = levering_van(JANUARI, [brief(date(2026, 1, 20), 45)]).berichten
    assert (bericht.begin_inzet, bericht.percentage) == (date(2026, 1, 20), 45)


@pytest.mark.parametrize(
    ("percentage", "code"), [(0, OnderWml.JA), (99, OnderWml.JA), (100, OnderWml.NEE)]
)
def test_onder_het_minimumloon_is_wie_het_niet_helemaal_verdient(
    percentage: int, code: OnderWml
) -> None:
    [bericht] = levering_van(JANUARI, [brief(date(2026, 1, 20), percentage)]).berichten
    assert bericht.onder_wml is code


def test_alleen_wat_in_de_maand_verandert_wordt_gemeld() -> None:
    brieven = [
        brief(date(2025, 12, 31), 40),
        brief(date(2026, 1, 1), 40),
        brief(date(2026, 1, 31), 45),
        brief(date(2026, 2, 1), 50),
    ]
    januari, februari = levering_van(JANUARI, brieven), levering_van(FEBRUARI, brieven)
    assert [b.percentage for b in januari.berichten] == [45]
    assert (januari.ongewijzigd, januari.beschikkingen) == (1, 2)
    assert [b.percentage for b in februari.berichten] == [50]


def test_bij_een_andere_plaatsing_telt_wat_daar_eerder_is_gemeld() -> None:
    brieven = [brief(date(2026, 1, 5), 40), brief(date(2026, 1, 6), 40, plaatsing_id=uuid4())]
    assert len(levering_van(JANUARI, brieven).berichten) == 2


def test_een_loonwaarde_die_terugkomt_is_weer_een_verandering() -> None:
    brieven = [brief(date(2026, 1, dag), lw) for dag, lw in ((5, 40), (6, 45), (7, 40))]
    assert [b.percentage for b in levering_van(JANUARI, brieven).berichten] == [40, 45, 40]


def test_een_afwijzing_en_het_forfait_geven_geen_bericht_en_worden_geteld() -> None:
    levering = levering_van(
        JANUARI,
        [
            brief(date(2026, 1, 5), 100, Beschikkingsoort.AFWIJZING),
            brief(date(2026, 1, 6), None, Beschikkingsoort.TOEKENNING),
        ],
    )
    assert levering.berichten == []
    assert (levering.afgewezen, levering.zonder_loonwaarde, levering.beschikkingen) == (1, 1, 2)


BRIEVEN = st.lists(
    st.builds(
        brief,
        st.dates(date(2025, 12, 1), date(2026, 2, 28)),
        st.none() | st.sampled_from([40, 45, 100]),
        st.sampled_from(Beschikkingsoort),
        st.sampled_from([PLAATSING, UUID(int=1)]),
        st.integers(1, 50),
    ),
    unique_by=lambda b: (b.bekendgemaakt_op, b.volgorde),
)


@given(BRIEVEN, st.integers())
def test_elke_brief_van_de_maand_is_geteld_en_de_volgorde_van_horen_doet_er_niet_toe(
    brieven: list[Beschikking], zaad: int
) -> None:
    levering = levering_van(JANUARI, brieven)
    van_januari = [b for b in brieven if b.bekendgemaakt_op.month == 1]
    assert levering.beschikkingen == len(van_januari)
    assert {b.beschikking.beschikking_id for b in levering.berichten} <= {
        b.beschikking_id for b in van_januari
    }
    geschud = list(brieven)
    Random(zaad).shuffle(geschud)
    assert levering_van(JANUARI, geschud) == levering


@given(BRIEVEN)
def test_de_berichten_van_alle_maanden_samen_eindigen_met_de_laatst_gemelde_loonwaarde(
    brieven: list[Beschikking],
) -> None:
    """What the DKD ends with is what the employer was told last."""
    maanden = (Maand(2025, 12), JANUARI, FEBRUARI)
    stand = {
        bericht.beschikking.plaatsing_id: bericht.percentage
        for maand in maanden
        for bericht in levering_van(maand, brieven).berichten
    }
    gemeld = {
        b.plaatsing_id: b.loonwaarde
        for b in sorted(brieven, key=lambda b: (b.bekendgemaakt_op, b.volgorde))
        if b.loonwaarde is not None and b.soort is not Beschikkingsoort.AFWIJZING
    }
    assert stand == gemeld


def test_per_dag_telt_wat_het_laatst_is_gezegd_en_alleen_van_die_plaatsing() -> None:
    begin = date(2026, 1, 1)
    gezegd = [
        LksLoonwaarde(PLAATSING, begin, 45, 3),
        LksLoonwaarde(PLAATSING, begin, 40, 1),
        LksLoonwaarde(PLAATSING, begin + timedelta(days=31), None, 2),
        LksLoonwaarde(uuid4(), begin, 70, 4),
    ]
    geldend = geldend_op(date(2026, 1, 31), PLAATSING, gezegd)
    assert geldend is not None
    assert geldend.percentage == 45
    in_de_brief = geldend_op(date(2026, 1, 31), PLAATSING, gezegd, voor=3)
    assert in_de_brief is not None
    assert in_de_brief.percentage == 40
    daarna = geldend_op(date(2026, 2, 1), PLAATSING, gezegd)
    assert daarna is not None
    assert daarna.percentage is None
    assert geldend_op(date(2025, 12, 31), PLAATSING, gezegd) is None
