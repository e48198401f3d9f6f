"""A process that only relays, from the test service's outbox to Kafka."""

from __future__ import annotations

import asyncio

from chassis.bus.kafka import KafkaBus
from chassis.bus.protocol import Bus
from chassis.database import Database
from chassis.relay import Relay
from tests.chassis.hulp import OIN
from tests.faults.buses import DuplicatingBus, TopicsOfARun
from tests.faults.children import Orders


async def main(orders: Orders) -> None:
    bus: Bus = TopicsOfARun(KafkaBus(orders.bootstrap, client_id="relay"), orders.run)
    if orders.duplicates:
        bus = DuplicatingBus(bus, orders.seed)
    async with Database("proefdienst", orders.proef_url) as database:
        await Relay(database, bus, oin=OIN).run()


if __name__ == "__main__":
    asyncio.run(main(Orders.received()))
