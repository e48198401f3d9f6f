"""What a measurement found, and how that is shown."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
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
class Stappen:
    """Milliseconds to work out where so many steps lead."""

    milliseconden: Mapping[int, float]

    def regel(self) -> str:
        eerste = min(self.milliseconden)
        delen = (
            f"{lengte} stappen {_getal(duur)} ms ({_getal(duur / self.milliseconden[eerste])} x)"
            for lengte, duur in sorted(self.milliseconden.items())
        )
        return "Een proces opnieuw doorlopen: " + ", ".join(delen)


@dataclass(frozen=True)
class Antwoordtijd:
    """Milliseconds per question of one kind, by how many kandidaten there are."""

    wat: str
    milliseconden: Mapping[int, Sequence[float]]

    def regel(self) -> tuple[str, ...]:
        """For a table: what, and per size the median, against the smallest, and the longest."""
        eerste = statistics.median(self.milliseconden[min(self.milliseconden)])
        cellen = []
        for _, duren in sorted(self.milliseconden.items()):
            mediaan = statistics.median(duren)
            langste = f"max {_getal(max(duren), 0)}"
            cellen.append(f"{_getal(mediaan, 1)} ms ({_getal(mediaan / eerste, 1)}×; {langste})")
        return self.wat, *cellen


@dataclass(frozen=True)
class Aantallen:
    """How many a second are handled in one go, by how many there are."""

    wat: str
    per_seconde: Mapping[int, float]

    def regel(self) -> tuple[str, ...]:
        """For a table: what, and per size how many a second and how long it took."""
        return self.wat, *(
            f"{snelheid:,.0f}/s ({aantal / snelheid:,.0f} s)".replace(",", ".")
            for aantal, snelheid in sorted(self.per_seconde.items())
        )


@dataclass(frozen=True)
class Vertraging:
    """Milliseconds from logging an event to the commit of whoever handled it."""

    milliseconden: Sequence[float]
    doel_p50: float
    doel_p99: float

    def percentiel(self, deel: float) -> float:
        return _percentiel(self.milliseconden, deel)

    def regels(self) -> list[str]:
        p50, p99 = self.percentiel(0.50), self.percentiel(0.99)
        return [
            f"over {len(self.milliseconden)} gebeurtenissen: "
            f"p50 {p50:.1f} ms (doel < {self.doel_p50:.0f}: {_oordeel(p50 < self.doel_p50)}), "
            f"p99 {p99:.1f} ms (doel < {self.doel_p99:.0f}: {_oordeel(p99 < self.doel_p99)}), "
            f"hoogste {max(self.milliseconden):.1f} ms".replace(".", ",")
        ]


@dataclass(frozen=True)
class Kanaal:
    """One way to ten afnemers against the bare pair: events per second, and milliseconds."""

    naam: str
    per_seconde: Sequence[float]
    per_seconde_kaal: Sequence[float]
    duren: Sequence[float]
    duren_kaal: Sequence[float]

    def regel(self) -> tuple[str, ...]:
        """For a table: events/s, ratio and spread, p50 and p99 with the ratio to bare."""
        verhoudingen = [m / k for m, k in zip(self.per_seconde, self.per_seconde_kaal, strict=True)]
        return (
            self.naam,
            f"{statistics.median(self.per_seconde):,.0f}/s".replace(",", "."),
            _getal(statistics.median(verhoudingen)),
            f"{_getal(min(verhoudingen))} – {_getal(max(verhoudingen))}",
            *(
                f"{_getal(_percentiel(self.duren, deel), 1)} ms ("
                f"{_getal(_percentiel(self.duren, deel) / _percentiel(self.duren_kaal, deel), 1)}×)"
                for deel in (0.50, 0.99)
            ),
        )

    def kale_regel(self) -> tuple[str, ...]:
        """The bare pair in the same table."""
        return (
            "kaal: producer en consumers",
            f"{statistics.median(self.per_seconde_kaal):,.0f}/s".replace(",", "."),
            *("", ""),
            *(f"{_getal(_percentiel(self.duren_kaal, deel), 1)} ms" for deel in (0.50, 0.99)),
        )


@dataclass(frozen=True)
class Inhaalslag:
    """Reading a long feed from its start, and a bare consumer reading as many bytes an event.

    meedoen, kaal: events per second; geheugen_mb: the most that the gateway used in the whole run.
    """

    aantal: int
    meedoen: float
    kaal: float
    geheugen_mb: float

    def regel(self) -> str:
        return (
            f"{self.aantal:,} gebeurtenissen uit de feed ingehaald met {self.meedoen:,.0f}/s; "
            f"een kale consumer leest {self.kaal:,.0f}/s, verhouding "
        ).replace(",", ".") + (
            f"{_getal(self.meedoen / self.kaal)}; de gateway gebruikte hoogstens "
            f"{self.geheugen_mb:.0f} MB"
        )


def _percentiel(waarden: Sequence[float], deel: float) -> float:
    gesorteerd = sorted(waarden)
    return gesorteerd[min(len(gesorteerd) - 1, int(len(gesorteerd) * deel))]


def _oordeel(gehaald: bool) -> str:
    return "gehaald" if gehaald else "NIET GEHAALD"


def _getal(waarde: float, decimalen: int = 2) -> str:
    return f"{waarde:.{decimalen}f}".replace(".", ",")
