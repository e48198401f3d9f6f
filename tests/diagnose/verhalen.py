"""The other services as diagnose hears them, and valid measurements."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final
from uuid import UUID, uuid4

from chassis.bus.protocol import Message
from chassis.consumer import Consumer, Outcome
from chassis.database import Database
from contracts.afnemers import dienst_topic
from contracts.envelope import CloudEvent, sequence_text
from contracts.gebeurtenis import Gebeurtenis
from contracts.plaatsing import (
    Eindereden,
    Grondslag,
    LKSPlaatsing,
    PlaatsingBeeindigd,
    Plaatsingsoort,
)
from services.diagnose.domain.zrm import DOMEINEN, ZrmVersie
from services.diagnose.reactions import REACTIONS
from tests.diagnose.gebruikers import BOXTEL, Diagnose, Dossiernummers

_OIN: Final = "00000099000000001000"


class Keten:
    """The other services: what they say reaches diagnose as a message, numbered per source."""

    def __init__(self, database: Database) -> None:
        self._consumer = Consumer(database, REACTIONS)
        self._versies: dict[tuple[str, UUID], int] = defaultdict(int)

    async def zeg(self, *events: Gebeurtenis) -> None:
        for event in events:
            assert await self._consumer.handle_one(self._bericht(event)) is Outcome.HANDLED

    def _bericht(self, event: Gebeurtenis) -> Message:
        self._versies[event.dienst, event.kandidaat_id] += 1
        versie = self._versies[event.dienst, event.kandidaat_id]
        envelope = CloudEvent(
            id=uuid4(),
            source=f"urn:nld:oin:{_OIN}:systeem:{event.dienst}",
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


def lks(
    kandidaat_id: UUID,
    begindatum: date,
    gemeentecode: str = BOXTEL,
) -> LKSPlaatsing:
    """A job with loonkostensubsidie begins."""
    return LKSPlaatsing(
        kandidaat_id=kandidaat_id,
        gemeentecode=gemeentecode,
        plaatsing_id=uuid4(),
        werkgever_id=uuid4(),
        werkplek_id=uuid4(),
        begindatum=begindatum,
        uren_per_week=Decimal(24),
        voltijdsuren_per_week=Decimal(36),
        grondslag=Grondslag.FORFAIT,
    )


def einde(
    plaatsing: LKSPlaatsing, einddatum: date, reden: Eindereden = Eindereden.WIJZIGING_TRAJECT
) -> PlaatsingBeeindigd:
    """The job ends."""
    return PlaatsingBeeindigd(
        kandidaat_id=plaatsing.kandidaat_id,
        gemeentecode=plaatsing.gemeentecode,
        plaatsing_id=plaatsing.plaatsing_id,
        soort=Plaatsingsoort.LKS_DIENSTVERBAND,
        einddatum=einddatum,
        reden=reden,
    )


def zrm(
    op: date,
    versie: ZrmVersie = ZrmVersie.V2017,
    niveau: int = 3,
    **anders: int,
) -> dict[str, Any]:
    """A complete measurement at one level, but in the domains that are named."""
    return {
        "zrmVersie": versie.value,
        "afgenomenOp": op.isoformat(),
        "informatieVan": op.isoformat(),
        "beoordelaar": "consulent-12",
        "scores": [
            {
                "domein": domein.value,
                "niveau": anders.get(domein.value.replace("-", "_"), niveau),
                "hulp": "ja-informeel",
                "toelichting": "Een zus helpt.",
            }
            for domein in DOMEINEN[versie]
        ],
    }


async def neem_af(
    diagnose: Diagnose, dossier: Dossiernummers, versie: ZrmVersie = ZrmVersie.V2017, **wat: int
) -> str:
    """A measurement of today; its number."""
    body = zrm(diagnose.vandaag, versie, **wat)
    antwoord = await diagnose.stuur(f"{dossier.pad}/zrm-metingen", body)
    return str(antwoord["metingId"])
