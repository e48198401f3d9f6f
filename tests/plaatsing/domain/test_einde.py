"""Welke eindereden bij welke soort plaatsing hoort (bron 003)."""

from __future__ import annotations

import pytest

from services.plaatsing.domain.einde import (
    Eindereden,
    Plaatsingsoort,
    einderedenen,
    eis_passende_eindereden,
)
from services.plaatsing.domain.fouten import EinderedenPastNiet


def test_een_proefplaatsing_kent_alle_zes_redenen() -> None:
    assert len(einderedenen(Plaatsingsoort.PROEFPLAATSING)) == 6


def test_een_dienstverband_kent_de_eerste_twee_niet() -> None:
    assert einderedenen(Plaatsingsoort.LKS_DIENSTVERBAND) == {
        Eindereden.TERUG_GEMELD_MOTIVATIE,
        Eindereden.TERUG_GEMELD_NIET_IN_STAAT,
        Eindereden.WIJZIGING_TRAJECT,
        Eindereden.UITSTROOM_REGULIER,
    }


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
