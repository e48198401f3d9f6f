"""What tests of intake share: residents, and the steps of a kandidaat through the API."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from typing import Any, Final
from uuid import UUID, uuid4

import httpx2

from chassis.bus.protocol import Message
from chassis.consumer import Consumer, Outcome
from chassis.database import Database
from chassis.tenancy import SYSTEM
from contracts.afnemers import dienst_topic
from contracts.envelope import CloudEvent, sequence_text
from contracts.gebeurtenis import Gebeurtenis
from deploy.klantreis.persoon import verzin_bsn
from services.intake.reactions import REACTIONS

BOXTEL, BEST, VUGHT, SUDWEST_FRYSLAN, WSD = "0757", "0753", "0865", "1900", "wsd"
VANDAAG: Final = "2026-11-20"

_TOEVAL: Final = Random(7)
_NAAM: Final = "nl.participatie."


def bsn() -> str:
    """One that no other test has."""
    return verzin_bsn(_TOEVAL)


def persoon(**anders: Any) -> dict[str, Any]:
    return {
        "bsn": bsn(),
        "voornamen": "Wilhelmina",
        "geslachtsnaam": "Proefpersoon",
        "geboortedatum": "1990-01-01",
    } | anders


def aanmelding(**anders: Any) -> dict[str, Any]:
    return {
        "aangemeldOp": "2026-01-05",
        "instroomkanaal": "balie",
        "doelgroep": "pwet",
        "persoon": persoon(),
    } | anders


def besluit(op: str) -> dict[str, Any]:
    return {
        "genomenOp": op,
        "motivering": "Proefmotivering",
        "rechtsgrond": "pw-art-7-lid-1-a",
        "ingangsdatum": op,
    }


async def doe(
    klant: httpx2.AsyncClient, pad: str, body: dict[str, Any] | None = None, *, verwacht: int = 201
) -> Any:
    """A POST with an Idempotency-Key of its own."""
    antwoord = await klant.post(pad, json=body, headers={"Idempotency-Key": str(uuid4())})
    assert antwoord.status_code == verwacht, antwoord.text
    return antwoord.json()


async def lees(klant: httpx2.AsyncClient, pad: str, *, verwacht: int = 200) -> Any:
    antwoord = await klant.get(pad)
    assert antwoord.status_code == verwacht, antwoord.text
    return antwoord.json()


async def meld_aan(klant: httpx2.AsyncClient, **anders: Any) -> str:
    """The address of a new kandidaat."""
    kandidaat = await doe(klant, "/kandidaten", aanmelding(**anders))
    return f"/kandidaten/{kandidaat['kandidaatId']}"


async def verwijs_door(klant: httpx2.AsyncClient, kandidaat: str, op: str = "2026-01-12") -> None:
    """Through the gate and to WSD."""
    await doe(klant, f"{kandidaat}/poortbesluiten", besluit(op) | {"uitkomst": "aanmelden-bij-wsd"})
    await doe(klant, f"{kandidaat}/doorverwijzingen", {"doorverwezenOp": op})


def id_van(kandidaat: str) -> UUID:
    return UUID(kandidaat.rpartition("/")[2])


@dataclass(frozen=True)
class Gezegd:
    """An event in the outbox: what was said, and who may see it."""

    naam: str
    data: dict[str, Any]
    afnemers: set[str]


async def gezegd(database: Database, kandidaat: str) -> list[Gezegd]:
    """What intake said about a kandidaat, the oldest first."""
    async with database.unit_of_work(SYSTEM) as uow:
        rows = await uow.connection.fetch(
            "SELECT type, data, afnemers FROM outbox WHERE aggregate_id = $1 ORDER BY id",
            id_van(kandidaat),
        )
    return [
        Gezegd(
            row["type"].removeprefix(_NAAM).removesuffix(".v1"),
            json.loads(row["data"]),
            set(row["afnemers"]),
        )
        for row in rows
    ]


class Anderen:
    """The other services: what they say reaches intake as a message, numbered per source."""

    def __init__(self, database: Database) -> None:
        self._consumer = Consumer(database, REACTIONS)
        self._versies: dict[tuple[str, UUID], int] = {}

    async def zeg(self, event: Gebeurtenis) -> None:
        plek = (event.dienst, event.kandidaat_id)
        versie = self._versies[plek] = self._versies.get(plek, 0) + 1
        envelope = CloudEvent(
            id=uuid4(),
            source=f"urn:nld:oin:00000099000000001000:systeem:{event.dienst}",
            type=event.type(),
            subject=event.kandidaat_id,
            time=datetime(2026, 11, 20, 9, tzinfo=UTC),
            dataschema=event.dataschema(),
            dataref=event.dataref(),
            sequence=sequence_text(versie),
            partitionkey=event.kandidaat_id,
            aggregateversion=versie,
            gemeentecode=event.gemeentecode,
            data=event.json_bytes(),
        )
        bericht = Message(
            dienst_topic(event.dienst),
            str(event.kandidaat_id).encode(),
            envelope.data,
            envelope.kafka_headers(),
        )
        assert await self._consumer.handle_one(bericht) is Outcome.HANDLED
