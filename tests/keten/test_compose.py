"""docker-compose.yml, without Docker: each service runs with exactly its command and environment.

Kafka too, from its jars: with the settings and the start script that the container gets. Only hosts
and ports are mapped to local ones, and paths of volumes to a temporary folder.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import asyncpg
import pytest
import yaml
from pydantic import SecretStr

from chassis.settings import KafkaProtocol, KafkaSecurity
from contracts.afnemers import TOPICS, WSD, afnemer_topic
from deploy.installatie import WORTEL
from deploy.kafka.certificaten import Uitgever
from deploy.kafka.lokale_toegang import BEVEILIGING, inlogmodule
from deploy.kafka.ophalen import Kafka
from deploy.kafka.rechten import PRINCIPALS
from deploy.klantreis.persoon import verzin_persoon
from deploy.klantreis.verbinding import Verbinding
from deploy.klantreis.verloop import Klantreis, Opzet
from deploy.klantreis.volger import Volger
from deploy.lokaal.adres import HOST, vrije_poorten
from deploy.lokaal.machine import luistert, wacht_tot
from deploy.lokaal.postgres import SNEL_MAAR_VLUCHTIG, LokalePostgres
from deploy.lokaal.processen import draaiende, wacht_tot_gezond
from tests.kafka.verzoek import klant, lees

pytestmark = [pytest.mark.kafka(echt=True), pytest.mark.timeout(300)]

COMPOSE: dict[str, Any] = yaml.safe_load((WORTEL / "docker-compose.yml").read_text())
SERVICES: dict[str, Any] = COMPOSE["services"]
EENMALIG = {"certificaten", "inrichting"}
EIGEN = [name for name, service in SERVICES.items() if "build" in service and name not in EENMALIG]
KAFKA = WORTEL / "deploy" / "kafka" / "compose"
GEMEENTE = "1948"


def test_compose_noemt_vier_diensten_de_gateway_postgres_en_kafka() -> None:
    assert set(EIGEN) == {"intake", "diagnose", "plaatsing", "financiering", "gateway"}
    assert SERVICES["postgres"]["image"].startswith("postgres:")
    assert SERVICES["kafka"]["image"].startswith("apache/kafka:4.")


def test_de_dockerfile_neemt_mee_wat_de_opdrachten_nodig_hebben() -> None:
    dockerfile = (WORTEL / "Dockerfile").read_text()
    packages = {SERVICES[name]["command"][2].partition(".")[0] for name in (*EIGEN, *EENMALIG)}
    for package in packages | {"contracts", "chassis"}:
        assert f"COPY {package} {package}" in dockerfile


def test_elke_dienst_heeft_een_eigen_principal_en_wachtwoord() -> None:
    ingericht = json.loads(SERVICES["inrichting"]["environment"]["MEEDOEN_KAFKA_WACHTWOORDEN"])
    assert ingericht.keys() == {principal.naam for principal in PRINCIPALS}
    assert len(set(ingericht.values())) == len(ingericht)
    for name in EIGEN:
        omgeving = SERVICES[name]["environment"]
        assert omgeving["MEEDOEN_KAFKA_GEBRUIKER"] == f"meedoen-{name}"
        assert omgeving["MEEDOEN_KAFKA_WACHTWOORD"] == ingericht[f"meedoen-{name}"]


def test_kafka_in_compose_laat_niemand_anders_binnen_dan_in_de_tests() -> None:
    instellingen = dict(
        regel.split("=", 1)
        for regel in (KAFKA / "server.properties").read_text().splitlines()
        if regel and not regel.startswith("#")
    )
    luisteraars = dict(
        deel.split(":") for deel in instellingen["listener.security.protocol.map"].split(",")
    )
    assert set(luisteraars.values()) == {"SASL_SSL", "SSL"}
    nodig = dict(BEVEILIGING)
    for naam, protocol in luisteraars.items():
        if protocol == "SASL_SSL":
            nodig |= inlogmodule(naam)
    assert nodig.items() <= instellingen.items()
    over_toegang = {n for n in instellingen if re.match(r"listener\.name|ssl|sasl|super|allow", n)}
    assert over_toegang - nodig.keys() == {"ssl.keystore.location", "ssl.truststore.location"}


async def test_een_klantreis_door_de_diensten_van_docker_compose(
    werkmap: Path, apache_kafka: Kafka
) -> None:
    poorten = dict(zip(EIGEN, vrije_poorten(len(EIGEN)), strict=True))
    intern, *kafkapoorten = vrije_poorten(5)
    with LokalePostgres(werkmap / "postgres", SNEL_MAAR_VLUCHTIG) as postgres:
        await _maak_beheerder(postgres.beheer_url, SERVICES["postgres"]["environment"])
        vertaal = _Vertaler(
            {
                "postgres:5432": postgres.beheer_url.rpartition("@")[2].partition("/")[0],
                **{
                    f"{host}:{poort}": f"{HOST}:{hier}"
                    for poort, hier in zip(range(9092, 9096), kafkapoorten, strict=True)
                    for host in ("kafka", "localhost", "//")
                },
                **{f"{name}:8000": f"{HOST}:{poort}" for name, poort in poorten.items()},
                "/gegevens/": f"{werkmap}/",
                "/certificaten": f"{werkmap}/certificaten",
                "/etc/meedoen/": f"{werkmap}/",
                "/var/lib/kafka/": f"{werkmap}/kafka/",
                "/opt/kafka/": f"{werkmap}/kafka/",
            }
        )
        _draai(vertaal, SERVICES["certificaten"])
        with _kafka(vertaal, apache_kafka, werkmap):
            assert wacht_tot(lambda: luistert(kafkapoorten[0]), 60)
            for _ in range(2):  # safe to repeat
                _draai(vertaal, SERVICES["inrichting"])
            opdrachten = {
                name: (
                    SERVICES[name]["command"][1:],
                    {
                        **vertaal.omgeving(SERVICES[name]["environment"]),
                        "MEEDOEN_LUISTER": f"{HOST}:{poorten[name]}",
                        **(
                            {"MEEDOEN_LUISTER_INTERN": f"{HOST}:{intern}"}
                            if name == "gateway"
                            else {}
                        ),
                    },
                )
                for name in EIGEN
            }
            with draaiende(opdrachten, werkmap) as draaiend:
                url = f"http://{HOST}:{poorten['gateway']}"
                await wacht_tot_gezond(url, draaiend, werkmap)
                await _speel(url)
            await _een_gemeente_leest_haar_eigen_topic(werkmap, *kafkapoorten[2:])


async def _een_gemeente_leest_haar_eigen_topic(
    werkmap: Path, met_wachtwoord: int, met_certificaat: int
) -> None:
    uitgever = Uitgever(werkmap / "certificaten")
    ingericht = json.loads(SERVICES["inrichting"]["environment"]["MEEDOEN_KAFKA_WACHTWOORDEN"])
    scram = KafkaSecurity(
        protocol=KafkaProtocol.SASL_SSL,
        gebruiker="gemeente-0757",
        wachtwoord=SecretStr(ingericht["gemeente-0757"]),
        ca=uitgever.ca,
    )
    for poort, als in ((met_wachtwoord, scram), (met_certificaat, uitgever.mtls("gemeente-0757"))):
        async with klant(f"{HOST}:{poort}", als) as gemeente:
            leesbaar = [t for t in TOPICS if await gemeente.mag(lees(t)[0])]
        assert leesbaar == [afnemer_topic("0757")]


class _Vertaler:
    """Names inside the containers to names here."""

    def __init__(self, namen: Mapping[str, str]) -> None:
        self._namen = namen

    def __call__(self, tekst: str) -> str:
        for daar, hier in self._namen.items():
            tekst = tekst.replace(daar, f"//{hier}" if daar.startswith("//") else hier)
        return tekst

    def omgeving(self, omgeving: Mapping[str, str]) -> dict[str, str]:
        return {name: self(value) for name, value in omgeving.items()}


def _draai(vertaal: _Vertaler, service: Mapping[str, Any]) -> None:
    subprocess.run(
        [sys.executable, *map(vertaal, service["command"][1:])],
        cwd=WORTEL,
        env={**os.environ, **vertaal.omgeving(service.get("environment", {}))},
        check=True,
    )


@contextlib.contextmanager
def _kafka(vertaal: _Vertaler, kafka: Kafka, werkmap: Path) -> Iterator[None]:
    """The container of Kafka: its start script, on the jars instead of the image's programs."""
    for bestand in KAFKA.iterdir():
        (werkmap / bestand.name).write_text(vertaal(bestand.read_text()))
    programmas = werkmap / "kafka" / "bin"
    programmas.mkdir(parents=True)
    for naam, klasse in {
        "kafka-storage.sh": "kafka.tools.StorageTool",
        "kafka-server-start.sh": "kafka.Kafka",
    }.items():
        java = f"{kafka.java} -Xmx512m -XX:+UseSerialGC -cp '{kafka.jars}/*' {klasse}"
        (programmas / naam).write_text(f'#!/bin/sh\nexec {java} "$@"\n')
        (programmas / naam).chmod(0o755)
    service = SERVICES["kafka"]
    with (werkmap / "kafka.log").open("wb") as log:
        proces = subprocess.Popen(
            [vertaal(deel) for deel in service["command"]],
            env={**os.environ, **service["environment"]},
            stdout=log,
            stderr=log,
        )
    try:
        yield
    finally:
        proces.terminate()
        proces.wait(30)


