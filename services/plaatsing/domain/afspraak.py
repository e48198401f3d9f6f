"""What an organisation has agreed with a werkgever."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from services.plaatsing.domain.fouten import OngeldigeAfspraak, Punt


class Afspraaksoort(StrEnum):
    """What an agreement is about. Our own list."""

    INTENTIE = "intentie"
    WERKPLEKKEN = "werkplekken"
    SOCIAL_RETURN = "social-return"
    JOBCARVING = "jobcarving"
    BEGELEIDING = "begeleiding"
    DETACHERING = "detachering"
    SUBSIDIE_EN_VOORDELEN = "subsidie-en-voordelen"
    ANDERS = "anders"


@dataclass(frozen=True, slots=True)
class Afspraak:
    """An agreement with its kind and its days; tot_en_met None: without an end.

    omschrijving: about the organisation, so without names of people.
    Raises OngeldigeAfspraak with every fault at once.
    """

    afspraak_id: UUID
    werkgever_id: UUID
    soort: Afspraaksoort
    gemaakt_op: date
    omschrijving: str
    tot_en_met: date | None = None

    def __post_init__(self) -> None:
        punten: list[Punt] = []
        if not self.omschrijving.strip():
            punten.append(Punt("omschrijving", "verplicht", "Beschrijf wat is afgesproken."))
        if self.tot_en_met and self.tot_en_met < self.gemaakt_op:
            punten.append(Punt("totEnMet", "voor-begin", "Geef een dag op of na gemaaktOp."))
        if punten:
            raise OngeldigeAfspraak("Herstel de genoemde punten.", punten=tuple(punten))

    def eis_gemaakt(self, vandaag: date) -> None:
        """Raises OngeldigeAfspraak when it has yet to be made."""
        if self.gemaakt_op > vandaag:
            raise OngeldigeAfspraak(
                "Herstel de genoemde punten.",
                punten=(Punt("gemaaktOp", "in-de-toekomst", "Deze dag moet nog komen."),),
            )
