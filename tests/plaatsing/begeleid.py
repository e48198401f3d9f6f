"""A placement as those who guide see it: calls that succeed or fail the test, a clock to move."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

import httpx2

from chassis.clock import NEDERLAND, MovableClock, local_date
from chassis.database import Database
from chassis.timers import Timers
from tests.plaatsing.hulp import BOXTEL, WSD, Gezegd, Keten, gezegd, in_dienst, werkplek

Klant = Callable[..., httpx2.AsyncClient]
ROL = {WSD: "trajectconsulent"}


@dataclass
class Plaats:
    """One placement of WSD that began, and what is done there, each as someone in a role."""

    klant: Klant
    database: Database
    klok: MovableClock
    timers: Timers
    kandidaat_id: UUID
    plaatsing_id: UUID

    @property
    def pad(self) -> str:
        return f"/plaatsingen/{self.plaatsing_id}"

    @property
    def vandaag(self) -> date:
        return local_date(self.klok.now())

    async def naar(self, dag: date) -> None:
        """It becomes nine o'clock on a day, and every deadline up to then has fired."""
        self.klok.move_to(datetime.combine(dag, time(9), NEDERLAND))
        await self.timers.fire_due()

    async def stuur(
        self,
        pad: str,
        body: dict[str, Any],
        *,
        organisatie: str = WSD,
        rol: str = "",
        status: int = 201,
        if_match: str = "",
    ) -> Any:
        """POST; the answer as JSON. Fails on another status."""
        klant = self.klant(organisatie, rol or ROL.get(organisatie, "klantmanager"))
        headers = {"If-Match": if_match} if if_match else {}
        antwoord = await klant.post(pad, json=body, headers=headers)
        assert antwoord.status_code == status, antwoord.text
        return antwoord.json()

    async def haal(
        self,
        pad: str,
        *,
        organisatie: str = WSD,
        rol: str = "",
        status: int = 200,
        vraag: dict[str, Any] | None = None,
    ) -> Any:
        """GET; the answer as JSON. Fails on another status."""
        klant = self.klant(organisatie, rol or ROL.get(organisatie, "klantmanager"))
        antwoord = await klant.get(pad, params=vraag)
        assert antwoord.status_code == status, antwoord.text
        return antwoord.json()

    async def termijnen(self, status: str = "") -> list[dict[str, Any]]:
        """Its terms: those that are open, or those with a status."""
        vraag = {"kandidaatId": str(self.kandidaat_id), **({"status": status} if status else {})}
        resultaten: list[dict[str, Any]] = (await self.haal("/termijnen", vraag=vraag))[
            "resultaten"
        ]
        return resultaten

    async def gezegd(self) -> list[Gezegd]:
        return await gezegd(self.database, self.kandidaat_id)


@dataclass
class Plaatser:
    """Makes placements in a job, at an employer of their own."""

    klant: Klant
    database: Database
    klok: MovableClock
    timers: Timers
    keten: Keten

    async def __call__(
        self, gemeentecode: str = BOXTEL, *, door: str = WSD, begin: date = date(2026, 5, 4)
    ) -> Plaats:
        kandidaat_id = await self.keten.kandidaat(gemeentecode, met_wsd=door == WSD)
        plek = await werkplek(self.database, eigenaar=door)
        plaatsing = await in_dienst(self.database, kandidaat_id, plek, door=door, begin=begin)
        plaats = Plaats(
            self.klant,
            self.database,
            self.klok,
            self.timers,
            kandidaat_id,
            plaatsing.plaatsing_id,
        )
        if plaats.vandaag < begin:
            await plaats.naar(begin)
        return plaats
