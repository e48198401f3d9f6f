"""Diagnose as its users see it: calls that succeed or fail the test, and a clock to move."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final
from uuid import UUID, uuid4

import httpx2

from chassis.clock import NEDERLAND, MovableClock, local_date
from chassis.database import Database
from chassis.tenancy import SYSTEM
from chassis.timers import Timers
from services.diagnose.domain.zrm import DOMEINEN, ZrmVersie
from services.diagnose.use_cases.open_dossier import open_dossier

BOXTEL, VUGHT, WSD = "0757", "0865", "wsd"
DOMEINEN_2017: Final = tuple(domein.value for domein in DOMEINEN[ZrmVersie.V2017])


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
        body: dict[str, Any] | None = None,
        *,
        organisatie: str = WSD,
        rol: str | None = None,
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
        rol: str | None = None,
        status: int = 200,
        vraag: dict[str, Any] | None = None,
    ) -> Any:
        """GET; the answer as JSON. Fails on another status."""
        antwoord = await self.klant(organisatie, rol).get(pad, params=vraag)
        assert antwoord.status_code == status, antwoord.text
        return antwoord.json()

    async def open_dossier(
        self, gemeentecode: str = BOXTEL, kandidaat_id: UUID | None = None, *, gestart: bool = True
    ) -> str:
        """A gemeente refers somebody today, and WSD begins; the number of the dossier."""
        kandidaat_id = kandidaat_id or uuid4()
        async with self.database.unit_of_work(gemeentecode) as uow:
            await open_dossier(
                uow,
                kandidaat_id=kandidaat_id,
                gemeentecode=gemeentecode,
                doorverwezen_op=self.vandaag,
            )
            await uow.commit()
        gevonden = await self.haal("/dossiers", vraag={"kandidaatId": str(kandidaat_id)})
        dossier_id = str(gevonden["resultaten"][0]["dossierId"])
        if gestart:
            dag = self.vandaag.isoformat()
            await self.stuur(f"/dossiers/{dossier_id}/diagnoses", {"gestartOp": dag})
        return dossier_id

    async def meet(self, dossier_id: str, niveaus: Mapping[str, int] | None = None) -> str:
        """A ZRM of today: 3 in every domain but those that are named. The number of the meting."""
        dag = self.vandaag.isoformat()
        scores = [
            {"domein": domein, "niveau": (niveaus or {}).get(domein, 3), "hulp": "nee"}
            for domein in DOMEINEN_2017
        ]
        body = {
            "afgenomenOp": dag,
            "informatieVan": dag,
            "beoordelaar": "planregisseur",
            "scores": scores,
        }
        antwoord = await self.stuur(f"/dossiers/{dossier_id}/zrm-metingen", body)
        return str(antwoord["metingId"])

    async def gebeurtenissen(self, dossier_id: str) -> list[str]:
        """The names of all events said of the kandidaat of a dossier, in order."""
        dossier = await self.haal(f"/dossiers/{dossier_id}")
        async with self.database.unit_of_work(SYSTEM) as uow:
            rows = await uow.connection.fetch(
                "SELECT type FROM outbox WHERE aggregate_id = $1::text::uuid ORDER BY id",
                dossier["kandidaatId"],
            )
        return [row["type"].split(".")[2] for row in rows]
