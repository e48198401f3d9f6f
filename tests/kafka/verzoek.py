"""Requests of Kafka's protocol as any client could send them, and what the broker says to them.

Straight on the wire, so that it is the broker that refuses and not a polite client library.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any, Final

from aiokafka.client import AIOKafkaClient
from aiokafka.protocol.admin import (
    AlterConfigsRequest,
    CreateAclsRequest,
    CreatePartitionsRequest,
    CreateTopicsRequest,
    DeleteAclsRequest,
    DeleteGroupsRequest,
    DeleteRecordsRequest,
    DeleteTopicsRequest,
    DescribeAclsRequest,
    DescribeClientQuotasRequest,
    DescribeConfigsRequest,
    DescribeGroupsRequest,
    ListGroupsRequest,
)
from aiokafka.protocol.api import Request, Response
from aiokafka.protocol.commit import OffsetCommitRequest, OffsetFetchRequest
from aiokafka.protocol.coordination import FindCoordinatorRequest
from aiokafka.protocol.fetch import FetchRequest
from aiokafka.protocol.group import JoinGroupRequest
from aiokafka.protocol.offset import OffsetRequest
from aiokafka.protocol.produce import ProduceRequest
from aiokafka.protocol.transaction import InitProducerIdRequest
from aiokafka.protocol.types import Array, Schema
from aiokafka.record.default_records import DefaultRecordBatchBuilder

from chassis.bus.kafka import connection_options
from chassis.settings import KafkaSecurity
from deploy.kafka.rechten import CLUSTER, Handeling, Patroon, Soort
from deploy.kafka.verzoeken import (
    SCRAM_SHA_512,
    AlterClientQuotasRequest,
    AlterUserScramCredentialsRequest,
    DescribeUserScramCredentialsRequest,
)

TOPIC, GROUP, CLUSTER_GEWEIGERD, TRANSACTIE = 29, 30, 31, 53
GEWEIGERD: Final = {TOPIC, GROUP, CLUSTER_GEWEIGERD, TRANSACTIE}
"""Kafka's error codes for "you may not"."""
_STRAKS: Final = {5, 6, 14, 15, 16}
"""A leader or coordinator that is not ready yet."""
_TYPE_TOPIC: Final = 2


class Klant:
    """One connection of one principal."""

    def __init__(self, client: AIOKafkaClient) -> None:
        self._client = client

    async def antwoord(self, verzoek: Request[Any]) -> Response:
        return await self._client.send(self._client.get_random_node(), verzoek)

    async def mag(self, verzoek: Request[Any]) -> bool:
        """Whether the broker allows it. What it answers may not be another error."""
        async with asyncio.timeout(30):
            while (codes := await self._fouten(verzoek)) & _STRAKS:  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        assert codes <= GEWEIGERD, f"{type(verzoek).__name__}: {codes}"
        return not codes

    async def _fouten(self, verzoek: Request[Any]) -> set[int]:
        antwoord = await self.antwoord(verzoek)
        velden = [getattr(antwoord, naam) for naam in antwoord.SCHEMA.names]
        return set(_codes(antwoord.SCHEMA, velden)) - {0}

    async def topics(self) -> set[str]:
        """The topics it gets to see when it asks for all."""
        return set((await self._client.fetch_all_metadata()).topics())

    async def groepen(self) -> set[str]:
        return {groep for groep, _ in (await self.antwoord(ListGroupsRequest())).groups}


@contextlib.asynccontextmanager
async def klant(bootstrap: str, beveiliging: KafkaSecurity) -> AsyncIterator[Klant]:
    client = AIOKafkaClient(**connection_options(bootstrap, beveiliging))
    await client.bootstrap()
    try:
        yield Klant(client)
    finally:
        await client.close()


