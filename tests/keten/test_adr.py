"""The OpenAPI documents pass the official linter of the Dutch API Design Rules 2.2.

The rules are of Logius and are not kept here: MEEDOEN_ADR_REGELS says where they are.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from contracts.afnemers import DIENSTEN
from gateway.service import FEED
from tests.conftest import vereis

WORTEL = Path(__file__).parents[2]
REGELS = Path(
    os.environ.get("MEEDOEN_ADR_REGELS", WORTEL.parent / "shared/standards/adr-2.2-linter.yaml")
)
MODULES = Path(os.environ.get("MEEDOEN_NODE_MODULES", WORTEL / ".meedoen/node/node_modules"))
SPECTRAL = "6.16.3"

pytestmark = pytest.mark.timeout(180)

Document = dict[str, Any]


def openapi_documenten() -> dict[str, Document]:
    """As they are published; that they are those of the services is tested with the contracts."""
    bestanden = (WORTEL / "contracts/openapi").glob("*.json")
    return {bestand.stem: json.loads(bestand.read_text("utf-8")) for bestand in bestanden}


def beoordeel(map_: Path, documenten: dict[str, Document]) -> dict[str, list[str]]:
    """By document what Spectral has against it, warnings too."""
    pakket = MODULES / "@stoplight/spectral-cli"
    node = shutil.which("node")
    vereis(
        node and pakket.exists(),
        "node of Spectral ontbreekt: npm ci in deploy/ci, of MEEDOEN_NODE_MODULES",
    )
    vereis(REGELS.exists(), f"de regels van ADR 2.2 ontbreken: {REGELS}, of MEEDOEN_ADR_REGELS")
    assert json.loads((pakket / "package.json").read_text())["version"] == SPECTRAL
    for naam, document in documenten.items():
        (map_ / f"{naam}.json").write_text(json.dumps(document), "utf-8")
    verslag = map_ / "verslag" / "spectral.json"
    verslag.parent.mkdir()
    run = subprocess.run(
        [
            *(str(node), str(pakket / "dist/index.js"), "lint", "--ruleset", str(REGELS)),
            *("-F", "warn", "--format", "json", "--output", str(verslag)),
            *(str(map_ / f"{naam}.json") for naam in documenten),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode in (0, 1), run.stdout + run.stderr
    gevonden: dict[str, list[str]] = {naam: [] for naam in documenten}
    for punt in json.loads(verslag.read_text()):
        plek = ".".join(map(str, punt["path"]))
        gevonden[Path(punt["source"]).stem].append(f"{punt['code']} {plek}: {punt['message']}")
    assert run.returncode == int(any(gevonden.values())), run.stdout + run.stderr
    return gevonden


def test_elk_document_voldoet_aan_de_api_design_rules(tmp_path: Path) -> None:
    documenten = openapi_documenten()
    assert documenten.keys() == {*DIENSTEN, FEED}
    bezwaren = beoordeel(tmp_path, documenten)
    assert not any(bezwaren.values()), bezwaren


def _schuine_streep(document: Document) -> None:
    document["paths"]["/kandidaten/"] = document["paths"].pop("/kandidaten")


def _geen_versie(document: Document) -> None:
    del document["paths"]["/kandidaten"]["get"]["responses"]["200"]["headers"]["API-Version"]


def _geen_contact(document: Document) -> None:
    del document["info"]["contact"]


def _hoofdletters(document: Document) -> None:
    document["paths"]["/alleKandidaten"] = document["paths"].pop("/kandidaten")


def test_de_regels_keuren_af_wat_niet_deugt(tmp_path: Path) -> None:
    fouten: list[Callable[[Document], None]] = [
        *(_schuine_streep, _geen_versie, _geen_contact, _hoofdletters)
    ]
    documenten = {}
    for maak_fout in fouten:
        document = openapi_documenten()["intake"]
        maak_fout(document)
        documenten[maak_fout.__name__] = document
    assert all(beoordeel(tmp_path, documenten).values())
