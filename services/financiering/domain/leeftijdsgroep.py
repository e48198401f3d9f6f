"""The minimum-wage age group of a worker, and when it changes.

Financiering never learns a birth date. It receives the age group and the days from which a next
group holds; the sender gives the first day of the birthday month, which is all the default rule
needs and from which no birth date can be read. So a birthday anywhere in January counts in the
yearly re-setting of that 1 January: the month counts as a whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from services.financiering.domain.fouten import OngeldigLeeftijdsverloop


class Leeftijdsgroep(StrEnum):
    """Age groups of the minimumjeugdloon, art. 1 and 2 Besluit minimumjeugdloon."""

    VIJFTIEN = "15"
    ZESTIEN = "16"
    ZEVENTIEN = "17"
    ACHTTIEN = "18"
    NEGENTIEN = "19"
    TWINTIG = "20"
    VOLWASSEN = "21+"

    @property
    def rang(self) -> int:
        """Order of the groups, youngest first."""
        return list(Leeftijdsgroep).index(self)


class Verjaardagsregel(StrEnum):
    """From when a next age group counts for a running loonkostensubsidie.

    The Participatiewet does not say it (art. 10d lid 7 re-sets the amount on 1 January only), so it
    is a choice of the college: VERJAARDAGSMAAND is the default and our own reading (domain-rules
    §1.6, OWN), JAARLIJKSE_HERZIENING is the literal one. From the birthday itself is no choice: of
    a birthday only the month is known here.
    """

    VERJAARDAGSMAAND = "vanaf-de-verjaardagsmaand"
    JAARLIJKSE_HERZIENING = "bij-de-jaarlijkse-herziening"

    @property
    def omschrijving(self) -> str:
        """As a calculation shows it (Dutch)."""
        match self:
            case Verjaardagsregel.VERJAARDAGSMAAND:
                return "vanaf de maand van de verjaardag"
            case Verjaardagsregel.JAARLIJKSE_HERZIENING:
                return "vanaf 1 januari na de verjaardag"


@dataclass(frozen=True, slots=True)
class Verjaardagskeuze:
    """The rule that a college chose for subsidies that start from a day on."""

    gemeentecode: str
    vanaf: date
    regel: Verjaardagsregel


@dataclass(frozen=True, slots=True)
class Verjaardagskeuzes:
    """What every college chose. Raises ValueError for two choices of one college from one day."""

    standaard: Verjaardagsregel = Verjaardagsregel.VERJAARDAGSMAAND
    keuzes: tuple[Verjaardagskeuze, ...] = ()

    def __post_init__(self) -> None:
        if len({(k.gemeentecode, k.vanaf) for k in self.keuzes}) != len(self.keuzes):
            raise ValueError("een gemeente kiest van een dag af een verjaardagsregel")

    def regel(self, gemeentecode: str, begin: date) -> Verjaardagsregel:
        """The rule for a subsidy that starts on this day: it keeps that rule to its end."""
        geldend = [k for k in self.keuzes if k.gemeentecode == gemeentecode and k.vanaf <= begin]
        return max(geldend, key=lambda k: k.vanaf).regel if geldend else self.standaard


@dataclass(frozen=True, slots=True)
class Leeftijdsovergang:
    """From this day the worker belongs to this (next) age group."""

    vanaf: date
    groep: Leeftijdsgroep

    def telt_vanaf(self, regel: Verjaardagsregel) -> date:
        """The day from which this transition counts for the amount, under the college's rule."""
        match regel:
            case Verjaardagsregel.VERJAARDAGSMAAND:
                return self.vanaf.replace(day=1)
            case Verjaardagsregel.JAARLIJKSE_HERZIENING:
                if (self.vanaf.month, self.vanaf.day) == (1, 1):
                    return self.vanaf
                return date(self.vanaf.year + 1, 1, 1)


@dataclass(frozen=True, slots=True)
class Leeftijdsverloop:
    """The age group at the start and every later transition that is known.

    Raises OngeldigLeeftijdsverloop when a transition does not go to exactly the next group or the
    dates do not rise.
    """

    bij_aanvang: Leeftijdsgroep
    overgangen: tuple[Leeftijdsovergang, ...] = ()

    def __post_init__(self) -> None:
        groepen = [self.bij_aanvang, *(o.groep for o in self.overgangen)]
        if any(later.rang != eerder.rang + 1 for eerder, later in pairwise(groepen)):
            raise OngeldigLeeftijdsverloop(
                "Elke overgang gaat naar precies de volgende leeftijdsgroep. "
                "Geef alle overgangen op, in volgorde."
            )
        if any(later.vanaf <= eerder.vanaf for eerder, later in pairwise(self.overgangen)):
            raise OngeldigLeeftijdsverloop(
                "De datums van de overgangen lopen niet op. Geef ze op in volgorde van datum."
            )

    def met(self, overgang: Leeftijdsovergang) -> Leeftijdsverloop:
        """This course with one more transition at the end."""
        return Leeftijdsverloop(self.bij_aanvang, (*self.overgangen, overgang))

    def groep_op(self, dag: date, regel: Verjaardagsregel) -> Leeftijdsgroep:
        """The age group by which the amount of this day is calculated."""
        groep = self.bij_aanvang
        for overgang in self.overgangen:
            if overgang.telt_vanaf(regel) <= dag:
                groep = overgang.groep
        return groep
