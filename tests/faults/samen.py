"""Relay and both consumers in one process, on the in-process bus."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from pathlib import Path

from chassis.bus.in_process import InProcessBus
from chassis.bus.protocol import Bus, Message
from chassis.consumer import Consumer
from chassis.database import Database
from chassis.relay import Relay
from tests.chassis.hulp import NOTE, OIN
from tests.faults.buses import DuplicatingBus
from tests.faults.children import Orders

GROUPS = ("luisterdienst", "proefdienst", "draad")


class Wire:
    """A group that only takes down what passes. What is written stays, whatever happens to us."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    async def handle(self, messages: Sequence[Message]) -> None:
        lines = (f"{m.key.decode()} {_version(m)}\n" for m in messages)
        os.write(self._file, "".join(lines).encode())


def _version(message: Message) -> int:
    return int(dict(message.headers)["ce_aggregateversion"])


async def main(orders: Orders) -> None:
    bus: Bus = InProcessBus({orders.topic: GROUPS})
    if orders.duplicates:
        bus = DuplicatingBus(bus, orders.seed)
    async with (
        Database("proefdienst", orders.proef_url) as proef,
        Database("luisterdienst", orders.luister_url) as luister,
        asyncio.TaskGroup() as group,
    ):
        handlers = {
            "proefdienst": Consumer(proef, [NOTE]).handle,
            "luisterdienst": Consumer(luister, [NOTE]).handle,
            "draad": Wire(Path(orders.wire)).handle,
        }
        for name, handler in handlers.items():
            group.create_task(bus.consume(name, [orders.topic], handler))
        group.create_task(Relay(proef, bus, oin=OIN).run())


if __name__ == "__main__":
    asyncio.run(main(Orders.received()))
