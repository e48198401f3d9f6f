"""What a chain holds after a klantreis, in a form in which two chains can be compared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import asyncpg

from deploy.klantreis.volger import Volger

_DIENSTEN: Final = ("intake", "diagnose", "plaatsing", "financiering")
_TOESTAND: Final = (
    "SELECT gemeentecode, status, instroomkanaal, doelgroep, gedeeld_met_wsd, advies_programma,"
    " advies_diensten FROM intake.kandidaat",
    "SELECT soort, uitkomst, programma, diensten, met_wsd, genomen_door FROM intake.besluit"
    " ORDER BY soort",
    "SELECT gemeentecode, status, loonwaarde FROM diagnose.dossier",
    "SELECT gemeentecode, soort, begin, tot_en_met, laatste_dag, eindereden FROM"
    " plaatsing.plaatsing ORDER BY soort",
    "SELECT gemeentecode, begindatum, uren, loonwaarde, besluit FROM"
    " financiering.loonkostensubsidie",
    "SELECT ingangsdatum, grondslag, loonwaarde, maandbedrag FROM financiering.vaststelling",
)


async def eindtoestand(beheer_url: str) -> list[list[dict[str, Any]]]:
    """The rows of each service, without what differs from one run to another."""
    connection = await asyncpg.connect(beheer_url)
    try:
        return [[dict(row) for row in await connection.fetch(sql)] for sql in _TOESTAND]
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
            for dienst in _DIENSTEN
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
