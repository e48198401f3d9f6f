"""The bus on Apache Kafka, with aiokafka behind it.

aiokafka's defaults lose and reorder; every setting that matters is stated here, once. Its
idempotent producer cannot recover from a sequence error by itself, so on any failure the producer
is thrown away: the relay reads the outbox again and sends the same messages with a new one.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import itertools
import ssl
from collections import defaultdict
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from types import TracebackType
from typing import Any, Final, Self

import structlog
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, ConsumerRecord, TopicPartition
from aiokafka.client import AIOKafkaClient
from aiokafka.coordinator.assignors.sticky.sticky_assignor import StickyPartitionAssignor
from aiokafka.errors import (
    CommitFailedError,
    IllegalStateError,
    KafkaError,
    ProducerClosed,
    RebalanceInProgressError,
)
from aiokafka.partitioner import murmur2

from chassis.bus.protocol import BusUnavailableError, Handler, Message
from chassis.retry import Backoff
from chassis.settings import KafkaProtocol, KafkaSecurity

log = structlog.get_logger(__name__)

_MAX_BATCH_BYTES: Final = 512 * 1024
"""Half of what a broker takes by default. A message that is larger by itself is refused; a broker
that takes less is the operator's to mend, as is a missing topic: the messages wait for that."""
_ACK_SECONDS: Final = 20.0
_READY_SECONDS: Final = 5.0
_DISCARD_SECONDS: Final = 5.0
_FETCH_RECORDS: Final = 500
_COMMIT_MS: Final = 200


def connection_options(bootstrap: str, security: KafkaSecurity) -> dict[str, Any]:
    """Where the brokers are and who we are, as every client of aiokafka takes it.

    Raises OSError (also ssl.SSLError) when a certificate or key cannot be used.
    """
    options: dict[str, Any] = {
        "bootstrap_servers": bootstrap,
        "security_protocol": security.protocol.value,
    }
    if security.protocol is KafkaProtocol.PLAINTEXT:
        return options
    options["ssl_context"] = context = ssl.create_default_context(cafile=security.ca)
    if security.certificaat:
        context.load_cert_chain(security.certificaat, security.sleutel, password="")
    if security.wachtwoord:
        options |= {
            "sasl_mechanism": "SCRAM-SHA-512",
            "sasl_plain_username": security.gebruiker,
            "sasl_plain_password": security.wachtwoord.get_secret_value(),
        }
    return options


