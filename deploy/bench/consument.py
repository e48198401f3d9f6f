"""A consumer with a real reaction against bare asyncpg that runs the same statements."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Final
from uuid import UUID, uuid4

import asyncpg

from chassis.bus.protocol import Message
from chassis.consumer import Consumer
from contracts.afnemers import dienst_topic
from contracts.envelope import CloudEvent, sequence_text
from contracts.gebeurtenis import Leeftijdsgroep
from contracts.intake import Doelgroep, KandidaatDoorverwezen
from deploy.bench.omgeving import OIN, Omgeving
from deploy.bench.uitslag import Verhouding
from services.diagnose.reactions import REACTIONS

_BERICHTEN: Final = 2000
_TEGELIJK: Final = 6
_BRON: Final = f"urn:nld:oin:{OIN}:systeem:intake"

_POSITIE = (
    "INSERT INTO positie (consument, bron, aggregate_id, versie) VALUES ('kaal', $1, $2, 1)"
    " ON CONFLICT (consument, bron, aggregate_id) DO UPDATE SET versie = excluded.versie"
    " RETURNING true"
)
_DOSSIER = (
    "INSERT INTO dossier (id, kandidaat_id, gemeentecode, status, geopend_op, vastgelegd_op)"
    " VALUES ($1, $2, '0757', 'geopend', $3, $4) ON CONFLICT (kandidaat_id) DO NOTHING"
    " RETURNING true"
)
_SLEUTEL = (
    "INSERT INTO datasleutel (kandidaat_id, gemeentecode, verpakt) VALUES ($1, '0757', $2)"
    " ON CONFLICT DO NOTHING RETURNING true"
)


async def meet(omgeving: Omgeving, rondes: int) -> Verhouding:
    """Events per second, in batches as Kafka gives them, six kandidaten at a time."""
    meedoen: list[float] = []
    kaal: list[float] = []
    async with (
        omgeving.database("diagnose") as database,
        asyncpg.create_pool(
            omgeving.url("diagnose"), max_size=10, server_settings={"search_path": "diagnose"}
        ) as pool,
    ):
        consumer = Consumer(database, REACTIONS)
        await _meedoen(consumer, _berichten(_BERICHTEN // 10))
        await _kaal(pool, _BERICHTEN // 10)
        for _ in range(rondes):
            meedoen.append(await _meedoen(consumer, _berichten(_BERICHTEN)))
            kaal.append(await _kaal(pool, _BERICHTEN))
    return Verhouding("consument", meedoen, kaal, doel=0.5)


async def _meedoen(consumer: Consumer, berichten: Sequence[Message]) -> float:
    begin = time.perf_counter()
    for start in range(0, len(berichten), 500):
        await consumer.handle(berichten[start : start + 500])
    return len(berichten) / (time.perf_counter() - begin)


async def _kaal(pool: asyncpg.Pool[asyncpg.Record], aantal: int) -> float:
    ids = iter([uuid4() for _ in range(aantal)])
    verpakt = b"x" * 63

    async def werker() -> None:
        for id_ in ids:
            async with pool.acquire() as connection:
                await connection.execute("BEGIN; SET LOCAL meedoen.organisatie = '0757'")
                await connection.fetchval(_POSITIE, _BRON, id_)
                await connection.fetchval(
                    _DOSSIER, uuid4(), id_, date(2026, 11, 20), datetime.now(UTC)
                )
                await connection.fetchval(_SLEUTEL, id_, verpakt)
                await connection.execute("COMMIT")

    begin = time.perf_counter()
    await asyncio.gather(*(werker() for _ in range(_TEGELIJK)))
    return aantal / (time.perf_counter() - begin)


def _berichten(aantal: int) -> list[Message]:
    return [bericht(uuid4()) for _ in range(aantal)]


def bericht(kandidaat_id: UUID) -> Message:
    """A KandidaatDoorverwezen as it comes from Kafka."""
    event = KandidaatDoorverwezen(
        kandidaat_id=kandidaat_id,
        gemeentecode="0757",
        doorverwezen_op=date(2026, 11, 20),
        doelgroep=Doelgroep.PWET,
        leeftijdsgroep=Leeftijdsgroep.L21_PLUS,
    )
    envelope = CloudEvent(
        id=uuid4(),
        source=_BRON,
        type=event.type(),
        subject=kandidaat_id,
        time=datetime.now(UTC),
        dataschema=event.dataschema(),
        dataref=event.dataref(),
        sequence=sequence_text(1),
        partitionkey=kandidaat_id,
        aggregateversion=1,
        gemeentecode="0757",
        data=event.json_bytes(),
    )
    return Message(
        dienst_topic("intake"),
        str(kandidaat_id).encode(),
        envelope.data,
        envelope.kafka_headers(),
    )
