"""./meedoen inrichten: roles, schemas, tables, topics and access for a deployment; repeatable."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import Sequence
from typing import Annotated, Final

from aiokafka.errors import KafkaError
from pydantic import AfterValidator, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from chassis.migrations import prepare
from chassis.settings import KafkaProtocol, KafkaSettings
from contracts.afnemers import TOPICS
from deploy.dienstdatabase import waarom_onbereikbaar
from deploy.kafka.beheer import KafkaBeheerFout
from deploy.kafka.rechten import PRINCIPALS
from deploy.kafka.toegang import Uitkomst, richt_toegang_in
from deploy.kafka.topics import maak_topics
from deploy.lokaal.keten import ALLES

GEHEIMEN: Final = "MEEDOEN_GEHEIMEN"
_KORTSTE_WACHTWOORD: Final = 16


def _van_alle_diensten(wachtwoorden: dict[str, SecretStr]) -> dict[str, SecretStr]:
    nodig = {service.name for service in ALLES}
    if wachtwoorden.keys() != nodig:
        raise ValueError(f"geef een wachtwoord voor elk van: {', '.join(sorted(nodig))}")
    return wachtwoorden


def _bruikbaar(wachtwoorden: dict[str, SecretStr | None]) -> dict[str, SecretStr | None]:
    """Clients differ in how they write other characters, and SCRAM is as strong as its password."""
    slecht = [
        naam
        for naam, wachtwoord in wachtwoorden.items()
        if wachtwoord
        and not (
            (tekst := wachtwoord.get_secret_value()).isascii()
            and tekst.isprintable()
            and len(tekst) >= _KORTSTE_WACHTWOORD
        )
    ]
    if slecht:
        raise ValueError(
            f"een wachtwoord heeft {_KORTSTE_WACHTWOORD} of meer tekens uit ASCII; dat van "
            f"{', '.join(sorted(slecht))} niet"
        )
    return wachtwoorden


class DatabaseInrichting(BaseSettings):
    """Environment variables ``MEEDOEN_*``, or files of those names in MEEDOEN_GEHEIMEN."""

    model_config = SettingsConfigDict(env_prefix="MEEDOEN_", frozen=True, hide_input_in_errors=True)

    beheer_database_url: SecretStr
    """``postgresql://`` of a role that may create roles and schemas."""
    wachtwoorden: Annotated[dict[str, SecretStr], AfterValidator(_van_alle_diensten)]
    """Password of the database role per service, as JSON."""


class KafkaInrichting(KafkaSettings):
    """As whom to manage the cluster, and what everyone else may log in with."""

    kafka_replicatie: int = 3
    kafka_wachtwoorden: Annotated[dict[str, SecretStr | None], AfterValidator(_bruikbaar)] = {}  # noqa: RUF012 - pydantic copies it
    """Password per principal, as JSON; null: no password, a certificate only."""


def main(argumenten: Sequence[str]) -> int:
    lezer = argparse.ArgumentParser(
        prog="./meedoen inrichten",
        description="Maakt of vernieuwt rollen, schema's en tabellen, en Kafka's topics, "
        "gebruikers, rechten en quota, voor een omgeving met losse processen. Mag zo vaak als "
        "nodig: wat goed is, blijft. Instellingen: MEEDOEN_BEHEER_DATABASE_URL, "
        "MEEDOEN_WACHTWOORDEN, MEEDOEN_KAFKA_BOOTSTRAP, MEEDOEN_KAFKA_REPLICATIE, "
        "MEEDOEN_KAFKA_WACHTWOORDEN en hoe met Kafka te verbinden (MEEDOEN_KAFKA_PROTOCOL …); als "
        f"variabele, of als bestand met die naam in kleine letters in de map {GEHEIMEN}.",
    )
    lezer.add_argument("--alleen", choices=("database", "kafka"), help="richt een van beide in")
    lezer.add_argument(
        "--controleer",
        action="store_true",
        help="verander niets en meld wat op Kafka anders is dan het hoort",
    )
    keuze = lezer.parse_args(argumenten)
    if keuze.controleer and keuze.alleen == "database":
        lezer.error("--controleer gaat over Kafka")
    geheimen = os.environ.get(GEHEIMEN)
    try:
        if keuze.alleen != "kafka" and not keuze.controleer:
            asyncio.run(_richt_database_in(DatabaseInrichting(_secrets_dir=geheimen)))
        if keuze.alleen != "database":
            inrichting = KafkaInrichting(_secrets_dir=geheimen)
            return asyncio.run(_richt_kafka_in(inrichting, controleer=keuze.controleer))
    except (KafkaBeheerFout, KafkaError, ValidationError) as fout:
        print(fout, file=sys.stderr)
        return 1
    except Exception as fout:
        if not (reden := waarom_onbereikbaar(fout)):
            raise
        print(reden, file=sys.stderr)
        return 1
    return 0


async def _richt_database_in(inrichting: DatabaseInrichting) -> None:
    for service in ALLES:
        await prepare(
            inrichting.beheer_database_url.get_secret_value(),
            service.package,
            inrichting.wachtwoorden[service.name].get_secret_value(),
        )
        print(f"{service.name}: rol, schema en tabellen zijn bijgewerkt.", flush=True)


async def _richt_kafka_in(inrichting: KafkaInrichting, *, controleer: bool) -> int:
    """Returns 1 when something is not as it should be and was not (or cannot be) mended here."""
    uitkomst = None
    if inrichting.kafka.protocol is KafkaProtocol.PLAINTEXT:
        print("Kafka: onbeveiligd (PLAINTEXT), dus zonder gebruikers en rechten.", flush=True)
    else:
        uitkomst = await richt_toegang_in(
            inrichting.kafka_bootstrap,
            inrichting.kafka,
            inrichting.kafka_wachtwoorden,
            alleen_kijken=controleer,
        )
        _meld(uitkomst, controleer=controleer)
    if not controleer:
        nieuw = await maak_topics(
            inrichting.kafka_bootstrap,
            TOPICS,
            replicatie=inrichting.kafka_replicatie,
            beveiliging=inrichting.kafka,
        )
        print(f"Kafka: {len(TOPICS)} topics, waarvan {len(nieuw)} nieuw.", flush=True)
    if uitkomst is None:
        return 0
    return int(bool(uitkomst.verschil.vreemd) or (controleer and not uitkomst.is_gelijk))


def _meld(uitkomst: Uitkomst, *, controleer: bool) -> None:
    for regel in uitkomst.regels():
        print(f"  {regel}")
    anders = "niet zoals het hoort" if controleer else "bijgewerkt"
    wat = "zoals het hoort" if uitkomst.is_gelijk else anders
    print(f"Kafka: toegang en quota van {len(PRINCIPALS)} principals: {wat}.", flush=True)
    if uitkomst.zonder:
        zonder = ", ".join(sorted(uitkomst.zonder))
        print(f"Zonder wachtwoord, dus alleen met een certificaat: {zonder}.", flush=True)
