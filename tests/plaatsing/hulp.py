"""What tests of plaatsing share: the other services as it hears them, and who calls it."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final, TypeVar
from uuid import UUID, uuid4

from chassis.bus.protocol import Message
from chassis.consumer import Consumer, Outcome
from chassis.database import Database
from chassis.tenancy import SYSTEM
from chassis.unit_of_work import UnitOfWork
from contracts.afnemers import dienst_topic
from contracts.diagnose import LoonwaardeVastgesteld
from contracts.envelope import CloudEvent, sequence_text
from contracts.gebeurtenis import Gebeurtenis, Leeftijdsgroep
from contracts.intake import (
    BesluitIngetrokken,
    Besluitsoort,
    Doelgroep,
    InkooporderGeplaatst,
    KandidaatDoorverwezen,
    KandidaatOvergedragen,
    Overdrachtreden,
    TrajectbesluitGenomen,
)
from contracts.portfolio import Dienst, Programma
from services.plaatsing.domain.einde import Eindereden
from services.plaatsing.domain.lks_plaatsing import Grondslag, LksPlaatsing
from services.plaatsing.domain.plaatsing import Plaatsing
from services.plaatsing.domain.proefplaatsing import Proefplaatsing
from services.plaatsing.domain.werkgever import Route, Werkgever, Werkgeversoort
from services.plaatsing.domain.werkplek import Werkplek, Werksoort
from services.plaatsing.reactions import REACTIONS
from services.plaatsing.use_cases.beeindig_plaatsing import beeindig_plaatsing
from services.plaatsing.use_cases.leg_werkgever_vast import leg_werkgever_vast
from services.plaatsing.use_cases.leg_werkplek_vast import leg_werkplek_vast
from services.plaatsing.use_cases.start_lks_plaatsing import (
    TeStartenLksPlaatsing,
    start_lks_plaatsing,
)
from services.plaatsing.use_cases.start_proefplaatsing import (
    TeStartenProefplaatsing,
    start_proefplaatsing,
)
from services.plaatsing.use_cases.verleng_plaatsing import verleng_proefplaatsing

T = TypeVar("T")

BOXTEL, VUGHT, WSD = "0757", "0865", "wsd"
OIN = "00000099000000001000"

DOORVERWEZEN_OP = date(2026, 3, 2)
TRAJECT_VANAF = date(2026, 4, 1)
BEGIN = date(2026, 5, 4)


def doorverwijzing(
    kandidaat_id: UUID,
    gemeentecode: str = BOXTEL,
    doelgroep: Doelgroep = Doelgroep.PWET,
    *,
    op: date = DOORVERWEZEN_OP,
) -> KandidaatDoorverwezen:
    return KandidaatDoorverwezen(
        kandidaat_id=kandidaat_id,
        gemeentecode=gemeentecode,
        doorverwezen_op=op,
        doelgroep=doelgroep,
        leeftijdsgroep=Leeftijdsgroep.L21_PLUS,
    )


def trajectbesluit(
    kandidaat_id: UUID,
    gemeentecode: str = BOXTEL,
    *,
    vanaf: date = TRAJECT_VANAF,
    met_wsd: bool = True,
    inkooporder_nodig: bool | None = None,
    programma: Programma = Programma.WERK,
) -> TrajectbesluitGenomen:
    return TrajectbesluitGenomen(
        kandidaat_id=kandidaat_id,
        gemeentecode=gemeentecode,
        besluit_id=uuid4(),
        programma=programma,
        diensten=(Dienst.WERKEN_MET_LKS,),
        met_wsd=met_wsd,
        besloten_door=gemeentecode,
        ingangsdatum=vanaf,
        inkooporder_nodig=inkooporder_nodig,
    )


def inkooporder(
    besluit: TrajectbesluitGenomen, *, geplaatst_op: date = TRAJECT_VANAF
) -> InkooporderGeplaatst:
    return InkooporderGeplaatst(
        kandidaat_id=besluit.kandidaat_id,
        gemeentecode=besluit.gemeentecode,
        inkooporder_id=uuid4(),
        besluit_id=besluit.besluit_id,
        geplaatst_op=geplaatst_op,
    )


def intrekking(
    besluit: TrajectbesluitGenomen,
    *,
    per: date,
    soort: Besluitsoort = Besluitsoort.TRAJECTBESLUIT,
) -> BesluitIngetrokken:
    return BesluitIngetrokken(
        kandidaat_id=besluit.kandidaat_id,
        gemeentecode=besluit.gemeentecode,
        besluit_id=besluit.besluit_id,
        soort=soort,
        ingangsdatum=per,
    )


def loonwaarde(
    kandidaat_id: UUID,
    gemeentecode: str = BOXTEL,
    *,
    percentage: int = 40,
    vanaf: date = TRAJECT_VANAF,
) -> LoonwaardeVastgesteld:
    return LoonwaardeVastgesteld(
        kandidaat_id=kandidaat_id,
        gemeentecode=gemeentecode,
        dossier_id=uuid4(),
        meting_id=uuid4(),
        loonwaarde=percentage,
        vastgesteld_op=vanaf,
        ingangsdatum=vanaf,
        methode="uniform-2021",
    )


def overdracht(kandidaat_id: UUID, gemeentecode: str) -> KandidaatOvergedragen:
    """To this gemeente."""
    return KandidaatOvergedragen(
        kandidaat_id=kandidaat_id,
        gemeentecode=gemeentecode,
        van_gemeente=VUGHT if gemeentecode == BOXTEL else BOXTEL,
        ingangsdatum=BEGIN,
        reden=Overdrachtreden.VERHUIZING,
    )


class Keten:
    """The other services: what they say reaches plaatsing as a message, numbered per source."""

    def __init__(self, database: Database) -> None:
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

    async def bezorg(self, bericht: Message) -> Outcome:
        return await self._consumer.handle_one(bericht)

    async def zeg(self, *events: Gebeurtenis) -> None:
        for event in events:
            assert await self.bezorg(self.bericht(event)) is Outcome.HANDLED

    async def kandidaat(
        self,
        gemeentecode: str = BOXTEL,
        *,
        doelgroep: Doelgroep = Doelgroep.PWET,
        met_wsd: bool = True,
    ) -> UUID:
        """A kandidaat who may be placed: doorverwezen, a trajectbesluit and a loonwaarde of 40."""
        kandidaat_id = uuid4()
        await self.zeg(
            doorverwijzing(kandidaat_id, gemeentecode, doelgroep),
            trajectbesluit(kandidaat_id, gemeentecode, met_wsd=met_wsd),
            loonwaarde(kandidaat_id, gemeentecode),
        )
        return kandidaat_id


@dataclass(frozen=True)
class Gezegd:
    """An event in the outbox: what was said, and who may see it."""

    naam: str
    data: dict[str, Any]
    afnemers: set[str]


_NAAM: Final = "nl.participatie."


async def gezegd(database: Database, kandidaat_id: UUID) -> list[Gezegd]:
    """What plaatsing said about a kandidaat, the oldest first."""
    async with database.unit_of_work(SYSTEM) as uow:
        rows = await uow.connection.fetch(
            "SELECT type, data, afnemers FROM outbox WHERE aggregate_id = $1 ORDER BY id",
            kandidaat_id,
        )
    return [
        Gezegd(
            row["type"].removeprefix(_NAAM).rpartition(".v")[0],
            json.loads(row["data"]),
            set(row["afnemers"]),
        )
        for row in rows
    ]


async def doe(
    database: Database, organisatie: str, use_case: Callable[[UnitOfWork], Awaitable[T]]
) -> T:
    """One command of an organisation: a use case and its commit."""
    async with database.unit_of_work(organisatie) as uow:
        result = await use_case(uow)
        await uow.commit()
    return result


async def werkplek(
    database: Database,
    *,
    eigenaar: str = WSD,
    soort: Werkgeversoort = Werkgeversoort.REGULIER,
    capaciteit: int = 1,
    gedeeld: bool | None = None,
) -> UUID:
    """A werkplek at a werkgever of its own, for 16 to 32 hours; WSD shares, unless told others."""
    werkgever = Werkgever(uuid4(), f"{uuid4().int % 10**8:08}", "Voorbeeld", soort)

    async def vastleggen(uow: UnitOfWork) -> UUID:
        await leg_werkgever_vast(uow, werkgever)
        plek = Werkplek(
            werkplek_id=uuid4(),
            werkgever_id=werkgever.werkgever_id,
            werksoort=Werksoort.LOGISTIEK,
            functie="Orderpicker",
            locatie="Boxtel",
            uren_van=Decimal(16),
            uren_tot=Decimal(32),
            capaciteit=capaciteit,
            gedeeld=eigenaar == WSD if gedeeld is None else gedeeld,
        )
        return (await leg_werkplek_vast(uow, plek)).werkplek.werkplek_id

    return await doe(database, eigenaar, vastleggen)


async def op_proef(
    database: Database,
    kandidaat_id: UUID,
    werkplek_id: UUID,
    *,
    door: str = WSD,
    begin: date = BEGIN,
    uren: int = 24,
    maanden: int = 2,
    bijstand: bool = True,
) -> Proefplaatsing:
    opdracht = TeStartenProefplaatsing(
        kandidaat_id, werkplek_id, begin, Decimal(uren), maanden, bijstand
    )
    return await doe(database, door, lambda uow: start_proefplaatsing(uow, opdracht))


async def in_dienst(
    database: Database,
    kandidaat_id: UUID,
    werkplek_id: UUID,
    *,
    door: str = WSD,
    begin: date = BEGIN,
    grondslag: Grondslag = Grondslag.LOONWAARDE,
    via: Route = Route.WERKGEVER,
    doelgroep: bool = True,
) -> LksPlaatsing:
    opdracht = TeStartenLksPlaatsing(
        kandidaat_id, werkplek_id, begin, Decimal(24), Decimal(36), grondslag, via, doelgroep
    )
    return await doe(database, door, lambda uow: start_lks_plaatsing(uow, opdracht))


async def beeindig(
    database: Database,
    plaatsing_id: UUID,
    laatste_dag: date,
    reden: Eindereden = Eindereden.WIJZIGING_TRAJECT,
    *,
    door: str = WSD,
) -> Plaatsing:
    return await doe(
        database, door, lambda uow: beeindig_plaatsing(uow, plaatsing_id, laatste_dag, reden)
    )


async def verleng(
    database: Database, plaatsing_id: UUID, maanden: int, op: date, *, door: str = WSD
) -> Proefplaatsing:
    return await doe(
        database, door, lambda uow: verleng_proefplaatsing(uow, plaatsing_id, maanden, op)
    )


async def tegelijk(
    database: Database, tabel: str, id_: UUID, opdrachten: Sequence[Coroutine[Any, Any, T]]
) -> list[T | BaseException]:
    """Let commands run into each other: all are held at one row until the last has come to it."""
    async with database.unit_of_work(WSD) as slot, asyncio.timeout(30):
        await slot.connection.fetch(f"SELECT FROM {tabel} WHERE id = $1 FOR UPDATE", id_)
        lopend = [asyncio.ensure_future(opdracht) for opdracht in opdrachten]
        wachtend = 0
        while wachtend < len(opdrachten):
            await slot.connection.execute("SELECT pg_stat_clear_snapshot()")
            wachtend = await slot.connection.fetchval(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
    return await asyncio.gather(*lopend, return_exceptions=True)
