"""What a chain holds after a klantreis, in a form in which two chains can be compared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import asyncpg

from deploy.klantreis.volger import Volger

_TOESTAND: Final = {
    "intake": "SELECT gemeentecode, status, instroomkanaal, doelgroep, gedeeld_met_wsd,"
    " advies_programma, advies_diensten FROM kandidaat",
    "diagnose": "SELECT gemeentecode, status, loonwaarde FROM dossier",
    "plaatsing": "SELECT gemeentecode, soort, begin, eindereden FROM plaatsing ORDER BY soort",
    "financiering": "SELECT gemeentecode, status, maandbedrag FROM loonkostensubsidie",
}


async def eindtoestand(beheer_url: str) -> dict[str, list[dict[str, Any]]]:
    """The rows of each service that do not differ from one run to another."""
    connection = await asyncpg.connect(beheer_url)
    try:
        return {
            dienst: [dict(row) for row in await connection.fetch(_in_schema(dienst, sql))]
            for dienst, sql in _TOESTAND.items()
        }
    finally:
        await connection.close()


async def onverwerkt(beheer_url: str) -> dict[str, int]:
    """Per service how many events wait in the outbox or are parked."""
    connection = await asyncpg.connect(beheer_url)
    try:
        return {
            dienst: await connection.fetchval(
                f"SELECT (SELECT count(*) FROM {dienst}.outbox)"
                f" + (SELECT count(*) FROM {dienst}.geparkeerd)"
            )
            for dienst in _TOESTAND
        }
    finally:
        await connection.close()


def verhaal(volger: Volger, organisatie: str) -> list[tuple[str, str, Mapping[str, Any]]]:
    """What an afnemer was told, per source in order: source, type, and the data without ids."""
    events = [volger.ontvangen[id_].gebeurtenis for id_ in volger.per_organisatie[organisatie]]
    told = [
        (
            e["source"],
            e["type"],
            {name: value for name, value in e["data"].items() if not name.endswith("Id")},
        )
        for e in events
    ]
    return sorted(told, key=lambda regel: regel[0])


def _in_schema(dienst: str, sql: str) -> str:
    before, _, after = sql.partition(" FROM ")
    return f"{before} FROM {dienst}.{after}"
