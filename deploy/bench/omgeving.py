"""PostgreSQL (durable, as in production) and Kafka for one run."""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from chassis.database import Database
from chassis.encryption import KeyRing
from chassis.migrations import prepare, service_url
from chassis.vault import Vault
from contracts.afnemers import TOPICS
from deploy.kafka.lokaal import LokaleKafka
from deploy.kafka.ophalen import haal_op
from deploy.kafka.topics import maak_topics
from deploy.lokaal.postgres import LokalePostgres
from deploy.lokaal.processen import KAFKA_MAP

WACHTWOORD: Final = "bench"
OIN: Final = "00000099000000001000"
DIENSTEN: Final = ("intake", "diagnose", "plaatsing")


@dataclass(frozen=True)
class Omgeving:
    """beheer_url: of PostgreSQL; bootstrap: of Kafka; sleutels: a key ring (MEEDOEN_SLEUTELS)."""

    beheer_url: str
    bootstrap: str
    sleutels: str
    map: Path

    def url(self, dienst: str) -> str:
        return service_url(self.beheer_url, dienst, WACHTWOORD)

    def database(self, dienst: str) -> Database:
        return Database(dienst, self.url(dienst), vault=Vault(KeyRing.from_json(self.sleutels)))


@contextlib.asynccontextmanager
async def omgeving() -> AsyncIterator[Omgeving]:
    """Everything started and empty; gone when the block ends."""
    with tempfile.TemporaryDirectory(prefix="meedoen-bench-") as naam:
        map_ = Path(naam)
        await asyncio.to_thread(map_.chmod, 0o755)
        kafka = await asyncio.to_thread(haal_op, KAFKA_MAP)
        with (
            LokalePostgres(map_ / "postgres") as postgres,
            LokaleKafka(map_ / "kafka", kafka) as cluster,
        ):
            for dienst in DIENSTEN:
                await prepare(postgres.beheer_url, f"services.{dienst}", WACHTWOORD)
            await prepare(postgres.beheer_url, "gateway", WACHTWOORD)
            await maak_topics(cluster.bootstrap, TOPICS)
            yield Omgeving(postgres.beheer_url, cluster.bootstrap, KeyRing.generate_json(), map_)
