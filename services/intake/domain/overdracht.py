"""A hand-over of a kandidaat to another gemeente, from a day on; the thin core of verhuizen.

The 2026 text of art. 10d lid 10 Participatiewet keeps the granting college competent only on a move
abroad; so on a move within the Netherlands the case goes to the new gemeente (our own reading).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from services.intake.domain.fouten import (
    AlOvergedragen,
    IngangsdatumPastNiet,
    NietBevoegd,
    OverdrachtAanZichzelf,
    OverdrachtAlGepland,
    OverdrachtIngetrokken,
)
from services.intake.domain.samenwerkingsmodel import Samenwerkingsafspraken

VOORUIT: Final = timedelta(days=365)
"""Our own limit: what lies further ahead is not known yet."""


class Overdrachtreden(StrEnum):
    VERHUIZING = "verhuizing"
    REGIEWISSELING = "regiewisseling"


class Overdrachtstatus(StrEnum):
    GEPLAND = "gepland"
    UITGEVOERD = "uitgevoerd"
    INGETROKKEN = "ingetrokken"


@dataclass(frozen=True, slots=True)
class Overdracht:
    """From van_gemeente to naar_gemeente, from the ingangsdatum on."""

    overdracht_id: UUID
    kandidaat_id: UUID
    van_gemeente: str
    naar_gemeente: str
    ingangsdatum: date
    reden: Overdrachtreden
    status: Overdrachtstatus = Overdrachtstatus.GEPLAND

    @classmethod
    def plan(
        cls,
        *,
        overdracht_id: UUID,
        kandidaat_id: UUID,
        van_gemeente: str,
        naar_gemeente: str,
        ingangsdatum: date,
        reden: Overdrachtreden,
        door: str,
        vandaag: date,
        eerder: tuple[Overdracht, ...],
        afspraken: Samenwerkingsafspraken,
    ) -> Overdracht:
        """The gemeente of the kandidaat hands over, today or later; one at a time.

        Raises NietBevoegd, OverdrachtAanZichzelf, IngangsdatumPastNiet, OnbekendeGemeente,
        OverdrachtAlGepland.
        """
        if door != van_gemeente:
            raise NietBevoegd("Alleen de gemeente van de kandidaat draagt over.")
        if naar_gemeente == van_gemeente:
            raise OverdrachtAanZichzelf("Kies de gemeente die de regie overneemt.")
        uiterlijk = vandaag + VOORUIT
        if not vandaag <= ingangsdatum <= uiterlijk:
            raise IngangsdatumPastNiet(
                f"Kies een dag van {vandaag.isoformat()} tot en met {uiterlijk.isoformat()}."
            )
        afspraken.geldend(naar_gemeente, ingangsdatum)
        if any(overdracht.status is Overdrachtstatus.GEPLAND for overdracht in eerder):
            raise OverdrachtAlGepland("Trek de geplande overdracht in en leg dan deze vast.")
        return cls(overdracht_id, kandidaat_id, van_gemeente, naar_gemeente, ingangsdatum, reden)

    def uitgevoerd(self) -> Overdracht:
        """It has taken place. Raises OverdrachtIngetrokken, AlOvergedragen."""
        self._eis_gepland()
        return replace(self, status=Overdrachtstatus.UITGEVOERD)

    def ingetrokken(self, door: str) -> Overdracht:
        """It will not take place. Raises NietBevoegd, OverdrachtIngetrokken, AlOvergedragen."""
        self._eis_gepland()
        if door != self.van_gemeente:
            raise NietBevoegd("Alleen de gemeente die overdraagt trekt in.")
        return replace(self, status=Overdrachtstatus.INGETROKKEN)

    def _eis_gepland(self) -> None:
        if self.status is Overdrachtstatus.INGETROKKEN:
            raise OverdrachtIngetrokken("Er hoeft niets te gebeuren.")
        if self.status is Overdrachtstatus.UITGEVOERD:
            raise AlOvergedragen(
                "Moet de kandidaat terug, dan draagt de gemeente die de regie nu heeft over."
            )
