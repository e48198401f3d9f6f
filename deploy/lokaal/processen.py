"""Meedoen as it runs in earnest: a process per service and the gateway, on a real Apache Kafka."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import httpx2

from chassis.access.development_issuer import DevelopmentIssuer
from chassis.migrations import service_url
from chassis.settings import Omgeving
from contracts.afnemers import TOPICS
from deploy.installatie import WORTEL
from deploy.kafka.lokaal import LokaleKafka
from deploy.kafka.ophalen import haal_op, is_opgehaald, versie
from deploy.kafka.topics import maak_topics
from deploy.lokaal.adres import HOST, vrije_poorten
from deploy.lokaal.geheimen import Geheimen
from deploy.lokaal.keten import ALLES, PUBLIEK, UITGEVER, bereid_voor, laad_eerste_gegevens
from deploy.lokaal.postgres import LokalePostgres
from deploy.lokaal.toegang import rollen_van
from deploy.lokaal.welkom import welkom
from deploy.regio import SERVICES
from gateway import ontwikkeluitgever

KAFKA_MAP: Final = WORTEL / ".meedoen" / "kafka"
_START_SECONDS: Final = 60.0
_STOP_SECONDS: Final = 15.0


class ProcesGestopt(Exception):
    """One of the processes ended by itself; the text (Dutch) says which and where its log is."""


async def draai(map_: Path, poort: int, *, brokers: int, begin: float) -> None:
    """Run until SIGINT or SIGTERM. begin: when the command was given (time.monotonic).

    Raises PostgresStartFout, KafkaStartFout, ProcesGestopt.
    """
    if not is_opgehaald(KAFKA_MAP):
        print(f"Apache Kafka {versie()} wordt opgehaald met Maven …", flush=True)
    kafka = haal_op(KAFKA_MAP)
    print(f"PostgreSQL en Apache Kafka {versie()} ({brokers} broker(s)) starten …", flush=True)
    with (
        LokalePostgres(map_ / "postgres") as postgres,
        LokaleKafka(map_ / f"kafka-{brokers}", kafka, brokers) as cluster,
    ):
        geheimen = Geheimen.uit(map_ / "geheimen.json", [service.name for service in ALLES])
        await bereid_voor(postgres.beheer_url, geheimen)
        await laad_eerste_gegevens(postgres.beheer_url, geheimen)
        await maak_topics(cluster.bootstrap, TOPICS, replicatie=cluster.replicatie)
        sleutel = map_ / "ontwikkelsleutel.json"
        uitgever = DevelopmentIssuer(
            sleutel, environment=Omgeving.ONTWIKKELING, issuer=UITGEVER, audience=PUBLIEK
        )
        opdrachten = processen(
            geheimen, postgres.beheer_url, cluster.bootstrap, sleutel, poort=poort
        )
        with draaiende(opdrachten, map_) as draaiend:
            await wacht_tot_gezond(f"http://{HOST}:{poort}", draaiend, map_)
            print(
                welkom(
                    f"http://{HOST}:{poort}",
                    time.monotonic() - begin,
                    f"{len(opdrachten)} processen op Apache Kafka {cluster.bootstrap}",
                    lambda organisatie, rol: uitgever.token(
                        organisatie, rol, rollen_van(organisatie)[rol]
                    ),
                ),
                flush=True,
            )
            await _tot_signaal(draaiend, map_)
    print("Meedoen is gestopt.")


def processen(
    geheimen: Geheimen, beheer_url: str, bootstrap: str, sleutel: Path, *, poort: int
) -> dict[str, tuple[list[str], dict[str, str]]]:
    """Per process its command and environment; the gateway listens on ``poort``."""
    poorten = dict(zip([s.name for s in SERVICES], vrije_poorten(len(SERVICES)), strict=True))
    [intern] = vrije_poorten(1)
    uitgever = {
        "issuer": UITGEVER,
        "jwks_uri": f"http://{HOST}:{poort}/{ontwikkeluitgever.NAAM}/jwks.json",
    }
    gedeeld = {
        "MEEDOEN_OMGEVING": "ontwikkeling",
        "MEEDOEN_KAFKA_BOOTSTRAP": bootstrap,
        "MEEDOEN_TOKEN_ISSUERS": json.dumps([uitgever]),
        "MEEDOEN_TOKEN_AUDIENCE": PUBLIEK,
    }

    def omgeving(dienst: str, luister: int) -> dict[str, str]:
        return gedeeld | {
            "MEEDOEN_DATABASE_URL": service_url(beheer_url, dienst, geheimen.wachtwoorden[dienst]),
            "MEEDOEN_LUISTER": f"{HOST}:{luister}",
            "MEEDOEN_SLEUTELS": geheimen.sleutels,
        }

    opdrachten = {
        service.name: (["-m", service.package], omgeving(service.name, poorten[service.name]))
        for service in SERVICES
    }
    opdrachten["gateway"] = (
        ["-m", "deploy.lokaal.poort"],
        omgeving("gateway", poort)
        | {
            "MEEDOEN_LUISTER_INTERN": f"{HOST}:{intern}",
            "MEEDOEN_DIENSTEN": json.dumps({d: f"http://{HOST}:{p}" for d, p in poorten.items()}),
            "MEEDOEN_ONTWIKKELSLEUTEL": str(sleutel),
        },
    )
    return opdrachten


@contextlib.contextmanager
def draaiende(
    opdrachten: Mapping[str, tuple[list[str], dict[str, str]]], map_: Path
) -> Iterator[dict[str, subprocess.Popen[bytes]]]:
    """Start the processes, each with a log of its own, and stop them when the block ends."""
    gestart: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for naam, (opdracht, omgeving) in opdrachten.items():
            gestart[naam] = start(naam, opdracht, omgeving, map_)
        yield gestart
    finally:
        for proces in gestart.values():
            proces.terminate()
        tot = time.monotonic() + _STOP_SECONDS
        for proces in gestart.values():
            try:
                proces.wait(max(0.1, tot - time.monotonic()))
            except subprocess.TimeoutExpired:
                proces.kill()
                proces.wait()


def start(
    naam: str, opdracht: list[str], omgeving: Mapping[str, str], map_: Path
) -> subprocess.Popen[bytes]:
    """Start one process with nothing in its environment but what it needs."""
    doorgegeven = {k: v for k, v in os.environ.items() if not k.startswith("MEEDOEN_")}
    with logbestand(map_, naam).open("ab") as log:
        return subprocess.Popen(
            [sys.executable, *opdracht],
            cwd=WORTEL,
            env={**doorgegeven, **omgeving},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def logbestand(map_: Path, naam: str) -> Path:
    (map_ / "log").mkdir(parents=True, exist_ok=True)
    return map_ / "log" / f"{naam}.log"


async def wacht_tot_gezond(
    url: str, draaiend: Mapping[str, subprocess.Popen[bytes]], map_: Path
) -> None:
    """Until the gateway says that all is well. Raises ProcesGestopt when it stays unwell."""
    tot = time.monotonic() + _START_SECONDS
    async with httpx2.AsyncClient(base_url=url) as http:
        while True:
            with contextlib.suppress(httpx2.HTTPError):
                if (await http.get("/gezondheid")).status_code == httpx2.codes.OK:
                    return
            eis_draaiend(draaiend, map_)
            if time.monotonic() > tot:
                raise ProcesGestopt(f"Meedoen werd niet gezond; zie {map_ / 'log'}.")
            await asyncio.sleep(0.1)


def eis_draaiend(draaiend: Mapping[str, subprocess.Popen[bytes]], map_: Path) -> None:
    """Raises ProcesGestopt when a process has ended."""
    for naam, proces in draaiend.items():
        if proces.poll() is not None:
            raise ProcesGestopt(f"{naam} is gestopt; zie {logbestand(map_, naam)}.")


async def _tot_signaal(draaiend: Mapping[str, subprocess.Popen[bytes]], map_: Path) -> None:
    signaal = asyncio.Event()
    loop = asyncio.get_running_loop()
    for nummer in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(nummer, signaal.set)
    while not signaal.is_set():
        eis_draaiend(draaiend, map_)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(1.0):
                await signaal.wait()
