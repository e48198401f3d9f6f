"""The other services as diagnose hears them."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from chassis.bus.protocol import Message
from chassis.consumer import Consumer, Outcome
from chassis.database import Database
from chassis.tenancy import WSD
from contracts.afnemers import dienst_topic
from contracts.envelope import CloudEvent, sequence_text
from contracts.gebeurtenis import Gebeurtenis, Leeftijdsgroep
from contracts.intake import (
    Doelgroep,
    Instroomkanaal,
    KandidaatAangemeld,
    KandidaatDoorverwezen,
    KandidaatOvergedragen,
    Overdrachtreden,
)
from services.diagnose.reactions import REACTIONS
from tests.diagnose.gebruikers import BOXTEL

OIN = "00000099000000001000"


def aanmelding(
    kandidaat_id: UUID,
    gemeentecode: str = BOXTEL,
    *,
    op: date,
    doelgroep: Doelgroep = Doelgroep.PWET,
) -> KandidaatAangemeld:
    return KandidaatAangemeld(
        kandidaat_id=kandidaat_id,
        gemeentecode=gemeentecode,
        aangemeld_op=op,
        instroomkanaal=Instroomkanaal.BALIE,
        doelgroep=doelgroep,
    )


def doorverwijzing(
    kandidaat_id: UUID,
    gemeentecode: str = BOXTEL,
    *,
    op: date,
    doelgroep: Doelgroep = Doelgroep.PWET,
    leeftijdsgroep: Leeftijdsgroep = Leeftijdsgroep.L21_PLUS,
) -> KandidaatDoorverwezen:
    return KandidaatDoorverwezen(
        kandidaat_id=kandidaat_id,
        gemeentecode=gemeentecode,
        doorverwezen_op=op,
        doelgroep=doelgroep,
        leeftijdsgroep=leeftijdsgroep,
    )


def overdracht(kandidaat_id: UUID, *, van: str, naar: str, op: date) -> KandidaatOvergedragen:
    return KandidaatOvergedragen(
        kandidaat_id=kandidaat_id,
        gemeentecode=naar,
        van_gemeente=van,
        ingangsdatum=op,
        reden=Overdrachtreden.VERHUIZING,
    )


class Keten:
    """The other services: what they say reaches diagnose as a message, numbered per source."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._consumer = Consumer(database, REACTIONS)
        self._versies: dict[tuple[str, UUID], int] = defaultdict(int)

    def bericht(self, event: Gebeurtenis) -> Message:
        self._versies[event.dienst, event.kandidaat_id] += 1
        versie = self._versies[event.dienst, event.kandidaat_id]
        envelope = CloudEvent(
            id=uuid4(),
            source=f"urn:nld:oin:{OIN}:systeem:{event.dienst}",
            type=event.type(),
            subject=event.kandidaat_id,
            time=datetime.now(UTC),
            dataschema=event.dataschema(),
            dataref=event.dataref(),
            sequence=sequence_text(versie),
            partitionkey=event.kandidaat_id,
            aggregateversion=versie,
            gemeentecode=event.gemeentecode,
            data=event.json_bytes(),
        )
        return Message(
            dienst_topic(event.dienst),
            str(event.kandidaat_id).encode(),
            envelope.data,
            envelope.kafka_headers(),
        )

    async def zeg(self, *events: Gebeurtenis) -> None:
        for event in events:
            assert await self._consumer.handle_one(self.bericht(event)) is Outcome.HANDLED

    async def dossier(
        self, gemeentecode: str = BOXTEL, *, op: date, kandidaat_id: UUID | None = None
    ) -> tuple[UUID, UUID]:
        """A kandidaat who was referred to WSD on a day, and the dossier that opened."""
        kandidaat_id = kandidaat_id or uuid4()
        await self.zeg(doorverwijzing(kandidaat_id, gemeentecode, op=op))
        async with self._database.unit_of_work(WSD) as uow:
            dossier_id = await uow.connection.fetchval(
                "SELECT id FROM dossier WHERE kandidaat_id = $1", kandidaat_id
            )
        return kandidaat_id, dossier_id
