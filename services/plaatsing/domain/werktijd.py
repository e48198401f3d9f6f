"""On which days and at what times there is work on a werkplek."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from services.plaatsing.domain.eisen import Dag
from services.plaatsing.domain.fouten import Punt

_DAG = 24 * 60
_WEEK = 7 * _DAG


@dataclass(frozen=True, slots=True)
class Werktijd:
    """From a time on a day; to a time that is not later is to that time on the next day."""

    dag: Dag
    van: time
    tot: time

    @property
    def minuten(self) -> tuple[int, int]:
        """Begin and end in minutes since the week began; the end can be in the next week."""
        begin = list(Dag).index(self.dag) * _DAG + _in_minuten(self.van)
        duur = (_in_minuten(self.tot) - _in_minuten(self.van)) % _DAG
        return begin, begin + duur


def fouten_in(werktijden: Sequence[Werktijd]) -> list[Punt]:
    """Of a week that comes round again: times that are empty or overlap (Dutch)."""
    punten = []
    for nummer, werktijd in enumerate(werktijden):
        pad = f"werktijden.{nummer}"
        if werktijd.van == werktijd.tot:
            punten.append(Punt(f"{pad}.tot", "buiten-bereik", "Geef een later tijdstip dan van."))
        elif any(_overlappen(werktijd, eerder) for eerder in werktijden[:nummer]):
            punten.append(Punt(pad, "overlapt", "Deze tijd valt samen met een eerdere."))
    return punten


def _overlappen(een: Werktijd, ander: Werktijd) -> bool:
    (begin, einde), (ander_begin, ander_einde) = een.minuten, ander.minuten
    return any(
        begin < ander_einde + week and ander_begin + week < einde for week in (-_WEEK, 0, _WEEK)
    )


def _in_minuten(tijd: time) -> int:
    return tijd.hour * 60 + tijd.minute
