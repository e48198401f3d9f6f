"""Welke beschikkingen over loonkostensubsidie een DKD re-integratiebericht geven."""

from __future__ import annotations

from dataclasses import replace
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
    Uitkomst,
    levering_van,
)
from services.intake.domain.lks_loonwaarde import LksLoonwaarde, geldend_op, in_brief
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
    loonwaarden = ((date(2026, 1, 1), loonwaarde),)
    return Beschikking(uuid4(), uuid4(), plaatsing_id, soort, op, volgorde, loonwaarden)


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
    assert januari.uitkomsten == {Uitkomst.ONGEWIJZIGD: 1, Uitkomst.MET_BERICHT: 1}
    assert [b.percentage for b in februari.berichten] == [50]


def test_bij_een_andere_plaatsing_telt_wat_daar_eerder_is_gemeld() -> None:
    brieven = [brief(date(2026, 1, 5), 40), brief(date(2026, 1, 6), 40, plaatsing_id=uuid4())]
    assert len(levering_van(JANUARI, brieven).berichten) == 2


def test_een_loonwaarde_die_terugkomt_is_weer_een_verandering() -> None:
    brieven = [brief(date(2026, 1, dag), lw) for dag, lw in ((5, 40), (6, 45), (7, 40))]
    assert [b.percentage for b in levering_van(JANUARI, brieven).berichten] == [40, 45, 40]


def test_een_brief_kan_meer_loonwaarden_melden_elk_vanaf_haar_eigen_dag() -> None:
    """Granted late: first the forfait, then what was measured, and then again."""
    toegekend = replace(
        brief(date(2026, 1, 20), None, Beschikkingsoort.TOEKENNING),
        loonwaarden=(
            (date(2025, 3, 1), None),
            (date(2025, 9, 1), 40),
            (date(2025, 10, 1), 40),
            (date(2025, 12, 1), 45),
        ),
    )
    herzien = replace(
        brief(date(2026, 1, 25), None, volgorde=2),
        loonwaarden=((date(2025, 9, 1), 35), (date(2025, 12, 1), 45)),
    )
    levering = levering_van(JANUARI, [toegekend, herzien])
    assert [(b.ingangsdatum, b.percentage) for b in levering.berichten] == [
        (date(2025, 9, 1), 40),
        (date(2025, 12, 1), 45),
        (date(2025, 9, 1), 35),
        (date(2025, 12, 1), 45),
    ]
    assert levering.uitkomsten == {Uitkomst.MET_BERICHT: 2}


def test_een_afwijzing_een_einde_en_het_forfait_geven_geen_bericht_en_worden_geteld() -> None:
    levering = levering_van(
        JANUARI,
        [
            brief(date(2026, 1, 5), 100, Beschikkingsoort.AFWIJZING),
            brief(date(2026, 1, 6), None, Beschikkingsoort.TOEKENNING),
            brief(date(2026, 1, 7), 45, Beschikkingsoort.BEEINDIGING),
        ],
    )
    assert levering.berichten == ()
    assert levering.uitkomsten == {
        Uitkomst.AFGEWEZEN: 1,
        Uitkomst.ZONDER_LOONWAARDE: 1,
        Uitkomst.BEEINDIGD: 1,
    }


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
    assert levering.uitkomsten.total() == len(van_januari)
    met_bericht = {b.beschikking.beschikking_id for b in levering.berichten}
    assert levering.uitkomsten[Uitkomst.MET_BERICHT] == len(met_bericht)
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
        b.plaatsing_id: b.loonwaarden[0][1]
        for b in sorted(brieven, key=lambda b: (b.bekendgemaakt_op, b.volgorde))
        if b.loonwaarden[0][1] is not None
        and b.soort not in (Beschikkingsoort.AFWIJZING, Beschikkingsoort.BEEINDIGING)
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


def test_een_brief_noemt_wat_tot_dan_was_gezegd_vanaf_haar_eerste_dag_tot_het_einde() -> None:
    def dag(maand: int) -> date:
        return date(2026, maand, 1)

    gezegd = [
        LksLoonwaarde(PLAATSING, dag(1), None, 1),
        LksLoonwaarde(PLAATSING, dag(7), 40, 2),
        LksLoonwaarde(PLAATSING, dag(9), 45, 3),
        LksLoonwaarde(PLAATSING, dag(7), 35, 5),
        LksLoonwaarde(uuid4(), dag(8), 70, 1),
    ]

    def verteld(vanaf: date, tot_en_met: date | None, voor: int) -> list[tuple[int, int | None]]:
        brief = in_brief(PLAATSING, gezegd, vanaf=vanaf, tot_en_met=tot_en_met, voor=voor)
        return [(g.ingangsdatum.month, g.percentage) for g in brief]

    assert verteld(dag(1), None, 4) == [(1, None), (7, 40), (9, 45)]
    assert verteld(dag(8), None, 4) == [(8, 40), (9, 45)]
    assert verteld(dag(1), None, 6) == [(1, None), (7, 35), (9, 45)]
    assert verteld(dag(1), date(2026, 8, 31), 6) == [(1, None), (7, 35)]
    assert verteld(dag(1), None, 1) == []
