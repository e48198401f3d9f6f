"""Intake without Meedoen: validate, the same rows in a transaction, answer."""

from __future__ import annotations

import hashlib
import json
import secrets
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import asyncpg
from fastapi import FastAPI

from contracts.intake import KandidaatAangemeld, QuickScanAfgerond
from deploy.bench.kaal import zeg
from services.intake import procesversies
from services.intake.api.kandidaten import AanmeldingInvoer
from services.intake.api.processen import StapInvoer

_KANDIDAAT = (
    "INSERT INTO kandidaat (id, gemeentecode, status, aangemeld_op, instroomkanaal, doelgroep,"
    " bsn_index, vastgelegd_op) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
)
_SLEUTEL = "INSERT INTO datasleutel (kandidaat_id, gemeentecode, verpakt) VALUES ($1, $2, $3)"
_GEGEVENS = (
    "INSERT INTO persoonsgegevens (kandidaat_id, gemeentecode, gegevens) VALUES ($1, $2, $3)"
)
_PROCESVERSIE = (
    "INSERT INTO procesversie (proces, versie, bpmn, vastgelegd_op) VALUES ($1, $2, $3, $4)"
    " ON CONFLICT DO NOTHING"
)
_VERLOOP = (
    "INSERT INTO procesverloop (id, kandidaat_id, gemeentecode, proces, versie, begonnen_op,"
    " feiten, status, vastgelegd_op) VALUES ($1, $2, $3, $4, $5, $6, $7, 'loopt', $8)"
)
_OPEN = (
    "INSERT INTO open_stap (procesverloop_id, stap, kandidaat_id, gemeentecode, rol, van_wsd,"
    " sinds, niet_voor) VALUES ($1, $2, $3, $4, 'klantmanager', false, $5, $5)"
)
_REGISSEUR = (
    "INSERT INTO regisseur (id, kandidaat_id, gemeentecode, organisatie, vanaf, reden,"
    " vastgelegd_op) VALUES ($1, $2, $3, $3, $4, 'aanmelding', $5)"
)
_GEZET = (
    "INSERT INTO gezette_stap (procesverloop_id, volgnummer, kandidaat_id, gemeentecode, stap,"
    " gezet_op, door, rol, feiten, vastgelegd_op)"
    " VALUES ($1, 1, $2, $3, $4, $5, $3, 'klantmanager', $6, $7)"
)


def kaal(pool: asyncpg.Pool[asyncpg.Record]) -> FastAPI:
    """POST aanmelding and POST stap."""
    app = FastAPI()
    definitie = procesversies.nieuwste("0757")
    proces = definitie.proces, definitie.versie

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
            await connection.execute(_PROCESVERSIE, *proces, definitie.inhoud, nu)
            dag, verloop = invoer.aangemeld_op, uuid4()
            await connection.execute(*(_VERLOOP, verloop, id_, "0757", *proces, dag, gegevens, nu))
            await connection.execute(_OPEN, verloop, "quick-scan", id_, "0757", dag)
            await connection.execute(_REGISSEUR, uuid4(), id_, "0757", dag, nu)
            await zeg(connection, event, "0757", ["0757"], nu)
        return {"kandidaatId": id_, "status": "aangemeld"}

    @app.post("/intake/v1/kandidaten/{id_}/proces/stappen", status_code=201)
    async def zet_stap(id_: UUID, invoer: StapInvoer) -> dict[str, Any]:
        nu = datetime.now(UTC)
        event = QuickScanAfgerond(
            kandidaat_id=id_, gemeentecode="0757", afgerond_op=invoer.gezet_op
        )
        feiten = json.dumps(invoer.feiten).encode()
        async with pool.acquire() as connection, connection.transaction():
            await connection.execute("SET LOCAL meedoen.organisatie = '0757'")
            await connection.fetchrow("SELECT * FROM kandidaat WHERE id = $1 FOR UPDATE", id_)
            verloop = await connection.fetchval(
                "SELECT id FROM procesverloop WHERE kandidaat_id = $1 AND status = 'loopt'", id_
            )
            await connection.execute(
                *(_GEZET, verloop, id_, "0757", invoer.stap, invoer.gezet_op, feiten, nu)
            )
            await connection.execute("DELETE FROM open_stap WHERE procesverloop_id = $1", verloop)
            await connection.execute(_OPEN, verloop, "poortbesluit", id_, "0757", invoer.gezet_op)
            await zeg(connection, event, "0757", ["0757"], nu)
        return {"openStappen": ["poortbesluit"]}

    return app
