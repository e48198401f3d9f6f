"""De tekenaar van bpmn.io opent elke beslistabel, en wat hij bewaart is dezelfde tabel."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any, Final

import pytest

from services.diagnose.beslistabellen import MAP, beslistabellen, lees_adviestabel
from tests.conftest import WORTEL, vereis

MODULES: Final = Path(os.environ.get("MEEDOEN_NODE_MODULES", WORTEL / ".meedoen/node/node_modules"))
DMN_JS: Final = MODULES / "dmn-js" / "dist" / "dmn-modeler.production.min.js"
TABELLEN: Final = beslistabellen().tabellen
PAGINA: Final = """<!doctype html><meta charset="utf-8">
<script src="%(dmn_js)s"></script><body><div id="vlak"></div><script>
(async () => {
  const geopend = {};
  for (const [naam, xml] of Object.entries(%(bestanden)s)) {
    const modeler = new DmnJS({ container: "#vlak" });
    try {
      const { warnings } = await modeler.importXML(xml);
      const soorten = modeler.getViews().map((beeld) => beeld.type);
      await modeler.open(modeler.getViews().find((beeld) => beeld.type === "drd"));
      const vormen = modeler.getActiveViewer().get("elementRegistry").getAll();
      await modeler.open(modeler.getViews().find((beeld) => beeld.type === "decisionTable"));
      const cellen = [...document.querySelectorAll("#vlak tbody td, #vlak thead th")];
      const { xml: bewaard } = await modeler.saveXML({ format: true });
      geopend[naam] = {
        soorten, bewaard, vormen: vormen.map((vorm) => vorm.id),
        tekst: cellen.map((cel) => cel.textContent).join("\\n"),
        bezwaren: warnings.map((w) => w.message),
      };
    } catch (fout) {
      geopend[naam] = { soorten: [], bewaard: "", vormen: [], tekst: "", bezwaren: [fout.message] };
    }
    modeler.destroy();
  }
  document.body.textContent = JSON.stringify(geopend);
})();
</script>"""


@pytest.fixture(scope="module")
def geopend(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """By name of the file: what dmn-js shows of it, what it objects to and what it saves."""
    chromium = shutil.which("chromium")
    vereis(chromium, "chromium ontbreekt (apt-get install chromium)")
    vereis(DMN_JS.is_file(), "dmn-js ontbreekt: npm ci in deploy/ci, of MEEDOEN_NODE_MODULES")
    bestanden = json.dumps({n: (MAP / f"{n}.dmn").read_text("utf-8") for n in TABELLEN})
    pagina = tmp_path_factory.mktemp("teken") / "teken.html"
    pagina.write_text(
        PAGINA % {"dmn_js": DMN_JS.as_uri(), "bestanden": bestanden.replace("</", "<\\/")},
        "utf-8",
    )
    opties = ["--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=30000"]
    uitvoer = subprocess.run(
        [str(chromium), *opties, f"--user-data-dir={pagina.parent}", "--dump-dom", pagina.as_uri()],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    ).stdout
    gevonden = re.search(r"<body>(\{.*\})</body>", uitvoer, re.S)
    assert gevonden, "dmn-js heeft niets geopend"
    alle: dict[str, Any] = json.loads(html.unescape(gevonden[1]))
    return alle


@pytest.mark.parametrize("naam", TABELLEN)
def test_dmn_js_opent_elke_tabel_zonder_bezwaar(naam: str, geopend: dict[str, Any]) -> None:
    gezien = geopend[naam]
    assert gezien["bezwaren"] == []
    assert gezien["soorten"] == ["drd", "decisionTable"]
    assert TABELLEN[naam].naam in gezien["vormen"]
    for regel in TABELLEN[naam].regels:
        assert regel.reden in gezien["tekst"]
        assert f'"{regel.uitkomst["richting"]}"' in gezien["tekst"]


@pytest.mark.parametrize("naam", TABELLEN)
def test_wat_dmn_js_bewaart_is_dezelfde_tabel(naam: str, geopend: dict[str, Any]) -> None:
    tabel = TABELLEN[naam]
    bewaard = lees_adviestabel(tabel.naam, tabel.versie, geopend[naam]["bewaard"].encode())
    assert bewaard == tabel


@pytest.mark.parametrize("naam", TABELLEN)
def test_een_bestand_staat_er_zoals_dmn_js_het_bewaart(naam: str, geopend: dict[str, Any]) -> None:
    """So that a change in a modeler shows in a review as that change, and nothing else."""
    assert (MAP / f"{naam}.dmn").read_text("utf-8") == geopend[naam]["bewaard"]
