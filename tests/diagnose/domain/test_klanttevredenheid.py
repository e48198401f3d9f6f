"""Klanttevredenheid: een gesprek, en cijfers die van niemand apart zijn."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.diagnose.domain.fouten import OngeldigTevredenheidsgesprek
from services.diagnose.domain.klanttevredenheid import (
    MINIMUM,
    VRAGEN,
    Antwoord,
    Klanttevredenheid,
    Telling,
    Tevredenheidsgesprek,
    Vraag,
    vijftal,
)

cijfers = st.integers(1, 10)


def gesprek(*antwoorden: Antwoord, buiten_beschouwing: bool = False) -> Tevredenheidsgesprek:
    return Tevredenheidsgesprek(
        UUID(int=1), date(2026, 6, 13), antwoorden, buiten_beschouwing=buiten_beschouwing
    )


def test_er_zijn_vijf_open_vragen_en_een_over_het_geheel() -> None:
    assert len(VRAGEN) == 6
    assert VRAGEN.keys() == set(Vraag)


def test_wie_geen_cijfer_geeft_telt_niet_mee_in_een_gemiddelde() -> None:
    met_woorden = gesprek(Antwoord(Vraag.GEHEEL, woorden="Goed."), Antwoord(Vraag.GOED, 9))
    assert met_woorden.cijfers == {Vraag.GOED: 9}


@pytest.mark.parametrize(
    ("antwoorden", "buiten_beschouwing", "codes"),
    [
        ((), False, ["ontbreekt"]),
        ((Antwoord(Vraag.GEHEEL, 8),), True, ["buiten-beschouwing"]),
        ((Antwoord(Vraag.GEHEEL),), False, ["leeg"]),
        ((Antwoord(Vraag.GEHEEL, woorden="  "),), False, ["leeg"]),
        (
            (Antwoord(Vraag.GOED, 0), Antwoord(Vraag.GOED, 11)),
            False,
            ["buiten-bereik", "buiten-bereik", "dubbel"],
        ),
    ],
)
def test_alle_fouten_van_een_gesprek_komen_tegelijk(
    antwoorden: tuple[Antwoord, ...], buiten_beschouwing: bool, codes: list[str]
) -> None:
    with pytest.raises(OngeldigTevredenheidsgesprek) as fout:
        gesprek(*antwoorden, buiten_beschouwing=buiten_beschouwing)
    assert [punt.code for punt in fout.value.punten] == codes


def test_wat_buiten_beschouwing_blijft_heeft_geen_antwoorden() -> None:
    assert gesprek(buiten_beschouwing=True).cijfers == {}


@given(wachtend=st.lists(st.integers()))
def test_er_worden_er_vijf_geteld_of_niemand_en_de_oudste_eerst(wachtend: list[int]) -> None:
    samen = vijftal(wachtend)
    assert len(samen) == (MINIMUM if len(wachtend) >= MINIMUM else 0)
    assert list(samen) == wachtend[: len(samen)]


@given(gegeven=st.lists(cijfers, min_size=MINIMUM))
def test_een_gemiddelde_ligt_tussen_het_laagste_en_het_hoogste_cijfer(gegeven: list[int]) -> None:
    gemiddelde = Telling(Vraag.GEHEEL, len(gegeven), sum(gegeven)).gemiddelde
    assert gemiddelde is not None
    assert min(gegeven) <= gemiddelde <= max(gegeven)
    assert gemiddelde == gemiddelde.quantize(Decimal("0.1"))
    assert abs(gemiddelde - Decimal(sum(gegeven)) / len(gegeven)) <= Decimal("0.05")


@given(gegeven=st.lists(cijfers, max_size=MINIMUM - 1))
def test_van_minder_dan_vijf_is_er_geen_gemiddelde(gegeven: list[int]) -> None:
    assert Telling(Vraag.GEHEEL, len(gegeven), sum(gegeven)).gemiddelde is None


def test_een_half_tiende_wordt_naar_boven_afgerond() -> None:
    assert Telling(Vraag.GEHEEL, 20, 145).gemiddelde == Decimal("7.3")


@pytest.mark.parametrize(
    ("gemeentecode", "gesprekken", "getoond"),
    [("0865", 5, 1), ("0865", 4, None), (None, 50, None)],
)
def test_wat_buiten_beschouwing_bleef_is_alleen_te_zien_waar_het_niemand_aanwijst(
    gemeentecode: str | None, gesprekken: int, getoond: int | None
) -> None:
    cijfers = Klanttevredenheid.van(
        jaar=2026,
        gemeentecode=gemeentecode,
        gesprekken=gesprekken,
        buiten_beschouwing=1,
        tellingen=(),
    )
    assert cijfers.buiten_beschouwing == getoond
    assert [telling.vraag for telling in cijfers.tellingen] == list(Vraag)
