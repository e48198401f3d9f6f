"""What is particular to Kafka: refusals, strange headers, and a broker that goes away."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import pytest
from aiokafka import AIOKafkaProducer

from chassis.bus import kafka as kafka_module
from chassis.bus.kafka import KafkaBus
from chassis.bus.protocol import BusUnavailableError, Message
from deploy.kafka.lokaal import LokaleKafka
from deploy.kafka.ophalen import Kafka
from deploy.kafka.topics import maak_topics
from tests.chassis.hulp import until


async def new_topic(bootstrap: str, partities: int = 3) -> str:
    topic = f"proef.{uuid4().hex[:8]}.v1"
    await maak_topics(bootstrap, [topic], partities=partities)
    return topic


class Reader:
    """Reads a topic with a group of its own."""

    def __init__(self) -> None:
        self.got: list[Message] = []

    async def handle(self, messages: Sequence[Message]) -> None:
        self.got += messages

    async def read(self, bootstrap: str, topic: str, until_count: int) -> list[Message]:
        bus = KafkaBus(bootstrap, client_id="lezer")
        task = asyncio.create_task(bus.consume(f"lezer-{uuid4().hex}", [topic], self.handle))
        await until(lambda: len(self.got) >= until_count, 60)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        return self.got


@pytest.mark.kafka(echt=True)
async def test_a_message_that_is_too_large_is_refused_and_the_others_arrive(
    kafka_bootstrap: str,
) -> None:
    topic = await new_topic(kafka_bootstrap)
    values = [b"1", b"x" * 600_000, b"2"]
    bus = KafkaBus(kafka_bootstrap, client_id="proef")
    refused = await bus.publish([Message(topic, b"k", value, []) for value in values])
    await bus.close()

    assert list(refused) == [1]
    got = await Reader().read(kafka_bootstrap, topic, 2)
    assert [m.value for m in got] == [b"1", b"2"]


@pytest.mark.kafka(echt=True)
async def test_a_missing_topic_is_an_outage_and_no_refusal(
    kafka_bootstrap: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Refused events are parked; a topic the operator still has to make is waited for."""
    monkeypatch.setattr(kafka_module, "_ACK_SECONDS", 2)
    bus = KafkaBus(kafka_bootstrap, client_id="proef")
    topic = f"bestaat.niet.{uuid4().hex[:8]}"
    with pytest.raises(BusUnavailableError):
        await bus.publish([Message(topic, b"k", b"", [])])
    await bus.close()


@pytest.mark.kafka(echt=True)
async def test_a_message_of_another_producer_without_key_value_or_header_value_is_handed_on(
    kafka_bootstrap: str,
) -> None:
    topic = await new_topic(kafka_bootstrap)
    producer = AIOKafkaProducer(bootstrap_servers=kafka_bootstrap)
    await producer.start()
    await producer.send_and_wait(topic, key=b"k", value=None, headers=[("leeg", None)])
    await producer.send_and_wait(topic, key=None, value=b"v")
    await producer.stop()

    got = await Reader().read(kafka_bootstrap, topic, 2)
    assert sorted((m.key, m.value, tuple(m.headers)) for m in got) == [
        (b"", b"v", ()),
        (b"k", b"", (("leeg", b""),)),
    ]


async def test_no_broker_is_an_outage() -> None:
    bus = KafkaBus("127.0.0.1:1", client_id="proef")
    with pytest.raises(BusUnavailableError):
        await bus.ready()
    with pytest.raises(BusUnavailableError):
        await bus.publish([Message("t", b"k", b"", [])])
    await bus.close()


@pytest.fixture
async def own_broker(apache_kafka: Kafka, tmp_path: Path) -> AsyncIterator[LokaleKafka]:
    with LokaleKafka(tmp_path, apache_kafka) as broker:
        yield broker


@pytest.mark.kafka(echt=True)
async def test_a_broker_that_was_killed_is_waited_for_and_nothing_is_lost_or_reordered(
    own_broker: LokaleKafka, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kafka_module, "_ACK_SECONDS", 3)
    monkeypatch.setattr(kafka_module, "_DISCARD_SECONDS", 1)
    topic = await new_topic(own_broker.bootstrap)
    bus = KafkaBus(own_broker.bootstrap, client_id="proef")
    reader = Reader()
    reading = asyncio.create_task(
        KafkaBus(own_broker.bootstrap, client_id="lezer").consume("lezer", [topic], reader.handle)
    )
    outages = 0

    async def publish(numbers: range) -> None:
        nonlocal outages
        messages = [Message(topic, b"k", b"%d" % n, []) for n in numbers]
        while True:
            try:
                await bus.publish(messages)
            except BusUnavailableError:
                outages += 1
            else:
                return

    await publish(range(5))
    await until(lambda: len(reader.got) >= 5, 60)
    own_broker.kill(1)
    publishing = asyncio.create_task(publish(range(5, 10)))
    await until(lambda: outages)
    await asyncio.to_thread(own_broker.start, 1)
    await publishing
    await publish(range(10, 15))
    await until(lambda: b"14" in [m.value for m in reader.got], 60)

    assert [int(v) for v in dict.fromkeys(m.value for m in reader.got)] == list(range(15))
    reading.cancel()
    with suppress(asyncio.CancelledError):
        await reading
    await bus.close()
