"""Meedoen in one process: for a first look, and for development."""

from __future__ import annotations

import time
from pathlib import Path

from chassis import telemetry
from chassis.server import serve
from deploy.lokaal.adres import HOST
from deploy.lokaal.geheimen import Geheimen
from deploy.lokaal.keten import ALLES, bereid_voor, keten, laad_eerste_gegevens
from deploy.lokaal.postgres import LokalePostgres
from deploy.lokaal.welkom import welkom


async def draai(map_: Path, poort: int, *, begin: float) -> None:
    """Run until SIGINT or SIGTERM. begin: when the command was given (time.monotonic).

    Raises PostgresStartFout.
    """
    logboek = map_ / "meedoen.log"
    logboek.parent.mkdir(parents=True, exist_ok=True)
    with logboek.open("a", buffering=1) as log, LokalePostgres(map_ / "postgres") as postgres:
        telemetry.configure("INFO", log)
        print("PostgreSQL draait.", flush=True)
        geheimen = Geheimen.uit(map_ / "geheimen.json", [service.name for service in ALLES])
        await bereid_voor(postgres.beheer_url, geheimen)
        await laad_eerste_gegevens(postgres.beheer_url, geheimen)
        print("De tabellen zijn bijgewerkt.", flush=True)
        async with keten(postgres.beheer_url, geheimen, map_) as draaiend:
            print(
                welkom(
                    f"http://{HOST}:{poort}",
                    time.monotonic() - begin,
                    "alles in een proces, berichtenbus in het proces",
                    draaiend.token,
                ),
                flush=True,
            )
            await serve((draaiend.app, f"{HOST}:{poort}"), on_stop=draaiend.gateway.stop_waiting)
    print("Meedoen is gestopt.")