class KafkaBus:
    """Implements chassis.bus.Bus. ``instance`` names this process within its groups."""

    def __init__(
        self,
        bootstrap: str,
        *,
        client_id: str,
        instance: str | None = None,
        security: KafkaSecurity = KafkaSecurity(),  # noqa: B008 - frozen
    ) -> None:
        """Raises OSError (also ssl.SSLError) when a certificate or key cannot be used."""
        self._connection = {**connection_options(bootstrap, security), "client_id": client_id}
        self._instance = instance
        self._producer: AIOKafkaProducer | None = None
        self._starting = asyncio.Lock()

    async def publish(self, messages: Sequence[Message]) -> Collection[int]:
        producer = await self._started()
        try:
            async with asyncio.timeout(_ACK_SECONDS):
                return await self._send(producer, messages)
        except (KafkaError, TimeoutError, OSError) as error:
            await self._discard(producer)
            raise BusUnavailableError(type(error).__name__) from error
        except asyncio.CancelledError:
            # What was handed over may still arrive; the outbox keeps the rows, so it may.
            await self._discard(producer)
            raise

    async def _send(self, producer: AIOKafkaProducer, messages: Sequence[Message]) -> list[int]:
        per_partition: dict[tuple[str, int], list[Message]] = defaultdict(list)
        partitions_of: dict[str, int] = {}
        refused: list[int] = []
        for index, message in enumerate(messages):
            if len(message.value) > _MAX_BATCH_BYTES:
                refused.append(index)
                continue
            count = partitions_of.get(message.topic)
            if count is None:
                count = len(await producer.partitions_for(message.topic))
                partitions_of[message.topic] = count
            partition = _key_hash(message.key) % count
            per_partition[message.topic, partition].append(message)

        outcomes = await asyncio.gather(
            *(
                _send_in_batches(producer, *partition, batch)
                for partition, batch in per_partition.items()
            ),
            return_exceptions=True,
        )
        for outcome in outcomes:
            if isinstance(outcome, BaseException):
                raise outcome
        return refused

    async def consume(self, group: str, topics: Collection[str], handler: Handler) -> None:
        backoff = Backoff()
        while True:
            consumer = AIOKafkaConsumer(
                *topics,
                **self._connection,
                group_id=group,
                group_instance_id=f"{group}-{self._instance}" if self._instance else None,
                enable_auto_commit=False,
                auto_offset_reset="earliest",
                partition_assignment_strategy=(StickyPartitionAssignor,),
                session_timeout_ms=10_000,
                heartbeat_interval_ms=3_000,
                max_poll_interval_ms=300_000,
                fetch_max_wait_ms=500,
                max_poll_records=_FETCH_RECORDS,
            )
            finished = _Finished(consumer)
            try:
                await consumer.start()
                while True:
                    fetched = await consumer.getmany(timeout_ms=_COMMIT_MS)
                    await _until_handled(handler, _messages(fetched))
                    finished.add(fetched)
                    await finished.tell_in_time()
                    backoff.reset()
            except (KafkaError, OSError) as error:
                log.warning("bus_wacht", groep=group, fout=type(error).__name__)
                await backoff.wait()
            finally:
                with contextlib.suppress(TimeoutError, KafkaError, OSError):
                    async with asyncio.timeout(_DISCARD_SECONDS):
                        await finished.tell()
                        await consumer.stop()

    async def ready(self) -> None:
        # Not through the producer: whoever only reads may not start one.
        client = AIOKafkaClient(**self._connection)
        try:
            async with asyncio.timeout(_READY_SECONDS):
                await client.bootstrap()
        except (KafkaError, TimeoutError, OSError) as error:
            raise BusUnavailableError(type(error).__name__) from error
        finally:
            await client.close()

    async def close(self) -> None:
        if self._producer is not None:
            await self._discard(self._producer)

    async def _started(self) -> AIOKafkaProducer:
        async with self._starting:
            if self._producer is None:
                producer = AIOKafkaProducer(
                    **self._connection,
                    acks="all",
                    enable_idempotence=True,
                    linger_ms=0,
                    max_batch_size=_MAX_BATCH_BYTES,
                    request_timeout_ms=15_000,
                )
                try:
                    async with asyncio.timeout(_ACK_SECONDS):
                        await producer.start()
                except BaseException as error:
                    await self._discard(producer)
                    if isinstance(error, KafkaError | OSError):
                        raise BusUnavailableError(type(error).__name__) from error
                    raise
                self._producer = producer
            return self._producer

    async def _discard(self, producer: AIOKafkaProducer) -> None:
        """End a producer without waiting for what it still holds: the outbox holds that too.

        Its own stop() delivers first, which in an outage never ends; left alone it would go on
        trying, and one day deliver what has long been sent by another.
        """
        if self._producer is producer:
            self._producer = None
        if producer._sender.sender_task is not None:
            producer._sender.sender_task.cancel()
        with contextlib.suppress(TimeoutError, KafkaError, OSError):
            async with asyncio.timeout(_DISCARD_SECONDS):
                await producer.stop()
        held = producer._message_accumulator
        batches = [*held._pending_batches, *itertools.chain.from_iterable(held._batches.values())]
        held.fail_all(ProducerClosed())
        for batch in batches:
            # Who still waits is told; for those nobody waits for, asyncio would complain.
            batch.future.exception()
            batch._drain_waiter.exception()
        await producer.client.close()


