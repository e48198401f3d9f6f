"""An Apache Kafka of one or more brokers on this machine, for the local run and the tests.

Every broker is a process of its own, broker and controller in one (KRaft), reachable on
127.0.0.1 only.  A test can kill one with `kill(2)` (-9, as a crash) and bring it back with
`start(2)`; the data stays until the folder is deleted.

    with LokaleKafka(map_, haal_op(Path(".meedoen/kafka")), brokers=3) as kafka:
        use(kafka.bootstrap)
"""

from __future__ import annotations

import asyncio
import base64
import json
import os
import signal
import subprocess
import uuid
from collections.abc import Coroutine, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self, TypeVar

from aiokafka.client import AIOKafkaClient
from aiokafka.errors import KafkaError

from chassis.bus.kafka import connection_options
from chassis.settings import KafkaSecurity
from deploy.kafka.lokale_toegang import SUPER, LokaleToegang
from deploy.kafka.ophalen import HIER, Kafka, KafkaStartFout
from deploy.kafka.toegang import richt_toegang_in
from deploy.kafka.topics import maak_topics
from deploy.lokaal.machine import (
    SlotBezet,
    bestaat,
    is_vrij,
    laatste_regels,
    luistert,
    neem_slot,
    vrije_poorten,
    wacht_tot,
)

T = TypeVar("T")

STARTTIJD = 90.0
STOPTIJD = 30.0
HEAP_MB = 512


