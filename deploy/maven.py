"""Fetch files with Maven, once, and check every one against a known hash."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from xml.etree import ElementTree


class OphaalFout(Exception):
    """Files could not be fetched; the message says in Dutch what to do about it."""


@dataclass(frozen=True)
class Maven:
    """What one folder with a pom.xml and its jars.sha256 (of every jar) asks for."""

    onderwerp: str
    map_: Path

    @property
    def pom(self) -> Path:
        return self.map_ / "pom.xml"

    @property
    def hashes(self) -> Path:
        return self.map_ / "jars.sha256"

    def versie(self, eigenschap: str) -> str:
        """A version that the pom pins as a property."""
        gevonden = ElementTree.parse(self.pom).findtext(f"properties/{eigenschap}")  # noqa: S314
        if not gevonden:
            raise OphaalFout(f"In {self.pom} staat geen {eigenschap}.")
        return gevonden

    def haal_op(self, jars: Path) -> Path:
        """The folder `jars`, fetched when it is not there yet.  Raises OphaalFout."""
        jars = jars.absolute()
        if not jars.is_dir():
            jars.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=jars.parent, prefix="nieuw-") as nieuw:
                self._kopieer(Path(nieuw) / "jars")
                self.controleer(Path(nieuw) / "jars")
                try:
                    (Path(nieuw) / "jars").rename(jars)
                except OSError:
                    if not jars.is_dir():  # else another process was first
                        raise
        return jars

    def controleer(self, jars: Path) -> None:
        """Refuse a set of files that differs from what we tested with."""
        verwacht = {tuple(regel.split()) for regel in self.hashes.read_text().splitlines()}
        gevonden = {(sha256(jar.read_bytes()).hexdigest(), jar.name) for jar in jars.glob("*.jar")}
        anders = sorted({naam for _, naam in verwacht ^ gevonden})
        if anders:
            raise OphaalFout(
                f"De opgehaalde bestanden van {self.onderwerp} zijn niet die van {self.hashes}: "
                f"{', '.join(anders)}.\nIs de versie in {self.pom} veranderd, "
                "werk dan ook jars.sha256 bij."
            )

    def _kopieer(self, doel: Path) -> None:
        mvn = shutil.which("mvn")
        if not mvn:
            raise OphaalFout(
                f"{self.onderwerp} wordt met Maven opgehaald en Maven (mvn) is hier niet.\n"
                "Installeer het (Debian: apt-get install maven)."
            )
        opdracht = [
            mvn,
            "--batch-mode",
            "--quiet",
            f"--file={self.pom}",
            "dependency:copy-dependencies",
            f"-DoutputDirectory={doel}",
            "-DincludeScope=runtime",
        ]
        uitkomst = subprocess.run(opdracht, capture_output=True, text=True, check=False)
        if uitkomst.returncode != 0:
            fouten = [r for r in uitkomst.stdout.splitlines() if "ERROR" in r][:3]
            raise OphaalFout(
                f"Maven kan {self.onderwerp} niet ophalen:\n"
                + "\n".join(f"  {regel}" for regel in fouten)
                + "\nControleer de verbinding en de Maven-instellingen (settings.xml)."
            )
