"""Wettelijke termijnen en de Algemene termijnenwet."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.awb import is_werkdag, werkdagen_tussen
from services.intake.domain.fouten import DatumPastNiet, OngeldigeTermijnduur
from services.intake.domain.termijnen import (
    Eenheid,
    Termijnduur,
    eerste_aanvraagdag,
    einde_zoektermijn,
    laatste_dag,
    uiterste_beslisdatum,
    uiterste_dag_buiten_behandeling,
    uiterste_heronderzoeksdatum,
    uiterste_plandatum,
    uiterste_voorschotdatum,
    waarschuwingsdag,
)


def _weken(begin: date, weken: int) -> date:
    return laatste_dag(begin, Termijnduur(weken, Eenheid.WEKEN), wettelijk=True)


@pytest.mark.parametrize(
    ("begin", "weken", "einde"),
    [
        ("2026-03-02", 8, "2026-04-28"),  # Monday 27 April is King's day
        ("2026-02-20", 6, "2026-04-07"),  # Good Friday, weekend, Easter Monday
        ("2026-11-14", 6, "2026-12-28"),  # Saturday 26 December
        ("2026-04-02", 6, "2026-05-18"),  # Ascension Day and the equated Friday
        ("2026-09-01", 6, "2026-10-13"),
    ],
)
def test_een_termijn_die_niet_op_een_werkdag_eindigt_loopt_door(
    begin: str, weken: int, einde: str
) -> None:
    assert _weken(date.fromisoformat(begin), weken) == date.fromisoformat(einde)


def test_een_termijn_van_meer_dan_twaalf_weken_wordt_niet_verlengd() -> None:
    vrijdag_voor_zaterdag = date(2026, 9, 5)
    assert _weken(vrijdag_voor_zaterdag, 13) == date(2026, 12, 5)
    assert date(2026, 12, 5).isoweekday() == 6


def test_besluit_binnen_acht_en_voorschot_binnen_vier_weken() -> None:
    assert uiterste_beslisdatum(date(2026, 9, 1)) == date(2026, 10, 27)
    assert uiterste_voorschotdatum(date(2026, 9, 1)) == date(2026, 9, 29)


@given(st.dates(date(2014, 1, 1), date(2060, 12, 31)), st.integers(1, 12))
def test_een_termijn_eindigt_op_een_werkdag_en_de_verlenging_slaat_geen_werkdag_over(
    begin: date, weken: int
) -> None:
    einde = _weken(begin, weken)
    kaal = begin + timedelta(weeks=weken)
    assert is_werkdag(einde)
    verlengd = [kaal + timedelta(days=n) for n in range((einde - kaal).days)]
    assert not any(is_werkdag(dag) for dag in verlengd)


@pytest.mark.parametrize("begin", [date(2099, 1, 2), date.max])
def test_een_termijn_waarvan_de_feestdagen_niet_te_berekenen_zijn_wordt_geweigerd(
    begin: date,
) -> None:
    with pytest.raises(DatumPastNiet):
        _weken(begin, 6)


@pytest.mark.parametrize(
    ("tekst", "duur"),
    [
        ("5 werkdagen", Termijnduur(5, Eenheid.WERKDAGEN)),
        ("1 werkdag", Termijnduur(1, Eenheid.WERKDAGEN)),
        ("3 dagen", Termijnduur(3, Eenheid.DAGEN)),
        ("1 week", Termijnduur(1, Eenheid.WEKEN)),
        ("4 weken", Termijnduur(4, Eenheid.WEKEN)),
        ("6 maanden", Termijnduur(6, Eenheid.MAANDEN)),
        ("2 jaar", Termijnduur(2, Eenheid.JAREN)),
    ],
)
def test_een_duur_staat_er_zoals_een_gemeente_haar_zegt(tekst: str, duur: Termijnduur) -> None:
    assert Termijnduur.lees(tekst) == duur


@given(st.text() | st.from_regex(r"-?[0-9]{0,5} ?(dagen|weken|uur|jaren)?", fullmatch=True))
def test_een_duur_is_te_lezen_of_wordt_geweigerd(tekst: str) -> None:
    try:
        duur = Termijnduur.lees(tekst)
    except OngeldigeTermijnduur:
        return
    assert tekst.startswith(f"{duur.aantal} ")
    assert 1 <= duur.aantal <= 999


@pytest.mark.parametrize(
    "tekst",
    ["0 dagen", "5", "dagen", "5werkdagen", "1000 dagen", "5 uur", "٣ dagen", "", "1 dag\n"],
)
def test_wat_geen_duur_is_wordt_geweigerd(tekst: str) -> None:
    with pytest.raises(OngeldigeTermijnduur):
        Termijnduur.lees(tekst)


@pytest.mark.parametrize(
    ("begin", "duur", "einde"),
    [
        ("2026-04-01", "5 werkdagen", "2026-04-10"),  # Good Friday and Easter Monday between
        ("2026-04-24", "3 werkdagen", "2026-04-30"),  # King's day on Monday
        ("2026-05-04", "2 werkdagen", "2026-05-07"),  # 5 May
        ("2027-05-03", "5 werkdagen", "2027-05-13"),  # 5 May, Ascension Day, the equated Friday
        ("2026-12-23", "5 werkdagen", "2026-12-31"),  # Christmas
        ("2026-12-31", "1 werkdag", "2027-01-04"),  # New Year's Day on a Friday
        ("2026-11-21", "1 werkdag", "2026-11-23"),  # from a Saturday
        ("2026-12-24", "3 dagen", "2026-12-27"),  # a Sunday; not extended
        ("2026-08-31", "6 maanden", "2027-02-28"),
        ("2028-01-31", "1 maand", "2028-02-29"),
        ("2028-02-29", "1 jaar", "2029-02-28"),
        ("2027-12-31", "2 jaar", "2029-12-31"),
    ],
)
def test_een_eigen_termijn_eindigt_op_de_dag_die_zij_zegt(
    begin: str, duur: str, einde: str
) -> None:
    gezegd = Termijnduur.lees(duur)
    assert laatste_dag(date.fromisoformat(begin), gezegd, wettelijk=False) == date.fromisoformat(
        einde
    )


@pytest.mark.parametrize(
    ("begin", "duur", "einde"),
    [
        ("2026-12-24", "3 dagen", "2026-12-29"),  # art. 2: two working days in it
        ("2026-12-24", "2 dagen", "2026-12-28"),  # art. 1 only
        ("2026-03-27", "3 maanden", "2026-06-29"),  # Saturday 27 June
        ("2026-06-05", "6 maanden", "2026-12-05"),  # a Saturday; too long to be extended
        ("2026-09-13", "90 dagen", "2026-12-14"),  # Saturday 12 December
        ("2026-09-12", "91 dagen", "2026-12-12"),
        ("2026-09-19", "12 weken", "2026-12-14"),
        ("2025-12-05", "1 jaar", "2026-12-05"),
        ("2026-03-17", "7 weken", "2026-05-06"),  # 5 May
        ("2027-03-11", "8 weken", "2027-05-10"),  # Ascension Day and the equated Friday
        ("2026-11-06", "8 weken", "2027-01-04"),  # New Year's Day
    ],
)
def test_een_wettelijke_termijn_loopt_door_tot_een_werkdag_als_zij_niet_te_lang_is(
    begin: str, duur: str, einde: str
) -> None:
    gezegd = Termijnduur.lees(duur)
    assert laatste_dag(date.fromisoformat(begin), gezegd, wettelijk=True) == date.fromisoformat(
        einde
    )


DUREN = st.builds(Termijnduur, st.integers(1, 60), st.sampled_from(Eenheid))
DAGEN = st.dates(date(2014, 1, 1), date(2060, 12, 31))


@given(DAGEN, st.integers(1, 60))
def test_een_termijn_van_werkdagen_telt_er_precies_zoveel(begin: date, aantal: int) -> None:
    einde = laatste_dag(begin, Termijnduur(aantal, Eenheid.WERKDAGEN), wettelijk=False)
    assert is_werkdag(einde)
    assert werkdagen_tussen(begin, einde) == aantal
    assert werkdagen_tussen(einde, begin) == -aantal


@given(DAGEN, DUREN)
def test_de_wet_maakt_een_termijn_nooit_korter_en_hoogstens_een_week_langer(
    begin: date, duur: Termijnduur
) -> None:
    eigen = laatste_dag(begin, duur, wettelijk=False)
    wettelijk = laatste_dag(begin, duur, wettelijk=True)
    assert timedelta(0) <= wettelijk - eigen <= timedelta(days=7)


@given(DAGEN, DUREN)
def test_de_waarschuwing_komt_na_het_begin_en_een_tot_tien_werkdagen_voor_het_einde(
    begin: date, duur: Termijnduur
) -> None:
    einde = laatste_dag(begin, duur, wettelijk=True)
    dag = waarschuwingsdag(begin, einde)
    assert begin <= dag < einde
    assert werkdagen_tussen(dag, einde) <= 10


@pytest.mark.parametrize(
    ("begin", "einde", "dag"),
    [
        ("2026-11-20", "2027-01-15", "2027-01-06"),  # 37 werkdagen: 7 before
        ("2026-11-20", "2026-11-27", "2026-11-26"),  # 5 werkdagen: 1 before
        ("2026-11-20", "2026-11-23", "2026-11-20"),  # at least a working day before
        ("2026-06-01", "2026-12-01", "2026-11-17"),  # ten, two weeks
    ],
)
def test_de_waarschuwing_komt_een_vijfde_voor_het_einde(begin: str, einde: str, dag: str) -> None:
    gevonden = waarschuwingsdag(date.fromisoformat(begin), date.fromisoformat(einde))
    assert gevonden == date.fromisoformat(dag)


def test_een_jongere_vraagt_aan_vanaf_vier_weken_na_de_melding() -> None:
    maandag = date(2026, 11, 2)
    assert eerste_aanvraagdag(maandag) == date(2026, 11, 30)
    assert einde_zoektermijn(maandag) == date(2026, 11, 29)  # a Sunday: waiting is not extended


def test_een_zoektermijn_die_niet_te_tellen_is_wordt_geweigerd() -> None:
    with pytest.raises(DatumPastNiet):
        eerste_aanvraagdag(date.max)


def test_een_plan_en_elk_heronderzoek_komen_binnen_zes_maanden() -> None:
    assert uiterste_plandatum(date(2026, 8, 31)) == date(2027, 2, 28)  # a Sunday: not extended
    assert uiterste_heronderzoeksdatum(date(2027, 2, 28)) == date(2027, 8, 28)


def test_buiten_behandeling_laten_kan_tot_vier_weken_na_de_aanvulling() -> None:
    assert uiterste_dag_buiten_behandeling(date(2026, 11, 27)) == date(2026, 12, 28)  # 25 December
