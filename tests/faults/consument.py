"""A process that only consumes from Kafka: for the listening service, and perhaps the test one."""

from __future__ import annotations

import asyncio

from chassis.bus.kafka import KafkaBus
from chassis.consumer import Consumer
from chassis.database import Database
from tests.chassis.hulp import NOTE
from tests.faults.children import Orders


async def consume(orders: Orders, service: str, url: str) -> None:
    bus = KafkaBus(orders.bootstrap, client_id=service, instance=orders.name)
    async with Database(service, url) as database:
        consumer = Consumer(database, [NOTE])
        await bus.consume(f"{orders.topic}-{service}", [orders.topic], consumer.handle)


async def main(orders: Orders) -> None:
    async with asyncio.TaskGroup() as group:
        group.create_task(consume(orders, "luisterdienst", orders.luister_url))
        if orders.both_consumers:
            group.create_task(consume(orders, "proefdienst", orders.proef_url))


if __name__ == "__main__":
    asyncio.run(main(Orders.received()))
