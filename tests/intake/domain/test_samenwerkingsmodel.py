"""Het samenwerkingsmodel per gemeente: wie mag besluiten en wie moet inkopen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from services.intake.domain.fouten import OnbekendeGemeente
from services.intake.domain.rechtsgrond import Besluitsoort
from services.intake.domain.samenwerkingsmodel import (
    WSD,
    Samenwerkingsafspraken,
    Samenwerkingsmodel,
)
from services.intake.gemeenten import gemeenten

OP = date(2026, 9, 1)
NEGEN = ["0753", "0757", "1948", "0820", "0823", "0824", "0845", "0848", "0865"]
MEIERIJSTAD, BOXTEL, VUGHT = "1948", "0757", "0865"


ZONDER_WSD = ["0375", "0396", "0450", "0453", "0484", "0796", "0855", "1900"]
AFSPRAKEN = gemeenten().afspraken
TRAJECT = Besluitsoort.TRAJECTBESLUIT


def test_alle_negen_gemeenten_hebben_een_afspraak() -> None:
    modellen = [AFSPRAKEN.geldend(code, OP).model for code in NEGEN]
    assert modellen.count(Samenwerkingsmodel.PARTICIPATIEBEDRIJF) == 1
    assert modellen.count(Samenwerkingsmodel.KETENSAMENWERKING_3D) == 7
    assert modellen.count(Samenwerkingsmodel.CAFETARIA) == 1


def test_de_vijf_aanpakken_van_bron_004_werken_zonder_wsd() -> None:
    assert sorted(a.gemeentecode for a in AFSPRAKEN.alle) == sorted(NEGEN + ZONDER_WSD)
    for code in ZONDER_WSD:
        afspraak = AFSPRAKEN.geldend(code, OP)
        assert not afspraak.met_wsd
        assert not afspraak.mag_besluiten(TRAJECT, WSD)


@pytest.mark.parametrize("code", NEGEN)
def test_de_gemeente_zelf_mag_altijd_besluiten_ook_na_mandaat(code: str) -> None:
    assert AFSPRAKEN.geldend(code, OP).mag_besluiten(TRAJECT, code)


@pytest.mark.parametrize("code", NEGEN)
def test_wsd_mag_alleen_onder_mandaat_het_trajectbesluit_nemen(code: str) -> None:
    assert AFSPRAKEN.geldend(code, OP).mag_besluiten(TRAJECT, WSD) is (code == MEIERIJSTAD)


def test_een_andere_gemeente_mag_nooit_besluiten() -> None:
    assert not AFSPRAKEN.geldend(BOXTEL, OP).mag_besluiten(TRAJECT, VUGHT)


@pytest.mark.parametrize("code", NEGEN)
def test_alleen_in_het_cafetariamodel_is_een_inkooporder_nodig(code: str) -> None:
    assert AFSPRAKEN.geldend(code, OP).inkooporder_per_traject is (code == VUGHT)


def test_een_latere_afspraak_vervangt_de_eerdere_vanaf_haar_dag() -> None:
    overstap = replace(
        AFSPRAKEN.geldend(VUGHT, OP),
        vanaf=date(2027, 1, 1),
        model=Samenwerkingsmodel.PARTICIPATIEBEDRIJF,
    )
    afspraken = Samenwerkingsafspraken((overstap, *AFSPRAKEN.alle))
    ervoor = afspraken.geldend(VUGHT, date(2026, 12, 31))
    erna = afspraken.geldend(VUGHT, date(2027, 1, 1))
    assert ervoor.inkooporder_per_traject
    assert not ervoor.mag_besluiten(TRAJECT, WSD)
    assert not erna.inkooporder_per_traject
    assert erna.mag_besluiten(TRAJECT, WSD)


def test_een_afspraak_geldt_vanaf_haar_eerste_dag() -> None:
    assert AFSPRAKEN.geldend(BOXTEL, date(2017, 1, 1)).vanaf == date(2017, 1, 1)


@pytest.mark.parametrize(("code", "op"), [("0363", OP), (BOXTEL, date(2016, 12, 31))])
def test_zonder_afspraak_wordt_geweigerd(code: str, op: date) -> None:
    with pytest.raises(OnbekendeGemeente) as fout:
        AFSPRAKEN.geldend(code, op)
    assert code not in fout.value.uitleg


def test_elke_afspraak_noemt_haar_bron() -> None:
    assert all(a.bron for a in AFSPRAKEN.alle)
    assert all(a.onzeker for a in AFSPRAKEN.alle if a.gemeentecode in NEGEN)
