"""Fetch Apache Kafka's server with Maven, once, and check every file against a known hash."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from hashlib import sha256
from os import environ
from pathlib import Path
from xml.etree import ElementTree

HIER = Path(__file__).parent
POM = HIER / "pom.xml"
HASHES = HIER / "jars.sha256"
OUDSTE_JAVA = 17


class KafkaStartFout(Exception):
    """Kafka could not be fetched or started; the message says in Dutch what to do about it."""


@dataclass(frozen=True)
class Kafka:
    """A fetched Kafka: the Java that runs it and the folder with its jars."""

    java: str
    jars: Path


def versie() -> str:
    """The version that the pom pins."""
    gevonden = ElementTree.parse(POM).findtext("properties/kafka.version")  # noqa: S314 - ours
    if not gevonden:
        raise KafkaStartFout(f"In {POM} staat geen kafka.version.")
    return gevonden


def is_opgehaald(map_: Path) -> bool:
    return (map_ / versie()).is_dir()


def haal_op(map_: Path) -> Kafka:
    """Kafka's jars in `map_`/<version>, fetched when they are not there yet."""
    java = vind_java()
    map_ = map_.absolute()
    jars = map_ / versie()
    if not jars.is_dir():
        map_.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=map_, prefix="nieuw-") as nieuw:
            _kopieer_met_maven(Path(nieuw) / "jars")
            controleer(Path(nieuw) / "jars")
            try:
                (Path(nieuw) / "jars").rename(jars)
            except OSError:
                if not jars.is_dir():  # else another process was first
                    raise
    return Kafka(java, jars)


def controleer(jars: Path) -> None:
    """Refuse a set of files that differs from what we tested with."""
    verwacht = {tuple(regel.split()) for regel in HASHES.read_text().splitlines()}
    gevonden = {(sha256(jar.read_bytes()).hexdigest(), jar.name) for jar in jars.glob("*.jar")}
    anders = sorted({naam for _, naam in verwacht ^ gevonden})
    if anders:
        raise KafkaStartFout(
            "De opgehaalde bestanden van Apache Kafka zijn niet die van deploy/kafka/jars.sha256: "
            f"{', '.join(anders)}.\nIs de versie in deploy/kafka/pom.xml veranderd, "
            "werk dan ook jars.sha256 bij."
        )


def vind_java() -> str:
    """Path of a Java that is new enough for Kafka 4."""
    thuis = environ.get("JAVA_HOME")
    java = shutil.which(str(Path(thuis, "bin", "java"))) if thuis else None
    java = java or shutil.which("java")
    gevonden = _java_versie(java) if java else None
    if java is None or gevonden is None or gevonden < OUDSTE_JAVA:
        raise KafkaStartFout(
            f"Apache Kafka heeft Java {OUDSTE_JAVA} of nieuwer nodig; hier is "
            f"{f'Java {gevonden}' if gevonden else 'geen Java'}.\n"
            "Installeer het (Debian: apt-get install openjdk-17-jre-headless maven), of gebruik "
            "een Kafka die al draait: zet KAFKA_BOOTSTRAP_SERVERS."
        )
    return java


def _java_versie(java: str) -> int | None:
    uitkomst = subprocess.run([java, "-version"], capture_output=True, text=True, check=False)
    nummer = re.search(r'version "(\d+)', uitkomst.stderr)
    return int(nummer[1]) if nummer else None


def _kopieer_met_maven(doel: Path) -> None:
    mvn = shutil.which("mvn")
    if not mvn:
        raise KafkaStartFout(
            "Apache Kafka wordt met Maven opgehaald en Maven (mvn) is hier niet.\n"
            "Installeer het (Debian: apt-get install maven), of gebruik een Kafka die al draait: "
            "zet KAFKA_BOOTSTRAP_SERVERS."
        )
    opdracht = [
        mvn,
        "--batch-mode",
        "--quiet",
        f"--file={POM}",
        "dependency:copy-dependencies",
        f"-DoutputDirectory={doel}",
        "-DincludeScope=runtime",
    ]
    uitkomst = subprocess.run(opdracht, capture_output=True, text=True, check=False)
    if uitkomst.returncode != 0:
        fouten = [r for r in uitkomst.stdout.splitlines() if "ERROR" in r][:3]
        raise KafkaStartFout(
            "Maven kan Apache Kafka niet ophalen:\n"
            + "\n".join(f"  {regel}" for regel in fouten)
            + "\nControleer de verbinding en de Maven-instellingen (settings.xml)."
        )
