"""A workplace that can be filled: what work, where, when, for how many people, and what it asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from services.plaatsing.domain.eisen import Begeleidingsniveau, Belastingseis
from services.plaatsing.domain.fouten import (
    CapaciteitInGebruik,
    OngeldigeUren,
    OngeldigeWerkplek,
    Punt,
    UrenPassenNiet,
    WerkplekNietBeschikbaar,
    WerkplekVol,
)
from services.plaatsing.domain.jobcarving import Jobcarving
from services.plaatsing.domain.werktijd import Werktijd, fouten_in

LANGSTE_WERKWEEK = Decimal(60)
"""Hours; longest week of art. 5:7 Arbeidstijdenwet. Only keeps typing errors out."""


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
    """A werkplek, with how many of its places are taken (bezetting). Change it through its methods.

    uren: per week, from-to. vanaf, tot_en_met: the period in which there is work; None is open.
    begeleiding_vereist: what the werkgever asks the organisation that places to bring;
    begeleiding_geboden: what there is on the spot. Without werktijden they are agreed per person.
    gedeeld: for kandidaten of every gemeente, and not only of the one that recorded it.
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
    vanaf: date | None = None
    tot_en_met: date | None = None
    begeleiding_vereist: Begeleidingsniveau = Begeleidingsniveau.GEEN
    begeleiding_geboden: Begeleidingsniveau = Begeleidingsniveau.GEEN
    eisen: frozenset[Belastingseis] = frozenset()
    werktijden: tuple[Werktijd, ...] = ()
    jobcarving: Jobcarving | None = None
    gedeeld: bool = True
    bezetting: int = 0

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
        if self.vanaf and self.tot_en_met and self.tot_en_met < self.vanaf:
            punten.append(Punt("totEnMet", "voor-begin", "Geef een dag op of na vanaf."))
        punten += fouten_in(self.werktijden)
        punten += self.jobcarving.fouten() if self.jobcarving else []
        if punten:
            raise OngeldigeWerkplek("Herstel de genoemde punten.", punten=tuple(punten))

    @property
    def begeleiding(self) -> Begeleidingsniveau:
        """The most guidance that there is on this werkplek, of the werkgever or brought along."""
        return max(
            self.begeleiding_vereist, self.begeleiding_geboden, key=lambda niveau: niveau.zwaarte
        )

    @property
    def vrije_plaatsen(self) -> int:
        return max(self.capaciteit - self.bezetting, 0)

    def eis_plaats(self, uren_per_week: Decimal, begin: date, tot_en_met: date | None) -> None:
        """Whether one more placement fits; tot_en_met None: without an agreed end.

        Raises WerkplekNietBeschikbaar, WerkplekVol, UrenPassenNiet.
        """
        if (self.vanaf and begin < self.vanaf) or (
            self.tot_en_met and max(begin, tot_en_met or begin) > self.tot_en_met
        ):
            raise WerkplekNietBeschikbaar(
                "Kies een begin en een einde in de periode van de werkplek, of een andere werkplek."
            )
        if self.vrije_plaatsen == 0:
            raise WerkplekVol("Kies een andere werkplek, of wacht tot er een plaats vrijkomt.")
        self.eis_passende_uren(uren_per_week)

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

    def eis_vast_te_leggen(self, vandaag: date, eigenaar_is_gemeente: bool) -> None:
        """What is recorded of the past has happened; what WSD offers is for every gemeente.

        Raises OngeldigeWerkplek with every fault at once.
        """
        stappen = self.jobcarving.stappen if self.jobcarving else ()
        punten = [
            Punt(f"jobcarving.stappen.{nummer}.op", "in-de-toekomst", "Deze dag moet nog komen.")
            for nummer, stap in enumerate(stappen)
            if stap.op > vandaag
        ]
        if not self.gedeeld and not eigenaar_is_gemeente:
            punten.append(
                Punt("gedeeld", "altijd-gedeeld", "Werkplekken van WSD zijn voor elke gemeente.")
            )
        if punten:
            raise OngeldigeWerkplek("Herstel de genoemde punten.", punten=tuple(punten))

    def eis_genoeg_plaats(self, drukste: int) -> None:
        """drukste: places taken on the busiest day to come. Raises CapaciteitInGebruik."""
        if drukste > self.capaciteit:
            raise CapaciteitInGebruik(
                f"Op de drukste dag zijn {drukste} plaatsen bezet. Geef ten minste die capaciteit "
                "op, of beëindig eerst plaatsingen."
            )
