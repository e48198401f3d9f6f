"""De drie scenario's van bron 001 komen uit de uitgangspunten die ervan zijn opgeschreven."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path
from typing import Final

import pytest

from services.financiering.domain.doorrekening import (
    EXPLOITATIE,
    JAREN,
    STRUCTUREEL,
    Bronscenario,
    Doorrekening,
    Driver,
    Exploitatierij,
    Totaal,
    medewerkers,
    reken_door,
)
from services.financiering.koersdocument import koersscenarios

_GEGEVENS: Final = Path(__file__).parent / "gegevens"


def tabel(bestand: str) -> dict[str, list[int]]:
    """Row name to the figures of the source; what it leaves open is nil."""
    _, *rijen = csv.reader((_GEGEVENS / bestand).read_text().splitlines())
    return {naam: [int(getal or 0) for getal in getallen] for naam, *getallen in rijen}


def doorrekening(scenario: Bronscenario) -> Doorrekening:
    return reken_door(koersscenarios()[scenario].uitgangspunten)


GEZAMENLIJK: Final = doorrekening(Bronscenario.GEZAMENLIJK)
BREAK_EVEN: Final = doorrekening(Bronscenario.BREAK_EVEN)
TACHTIG: Final = doorrekening(Bronscenario.TACHTIG)


def totaal_medewerkers(uitkomst: Doorrekening) -> list[int]:
    return [int(medewerkers(uitkomst.uitgangspunten[jaar])) for jaar in JAREN]


def test_de_exploitatie_heeft_de_rijen_van_de_bron_in_haar_volgorde() -> None:
    assert [r.naam for r in EXPLOITATIE.values()] == list(tabel("koersdocument_exploitatie.csv"))


@pytest.mark.parametrize("rij", Exploitatierij)
def test_elke_rij_en_elk_totaal_van_110_procent_is_die_van_de_bron(rij: Exploitatierij) -> None:
    verwacht = tabel("koersdocument_exploitatie.csv")[EXPLOITATIE[rij].naam]
    assert [GEZAMENLIJK.bedragen[rij][jaar].duizenden for jaar in JAREN] == verwacht


@pytest.mark.parametrize(
    ("driver", "rij"),
    [
        (Driver.WSW_MEDEWERKERS, "Medewerkers Wsw"),
        (Driver.PW_MEDEWERKERS, "Medewerkers PW met loonkostensubsidie"),
    ],
)
def test_de_personen_van_110_procent_zijn_die_van_de_bron(driver: Driver, rij: str) -> None:
    verwacht = tabel("koersdocument_personen.csv")[rij]
    uitgangspunten = GEZAMENLIJK.uitgangspunten
    assert [uitgangspunten[jaar][driver] for jaar in JAREN[:-1]] == verwacht


def test_110_procent_groeit_naar_2300_en_blijft_daar() -> None:
    van_de_bron = tabel("koersdocument_personen.csv")["Totaal doelgroepmedewerkers"]
    assert totaal_medewerkers(GEZAMENLIJK) == [*van_de_bron, 2300]
    assert round(2300 / 2090, 2) == 1.1


@pytest.mark.parametrize("scenario", Bronscenario)
def test_de_getoonde_tabel_telt_op_en_wijkt_nergens_een_tiental_per_rij_af(
    scenario: Bronscenario,
) -> None:
    """The rows as shown add up to the totals as shown, as in the source itself."""
    uitkomst = doorrekening(scenario)
    for rij, inhoud in EXPLOITATIE.items():
        for jaar in JAREN:
            bedrag = uitkomst.bedragen[rij][jaar]
            if isinstance(inhoud, Totaal):
                getoond = [uitkomst.bedragen[deel][jaar].duizenden for deel in inhoud.plus]
                eraf = [uitkomst.bedragen[deel][jaar].duizenden for deel in inhoud.min]
                assert bedrag.duizenden == sum(getoond) - sum(eraf)
            else:
                assert abs(bedrag.euro - bedrag.duizenden * 1000) <= 5000
                assert bedrag.duizenden % 10 == 0


def test_break_even_sluit_bij_circa_2100_medewerkers_en_25_procent_meer_plusdiensten() -> None:
    waarden = BREAK_EVEN.uitgangspunten[STRUCTUREEL]
    assert medewerkers(waarden) == 2100
    assert waarden[Driver.GROEI_PLUSDIENSTEN] == 25
    assert BREAK_EVEN.resultaat(STRUCTUREEL).duizenden == 0
    assert abs(BREAK_EVEN.resultaat(STRUCTUREEL).euro) < 5000
    assert BREAK_EVEN.sluitend_bij(STRUCTUREEL) == 2100


def test_80_procent_zakt_naar_circa_1850_en_1770() -> None:
    aantallen = dict(zip(JAREN, totaal_medewerkers(TACHTIG), strict=True))
    assert (aantallen[2024], aantallen[2027]) == (1850, 1770)
    assert sorted(aantallen.values(), reverse=True) == list(aantallen.values())


def test_80_procent_is_vier_ton_per_jaar_slechter_oplopend_naar_zeven() -> None:
    verschillen = {
        jaar: GEZAMENLIJK.resultaat(jaar).duizenden - TACHTIG.resultaat(jaar).duizenden
        for jaar in JAREN
    }
    assert verschillen[2020] == 0
    for jaar in (2021, 2022, 2023, 2024):
        assert 350 <= verschillen[jaar] < 450, jaar
    assert 650 <= verschillen[2027] < 750


def test_80_procent_komt_in_2024_op_vrijwel_nihil_en_in_2027_op_circa_drie_ton() -> None:
    assert abs(TACHTIG.resultaat(2024).duizenden) <= 50
    assert 250 <= TACHTIG.resultaat(2027).duizenden < 350


def test_80_procent_investeert_niet_in_invoering() -> None:
    extra = TACHTIG.bedragen[Exploitatierij.TOTAAL_EXTRA_KOSTEN]
    assert {extra[jaar].duizenden for jaar in JAREN} == {0}


def test_elk_uitgangspunt_noemt_een_bron_en_elke_afleiding_is_herkenbaar() -> None:
    for scenario in koersscenarios().values():
        assert scenario.regels.keys() == set(Driver)
        for driver, regel in scenario.regels.items():
            assert "bron 001" in regel.bron or "bijlage 2" in regel.bron, driver
        assert len(scenario.aannames) >= 6


def test_wat_een_scenario_niet_noemt_is_als_in_110_procent() -> None:
    assert BREAK_EVEN.uitgangspunten[2024][Driver.AFSCHRIJVINGEN] == Decimal(1210000)
