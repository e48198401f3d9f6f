"""A service on its own principal can do its work, and nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from uuid import uuid4

import pytest

from chassis.bus import kafka as kafka_module
from chassis.bus.kafka import KafkaBus
from chassis.bus.protocol import BusUnavailableError, Message
from chassis.runtime import Service
from contracts.afnemers import AFNEMER_TOPICS, TOPICS, dienst_topic
from deploy.kafka.lokaal import LokaleKafka
from deploy.lokaal.keten import ALLES
from gateway.service import SERVICE as GATEWAY
from tests.chassis.hulp import until
from tests.kafka.verzoek import beheer, gebruik_groep, klant, lees, schrijf

pytestmark = [pytest.mark.kafka(echt=True), pytest.mark.timeout(180)]


@pytest.fixture(params=ALLES, ids=lambda service: service.name)
def service(request: pytest.FixtureRequest) -> Service:
    gekozen: Service = request.param
    return gekozen


def bus(kafka: LokaleKafka, service: Service) -> KafkaBus:
    assert kafka.toegang
    return KafkaBus(
        kafka.bootstrap, client_id=service.group, security=kafka.toegang.scram(service.group)
    )


async def test_a_service_reads_what_it_listens_to_and_writes_what_it_says(
    service: Service, beveiligde_kafka: LokaleKafka
) -> None:
    assert beveiligde_kafka.toegang
    zegt = {dienst_topic(service.name), *AFNEMER_TOPICS} if service is not GATEWAY else set()
    als = beveiligde_kafka.toegang.scram(service.group)
    async with klant(beveiligde_kafka.bootstrap, als) as verbonden:
        leest = {t for t in TOPICS if all([await verbonden.mag(v) for v in lees(t)[:1]])}
        schrijft = {t for t in TOPICS if await verbonden.mag(schrijf(t))}
    assert leest == set(service.topics)
    assert schrijft == zegt


async def test_a_service_uses_its_own_group_only_and_manages_nothing(
    service: Service, beveiligde_kafka: LokaleKafka
) -> None:
    assert beveiligde_kafka.toegang
    als = beveiligde_kafka.toegang.scram(service.group)
    hoort = service.topics[0]
    groepen = [*(s.group for s in ALLES), f"{service.group}-2", "gemeente-0757", "wsd"]
    async with klant(beveiligde_kafka.bootstrap, als) as verbonden:
        gebruikt = {
            groep
            for groep in groepen
            if all([await verbonden.mag(verzoek) for verzoek in gebruik_groep(groep, hoort)])
        }
        beheert = [
            wat
            for topic in TOPICS
            for wat, verzoek in beheer(topic, service.group).items()
            if await verbonden.mag(verzoek)
        ]
    assert gebruikt == {service.group}
    assert beheert == []


async def test_a_service_hears_on_its_principal_what_others_said_on_theirs(
    service: Service, beveiligde_kafka: LokaleKafka
) -> None:
    sleutel = uuid4().hex.encode()
    gehoord: set[str] = set()

    async def hoor(messages: Sequence[Message]) -> None:
        gehoord.update(m.topic for m in messages if m.key == sleutel)

    luistert = bus(beveiligde_kafka, service)
    luisteren = asyncio.create_task(luistert.consume(service.group, service.topics, hoor))
    for ander in ALLES:
        if dienst_topic(ander.name) in service.topics:
            spreekt = bus(beveiligde_kafka, ander)
            await spreekt.publish([Message(dienst_topic(ander.name), sleutel, b"{}", [])])
            await spreekt.close()
    await until(lambda: gehoord == set(service.topics), 60)
    luisteren.cancel()
    with suppress(asyncio.CancelledError):
        await luisteren
    await luistert.close()


async def test_the_gateway_is_ready_and_says_nothing(
    beveiligde_kafka: LokaleKafka, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kafka_module, "_ACK_SECONDS", 5)
    poort = bus(beveiligde_kafka, GATEWAY)
    await poort.ready()
    for topic in (dienst_topic("intake"), AFNEMER_TOPICS[0]):
        with pytest.raises(BusUnavailableError):
            await poort.publish([Message(topic, b"k", b"{}", [])])
    await poort.close()
