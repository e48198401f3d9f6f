"""docker-compose.yml, without Docker: each service runs with exactly its command and environment.

Only hosts and ports are mapped to local ones, and paths of volumes to a temporary folder.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import asyncpg
import pytest
import yaml

from contracts.afnemers import WSD
from deploy.installatie import WORTEL
from deploy.kafka.lokaal import LokaleKafka
from deploy.kafka.ophalen import Kafka
from deploy.klantreis.persoon import verzin_persoon
from deploy.klantreis.verbinding import Verbinding
from deploy.klantreis.verloop import Klantreis, Opzet
from deploy.klantreis.volger import Volger
from deploy.lokaal.adres import HOST, vrije_poorten
from deploy.lokaal.postgres import SNEL_MAAR_VLUCHTIG, LokalePostgres
from deploy.lokaal.processen import draaiende, wacht_tot_gezond

pytestmark = [pytest.mark.kafka(echt=True), pytest.mark.timeout(180)]

COMPOSE: dict[str, Any] = yaml.safe_load((WORTEL / "docker-compose.yml").read_text())
SERVICES: dict[str, Any] = COMPOSE["services"]
EIGEN = [name for name, service in SERVICES.items() if "build" in service and name != "inrichting"]
GEMEENTE = "1948"


def test_compose_noemt_vier_diensten_de_gateway_postgres_en_kafka() -> None:
    assert set(EIGEN) == {"intake", "diagnose", "plaatsing", "financiering", "gateway"}
    assert SERVICES["postgres"]["image"].startswith("postgres:")
    assert SERVICES["kafka"]["image"].startswith("apache/kafka:4.")


def test_de_dockerfile_neemt_mee_wat_de_opdrachten_nodig_hebben() -> None:
    dockerfile = (WORTEL / "Dockerfile").read_text()
    packages = {SERVICES[name]["command"][2].partition(".")[0] for name in (*EIGEN, "inrichting")}
    for package in packages | {"contracts", "chassis"}:
        assert f"COPY {package} {package}" in dockerfile


async def test_een_klantreis_door_de_diensten_van_docker_compose(
    werkmap: Path, apache_kafka: Kafka
) -> None:
    poorten = dict(zip(EIGEN, vrije_poorten(len(EIGEN)), strict=True))
    [intern] = vrije_poorten(1)
    with (
        LokalePostgres(werkmap / "postgres", SNEL_MAAR_VLUCHTIG) as postgres,
        LokaleKafka(werkmap / "kafka", apache_kafka) as cluster,
    ):
        await _maak_beheerder(postgres.beheer_url, SERVICES["postgres"]["environment"])
        vertaal = _vertaler(
            {
                "postgres:5432": postgres.beheer_url.rpartition("@")[2].partition("/")[0],
                "kafka:9092": cluster.bootstrap,
                **{f"{name}:8000": f"{HOST}:{poort}" for name, poort in poorten.items()},
                "/gegevens/": f"{werkmap}/",
            }
        )
        _richt_in(vertaal(SERVICES["inrichting"]["environment"]))
        opdrachten = {
            name: (
                SERVICES[name]["command"][1:],
                {
                    **vertaal(SERVICES[name]["environment"]),
                    "MEEDOEN_LUISTER": f"{HOST}:{poorten[name]}",
                    **({"MEEDOEN_LUISTER_INTERN": f"{HOST}:{intern}"} if name == "gateway" else {}),
                },
            )
            for name in EIGEN
        }
        with draaiende(opdrachten, werkmap) as draaiend:
            url = f"http://{HOST}:{poorten['gateway']}"
            await wacht_tot_gezond(url, draaiend, werkmap)
            await _speel(url)


def _vertaler(namen: Mapping[str, str]) -> Any:
    def vertaal(omgeving: Mapping[str, str]) -> dict[str, str]:
        vertaald = {}
        for name, value in omgeving.items():
            for here, there in namen.items():
                value = value.replace(here, there)
            vertaald[name] = value
        return vertaald

    return vertaal


async def _maak_beheerder(beheer_url: str, omgeving: Mapping[str, str]) -> None:
    """The role and database that the image of PostgreSQL makes from its environment."""
    connection = await asyncpg.connect(beheer_url)
    try:
        user, password = omgeving["POSTGRES_USER"], omgeving["POSTGRES_PASSWORD"]
        await connection.execute(f"CREATE ROLE {user} SUPERUSER LOGIN PASSWORD '{password}'")
        await connection.execute(f"CREATE DATABASE {omgeving['POSTGRES_DB']} OWNER {user}")
    finally:
        await connection.close()


def _richt_in(omgeving: Mapping[str, str]) -> None:
    command = SERVICES["inrichting"]["command"][1:]
    for _ in range(2):  # safe to repeat
        subprocess.run(
            [sys.executable, *command], cwd=WORTEL, env={**os.environ, **omgeving}, check=True
        )


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
