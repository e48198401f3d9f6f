"""A workplace that can be filled: what kind of work, where, for how many hours and people."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from services.plaatsing.domain.fouten import (
    OngeldigeUren,
    OngeldigeWerkplek,
    PlaatsAlBezet,
    PlaatsNietBezet,
    Punt,
    UrenPassenNiet,
    WerkplekVol,
)

LANGSTE_WERKWEEK = Decimal(60)
"""Hours; longest week of art. 5:7 Arbeidstijdenwet. Only keeps typing errors out."""

LOCATIES_WSD = ("Boxtel", "Schijndel", "Nuenen", "Best", "Vught")
"""Where WSD itself has work (bron 000 tabel 2). A regular employer may be anywhere."""


def eis_uren(*uren_per_week: Decimal) -> None:
    """Raises OngeldigeUren."""
    if not all(0 < uren <= LANGSTE_WERKWEEK for uren in uren_per_week):
        raise OngeldigeUren(
            f"Geef meer dan 0 en hoogstens {LANGSTE_WERKWEEK} uren per week op, ook voor een "
            "volledige werkweek."
        )


class Werksoort(StrEnum):
    """Lines of work (bron 000 tabel 2)."""

    PRODUCTIE = "productie"
    LOGISTIEK = "logistiek"
    OPENBARE_RUIMTE = "openbare-ruimte"
    KRINGLOOP = "kringloop"


@dataclass(slots=True)
class Werkplek:
    """Hours per week from-to, and places for a number of people. Change it through its methods.

    Raises OngeldigeWerkplek with every fault at once.
    """

    werkplek_id: UUID
    werkgever_id: UUID
    werksoort: Werksoort
    functie: str
    locatie: str
    uren_van: Decimal
    uren_tot: Decimal
    capaciteit: int
    bezetting: frozenset[UUID] = frozenset()

    def __post_init__(self) -> None:
        punten: list[Punt] = []
        if not self.functie.strip():
            punten.append(Punt("functie", "verplicht", "Noem de functie."))
        if not self.locatie.strip():
            punten.append(Punt("locatie", "verplicht", "Noem de plaats waar wordt gewerkt."))
        if not 0 < self.uren_van <= self.uren_tot <= LANGSTE_WERKWEEK:
            punten.append(
                Punt(
                    "urenVan",
                    "buiten-bereik",
                    f"Geef uren per week op van meer dan 0 tot hoogstens {LANGSTE_WERKWEEK}, "
                    "de kleinste eerst.",
                )
            )
        if self.capaciteit < 1:
            punten.append(Punt("capaciteit", "buiten-bereik", "Er is plaats voor ten minste één."))
        if punten:
            raise OngeldigeWerkplek("Herstel de genoemde punten.", punten=tuple(punten))

    @property
    def vrije_plaatsen(self) -> int:
        return max(self.capaciteit - len(self.bezetting), 0)

    def bezet(self, plaatsing_id: UUID, uren_per_week: Decimal) -> None:
        """A placement takes one place. Raises PlaatsAlBezet, WerkplekVol, UrenPassenNiet."""
        if plaatsing_id in self.bezetting:
            raise PlaatsAlBezet(
                "Deze plaatsing staat al op de werkplek; er hoeft niets te gebeuren."
            )
        if self.vrije_plaatsen == 0:
            raise WerkplekVol("Kies een andere werkplek, of wacht tot er een plaats vrijkomt.")
        self.eis_passende_uren(uren_per_week)
        self.bezetting = self.bezetting | {plaatsing_id}

    def eis_passende_uren(self, uren_per_week: Decimal) -> None:
        """Raises UrenPassenNiet."""
        if not self.uren_van <= uren_per_week <= self.uren_tot:
            raise UrenPassenNiet(
                f"Deze werkplek is er voor {self.uren_van} tot en met {self.uren_tot} uur per week."
            )

    def is_ander_werk_elders_dan(self, ander: Werkplek) -> bool:
        """Other work, in another environment: at another werkgever or location."""
        ander_werk = (self.werksoort, self.functie) != (ander.werksoort, ander.functie)
        elders = (self.werkgever_id, self.locatie) != (ander.werkgever_id, ander.locatie)
        return ander_werk and elders

    def geef_vrij(self, plaatsing_id: UUID) -> None:
        """A placement ended and leaves its place. Raises PlaatsNietBezet."""
        if plaatsing_id not in self.bezetting:
            raise PlaatsNietBezet("De plaats is al vrij; er hoeft niets te gebeuren.")
        self.bezetting = self.bezetting - {plaatsing_id}
