"""When we try again, and what an answer means."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.abonnementen.uitkomst import (
    BLIJF_PROBEREN,
    KORTSTE_PAUZE,
    LANGSTE_PAUZE,
    LANGSTE_RETRY_AFTER,
    Antwoord,
    Soort,
    is_op,
    langste_pauze,
    pauze,
    pogingen_bij_langste_pauzes,
    retry_after,
)

NU = datetime(2026, 11, 20, 9, tzinfo=UTC)


@given(st.lists(st.floats(0, 1), min_size=1), st.floats(0, 1))
def test_er_wordt_ten_minste_24_uur_geprobeerd_en_hoogstens_een_uur_langer(
    toevallen: list[float], anders: float
) -> None:
    nu, poging, toeval = NU, 1, iter(toevallen)
    while not is_op(NU, nu):
        nu += pauze(poging, lambda: next(toeval, max(0.01, anders)))
        poging += 1
    assert timedelta(hours=24) <= nu - NU < timedelta(hours=25)


@given(st.integers(1, 10_000), st.floats(0, 1))
def test_elke_pauze_ligt_tussen_een_seconde_en_de_grens_van_die_poging(
    poging: int, toeval: float
) -> None:
    assert KORTSTE_PAUZE <= pauze(poging, lambda: toeval) <= langste_pauze(poging) <= LANGSTE_PAUZE


def test_de_grens_begint_bij_seconden_en_verdubbelt_tot_een_uur() -> None:
    grenzen = [langste_pauze(n).total_seconds() for n in range(1, 13)]
    assert grenzen == [5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600]


def test_de_tabel_eindigt_bij_de_eerste_poging_na_24_uur() -> None:
    *eerdere, (laatste, _, verstreken) = pogingen_bij_langste_pauzes()
    assert verstreken >= BLIJF_PROBEREN > eerdere[-1][2]
    assert laatste == len(eerdere) + 1


@pytest.mark.parametrize(
    ("status", "soort"),
    [
        *((s, Soort.AFGELEVERD) for s in (200, 201, 202, 204)),
        *((s, Soort.BERICHT) for s in (400, 409, 413, 422)),
        *((s, Soort.ONTVANGER) for s in (301, 302, 307, 401, 403, 404, 405, 429, 500, 502, 503)),
        (410, Soort.BEEINDIGD),
        (415, Soort.FORMAAT),
        (None, Soort.ONTVANGER),
    ],
)
def test_elke_status_heeft_een_soort(status: int | None, soort: Soort) -> None:
    assert Antwoord(status, 1).soort is soort


@pytest.mark.parametrize("status", [429, 503, 500, 422])
def test_wie_vraagt_te_wachten_wordt_met_rust_gelaten(status: int) -> None:
    assert Antwoord(status, 1, "fout", timedelta(seconds=9)).soort is Soort.TE_VEEL


@pytest.mark.parametrize("status", [200, 410, 415])
def test_retry_after_verandert_niets_aan_wat_vaststaat(status: int) -> None:
    assert Antwoord(status, 1, None, timedelta(seconds=9)).soort is not Soort.TE_VEEL


def test_retry_after_is_in_seconden_of_een_datum() -> None:
    assert retry_after("120", NU) == timedelta(seconds=120)
    straks = format_datetime(NU + timedelta(minutes=3), usegmt=True)
    assert retry_after(straks, NU) == timedelta(minutes=3)
    assert retry_after(format_datetime(NU - timedelta(minutes=3), usegmt=True), NU) == timedelta()
    assert retry_after("99999999999999999999", NU) == LANGSTE_RETRY_AFTER


@given(st.text())
def test_een_onzinnige_retry_after_breekt_niets(waarde: str) -> None:
    gevonden = retry_after(waarde, NU)
    assert gevonden is None or timedelta() <= gevonden <= LANGSTE_RETRY_AFTER
