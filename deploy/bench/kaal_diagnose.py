"""Diagnose without Meedoen: validate, the same rows in a transaction, answer."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

import asyncpg
from fastapi import FastAPI

from contracts.diagnose import LoonwaardeVastgesteld, ZrmAfgenomen
from deploy.bench.kaal import zeg
from services.diagnose.api.loonwaarde import LoonwaardemetingInvoer
from services.diagnose.api.zrm import ZrmMetingInvoer

_AFNEMERS: Final = ("0757", "wsd")
_OP_SLOT: Final = "SELECT kandidaat_id, gemeentecode FROM dossier WHERE id = $1 FOR UPDATE"
_ZRM: Final = (
    "INSERT INTO zrm_meting (id, dossier_id, gemeentecode, volgnummer, inhoud)"
    " VALUES ($1, $2, $3, 1, $4)"
)
_LOONWAARDE: Final = (
    "INSERT INTO loonwaardemeting (id, dossier_id, gemeentecode, volgnummer, loonwaarde, inhoud)"
    " VALUES ($1, $2, $3, 1, $4, $5)"
)
_BEWAAR: Final = (
    "UPDATE dossier SET loonwaarde = $2, zrm_op = $3, loonwaarde_op = $4, versie = versie + 1"
    " WHERE id = $1"
)
_TERMIJN: Final = (
    "INSERT INTO diagnosetermijn (id, dossier_id, kandidaat_id, gemeentecode, soort, kenmerk,"
    " begonnen_op, laatste_dag, status) VALUES ($1, $2, $3, $4, 'zrm-herhaling', '', $5, $6,"
    " 'lopend')"
)
_DEADLINE: Final = (
    "INSERT INTO termijn (id, gemeentecode, aggregate_id, soort, sleutel, vervalt_op, gegevens)"
    " VALUES ($1, $2, $3, 'diagnosetermijn-verstreken', $4, $5, '{}')"
)


def kaal(pool: asyncpg.Pool[asyncpg.Record]) -> FastAPI:
    """POST zrm-meting and POST loonwaardemeting, the first of each in a dossier."""
    app = FastAPI()

    @app.post("/diagnose/v1/dossiers/{id_}/zrm-metingen", status_code=201)
    async def neem_zrm_af(id_: UUID, invoer: ZrmMetingInvoer) -> dict[str, Any]:
        meting_id, nu = uuid4(), datetime.now(UTC)
        async with pool.acquire() as connection, connection.transaction():
            await connection.execute("SET LOCAL meedoen.organisatie = 'wsd'")
            kandidaat_id, gemeentecode = await connection.fetchrow(_OP_SLOT, id_) or (id_, "")
            event = ZrmAfgenomen(
                kandidaat_id=kandidaat_id,
                gemeentecode=gemeentecode,
                dossier_id=id_,
                meting_id=meting_id,
                zrm_versie="2017",
                afgenomen_op=invoer.afgenomen_op,
                volgnummer=1,
            )
            inhoud = invoer.model_dump_json().encode()
            await connection.execute(_ZRM, meting_id, id_, gemeentecode, inhoud)
            await connection.execute(_BEWAAR, id_, None, invoer.afgenomen_op, None)
            termijn_id, dag = uuid4(), invoer.afgenomen_op
            wie = (kandidaat_id, gemeentecode)
            laatste_dag = dag + timedelta(days=91)
            await connection.execute(_TERMIJN, termijn_id, id_, *wie, dag, laatste_dag)
            gaat_af = datetime.combine(laatste_dag, time(), UTC)
            await connection.execute(
                _DEADLINE, uuid4(), gemeentecode, kandidaat_id, str(termijn_id), gaat_af
            )
            await zeg(connection, event, "wsd", _AFNEMERS, nu)
        return {"metingId": meting_id}

    @app.post("/diagnose/v1/dossiers/{id_}/loonwaardemetingen", status_code=201)
    async def stel_loonwaarde_vast(id_: UUID, invoer: LoonwaardemetingInvoer) -> dict[str, Any]:
        meting_id, nu = uuid4(), datetime.now(UTC)
        [taak] = invoer.hoofdtaken
        loonwaarde = int(taak.tempo)
        async with pool.acquire() as connection, connection.transaction():
            await connection.execute("SET LOCAL meedoen.organisatie = 'wsd'")
            kandidaat_id, gemeentecode = await connection.fetchrow(_OP_SLOT, id_) or (id_, "")
            event = LoonwaardeVastgesteld(
                kandidaat_id=kandidaat_id,
                gemeentecode=gemeentecode,
                dossier_id=id_,
                meting_id=meting_id,
                loonwaarde=loonwaarde,
                vastgesteld_op=invoer.vastgesteld_op,
                ingangsdatum=invoer.ingangsdatum,
                methode="uniform-2021",
            )
            inhoud = invoer.model_dump_json().encode()
            await connection.execute(_LOONWAARDE, meting_id, id_, gemeentecode, loonwaarde, inhoud)
            await connection.execute(_BEWAAR, id_, loonwaarde, None, invoer.vastgesteld_op)
            await zeg(connection, event, "wsd", _AFNEMERS, nu)
        return {"metingId": meting_id, "loonwaarde": loonwaarde}

    return app
