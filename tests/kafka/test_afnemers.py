"""An afnemer reads its own topic, in its own groups, and nothing else: the broker sees to it.

Every afnemer against every topic and every other principal, by password and by certificate.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import uuid4

import pytest
from aiokafka import AIOKafkaConsumer

from chassis.bus.kafka import connection_options
from chassis.settings import KafkaSecurity
from contracts.afnemers import AFNEMER_TOPICS, ORGANISATIES, TOPICS, afnemer_naam, afnemer_topic
from deploy.kafka.lokaal import LokaleKafka
from deploy.kafka.rechten import AFNEMER_QUOTA, PRINCIPALS
from tests.kafka.verzoek import (
    Klant,
    beheer,
    gebruik_groep,
    klant,
    lees,
    schrijf,
    treed_toe,
)

pytestmark = [pytest.mark.kafka(echt=True), pytest.mark.timeout(180)]


@dataclass(frozen=True)
class Afnemer:
    """One that is connected. bootstrap, beveiliging: how it is."""

    naam: str
    topic: str
    klant: Klant
    bootstrap: str
    beveiliging: KafkaSecurity

    @property
    def anderen(self) -> list[str]:
        return [p.naam for p in PRINCIPALS if p.naam != self.naam]


@pytest.fixture(params=["scram", "mtls"])
def manier(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=ORGANISATIES)
async def afnemer(
    request: pytest.FixtureRequest, manier: str, beveiligde_kafka: LokaleKafka
) -> AsyncIterator[Afnemer]:
    naam = afnemer_naam(request.param)
    bootstrap, beveiliging = verbinding(beveiligde_kafka, manier, naam)
    async with klant(bootstrap, beveiliging) as verbonden:
        yield Afnemer(naam, afnemer_topic(request.param), verbonden, bootstrap, beveiliging)


def verbinding(kafka: LokaleKafka, manier: str, naam: str) -> tuple[str, KafkaSecurity]:
    assert kafka.toegang
    if manier == "scram":
        return kafka.bootstrap, kafka.toegang.scram(naam)
    return kafka.bootstrap_mtls, kafka.toegang.mtls(naam)


async def test_an_afnemer_reads_its_own_topic_and_no_other(afnemer: Afnemer) -> None:
    leesbaar = {
        topic: [await afnemer.klant.mag(verzoek) for verzoek in lees(topic)] for topic in TOPICS
    }
    assert leesbaar == {topic: [topic == afnemer.topic] * 2 for topic in TOPICS}


async def test_an_afnemer_does_not_even_see_that_another_topic_exists(afnemer: Afnemer) -> None:
    assert await afnemer.klant.topics() == {afnemer.topic}


async def test_an_afnemer_writes_nowhere(afnemer: Afnemer) -> None:
    assert [topic for topic in TOPICS if await afnemer.klant.mag(schrijf(topic))] == []


async def test_an_afnemer_uses_groups_that_begin_with_its_name_only(afnemer: Afnemer) -> None:
    eigen = [afnemer.naam, f"{afnemer.naam}-backoffice"]
    for groep in eigen:
        for verzoek in gebruik_groep(groep, afnemer.topic):
            assert await afnemer.klant.mag(verzoek)
    van_anderen = [naam + rest for naam in afnemer.anderen for rest in ("", "-backoffice")]
    toegelaten = [
        (groep, type(verzoek).__name__)
        for groep in (*van_anderen, "groep", "")
        for verzoek in (*gebruik_groep(groep, afnemer.topic), treed_toe(groep))
        if await afnemer.klant.mag(verzoek)
    ]
    assert toegelaten == []


async def test_an_afnemer_lists_no_groups_of_others(
    afnemer: Afnemer, beveiligde_kafka: LokaleKafka
) -> None:
    async with klant(beveiligde_kafka.bootstrap, beveiligde_kafka.beheerder) as alles:
        for naam in (afnemer.naam, *afnemer.anderen):
            for verzoek in gebruik_groep(f"{naam}-lijst", afnemer.topic):
                assert await alles.mag(verzoek)
        assert len(await alles.groepen()) > len(afnemer.anderen)
    gezien = await afnemer.klant.groepen()
    assert f"{afnemer.naam}-lijst" in gezien
    assert {groep for groep in gezien if not groep.startswith(afnemer.naam)} == set()


async def test_an_afnemer_manages_nothing_not_even_its_own_topic(afnemer: Afnemer) -> None:
    toegelaten = [
        (wat, topic)
        for topic in TOPICS
        for wat, verzoek in beheer(topic, afnemer.naam).items()
        if await afnemer.klant.mag(verzoek)
    ]
    assert toegelaten == []


@pytest.mark.parametrize("organisatie", ["0757", "wsd"])
async def test_an_ordinary_client_reads_on_from_where_it_was(
    organisatie: str, manier: str, beveiligde_kafka: LokaleKafka
) -> None:
    naam, topic = afnemer_naam(organisatie), afnemer_topic(organisatie)
    merk = uuid4().bytes
    async with klant(beveiligde_kafka.bootstrap, beveiligde_kafka.beheerder) as beheerder:
        assert await beheerder.mag(schrijf(topic))
    opties = connection_options(*verbinding(beveiligde_kafka, manier, naam))
    consumer = AIOKafkaConsumer(
        topic,
        **opties,
        group_id=f"{naam}-{merk.hex()}",
        auto_offset_reset="earliest",
        enable_auto_commit=False,
    )
    await consumer.start()
    try:
        async with asyncio.timeout(30):
            bericht = await consumer.getone()
        assert bericht.topic == topic
        await consumer.commit()
    finally:
        await consumer.stop()


async def test_every_afnemer_has_the_quota_that_is_declared(
    beveiligde_kafka: LokaleKafka,
) -> None:
    from deploy.kafka.beheer import Beheer

    async with Beheer(beveiligde_kafka.bootstrap, beveiligde_kafka.beheerder) as beheer_:
        quota = (await beheer_.stand()).quota
    for organisatie in ORGANISATIES:
        assert quota[(("user", afnemer_naam(organisatie)),)] == AFNEMER_QUOTA


def test_there_is_a_topic_for_every_afnemer() -> None:
    assert {afnemer_topic(o) for o in ORGANISATIES} == set(AFNEMER_TOPICS)
