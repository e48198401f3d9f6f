"""The other services as financiering hears them, and what it says itself."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from chassis.bus.protocol import Message
from chassis.clock import NEDERLAND, MovableClock, local_date
from chassis.consumer import Consumer, Outcome
from chassis.database import Database
from chassis.tenancy import SYSTEM
from chassis.timers import Timers
from contracts.afnemers import dienst_topic
from contracts.diagnose import LoonwaardeVastgesteld
from contracts.envelope import CloudEvent
from contracts.financiering import LKSVastgesteld
from contracts.gebeurtenis import Gebeurtenis, Leeftijdsgroep
from contracts.intake import (
    Doelgroep,
    KandidaatDoorverwezen,
    KandidaatOvergedragen,
    LeeftijdsgroepGewijzigd,
    Overdrachtreden,
)
from contracts.plaatsing import (
    Eindereden,
    Grondslag,
    LKSPlaatsing,
    OverigePlaatsingsoort,
    PlaatsingBeeindigd,
    PlaatsingGestart,
    PlaatsingGewijzigd,
    Plaatsingsoort,
    ProefplaatsingGestart,
)
from services.financiering.domain.beschikking import Beschikking, Beschikkingsoort, Besluitinhoud
from services.financiering.domain.lks_dossier import Loonkostensubsidie
from services.financiering.service import SERVICE
from services.financiering.store import loonkostensubsidies
from services.financiering.use_cases.geef_beschikking import (
    Beschikkingsopdracht,
    geef_beschikking,
    stel_beschikking_voor,
)
from services.financiering.use_cases.herbeoordeel import HERBEOORDELING

BOXTEL, VUGHT = "0757", "0865"


class Kandidaat:
    """What the other services say of one kandidaat with one placement."""

    def __init__(self, gemeentecode: str = BOXTEL) -> None:
        self.id = uuid4()
        self.plaatsing_id = uuid4()
        self.werkgever_id = uuid4()
        self.gemeentecode = gemeentecode

    def nieuwe_plaatsing(self) -> None:
        """From here on the talk is of another placement."""
        self.plaatsing_id = uuid4()

    def doorverwezen(
        self,
        op: date = date(2025, 1, 6),
        groep: str = "21+",
        doelgroep: Doelgroep = Doelgroep.PWET,
    ) -> KandidaatDoorverwezen:
        return KandidaatDoorverwezen(
            kandidaat_id=self.id,
            gemeentecode=self.gemeentecode,
            doorverwezen_op=op,
            doelgroep=doelgroep,
            leeftijdsgroep=Leeftijdsgroep(groep),
        )

    def overgedragen(self, naar: str, op: date) -> KandidaatOvergedragen:
        """What intake says from here on names the new gemeente; others may not know yet."""
        van, self.gemeentecode = self.gemeentecode, naar
        return KandidaatOvergedragen(
            kandidaat_id=self.id,
            gemeentecode=naar,
            van_gemeente=van,
            ingangsdatum=op,
            reden=Overdrachtreden.VERHUIZING,
        )

    def leeftijdsgroep(self, groep: str, vanaf: date) -> LeeftijdsgroepGewijzigd:
        return LeeftijdsgroepGewijzigd(
            kandidaat_id=self.id,
            gemeentecode=self.gemeentecode,
            leeftijdsgroep=Leeftijdsgroep(groep),
            ingangsmaand=vanaf,
        )

    def loonwaarde(
        self, percentage: int, vanaf: date, vastgesteld_op: date | None = None
    ) -> LoonwaardeVastgesteld:
        return LoonwaardeVastgesteld(
            kandidaat_id=self.id,
            gemeentecode=self.gemeentecode,
            dossier_id=uuid4(),
            meting_id=uuid4(),
            loonwaarde=percentage,
            vastgesteld_op=vastgesteld_op or vanaf,
            ingangsdatum=vanaf,
            methode="uniform-2021",
        )

    def plaatsing(
        self,
        begin: date,
        loonwaarde: int | None = 40,
        uren: str = "24.00",
        werkgever_id: UUID | None = None,
    ) -> LKSPlaatsing:
        """loonwaarde: None is the forfait."""
        return LKSPlaatsing(
            kandidaat_id=self.id,
            gemeentecode=self.gemeentecode,
            plaatsing_id=self.plaatsing_id,
            werkgever_id=werkgever_id or self.werkgever_id,
            werkplek_id=uuid4(),
            begindatum=begin,
            uren_per_week=Decimal(uren),
            voltijdsuren_per_week=Decimal("36.00"),
            grondslag=Grondslag.FORFAIT if loonwaarde is None else Grondslag.LOONWAARDE,
            loonwaarde=loonwaarde,
        )

    def proefplaatsing(
        self, begin: date, einde: date, werkgever_id: UUID | None = None
    ) -> ProefplaatsingGestart:
        return ProefplaatsingGestart(
            kandidaat_id=self.id,
            gemeentecode=self.gemeentecode,
            plaatsing_id=self.plaatsing_id,
            werkgever_id=werkgever_id or uuid4(),
            werkplek_id=uuid4(),
            begindatum=begin,
            einddatum=einde,
            uren_per_week=Decimal("24.00"),
        )

    def gestart(
        self,
        soort: OverigePlaatsingsoort,
        begin: date,
        einde: date | None = None,
        werkgever_id: UUID | None = None,
    ) -> PlaatsingGestart:
        return PlaatsingGestart(
            kandidaat_id=self.id,
            gemeentecode=self.gemeentecode,
            plaatsing_id=self.plaatsing_id,
            soort=soort,
            begindatum=begin,
            einddatum=einde,
            werkgever_id=werkgever_id,
        )

    def gewijzigd(
        self, vanaf: date, uren: str | None = None, loonwaarde: int | None = None
    ) -> PlaatsingGewijzigd:
        return PlaatsingGewijzigd(
            kandidaat_id=self.id,
            gemeentecode=self.gemeentecode,
            plaatsing_id=self.plaatsing_id,
            vanaf=vanaf,
            uren_per_week=None if uren is None else Decimal(uren),
            loonwaarde=loonwaarde,
        )

    def einde(
        self,
        laatste_dag: date,
        soort: Plaatsingsoort = Plaatsingsoort.LKS_DIENSTVERBAND,
        reden: Eindereden = Eindereden.UITSTROOM_REGULIER,
    ) -> PlaatsingBeeindigd:
        return PlaatsingBeeindigd(
            kandidaat_id=self.id,
            gemeentecode=self.gemeentecode,
            plaatsing_id=self.plaatsing_id,
            soort=soort,
            einddatum=laatste_dag,
            reden=reden,
        )


class Omgeving:
    """Financiering on a real database, with the bus and the clock in the hands of a test."""

    def __init__(self, database: Database, clock: MovableClock) -> None:
        self.database = database
        self.clock = clock
        self._consumer = Consumer(database, SERVICE.reactions)
        self._timers = Timers(database, SERVICE.deadlines)
        self._versies: Counter[tuple[str, UUID]] = Counter()

    async def hoort(self, *events: Gebeurtenis) -> None:
        """Each event arrives and is handled."""
        for event in events:
            assert await self.ontvangt(self.bericht(event)) is Outcome.HANDLED

    async def ontvangt(self, bericht: Message) -> Outcome:
        return await self._consumer.handle_one(bericht)

    def bericht(self, event: Gebeurtenis) -> Message:
        """The next event of its service about its kandidaat, as it comes from the bus."""
        bron = (event.dienst, event.kandidaat_id)
        self._versies[bron] += 1
        envelope = CloudEvent(
            id=uuid4(),
            source=f"urn:nld:oin:00000099000000001000:systeem:{event.dienst}",
            type=event.type(),
            subject=event.kandidaat_id,
            time=self.clock.now(),
            dataschema=event.dataschema(),
            dataref=event.dataref(),
            sequence=f"{self._versies[bron]:019}",
            partitionkey=event.kandidaat_id,
            aggregateversion=self._versies[bron],
            gemeentecode=event.gemeentecode,
            data=event.json_bytes(),
        )
        return Message(
            dienst_topic(event.dienst),
            str(event.kandidaat_id).encode(),
            envelope.data,
            envelope.kafka_headers(),
        )

    async def wordt(self, dag: date) -> None:
        """It becomes this day, and what is due fires."""
        self.clock.move_to(datetime.combine(dag, time(6), NEDERLAND))
        await self._timers.fire_due()

    async def vuur(self) -> None:
        """What is due now fires."""
        await self._timers.fire_due()

    async def lks(self, kandidaat: Kandidaat) -> Loonkostensubsidie:
        """The subsidy of the kandidaat's placement, as its gemeente sees it."""
        async with self.database.unit_of_work(kandidaat.gemeentecode) as uow:
            lks = await loonkostensubsidies.van_plaatsing(uow, kandidaat.plaatsing_id)
        assert lks is not None
        return lks

    async def voorstel(self, kandidaat: Kandidaat) -> Besluitinhoud | None:
        """What the college has to decide now on the kandidaat's placement."""
        lks = await self.lks(kandidaat)
        async with self.database.unit_of_work(kandidaat.gemeentecode) as uow:
            voorstel = await stel_beschikking_voor(uow, lks.lks_id)
        assert voorstel is not None
        return voorstel.inhoud

    async def beschikt(
        self, kandidaat: Kandidaat, *, einde_doelgroep: date | None = None
    ) -> Beschikking:
        """The college decides today what is proposed, or that someone left the doelgroep."""
        voorstel = await self.voorstel(kandidaat)
        soort = voorstel.soort if voorstel else Beschikkingsoort.BEEINDIGING
        opdracht = Beschikkingsopdracht(
            soort=Beschikkingsoort.BEEINDIGING if einde_doelgroep else soort,
            motivering="Volgt uit de berekening.",
            bekendgemaakt_op=local_date(self.clock.now()),
            rol="klantmanager",
            einde_doelgroep=einde_doelgroep,
        )
        lks = await self.lks(kandidaat)
        async with self.database.unit_of_work(kandidaat.gemeentecode) as uow:
            gegeven = await geef_beschikking(uow, lks.lks_id, opdracht, eis_versie=lambda _: None)
            await uow.commit()
        return gegeven.beschikking

    async def versie(self, kandidaat: Kandidaat) -> int:
        lks = await self.lks(kandidaat)
        async with self.database.unit_of_work(kandidaat.gemeentecode) as uow:
            bewaard = await loonkostensubsidies.haal(uow, lks.lks_id)
        assert bewaard is not None
        return bewaard.versie

    async def gezegd(self, kandidaat: Kandidaat) -> list[dict[str, Any]]:
        """The data of every LKSVastgesteld about a kandidaat, in order."""
        return await self.gezegd_als(LKSVastgesteld, kandidaat)

    async def gezegd_als(
        self, soort: type[Gebeurtenis], kandidaat: Kandidaat
    ) -> list[dict[str, Any]]:
        """The data of every event of a type about a kandidaat, in order."""
        return [json.loads(rij["data"]) for rij in await self._outbox(kandidaat, soort)]

    async def bedragen(self, kandidaat: Kandidaat) -> list[tuple[str, str]]:
        """From when and how much, as said."""
        return [(e["ingangsdatum"], e["maandbedrag"]) for e in await self.gezegd(kandidaat)]

    async def afnemers(self, kandidaat: Kandidaat) -> list[list[str]]:
        return [rij["afnemers"] for rij in await self._outbox(kandidaat)]

    async def termijnen(self) -> list[tuple[str, datetime]]:
        """Status and moment of every deadline of a subsidy."""
        async with self.database.unit_of_work(SYSTEM) as uow:
            rijen = await uow.connection.fetch(
                "SELECT status, vervalt_op FROM termijn WHERE soort = $1", HERBEOORDELING
            )
        return [(rij["status"], rij["vervalt_op"].astimezone(NEDERLAND)) for rij in rijen]

    async def _outbox(
        self, kandidaat: Kandidaat, soort: type[Gebeurtenis] = LKSVastgesteld
    ) -> list[Any]:
        async with self.database.unit_of_work(SYSTEM) as uow:
            rijen: list[Any] = await uow.connection.fetch(
                "SELECT data, afnemers FROM outbox WHERE aggregate_id = $1 AND type = $2"
                " ORDER BY id",
                kandidaat.id,
                soort.type(),
            )
        return rijen
