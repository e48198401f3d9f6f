"""De beslistabellen van gemeenten: per regel een proef, en op elke invoer precies één antwoord."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any, Final

import pytest

from services.diagnose.beslistabellen import MAP, beslistabellen, lees_adviestabel
from services.diagnose.dmn import BeslistabelFout
from services.diagnose.domain.advies import Dienst, Programma, Richting, stel_voor
from services.diagnose.domain.beslistabel import Trefregel
from services.diagnose.domain.feiten import Feit, Feitsoort
from services.diagnose.service import SERVICE

DAG: Final = date(2026, 11, 20)
TABELLEN: Final = beslistabellen().tabellen
ELK_GETAL: Final[dict[str, tuple[bool | int, ...]]] = {
    "loonwaarde": tuple(range(101)),
    "participatieladder": tuple(range(1, 7)),
    "ontwikkelvermogen": (False, True),
    "aangepasteOmstandigheden": (False, True),
    "maandenTotWerk": tuple(range(121)),
}

REGELS: Final[dict[str, list[tuple[int, dict[str, Any], Richting, Programma, Dienst]]]] = {
    "standaard-1": [
        (
            1,
            {"aangepasteOmstandigheden": False, "loonwaarde": 80},
            Richting.REGULIER_WERK,
            Programma.UITSTROOM,
            Dienst.JOBHUNTING,
        ),
        (
            2,
            {"aangepasteOmstandigheden": False, "loonwaarde": 79},
            Richting.LOONKOSTENSUBSIDIE,
            Programma.ONTWIKKEL,
            Dienst.WERKEN_MET_LKS,
        ),
        (
            2,
            {"aangepasteOmstandigheden": False, "loonwaarde": 30},
            Richting.LOONKOSTENSUBSIDIE,
            Programma.ONTWIKKEL,
            Dienst.WERKEN_MET_LKS,
        ),
        (
            3,
            {"aangepasteOmstandigheden": False, "loonwaarde": 29, "ontwikkelvermogen": True},
            Richting.DAGBESTEDING,
            Programma.ONTWIKKEL,
            Dienst.OAD,
        ),
        (
            4,
            {"aangepasteOmstandigheden": False, "loonwaarde": 0, "ontwikkelvermogen": False},
            Richting.BESCHUT_WERK,
            Programma.WERK,
            Dienst.BESCHUT_WERKEN,
        ),
        (
            5,
            {"aangepasteOmstandigheden": True, "loonwaarde": 60, "ontwikkelvermogen": True},
            Richting.DAGBESTEDING,
            Programma.ONTWIKKEL,
            Dienst.OAD,
        ),
        (
            6,
            {"aangepasteOmstandigheden": True, "loonwaarde": 60, "ontwikkelvermogen": False},
            Richting.BESCHUT_WERK,
            Programma.WERK,
            Dienst.BESCHUT_WERKEN,
        ),
    ],
    "alphen-aan-den-rijn-1": [
        (
            1,
            {"participatieladder": 5},
            Richting.REGULIER_WERK,
            Programma.UITSTROOM,
            Dienst.JOBHUNTING,
        ),
        (
            2,
            {"participatieladder": 4, "loonwaarde": 80},
            Richting.REGULIER_WERK,
            Programma.UITSTROOM,
            Dienst.WERKACADEMIE,
        ),
        (
            3,
            {"participatieladder": 4, "loonwaarde": 79},
            Richting.LOONKOSTENSUBSIDIE,
            Programma.UITSTROOM,
            Dienst.WERKEN_MET_LKS,
        ),
        (
            4,
            {"participatieladder": 3},
            Richting.TRAJECT_NAAR_WERK,
            Programma.ONTWIKKEL,
            Dienst.WERKERVARINGSPLAATS,
        ),
        (
            5,
            {"participatieladder": 2, "ontwikkelvermogen": True},
            Richting.TRAJECT_NAAR_WERK,
            Programma.ONTWIKKEL,
            Dienst.WERKERVARINGSPLAATS,
        ),
        (
            6,
            {"participatieladder": 1, "ontwikkelvermogen": False},
            Richting.DAGBESTEDING,
            Programma.ONTWIKKEL,
            Dienst.OAD,
        ),
    ],
    "s-hertogenbosch-1": [
        (1, {"loonwaarde": 80}, Richting.REGULIER_WERK, Programma.UITSTROOM, Dienst.JOBHUNTING),
        (
            2,
            {"loonwaarde": 30, "aangepasteOmstandigheden": False},
            Richting.TRAJECT_NAAR_WERK,
            Programma.ONTWIKKEL,
            Dienst.WERKERVARINGSPLAATS,
        ),
        (
            3,
            {"loonwaarde": 40, "aangepasteOmstandigheden": True},
            Richting.BESCHUT_WERK,
            Programma.WERK,
            Dienst.BESCHUT_WERKEN,
        ),
        (4, {"loonwaarde": 29}, Richting.DAGBESTEDING, Programma.ONTWIKKEL, Dienst.OAD),
    ],
    "sudwest-fryslan-1": [
        (1, {"loonwaarde": 80}, Richting.REGULIER_WERK, Programma.UITSTROOM, Dienst.JOBHUNTING),
        (
            2,
            {"loonwaarde": 40, "aangepasteOmstandigheden": False},
            Richting.TRAJECT_NAAR_WERK,
            Programma.ONTWIKKEL,
            Dienst.WERKERVARINGSPLAATS,
        ),
        (
            3,
            {"loonwaarde": 79, "aangepasteOmstandigheden": True},
            Richting.BESCHUT_WERK,
            Programma.WERK,
            Dienst.BESCHUT_WERKEN,
        ),
        (4, {"loonwaarde": 39}, Richting.DAGBESTEDING, Programma.ONTWIKKEL, Dienst.OAD),
    ],
    "tilburg-1": [
        (
            1,
            {"maandenTotWerk": 12},
            Richting.TRAJECT_NAAR_WERK,
            Programma.UITSTROOM,
            Dienst.WERKACADEMIE,
        ),
        (
            2,
            {"maandenTotWerk": 13, "ontwikkelvermogen": True},
            Richting.TRAJECT_NAAR_WERK,
            Programma.ONTWIKKEL,
            Dienst.WERKERVARINGSPLAATS,
        ),
        (
            3,
            {"maandenTotWerk": 120, "ontwikkelvermogen": False},
            Richting.DAGBESTEDING,
            Programma.ONTWIKKEL,
            Dienst.OAD,
        ),
    ],
    "ijmond-1": [
        (
            1,
            {"aangepasteOmstandigheden": False},
            Richting.REGULIER_WERK,
            Programma.UITSTROOM,
            Dienst.WERKACADEMIE,
        ),
        (
            2,
            {"aangepasteOmstandigheden": True, "ontwikkelvermogen": True},
            Richting.TRAJECT_NAAR_WERK,
            Programma.ONTWIKKEL,
            Dienst.WERKERVARINGSPLAATS,
        ),
        (
            3,
            {"aangepasteOmstandigheden": True, "ontwikkelvermogen": False},
            Richting.DAGBESTEDING,
            Programma.ONTWIKKEL,
            Dienst.OAD,
        ),
    ],
}


def feiten(waarden: dict[str, Any]) -> tuple[Feit, ...]:
    return tuple(Feit.opgegeven(Feitsoort(n), w, DAG, "gesprek") for n, w in waarden.items())


@pytest.mark.parametrize(
    ("tabel", "regel", "waarden", "richting", "programma", "dienst"),
    [(tabel, *proef) for tabel, proeven in REGELS.items() for proef in proeven],
)
def test_elke_regel_stelt_voor_wat_de_gemeente_wil(
    tabel: str,
    regel: int,
    waarden: dict[str, Any],
    richting: Richting,
    programma: Programma,
    dienst: Dienst,
) -> None:
    voorstel = stel_voor(TABELLEN[tabel], feiten(waarden), DAG)
    assert (voorstel.regel, voorstel.richting) == (regel, richting)
    assert voorstel.programmas[0] is programma
    assert voorstel.dekt(programma, (dienst,))


def test_elke_regel_van_elke_tabel_heeft_een_proef() -> None:
    geproefd = {(tabel, regel) for tabel, proeven in REGELS.items() for regel, *_ in proeven}
    assert geproefd == {(n, r.nummer) for n, t in TABELLEN.items() for r in t.regels}


@pytest.mark.parametrize("naam", TABELLEN)
def test_elke_invoer_heeft_precies_een_antwoord(naam: str) -> None:
    """By the boundary regions, which stand for every value; and once more by every whole number."""
    tabel = TABELLEN[naam]
    assert tabel.trefregel is Trefregel.UNIQUE
    assert tabel.bezwaren() == []
    namen = [invoer.naam for invoer in tabel.invoer]
    for waarden in product(*(ELK_GETAL[invoer] for invoer in namen)):
        treffers = [regel for regel in tabel.regels if regel.geldt(waarden)]  # type: ignore[arg-type]
        assert len(treffers) == 1, (naam, waarden)


@pytest.mark.parametrize("naam", TABELLEN)
def test_een_tabel_met_een_gat_of_een_overlap_wordt_niet_geladen(naam: str) -> None:
    """Whatever row is taken out or twice there, the file is refused."""
    tekst = (MAP / f"{naam}.dmn").read_text("utf-8")
    for regel in TABELLEN[naam].regels:
        begin = tekst.index(f'<rule id="{regel.code}">')
        einde = tekst.index("</rule>", begin) + len("</rule>")
        for anders, bezwaar in (
            ("", "geen regel voor"),
            (tekst[begin:einde] * 2, "gelden tegelijk"),
        ):
            with pytest.raises(BeslistabelFout, match=bezwaar):
                lees_adviestabel("proef", 1, (tekst[:begin] + anders + tekst[einde:]).encode())


@pytest.mark.parametrize(
    ("oud", "nieuw", "bezwaar"),
    [
        ('"regulier-werk"', '"ergens"', "kolom richting: kies uit regulier-werk"),
        ('"uitstroomprogramma"', '"een programma"', "kolom programmas: kies uit"),
        ("werkacademie, ", "wandelen, ", "kolom diensten: kies uit"),
        ('"uitstroomprogramma"', '"werkprogramma"', "geen dienst die bij het werkprogramma hoort"),
    ],
)
def test_een_tabel_stelt_alleen_voor_wat_in_het_portfolio_staat(
    oud: str, nieuw: str, bezwaar: str
) -> None:
    tekst = (MAP / "standaard-1.dmn").read_text("utf-8")
    assert oud in tekst
    with pytest.raises(BeslistabelFout) as fout:
        lees_adviestabel("standaard", 1, tekst.replace(oud, nieuw, 1).encode())
    [melding] = fout.value.bezwaren
    assert melding.startswith("regel 1, ")
    assert bezwaar in melding


@pytest.mark.parametrize(
    ("gemeentecode", "tabel"),
    [
        ("0757", "standaard"),
        ("0484", "alphen-aan-den-rijn"),
        ("0796", "s-hertogenbosch"),
        ("1900", "sudwest-fryslan"),
        ("0855", "tilburg"),
        *((code, "ijmond") for code in ("0375", "0396", "0450", "0453")),
    ],
)
def test_een_gemeente_heeft_haar_eigen_tabel_of_de_standaard(gemeentecode: str, tabel: str) -> None:
    assert beslistabellen().voor(gemeentecode, DAG).naam == tabel


def test_voor_de_participatiewet_geldt_de_standaard() -> None:
    assert beslistabellen().voor("0855", date(2014, 12, 31)).naam == "standaard"


@pytest.fixture
def eigen_map(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the tables, to change before they are read again."""
    shutil.copytree(MAP, tmp_path, dirs_exist_ok=True)
    monkeypatch.setattr("services.diagnose.beslistabellen.MAP", tmp_path)
    beslistabellen.cache_clear()
    yield tmp_path
    beslistabellen.cache_clear()


