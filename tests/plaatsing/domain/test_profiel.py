"""Wat een kandidaat kan, wil en nodig heeft."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from services.plaatsing.domain.eisen import Belastingseis
from services.plaatsing.domain.fouten import OngeldigProfiel
from tests.plaatsing.profielen import profiel

TILLEN = frozenset({Belastingseis.ZWAAR_TILLEN})


@pytest.mark.parametrize(
    ("pad", "anders"),
    [
        ("urenVan", {"uren_van": Decimal(24), "uren_tot": Decimal(20)}),
        ("urenVan", {"uren_tot": Decimal(61)}),
        ("groeitNaarUren", {"groeit_naar_uren": Decimal(20)}),
        ("groeitNaarUren", {"groeit_naar_uren": Decimal(61)}),
        ("dagen", {"dagen": frozenset()}),
        ("reistVanuit", {"reist_vanuit": "Lutjebroek"}),
        ("reistVanuit", {"reist_vanuit": None}),
        ("leerdoelen", {"vaardigheden": TILLEN, "leerdoelen": TILLEN}),
        ("nietMogelijk", {"vaardigheden": TILLEN, "niet_mogelijk": TILLEN}),
        ("nietMogelijk", {"leerdoelen": TILLEN, "niet_mogelijk": TILLEN}),
    ],
)
def test_wat_zichzelf_tegenspreekt_wordt_geweigerd(pad: str, anders: dict[str, Any]) -> None:
    with pytest.raises(OngeldigProfiel) as geweigerd:
        profiel(**anders)
    assert [punt.pad for punt in geweigerd.value.punten] == [pad]


def test_alle_fouten_komen_in_een_keer() -> None:
    with pytest.raises(OngeldigProfiel) as geweigerd:
        profiel(uren_tot=Decimal(2), dagen=frozenset(), reist_vanuit="Lutjebroek")
    assert [punt.pad for punt in geweigerd.value.punten] == ["urenVan", "dagen", "reistVanuit"]
