"""De verjaardagsregel van elke gemeente: het bestand, en wat de API en de bedragen ervan zeggen."""

from __future__ import annotations

from datetime import date

import pytest

from services.financiering.domain.leeftijdsgroep import Verjaardagskeuze, Verjaardagsregel
from services.financiering.store import kandidaten
from services.financiering.verjaardagsregels import BESTAND, lees
from tests.financiering.conftest import Client
from tests.financiering.omgeving import BOXTEL, VUGHT, Kandidaat, Omgeving

KEUZE = """
[[keuze]]
gemeentecode = "0757"
vanaf = 2026-01-01
regel = "bij-de-jaarlijkse-herziening"
bron = "proef"
"""
STANDAARD = 'standaard = "vanaf-de-verjaardagsmaand"\n'


def test_zonder_keuze_telt_overal_de_maand_van_de_verjaardag() -> None:
    keuzes = lees(BESTAND.read_text())
    assert keuzes.keuzes == ()
    assert keuzes.regel(BOXTEL, date(2026, 1, 1)) is Verjaardagsregel.VERJAARDAGSMAAND


def test_het_voorbeeld_in_het_bestand_is_een_keuze() -> None:
    kop, _, voorbeeld = BESTAND.read_text().partition("#\n# [[keuze]]")
    tekst = kop + "[[keuze]]" + voorbeeld.replace("\n# ", "\n")
    assert lees(tekst).keuzes == (
        Verjaardagskeuze(BOXTEL, date(2027, 1, 1), Verjaardagsregel.JAARLIJKSE_HERZIENING),
    )


@pytest.mark.parametrize(
    ("tekst", "melding"),
    [
        ("", "standaard"),
        (STANDAARD + KEUZE.replace("0757", "0344"), "kies een van 0753"),
        (STANDAARD + KEUZE.replace("bij-de-jaarlijkse-herziening", "vanaf-de-verjaardag"), "maand"),
        (STANDAARD + KEUZE.replace("2026-01-01", '"ooit"'), "vanaf"),
        (STANDAARD + KEUZE.replace('bron = "proef"', ""), "bron"),
        (STANDAARD + KEUZE + "tot = 2027-01-01", "tot"),
        (STANDAARD + KEUZE + KEUZE, "een gemeente kiest van een dag af een verjaardagsregel"),
    ],
)
def test_een_bestand_dat_niet_klopt_wordt_geweigerd(tekst: str, melding: str) -> None:
    with pytest.raises(ValueError, match=melding):
        lees(tekst)


async def test_elke_gemeente_rekent_met_haar_eigen_regel_en_laat_haar_zien(
    omgeving: Omgeving, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kandidaten, "_VERJAARDAGSKEUZES", lees(STANDAARD + KEUZE))
    for gemeente, regel, bedragen, uitleg in (
        (BOXTEL, "bij-de-jaarlijkse-herziening", ["979.29"], "vanaf 1 januari na de verjaardag"),
        (
            VUGHT,
            "vanaf-de-verjaardagsmaand",
            ["979.29", "1224.11"],
            "vanaf de maand van de verjaardag",
        ),
    ):
        k = Kandidaat(gemeente)
        await omgeving.hoort(
            k.doorverwezen(date(2025, 11, 3), groep="20"),
            k.plaatsing(date(2026, 1, 12)),
            k.leeftijdsgroep("21+", date(2026, 9, 1)),
        )
        assert [bedrag for _, bedrag in await omgeving.bedragen(k)] == bedragen
        pad = f"/loonkostensubsidies/{(await omgeving.lks(k)).lks_id}"
        bij = client(gemeente)
        assert (await bij.get(pad)).json()["verjaardagsregel"] == regel
        berekening = (await bij.get(f"{pad}/berekening", params={"op": "2026-10-01"})).json()
        assert uitleg in berekening["stappen"][0]["omschrijving"]
        assert berekening["maandbedrag"] == bedragen[-1]


async def test_bij_een_overdracht_verandert_het_bedrag_niet_door_een_andere_regel(
    omgeving: Omgeving, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kandidaten, "_VERJAARDAGSKEUZES", lees(STANDAARD + KEUZE))
    k = Kandidaat(BOXTEL)
    await omgeving.hoort(
        k.doorverwezen(date(2025, 11, 3), groep="20"),
        k.plaatsing(date(2026, 1, 12)),
        k.leeftijdsgroep("21+", date(2026, 9, 1)),
        k.overgedragen(VUGHT, date(2026, 10, 1)),
    )
    assert {bedrag for _, bedrag in await omgeving.bedragen(k)} == {"979.29"}