def test_een_nieuwe_versie_geldt_vanaf_haar_dag(eigen_map: Path) -> None:
    shutil.copy(eigen_map / "tilburg-1.dmn", eigen_map / "tilburg-2.dmn")
    with (eigen_map / "gemeenten.toml").open("a") as mapping:
        mapping.write(
            '[[gemeente]]\ngemeentecodes = ["0855"]\ntabel = "tilburg-2"\n'
            'vanaf = 2027-01-01\nbron = "raadsbesluit"\n'
        )
    versies = [
        beslistabellen().voor("0855", dag).versie
        for dag in (date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 2))
    ]
    assert versies == [1, 2, 2]


def test_de_dienst_start_niet_met_een_tabel_die_niet_klopt(eigen_map: Path) -> None:
    bestand = eigen_map / "tilburg-1.dmn"
    bestand.write_text(bestand.read_text("utf-8").replace("&lt;= 12", "&lt; 12"), "utf-8")
    with pytest.raises(
        BeslistabelFout, match=r"tilburg-1\.dmn[^-]*- geen regel voor maandenTotWerk"
    ):
        SERVICE.api(None, None, {})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("van", "naar", "bezwaar"),
    [
        ("tilburg-1.dmn", "Tilburg.dmn", "naam-versie"),
        ("tilburg-1.dmn", "tilburg-9.dmn", "de tabel tilburg-1 is er niet"),
    ],
)
def test_de_dienst_start_niet_met_een_tabel_die_er_niet_is(
    eigen_map: Path, van: str, naar: str, bezwaar: str
) -> None:
    (eigen_map / van).rename(eigen_map / naar)
    with pytest.raises(ValueError, match=bezwaar):
        beslistabellen()


def test_jan_krijgt_bij_elke_gemeente_het_voorstel_van_die_gemeente() -> None:
    """Bron 004: about 40% loonwaarde, overvraagd, not directly bemiddelbaar."""
    jan = feiten(
        {
            "loonwaarde": 40,
            "participatieladder": 2,
            "ontwikkelvermogen": True,
            "aangepasteOmstandigheden": True,
            "maandenTotWerk": 24,
        }
    )
    assert {n: stel_voor(t, jan, DAG).richting for n, t in TABELLEN.items()} == {
        "standaard-1": Richting.DAGBESTEDING,
        "alphen-aan-den-rijn-1": Richting.TRAJECT_NAAR_WERK,
        "s-hertogenbosch-1": Richting.BESCHUT_WERK,
        "sudwest-fryslan-1": Richting.BESCHUT_WERK,
        "tilburg-1": Richting.TRAJECT_NAAR_WERK,
        "ijmond-1": Richting.TRAJECT_NAAR_WERK,
    }
