"""Leest de gebeurtenissen van een afnemer van Kafka: Python met aiokafka.

pip install aiokafka; de instellingen staan in README.md.
"""

import asyncio
import os
import signal
import sqlite3
import ssl
import sys

from aiokafka import AIOKafkaConsumer
from aiokafka.errors import CommitFailedError, IllegalStateError, RebalanceInProgressError

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
    kop = {naam: waarde.decode() for naam, waarde in bericht.headers}
    source, subject, versie = kop["ce_source"], kop["ce_subject"], kop["ce_aggregateversion"]
    nieuw = db.execute(
        """INSERT INTO gebeurtenis SELECT ?1, ?2, ?3, ?4, ?5 WHERE NOT EXISTS (
            SELECT 1 FROM gebeurtenis
            WHERE source = ?1 AND subject = ?2 AND versie >= CAST(?3 AS INTEGER))""",
        (source, subject, versie, kop["ce_type"], bericht.value.decode()),
    ).rowcount
    return f"{kop['ce_type']} {source} {subject} {versie}" if nieuw else None


async def lees() -> None:
    nog = int(os.environ.get("AANTAL") or sys.maxsize)
    gestopt = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, gestopt.set)
    consumer = AIOKafkaConsumer(
        f"meedoen.afnemer.{AFNEMER}.v1",
        bootstrap_servers=os.environ["KAFKA_SERVERS"],
        security_protocol="SASL_SSL",
        ssl_context=ssl.create_default_context(cafile=os.environ["KAFKA_CA"]),
        sasl_mechanism="SCRAM-SHA-512",
        sasl_plain_username=AFNEMER,
        sasl_plain_password=os.environ["KAFKA_WACHTWOORD"],
        group_id=os.environ.get("KAFKA_GROEP") or f"{AFNEMER}-voorbeeld",
        enable_auto_commit=False,  # wij bevestigen zelf, na de verwerking
        auto_offset_reset="earliest",  # de eerste keer: alles wat het topic nog heeft
    )
    await consumer.start()
    try:
        while nog and not gestopt.is_set():
            opgehaald = await consumer.getmany(timeout_ms=1000, max_records=min(nog, 100))
            with db:  # een transactie: alles van deze ronde, of niets
                regels = [verwerk(b) for berichten in opgehaald.values() for b in berichten]
            for regel in filter(None, regels):
                print(regel, flush=True)
                nog -= 1
            try:
                await consumer.commit()
            except (CommitFailedError, IllegalStateError, RebalanceInProgressError) as fout:
                # De partities zijn herverdeeld: wat nu nog eens komt, staat al in de database.
                print(f"niet bevestigd: {fout!r}", file=sys.stderr)
    finally:
        await consumer.stop()


asyncio.run(lees())
