"""The page of the examples names all of them and all their settings, and each of them is run."""

from __future__ import annotations

import re

from tests.docs import test_voorbeelden_http, test_voorbeelden_kafka, test_voorbeelden_webhook
from tests.docs.voorbeelden import MAP

UITGEVOERD = (
    *test_voorbeelden_kafka.BESTANDEN,
    *test_voorbeelden_http.BESTANDEN,
    *test_voorbeelden_webhook.BESTANDEN,
)
BLADZIJDE = (MAP / "README.md").read_text()
_INSTELLING = {
    ".py": r'os\.environ(?:\.get\(|\[)"([A-Z_]+)"',
    ".sh": r"\$\{?([A-Z][A-Z_]+)",
    ".mjs": r"\b([A-Z][A-Z_]+)\b(?=[^;]*\}\s*=\s*process\.env)",
}


def instellingen(bestand: str) -> set[str]:
    """The variables that an example takes from its environment."""
    pad = MAP / bestand
    return set(re.findall(_INSTELLING[pad.suffix], pad.read_text()))


def test_elk_voorbeeld_wordt_uitgevoerd() -> None:
    assert {bestand.name for bestand in MAP.iterdir()} - {"README.md"} == set(UITGEVOERD)


def test_de_bladzijde_noemt_elk_voorbeeld() -> None:
    genoemd = re.findall(r"^\| \[(.*?)\]\((.*?)\) \|", BLADZIJDE, re.MULTILINE)
    assert sorted(genoemd) == sorted((bestand, bestand) for bestand in UITGEVOERD)


def test_de_bladzijde_beschrijft_elke_instelling_en_geen_andere() -> None:
    beschreven = re.findall(r"^\| `([A-Z_]+)` \|", BLADZIJDE, re.MULTILINE)
    assert all(instellingen(bestand) for bestand in UITGEVOERD)
    assert sorted(beschreven) == sorted(set().union(*map(instellingen, UITGEVOERD)))
