"""De tekenaar van bpmn.io tekent elk procesbestand; de SVG's staan daarna in .meedoen/processen."""

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

from tests.conftest import WORTEL, vereis
from tests.intake.processen.tekening import BESTANDEN, lees_tekening

MODULES: Final = Path(os.environ.get("MEEDOEN_NODE_MODULES", WORTEL / ".meedoen/node/node_modules"))
BPMN_JS: Final = MODULES / "bpmn-js" / "dist" / "bpmn-viewer.production.min.js"
UIT: Final = WORTEL / ".meedoen" / "processen"
PAGINA: Final = """<!doctype html><meta charset="utf-8">
<script src="%(bpmn_js)s"></script><body><div id="vlak"></div><script>
(async () => {
  const getekend = {};
  for (const [naam, xml] of Object.entries(%(bestanden)s)) {
    const tekenaar = new BpmnJS({ container: "#vlak" });
    try {
      const { warnings } = await tekenaar.importXML(xml);
      const vormen = tekenaar.get("elementRegistry").getAll().map((vorm) => vorm.id);
      const { svg } = await tekenaar.saveSVG();
      getekend[naam] = { svg, vormen, bezwaren: warnings.map((w) => w.message) };
    } catch (fout) {
      getekend[naam] = { svg: "", vormen: [], bezwaren: [fout.message] };
    }
    tekenaar.destroy();
  }
  document.body.textContent = JSON.stringify(getekend);
})();
</script>"""


@pytest.fixture(scope="module")
def getekend(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """By name of the process: its SVG, the ids it shows, and what bpmn-js had to say."""
    chromium = shutil.which("chromium")
    vereis(chromium, "chromium ontbreekt (apt-get install chromium)")
    vereis(BPMN_JS.is_file(), "bpmn-js ontbreekt: npm ci in deploy/ci, of MEEDOEN_NODE_MODULES")
    bestanden = json.dumps({naam: pad.read_text("utf-8") for naam, pad in BESTANDEN.items()})
    pagina = tmp_path_factory.mktemp("teken") / "teken.html"
    pagina.write_text(
        PAGINA % {"bpmn_js": BPMN_JS.as_uri(), "bestanden": bestanden.replace("</", "<\\/")},
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
    assert gevonden, "bpmn-js heeft niets getekend"
    alle: dict[str, Any] = json.loads(html.unescape(gevonden[1]))
    UIT.mkdir(parents=True, exist_ok=True)
    for naam, tekening in alle.items():
        (UIT / f"{naam}.svg").write_text(tekening["svg"], "utf-8")
    return alle


@pytest.mark.parametrize("naam", sorted(BESTANDEN))
def test_bpmn_js_tekent_alles_zonder_bezwaar(naam: str, getekend: dict[str, Any]) -> None:
    tekening = lees_tekening(BESTANDEN[naam])
    assert getekend[naam]["bezwaren"] == []
    assert set(getekend[naam]["vormen"]) >= set(tekening.elementen)
    assert getekend[naam]["svg"].count('class="djs-visual"') >= len(tekening.elementen)
    gebroken = [
        f"{woord} bij {code}"
        for code, element in tekening.elementen.items()
        for woord in re.findall(r"\w+", element.get("name", ""))
        if woord not in getekend[naam]["svg"]
    ]
    assert not gebroken, "een woord past niet in zijn vorm"
