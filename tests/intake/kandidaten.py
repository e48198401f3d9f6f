"""Kandidaten of the tests of intake, through its API."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import httpx2

from chassis.database import Database
from chassis.tenancy import SYSTEM
from deploy.klantreis.persoon import verzin_bsn

BOXTEL, VUGHT = "0757", "0865"
VANDAAG: Final = "2026-11-20"

_TOEVAL: Final = random.Random(20261121)


async def meld_aan(
    klant: httpx2.AsyncClient, *, geboortedatum: str = "1990-01-01", **anders: str
) -> UUID:
    """A resident that no other test has."""
    antwoord = await klant.post(
        "/kandidaten",
        json={
            "aangemeldOp": VANDAAG,
            "instroomkanaal": "balie",
            "doelgroep": "pwet",
            **anders,
            "persoon": {
                "bsn": verzin_bsn(_TOEVAL),
                "voornamen": "Proef",
                "geslachtsnaam": "Persoon",
                "geboortedatum": geboortedatum,
            },
        },
    )
    assert antwoord.status_code == 201, antwoord.text
    return UUID(antwoord.json()["kandidaatId"])


async def verwijs_door(
    klant: httpx2.AsyncClient,
    kandidaat_id: UUID,
    *,
    op: str = VANDAAG,
    bekendgemaakt_op: str | None = None,
) -> None:
    """Decide at the gate and refer the kandidaat to WSD."""
    besluit = await klant.post(
        f"/kandidaten/{kandidaat_id}/poortbesluiten",
        json={
            "uitkomst": "aanmelden-bij-wsd",
            "genomenOp": op,
            "motivering": "Proefmotivering",
            "rechtsgrond": "pw-art-7-lid-1-a",
            "ingangsdatum": op,
            "bekendgemaaktOp": bekendgemaakt_op,
        },
    )
    assert besluit.status_code == 201, besluit.text
    antwoord = await klant.post(
        f"/kandidaten/{kandidaat_id}/doorverwijzingen", json={"doorverwezenOp": op}
    )
    assert antwoord.status_code == 201, antwoord.text


@dataclass(frozen=True)
class Gezegd:
    """An event about a term. naam: without its version."""

    naam: str
    termijn_id: str
    soort: str
    laatste_dag: str
    afnemers: list[str]


async def gezegd_over_termijnen(database: Database, kandidaat_id: UUID) -> list[Gezegd]:
    """In the order in which it was said."""
    async with database.unit_of_work(SYSTEM) as uow:
        rows = await uow.connection.fetch(
            "SELECT type, data, afnemers FROM outbox WHERE aggregate_id = $1"
            " AND type LIKE '%.termijn-%' ORDER BY id",
            kandidaat_id,
        )
    gevonden = []
    for row in rows:
        data, naam = json.loads(row["data"]), row["type"].split(".")[2]
        gevonden.append(
            Gezegd(naam, data["termijnId"], data["soort"], data["laatsteDag"], row["afnemers"])
        )
    return gevonden
