"""./meedoen inrichten: roles, schemas, tables and topics for a deployment; safe to repeat."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Sequence
from typing import Annotated

from pydantic import AfterValidator, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from chassis.migrations import prepare
from contracts.afnemers import TOPICS
from deploy.kafka.topics import maak_topics
from deploy.lokaal.keten import ALLES


def _van_alle_diensten(wachtwoorden: dict[str, SecretStr]) -> dict[str, SecretStr]:
    nodig = {service.name for service in ALLES}
    if wachtwoorden.keys() != nodig:
        raise ValueError(f"geef een wachtwoord voor elk van: {', '.join(sorted(nodig))}")
    return wachtwoorden


class Inrichting(BaseSettings):
    """Environment variables, ``MEEDOEN_*``."""

    model_config = SettingsConfigDict(env_prefix="MEEDOEN_", frozen=True)

    beheer_database_url: SecretStr
    """``postgresql://`` of a role that may create roles and schemas."""
    wachtwoorden: Annotated[dict[str, SecretStr], AfterValidator(_van_alle_diensten)]
    """Password of the database role per service, as JSON."""
    kafka_bootstrap: str
    kafka_replicatie: int = 3


def main(argumenten: Sequence[str]) -> int:
    lezer = argparse.ArgumentParser(
        prog="./meedoen inrichten",
        description="Maakt of vernieuwt rollen, schema's, tabellen en Kafka-topics voor een "
        "omgeving met losse processen. Mag zo vaak als nodig. Instellingen: "
        "MEEDOEN_BEHEER_DATABASE_URL, MEEDOEN_WACHTWOORDEN, MEEDOEN_KAFKA_BOOTSTRAP, "
        "MEEDOEN_KAFKA_REPLICATIE.",
    )
    lezer.parse_args(argumenten)
    asyncio.run(_richt_in(Inrichting()))
    return 0


async def _richt_in(inrichting: Inrichting) -> None:
    for service in ALLES:
        await prepare(
            inrichting.beheer_database_url.get_secret_value(),
            service.package,
            inrichting.wachtwoorden[service.name].get_secret_value(),
        )
        print(f"{service.name}: rol, schema en tabellen zijn bijgewerkt.", flush=True)
    nieuw = await maak_topics(
        inrichting.kafka_bootstrap, TOPICS, replicatie=inrichting.kafka_replicatie
    )
    print(f"Kafka: {len(TOPICS)} topics, waarvan {len(nieuw)} nieuw.", flush=True)
