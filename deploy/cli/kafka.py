"""./meedoen kafka: an Apache Kafka on this machine until Ctrl-C."""

from __future__ import annotations

import argparse
import asyncio
import importlib
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from deploy.installatie import WORTEL
from deploy.kafka.lokaal import LokaleKafka
from deploy.kafka.ophalen import KafkaStartFout, haal_op, is_opgehaald, versie
from deploy.kafka.topics import maak_topics

KAFKA_MAP = WORTEL / ".meedoen" / "kafka"


def main(argumenten: Sequence[str]) -> int:
    lezer = argparse.ArgumentParser(
        prog="./meedoen kafka",
        description=f"Haalt Apache Kafka {versie()} op met Maven en draait het (KRaft, Java 17 of "
        "nieuwer) op 127.0.0.1, met de topics van Meedoen, tot Ctrl-C.",
    )
    lezer.add_argument("--brokers", type=int, choices=(1, 3), default=1, help="aantal brokers")
    lezer.add_argument("--poort", type=int, default=9092, help="poort van de eerste broker")
    lezer.add_argument(
        "--map", type=Path, help="waar de gegevens blijven (standaard: .meedoen/kafka/data)"
    )
    lezer.add_argument(
        "--alleen-ophalen", action="store_true", help="haal Kafka op en start het niet"
    )
    keuze = lezer.parse_args(argumenten)
    data = keuze.map or KAFKA_MAP / "data" / f"brokers-{keuze.brokers}"
    try:
        return _draai(data, keuze.brokers, keuze.poort, alleen_ophalen=keuze.alleen_ophalen)
    except KafkaStartFout as fout:
        print(fout, file=sys.stderr)
        return 1


def _draai(data: Path, brokers: int, poort: int, *, alleen_ophalen: bool) -> int:
    if not is_opgehaald(KAFKA_MAP):
        print(f"Apache Kafka {versie()} wordt opgehaald met Maven (43 MB) …", flush=True)
    kafka = haal_op(KAFKA_MAP)
    if alleen_ophalen:
        print(f"Apache Kafka {versie()} staat in {kafka.jars}")
        return 0
    einde = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: einde.set())
    print(f"Apache Kafka {versie()} start met {brokers} broker(s) …", flush=True)
    with LokaleKafka(data, kafka, brokers, poort) as cluster:
        signal.signal(signal.SIGINT, lambda *_: einde.set())
        nieuw = asyncio.run(
            maak_topics(cluster.bootstrap, _topics(), replicatie=cluster.replicatie)
        )
        print(
            f"Kafka draait op {cluster.bootstrap} ({len(nieuw)} nieuwe topics).\n"
            f"  export KAFKA_BOOTSTRAP_SERVERS={cluster.bootstrap}\n"
            f"  logboeken: {cluster.logbestand(1)}\n"
            "Ctrl-C stopt.",
            flush=True,
        )
        while not einde.wait(1):
            if gestopt := cluster.gestopt():
                raise KafkaStartFout(
                    f"Broker {gestopt[0]} is gestopt; kijk in {cluster.logbestand(gestopt[0])}."
                )
        print("Kafka stopt …", flush=True)
    return 0


def _topics() -> list[str]:
    """The topics of the contracts: one per service, one per afnemer."""
    return list(importlib.import_module("contracts.afnemers").TOPICS)
