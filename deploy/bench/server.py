"""What is measured: ``python -m deploy.bench.server <dienst> meedoen|kaal <poort>``."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import asyncpg
import uvloop
from fastapi import FastAPI

from chassis import telemetry
from chassis.access import TokenVerifier
from chassis.access.development_issuer import DevelopmentIssuer
from chassis.database import Database
from chassis.encryption import KeyRing
from chassis.runtime import Service
from chassis.server import serve
from chassis.settings import TokenIssuer
from chassis.vault import Vault
from deploy.bench import kaal_diagnose, kaal_intake, kaal_plaatsing
from deploy.lokaal.adres import HOST
from deploy.lokaal.keten import PUBLIEK, UITGEVER
from deploy.lokaal.toegang import rollen_van
from services.diagnose.service import SERVICE as DIAGNOSE
from services.intake.service import SERVICE as INTAKE
from services.plaatsing.service import SERVICE as PLAATSING


@dataclass(frozen=True)
class Gemeten:
    """A service, what does the same without Meedoen, and who calls them."""

    service: Service
    kaal: Callable[[asyncpg.Pool[asyncpg.Record]], FastAPI]
    organisatie: str
    rollen: tuple[str, ...]


DIENSTEN: Final = {
    "intake": Gemeten(INTAKE, kaal_intake.kaal, "0757", ("klantmanager",)),
    "diagnose": Gemeten(
        DIAGNOSE, kaal_diagnose.kaal, "wsd", ("trajectconsulent", "loonwaardedeskundige")
    ),
    "plaatsing": Gemeten(PLAATSING, kaal_plaatsing.kaal, "wsd", ("accountmanager",)),
}


def meedoen(service: Service, database: Database, uitgever: DevelopmentIssuer) -> FastAPI:
    access = TokenVerifier(
        [TokenIssuer(issuer=UITGEVER, jwks_uri=f"{UITGEVER}/jwks.json")],
        audience=PUBLIEK,
        fetch=uitgever.fetch,
    )
    return service.api(database, access, {})


async def main(dienst: str, soort: str, poort: int) -> None:
    telemetry.configure("WARNING")
    url, gemeten = os.environ["BENCH_URL"], DIENSTEN[dienst]
    uitgever = DevelopmentIssuer(
        Path(os.environ["BENCH_MAP"]) / "sleutel.json",
        environment="test",
        issuer=UITGEVER,
        audience=PUBLIEK,
    )
    scopes = rollen_van(gemeten.organisatie)
    tokens = {rol: uitgever.token(gemeten.organisatie, rol, scopes[rol]) for rol in gemeten.rollen}
    print(json.dumps(tokens), flush=True)
    if soort == "meedoen":
        vault = Vault(KeyRing.from_json(os.environ["BENCH_SLEUTELS"]))
        async with Database(dienst, url, vault=vault) as database:
            await serve((meedoen(gemeten.service, database, uitgever), f"{HOST}:{poort}"))
    else:
        settings = {"search_path": dienst}
        async with asyncpg.create_pool(url, max_size=10, server_settings=settings) as pool:
            await serve((gemeten.kaal(pool), f"{HOST}:{poort}"))


if __name__ == "__main__":
    uvloop.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
