"""What each afnemer was told: read from its Kafka topic, and from its feed."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

import confluent_kafka

from contracts.afnemers import WSD
from contracts.envelope import CloudEvent
from deploy.klantreis.verbinding import Verbinding

FEED: Final = "/gebeurtenissen/v1/gebeurtenissen"
_READ_SECONDS: Final = 120.0
_PAGE: Final = 500
_OOIT: Final = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True)
class Verteld:
    """One event as it was delivered. inhoud: all of it that two runs have in common but for ids.

    gezegd: when the service said it; vertraging: seconds until it was in the feed.
    """

    id: str
    bron: str
    subject: str
    versie: int
    inhoud: str
    gezegd: datetime = field(default=_OOIT, compare=False)
    vertraging: float = field(default=0.0, compare=False)

    @classmethod
    def van(cls, event: dict[str, Any], ontvangen_op: str | None = None) -> Verteld:
        gezegd = datetime.fromisoformat(event["time"])
        ontvangen = datetime.fromisoformat(ontvangen_op) if ontvangen_op else gezegd
        vluchtig = ("id", "time", "sequence", "traceparent")
        inhoud = {naam: waarde for naam, waarde in event.items() if naam not in vluchtig}
        return cls(
            event["id"],
            event["source"],
            event["subject"],
            event["aggregateversion"],
            json.dumps(inhoud, sort_keys=True),
            gezegd,
            (ontvangen - gezegd).total_seconds(),
        )


def lees_topic(bootstrap: str, topic: str) -> list[Verteld]:
    """Everything on a topic, in the order of each partition, doubles too; with librdkafka."""
    consumer = confluent_kafka.Consumer(
        {
            "bootstrap.servers": bootstrap,
            "group.id": f"lezer-{topic}",
            "auto.offset.reset": "earliest",
            "enable.auto.commit": False,
            "enable.partition.eof": True,
        }
    )
    deel = consumer.list_topics(topic, timeout=30).topics[topic].partitions
    consumer.assign([confluent_kafka.TopicPartition(topic, p, 0) for p in deel])
    gelezen: list[Verteld] = []
    ten_einde: set[int] = set()
    tot = time.monotonic() + _READ_SECONDS
    try:
        while len(ten_einde) < len(deel):
            assert time.monotonic() < tot, f"{topic} kon niet worden gelezen"
            for bericht in consumer.consume(500, 1.0):
                fout = bericht.error()
                if fout is None:
                    gelezen.append(_van_kafka(bericht))
                elif fout.code() == confluent_kafka.KafkaError._PARTITION_EOF:
                    ten_einde.add(bericht.partition() or 0)
    finally:
        consumer.close()
    return gelezen


def _van_kafka(bericht: confluent_kafka.Message) -> Verteld:
    headers = bericht.headers()
    waarde = bericht.value()
    assert isinstance(headers, list)
    assert waarde is not None
    event = CloudEvent.from_kafka([(n, v) for n, v in headers if isinstance(v, bytes)], waarde)
    return Verteld.van(json.loads(event.structured_json()))


async def lees_feed(verbinding: Verbinding, organisatie: str) -> list[Verteld]:
    """The whole feed of an organisation, page after page."""
    rol = "trajectconsulent" if organisatie == WSD else "klantmanager"
    gelezen: list[Verteld] = []
    params: dict[str, Any] = {"limiet": _PAGE}
    while True:
        answer = await verbinding.lees(organisatie, rol, FEED, params)
        assert answer.status_code == 200, f"de feed gaf {answer.status_code}"
        page = answer.json()
        gelezen += [
            Verteld.van(regel["gebeurtenis"], regel["ontvangenOp"]) for regel in page["resultaten"]
        ]
        params["na"] = page["cursor"]
        if not page["resultaten"]:
            return gelezen


def eerste_keer(verteld: Sequence[Verteld]) -> list[Verteld]:
    """At least once: only the first time that each event was delivered."""
    per_id: dict[str, Verteld] = {}
    for event in verteld:
        per_id.setdefault(event.id, event)
    return list(per_id.values())
