"""The chain as it is run in earnest, each part a process that can be killed, and in one process."""

from __future__ import annotations

import asyncio
import contextlib
import json
import subprocess
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from chassis.server import serve
from chassis.settings import Task
from contracts.afnemers import TOPICS
from deploy.kafka.lokaal import LokaleKafka
from deploy.kafka.ophalen import Kafka
from deploy.kafka.topics import maak_topics
from deploy.lokaal.adres import HOST, vrije_poorten
from deploy.lokaal.geheimen import Geheimen
from deploy.lokaal.keten import ALLES, bereid_voor, keten
from deploy.lokaal.postgres import SNEL_MAAR_VLUCHTIG, LokalePostgres
from deploy.lokaal.processen import processen, start, wacht_tot_gezond
from deploy.regio import SERVICES
from tests.storing.klok import Bestandsklok
from tests.storing.proces import KLOKBESTAND

BEGIN: Final = datetime(2026, 11, 20, 9, tzinfo=UTC)
"""The tables of the law are those of its year."""
BROKERS: Final = 3
_STOP_SECONDS: Final = 20.0


@dataclass
class Processen:
    """Processes by name, each with a log of its own; killed and started again at will."""

    opdrachten: Mapping[str, tuple[list[str], dict[str, str]]]
    map_: Path
    draaiend: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, naam: str) -> None:
        self.draaiend[naam] = start(naam, *self.opdrachten[naam], self.map_)

    def kill(self, naam: str) -> None:
        """End a process as a crash would. Fails when it had already ended by itself."""
        self.eis_levend()
        proces = self.draaiend.pop(naam)
        proces.kill()
        proces.wait()

    def eis_levend(self) -> None:
        """Fails when a process ended that nobody killed."""
        gestopt = [n for n, proces in self.draaiend.items() if proces.poll() is not None]
        assert not gestopt, f"vanzelf gestopt: {', '.join(gestopt)}; zie {self.map_ / 'log'}"

    @contextlib.contextmanager
    def alle(self) -> Iterator[None]:
        """All of them, until the block ends."""
        try:
            for naam in self.opdrachten:
                self.start(naam)
            yield
        finally:
            for proces in self.draaiend.values():
                proces.terminate()
            for proces in self.draaiend.values():
                try:
                    proces.wait(_STOP_SECONDS)
                except subprocess.TimeoutExpired:
                    proces.kill()
                    proces.wait()


@dataclass
class Losse:
    """The chain as separate processes. feed_url: a second gateway, on the same database."""

    url: str
    feed_url: str
    postgres: LokalePostgres
    beheer_url: str
    kafka: LokaleKafka
    processen: Processen
    klok: Bestandsklok


@dataclass(frozen=True)
class Ene:
    """The chain in one process: the undisturbed run."""

    url: str
    beheer_url: str
    klok: Bestandsklok


def opdrachten(
    geheimen: Geheimen,
    beheer_url: str,
    bootstrap: str,
    map_: Path,
    *,
    poort: int,
    feed_poort: int,
    van_gateway: dict[str, str],
) -> dict[str, tuple[list[str], dict[str, str]]]:
    """Per process its command and environment: of each service two, and two gateways."""
    gewoon = processen(geheimen, beheer_url, bootstrap, map_ / "sleutel.json", poort=poort)
    extra = iter(vrije_poorten(len(SERVICES) + 1))
    klok = {KLOKBESTAND: str(map_ / "klok"), "MEEDOEN_LOGNIVEAU": "WARNING"}
    los: dict[str, tuple[list[str], dict[str, str]]] = {}
    for service in SERVICES:
        opdracht = ["-m", "tests.storing.proces", service.name]
        omgeving = gewoon[service.name][1] | klok
        rest = [taak for taak in Task if taak is not Task.RELAY]
        los[service.name] = (
            opdracht,
            omgeving
            | {"MEEDOEN_TAKEN": json.dumps(rest), "MEEDOEN_INSTANTIE": f"{service.name}-1"},
        )
        los[f"{service.name}-relay"] = (
            opdracht,
            omgeving
            | {
                "MEEDOEN_TAKEN": json.dumps([Task.RELAY]),
                "MEEDOEN_LUISTER": f"{HOST}:{next(extra)}",
            },
        )
    opdracht = ["-m", "tests.storing.proces", "gateway"]
    omgeving = gewoon["gateway"][1] | klok | van_gateway
    los["gateway"] = (opdracht, omgeving)
    los["gateway-2"] = (
        opdracht,
        omgeving
        | {
            "MEEDOEN_LUISTER": f"{HOST}:{feed_poort}",
            "MEEDOEN_LUISTER_INTERN": f"{HOST}:{next(extra)}",
        },
    )
    return los


@contextlib.asynccontextmanager
async def losse_processen(
    map_: Path, kafka: Kafka, van_gateway: dict[str, str]
) -> AsyncIterator[Losse]:
    """Everything as it is installed: three brokers, PostgreSQL that waits for the disk.

    van_gateway: settings of the gateways besides the usual ones.
    """
    poort, feed_poort = vrije_poorten(2)
    klok = Bestandsklok(_map(map_) / "klok")
    klok.zet(BEGIN)
    with (
        LokalePostgres(map_ / "postgres") as postgres,
        LokaleKafka(map_ / "kafka", kafka, brokers=BROKERS) as cluster,
    ):
        geheimen = Geheimen.uit(map_ / "geheimen.json", [s.name for s in ALLES])
        await bereid_voor(postgres.beheer_url, geheimen)
        await maak_topics(cluster.bootstrap, TOPICS, replicatie=cluster.replicatie)
        bij_elkaar = Processen(
            opdrachten(
                geheimen,
                postgres.beheer_url,
                cluster.bootstrap,
                map_,
                poort=poort,
                feed_poort=feed_poort,
                van_gateway=van_gateway,
            ),
            map_,
        )
        with bij_elkaar.alle():
            for adres in (poort, feed_poort):
                await wacht_tot_gezond(f"http://{HOST}:{adres}", bij_elkaar.draaiend, map_)
            yield Losse(
                f"http://{HOST}:{poort}",
                f"http://{HOST}:{feed_poort}",
                postgres,
                postgres.beheer_url,
                cluster,
                bij_elkaar,
                klok,
            )


@contextlib.asynccontextmanager
async def een_proces(map_: Path) -> AsyncIterator[Ene]:
    """The same chain without anything that can be disturbed."""
    klok = Bestandsklok(_map(map_) / "klok")
    klok.zet(BEGIN)
    with LokalePostgres(map_ / "postgres", SNEL_MAAR_VLUCHTIG) as postgres:
        geheimen = Geheimen.uit(map_ / "geheimen.json", [s.name for s in ALLES])
        await bereid_voor(postgres.beheer_url, geheimen)
        [poort] = vrije_poorten(1)
        async with keten(postgres.beheer_url, geheimen, map_, clock=klok) as draaiend:
            server = asyncio.create_task(serve((draaiend.app, f"{HOST}:{poort}")))
            try:
                yield Ene(f"http://{HOST}:{poort}", postgres.beheer_url, klok)
            finally:
                server.cancel()
                await asyncio.gather(server, return_exceptions=True)


def _map(map_: Path) -> Path:
    map_.mkdir(parents=True, exist_ok=True)
    return map_
