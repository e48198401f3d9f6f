"""Intake as its users see it: calls that succeed or fail the test, and a clock to move."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

import httpx2

from chassis.clock import NEDERLAND, MovableClock, local_date
from chassis.database import Database
from chassis.tenancy import SYSTEM
from chassis.timers import Timers
from deploy.klantreis.persoon import verzin_persoon


@dataclass
class Intake:
    """What the users do, each as an organisation in a role."""

    klant: Callable[..., httpx2.AsyncClient]
    database: Database
    klok: MovableClock
    toeval: Random
    timers: Timers

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
        body: dict[str, Any] | None = None,
        *,
        organisatie: str,
        rol: str = "klantmanager",
        status: int = 201,
    ) -> Any:
        """POST; the answer as JSON. Fails on another status."""
        antwoord = await self.klant(organisatie, rol).post(pad, json=body)
        assert antwoord.status_code == status, antwoord.text
        return antwoord.json()

    async def haal(
        self,
        pad: str,
        *,
        organisatie: str,
        rol: str = "klantmanager",
        status: int = 200,
        vraag: dict[str, Any] | None = None,
    ) -> Any:
        """GET; the answer as JSON. Fails on another status."""
        antwoord = await self.klant(organisatie, rol).get(pad, params=vraag)
        assert antwoord.status_code == status, antwoord.text
        return antwoord.json()

    async def meld_aan(self, gemeentecode: str, *, leeftijd: int = 34, **velden: Any) -> str:
        """A resident nobody knows reports today; the number of the kandidaat."""
        persoon = verzin_persoon(self.toeval, "Proefdorp", self.vandaag).als_invoer()
        geboren = self.vandaag - timedelta(days=int(365.25 * leeftijd) + 40)
        body = {
            "aangemeldOp": self.vandaag.isoformat(),
            "instroomkanaal": "werk-nl",
            "doelgroep": "pwet",
            "persoon": {**persoon, "geboortedatum": geboren.isoformat()},
            **velden,
        }
        antwoord = await self.stuur("/kandidaten", body, organisatie=gemeentecode)
        return str(antwoord["kandidaatId"])

    async def zet(
        self,
        kandidaat_id: str,
        stap: str,
        *,
        organisatie: str,
        rol: str = "klantmanager",
        status: int = 201,
        op: date | None = None,
        **feiten: bool | int | str,
    ) -> Any:
        """Do a step today; the process as it is then, or the problem."""
        return await self.stuur(
            f"/kandidaten/{kandidaat_id}/proces/stappen",
            {"stap": stap, "gezetOp": (op or self.vandaag).isoformat(), "feiten": feiten},
            organisatie=organisatie,
            rol=rol,
            status=status,
        )

    async def gebeurtenissen(self, kandidaat_id: str) -> list[str]:
        """The names of all events said of a kandidaat, in order."""
        async with self.database.unit_of_work(SYSTEM) as uow:
            rows = await uow.connection.fetch(
                "SELECT type FROM outbox WHERE aggregate_id = $1 ORDER BY id", kandidaat_id
            )
        return [row["type"].split(".")[2] for row in rows]
