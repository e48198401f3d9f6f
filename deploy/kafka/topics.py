"""Make the topics, with the settings that keep events complete and in order."""

from __future__ import annotations

from collections.abc import Iterable

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import TopicAlreadyExistsError, for_code

DAG_MS = 24 * 60 * 60 * 1000
PARTITIES = 12
BEWAARTIJD_DAGEN = 30


async def maak_topics(
    bootstrap: str,
    topics: Iterable[str],
    partities: int = PARTITIES,
    replicatie: int = 1,
) -> list[str]:
    """Create the topics that are not there yet, and return their names.

    A topic that exists is left as it is: more partitions would move keys to another
    partition and break the order of an aggregate's events.
    """
    instellingen = {
        "cleanup.policy": "delete",
        "retention.ms": str(BEWAARTIJD_DAGEN * DAG_MS),
        "message.timestamp.type": "CreateTime",
        "min.insync.replicas": str(max(1, replicatie - 1)),
    }
    beheer = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await beheer.start()
    try:
        bestaand = set(await beheer.list_topics())
        nieuw = [t for t in dict.fromkeys(topics) if t not in bestaand]
        if not nieuw:
            return []
        antwoord = await beheer.create_topics(
            [NewTopic(t, partities, replicatie, topic_configs=instellingen) for t in nieuw]
        )
    finally:
        await beheer.close()
    for topic, code, *melding in antwoord.topic_errors:
        fout = for_code(code)
        if code and fout is not TopicAlreadyExistsError:
            raise fout(f"{topic}: {melding[0] if melding else code}")
    return nieuw
