"""Apache Kafka on this machine: complete, in order, and surviving crashes."""

import asyncio
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import UnknownTopicOrPartitionError

from deploy.kafka import ophalen
from deploy.kafka.lokaal import LokaleKafka, _bekende_brokers, _is_broker
from deploy.kafka.ophalen import KAFKA, Kafka, KafkaStartFout
from deploy.kafka.topics import maak_topics
from deploy.lokaal.machine import wacht_tot
from deploy.maven import OphaalFout

WORTEL = Path(ophalen.__file__).parents[2]


async def produceer(bootstrap: str, topic: str, waarden: list[int]) -> None:
    """One after another, each acknowledged by all replicas that must have it."""
    async with AIOKafkaProducer(
        bootstrap_servers=bootstrap, acks="all", enable_idempotence=True
    ) as producer:
        for waarde in waarden:
            await producer.send_and_wait(topic, str(waarde).encode(), partition=0)


async def lees(bootstrap: str, topic: str, aantal: int) -> list[int]:
    gelezen: list[int] = []
    async with AIOKafkaConsumer(bootstrap_servers=bootstrap) as consumer:
        partitie = TopicPartition(topic, 0)
        consumer.assign([partitie])
        await consumer.seek_to_beginning(partitie)
        async with asyncio.timeout(30):
            while len(gelezen) < aantal:
                for berichten in (await consumer.getmany(timeout_ms=500)).values():
                    gelezen += [int(bericht.value) for bericht in berichten]
    return gelezen


@pytest.mark.kafka(echt=True)
async def test_one_broker_keeps_messages_over_a_restart(
    apache_kafka: Kafka, tmp_path: Path
) -> None:
    with LokaleKafka(tmp_path, apache_kafka) as kafka:
        eerst = kafka.bootstrap
        assert await maak_topics(kafka.bootstrap, ["a.v1", "b.v1"]) == ["a.v1", "b.v1"]
        assert await maak_topics(kafka.bootstrap, ["a.v1", "c.v1"]) == ["c.v1"]
        await produceer(kafka.bootstrap, "a.v1", list(range(100)))
    with LokaleKafka(tmp_path, apache_kafka) as kafka:
        assert kafka.bootstrap == eerst
        assert await lees(kafka.bootstrap, "a.v1", 100) == list(range(100))
        with pytest.raises(KafkaStartFout, match=f"al gebruikt door proces {os.getpid()}"):
            LokaleKafka(tmp_path, apache_kafka).start()
        with pytest.raises(UnknownTopicOrPartitionError):
            await _bestaat_topic(kafka.bootstrap, "onbekend.v1")
    assert not _is_broker(_pid(tmp_path), tmp_path)


def _pid(map_: Path) -> int:
    return int((map_ / "broker-1" / "pid").read_text())


async def _bestaat_topic(bootstrap: str, topic: str) -> None:
    """Ask for a topic as a producer does, which would create it if brokers were allowed to."""
    async with AIOKafkaProducer(
        bootstrap_servers=bootstrap, request_timeout_ms=2000, retry_backoff_ms=100
    ) as producer:
        await producer.client._wait_on_metadata(topic)


@pytest.mark.kafka(echt=True)
@pytest.mark.timeout(240)
async def test_three_brokers_lose_nothing_when_one_is_killed_and_comes_back(
    apache_kafka: Kafka, tmp_path: Path
) -> None:
    with LokaleKafka(tmp_path, apache_kafka, brokers=3) as kafka:
        assert await _bekende_brokers(kafka.bootstrap) == {1, 2, 3}
        await maak_topics(kafka.bootstrap, ["a.v1"], partities=3, replicatie=kafka.replicatie)
        assert await _minimaal_gelijk(kafka.bootstrap, "a.v1") == "2"
        await produceer(kafka.bootstrap, "a.v1", list(range(50)))

        kafka.kill(1)
        assert kafka.gestopt() == [1]
        await produceer(kafka.bootstrap, "a.v1", list(range(50, 100)))

        kafka.start(1)
        kafka.kill(2)
        await produceer(kafka.bootstrap, "a.v1", list(range(100, 150)))
        assert await lees(kafka.bootstrap, "a.v1", 150) == list(range(150))


