"""The bus on Apache Kafka, with aiokafka behind it.

aiokafka's defaults lose and reorder; every setting that matters is stated here, once. Its
idempotent producer cannot recover from a sequence error by itself, so on any failure the producer
is thrown away: the relay reads the outbox again and sends the same messages with a new one.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any, Final

import structlog
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.coordinator.assignors.sticky.sticky_assignor import StickyPartitionAssignor
from aiokafka.errors import (
    CommitFailedError,
    IllegalStateError,
    InvalidTopicError,
    KafkaError,
    MessageSizeTooLargeError,
    RebalanceInProgressError,
)
from aiokafka.partitioner import murmur2

from chassis.bus.protocol import BusUnavailableError, Handler, Message
from chassis.retry import Backoff

log = structlog.get_logger(__name__)

_MAX_BATCH_BYTES: Final = 512 * 1024
_ACK_SECONDS: Final = 20.0
_FETCH_RECORDS: Final = 500
_NEVER_TAKEN: Final = (MessageSizeTooLargeError, InvalidTopicError)
"""The message is at fault. A topic that is missing or closed to us is the operator's to mend: the
messages wait for that."""


class KafkaBus:
    """Implements chassis.bus.Bus. ``instance`` names this process within its groups."""

    def __init__(self, bootstrap: str, *, client_id: str, instance: str | None = None) -> None:
        self._bootstrap = bootstrap
        self._client_id = client_id
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
        refused: list[int] = []
        per_partition: dict[tuple[str, int], list[int]] = defaultdict(list)
        partitions_of: dict[str, int] = {}
        for index, message in enumerate(messages):
            count = partitions_of.get(message.topic)
            if count is None:
                count = len(await producer.partitions_for(message.topic))
                partitions_of[message.topic] = count
            partition = (murmur2(message.key) & 0x7FFFFFFF) % count
            per_partition[message.topic, partition].append(index)

        async def one(topic: str, partition: int, indexes: list[int]) -> list[int]:
            return await _send_in_batches(producer, topic, partition, indexes, messages)

        for part in await asyncio.gather(*(one(*tp, ix) for tp, ix in per_partition.items())):
            refused += part
        return refused

    async def consume(self, group: str, topics: Collection[str], handler: Handler) -> None:
        backoff = Backoff()
        while True:
            consumer = AIOKafkaConsumer(
                *topics,
                bootstrap_servers=self._bootstrap,
                client_id=self._client_id,
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
            try:
                await consumer.start()
                while True:
                    await self._consume_once(consumer, handler)
                    backoff.reset()
            except (KafkaError, OSError) as error:
                log.warning("bus_wacht", groep=group, fout=type(error).__name__)
                await backoff.wait()
            finally:
                await consumer.stop()

    async def _consume_once(self, consumer: AIOKafkaConsumer, handler: Handler) -> None:
        fetched = await consumer.getmany(timeout_ms=1000)
        if not fetched:
            return
        messages = [
            Message(tp.topic, record.key or b"", record.value or b"", record.headers)
            for tp, records in fetched.items()
            for record in records
        ]
        await handler(messages)
        done = {tp: records[-1].offset + 1 for tp, records in fetched.items()}
        try:
            await consumer.commit(done)
        except (CommitFailedError, IllegalStateError, RebalanceInProgressError) as error:
            # Another consumer has these partitions now and gets the messages once more.
            log.info("bus_herverdeeld", fout=type(error).__name__)

    async def ready(self) -> None:
        await self._started()

    async def close(self) -> None:
        producer, self._producer = self._producer, None
        if producer is not None:
            await producer.stop()

    async def _started(self) -> AIOKafkaProducer:
        async with self._starting:
            if self._producer is None:
                producer = AIOKafkaProducer(
                    bootstrap_servers=self._bootstrap,
                    client_id=self._client_id,
                    acks="all",
                    enable_idempotence=True,
                    linger_ms=0,
                    max_batch_size=_MAX_BATCH_BYTES,
                    request_timeout_ms=15_000,
                )
                try:
                    await producer.start()
                except (KafkaError, OSError) as error:
                    await producer.stop()
                    raise BusUnavailableError(type(error).__name__) from error
                self._producer = producer
            return self._producer

    async def _discard(self, producer: AIOKafkaProducer) -> None:
        if self._producer is producer:
            self._producer = None
        stopping = asyncio.ensure_future(producer.stop())
        try:
            async with asyncio.timeout(5):
                await asyncio.shield(stopping)
        except (TimeoutError, KafkaError, OSError):
            stopping.cancel()


async def _send_in_batches(
    producer: AIOKafkaProducer,
    topic: str,
    partition: int,
    indexes: Sequence[int],
    messages: Sequence[Message],
) -> list[int]:
    """Send to one partition in order. Returns the indexes that are refused for ever."""
    refused: list[int] = []
    futures: list[tuple[Any, list[int]]] = []
    batch = producer.create_batch()
    held: list[int] = []

    async def flush() -> None:
        nonlocal batch, held
        if held:
            batch.close()
            futures.append((await producer.send_batch(batch, topic, partition=partition), held))
        batch, held = producer.create_batch(), []

    for index in indexes:
        message = messages[index]
        added = batch.append(
            key=message.key, value=message.value, timestamp=None, headers=message.headers
        )
        if added is None:
            await flush()
            added = batch.append(
                key=message.key, value=message.value, timestamp=None, headers=message.headers
            )
        if added is None:
            refused.append(index)
        else:
            held.append(index)
    await flush()
    for future, batch_indexes in futures:
        try:
            await future
        except _NEVER_TAKEN:
            refused += batch_indexes
    return refused
