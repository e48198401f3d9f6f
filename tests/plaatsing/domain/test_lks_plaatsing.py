"""Een dienstverband met loonkostensubsidie."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from services.plaatsing.domain.einde import Eindereden
from services.plaatsing.domain.fouten import (
    DatumBuitenPlaatsing,
    EinderedenPastNiet,
    LoonwaardeVolledig,
    NietInDoelgroep,
    OngeldigeLoonwaarde,
    OngeldigeUren,
    PlaatsingAlBeeindigd,
)
from services.plaatsing.domain.lks_plaatsing import Grondslag, LksPlaatsing
from services.plaatsing.domain.werkgever import Werkgeversoort

BEGIN = date(2026, 12, 1)


def gestart(
    loonwaarde: int | None = 40,
    doelgroep: bool = True,
    uren: str = "24",
    voltijd: str = "36",
    soort: Werkgeversoort = Werkgeversoort.REGULIER,
) -> LksPlaatsing:
    return LksPlaatsing.start(
        plaatsing_id=UUID(int=1),
        kandidaat_id=UUID(int=2),
        gemeentecode="0757",
        werkgever_id=UUID(int=3),
        werkplek_id=UUID(int=4),
        werkgeversoort=soort,
        begin=BEGIN,
        uren_per_week=Decimal(uren),
        voltijdsuren_per_week=Decimal(voltijd),
        behoort_tot_doelgroep=doelgroep,
        loonwaarde=loonwaarde,
    )


@pytest.mark.parametrize("soort", list(Werkgeversoort))
@pytest.mark.parametrize(
    ("loonwaarde", "grondslag"),
    [(40, Grondslag.LOONWAARDE), (0, Grondslag.LOONWAARDE), (None, Grondslag.FORFAIT)],
)
def test_regulier_en_via_werkpartners_is_een_en_hetzelfde_proces(
    soort: Werkgeversoort, loonwaarde: int | None, grondslag: Grondslag
) -> None:
    plaatsing = gestart(loonwaarde, soort=soort)
    assert plaatsing.grondslag is grondslag
    assert plaatsing.werkgeversoort is soort


def test_alleen_de_doelgroep_krijgt_een_plaatsing_met_loonkostensubsidie() -> None:
    with pytest.raises(NietInDoelgroep):
        gestart(doelgroep=False)


def test_bij_loonwaarde_100_is_het_een_reguliere_plaatsing() -> None:
    with pytest.raises(LoonwaardeVolledig):
        gestart(100)


@pytest.mark.parametrize("loonwaarde", [-1, 101])
def test_een_loonwaarde_is_een_percentage(loonwaarde: int) -> None:
    with pytest.raises(OngeldigeLoonwaarde):
        gestart(loonwaarde)


@pytest.mark.parametrize(("uren", "voltijd"), [("0", "36"), ("61", "36"), ("24", "0")])
def test_de_uren_moeten_kunnen(uren: str, voltijd: str) -> None:
    with pytest.raises(OngeldigeUren):
        gestart(uren=uren, voltijd=voltijd)


def test_een_dienstverband_eindigt_met_een_passende_reden() -> None:
    plaatsing = gestart()
    with pytest.raises(EinderedenPastNiet):
        plaatsing.beeindig(date(2027, 1, 31), Eindereden.ARBEIDSOVEREENKOMST)
    with pytest.raises(DatumBuitenPlaatsing):
        plaatsing.beeindig(date(2026, 11, 30), Eindereden.UITSTROOM_REGULIER)
    plaatsing.beeindig(date(2027, 1, 31), Eindereden.UITSTROOM_REGULIER)
    assert plaatsing.laatste_dag == date(2027, 1, 31)


def test_na_het_einde_verandert_er_niets_meer() -> None:
    plaatsing = gestart()
    plaatsing.beeindig(BEGIN, Eindereden.WIJZIGING_TRAJECT)
    with pytest.raises(PlaatsingAlBeeindigd):
        plaatsing.beeindig(BEGIN, Eindereden.WIJZIGING_TRAJECT)
