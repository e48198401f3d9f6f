"""Het samenwerkingsmodel per gemeente: wie mag besluiten en wie moet inkopen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from services.intake.domain import samenwerkingsmodel
from services.intake.domain.fouten import OnbekendeGemeente
from services.intake.domain.samenwerkingsmodel import (
    AFSPRAKEN,
    WSD,
    Samenwerkingsmodel,
    inkooporder_nodig,
    mag_poortbesluit_nemen,
    mag_trajectbesluit_nemen,
    samenwerkingsafspraak,
)

OP = date(2026, 9, 1)
NEGEN = ["0753", "0757", "1948", "0820", "0823", "0824", "0845", "0848", "0865"]
MEIERIJSTAD, BOXTEL, VUGHT = "1948", "0757", "0865"


def test_alle_negen_gemeenten_hebben_een_afspraak() -> None:
    assert sorted(a.gemeentecode for a in AFSPRAKEN) == sorted(NEGEN)
    modellen = [samenwerkingsafspraak(code, OP).model for code in NEGEN]
    assert modellen.count(Samenwerkingsmodel.PARTICIPATIEBEDRIJF) == 1
    assert modellen.count(Samenwerkingsmodel.KETENSAMENWERKING_3D) == 7
    assert modellen.count(Samenwerkingsmodel.CAFETARIA) == 1


@pytest.mark.parametrize("code", NEGEN)
def test_de_gemeente_zelf_mag_altijd_besluiten_ook_na_mandaat(code: str) -> None:
    assert mag_trajectbesluit_nemen(code, code, OP)
    assert mag_poortbesluit_nemen(code, code)


@pytest.mark.parametrize("code", NEGEN)
def test_wsd_mag_alleen_onder_mandaat_het_trajectbesluit_nemen(code: str) -> None:
    assert mag_trajectbesluit_nemen(code, WSD, OP) is (code == MEIERIJSTAD)


@pytest.mark.parametrize("code", NEGEN)
def test_wsd_neemt_nooit_het_poortbesluit(code: str) -> None:
    assert not mag_poortbesluit_nemen(code, WSD)


def test_een_andere_gemeente_mag_nooit_besluiten() -> None:
    assert not mag_trajectbesluit_nemen(BOXTEL, VUGHT, OP)
    assert not mag_poortbesluit_nemen(BOXTEL, VUGHT)


@pytest.mark.parametrize("code", NEGEN)
def test_alleen_in_het_cafetariamodel_is_een_inkooporder_nodig(code: str) -> None:
    assert inkooporder_nodig(code, OP) is (code == VUGHT)


def test_een_latere_afspraak_vervangt_de_eerdere_vanaf_haar_dag(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    overstap = replace(
        samenwerkingsafspraak(VUGHT, OP),
        vanaf=date(2027, 1, 1),
        model=Samenwerkingsmodel.PARTICIPATIEBEDRIJF,
    )
    monkeypatch.setattr(samenwerkingsmodel, "AFSPRAKEN", (overstap, *AFSPRAKEN))
    assert inkooporder_nodig(VUGHT, date(2026, 12, 31))
    assert not mag_trajectbesluit_nemen(VUGHT, WSD, date(2026, 12, 31))
    assert not inkooporder_nodig(VUGHT, date(2027, 1, 1))
    assert mag_trajectbesluit_nemen(VUGHT, WSD, date(2027, 1, 1))


def test_een_afspraak_geldt_vanaf_haar_eerste_dag() -> None:
    assert samenwerkingsafspraak(BOXTEL, date(2017, 1, 1)).vanaf == date(2017, 1, 1)


@pytest.mark.parametrize(("code", "op"), [("0363", OP), (BOXTEL, date(2016, 12, 31))])
def test_zonder_afspraak_wordt_geweigerd(code: str, op: date) -> None:
    with pytest.raises(OnbekendeGemeente) as fout:
        samenwerkingsafspraak(code, op)
    assert code not in fout.value.uitleg


def test_elke_afspraak_noemt_haar_bron_en_dat_de_ingangsdatum_onzeker_is() -> None:
    assert all(a.bron and a.onzeker for a in AFSPRAKEN)
