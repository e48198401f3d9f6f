"""Welke eindereden bij welke soort plaatsing hoort (bron 003)."""

from __future__ import annotations

import pytest

from contracts import plaatsing as contract
from services.plaatsing.domain.einde import (
    ALGEMENE_REDENEN,
    Eindereden,
    Plaatsingsoort,
    einderedenen,
    eis_passende_eindereden,
    reden_van_doorstroom,
)
from services.plaatsing.domain.fouten import EinderedenPastNiet


def test_een_proefplaatsing_kent_de_zes_redenen_van_de_bron_en_de_algemene() -> None:
    assert einderedenen(Plaatsingsoort.PROEFPLAATSING) == ALGEMENE_REDENEN | {
        Eindereden.ARBEIDSOVEREENKOMST,
        Eindereden.GEEN_VERMINDERDE_LOONWAARDE,
        Eindereden.TERUG_GEMELD_MOTIVATIE,
        Eindereden.TERUG_GEMELD_NIET_IN_STAAT,
        Eindereden.WIJZIGING_TRAJECT,
        Eindereden.UITSTROOM_REGULIER,
    }


def test_een_dienstverband_met_lks_kent_de_eerste_twee_niet() -> None:
    assert einderedenen(Plaatsingsoort.LKS_DIENSTVERBAND) == ALGEMENE_REDENEN | {
        Eindereden.TERUG_GEMELD_MOTIVATIE,
        Eindereden.TERUG_GEMELD_NIET_IN_STAAT,
        Eindereden.WIJZIGING_TRAJECT,
        Eindereden.UITSTROOM_REGULIER,
    }


def test_de_redenen_en_soorten_zijn_die_van_de_gebeurtenis() -> None:
    assert [reden.value for reden in Eindereden] == [r.value for r in contract.Eindereden]
    assert [soort.value for soort in Plaatsingsoort] == [s.value for s in contract.Plaatsingsoort]


@pytest.mark.parametrize("naar", list(Plaatsingsoort))
@pytest.mark.parametrize("van", list(Plaatsingsoort))
def test_wie_doorstroomt_eindigt_met_een_reden_die_bij_de_soort_past(
    van: Plaatsingsoort, naar: Plaatsingsoort
) -> None:
    eis_passende_eindereden(van, reden_van_doorstroom(van, naar))


def test_een_proefplaatsing_die_in_een_baan_eindigt_heet_zoals_in_de_bron() -> None:
    proef, lks = Plaatsingsoort.PROEFPLAATSING, Plaatsingsoort.LKS_DIENSTVERBAND
    assert reden_van_doorstroom(proef, lks) is Eindereden.ARBEIDSOVEREENKOMST
    assert reden_van_doorstroom(lks, lks) is Eindereden.DOORSTROOM
    assert reden_van_doorstroom(lks, Plaatsingsoort.REGULIER) is Eindereden.UITSTROOM_REGULIER
    assert reden_van_doorstroom(lks, Plaatsingsoort.BESCHUT_WERK) is Eindereden.DOORSTROOM


@pytest.mark.parametrize("soort", list(Plaatsingsoort))
@pytest.mark.parametrize("reden", list(Eindereden))
def test_alleen_een_passende_reden_wordt_aangenomen(
    soort: Plaatsingsoort, reden: Eindereden
) -> None:
    if reden in einderedenen(soort):
        eis_passende_eindereden(soort, reden)
        return
    with pytest.raises(EinderedenPastNiet, match="wijziging-traject"):
        eis_passende_eindereden(soort, reden)