class KafkaHistory:
    """Everything that is still kept on some topics. Implements chassis.replay.History.

    Without a consumer group: it moves nobody's place, and leaves none behind.
    """

    def __init__(
        self,
        bootstrap: str,
        topics: Collection[str],
        *,
        client_id: str,
        security: KafkaSecurity = KafkaSecurity(),  # noqa: B008 - frozen
    ) -> None:
        """Raises OSError (also ssl.SSLError) when a certificate or key cannot be used."""
        self._consumer = AIOKafkaConsumer(
            *topics,
            **connection_options(bootstrap, security),
            client_id=client_id,
            group_id=None,
            auto_offset_reset="earliest",
            max_poll_records=_FETCH_RECORDS,
        )

    async def __aenter__(self) -> Self:
        try:
            await self._consumer.start()
        except BaseException:
            await self._consumer.stop()
            raise
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._consumer.stop()

    async def read_on(self) -> AsyncIterator[Sequence[Message]]:
        ends = await self._consumer.end_offsets(self._consumer.assignment())
        for partition, end in ends.items():
            while await self._consumer.position(partition) < end:
                messages = _messages(await self._consumer.getmany(timeout_ms=_COMMIT_MS))
                if messages:
                    yield messages


@functools.lru_cache(maxsize=10_000)
def _key_hash(key: bytes) -> int:
    """As other Kafka clients do it, so that a key has one partition whoever sends it."""
    return int(murmur2(key) & 0x7FFFFFFF)


class _Finished:
    """How far a consumer is, told to the broker a few times a second: each time costs a round trip.

    Who takes over before it was told gets the last messages once more.
    """

    def __init__(self, consumer: AIOKafkaConsumer) -> None:
        self._consumer = consumer
        self._offsets: dict[TopicPartition, int] = {}
        self._told_at = 0.0

    def add(self, fetched: Mapping[TopicPartition, Sequence[ConsumerRecord[bytes, bytes]]]) -> None:
        self._offsets |= {tp: records[-1].offset + 1 for tp, records in fetched.items()}

    async def tell_in_time(self) -> None:
        if asyncio.get_running_loop().time() - self._told_at >= _COMMIT_MS / 1000:
            await self.tell()

    async def tell(self) -> None:
        self._told_at = asyncio.get_running_loop().time()
        ours = self._consumer.assignment()
        offsets = {tp: offset for tp, offset in self._offsets.items() if tp in ours}
        self._offsets.clear()
        try:
            if offsets:
                await self._consumer.commit(offsets)
        except (CommitFailedError, IllegalStateError, RebalanceInProgressError) as error:
            # Another consumer has these partitions now and gets the messages once more.
            log.info("bus_herverdeeld", fout=type(error).__name__)


def _messages(
    fetched: Mapping[TopicPartition, Sequence[ConsumerRecord[bytes, bytes]]],
) -> list[Message]:
    return [
        Message(
            tp.topic,
            record.key or b"",
            record.value or b"",
            [(name, value or b"") for name, value in record.headers],
        )
        for tp, records in fetched.items()
        for record in records
    ]


async def _until_handled(handler: Handler, messages: Sequence[Message]) -> None:
    """Give the same messages until they are taken. What comes after them has to wait anyhow."""
    backoff = Backoff()
    while messages:
        try:
            await handler(messages)
            break
        except Exception as error:
            log.error("bus_bericht_niet_aangenomen", fout=type(error).__name__)
            await backoff.wait()


async def _send_in_batches(
    producer: AIOKafkaProducer, topic: str, partition: int, messages: Sequence[Message]
) -> None:
    """Send to one partition, in order, and wait for every acknowledgement."""
    acknowledgements: list[asyncio.Future[Any]] = []
    batch = producer.create_batch()

    def add(message: Message) -> bool:
        added = batch.append(
            key=message.key, value=message.value, timestamp=None, headers=message.headers
        )
        return added is not None

    for message in messages:
        if not add(message):
            acknowledgements.append(await producer.send_batch(batch, topic, partition=partition))
            batch = producer.create_batch()
            add(message)
    batch.close()
    acknowledgements.append(await producer.send_batch(batch, topic, partition=partition))
    await asyncio.gather(*acknowledgements)
