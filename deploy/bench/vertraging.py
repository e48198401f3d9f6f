"""From emitting an event in one process to the commit of its reaction in another, over Kafka."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any, Final
from uuid import uuid4

import uvloop

from chassis import telemetry
from chassis.bus.kafka import KafkaBus
from chassis.bus.protocol import Message
from chassis.consumer import Consumer
from chassis.database import Database
from chassis.encryption import KeyRing
from chassis.relay import Relay
from chassis.tenancy import SYSTEM
from chassis.vault import Vault
from contracts.afnemers import dienst_topic
from contracts.envelope import CloudEvent
from contracts.gebeurtenis import Leeftijdsgroep
from contracts.intake import Doelgroep, KandidaatDoorverwezen
from deploy.bench.omgeving import OIN, Omgeving
from deploy.bench.uitslag import Vertraging
from deploy.installatie import WORTEL
from services.diagnose.reactions import REACTIONS

_PER_SECONDE: Final = 200
_SECONDEN: Final = 15
_WARM: Final = 400


async def meet(omgeving: Omgeving) -> Vertraging:
    """At 200 events per second, once the consumer consumes; the first two seconds do not count."""
    aantal = _PER_SECONDE * _SECONDEN + _WARM
    consument = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "deploy.bench.vertraging", str(aantal)),
        cwd=WORTEL,
        env={
            **os.environ,
            "BENCH_URL": omgeving.url("diagnose"),
            "BENCH_SLEUTELS": omgeving.sleutels,
            "BENCH_KAFKA": omgeving.bootstrap,
        },
        stdout=subprocess.PIPE,
    )
    bus = KafkaBus(omgeving.bootstrap, client_id="bench-vertraging")
    async with omgeving.database("intake") as database:
        # What other measurements left would have to be consumed first.
        async with database.unit_of_work(SYSTEM) as uow:
            await uow.connection.execute("DELETE FROM outbox")
            await uow.commit()
        relay = asyncio.create_task(Relay(database, bus, oin=OIN).run())
        await _zeg_een(database)
        if consument.stdout is None:
            raise RuntimeError("a pipe was asked for")
        await consument.stdout.readline()
        await _zeg(database, aantal - 1)
        uitvoer, _ = await consument.communicate()
        relay.cancel()
        await asyncio.gather(relay, return_exceptions=True)
    await bus.close()
    duren: list[float] = json.loads(uitvoer)
    return Vertraging(duren[_WARM:], doel_p50=15, doel_p99=60)


async def _zeg(database: Database, aantal: int) -> None:
    """Emit at an even pace."""
    begin = time.perf_counter()
    lopend: set[asyncio.Task[None]] = set()
    for nummer in range(aantal):
        if (wacht := begin + nummer / _PER_SECONDE - time.perf_counter()) > 0:
            await asyncio.sleep(wacht)
        taak = asyncio.create_task(_zeg_een(database))
        lopend.add(taak)
        taak.add_done_callback(lopend.discard)
    await asyncio.gather(*lopend)


async def _zeg_een(database: Database) -> None:
    async with database.unit_of_work("0757") as uow:
        uow.emit(
            KandidaatDoorverwezen(
                kandidaat_id=uuid4(),
                gemeentecode="0757",
                doorverwezen_op=date(2026, 11, 20),
                doelgroep=Doelgroep.PWET,
                leeftijdsgroep=Leeftijdsgroep.L21_PLUS,
            ),
            afnemers=("0757", "wsd"),
        )
        await uow.commit()


async def _luister(aantal: int) -> list[float]:
    """The consuming process: milliseconds from the time in the envelope to after the commit."""
    duren: list[float] = []
    klaar = asyncio.Event()
    vault = Vault(KeyRing.from_json(os.environ["BENCH_SLEUTELS"]))
    bus = KafkaBus(os.environ["BENCH_KAFKA"], client_id="bench-luisteraar")
    async with Database("diagnose", os.environ["BENCH_URL"], vault=vault) as database:
        consumer = Consumer(database, REACTIONS)

        async def een(message: Message) -> Any:
            envelope = CloudEvent.from_kafka(message.headers, message.value)
            await consumer.handle_one(message)
            if envelope.type == KandidaatDoorverwezen.type():
                duren.append((datetime.now(UTC) - envelope.time).total_seconds() * 1000)
                if len(duren) == 1:
                    print("begonnen", flush=True)
                if len(duren) >= aantal:
                    klaar.set()

        async def handle(messages: Sequence[Message]) -> None:
            # Every event here is about a kandidaat of its own, so all may run side by side.
            limit = asyncio.Semaphore(6)

            async def begrensd(message: Message) -> None:
                async with limit:
                    await een(message)

            await asyncio.gather(*(begrensd(message) for message in messages))

        lezen = asyncio.create_task(
            bus.consume("bench-vertraging", [dienst_topic("intake")], handle)
        )
        async with asyncio.timeout(120):
            await klaar.wait()
        lezen.cancel()
        await asyncio.gather(lezen, return_exceptions=True)
    await bus.close()
    return duren


if __name__ == "__main__":
    telemetry.configure("ERROR", sys.stderr)
    print(json.dumps(uvloop.run(_luister(int(sys.argv[1])))))