def _codes(vorm: Any, waarde: Any) -> Iterator[int]:
    """Every error code in an answer, at whatever depth."""
    if isinstance(vorm, Array) and waarde:
        for element in waarde:
            yield from _codes(vorm.array_of, element)
    elif isinstance(vorm, Schema):
        for naam, veld, deel in zip(vorm.names, vorm.fields, waarde, strict=True):
            if naam == "error_code":
                yield deel
            else:
                yield from _codes(veld, deel)


def lees(topic: str) -> list[Request[Any]]:
    """The two ways to learn what is on a topic."""
    return [
        FetchRequest(0, 0, 1_000_000, 0, [(topic, [(0, 0, 1_000_000)])]),
        OffsetRequest(-1, 0, [(topic, [(0, -1)])]),
    ]


def schrijf(topic: str) -> Request[Any]:
    bundel = DefaultRecordBatchBuilder(
        magic=2,
        compression_type=0,
        is_transactional=0,
        producer_id=-1,
        producer_epoch=-1,
        base_sequence=-1,
        batch_size=10_000,
    )
    bundel.append(0, timestamp=int(time.time() * 1000), key=b"k", value=b"v", headers=[])
    return ProduceRequest(None, -1, 10_000, [(topic, [(0, bytes(bundel.build()))])])


def gebruik_groep(groep: str, topic: str) -> list[Request[Any]]:
    """What a consumer does in its group, apart from reading."""
    return [
        FindCoordinatorRequest(groep, 0),
        OffsetFetchRequest(groep, [(topic, [0])]),
        OffsetCommitRequest(groep, -1, "", -1, [(topic, [(0, 0, "")])]),
        DescribeGroupsRequest([groep]),
    ]


def treed_toe(groep: str) -> Request[Any]:
    return JoinGroupRequest(groep, 10_000, 10_000, "", None, "consumer", [("range", b"")])


class _LoginVan(DescribeUserScramCredentialsRequest):
    """Of one user: a broker that refuses to tell of all never answers (an error of its own)."""

    def __init__(self, gebruiker: str) -> None:
        self._gebruiker = gebruiker

    def build(self, request_struct_class: Any) -> Any:
        return request_struct_class([(self._gebruiker, {})], {})


def beheer(topic: str, groep: str) -> dict[str, Request[Any]]:
    """Everything that only an operator may do, by name; also to one's own topic and group."""
    zelf = (Soort.TOPIC, topic, Patroon.LITERAL, "User:wsd", "*", Handeling.ALL, 3)
    return {
        "topic maken": CreateTopicsRequest([(f"{topic}.nieuw", 1, 1, [], [])], 5_000, True),
        "topic verwijderen": DeleteTopicsRequest([topic], 5_000),
        "partities erbij": CreatePartitionsRequest([(topic, (24, None))], 5_000, True),
        "berichten wissen": DeleteRecordsRequest([(topic, [(0, 0)])], 5_000),
        "instelling lezen": DescribeConfigsRequest([(_TYPE_TOPIC, topic, None)]),
        "instelling wijzigen": AlterConfigsRequest(
            [(_TYPE_TOPIC, topic, [("retention.ms", "1")])], True
        ),
        "groep verwijderen": DeleteGroupsRequest([groep]),
        "rechten lezen": DescribeAclsRequest(1, None, 1, None, None, 1, 1),
        "recht geven": CreateAclsRequest(*zelf),
        "recht op het cluster geven": CreateAclsRequest(Soort.CLUSTER, CLUSTER, *zelf[2:]),
        "recht nemen": DeleteAclsRequest(*zelf),
        "quota lezen": DescribeClientQuotasRequest([("user", 2, None)], False),
        "quotum wijzigen": AlterClientQuotasRequest(
            {(("user", groep),): {"request_percentage": 1}}
        ),
        "gebruikers lezen": _LoginVan(groep),
        "wachtwoord zetten": AlterUserScramCredentialsRequest(
            nieuw=[(groep, SCRAM_SHA_512, 4096, b"zout" * 4, b"w" * 64)]
        ),
        "transactie beginnen": InitProducerIdRequest(groep, 10_000),
    }
