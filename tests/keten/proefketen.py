"""The chain under test: everything in one process, its own database, a tap on its bus."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from random import Random
from typing import Any, Final, TypeVar

import asyncpg
import httpx2
from starlette.types import ASGIApp

from chassis.bus.protocol import Message
from chassis.clock import local_date
from contracts.afnemers import GEMEENTEN, TOPICS
from deploy.klantreis.persoon import Persoon, verzin_kvk_nummer, verzin_persoon
from deploy.klantreis.verbinding import Verbinding
from deploy.klantreis.verloop import Klantreis, Opzet
from deploy.klantreis.volger import Volger
from deploy.lokaal.keten import Keten
from gateway.service import FEED
from tests.keten.operaties import Operatie, alle_scopes, operaties

BOXTEL: Final = "0757"
VUGHT: Final = "0865"
WSD: Final = "wsd"
BASIS: Final = "https://api.meedoen.example"
FEED_PAD: Final = "/gebeurtenissen/v1/gebeurtenissen"
STROOM_PAD: Final = "/gebeurtenissen/v1/stroom"

_PATIENCE_SECONDS: Final = 30.0
_LOOK_AGAIN_SECONDS: Final = 0.01

T = TypeVar("T")


class Klok:
    """A clock that runs, from a fixed moment: the tables of the law are those of its year."""

    def __init__(self, begin: datetime) -> None:
        self._begin = begin
        self._started = time.monotonic()

    def now(self) -> datetime:
        return self._begin + timedelta(seconds=time.monotonic() - self._started)


BEGIN: Final = datetime(2026, 11, 20, 9, tzinfo=UTC)
VANDAAG: Final[date] = local_date(BEGIN)


class Aftakking:
    """Keeps every message that passes the bus, whatever its topic."""

    def __init__(self) -> None:
        self.berichten: list[Message] = []

    async def neem(self, messages: Sequence[Message]) -> None:
        self.berichten += messages


@dataclass
class Proefketen:
    """A running chain. draaiend: its parts; aftakking: what passed its bus since the start."""

    draaiend: Keten
    beheer_url: str
    aftakking: Aftakking = field(default_factory=Aftakking)
    _toeval: Random = field(default_factory=lambda: Random(20261120))
    _tokens: dict[tuple[str, str], str] = field(default_factory=dict)

    @property
    def gateway(self) -> ASGIApp:
        return self.draaiend.app

    @property
    def diensten(self) -> dict[str, Any]:
        """The FastAPI application of every API, the feed's too, by the first part of its path."""
        apps = {name: runtime.app for name, runtime in self.draaiend.runtimes.items()}
        return {**apps, FEED: self.draaiend.gateway.internal}

    @cached_property
    def documenten(self) -> dict[str, dict[str, Any]]:
        """The OpenAPI document of every API."""
        return {name: app.openapi() for name, app in self.diensten.items()}

    @cached_property
    def operaties(self) -> list[Operatie]:
        return operaties(self.documenten)

    @cached_property
    def scopes(self) -> list[str]:
        """Those of every API."""
        return alle_scopes(self.operaties)

    def token(self, organisatie: str, rol: str) -> str:
        return self.draaiend.token(organisatie, rol)

    def token_met_elke_scope(self, organisatie: str, rol: str) -> str:
        """One for each role of each organisation: it is asked for at every call."""
        wie = organisatie, rol
        if wie not in self._tokens:
            self._tokens[wie] = self.draaiend.uitgever.token(organisatie, rol, self.scopes)
        return self._tokens[wie]

    def aanmelden(self, organisatie: str, rol: str) -> dict[str, str]:
        """The header of a caller."""
        return {"Authorization": f"Bearer {self.token(organisatie, rol)}"}

    def persoon(self, gemeentecode: str = BOXTEL) -> Persoon:
        """A resident that no other test has."""
        return verzin_persoon(self._toeval, GEMEENTEN[gemeentecode], VANDAAG)

    def klant(self, app: ASGIApp | None = None, **kwargs: Any) -> httpx2.AsyncClient:
        """An HTTP client of the gateway, or of an application behind it."""
        return klant(app or self.gateway, **kwargs)

    @contextlib.asynccontextmanager
    async def verbinding(self) -> AsyncIterator[Verbinding]:
        async with Verbinding(BASIS, transport=vervoer(self.gateway)) as verbinding:
            yield verbinding

    @contextlib.asynccontextmanager
    async def volger(self, *organisaties: str) -> AsyncIterator[Volger]:
        """What the feeds of these organisations tell within the block."""
        async with self.verbinding() as kijker:
            volger = Volger(kijker, organisaties)
            async with volger.volgend():
                yield volger

    async def speel(
        self,
        gemeentecode: str = BOXTEL,
        *,
        na_gebeurtenis: Callable[[Klantreis, str], Awaitable[None]] | None = None,
        **opzet: Any,
    ) -> Klantreis:
        """A klantreis, up to its end or to ``eind``."""
        async with self.verbinding() as verbinding:
            gegevens: dict[str, Any] = {
                "persoon": self.persoon(gemeentecode),
                "kvk_nummer": verzin_kvk_nummer(self._toeval),
                "vandaag": VANDAAG,
                **opzet,
            }
            reis = Klantreis(
                verbinding, Opzet(gemeentecode=gemeentecode, **gegevens), na_gebeurtenis
            )
            await reis.speel()
        await self.rust()
        return reis

    @contextlib.asynccontextmanager
    async def beheer(self) -> AsyncIterator[asyncpg.Connection[asyncpg.Record]]:
        """A connection that row-level security does not hold back."""
        connection = await asyncpg.connect(self.beheer_url)
        try:
            yield connection
        finally:
            await connection.close()

    async def rust(self) -> None:
        """Until every event has been published and handled.

        One look at all outboxes at once: what follows from an event is in an outbox before the
        event itself is out of its own.
        """
        wacht = " OR ".join(f"EXISTS (SELECT FROM {s}.outbox)" for s in self.schemas)
        async with self.beheer() as connection:

            async def klaar() -> bool:
                return not await connection.fetchval(f"SELECT {wacht}")

            await tot(klaar)

    @property
    def schemas(self) -> tuple[str, ...]:
        return tuple(self.draaiend.databases)


def vervoer(app: ASGIApp) -> httpx2.ASGITransport:
    """An application as a client reaches it: what it raises, the client gets as a 500."""
    return httpx2.ASGITransport(app, raise_app_exceptions=False)


def klant(app: ASGIApp, **kwargs: Any) -> httpx2.AsyncClient:
    return httpx2.AsyncClient(transport=vervoer(app), base_url=BASIS, timeout=60.0, **kwargs)


async def tot(waar: Callable[[], Awaitable[T]]) -> T:
    """Look until something is true; gives that. Fails when it takes too long."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not (found := await waar()):
        assert time.monotonic() < deadline, "het duurde te lang"
        await asyncio.sleep(_LOOK_AGAIN_SECONDS)
    return found


@contextlib.asynccontextmanager
async def afgetakt(proef: Proefketen) -> AsyncIterator[None]:
    """Let the tap of the chain hear every topic."""
    work = proef.draaiend.bus.consume("proef", TOPICS, proef.aftakking.neem)
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
