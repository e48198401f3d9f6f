"""The judge sees what is lost, doubled, out of order or wrong; and is not misled by ids."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

import pytest

from tests.storing.kanalen import Verteld, eerste_keer
from tests.storing.oordeel import per_reis, verschillen, volgordefouten
from tests.storing.toestand import Rij, Toestand, bedragen, toestand

BRON = "urn:nld:oin:00000099000000001000:systeem:intake"


class Keten:
    """What a chain could hold after some klantreizen; the ids differ from run to run."""

    def __init__(self, zaad: int, reizen: int = 3) -> None:
        self._toeval = random.Random(zaad)
        self.per_kandidaat = {self.id(): nummer for nummer in range(reizen)}
        self.rijen: list[Rij] = []
        self.verteld: list[Verteld] = []
        for kandidaat, nummer in self.per_kandidaat.items():
            werkgever, plaatsing = self.id(), self.id()
            self.rij("intake.kandidaat", id=kandidaat, gemeentecode="0757")
            self.rij("plaatsing.werkgever", id=werkgever, naam="Voorbeeld")
            self.rij(
                "plaatsing.plaatsing",
                id=plaatsing,
                kandidaat_id=kandidaat,
                werkgever_id=werkgever,
            )
            self.rij(
                "financiering.vaststelling", plaatsing_id=plaatsing, maandbedrag=f"{600 + nummer}.5"
            )
            for versie in (1, 2, 3):
                inhoud = f'{{"plaatsingId": "{plaatsing}", "stap": {versie}}}'
                self.verteld.append(Verteld(self.id(), BRON, kandidaat, versie, inhoud))

    def id(self) -> str:
        return str(UUID(int=self._toeval.getrandbits(128), version=4))

    def rij(self, tabel: str, **waarden: str) -> None:
        self.rijen.append(Rij(tabel, tuple(waarden.items())))

    @property
    def toestand(self) -> Toestand:
        rijen = self.rijen[:]
        self._toeval.shuffle(rijen)
        return toestand(rijen, self.per_kandidaat)

    def gehoord(self, verteld: Sequence[Verteld]) -> dict[int, list[str]]:
        return per_reis(verteld, self.toestand, self.per_kandidaat)


@pytest.fixture
def verwacht() -> Keten:
    return Keten(1)


@pytest.fixture
def gevonden() -> Keten:
    return Keten(2)


def test_twee_ketens_met_andere_ids_zijn_gelijk(verwacht: Keten, gevonden: Keten) -> None:
    assert verschillen(verwacht.toestand.per_reis, gevonden.toestand.per_reis) == []
    assert verwacht.toestand.los == gevonden.toestand.los == []
    eigen, ander = verwacht.gehoord(verwacht.verteld), gevonden.gehoord(gevonden.verteld)
    assert verschillen(eigen, ander) == []
    assert volgordefouten(gevonden.verteld) == []


def test_een_rij_te_weinig_is_een_verschil_van_haar_klantreis(
    verwacht: Keten, gevonden: Keten
) -> None:
    gevonden.rijen.pop()
    [fout] = verschillen(verwacht.toestand.per_reis, gevonden.toestand.per_reis)
    assert fout.startswith("klantreis 2:")
    assert "-financiering.vaststelling" in fout


def test_een_dubbele_rij_is_een_verschil(verwacht: Keten, gevonden: Keten) -> None:
    gevonden.rijen.append(gevonden.rijen[-1])
    [fout] = verschillen(verwacht.toestand.per_reis, gevonden.toestand.per_reis)
    assert "+financiering.vaststelling" in fout


def test_een_ander_bedrag_is_een_verschil(verwacht: Keten, gevonden: Keten) -> None:
    laatste = gevonden.rijen[-1]
    [plaatsing, _] = laatste.waarden
    gevonden.rijen[-1] = replace(laatste, waarden=(plaatsing, ("maandbedrag", "602.51")))
    [fout] = verschillen(verwacht.toestand.per_reis, gevonden.toestand.per_reis)
    assert "+financiering.vaststelling" in fout
    assert bedragen(gevonden.rijen) != bedragen(verwacht.rijen)


def test_een_verwijzing_naar_een_ander_is_een_verschil(verwacht: Keten, gevonden: Keten) -> None:
    """The same rows, but the placement of one kandidaat is with the werkgever of another."""
    eerste, tweede, _ = (n for n, r in enumerate(gevonden.rijen) if r.tabel.endswith(".plaatsing"))
    a, b = gevonden.rijen[eerste], gevonden.rijen[tweede]
    gevonden.rijen[eerste] = replace(a, waarden=(*a.waarden[:2], b.waarden[2]))
    assert verschillen(verwacht.toestand.per_reis, gevonden.toestand.per_reis)
    assert gevonden.toestand.los == ["plaatsing.werkgever id=* naam=Voorbeeld"]


def test_wat_bij_geen_kandidaat_hoort_blijft_niet_onopgemerkt(gevonden: Keten) -> None:
    gevonden.rij("plaatsing.werkgever", id=gevonden.id(), naam="Twee keer gemaakt")
    assert gevonden.toestand.los == ["plaatsing.werkgever id=* naam=Twee keer gemaakt"]


def test_een_verloren_gebeurtenis_valt_op(verwacht: Keten, gevonden: Keten) -> None:
    midden = [e for e in gevonden.verteld if e.versie != 2]
    assert all("ontbreekt: [2]" in fout for fout in volgordefouten(midden))
    # One at the end leaves no gap: only the other run tells that it is missing.
    einde = gevonden.verteld[:-1]
    assert volgordefouten(einde) == []
    eigen = verwacht.gehoord(verwacht.verteld)
    [fout] = verschillen(eigen, gevonden.gehoord(einde))
    assert fout.startswith("klantreis 2:")


def test_een_dubbele_gebeurtenis_valt_op_en_mag_alleen_op_de_lijn(gevonden: Keten) -> None:
    dubbel = [*gevonden.verteld, gevonden.verteld[0]]
    assert any("dubbel: [1]" in fout for fout in volgordefouten(dubbel))
    assert eerste_keer(dubbel) == gevonden.verteld


def test_een_tweede_gebeurtenis_met_dezelfde_versie_is_geen_herhaling(gevonden: Keten) -> None:
    dubbel = [*gevonden.verteld, replace(gevonden.verteld[0], id=gevonden.id())]
    assert volgordefouten(eerste_keer(dubbel))


def test_verwisselde_gebeurtenissen_vallen_op(gevonden: Keten) -> None:
    eerste, tweede, *rest = gevonden.verteld
    [fout] = volgordefouten([tweede, eerste, *rest])
    assert "na een latere: [1]" in fout


def test_een_andere_inhoud_valt_op(verwacht: Keten, gevonden: Keten) -> None:
    anders = [replace(gevonden.verteld[0], inhoud='{"stap": 9}'), *gevonden.verteld[1:]]
    [fout] = verschillen(verwacht.gehoord(verwacht.verteld), gevonden.gehoord(anders))
    assert fout.startswith("klantreis 0:")


def test_wie_later_begint_te_horen_mist_niets(gevonden: Keten) -> None:
    assert volgordefouten([e for e in gevonden.verteld if e.versie > 1]) == []


def test_een_gebeurtenis_over_een_onbekende_valt_op(verwacht: Keten, gevonden: Keten) -> None:
    vreemd = [*gevonden.verteld, replace(gevonden.verteld[0], subject=gevonden.id())]
    [fout] = verschillen(verwacht.gehoord(verwacht.verteld), gevonden.gehoord(vreemd))
    assert fout.startswith("klantreis -1:")
