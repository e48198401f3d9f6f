"""Make the topics, with the settings that keep events complete and in order."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from typing import Any

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.client import AIOKafkaClient
from aiokafka.errors import KafkaError, TopicAlreadyExistsError, for_code
from aiokafka.protocol.metadata import MetadataRequest

from chassis.bus.kafka import connection_options
from chassis.settings import KafkaSecurity
from contracts.afnemers import bewaartermijn_dagen

DAG_MS = 24 * 60 * 60 * 1000
PARTITIES = 12
BEKEND_BINNEN = 60  # seconds


async def maak_topics(
    bootstrap: str,
    topics: Iterable[str],
    partities: int = PARTITIES,
    replicatie: int = 1,
    *,
    beveiliging: KafkaSecurity = KafkaSecurity(),  # noqa: B008 - frozen
) -> list[str]:
    """Create the topics that are not there yet, and return their names.

    On return every broker knows them and their leaders: a client can use them at once.
    A topic that exists is left as it is: more partitions would move keys to another
    partition and break the order of an aggregate's events.
    """
    instellingen = {
        "cleanup.policy": "delete",
        "message.timestamp.type": "CreateTime",
        "min.insync.replicas": str(max(1, replicatie - 1)),
    }
    verbinding = connection_options(bootstrap, beveiliging)
    beheer = AIOKafkaAdminClient(**verbinding)
    await beheer.start()
    try:
        bestaand = set(await beheer.list_topics())
        nieuw = [t for t in dict.fromkeys(topics) if t not in bestaand]
        if not nieuw:
            return []
        antwoord = await beheer.create_topics(
            [
                NewTopic(
                    t,
                    partities,
                    replicatie,
                    topic_configs={
                        **instellingen,
                        "retention.ms": str(bewaartermijn_dagen(t) * DAG_MS),
                    },
                )
                for t in nieuw
            ]
        )
    finally:
        await beheer.close()
    for topic, code, *melding in antwoord.topic_errors:
        fout = for_code(code)
        if code and fout is not TopicAlreadyExistsError:
            raise fout(f"{topic}: {melding[0] if melding else code}")
    async with asyncio.timeout(BEKEND_BINNEN):
        await _tot_overal_bekend(verbinding, nieuw)
    return nieuw


async def _tot_overal_bekend(verbinding: Mapping[str, Any], topics: list[str]) -> None:
    """Wait for the brokers, which learn of a new topic one after another."""
    client = AIOKafkaClient(**verbinding)
    await client.bootstrap()
    try:
        for broker in client.cluster.brokers():
            while not await _kent(client, broker.nodeId, topics):  # noqa: ASYNC110
                await asyncio.sleep(0.05)
    finally:
        await client.close()


async def _kent(client: AIOKafkaClient, broker: int, topics: list[str]) -> bool:
    try:
        antwoord = await client.send(broker, MetadataRequest(topics))
    except KafkaError:
        return False
    return all(
        deel["error_code"] == 0
        for topic in antwoord.to_object()["topics"]
        for deel in (topic, *topic["partitions"])
    )
