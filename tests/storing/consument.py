"""A process that consumes until it is told to leave, and then says what became of the messages."""

from __future__ import annotations

import asyncio
import contextlib
import json

from chassis import metrics
from chassis.consumer import Outcome
from tests.faults.children import Orders
from tests.faults.consument import main

if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(main(Orders.received()))
    counts = {
        outcome.value: sum(
            metrics.HANDLED.labels(service, outcome.value)._value.get()
            for service in ("proefdienst", "luisterdienst")
        )
        for outcome in Outcome
    }
    print(json.dumps(counts), flush=True)
