"""How kandidaten are divided over the participatieladder (bron 003, Kerncijfers)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from services.diagnose.domain.ladder import TREDEN


@dataclass(frozen=True, slots=True)
class Trededeel:
    """procent: whole percents of whose trede is known, half up; of nobody 0."""

    trede: int
    aantal: int
    procent: int


@dataclass(frozen=True, slots=True)
class Ladderverdeling:
    """onbekend: kandidaten of whom no trede holds."""

    treden: tuple[Trededeel, ...]
    onbekend: int

    @property
    def kandidaten(self) -> int:
        return sum(deel.aantal for deel in self.treden) + self.onbekend


def verdeel(treden: Iterable[int | None]) -> Ladderverdeling:
    """One trede of each kandidaat; None is not known."""
    aantallen = Counter(treden)
    bekend = sum(aantal for trede, aantal in aantallen.items() if trede is not None)
    return Ladderverdeling(
        tuple(
            Trededeel(trede, aantallen[trede], _procent(aantallen[trede], bekend))
            for trede in TREDEN
        ),
        aantallen[None],
    )


def _procent(deel: int, geheel: int) -> int:
    if not geheel:
        return 0
    return int((Decimal(deel) * 100 / geheel).quantize(Decimal(1), ROUND_HALF_UP))