async def _maak_beheerder(beheer_url: str, omgeving: Mapping[str, str]) -> None:
    """The role and database that the image of PostgreSQL makes from its environment."""
    connection = await asyncpg.connect(beheer_url)
    try:
        user, password = omgeving["POSTGRES_USER"], omgeving["POSTGRES_PASSWORD"]
        await connection.execute(f"CREATE ROLE {user} SUPERUSER LOGIN PASSWORD '{password}'")
        await connection.execute(f"CREATE DATABASE {omgeving['POSTGRES_DB']} OWNER {user}")
    finally:
        await connection.close()


async def _speel(url: str) -> None:
    vandaag = date(2026, 11, 20)
    persoon = verzin_persoon(random.Random(2), "Meierijstad", vandaag)
    opzet = Opzet(GEMEENTE, persoon, "12345678", vandaag)
    async with Verbinding(url) as verbinding, Verbinding(url) as kijker:
        volger = Volger(kijker, (GEMEENTE, WSD))
        async with volger.volgend():
            reis = Klantreis(verbinding, opzet)
            await reis.speel()
            assert (await reis.loonkostensubsidie())["maandbedrag"] == "1246.84"
            assert await volger.wacht(
                lambda: (
                    len(volger.per_organisatie[GEMEENTE]) == reis.gebeurtenissen.total()
                    and len(volger.per_organisatie[WSD]) == reis.gedeeld
                )
            )
