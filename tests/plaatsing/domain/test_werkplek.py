"""Een werkplek: uren en plaatsen."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

import pytest

from services.plaatsing.domain.fouten import (
    OngeldigeWerkplek,
    PlaatsAlBezet,
    PlaatsNietBezet,
    UrenPassenNiet,
    WerkplekVol,
)
from services.plaatsing.domain.werkplek import Werkplek, Werksoort

EEN, TWEE, DRIE = UUID(int=1), UUID(int=2), UUID(int=3)
UREN = Decimal(24)


def werkplek(capaciteit: int = 2) -> Werkplek:
    return Werkplek(
        werkplek_id=UUID(int=10),
        werkgever_id=UUID(int=11),
        werksoort=Werksoort.LOGISTIEK,
        functie="Orderpicker",
        locatie="Boxtel",
        uren_van=Decimal(16),
        uren_tot=Decimal(32),
        capaciteit=capaciteit,
    )


def test_een_werkplek_raakt_vol_en_komt_weer_vrij() -> None:
    plek = werkplek()
    plek.bezet(EEN, UREN)
    plek.bezet(TWEE, UREN)
    assert plek.vrije_plaatsen == 0
    with pytest.raises(WerkplekVol):
        plek.bezet(DRIE, UREN)
    plek.geef_vrij(EEN)
    plek.bezet(DRIE, UREN)
    assert plek.bezetting == {TWEE, DRIE}


def test_een_plaatsing_bezet_een_plaats_een_keer() -> None:
    plek = werkplek()
    plek.bezet(EEN, UREN)
    with pytest.raises(PlaatsAlBezet):
        plek.bezet(EEN, UREN)
    with pytest.raises(PlaatsNietBezet):
        plek.geef_vrij(TWEE)


@pytest.mark.parametrize(
    ("uren", "past"), [("15.99", False), ("16", True), ("32", True), ("33", False)]
)
def test_de_uren_passen_bij_de_werkplek(uren: str, past: bool) -> None:
    plek = werkplek()
    if past:
        plek.bezet(EEN, Decimal(uren))
        return
    with pytest.raises(UrenPassenNiet):
        plek.bezet(EEN, Decimal(uren))
    assert plek.vrije_plaatsen == 2


def test_alle_fouten_van_een_werkplek_worden_tegelijk_gemeld() -> None:
    with pytest.raises(OngeldigeWerkplek) as fout:
        Werkplek(
            UUID(int=10), UUID(int=11), Werksoort.PRODUCTIE, "", " ", Decimal(20), Decimal(16), 0
        )
    assert [punt.pad for punt in fout.value.punten] == [
        "functie",
        "locatie",
        "urenVan",
        "capaciteit",
    ]
