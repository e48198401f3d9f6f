"""The shared fixtures give what they promise."""

from pathlib import Path

import asyncpg
import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from deploy.kafka.keuze import Soort, kies
from tests.conftest import KAFKA_MAP


async def test_postgres_fixture_is_a_superuser_on_a_recent_server(postgres_beheer_url: str) -> None:
    verbinding = await asyncpg.connect(postgres_beheer_url)
    try:
        assert await verbinding.fetchval("select rolsuper from pg_roles where rolname = user")
        assert verbinding.get_server_version().major >= 15
    finally:
        await verbinding.close()


@pytest.mark.kafka
async def test_kafka_fixture_carries_a_message_from_producer_to_consumer(
    kafka_bootstrap: str,
) -> None:
    if kies(KAFKA_MAP).is_echt:
        from deploy.kafka.topics import maak_topics

        await maak_topics(kafka_bootstrap, ["proef.v1"], partities=1)
    async with AIOKafkaProducer(bootstrap_servers=kafka_bootstrap, acks="all") as producer:
        plaats = await producer.send_and_wait("proef.v1", b"hallo", key=b"k")
    async with AIOKafkaConsumer(
        "proef.v1", bootstrap_servers=kafka_bootstrap, auto_offset_reset="earliest"
    ) as consumer:
        bericht = await consumer.getone()
    assert (bericht.offset, bericht.key, bericht.value) == (plaats.offset, b"k", b"hallo")


def test_a_given_broker_is_chosen_above_all_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1")
    keuze = kies(KAFKA_MAP)
    assert keuze.soort is Soort.GEGEVEN
    assert "127.0.0.1:1" in keuze.uitleg


def test_without_a_real_broker_the_mock_is_used_and_the_reason_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for naam in ("KAFKA_BOOTSTRAP_SERVERS", "MEEDOEN_TEST_KAFKA", "CI"):
        monkeypatch.delenv(naam, raising=False)
    keuze = kies(tmp_path)
    assert keuze.soort is Soort.NAGEBOOTST
    assert "./meedoen kafka" in keuze.uitleg
