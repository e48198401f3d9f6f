"""A decision table: rules over inputs, of which exactly one answers for every input.

The semantics of DMN 1.3 (OMG formal/21-02-01) chapters 8 and 9 for one decision table with one
answer: unary tests of S-FEEL over numbers (Decimal), texts, ja/nee and dates.  How a file becomes
a table is in services/diagnose/dmn.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise, product
from typing import Any

Waarde = Decimal | str | bool | date


class Waardesoort(StrEnum):
    """What an input or output holds, by its name in S-FEEL."""

    GETAL = "number"
    TEKST = "string"
    JA_NEE = "boolean"
    DATUM = "date"


class Trefregel(StrEnum):
    """The hit policies that give one answer, by their names in DMN."""

    UNIQUE = "UNIQUE"
    """No two rules answer for the same input."""
    ANY = "ANY"
    """Rules that answer for the same input give the same answer."""
    FIRST = "FIRST"
    """The first rule from the top."""


@dataclass(frozen=True, slots=True)
class Interval:
    """From onder to boven; None has no end on that side."""

    onder: Any = None
    boven: Any = None
    met_onder: bool = True
    met_boven: bool = True

    def bevat(self, waarde: Waarde) -> bool:
        boven_onder = (
            self.onder is None or waarde > self.onder or (self.met_onder and waarde == self.onder)
        )
        onder_boven = (
            self.boven is None or waarde < self.boven or (self.met_boven and waarde == self.boven)
        )
        return boven_onder and onder_boven


@dataclass(frozen=True, slots=True)
class Toets:
    """What a cell asks of its input: one of these intervals, or with niet none of them."""

    intervallen: tuple[Interval, ...]
    niet: bool = False

    def geldt(self, waarde: Waarde) -> bool:
        return any(interval.bevat(waarde) for interval in self.intervallen) is not self.niet


ALTIJD = Toets((), niet=True)
"""The cell ``-``: whatever the input is."""


@dataclass(frozen=True, slots=True)
class Invoer:
    """A column of conditions. It takes one of waarden, or all from the lowest to the highest."""

    naam: str
    soort: Waardesoort
    waarden: tuple[Waarde, ...]
    doorlopend: bool = False

    def bevat(self, waarde: Waarde) -> bool:
        if self.doorlopend:
            return Interval(self.waarden[0], self.waarden[-1]).bevat(waarde)
        return waarde in self.waarden

    def gebieden(self, toetsen: Sequence[Toets]) -> list[tuple[Waarde, str]]:
        """A value out of every region between which no cell sees a difference, and its name.

        A cell changes its mind at a bound only, so the bounds and one value between each two
        stand for all values: what holds for these holds for every input.
        """
        if not self.doorlopend:
            return [(waarde, f"{self.naam} = {_schrijf(waarde)}") for waarde in self.waarden]
        grenzen = sorted(
            {self.waarden[0], self.waarden[-1]}
            | {
                grens
                for toets in toetsen
                for interval in toets.intervallen
                for grens in (interval.onder, interval.boven)
                if grens is not None and self.bevat(grens)
            }
        )
        gebieden = [(grenzen[0], f"{self.naam} = {_schrijf(grenzen[0])}")]
        for onder, boven in pairwise(grenzen):
            midden = _midden(onder, boven)
            if midden is not None:
                tussen = f"{self.naam} tussen {_schrijf(onder)} en {_schrijf(boven)}"
                gebieden.append((midden, tussen))
            gebieden.append((boven, f"{self.naam} = {_schrijf(boven)}"))
        return gebieden


@dataclass(frozen=True, slots=True)
class Regel:
    """A row. reden: in words, why it answers what it does; uitkomst: by name of the output."""

    code: str
    nummer: int
    toetsen: tuple[Toets, ...]
    uitkomst: Mapping[str, str]
    reden: str

    def geldt(self, waarden: Sequence[Waarde]) -> bool:
        return all(toets.geldt(w) for toets, w in zip(self.toetsen, waarden, strict=True))


@dataclass(frozen=True, slots=True)
class Beslistabel:
    """One version of a decision table. naam: its code; titel: in words."""

    naam: str
    versie: int
    titel: str
    trefregel: Trefregel
    invoer: tuple[Invoer, ...]
    regels: tuple[Regel, ...]

    def bezwaren(self) -> list[str]:
        """Every gap, every overlap that the hit policy does not allow, and every rule in vain."""
        bezwaren: dict[str, str] = {}
        antwoordt: set[int] = set()
        for waarden, plek in self._gebieden({}):
            treffers = [regel for regel in self.regels if regel.geldt(waarden)]
            nummers = " en ".join(str(regel.nummer) for regel in treffers)
            if not treffers:
                bezwaren[plek] = f"geen regel voor {plek}"
            elif self.trefregel is Trefregel.FIRST:
                antwoordt.add(treffers[0].nummer)
            else:
                antwoordt.update(regel.nummer for regel in treffers)
                if self.trefregel is Trefregel.UNIQUE and len(treffers) > 1:
                    strijd = f"regels {nummers} gelden tegelijk, zoals voor {plek}"
                    bezwaren.setdefault(nummers, strijd)
                elif any(regel.uitkomst != treffers[0].uitkomst for regel in treffers):
                    strijd = f"regels {nummers} spreken elkaar tegen, zoals voor {plek}"
                    bezwaren.setdefault(nummers, strijd)
        vergeefs = (regel.nummer for regel in self.regels if regel.nummer not in antwoordt)
        return [*bezwaren.values(), *(f"regel {nr} kan nooit antwoorden" for nr in vergeefs)]

    def mogelijke_regels(self, feiten: Mapping[str, Waarde]) -> tuple[Regel, ...]:
        """The rules that can still answer, given what is known: one when the rest is immaterial.

        Raises ValueError when a fact is outside what its column can take.
        """
        for invoer in self.invoer:
            if invoer.naam in feiten and not invoer.bevat(feiten[invoer.naam]):
                raise ValueError(f"{invoer.naam} ligt buiten het bereik van de tabel")
        gevonden = {
            next(regel.nummer for regel in self.regels if regel.geldt(waarden))
            for waarden, _ in self._gebieden(feiten)
        }
        return tuple(regel for regel in self.regels if regel.nummer in gevonden)

    def onbeslist(self, feiten: Mapping[str, Waarde]) -> tuple[str, ...]:
        """The inputs that must still become known before one rule answers."""
        mogelijk = self.mogelijke_regels(feiten)
        if len(mogelijk) == 1:
            return ()
        return tuple(
            invoer.naam
            for plek, invoer in enumerate(self.invoer)
            if invoer.naam not in feiten
            and any(regel.toetsen[plek] != ALTIJD for regel in mogelijk)
        )

    def _gebieden(self, feiten: Mapping[str, Waarde]) -> Iterator[tuple[tuple[Waarde, ...], str]]:
        """Values for all inputs out of every region, those that are known as they are."""
        per_invoer = [
            [(feiten[invoer.naam], invoer.naam)]
            if invoer.naam in feiten
            else invoer.gebieden([regel.toetsen[plek] for regel in self.regels])
            for plek, invoer in enumerate(self.invoer)
        ]
        for gebieden in product(*per_invoer):
            yield tuple(w for w, _ in gebieden), ", ".join(naam for _, naam in gebieden)


def _midden(onder: Any, boven: Any) -> Any:
    if isinstance(onder, date):
        midden = onder + (boven - onder) // timedelta(days=2) * timedelta(days=1)
        return None if midden == onder else midden
    return (onder + boven) / 2


def _schrijf(waarde: Waarde) -> str:
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    return waarde.isoformat() if isinstance(waarde, date) else str(waarde)
