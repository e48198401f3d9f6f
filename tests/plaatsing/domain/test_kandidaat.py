"""Wat van een kandidaat is gehoord, en of een plaatsing daarop kan beginnen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from services.plaatsing.domain.bevoegdheid import (
    eis_eigenaar,
    eis_mag_plaatsen,
    eis_zelf_geplaatst,
)
from services.plaatsing.domain.fouten import (
    DoorverwijzingOntbreekt,
    LoonwaardeOntbreekt,
    NietBevoegd,
    TrajectbesluitOntbreekt,
    TrajectNogNietIngegaan,
)
from services.plaatsing.domain.kandidaat import (
    Doelgroep,
    Kandidaat,
    Trajectbesluit,
    VastgesteldeLoonwaarde,
)

MAART, APRIL, MEI = date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)

DOORVERWEZEN = Kandidaat(UUID(int=1), "0757", date(2026, 1, 5), Doelgroep.PWET)


def besluit(nummer: int, vanaf: date, *, met_wsd: bool = True) -> Trajectbesluit:
    return Trajectbesluit(UUID(int=nummer), vanaf, met_wsd)


def test_zonder_doorverwijzing_is_er_geen_traject() -> None:
    with pytest.raises(DoorverwijzingOntbreekt):
        Kandidaat(UUID(int=1), "0757").trajectbesluit_op(MEI)


def test_zonder_trajectbesluit_is_er_geen_traject() -> None:
    with pytest.raises(TrajectbesluitOntbreekt):
        DOORVERWEZEN.trajectbesluit_op(MEI)


def test_een_traject_telt_vanaf_de_ingangsdatum() -> None:
    kandidaat = replace(DOORVERWEZEN, trajectbesluiten=(besluit(1, APRIL),))
    with pytest.raises(TrajectNogNietIngegaan, match="2026-04-01"):
        kandidaat.trajectbesluit_op(date(2026, 3, 31))
    assert kandidaat.trajectbesluit_op(APRIL).besluit_id == UUID(int=1)


def test_het_laatst_genomen_besluit_telt_zodra_het_is_ingegaan() -> None:
    besluiten = (besluit(1, MAART), besluit(2, MEI), besluit(3, APRIL))
    kandidaat = replace(DOORVERWEZEN, trajectbesluiten=besluiten)
    assert kandidaat.trajectbesluit_op(MAART).besluit_id == UUID(int=1)
    assert kandidaat.trajectbesluit_op(APRIL).besluit_id == UUID(int=3)
    assert kandidaat.trajectbesluit_op(MEI).besluit_id == UUID(int=3)


def test_de_laatste_loonwaarde_die_is_ingegaan_geldt() -> None:
    metingen = (VastgesteldeLoonwaarde(55, MEI), VastgesteldeLoonwaarde(40, MAART))
    kandidaat = replace(DOORVERWEZEN, loonwaarden=metingen)
    assert kandidaat.loonwaarde_op(APRIL) == 40
    assert kandidaat.loonwaarde_op(MEI) == 55
    with pytest.raises(LoonwaardeOntbreekt, match="forfait"):
        kandidaat.loonwaarde_op(date(2026, 2, 28))


@pytest.mark.parametrize(
    ("doelgroep", "bijstand", "loonkostensubsidie"),
    [
        (Doelgroep.PWET, True, True),
        (Doelgroep.WSW, True, False),
        (Doelgroep.WMO, True, True),
        (Doelgroep.NUG, False, True),
        (Doelgroep.JONGERE_16_27, True, True),
        (Doelgroep.VERGUNNINGHOUDER, True, True),
        (Doelgroep.WAJONG_UWV_PILOT, False, False),
    ],
)
def test_de_doelgroep_sluit_bijstand_of_loonkostensubsidie_uit(
    doelgroep: Doelgroep, bijstand: bool, loonkostensubsidie: bool
) -> None:
    kandidaat = replace(DOORVERWEZEN, doelgroep=doelgroep)
    assert kandidaat.kan_algemene_bijstand_ontvangen is bijstand
    assert kandidaat.kan_loonkostensubsidie_krijgen is loonkostensubsidie


@pytest.mark.parametrize(
    ("met_wsd", "door", "mag"),
    [(True, "wsd", True), (True, "0757", False), (False, "wsd", False), (False, "0757", True)],
)
def test_wie_het_traject_uitvoert_plaatst(met_wsd: bool, door: str, mag: bool) -> None:
    traject = besluit(1, MAART, met_wsd=met_wsd)
    if mag:
        eis_mag_plaatsen(traject, door)
    else:
        with pytest.raises(NietBevoegd):
            eis_mag_plaatsen(traject, door)


def test_wie_plaatste_gaat_over_het_vervolg() -> None:
    eis_zelf_geplaatst("wsd", "wsd")
    with pytest.raises(NietBevoegd):
        eis_zelf_geplaatst("wsd", "0757")


def test_wie_de_werkgever_vastlegde_gaat_over_de_werkplekken() -> None:
    eis_eigenaar("0757", "0757")
    with pytest.raises(NietBevoegd):
        eis_eigenaar("wsd", "0757")
