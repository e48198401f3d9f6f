"""An employer where kandidaten are placed: a regular one, or WSD itself through Werkpartners."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from services.plaatsing.domain.fouten import (
    OngeldigeWerkgever,
    OngeldigKvkNummer,
    Punt,
    RoutePastNiet,
)

_KVK = re.compile(r"[0-9]{8}")


class Werkgeversoort(StrEnum):
    """For loonkostensubsidie the route is one and the same process (bron 000 §3.4)."""

    REGULIER = "regulier"
    WERKPARTNERS = "werkpartners"


class Route(StrEnum):
    """Through whom a kandidaat gets a job with loonkostensubsidie."""

    WERKGEVER = "werkgever"
    WERKPARTNERS = "werkpartners"


def route_bij(soort: Werkgeversoort) -> Route:
    return Route.WERKPARTNERS if soort is Werkgeversoort.WERKPARTNERS else Route.WERKGEVER


def eis_passende_route(route: Route, soort: Werkgeversoort) -> None:
    """Raises RoutePastNiet when the werkplek is at another kind of werkgever."""
    if route is not route_bij(soort):
        raise RoutePastNiet(f"Deze werkplek is er via {route_bij(soort)}. Kies die, of een andere.")


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach the organisation, not a person in it."""

    email: str | None = None
    telefoonnummer: str | None = None


@dataclass(frozen=True, slots=True)
class Adres:
    """A business address, in the Netherlands."""

    straat: str
    huisnummer: str
    postcode: str
    plaats: str


@dataclass(frozen=True, slots=True)
class Contactpunt:
    """Whom to turn to for what, by function: who holds it is not kept."""

    functie: str
    email: str | None = None
    telefoonnummer: str | None = None
    adres: Adres | None = None

    @property
    def is_bereikbaar(self) -> bool:
        return bool(self.email or self.telefoonnummer or self.adres)


def eis_kvk_nummer(nummer: str) -> None:
    """A KvK number is eight digits, leading zeros included; it has no check digit.

    Raises OngeldigKvkNummer.
    """
    if not _KVK.fullmatch(nummer):
        raise OngeldigKvkNummer("Een KvK-nummer bestaat uit precies acht cijfers, zonder spaties.")


@dataclass(frozen=True, slots=True)
class Werkgever:
    """Raises OngeldigKvkNummer, OngeldigeWerkgever with every fault at once."""

    werkgever_id: UUID
    kvk_nummer: str
    naam: str
    soort: Werkgeversoort = Werkgeversoort.REGULIER
    contact: Contact = Contact()
    contacten: tuple[Contactpunt, ...] = ()

    def __post_init__(self) -> None:
        eis_kvk_nummer(self.kvk_nummer)
        punten: list[Punt] = []
        if not self.naam.strip():
            punten.append(Punt("naam", "verplicht", "Noem de naam van de werkgever."))
        punten += [
            Punt(
                f"contacten.{nummer}",
                "onbereikbaar",
                "Geef een e-mailadres, een telefoonnummer of een adres op.",
            )
            for nummer, contactpunt in enumerate(self.contacten)
            if not contactpunt.is_bereikbaar
        ]
        if punten:
            raise OngeldigeWerkgever("Herstel de genoemde punten.", punten=tuple(punten))