class LokaleKafka:
    """A Kafka cluster whose brokers, numbered from 1, are children of this process."""

    def __init__(
        self,
        map: Path,  # noqa: A002 - the Dutch word for folder
        kafka: Kafka,
        brokers: int = 1,
        poort: int = 0,
        *,
        toegang: LokaleToegang | None = None,
    ) -> None:
        """`poort`: port of the first broker, the others follow; 0 chooses free ports once.

        `toegang`: let nobody in but with a password or a certificate, to do what was allowed;
        without it everyone on this machine may do everything.
        """
        self._map = map.absolute()
        self._kafka = kafka
        self._aantal = brokers
        self._poort = poort
        self.toegang = toegang
        self._poorten: list[int] = []
        self._certificaatpoorten: list[int] = []
        self._beheerpoorten: list[int] = []
        self._cluster_id = ""
        self._processen: dict[int, subprocess.Popen[bytes]] = {}
        self._slot: IO[str] | None = None

    @property
    def bootstrap(self) -> str:
        """Addresses of all brokers, as clients want them; secured, for who has a password."""
        return _adressen(self._poorten)

    @property
    def bootstrap_mtls(self) -> str:
        """Addresses of all brokers of a secured cluster, for who has a certificate."""
        return _adressen(self._certificaatpoorten)

    @property
    def beheerder(self) -> KafkaSecurity:
        """How whoever may do everything connects."""
        return self.toegang.scram(SUPER) if self.toegang else KafkaSecurity()

    @property
    def replicatie(self) -> int:
        """Copies that a topic can have here."""
        return min(3, self._aantal)

    def logbestand(self, broker: int) -> Path:
        return self._broker_map(broker) / "log" / "server.log"

    def gestopt(self) -> list[int]:
        """Brokers that were started and run no more."""
        return [b for b, proces in self._processen.items() if proces.poll() is not None]

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        soort: type[BaseException] | None,
        fout: BaseException | None,
        spoor: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self, broker: int | None = None) -> None:
        """Start one broker again, or all; return when every started broker serves clients."""
        if broker is not None:
            if not self._slot:
                raise RuntimeError("start the cluster before a single broker")
            self._start_broker(broker)
            self._wacht_op_brokers()
            return
        if self._processen:
            return
        try:
            self._map.mkdir(parents=True, exist_ok=True)
            self._neem_slot()
            self._ruim_vorige_op()
            self._bepaal_cluster()
            for nummer in self._nummers():
                self._richt_in(nummer)
                self._start_broker(nummer)
            self._wacht_op_brokers()
        except BaseException:
            self.stop()
            raise

    async def richt_in(self, topics: Iterable[str]) -> list[str]:
        """Make the topics, and on a secured cluster the users, rights and quota.

        Returns the topics that were new. Raises KafkaBeheerFout.
        """
        if self.toegang:
            await richt_toegang_in(
                self.bootstrap,
                self.beheerder,
                self.toegang.wachtwoorden,
                principals=self.toegang.principals,
            )
        return await maak_topics(
            self.bootstrap, topics, replicatie=self.replicatie, beveiliging=self.beheerder
        )

    def kill(self, broker: int) -> None:
        """End a broker as a crash would: SIGKILL, nothing flushed, nothing said to the others."""
        proces = self._processen[broker]
        proces.kill()
        proces.wait()

    def stop(self) -> None:
        """End all brokers, cleanly when they can."""
        levend = [p for p in self._processen.values() if p.poll() is None]
        for proces in levend:
            proces.terminate()
        wacht_tot(lambda: all(p.poll() is not None for p in levend), STOPTIJD)
        for proces in levend:
            proces.kill()  # does nothing to a process that has ended
            proces.wait()
        self._processen.clear()
        if self._slot:
            self._slot.close()
            self._slot = None

    # -- the cluster ------------------------------------------------------------------

    def _nummers(self) -> range:
        return range(1, self._aantal + 1)

    def _broker_map(self, broker: int) -> Path:
        return self._map / f"broker-{broker}"

    def _neem_slot(self) -> None:
        try:
            self._slot = neem_slot(self._map / "slot")
        except SlotBezet as fout:
            raise KafkaStartFout(
                f"Kafka in {self._map} wordt al gebruikt door proces {fout.houder}.\n"
                "Draait ./meedoen kafka al in een ander venster? Stop het daar eerst (Ctrl-C), "
                "of kies een andere map met --map."
            ) from None

    def _ruim_vorige_op(self) -> None:
        """End brokers that a killed launcher left running; we hold the lock, so they are."""
        for pidbestand in self._map.glob("broker-*/pid"):
            pid = int(pidbestand.read_text())
            if not _is_broker(pid, pidbestand.parent):
                continue
            os.kill(pid, signal.SIGTERM)
            if not wacht_tot(lambda p=pid: not bestaat(p), STOPTIJD):  # type: ignore[misc]
                os.kill(pid, signal.SIGKILL)

    def _bepaal_cluster(self) -> None:
        """Identity, size and ports, chosen at the first start and kept."""
        bestand = self._map / "cluster.json"
        if bestand.exists():
            cluster = json.loads(bestand.read_text())
            if len(cluster["beheerpoorten"]) != self._aantal:
                raise KafkaStartFout(
                    f"In {self._map} staat een Kafka van {len(cluster['beheerpoorten'])} "
                    f"broker(s), gevraagd zijn er {self._aantal}.\n"
                    "Kies een andere map met --map, of verwijder deze map."
                )
        else:
            cluster = {"id": _nieuw_cluster_id(), "poorten": [], "beheerpoorten": []}
        gevraagd = [self._poort + i for i in range(self._aantal)] if self._poort else []
        if gevraagd and (bezet := [p for p in gevraagd if not is_vrij(p)]):
            raise KafkaStartFout(
                f"Poort {', '.join(map(str, bezet))} op 127.0.0.1 is al in gebruik.\n"
                "Draait er al een Kafka? Stop die, of kies een andere poort met --poort."
            )
        soorten = ["poorten", "beheerpoorten", *(["certificaatpoorten"] if self.toegang else [])]
        vrij = vrije_poorten(len(soorten) * self._aantal)
        bewaard = [poort for soort in soorten for poort in cluster.get(soort, [])]
        if len(bewaard) == len(vrij) and all(map(is_vrij, bewaard)):
            vrij = bewaard
        for nummer, soort in enumerate(soorten):
            cluster[soort] = vrij[nummer * self._aantal : (nummer + 1) * self._aantal]
        cluster["poorten"] = gevraagd or cluster["poorten"]
        self._cluster_id = cluster["id"]
        self._poorten = cluster["poorten"]
        self._beheerpoorten = cluster["beheerpoorten"]
        self._certificaatpoorten = cluster["certificaatpoorten"] if self.toegang else []
        bestand.write_text(json.dumps(cluster))

    def _richt_in(self, broker: int) -> None:
        """Write a broker's settings, and format its storage the first time."""
        map_ = self._broker_map(broker)
        (map_ / "log").mkdir(parents=True, exist_ok=True)
        instellingen = map_ / "server.properties"
        instellingen.write_text(self._instellingen(broker))
        if (map_ / "data" / "meta.properties").exists():
            return
        argumenten = ["format", f"--cluster-id={self._cluster_id}", f"--config={instellingen}"]
        if self.toegang:
            # The first who may log in, and make the others, must be there from the start.
            argumenten.append(f"--add-scram={self.toegang.eerste_login()}")
        bestand = map_ / "format.args"  # a password on a command line is there for all to see
        bestand.touch(mode=0o600)
        bestand.write_text("\n".join(argumenten))
        uitkomst = subprocess.run(
            [*self._java(map_), "kafka.tools.StorageTool", f"@{bestand}"],
            capture_output=True,
            text=True,
            check=False,
        )
        bestand.unlink()
        if uitkomst.returncode != 0:
            raise KafkaStartFout(
                f"Kafka kan geen opslag maken in {map_}:\n"
                f"{laatste_regels(uitkomst.stdout + uitkomst.stderr)}"
            )

    def _instellingen(self, broker: int) -> str:
        beheerpoort = self._beheerpoorten[broker - 1]
        luisteraars = {"PLAINTEXT": self._poorten[broker - 1]}
        beveiliging: Mapping[str, object] = {}
        if self.toegang:
            luisteraars = {
                "SASL_SSL": self._poorten[broker - 1],
                "SSL": self._certificaatpoorten[broker - 1],
            }
            beveiliging = self.toegang.brokerinstellingen()
        adressen = ",".join(f"{naam}://127.0.0.1:{poort}" for naam, poort in luisteraars.items())
        stemmers = ",".join(
            f"{nummer}@127.0.0.1:{beheer}"
            for nummer, beheer in zip(self._nummers(), self._beheerpoorten, strict=True)
        )
        minimaal = max(1, self.replicatie - 1)
        waarden = {
            "process.roles": "broker,controller",
            "node.id": broker,
            "controller.quorum.voters": stemmers,
            "controller.listener.names": "CONTROLLER",
            "listeners": f"{adressen},CONTROLLER://127.0.0.1:{beheerpoort}",
            "advertised.listeners": adressen,
            "log.dirs": self._broker_map(broker) / "data",
            "auto.create.topics.enable": "false",
            "default.replication.factor": self.replicatie,
            "min.insync.replicas": minimaal,
            "offsets.topic.replication.factor": self.replicatie,
            "offsets.topic.num.partitions": 4,
            "transaction.state.log.replication.factor": self.replicatie,
            "transaction.state.log.min.isr": minimaal,
            "transaction.state.log.num.partitions": 4,
            "share.coordinator.state.topic.replication.factor": self.replicatie,
            "share.coordinator.state.topic.min.isr": minimaal,
            "group.initial.rebalance.delay.ms": 0,
            **beveiliging,
        }
        return "".join(f"{naam}={waarde}\n" for naam, waarde in waarden.items())

    # -- the brokers ------------------------------------------------------------------

    def _java(self, map_: Path) -> list[str]:
        return [
            self._kafka.java,
            f"-Xmx{HEAP_MB}m",
            "-XX:+UseSerialGC",  # small heaps, few cores
            f"-XX:ErrorFile={map_}/log/jvm-fout.log",
            f"-Dlog4j2.configurationFile={HIER / 'log4j2.xml'}",
            f"-Dmeedoen.logmap={map_ / 'log'}",
            "-Djava.net.preferIPv4Stack=true",
            "-classpath",
            f"{self._kafka.jars}/*",
        ]

    def _start_broker(self, broker: int) -> None:
        proces = self._processen.get(broker)
        if proces and proces.poll() is None:
            return
        map_ = self._broker_map(broker)
        with (map_ / "log" / "uitvoer.log").open("wb") as uitvoer:
            proces = subprocess.Popen(
                [*self._java(map_), "kafka.Kafka", str(map_ / "server.properties")],
                stdin=subprocess.DEVNULL,
                stdout=uitvoer,
                stderr=uitvoer,
                cwd=map_,
                start_new_session=True,  # Ctrl-C is for the launcher, which stops us
            )
        (map_ / "pid").write_text(str(proces.pid))
        self._processen[broker] = proces

    def _wacht_op_brokers(self) -> None:
        """Wait until all living brokers listen and one of them names them all."""
        levend = {b for b, p in self._processen.items() if p.poll() is None}

        def klaar() -> bool:
            if self._gevallen(levend):
                return True
            poorten = [self._poorten[b - 1] for b in levend]
            return all(map(luistert, poorten)) and levend <= _voer_uit(
                _bekende_brokers(_adressen(poorten), self.beheerder)
            )

        op_tijd = wacht_tot(klaar, STARTTIJD, stap=0.1)
        if op_tijd and not self._gevallen(levend):
            return
        broker = min(self._gevallen(levend) or levend)
        logs = (self._broker_map(broker) / "log" / "uitvoer.log", self.logbestand(broker))
        regels = [r for log in logs if log.exists() for r in log.read_text().splitlines()]
        melding = laatste_regels("\n".join(r for r in regels if not r.startswith("\t")))
        raise KafkaStartFout(
            f"Kafka-broker {broker} is niet gestart:\n{melding}\nMeer staat in {logs[1]}."
        )

    def _gevallen(self, verwacht: set[int]) -> set[int]:
        return {b for b in verwacht if self._processen[b].poll() is not None}


