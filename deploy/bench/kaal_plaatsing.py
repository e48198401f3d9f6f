"""Plaatsing without Meedoen: validate, the same rows in a transaction, answer."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final
from uuid import uuid4

import asyncpg
from fastapi import FastAPI

from contracts.plaatsing import Grondslag, LKSPlaatsing
from deploy.bench.kaal import zeg
from services.plaatsing.api.plaatsingen import LksPlaatsingInvoer

_KANDIDAAT: Final = "SELECT gemeentecode FROM kandidaat WHERE id = $1 FOR UPDATE"
_LOONWAARDE: Final = (
    "SELECT loonwaarde FROM loonwaarde WHERE kandidaat_id = $1 AND ingangsdatum <= $2"
    " ORDER BY ingangsdatum DESC, volgnummer DESC LIMIT 1"
)
_BESLUIT: Final = (
    "SELECT programma FROM trajectbesluit WHERE kandidaat_id = $1 ORDER BY volgnummer DESC LIMIT 1"
)
_WERKPLEK: Final = "SELECT werkgever_id FROM werkplek WHERE id = $1 FOR UPDATE"
_BEZET: Final = "SELECT sum(verschil) FROM drukte WHERE werkplek_id = $1"
_PLAATSING: Final = (
    "INSERT INTO plaatsing (id, kandidaat_id, gemeentecode, soort, geplaatst_door, werkgever_id,"
    " werkplek_id, begin, uren_per_week, voltijdsuren_per_week, werkgeversoort, loonwaarde,"
    " programma, vastgelegd_op) VALUES ($1, $2, $3, 'lks-dienstverband', 'wsd', $4, $5, $6, $7,"
    " $8, 'regulier', $9, $10, $11)"
)
_STAND: Final = (
    "INSERT INTO plaatsingsstand (plaatsing_id, vanaf, kandidaat_id, gemeentecode, uren_per_week,"
    " voltijdsuren_per_week, werkplek_id, loonwaarde) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
)
_BEZETTING: Final = "INSERT INTO bezetting (plaatsing_id, werkplek_id, begin) VALUES ($1, $2, $3)"


def kaal(pool: asyncpg.Pool[asyncpg.Record]) -> FastAPI:
    """POST lks-plaatsing, the first of each kandidaat."""
    app = FastAPI()

    @app.post("/plaatsing/v1/lks-plaatsingen", status_code=201)
    async def start(invoer: LksPlaatsingInvoer) -> dict[str, Any]:
        id_, nu, wie, begin = uuid4(), datetime.now(UTC), invoer.kandidaat_id, invoer.begindatum
        plek, uren, voltijd = invoer.werkplek_id, invoer.uren_per_week, invoer.voltijdsuren_per_week
        async with pool.acquire() as connection, connection.transaction():
            await connection.execute("SET LOCAL meedoen.organisatie = 'wsd'")
            gemeentecode = await connection.fetchval(_KANDIDAAT, wie)
            loonwaarde = await connection.fetchval(_LOONWAARDE, wie, begin)
            programma = await connection.fetchval(_BESLUIT, wie)
            werkgever_id = await connection.fetchval(_WERKPLEK, plek)
            await connection.fetchval(_BEZET, plek)
            await connection.execute(
                *(_PLAATSING, id_, wie, gemeentecode, werkgever_id, plek, begin, uren, voltijd),
                *(loonwaarde, programma, nu),
            )
            await connection.execute(
                *(_STAND, id_, begin, wie, gemeentecode, uren, voltijd, plek, loonwaarde)
            )
            await connection.execute(_BEZETTING, id_, plek, begin)
            event = LKSPlaatsing(
                kandidaat_id=wie,
                gemeentecode=gemeentecode,
                plaatsing_id=id_,
                werkgever_id=werkgever_id,
                werkplek_id=plek,
                begindatum=begin,
                uren_per_week=uren,
                voltijdsuren_per_week=voltijd,
                grondslag=Grondslag.LOONWAARDE,
                loonwaarde=loonwaarde,
            )
            await zeg(connection, event, "wsd", (gemeentecode, "wsd"), nu)
        return {"plaatsingId": id_, "urenPerWeek": uren, "loonwaarde": loonwaarde}

    return app
