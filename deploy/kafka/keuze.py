"""Which Kafka the tests use: one that is given, our own Apache Kafka, or a mock."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from deploy.kafka.ophalen import KafkaStartFout, haal_op, is_opgehaald, versie, vind_java


class Soort(Enum):
    GEGEVEN = "gegeven"
    APACHE = "apache"
    NAGEBOOTST = "nagebootst"
    GEEN = "geen"


@dataclass(frozen=True)
class Keuze:
    """A kind of broker, and in Dutch what it is and why it was chosen."""

    soort: Soort
    uitleg: str

    @property
    def is_echt(self) -> bool:
        return self.soort in (Soort.GEGEVEN, Soort.APACHE)


def kies(kafka_map: Path) -> Keuze:
    """Choose without starting or fetching anything."""
    if gegeven := os.environ.get("KAFKA_BOOTSTRAP_SERVERS"):
        return Keuze(Soort.GEGEVEN, f"Kafka op {gegeven} (KAFKA_BOOTSTRAP_SERVERS)")
    gewenst = os.environ.get("MEEDOEN_TEST_KAFKA") == "1" or os.environ.get("CI") == "true"
    waarom_niet = "zet MEEDOEN_TEST_KAFKA=1 of haal hem eerst op met ./meedoen kafka"
    if gewenst or is_opgehaald(kafka_map):
        try:
            vind_java()
        except KafkaStartFout as fout:
            waarom_niet = str(fout).splitlines()[0]
        else:
            return Keuze(Soort.APACHE, f"Apache Kafka {versie()}, gestart door de tests")
    geen_echte = f"geen echte Apache Kafka: {waarom_niet}"
    try:
        import confluent_kafka
    except ImportError:
        return Keuze(Soort.GEEN, geen_echte)
    nagebootst = f"nagebootst cluster van librdkafka {confluent_kafka.libversion()[0]}"
    return Keuze(Soort.NAGEBOOTST, f"{nagebootst} ({geen_echte})")


@contextmanager
def broker(keuze: Keuze, kafka_map: Path, data: Path) -> Iterator[str]:
    """Bootstrap address of the chosen kind of broker, which lives as long as the context."""
    match keuze.soort:
        case Soort.GEGEVEN:
            yield os.environ["KAFKA_BOOTSTRAP_SERVERS"]
        case Soort.APACHE:
            from deploy.kafka.lokaal import LokaleKafka

            with LokaleKafka(data, haal_op(kafka_map)) as kafka:
                yield kafka.bootstrap
        case Soort.NAGEBOOTST:
            from confluent_kafka import Producer

            gastheer = Producer({"bootstrap.servers": "", "test.mock.num.brokers": 1})
            brokers = gastheer.list_topics(timeout=10).brokers.values()
            yield ",".join(f"{b.host}:{b.port}" for b in brokers)
        case Soort.GEEN:
            raise KafkaStartFout(keuze.uitleg)
