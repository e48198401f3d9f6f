"""Jobcarving: from a vacancy as the employer had it to the work that was carved out of it.

What is left to do follows from the vacancy and the steps; it is never typed a second time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.plaatsing.domain.fouten import Punt


@dataclass(frozen=True, slots=True)
class Vacature:
    """As the employer had it before anything was taken out; uren per week None: not said."""

    functie: str
    taken: tuple[str, ...]
    uren_per_week: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Carvingstap:
    """One change of what is to be done: which taken went out and came in, when and why."""

    op: date
    reden: str
    eraf: tuple[str, ...] = ()
    erbij: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Jobcarving:
    """A vacancy and the steps since, the oldest first. `fouten` says what is wrong with it."""

    vacature: Vacature
    stappen: tuple[Carvingstap, ...]

    @property
    def taken(self) -> tuple[str, ...]:
        """What is to be done after the last step: of the vacancy first, then what came in."""
        return self._na(len(self.stappen))

    def fouten(self) -> list[Punt]:
        """Every fault, where it is in the input (Dutch)."""
        punten = _dubbel("jobcarving.vacature.taken", self.vacature.taken)
        if not self.stappen:
            punten.append(
                Punt("jobcarving.stappen", "verplicht", "Noem wat uit de vacature is gehaald.")
            )
        for nummer, stap in enumerate(self.stappen):
            punten += self._fouten_van(nummer, stap)
        if not punten and not self.taken:
            punten.append(
                Punt("jobcarving.stappen", "geen-taken", "Er blijft geen taak over om te doen.")
            )
        return punten

    def _fouten_van(self, nummer: int, stap: Carvingstap) -> list[Punt]:
        pad, er_is = f"jobcarving.stappen.{nummer}", self._na(nummer)
        punten = _dubbel(f"{pad}.eraf", stap.eraf) + _dubbel(f"{pad}.erbij", stap.erbij)
        if nummer and stap.op < self.stappen[nummer - 1].op:
            punten.append(
                Punt(f"{pad}.op", "verkeerde-volgorde", "Zet de stappen op volgorde van datum.")
            )
        if not stap.eraf and not stap.erbij:
            punten.append(
                Punt(f"{pad}.eraf", "verplicht", "Noem welke taken eraf gaan of erbij komen.")
            )
        punten += [
            Punt(f"{pad}.eraf.{i}", "taak-onbekend", "Deze taak is er op dat moment niet.")
            for i, taak in enumerate(stap.eraf)
            if taak not in er_is
        ]
        return punten + [
            Punt(f"{pad}.erbij.{i}", "dubbel", "Deze taak is er op dat moment al.")
            for i, taak in enumerate(stap.erbij)
            if taak in er_is and taak not in stap.eraf
        ]

    def _na(self, aantal_stappen: int) -> tuple[str, ...]:
        taken = list(self.vacature.taken)
        for stap in self.stappen[:aantal_stappen]:
            taken = [taak for taak in taken if taak not in stap.eraf] + list(stap.erbij)
        return tuple(taken)


def _dubbel(pad: str, taken: Collection[str]) -> list[Punt]:
    if max(Counter(taken).values(), default=0) > 1:
        return [Punt(pad, "dubbel", "Noem elke taak één keer.")]
    return []
