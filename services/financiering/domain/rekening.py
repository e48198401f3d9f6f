"""A bank account, and the four eyes that see it before anything is paid to it or from it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.financiering.domain.fouten import BevestigingDoorDezelfde, RekeningVervangen


@dataclass(frozen=True, slots=True)
class Rekeningnummer:
    """In whose name, and the IBAN without spaces."""

    tenaamstelling: str
    iban: str


@dataclass(frozen=True, slots=True)
class Rekening:
    """One version of the account of a werkgever; werkgever_id None is of the gemeente itself.

    vastgelegd_door, bevestigd_door: who, as their token names them. A version counts once another
    person confirmed it; until then the one before it does.
    """

    rekening_id: UUID
    werkgever_id: UUID | None
    versie: int
    nummer: Rekeningnummer
    vastgelegd_door: str
    bevestigd_door: str | None = None

    def eis_te_bevestigen(self, door: str, laatste_bevestigde: int) -> None:
        """Raises BevestigingDoorDezelfde, and RekeningVervangen when a later version counts."""
        if door == self.vastgelegd_door:
            raise BevestigingDoorDezelfde(
                "Wie een rekening vastlegt, bevestigt haar niet zelf. Laat een collega haar "
                "controleren en bevestigen."
            )
        if laatste_bevestigde > self.versie:
            raise RekeningVervangen(
                "Een latere rekening is al bevestigd. Leg deze opnieuw vast als zij toch geldt."
            )
