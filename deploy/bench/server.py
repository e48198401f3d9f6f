"""The two servers of the aanmelding measurement: ``python -m deploy.bench.server meedoen|kaal``."""

from __future__ import annotations

import hashlib
import os
import secrets
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import uvloop
from fastapi import FastAPI

from chassis import telemetry
from chassis.access import TokenVerifier
from chassis.access.development_issuer import DevelopmentIssuer
from chassis.database import Database
from chassis.encryption import KeyRing
from chassis.server import serve
from chassis.settings import TokenIssuer
from chassis.vault import Vault
from contracts.intake import KandidaatAangemeld
from deploy.lokaal.adres import HOST
from deploy.lokaal.keten import PUBLIEK, UITGEVER
from deploy.lokaal.toegang import rollen_van
from services.intake.api.kandidaten import AanmeldingInvoer
from services.intake.service import SERVICE

_KANDIDAAT = (
    "INSERT INTO kandidaat (id, gemeentecode, status, aangemeld_op, instroomkanaal, doelgroep,"
    " bsn_index, vastgelegd_op) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
)
_SLEUTEL = "INSERT INTO datasleutel (kandidaat_id, gemeentecode, verpakt) VALUES ($1, $2, $3)"
_GEGEVENS = (
    "INSERT INTO persoonsgegevens (kandidaat_id, gemeentecode, gegevens) VALUES ($1, $2, $3)"
)
_STROOM = "INSERT INTO stroom (aggregate_id, versie) VALUES ($1, 1)"
_VERWERKING = (
    "INSERT INTO verwerking (trace_id, span_id, naam, verwerkingsactiviteit, betrokkene,"
    " gemeentecode, organisatie, begin, eind) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
)
_OUTBOX = (
    "INSERT INTO outbox (shard, event_id, aggregate_id, aggregate_versie, gemeentecode, type,"
    " dataschema, dataref, tijd, traceparent, afnemers, data)"
    " VALUES ($1, $2, $3, 1, $4, $5, $6, $7, $8, $9, $10, $11)"
)


def meedoen(database: Database, uitgever: DevelopmentIssuer) -> FastAPI:
    access = TokenVerifier(
        [TokenIssuer(issuer=UITGEVER, jwks_uri=f"{UITGEVER}/jwks.json")],
        audience=PUBLIEK,
        fetch=uitgever.fetch,
    )
    return SERVICE.api(database, access, {})


def kaal(pool: asyncpg.Pool[asyncpg.Record]) -> FastAPI:
    """What is left without Meedoen: validate, six inserts in a transaction, answer."""
    app = FastAPI()

    @app.post("/intake/v1/kandidaten", status_code=201)
    async def meld_aan(invoer: AanmeldingInvoer) -> dict[str, Any]:
        id_, nu = uuid4(), datetime.now(UTC)
        event = KandidaatAangemeld(
            kandidaat_id=id_,
            gemeentecode="0757",
            aangemeld_op=invoer.aangemeld_op,
            instroomkanaal=invoer.instroomkanaal.value,
            doelgroep=invoer.doelgroep.value,
        )
        bsn = hashlib.sha256(invoer.persoon.bsn.encode()).digest()
        gegevens = invoer.persoon.model_dump_json().encode()
        async with pool.acquire() as connection, connection.transaction():
            await connection.execute("SET LOCAL meedoen.organisatie = '0757'")
            await connection.execute(
                *(_KANDIDAAT, id_, "0757", "aangemeld", invoer.aangemeld_op, "balie", "pwet"),
                *(bsn, nu),
            )
            await connection.execute(_SLEUTEL, id_, "0757", secrets.token_bytes(60))
            await connection.execute(_GEGEVENS, id_, "0757", gegevens)
            await connection.execute(_STROOM, id_)
            await connection.execute(
                *(_VERWERKING, "t", "s", event.type(), "a", id_, "0757", "0757", nu, nu)
            )
            await connection.execute(
                *(_OUTBOX, id_.int % 16, uuid4(), id_, "0757", event.type(), event.dataschema()),
                *(event.dataref(), nu, None, ["0757"], event.json_bytes()),
            )
        return {"kandidaatId": id_, "status": "aangemeld"}

    return app


async def main(soort: str, poort: int) -> None:
    telemetry.configure("WARNING")
    url = os.environ["BENCH_URL"]
    uitgever = DevelopmentIssuer(
        Path(os.environ["BENCH_MAP"]) / "sleutel.json",
        environment="test",
        issuer=UITGEVER,
        audience=PUBLIEK,
    )
    rol = "klantmanager"
    print(uitgever.token("0757", rol, rollen_van("0757")[rol]), flush=True)
    if soort == "meedoen":
        vault = Vault(KeyRing.from_json(os.environ["BENCH_SLEUTELS"]))
        async with Database("intake", url, vault=vault) as database:
            await serve((meedoen(database, uitgever), f"{HOST}:{poort}"))
    else:
        settings = {"search_path": "intake"}
        async with asyncpg.create_pool(url, max_size=10, server_settings=settings) as pool:
            await serve((kaal(pool), f"{HOST}:{poort}"))


if __name__ == "__main__":
    uvloop.run(main(sys.argv[1], int(sys.argv[2])))