def _adressen(poorten: list[int]) -> str:
    if not poorten:
        raise RuntimeError("Kafka is not running (like this): call start() first")
    return ",".join(f"127.0.0.1:{poort}" for poort in poorten)


async def _bekende_brokers(
    adressen: str,
    beveiliging: KafkaSecurity = KafkaSecurity(),  # noqa: B008 - frozen
) -> set[int]:
    """Numbers of the brokers in the answer to a metadata request."""
    client = AIOKafkaClient(**connection_options(adressen, beveiliging), request_timeout_ms=5000)
    try:
        await client.bootstrap()
        return {broker.nodeId for broker in client.cluster.brokers()}
    except KafkaError:
        return set()
    finally:
        await client.close()


def _voer_uit(taak: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine to its end, also when the caller is inside an event loop."""
    with ThreadPoolExecutor(max_workers=1) as draad:
        return draad.submit(asyncio.run, taak).result()


def _nieuw_cluster_id() -> str:
    """A random id in Kafka's own form; one that starts with '-' reads as an option."""
    return base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=").replace("-", "A")


def _is_broker(pid: int, map_: Path) -> bool:
    """Whether this process is a living Kafka broker on this folder."""
    if Path("/proc/self").exists():
        try:
            regel = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
        except OSError:
            return False
    else:
        regel = subprocess.run(
            ["ps", "-p", str(pid), "-o", "command="], capture_output=True, text=True, check=False
        ).stdout
    return "kafka.Kafka" in regel and str(map_) in regel
