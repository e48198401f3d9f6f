"""The judges of others for the documents we make: veraPDF, EN 16931 and SI-UBL (NLCIUS)."""

from __future__ import annotations

import json
import subprocess
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from lxml import etree
from saxonche import PySaxonProcessor

from deploy.maven import Maven

KEURMEESTERS: Final = Maven("De keurmeesters voor documenten", Path(__file__).parent)

_PROFIELEN: Final = {"PDF/A-2A validation profile", "PDF/UA-1 validation profile"}
_SI_UBL: Final = "external/schematron/simplerinvoicing/si-ubl-2.0.3.12.xslt"
_SVRL: Final = {"svrl": "http://purl.oclc.org/dsdl/svrl"}


def opgehaald_in(map_: Path) -> Path:
    """Where the versions of the pom stand under `map_`, fetched or not."""
    versies = (KEURMEESTERS.versie(f"{naam}.version") for naam in ("verapdf", "phive-rules"))
    return map_ / "-".join(versies)


@dataclass(frozen=True)
class VeraPDF:
    """The formal check of PDF/A-2a and PDF/UA-1, for files that say they are both."""

    java: str
    jars: Path

    def fouten(self, documenten: Mapping[str, bytes]) -> list[str]:
        """The rules broken, each with the name of its document: nothing when all are in order."""
        (jar,) = self.jars.glob("greenfield-apps-*.jar")
        with tempfile.TemporaryDirectory(prefix="meedoen-keuring-") as map_:
            for naam, document in documenten.items():
                Path(map_, f"{naam}.pdf").write_bytes(document)
            uitkomst = subprocess.run(
                [
                    *(self.java, "-cp", jar, "org.verapdf.apps.GreenfieldCliWrapper"),
                    *("--format", "json"),
                    *sorted(Path(map_).iterdir()),
                ],
                capture_output=True,
                check=False,
            )
        gekeurd = json.loads(uitkomst.stdout)["report"]["jobs"]
        assert len(gekeurd) == len(documenten)
        return [fout for document in gekeurd for fout in _fouten_van(document)]


def _fouten_van(document: dict[str, Any]) -> list[str]:
    naam = Path(document["itemDetails"]["name"]).stem
    uitkomsten = document.get("validationResult", [])
    ongezien = _PROFIELEN - {uitkomst["profileName"] for uitkomst in uitkomsten}
    return [f"{naam}: niet gekeurd als {profiel}" for profiel in sorted(ongezien)] + [
        f"{naam}: {regel['specification']} {regel['clause']}: {regel['description']}"
        for uitkomst in uitkomsten
        for regel in uitkomst["details"]["ruleSummaries"]
    ]


class Schematron:
    """Rules for an e-invoice that were compiled to XSLT 2.0."""

    def __init__(self, xslt: str) -> None:
        self._processor = PySaxonProcessor(license=False)
        self._regels = self._processor.new_xslt30_processor().compile_stylesheet(
            stylesheet_text=xslt
        )

    def fouten(self, xml: bytes) -> list[str]:
        """The ids of the rules, also those that only warn, that the document breaks."""
        bron = self._processor.parse_xml(xml_text=xml.decode())
        rapport = etree.fromstring(self._regels.transform_to_string(xdm_node=bron).encode())
        assert rapport.xpath("//svrl:fired-rule", namespaces=_SVRL)
        gevonden: list[str] = rapport.xpath("//svrl:failed-assert/@id", namespaces=_SVRL)
        return gevonden


def si_ubl(jars: Path) -> Schematron:
    """The rules of SI-UBL 2.0 (NLCIUS) together with those of EN 16931 that they stand on."""
    (jar,) = jars.glob("phive-rules-simplerinvoicing-*.jar")
    with zipfile.ZipFile(jar) as inhoud:
        return Schematron(inhoud.read(_SI_UBL).decode())
