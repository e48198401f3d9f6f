"""The transitiearrangement in figures, as bron 003 shows them: who is seconded and what their work
is worth, why placements ended, and how much of the taakstelling there was.

A place in it has on a day whom WSD placed in a job with loonkostensubsidie, in beschut werk or in a
detachering, and who is not of the Wsw: one place each. Bron 003 calls the arrangement detachering
with loonkostensubsidie; that who works at WSD without being seconded counts too is our own reading.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final
from uuid import UUID

from services.plaatsing.domain.einde import Eindereden, Plaatsingsoort, einderedenen
from services.plaatsing.domain.tijden import Tijd, aaneen

DETACHERING: Final = (
    Plaatsingsoort.DETACHERING_BESCHUT,
    Plaatsingsoort.DETACHERING_GROEP,
    Plaatsingsoort.DETACHERING_DOORSTROOM,
    Plaatsingsoort.DETACHERING_INDIVIDUEEL,
)
"""In the order of bron 003."""
DIENSTVERBAND: Final = (Plaatsingsoort.LKS_DIENSTVERBAND, Plaatsingsoort.BESCHUT_WERK)

_TIENDE: Final = Decimal("0.1")
_HONDERDSTE: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Samenstelling:
    """Who is seconded in one way, or in all (soort None): whole percents of all, half up.

    gemiddelde_loonwaarde: of whom it is known, to one decimal, rounded down: no six whole percents
    give the 38,6 of bron 003 otherwise.
    """

    soort: Plaatsingsoort | None
    aantal: int
    procent: int
    zonder_loonwaarde: int
    gemiddelde_loonwaarde: Decimal | None
    laagste_loonwaarde: int | None
    hoogste_loonwaarde: int | None


def stel_samen(
    gedetacheerd: Mapping[tuple[Plaatsingsoort, int | None], int],
) -> tuple[Samenstelling, ...]:
    """A row per soort detachering, then one of all. gedetacheerd: how many with which loonwaarde,
    None where it is not known.
    """
    allen = sum(gedetacheerd.values())
    return tuple(
        _samenstelling(
            soort,
            [(w, aantal) for (van, w), aantal in gedetacheerd.items() if soort in (None, van)],
            allen,
        )
        for soort in (*DETACHERING, None)
    )


def _samenstelling(
    soort: Plaatsingsoort | None, waarden: Sequence[tuple[int | None, int]], allen: int
) -> Samenstelling:
    aantal = sum(n for _, n in waarden)
    bekend = [(waarde, n) for waarde, n in waarden if waarde is not None]
    met_loonwaarde = sum(n for _, n in bekend)
    som = Decimal(sum(waarde * n for waarde, n in bekend))
    return Samenstelling(
        soort,
        aantal,
        procent(Fraction(aantal), allen),
        aantal - met_loonwaarde,
        (som / met_loonwaarde).quantize(_TIENDE, ROUND_DOWN) if bekend else None,
        min((waarde for waarde, _ in bekend), default=None),
        max((waarde for waarde, _ in bekend), default=None),
    )


def procent(deel: Fraction, geheel: int) -> int:
    """Whole percents, half up; nothing of nothing is 0."""
    if not geheel:
        return 0
    return _rond(deel * 100 / geheel)


def _rond(waarde: Fraction) -> int:
    """Half up, of what is not negative."""
    return int(waarde + Fraction(1, 2))


@dataclass(frozen=True, slots=True)
class Eindes:
    """Why placements of some kinds ended; every reason they can have, in one order."""

    redenen: tuple[tuple[Eindereden, int], ...]

    @property
    def totaal(self) -> int:
        return sum(aantal for _, aantal in self.redenen)


def tel_eindes(
    geeindigd: Mapping[tuple[Plaatsingsoort, Eindereden], int], soorten: Iterable[Plaatsingsoort]
) -> Eindes:
    """Of these kinds together."""
    mogelijk = list(soorten)
    return Eindes(
        tuple(
            (reden, sum(geeindigd.get((soort, reden), 0) for soort in mogelijk))
            for reden in Eindereden
            if any(reden in einderedenen(soort) for soort in mogelijk)
        )
    )


@dataclass(frozen=True, slots=True)
class Plaats:
    """A time in which a kandidaat has a place; one kandidaat can have more at once."""

    kandidaat_id: UUID
    gemeentecode: str
    tijd: Tijd


@dataclass(frozen=True, slots=True)
class Taakstelling:
    """How many places were agreed for a gemeente in a calendar year."""

    gemeentecode: str
    jaar: int
    plaatsen: int


@dataclass(frozen=True, slots=True)
class Realisatie:
    """gemiddeld: places on average over the days of the year so far."""

    taakstelling: Taakstelling
    gemiddeld: Fraction

    @property
    def gerealiseerd(self) -> int:
        """To whole places, half up."""
        return _rond(self.gemiddeld)

    @property
    def gemiddeld_afgerond(self) -> Decimal:
        """To hundredths, half up."""
        teller, noemer = self.gemiddeld.as_integer_ratio()
        return (Decimal(teller) / noemer).quantize(_HONDERDSTE, ROUND_HALF_UP)

    @property
    def procent(self) -> int:
        return procent(self.gemiddeld, self.taakstelling.plaatsen)


def realiseer(
    taakstellingen: Iterable[Taakstelling], plaatsen: Iterable[Plaats], tot_en_met: date
) -> tuple[Realisatie, ...]:
    """Of every taakstelling of a year that began by then: the places there were on average.

    A taakstelling is of a year, and the number of places changes by the day: bron 003 says 42 of 58
    is 73%, which is of no whole number. That it is an average of days is our own reading.
    """
    per_gemeente: dict[str, dict[UUID, list[Tijd]]] = defaultdict(lambda: defaultdict(list))
    for plaats in plaatsen:
        per_gemeente[plaats.gemeentecode][plaats.kandidaat_id].append(plaats.tijd)
    aaneengesloten = {
        gemeentecode: [tijd for tijden in per_kandidaat.values() for tijd in aaneen(tijden)]
        for gemeentecode, per_kandidaat in per_gemeente.items()
    }
    return tuple(
        Realisatie(
            taakstelling,
            _gemiddeld(
                aaneengesloten.get(taakstelling.gemeentecode, []),
                date(taakstelling.jaar, 1, 1),
                min(date(taakstelling.jaar, 12, 31), tot_en_met),
            ),
        )
        for taakstelling in taakstellingen
        if date(taakstelling.jaar, 1, 1) <= tot_en_met
    )


def _gemiddeld(tijden: Iterable[Tijd], van: date, tot_en_met: date) -> Fraction:
    dagen = sum(
        max((min(einde, tot_en_met) - max(begin, van)).days + 1, 0) for begin, einde in tijden
    )
    return Fraction(dagen, (tot_en_met - van).days + 1)
