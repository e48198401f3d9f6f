"""Leest de gebeurtenissen van een afnemer van Kafka: Python met confluent-kafka.

pip install confluent-kafka; de instellingen staan in README.md.
"""

import os
import signal
import sqlite3
import sys
from threading import Event

from confluent_kafka import Consumer, KafkaException

AFNEMER = os.environ["AFNEMER"]

db = sqlite3.connect(os.environ["STAND"], timeout=30)
db.execute(
    """CREATE TABLE IF NOT EXISTS gebeurtenis (
        source TEXT, subject TEXT, versie INTEGER, type TEXT, data TEXT,
        PRIMARY KEY (source, subject, versie))"""
)


def verwerk(bericht) -> str | None:
    """Bewaart een nieuwe gebeurtenis en geeft de regel erover; None als zij al bewaard is.

    Zet uw eigen verwerking erbij, in dezelfde database: dan gebeurt alles een keer, of niets.
    """
    if bericht.error():
        raise KafkaException(bericht.error())
    kop = {naam: waarde.decode() for naam, waarde in bericht.headers()}
    source, subject, versie = kop["ce_source"], kop["ce_subject"], kop["ce_aggregateversion"]
    nieuw = db.execute(
        """INSERT INTO gebeurtenis SELECT ?1, ?2, ?3, ?4, ?5 WHERE NOT EXISTS (
            SELECT 1 FROM gebeurtenis
            WHERE source = ?1 AND subject = ?2 AND versie >= CAST(?3 AS INTEGER))""",
        (source, subject, versie, kop["ce_type"], bericht.value().decode()),
    ).rowcount
    return f"{kop['ce_type']} {source} {subject} {versie}" if nieuw else None


consumer = Consumer(
    {
        "bootstrap.servers": os.environ["KAFKA_SERVERS"],
        "security.protocol": "SASL_SSL",
        "ssl.ca.location": os.environ["KAFKA_CA"],
        "sasl.mechanism": "SCRAM-SHA-512",
        "sasl.username": AFNEMER,
        "sasl.password": os.environ["KAFKA_WACHTWOORD"],
        "group.id": os.environ.get("KAFKA_GROEP") or f"{AFNEMER}-voorbeeld",
        "enable.auto.commit": False,  # wij bevestigen zelf, na de verwerking
        "auto.offset.reset": "earliest",  # de eerste keer: alles wat het topic nog heeft
    }
)
consumer.subscribe([f"meedoen.afnemer.{AFNEMER}.v1"])
nog = int(os.environ.get("AANTAL") or sys.maxsize)
gestopt = Event()
signal.signal(signal.SIGTERM, lambda *_: gestopt.set())
try:
    while nog and not gestopt.is_set():
        berichten = consumer.consume(min(nog, 100), timeout=1)
        with db:  # een transactie: alles van deze ronde, of niets
            regels = [verwerk(bericht) for bericht in berichten]
        for regel in filter(None, regels):
            print(regel, flush=True)
            nog -= 1
        try:
            if berichten:
                consumer.commit(asynchronous=False)
        except KafkaException as fout:
            # De partities zijn herverdeeld: wat nu nog eens komt, staat al in de database.
            print(f"niet bevestigd: {fout}", file=sys.stderr)
finally:
    consumer.close()
