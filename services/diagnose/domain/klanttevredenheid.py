"""Klanttevredenheid: a talk after a traject, and figures that never tell what one person said.

The questions and the talk are those of bron 003 ("Deelnemers aan het woord"): the traject as a
whole, with a cijfer if the deelnemer wants to give one, and five open questions.

A figure is of five persons or more. That alone is not enough: who sees the average of five and
later that of six knows the sixth, and who knows the total and the other gemeenten knows the rest.
So answers are counted by the five: of one gemeente, year and question the oldest five that wait are
added together, and nothing smaller is ever added. Any two figures then differ by nothing, or by
five persons or more. Words can be read by the five too: by WSD, to learn from, and without whose
they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Final, TypeVar
from uuid import UUID

from services.diagnose.domain.fouten import OngeldigTevredenheidsgesprek, Punt

MINIMUM: Final = 5
"""The fewest answers of which an average is shown, and the number that is counted at once."""
DOEL: Final = 8
"""The average that the partners aim at (bron 000; domain.md §5)."""
CIJFERS: Final = range(1, 11)

Wachtend = TypeVar("Wachtend")


class Vraag(StrEnum):
    """The traject as a whole, and the five open questions (bron 003)."""

    GEHEEL = "geheel"
    SAMENWERKING = "samenwerking"
    GOED = "goed"
    MINDER_GOED = "minder-goed"
    VERBETERING = "verbetering"
    WERKPLEK = "werkplek"


VRAGEN: Final[dict[Vraag, str]] = {
    Vraag.GEHEEL: "Hoe heb jij het traject in zijn geheel ervaren (je mag een cijfer geven)?",
    Vraag.SAMENWERKING: "Wat vond je van de samenwerking met de planregisseur?",
    Vraag.GOED: "Wat ging er goed in het traject?",
    Vraag.MINDER_GOED: "Wat ging er minder goed in het traject?",
    Vraag.VERBETERING: "Wat kunnen we verbeteren?",
    Vraag.WERKPLEK: "Wat vind je van de werkplek waar je nu zit?",
}


@dataclass(frozen=True, slots=True)
class Antwoord:
    """What someone said to one question: a cijfer, words, or both. Words are free text."""

    vraag: Vraag
    cijfer: int | None = None
    woorden: str = ""


@dataclass(frozen=True, slots=True)
class Tevredenheidsgesprek:
    """One talk with one kandidaat.

    buiten_beschouwing: the answers were of no use (only what was thought to be wanted), so there
    are none. Raises OngeldigTevredenheidsgesprek with every fault at once.
    """

    gesprek_id: UUID
    gehouden_op: date
    antwoorden: tuple[Antwoord, ...]
    buiten_beschouwing: bool = False

    def __post_init__(self) -> None:
        punten = [
            punt
            for plek, antwoord in enumerate(self.antwoorden)
            for punt in _punten(plek, antwoord)
        ]
        if max(Counter(a.vraag for a in self.antwoorden).values(), default=0) > 1:
            punten.append(Punt("antwoorden", "dubbel", "Geef op elke vraag één antwoord."))
        if self.buiten_beschouwing and self.antwoorden:
            melding = "Leg van wat buiten beschouwing blijft geen antwoorden vast."
            punten.append(Punt("antwoorden", "buiten-beschouwing", melding))
        if not self.buiten_beschouwing and not self.antwoorden:
            punten.append(Punt("antwoorden", "ontbreekt", "Leg ten minste één antwoord vast."))
        if punten:
            raise OngeldigTevredenheidsgesprek(
                "Herstel de genoemde punten in het gesprek.", punten=tuple(punten)
            )

    @property
    def cijfers(self) -> dict[Vraag, int]:
        """The cijfers that were given; who gives none is not counted."""
        return {a.vraag: a.cijfer for a in self.antwoorden if a.cijfer is not None}

    @property
    def woorden(self) -> dict[Vraag, str]:
        """What was said; who says nothing to a question is not counted."""
        return {a.vraag: a.woorden for a in self.antwoorden if a.woorden.strip()}


def _punten(plek: int, antwoord: Antwoord) -> list[Punt]:
    punten = []
    if antwoord.cijfer is not None and antwoord.cijfer not in CIJFERS:
        melding = "Een cijfer is een heel getal van 1 tot en met 10."
        punten.append(Punt(f"antwoorden.{plek}.cijfer", "buiten-bereik", melding))
    if antwoord.cijfer is None and not antwoord.woorden.strip():
        melding = "Geef een cijfer, woorden of beide, of laat de vraag weg."
        punten.append(Punt(f"antwoorden.{plek}", "leeg", melding))
    return punten


def vijftal(wachtend: Sequence[Wachtend]) -> Sequence[Wachtend]:
    """The oldest five that wait to be counted, together or not at all; empty below five."""
    return wachtend[:MINIMUM] if len(wachtend) >= MINIMUM else wachtend[:0]


@dataclass(frozen=True, slots=True)
class Telling:
    """What has been counted of one question: cijfers of a multiple of five persons."""

    vraag: Vraag
    aantal: int = 0
    som: int = 0

    @property
    def gemiddelde(self) -> Decimal | None:
        """To one decimal, half up; None for fewer than five."""
        if self.aantal < MINIMUM:
            return None
        return (Decimal(self.som) / self.aantal).quantize(Decimal("0.1"), ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Klanttevredenheid:
    """The figures of a year, of one gemeente or of all. gesprekken: that a talk was held is open.

    buiten_beschouwing: how many talks were of no use; None where it would tell of which person.
    """

    jaar: int
    gemeentecode: str | None
    gesprekken: int
    buiten_beschouwing: int | None
    tellingen: tuple[Telling, ...]

    @classmethod
    def van(
        cls,
        *,
        jaar: int,
        gemeentecode: str | None,
        gesprekken: int,
        buiten_beschouwing: int,
        tellingen: Sequence[Telling],
    ) -> Klanttevredenheid:
        """Every question, also who was not asked; what was left out only of one gemeente with five
        talks or more, since the total less the others would tell of the rest."""
        per_vraag = {telling.vraag: telling for telling in tellingen}
        toon = gemeentecode is not None and gesprekken >= MINIMUM
        return cls(
            jaar=jaar,
            gemeentecode=gemeentecode,
            gesprekken=gesprekken,
            buiten_beschouwing=buiten_beschouwing if toon else None,
            tellingen=tuple(per_vraag.get(vraag, Telling(vraag)) for vraag in Vraag),
        )
