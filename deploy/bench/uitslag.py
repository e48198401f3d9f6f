"""What a measurement found, and how that is shown."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Verhouding:
    """Meedoen against bare, both per second, a value per round; doel: the ratio aimed at."""

    wat: str
    meedoen: Sequence[float]
    kaal: Sequence[float]
    doel: float

    @property
    def verhoudingen(self) -> list[float]:
        return [m / k for m, k in zip(self.meedoen, self.kaal, strict=True)]

    def regel(self) -> tuple[str, str, str, str, str, str]:
        """For a table: what, Meedoen, bare, ratio, spread, aim."""
        mediaan = statistics.median(self.verhoudingen)
        return (
            self.wat,
            f"{statistics.median(self.meedoen):,.0f}/s".replace(",", "."),
            f"{statistics.median(self.kaal):,.0f}/s".replace(",", "."),
            _getal(mediaan),
            f"{_getal(min(self.verhoudingen))} – {_getal(max(self.verhoudingen))}",
            f"≥ {_getal(self.doel)} " + ("gehaald" if mediaan >= self.doel else "NIET GEHAALD"),
        )


@dataclass(frozen=True)
class Vertraging:
    """Milliseconds from logging an event to the commit of whoever handled it."""

    milliseconden: Sequence[float]
    doel_p50: float
    doel_p99: float

    def percentiel(self, deel: float) -> float:
        gesorteerd = sorted(self.milliseconden)
        return gesorteerd[min(len(gesorteerd) - 1, int(len(gesorteerd) * deel))]

    def regels(self) -> list[str]:
        p50, p99 = self.percentiel(0.50), self.percentiel(0.99)
        return [
            f"over {len(self.milliseconden)} gebeurtenissen: "
            f"p50 {p50:.1f} ms (doel < {self.doel_p50:.0f}: {_oordeel(p50 < self.doel_p50)}), "
            f"p99 {p99:.1f} ms (doel < {self.doel_p99:.0f}: {_oordeel(p99 < self.doel_p99)}), "
            f"hoogste {max(self.milliseconden):.1f} ms".replace(".", ",")
        ]


def _oordeel(gehaald: bool) -> str:
    return "gehaald" if gehaald else "NIET GEHAALD"


def _getal(waarde: float) -> str:
    return f"{waarde:.2f}".replace(".", ",")
