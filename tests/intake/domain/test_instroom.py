"""Wie langs welke deur binnenkomt."""

from __future__ import annotations

from datetime import date

import pytest

from services.intake.domain.fouten import (
    DatumPastNiet,
    DoelgroepPastNietBijLeeftijd,
    WswInstroomGesloten,
)
from services.intake.domain.instroom import Doelgroep, Instroomkanaal, toets_instroom

GEBOREN = date(2000, 6, 15)


def test_alle_instroomkanalen_en_doelgroepen_van_de_bronnen_bestaan() -> None:
    assert len(Instroomkanaal) == 10
    assert len(Doelgroep) == 7


def test_de_wsw_neemt_vanaf_2015_niemand_meer_op() -> None:
    toets_instroom(Doelgroep.WSW, GEBOREN, date(2014, 12, 31))
    with pytest.raises(WswInstroomGesloten):
        toets_instroom(Doelgroep.WSW, GEBOREN, date(2015, 1, 1))


@pytest.mark.parametrize(
    ("op", "mag"),
    [
        ("2016-06-14", False),
        ("2016-06-15", True),
        ("2027-06-14", True),
        ("2027-06-15", False),
    ],
)
def test_een_jongere_is_16_en_nog_geen_27(op: str, mag: bool) -> None:
    if mag:
        toets_instroom(Doelgroep.JONGERE_16_27, GEBOREN, date.fromisoformat(op))
        return
    with pytest.raises(DoelgroepPastNietBijLeeftijd) as fout:
        toets_instroom(Doelgroep.JONGERE_16_27, GEBOREN, date.fromisoformat(op))
    assert "2000" not in fout.value.uitleg


def test_een_geboortedatum_na_de_aanmelding_wordt_geweigerd() -> None:
    toets_instroom(Doelgroep.WMO, date(2026, 1, 1), date(2026, 1, 1))
    with pytest.raises(DatumPastNiet):
        toets_instroom(Doelgroep.WMO, date(2026, 1, 2), date(2026, 1, 1))
