"""What a kandidaat can, wants and needs, in the words in which a werkplek says what it asks.

Only what matters for work: who someone is (age, sex, origin) and why they cannot do something (a
diagnosis) has no field here, so that nothing can weigh it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from services.plaatsing.domain.eisen import Begeleidingsniveau, Belastingseis, Dag
from services.plaatsing.domain.fouten import OngeldigProfiel, Punt
from services.plaatsing.domain.plaatsen import PLAATSEN
from services.plaatsing.domain.werkplek import LANGSTE_WERKWEEK, Werksoort


class Vervoer(StrEnum):
    """How someone gets to work."""

    LOPEND = "lopend"
    FIETS = "fiets"
    BROMFIETS = "bromfiets"
    OPENBAAR_VERVOER = "openbaar-vervoer"
    AUTO = "auto"
    WORDT_GEBRACHT = "wordt-gebracht"


@dataclass(frozen=True, slots=True)
class Profiel:
    """What is compared with a werkplek: codes, hours and days, no free text.

    uren: per week, that someone can work from the first day on; groeit_naar_uren: what they can
    grow to. beschikbaar_vanaf: first day on which they can begin. reist_vanuit: a place of
    PLAATSEN; reist_hoogstens_km: as the crow flies; None does not count. vaardigheden: demands of
    work they are good at; leerdoelen: demands they can meet with guidance, and learn;
    niet_mogelijk: demands they cannot meet. Of a demand in none of the three nothing is known
    against it. Raises OngeldigProfiel with every fault at once.
    """

    uren_van: Decimal
    uren_tot: Decimal
    dagen: frozenset[Dag]
    beschikbaar_vanaf: date
    begeleiding_nodig: Begeleidingsniveau
    groeit_naar_uren: Decimal | None = None
    reist_vanuit: str | None = None
    reist_hoogstens_km: int | None = None
    vervoer: Vervoer | None = None
    wensen: frozenset[Werksoort] = frozenset()
    ervaring: frozenset[Werksoort] = frozenset()
    vaardigheden: frozenset[Belastingseis] = frozenset()
    leerdoelen: frozenset[Belastingseis] = frozenset()
    niet_mogelijk: frozenset[Belastingseis] = frozenset()

    def __post_init__(self) -> None:
        punten: list[Punt] = []
        if not 0 < self.uren_van <= self.uren_tot <= LANGSTE_WERKWEEK:
            punten.append(
                Punt(
                    "urenVan",
                    "buiten-bereik",
                    f"Geef uren per week op van meer dan 0 tot hoogstens {LANGSTE_WERKWEEK}, "
                    "de kleinste eerst.",
                )
            )
        groei = self.groeit_naar_uren
        if groei is not None and not self.uren_tot < groei <= LANGSTE_WERKWEEK:
            melding = f"Geef meer uren op dan urenTot, en hoogstens {LANGSTE_WERKWEEK}."
            punten.append(Punt("groeitNaarUren", "buiten-bereik", melding))
        if not self.dagen:
            punten.append(Punt("dagen", "verplicht", "Noem ten minste een dag."))
        if self.reist_vanuit is not None and self.reist_vanuit not in PLAATSEN:
            melding = "Kies een plaats uit de lijst, of laat dit leeg: dan telt de afstand niet."
            punten.append(Punt("reistVanuit", "onbekende-plaats", melding))
        if self.reist_hoogstens_km is not None and self.reist_vanuit is None:
            punten.append(Punt("reistVanuit", "verplicht", "Geef op vanuit welke plaats."))
        punten += self._tegenspraken()
        if punten:
            raise OngeldigProfiel("Herstel de genoemde punten.", punten=tuple(punten))

    def _tegenspraken(self) -> list[Punt]:
        melding = "Noem elke eis hoogstens een keer: die kan goed, wordt geleerd of kan niet."
        return [
            Punt(veld, "spreekt-tegen", melding)
            for veld, eisen, eerder in (
                ("leerdoelen", self.leerdoelen, self.vaardigheden),
                ("nietMogelijk", self.niet_mogelijk, self.vaardigheden | self.leerdoelen),
            )
            if eisen & eerder
        ]


@dataclass(frozen=True, slots=True)
class Profielversie:
    """A profiel as it counts from a moment on.

    versie: 1, 2, …; vastgelegd_door: gemeentecode, or wsd. toelichting: free text, for who guides
    the kandidaat; it is never compared.
    """

    versie: int
    vastgelegd_op: datetime
    vastgelegd_door: str
    profiel: Profiel
    toelichting: str | None
