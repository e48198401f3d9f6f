"""Recht op loonkostensubsidie: de weigeringen van art. 10d Participatiewet, elk met haar lid."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from services.financiering.domain.fouten import (
    AanvraagTeLaat,
    AndereLoonkostensubsidie,
    DomeinFout,
    ForfaitNietMogelijk,
    LoonwaardeOntbreekt,
    LoonwaardeVolledig,
    NietInDoelgroep,
    OngeldigeLoonwaarde,
    OngeldigePeriode,
    VoorgeschiedenisOntbreekt,
    WswDienstbetrekking,
)
from services.financiering.domain.leeftijdsgroep import Leeftijdsgroep, Leeftijdsverloop
from services.financiering.domain.lks_aanvraag import (
    LksAanvraag,
    LoonwaardeVanaf,
    Voorgeschiedenis,
    uiterste_aanvraagdatum,
    weigeringsgronden,
)
from services.financiering.domain.loonkostensubsidie import Arbeidsduur

BEGIN = date(2026, 1, 1)
AANVRAAG = LksAanvraag(
    begin_dienstbetrekking=BEGIN,
    ingangsdatum=BEGIN,
    arbeidsduur=Arbeidsduur(Decimal(24)),
    leeftijd=Leeftijdsverloop(Leeftijdsgroep.VOLWASSEN),
    loonwaarde=LoonwaardeVanaf(40, BEGIN),
    behoort_tot_doelgroep=True,
)
FORFAIT = replace(AANVRAAG, loonwaarde=None)


def soorten(aanvraag: LksAanvraag) -> list[type[DomeinFout]]:
    return [type(fout) for fout in weigeringsgronden(aanvraag)]


@pytest.mark.parametrize("aanvraag", [AANVRAAG, FORFAIT])
def test_voor_het_begin_is_er_recht_met_loonwaarde_of_forfait(aanvraag: LksAanvraag) -> None:
    assert soorten(aanvraag) == []


def test_wie_niet_in_de_doelgroep_is_krijgt_geen_subsidie() -> None:
    assert soorten(replace(AANVRAAG, behoort_tot_doelgroep=False)) == [NietInDoelgroep]


def test_bij_een_wsw_dienstbetrekking_bestaat_geen_subsidie() -> None:
    (fout,) = weigeringsgronden(replace(AANVRAAG, wsw_dienstbetrekking=True))
    assert isinstance(fout, WswDienstbetrekking)
    assert fout.artikel == "art. 10d lid 3 Participatiewet"


def test_naast_een_andere_subsidie_voor_dezelfde_loonkosten_bestaat_geen_recht() -> None:
    assert soorten(replace(AANVRAAG, andere_loonkostensubsidie=True)) == [AndereLoonkostensubsidie]


def test_bij_loonwaarde_100_valt_er_niets_te_vergoeden() -> None:
    vol = replace(AANVRAAG, loonwaarde=LoonwaardeVanaf(100, BEGIN))
    assert soorten(vol) == [LoonwaardeVolledig]


@pytest.mark.parametrize("percentage", [-1, 101])
def test_een_loonwaarde_is_een_percentage(percentage: int) -> None:
    with pytest.raises(OngeldigeLoonwaarde):
        LoonwaardeVanaf(percentage, BEGIN)


def test_de_loonwaarde_moet_op_de_ingangsdatum_gelden() -> None:
    later = replace(AANVRAAG, loonwaarde=LoonwaardeVanaf(40, date(2026, 2, 1)))
    assert soorten(later) == [LoonwaardeOntbreekt]


def test_subsidie_gaat_niet_in_voor_de_dienstbetrekking() -> None:
    with pytest.raises(OngeldigePeriode):
        replace(AANVRAAG, ingangsdatum=date(2025, 12, 31))


@pytest.mark.parametrize(
    ("begin", "uiterlijk"),
    [("2026-01-01", "2026-07-01"), ("2025-08-31", "2026-02-28"), ("2026-03-15", "2026-09-15")],
)
def test_na_het_begin_kan_zes_maanden_worden_aangevraagd(begin: str, uiterlijk: str) -> None:
    assert uiterste_aanvraagdatum(date.fromisoformat(begin)) == date.fromisoformat(uiterlijk)


def test_op_de_laatste_dag_is_op_tijd_en_een_dag_later_te_laat() -> None:
    op_tijd = replace(
        AANVRAAG,
        aangevraagd_op=date(2026, 7, 1),
        voorgeschiedenis=Voorgeschiedenis.PRAKTIJKONDERWIJS,
    )
    assert soorten(op_tijd) == []
    assert soorten(replace(op_tijd, aangevraagd_op=date(2026, 7, 2))) == [AanvraagTeLaat]


def test_na_het_begin_is_een_grond_uit_de_zes_maanden_ervoor_nodig() -> None:
    zonder = replace(AANVRAAG, aangevraagd_op=date(2026, 2, 1))
    assert soorten(zonder) == [VoorgeschiedenisOntbreekt]


def test_na_het_begin_aangevraagd_kan_het_forfait_niet() -> None:
    na = replace(
        FORFAIT, aangevraagd_op=date(2026, 2, 1), voorgeschiedenis=Voorgeschiedenis.PARTICIPATIEWET
    )
    assert soorten(na) == [ForfaitNietMogelijk]


def test_op_de_dag_van_het_begin_aangevraagd_is_nog_niet_na_het_begin() -> None:
    assert soorten(replace(FORFAIT, aangevraagd_op=BEGIN)) == []


def test_na_zes_maanden_dienstbetrekking_kan_het_forfait_niet_meer_ingaan() -> None:
    assert soorten(replace(FORFAIT, ingangsdatum=date(2026, 6, 30))) == []
    assert soorten(replace(FORFAIT, ingangsdatum=date(2026, 7, 1))) == [ForfaitNietMogelijk]


def test_alle_weigeringsgronden_worden_tegelijk_genoemd() -> None:
    alles_mis = replace(
        AANVRAAG,
        behoort_tot_doelgroep=False,
        wsw_dienstbetrekking=True,
        andere_loonkostensubsidie=True,
        aangevraagd_op=date(2026, 8, 1),
        loonwaarde=LoonwaardeVanaf(100, BEGIN),
    )
    assert soorten(alles_mis) == [
        NietInDoelgroep,
        AanvraagTeLaat,
        VoorgeschiedenisOntbreekt,
        WswDienstbetrekking,
        AndereLoonkostensubsidie,
        LoonwaardeVolledig,
    ]


def test_elke_weigering_noemt_code_titel_uitleg_en_artikel() -> None:
    alles_mis = replace(AANVRAAG, behoort_tot_doelgroep=False, wsw_dienstbetrekking=True)
    for fout in weigeringsgronden(alles_mis):
        assert fout.code != "domeinfout"
        assert fout.titel
        assert fout.uitleg == str(fout)
        assert fout.artikel is not None
        assert "Participatiewet" in fout.artikel
