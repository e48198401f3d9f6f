"""Meedoen to test from the outside, over HTTP: in one process, and as separate processes."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx2

from chassis.server import serve
from contracts.afnemers import TOPICS
from deploy.kafka.lokaal import LokaleKafka
from deploy.kafka.lokale_toegang import LokaleToegang
from deploy.kafka.ophalen import Kafka
from deploy.lokaal.adres import HOST, vrije_poorten
from deploy.lokaal.geheimen import Geheimen
from deploy.lokaal.keten import ALLES, bereid_voor, keten
from deploy.lokaal.postgres import SNEL_MAAR_VLUCHTIG, LokalePostgres
from deploy.lokaal.processen import draaiende, processen, wacht_tot_gezond
from gateway.abonnementen.zenden import Verzender


@dataclass(frozen=True)
class Omgeving:
    """A running chain, where it keeps its data, and its Kafka if it has one."""

    url: str
    beheer_url: str
    bootstrap: str = ""
    bootstrap_mtls: str = ""


@contextlib.asynccontextmanager
async def losse_processen(
    map_: Path,
    kafka: Kafka,
    toegang: LokaleToegang | None = None,
    *,
    gateway: Mapping[str, str] | None = None,
) -> AsyncIterator[Omgeving]:
    """toegang: everyone logs in on Kafka, the services too, and may do what is declared.

    gateway: settings of the gateway besides the usual ones.
    """
    with (
        LokalePostgres(map_ / "postgres", SNEL_MAAR_VLUCHTIG) as postgres,
        LokaleKafka(map_ / "kafka", kafka, toegang=toegang) as cluster,
    ):
        geheimen = Geheimen.uit(map_ / "geheimen.json", [s.name for s in ALLES])
        await bereid_voor(postgres.beheer_url, geheimen)
        await cluster.richt_in(TOPICS)
        [poort] = vrije_poorten(1)
        opdrachten = processen(
            geheimen, postgres.beheer_url, cluster.bootstrap, map_ / "sleutel.json", poort=poort
        )
        if toegang:
            for dienst in ALLES:
                opdrachten[dienst.name][1].update(_als(toegang, dienst.group))
        opdrachten["gateway"][1].update(gateway or {})
        with draaiende(opdrachten, map_) as draaiend:
            url = f"http://{HOST}:{poort}"
            await wacht_tot_gezond(url, draaiend, map_)
            yield Omgeving(
                url,
                postgres.beheer_url,
                cluster.bootstrap,
                cluster.bootstrap_mtls if toegang else "",
            )


def _als(toegang: LokaleToegang, principal: str) -> dict[str, str]:
    """The settings of a process that logs in as this principal."""
    security = toegang.scram(principal)
    assert security.wachtwoord
    return {
        "MEEDOEN_KAFKA_PROTOCOL": security.protocol.value,
        "MEEDOEN_KAFKA_GEBRUIKER": principal,
        "MEEDOEN_KAFKA_WACHTWOORD": security.wachtwoord.get_secret_value(),
        "MEEDOEN_KAFKA_CA": str(security.ca),
    }


@contextlib.asynccontextmanager
async def een_proces(map_: Path, *, verzender: Verzender | None = None) -> AsyncIterator[Omgeving]:
    """verzender: what sends webhooks, for receivers on this machine."""
    with LokalePostgres(map_ / "postgres", SNEL_MAAR_VLUCHTIG) as postgres:
        geheimen = Geheimen.uit(map_ / "geheimen.json", [s.name for s in ALLES])
        await bereid_voor(postgres.beheer_url, geheimen)
        [poort] = vrije_poorten(1)
        async with keten(postgres.beheer_url, geheimen, map_, verzender=verzender) as draaiend:
            server = asyncio.create_task(serve((draaiend.app, f"{HOST}:{poort}")))
            try:
                await _luistert(f"http://{HOST}:{poort}")
                yield Omgeving(f"http://{HOST}:{poort}", postgres.beheer_url)
            finally:
                server.cancel()
                await asyncio.gather(server, return_exceptions=True)


async def _luistert(url: str) -> None:
    """Until the address answers."""
    async with httpx2.AsyncClient(base_url=url) as http, asyncio.timeout(30):
        while True:
            with contextlib.suppress(httpx2.HTTPError):
                await http.get("/gezondheid")
                return
            await asyncio.sleep(0.05)
