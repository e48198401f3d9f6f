"""From birth date to minimum-wage age group: intake knows the one, the chain only the other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

JONGSTE = 15
VOLWASSEN = 21


class Leeftijdsgroep(StrEnum):
    """Age groups of the minimum wage, art. 1 and 2 Besluit minimumjeugdloon."""

    VIJFTIEN = "15"
    ZESTIEN = "16"
    ZEVENTIEN = "17"
    ACHTTIEN = "18"
    NEGENTIEN = "19"
    TWINTIG = "20"
    VOLWASSEN = "21+"


@dataclass(frozen=True, slots=True)
class Leeftijdsovergang:
    """A birthday that moves a kandidaat to the next age group.

    verjaardag stays in this service (it is when the timer fires); what travels is groep and
    ingangsmaand, the first day of that month, from which no birth date can be read.
    """

    verjaardag: date
    groep: Leeftijdsgroep

    @property
    def ingangsmaand(self) -> date:
        return self.verjaardag.replace(day=1)


def verjaardag_in(geboortedatum: date, jaar: int) -> date:
    """The birthday in a year; someone born on 29 February has it on 1 March in other years."""
    try:
        return geboortedatum.replace(year=jaar)
    except ValueError:
        return date(jaar, 3, 1)


def leeftijd_op(geboortedatum: date, op: date) -> int:
    """Age in whole years on a day."""
    return op.year - geboortedatum.year - (op < verjaardag_in(geboortedatum, op.year))


def leeftijdsgroep_op(geboortedatum: date, op: date) -> Leeftijdsgroep | None:
    """The minimum-wage age group on a day; None under 15, where no minimum wage exists."""
    leeftijd = leeftijd_op(geboortedatum, op)
    return None if leeftijd < JONGSTE else _groep(leeftijd)


def volgende_overgang(geboortedatum: date, na: date) -> Leeftijdsovergang | None:
    """The first birthday after a day that changes the age group; None from 21 on."""
    leeftijd = max(leeftijd_op(geboortedatum, na) + 1, JONGSTE)
    if leeftijd > VOLWASSEN:
        return None
    verjaardag = verjaardag_in(geboortedatum, geboortedatum.year + leeftijd)
    return Leeftijdsovergang(verjaardag, _groep(leeftijd))


def _groep(leeftijd: int) -> Leeftijdsgroep:
    """The group of an age from 15 on."""
    return Leeftijdsgroep.VOLWASSEN if leeftijd >= VOLWASSEN else Leeftijdsgroep(str(leeftijd))
