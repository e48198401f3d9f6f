"""Which Apache Kafka and which Java this machine has; Kafka itself comes through Maven."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from os import environ
from pathlib import Path

from deploy.maven import Maven, OphaalFout

HIER = Path(__file__).parent
KAFKA = Maven("Apache Kafka", HIER)
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
    return KAFKA.versie("kafka.version")


def is_opgehaald(map_: Path) -> bool:
    return (map_ / versie()).is_dir()


def haal_op(map_: Path) -> Kafka:
    """Kafka's jars in `map_`/<version>, fetched when they are not there yet."""
    java = vind_java()
    try:
        return Kafka(java, KAFKA.haal_op(map_ / versie()))
    except OphaalFout as fout:
        raise KafkaStartFout(
            f"{fout}\nOf gebruik een Kafka die al draait: zet KAFKA_BOOTSTRAP_SERVERS."
        ) from fout


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
