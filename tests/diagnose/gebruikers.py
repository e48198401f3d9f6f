"""Diagnose as its users see it: calls that succeed or fail the test, and a clock to move."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final
from uuid import UUID, uuid4

import httpx2

from chassis.clock import NEDERLAND, MovableClock, local_date
from chassis.database import Database
from chassis.tenancy import SYSTEM
from chassis.timers import Timers
from services.diagnose.use_cases.open_dossier import open_dossier

BOXTEL, SINT_MICHIELSGESTEL, VUGHT, WSD = "0757", "0845", "0865", "wsd"
_TYPE: Final = "nl.participatie."


@dataclass(frozen=True)
class Gezegd:
    """An event in the outbox: what was said, and who may see it."""

    naam: str
    data: dict[str, Any]
    afnemers: set[str]


@dataclass(frozen=True)
class Dossiernummers:
    """Of one dossier: its address, and whose it is."""

    dossier_id: str
    kandidaat_id: UUID

    @property
    def pad(self) -> str:
        return f"/dossiers/{self.dossier_id}"


@dataclass
class Diagnose:
    """What the users do, each as an organisation in a role."""

    klant: Callable[..., httpx2.AsyncClient]
    database: Database
    klok: MovableClock
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
        body: dict[str, Any],
        *,
        organisatie: str = WSD,
        rol: str = "",
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
        organisatie: str = WSD,
        rol: str = "",
        status: int = 200,
        vraag: dict[str, Any] | None = None,
    ) -> Any:
        """GET; the answer as JSON. Fails on another status."""
        antwoord = await self.klant(organisatie, rol).get(pad, params=vraag)
        assert antwoord.status_code == status, antwoord.text
        return antwoord.json()

    async def geopend(self, gemeentecode: str = BOXTEL) -> Dossiernummers:
        """A kandidaat whom the gemeente referred today."""
        kandidaat_id = uuid4()
        async with self.database.unit_of_work(gemeentecode) as uow:
            assert await open_dossier(
                uow,
                kandidaat_id=kandidaat_id,
                gemeentecode=gemeentecode,
                doorverwezen_op=self.vandaag,
            )
            await uow.commit()
        [dossier] = (await self.haal(f"/dossiers?kandidaatId={kandidaat_id}"))["resultaten"]
        return Dossiernummers(dossier["dossierId"], kandidaat_id)

    async def gestart(self, gemeentecode: str = BOXTEL) -> Dossiernummers:
        """The same, and the diagnosis began today."""
        dossier = await self.geopend(gemeentecode)
        await self.stuur(f"{dossier.pad}/diagnoses", {"gestartOp": self.vandaag.isoformat()})
        return dossier

    async def termijnen(self, dossier: Dossiernummers, status: str = "") -> list[dict[str, Any]]:
        """Its terms: those that are open, or those with a status."""
        vraag = {"kandidaatId": str(dossier.kandidaat_id), **({"status": status} if status else {})}
        resultaten = (await self.haal("/termijnen", vraag=vraag))["resultaten"]
        assert isinstance(resultaten, list)
        return resultaten

    async def gezegd(self, dossier: Dossiernummers) -> list[Gezegd]:
        """What diagnose said about a kandidaat, the oldest first."""
        async with self.database.unit_of_work(SYSTEM) as uow:
            rows = await uow.connection.fetch(
                "SELECT type, data, afnemers FROM outbox WHERE aggregate_id = $1 ORDER BY id",
                dossier.kandidaat_id,
            )
        return [
            Gezegd(
                row["type"].removeprefix(_TYPE).removesuffix(".v1"),
                json.loads(row["data"]),
                set(row["afnemers"]),
            )
            for row in rows
        ]
