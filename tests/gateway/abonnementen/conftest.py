"""Abonnementen on a real PostgreSQL with a movable clock, and a real receiver over TLS."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest

from chassis.clock import MovableClock
from chassis.consumer import Heard
from chassis.database import Database
from contracts.envelope import CloudEvent
from gateway.abonnementen import beheer, bezorging
from gateway.abonnementen.aanmelding import Aanmelding, Soort
from gateway.abonnementen.abonnement import Abonnement, Regel, Stand
from gateway.abonnementen.afleveren import Afleveraar
from gateway.abonnementen.berichten import Formaat
from gateway.abonnementen.bezorger import Bezorgers
from gateway.abonnementen.ondertekening import nieuw_geheim
from gateway.abonnementen.zenden import Verzender
from gateway.gebeurtenissen.feed import neem_op
from gateway.gebeurtenissen.wekker import WEKKER
from tests.gateway.abonnementen.ontvanger import (
    ANDER,
    NAAM,
    Certificaten,
    Ontvanger,
    luisterend,
    maak_certificaten,
    overal_hier,
)
from tests.gateway.conftest import empty, vault
from tests.gateway.hulp import BASE, BOXTEL, event

HIER = (ip_network("127.0.0.0/8"),)
GEDULD = 20.0


@pytest.fixture
def klok() -> MovableClock:
    return MovableClock(datetime.now(UTC))


@pytest.fixture
async def database(gateway_url: str, klok: MovableClock) -> AsyncIterator[Database]:
    async with Database(
        "gateway", gateway_url, pool_size=25, vault=vault(), clock=klok
    ) as database:
        await empty(database)
        yield database


@pytest.fixture(scope="session")
def certificaten(tmp_path_factory: pytest.TempPathFactory) -> Certificaten:
    return maak_certificaten(tmp_path_factory.mktemp("ca"), NAAM, ANDER)


@pytest.fixture
async def verzender(certificaten: Certificaten, klok: MovableClock) -> AsyncIterator[Verzender]:
    async with Verzender(
        netwerken=HIER, ca=certificaten.ca, opzoeken=overal_hier, clock=klok
    ) as verzender:
        yield verzender


@pytest.fixture
def ontvanger() -> Ontvanger:
    return Ontvanger()


@dataclass
class Wereld:
    """One gemeente with events, and a receiver. url: where that listens."""

    database: Database
    klok: MovableClock
    verzender: Verzender
    ontvanger: Ontvanger
    url: str
    toeval: Random = field(default_factory=lambda: Random(7))

    async def meld(self, *events: CloudEvent, aan: Sequence[str] = (BOXTEL,)) -> None:
        """Let events come in at the feed."""
        async with self.database.unit_of_work(aan[0]) as uow:
            await neem_op(uow, [Heard(e, tuple(aan)) for e in events])
            await uow.commit()

    async def meld_over(self, *subjects: UUID) -> list[CloudEvent]:
        events = [event(BOXTEL, subject=s) for s in subjects]
        await self.meld(*events)
        return events

    async def abonneer(self, **anders: Any) -> Abonnement:
        gegevens: dict[str, Any] = {
            "naam": "proef",
            "callback_url": self.url,
            "formaat": Formaat.CLOUDEVENTS,
            "types": [],
            "wie": Aanmelding(Soort.GEEN, {}, {}),
            "geheim": nieuw_geheim(),
            "vanaf": f"{BOXTEL}-0",
            "vanaf_moment": None,
            **anders,
        }
        nieuw = await self.doe(lambda uow: beheer.registreer(uow, **gegevens))
        assert isinstance(nieuw, Abonnement)
        return nieuw

    async def doe(self, opdracht: Callable[[Any], Any], voor: str = BOXTEL) -> Any:
        async with self.database.unit_of_work(voor) as uow:
            gedaan = await opdracht(uow)
            await uow.commit()
        return gedaan

    async def stand(self, abonnement: Abonnement) -> Stand:
        stand = await self.doe(lambda uow: bezorging.stand(uow, abonnement.id))
        assert isinstance(stand, Stand)
        return stand

    async def lees(self, abonnement: Abonnement) -> Abonnement:
        gelezen = await self.doe(lambda uow: beheer.lees(uow, abonnement.id))
        assert isinstance(gelezen, Abonnement)
        return gelezen

    async def logboek(self, abonnement: Abonnement) -> list[Regel]:
        """The oldest event first."""
        regels: list[Regel] = await self.doe(
            lambda uow: bezorging.logboek(uow, abonnement.id, status=None, voor=None, hoeveel=999)
        )
        return regels[::-1]

    @contextlib.asynccontextmanager
    async def bezorgend(self, verzender: Verzender | None = None) -> AsyncIterator[None]:
        """A process that delivers; stopped in good order."""
        afleveraar = Afleveraar(verzender or self.verzender, self.klok, BASE)
        bezorgers = Bezorgers(self.database, afleveraar, toeval=self.toeval.random)
        task = asyncio.create_task(bezorgers.run())
        try:
            yield
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def tot(self, waar: Callable[[], Any], *, stap: timedelta = timedelta()) -> None:
        """Look until something is true, moving the clock at each look when asked."""
        einde = time.monotonic() + GEDULD
        while True:
            found = waar()
            if asyncio.iscoroutine(found):
                found = await found
            if found:
                return
            assert time.monotonic() < einde, "het duurde te lang"
            if stap:
                self.klok.move_by(stap)
                WEKKER.wake(BOXTEL)
            await asyncio.sleep(0.01)

    async def tot_aangekomen(self, *events: CloudEvent, stap: timedelta = timedelta()) -> None:
        ids = {str(e.id) for e in events}
        await self.tot(lambda: ids <= {v.id for v in self.ontvanger.aangenomen}, stap=stap)


@pytest.fixture
async def wereld(
    database: Database,
    klok: MovableClock,
    verzender: Verzender,
    ontvanger: Ontvanger,
    certificaten: Certificaten,
) -> AsyncIterator[Wereld]:
    async with luisterend(ontvanger, certificaten.van[NAAM]) as poort:
        yield Wereld(database, klok, verzender, ontvanger, f"https://{NAAM}:{poort}/meedoen")


def kandidaten(aantal: int) -> list[UUID]:
    return [uuid4() for _ in range(aantal)]
