"""The chain as separate processes on a real Apache Kafka ends as it does in one process."""

from __future__ import annotations

import random
import time
from datetime import date
from pathlib import Path

import confluent_kafka
import pytest

from contracts.afnemers import WSD, afnemer_topic
from contracts.catalogus import PER_TYPE
from contracts.envelope import CloudEvent
from deploy.kafka.ophalen import Kafka
from deploy.klantreis.persoon import verzin_persoon
from deploy.klantreis.verbinding import Verbinding
from deploy.klantreis.verloop import Klantreis, Opzet
from deploy.klantreis.volger import Volger
from tests.keten.eindtoestand import eindtoestand, onverwerkt, verhaal
from tests.keten.omgevingen import Omgeving, een_proces, losse_processen

pytestmark = [pytest.mark.kafka(echt=True), pytest.mark.timeout(240)]

BOXTEL = "0757"
VANDAAG = date(2026, 11, 20)


async def speel(omgeving: Omgeving) -> tuple[Klantreis, Volger]:
    """One klantreis of Boxtel, the same in every environment, until all of it has arrived."""
    opzet = Opzet(
        gemeentecode=BOXTEL,
        persoon=verzin_persoon(random.Random(1), "Boxtel", VANDAAG),
        kvk_nummer="12345678",
        vandaag=VANDAAG,
    )
    async with Verbinding(omgeving.url) as verbinding, Verbinding(omgeving.url) as kijker:
        volger = Volger(kijker, (BOXTEL, WSD))
        async with volger.volgend():
            reis = Klantreis(verbinding, opzet)
            await reis.speel()
            await reis.loonkostensubsidie()
            assert await volger.wacht(
                lambda: (
                    len(volger.per_organisatie[BOXTEL]) == reis.gebeurtenissen.total()
                    and len(volger.per_organisatie[WSD]) == reis.gedeeld
                )
            )
    return reis, volger


async def test_losse_processen_op_kafka_eindigen_als_een_proces(
    werkmap: Path, apache_kafka: Kafka
) -> None:
    async with een_proces(werkmap / "een") as een:
        _, verteld_in_een = await speel(een)
        toestand_in_een = await eindtoestand(een.beheer_url)
    async with losse_processen(werkmap / "los", apache_kafka) as los:
        reis, verteld_los = await speel(los)
        toestand_los = await eindtoestand(los.beheer_url)
        over = await onverwerkt(los.beheer_url)
        gemeente = lees_topic(los.bootstrap, afnemer_topic(BOXTEL), reis.gebeurtenissen.total())
        wsd = lees_topic(los.bootstrap, afnemer_topic(WSD), reis.gedeeld)
        vught = lees_topic(los.bootstrap, afnemer_topic("0865"), 0)

    assert toestand_los == toestand_in_een
    assert all(toestand_los)
    assert not any(over.values())
    for organisatie in (BOXTEL, WSD):
        assert verhaal(verteld_los, organisatie) == verhaal(verteld_in_een, organisatie)

    # A subscriber with another client library gets well-formed CloudEvents, only its own.
    assert {str(e.subject) for e in gemeente} == {reis.kandidaat_id}
    assert {e.id for e in wsd} < {e.id for e in gemeente}
    assert wsd[0].type == "nl.participatie.kandidaat-doorverwezen.v1"
    assert vught == []
    for event in gemeente:
        assert PER_TYPE[event.type].lees(event.data).gemeentecode == BOXTEL


def lees_topic(bootstrap: str, topic: str, aantal: int) -> list[CloudEvent]:
    """Everything on a topic, read with librdkafka; fails when it is not this many."""
    consumer = confluent_kafka.Consumer(
        {
            "bootstrap.servers": bootstrap,
            "group.id": f"lezer-{topic}",
            "auto.offset.reset": "earliest",
            "enable.partition.eof": True,
        }
    )
    consumer.subscribe([topic])
    events: list[CloudEvent] = []
    ended: set[int] = set()
    until = time.monotonic() + 60
    try:
        while len(events) < aantal or len(ended) < 12:
            assert time.monotonic() < until, f"{topic}: {len(events)} van {aantal}"
            message = consumer.poll(1.0)
            if message is None:
                continue
            error = message.error()
            if error is not None:
                assert error.code() == confluent_kafka.KafkaError._PARTITION_EOF
                ended.add(message.partition() or 0)
                continue
            headers = _headers(message)
            assert message.key() == dict(headers)["ce_subject"]
            events.append(CloudEvent.from_kafka(headers, message.value()))
    finally:
        consumer.close()
    assert len(events) == aantal
    return sorted(events, key=lambda e: e.time)


def _headers(message: confluent_kafka.Message) -> list[tuple[str, bytes]]:
    headers = message.headers()
    assert isinstance(headers, list)
    return [(name, value) for name, value in headers if isinstance(value, bytes)]
