"""./meedoen kafka: an Apache Kafka on this machine until Ctrl-C."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from contracts.afnemers import GEMEENTEN, TOPICS, afnemer_naam, afnemer_topic
from deploy.installatie import WORTEL
from deploy.kafka.beheer import KafkaBeheerFout
from deploy.kafka.lokaal import LokaleKafka
from deploy.kafka.lokale_toegang import LokaleToegang
from deploy.kafka.ophalen import KafkaStartFout, haal_op, is_opgehaald, versie
from deploy.kafka.rechten import BEHEER

KAFKA_MAP = WORTEL / ".meedoen" / "kafka"
_VOORBEELD = "0757"


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
    lezer.add_argument(
        "--beveiligd",
        action="store_true",
        help="laat alleen binnen wie een wachtwoord of certificaat heeft, voor wat die mag",
    )
    keuze = lezer.parse_args(argumenten)
    soort = "beveiligd" if keuze.beveiligd else "brokers"
    data = keuze.map or KAFKA_MAP / "data" / f"{soort}-{keuze.brokers}"
    try:
        if not is_opgehaald(KAFKA_MAP):
            print(f"Apache Kafka {versie()} wordt opgehaald met Maven (43 MB) …", flush=True)
        kafka = haal_op(KAFKA_MAP)
        if keuze.alleen_ophalen:
            print(f"Apache Kafka {versie()} staat in {kafka.jars}")
            return 0
        toegang = LokaleToegang(data / "toegang") if keuze.beveiligd else None
        return _draai(LokaleKafka(data, kafka, keuze.brokers, keuze.poort, toegang=toegang))
    except (KafkaStartFout, KafkaBeheerFout) as fout:
        print(fout, file=sys.stderr)
        return 1


def _draai(cluster: LokaleKafka) -> int:
    einde = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: einde.set())
    print(f"Apache Kafka {versie()} start met {cluster.replicatie} broker(s) …", flush=True)
    with cluster:
        signal.signal(signal.SIGINT, lambda *_: einde.set())
        nieuw = asyncio.run(cluster.richt_in(_topics()))
        print(
            f"Kafka draait op {cluster.bootstrap} ({len(nieuw)} nieuwe topics).\n"
            f"{_aansluiten(cluster)}\n"
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


def _aansluiten(cluster: LokaleKafka) -> str:
    """What a client must know, in a secured cluster for one gemeente. Shows no password."""
    toegang = cluster.toegang
    if toegang is None:
        return f"  export KAFKA_BOOTSTRAP_SERVERS={cluster.bootstrap}"
    naam = afnemer_naam(_VOORBEELD)
    met_certificaat = toegang.mtls(naam)
    return f"""
Als gemeente {GEMEENTEN[_VOORBEELD]} ({naam}) leest u topic {afnemer_topic(_VOORBEELD)},
in een groep waarvan de naam begint met {naam}.
  met een wachtwoord:
    bootstrap.servers={cluster.bootstrap}
    security.protocol=SASL_SSL
    sasl.mechanism=SCRAM-SHA-512
    gebruiker {naam}, wachtwoord in {toegang.wachtwoordbestand}
    CA in {toegang.uitgever.ca}
  met een certificaat:
    bootstrap.servers={cluster.bootstrap_mtls}
    security.protocol=SSL
    certificaat {met_certificaat.certificaat}
    sleutel {met_certificaat.sleutel}
    CA in {toegang.uitgever.ca}
Beheren (./meedoen inrichten --alleen kafka) kan als {BEHEER}, met een wachtwoord uit dat bestand.
Meer in docs/integratie/kafka.md."""


def _topics() -> list[str]:
    """The topics of the contracts: one per service, one per afnemer."""
    return list(TOPICS)