async def _minimaal_gelijk(bootstrap: str, topic: str) -> str | None:
    from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType

    beheer = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await beheer.start()
    try:
        (antwoord,) = await beheer.describe_configs(
            [ConfigResource(ConfigResourceType.TOPIC, topic)]
        )
    finally:
        await beheer.close()
    (_, _, _, _, instellingen), *_ = antwoord.resources
    waarden: dict[str, str] = {naam: waarde for naam, waarde, *_ in instellingen}
    return waarden.get("min.insync.replicas")


@pytest.mark.kafka(echt=True)
def test_brokers_of_a_killed_launcher_are_ended_and_started_again(
    apache_kafka: Kafka, tmp_path: Path
) -> None:
    programma = (
        "import sys; from pathlib import Path\n"
        "from deploy.kafka.lokaal import LokaleKafka; from deploy.kafka.ophalen import Kafka\n"
        "k = LokaleKafka(Path(sys.argv[1]), Kafka(sys.argv[2], Path(sys.argv[3]))); k.start()\n"
        "print(k.bootstrap, flush=True); sys.stdin.read()"
    )
    starter = subprocess.Popen(
        [sys.executable, "-c", programma, tmp_path, apache_kafka.java, apache_kafka.jars],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=WORTEL,
    )
    assert starter.stdout
    assert starter.stdout.readline().startswith("127.0.0.1:")
    wees = _pid(tmp_path)
    starter.kill()
    starter.communicate()
    assert _is_broker(wees, tmp_path / "broker-1"), "the broker outlived its launcher"
    with LokaleKafka(tmp_path, apache_kafka):
        assert wacht_tot(lambda: not _is_broker(wees, tmp_path / "broker-1"), 20)


@pytest.mark.kafka(echt=True)
def test_a_broker_that_cannot_start_shows_its_own_words(
    apache_kafka: Kafka, tmp_path: Path
) -> None:
    kafka = LokaleKafka(tmp_path, apache_kafka)
    with kafka:
        pass
    (tmp_path / "broker-1" / "data" / "meta.properties").write_text("version=1\nnode.id=1\n")
    with pytest.raises(KafkaStartFout, match=r"broker 1 is niet gestart[\s\S]*No readable"):
        kafka.start()


def test_a_taken_port_is_named_before_anything_starts(tmp_path: Path) -> None:
    with socket.socket() as bezet:
        bezet.bind(("127.0.0.1", 0))
        bezet.listen()
        poort = bezet.getsockname()[1]
        with pytest.raises(KafkaStartFout, match=f"Poort {poort} op 127.0.0.1 is al in gebruik"):
            LokaleKafka(tmp_path, Kafka("java", tmp_path), poort=poort).start()


def test_another_number_of_brokers_needs_another_folder(tmp_path: Path) -> None:
    (tmp_path / "cluster.json").write_text('{"id": "x", "poorten": [1], "beheerpoorten": [2]}')
    with pytest.raises(KafkaStartFout, match="een Kafka van 1 broker"):
        LokaleKafka(tmp_path, Kafka("java", tmp_path), brokers=3).start()


def test_jars_that_differ_from_the_known_ones_are_refused(tmp_path: Path) -> None:
    (tmp_path / "kafka_2.13-4.4.0.jar").write_bytes(b"something else")
    with pytest.raises(OphaalFout, match=r"kafka_2\.13-4\.4\.0\.jar"):
        KAFKA.controleer(tmp_path)
    assert "kafka_2.13-4.4.0.jar" in KAFKA.hashes.read_text()


def test_missing_java_and_maven_are_named_with_the_way_to_install_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(KafkaStartFout, match="geen Java"):
        ophalen.haal_op(tmp_path)
    oud = tmp_path / "java"
    oud.write_text("#!/bin/sh\necho 'openjdk version \"11.0.2\"' >&2\n")
    oud.chmod(0o755)
    with pytest.raises(KafkaStartFout, match="hier is Java 11"):
        ophalen.haal_op(tmp_path)
    oud.write_text("#!/bin/sh\necho 'openjdk version \"17.0.1\"' >&2\n")
    with pytest.raises(KafkaStartFout, match="apt-get install maven"):
        ophalen.haal_op(tmp_path)
    assert not shutil.which("mvn")
