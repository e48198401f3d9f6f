"""What holds for the rules of all four services together."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

DIENSTEN = ["intake", "diagnose", "plaatsing", "financiering"]
WET = "chassis.awb"
"""Days of the Awb and the Atw: the same law for every service, on dates alone."""
SERVICES = Path(__file__).parent.parent / "services"


def fouten_module(dienst: str) -> ModuleType:
    return importlib.import_module(f"services.{dienst}.domain.fouten")


def fouten(dienst: str) -> list[Any]:
    module = fouten_module(dienst)
    return [
        klasse
        for _, klasse in inspect.getmembers(module, inspect.isclass)
        if issubclass(klasse, module.DomeinFout) and klasse is not module.DomeinFout
    ]


def geimporteerd(bestand: Path) -> set[str]:
    namen: set[str] = set()
    for knoop in ast.walk(ast.parse(bestand.read_text(encoding="utf-8"))):
        if isinstance(knoop, ast.Import):
            namen |= {alias.name for alias in knoop.names}
        elif isinstance(knoop, ast.ImportFrom):
            assert knoop.level == 0, f"relative import in {bestand}"
            namen.add(knoop.module or "")
    return namen


@pytest.mark.parametrize("dienst", DIENSTEN)
def test_de_regels_staan_op_de_standaardbibliotheek_en_op_zichzelf(dienst: str) -> None:
    bestanden = sorted((SERVICES / dienst / "domain").glob("*.py"))
    assert len(bestanden) > 3
    for bestand in bestanden:
        for naam in geimporteerd(bestand):
            eigen = naam.startswith(f"services.{dienst}.domain.") or naam == WET
            assert eigen or naam.split(".")[0] in sys.stdlib_module_names, f"{bestand}: {naam}"


@pytest.mark.parametrize("dienst", DIENSTEN[1:])
def test_een_weigering_heeft_in_elke_dienst_dezelfde_vorm(dienst: str) -> None:
    """The base is written four times, because a service imports no other; it may not drift."""
    eerste, deze = fouten_module(DIENSTEN[0]), fouten_module(dienst)
    for naam in ("Punt", "DomeinFout"):
        assert inspect.getsource(getattr(deze, naam)) == inspect.getsource(getattr(eerste, naam))


@pytest.mark.parametrize("dienst", DIENSTEN)
def test_elke_weigering_heeft_een_eigen_code_en_titel(dienst: str) -> None:
    klassen = fouten(dienst)
    assert klassen
    assert len({klasse.code for klasse in klassen}) == len(klassen)
    for klasse in klassen:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", klasse.code)
        assert klasse.titel != klasse.__mro__[1].titel
        assert klasse.soort in {"invoer", "toestand", "bevoegdheid"}


@pytest.mark.parametrize("dienst", DIENSTEN)
def test_een_weigering_draagt_wat_een_probleemdocument_nodig_heeft(dienst: str) -> None:
    for klasse in fouten(dienst):
        fout = klasse("Doe iets anders.")
        assert (fout.uitleg, str(fout), fout.punten) == ("Doe iets anders.", "Doe iets anders.", ())
        assert fout.artikel is None or fout.artikel
        assert klasse("x", artikel="art. 1").artikel == "art. 1"


@pytest.mark.parametrize("dienst", DIENSTEN)
def test_elke_weigering_wordt_ergens_gebruikt(dienst: str) -> None:
    rest = "".join(
        bestand.read_text(encoding="utf-8")
        for laag in ("domain", "use_cases")
        for bestand in (SERVICES / dienst / laag).glob("*.py")
        if bestand.name != "fouten.py"
    )
    for klasse in fouten(dienst):
        assert re.search(rf"\b{klasse.__name__}\(", rest), klasse.__name__
