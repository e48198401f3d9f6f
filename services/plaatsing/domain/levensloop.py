"""The story of one kandidaat as one line: placements, changes, ends, gaps, uitstroom, terugval."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from services.plaatsing.domain.einde import Eindereden, Plaatsingsoort
from services.plaatsing.domain.kalender import EEN_DAG
from services.plaatsing.domain.verloop import Stand, Wijziging, wijzigingen


class Uitstroomsoort(StrEnum):
    """What intake says of leaving and coming back."""

    UITSTROOM = "uitstroom"
    TERUGVAL = "terugval"
    HERAANMELDING = "heraanmelding"


@dataclass(frozen=True, slots=True)
class Uitstroomfeit:
    """bestemming: of an uitstroom, where to."""

    soort: Uitstroomsoort
    op: date
    bestemming: str | None = None


@dataclass(frozen=True, slots=True)
class Loopbaanfeiten:
    """One placement with all that became of it; tot_en_met None is open-ended.

    verlengingen: day of the decision and the new last day.
    """

    plaatsing_id: UUID
    soort: Plaatsingsoort
    begin: date
    tot_en_met: date | None
    eindereden: Eindereden | None
    vorige_plaatsing_id: UUID | None
    standen: Sequence[Stand]
    verlengingen: Sequence[tuple[date, date]] = ()


class Stapsoort(StrEnum):
    PLAATSING_BEGONNEN = "plaatsing-begonnen"
    PLAATSING_GEWIJZIGD = "plaatsing-gewijzigd"
    PLAATSING_VERLENGD = "plaatsing-verlengd"
    PLAATSING_GEEINDIGD = "plaatsing-geeindigd"
    ZONDER_PLAATSING = "zonder-plaatsing"
    UITSTROOM = "uitstroom"
    TERUGVAL = "terugval"
    HERAANMELDING = "heraanmelding"


@dataclass(frozen=True, slots=True)
class Stap:
    """One thing that happened, on a day. Which fields are filled follows from what it is.

    stand: what holds from its begin on; wijziging: what became different; tot_en_met: of a gap its
    last day (None: it goes on), of an extension the new last day.
    """

    op: date
    wat: Stapsoort
    plaatsing_id: UUID | None = None
    soort: Plaatsingsoort | None = None
    vorige_plaatsing_id: UUID | None = None
    stand: Stand | None = None
    wijziging: Wijziging | None = None
    tot_en_met: date | None = None
    eindereden: Eindereden | None = None
    bestemming: str | None = None


_VOLGORDE = {
    wat: n
    for n, wat in enumerate(
        (
            Stapsoort.HERAANMELDING,
            Stapsoort.TERUGVAL,
            Stapsoort.PLAATSING_BEGONNEN,
            Stapsoort.PLAATSING_VERLENGD,
            Stapsoort.PLAATSING_GEWIJZIGD,
            Stapsoort.PLAATSING_GEEINDIGD,
            Stapsoort.UITSTROOM,
            Stapsoort.ZONDER_PLAATSING,
        )
    )
}
"""Of what happened on one day: first what begins, then what ends."""


def verhaal(
    plaatsingen: Sequence[Loopbaanfeiten], feiten: Iterable[Uitstroomfeit], vandaag: date
) -> list[Stap]:
    """Everything in order of the day on which it happened.

    A gap is a time without any placement after the first one, up to today, in which the kandidaat
    had not flowed out.
    """
    gebeurd = list(feiten)
    stappen = [stap for plaatsing in plaatsingen for stap in _stappen(plaatsing)]
    stappen += [Stap(f.op, Stapsoort(f.soort), bestemming=f.bestemming) for f in gebeurd]
    stappen += _zonder_plaatsing(plaatsingen, gebeurd, vandaag)
    return sorted(stappen, key=lambda stap: (stap.op, _VOLGORDE[stap.wat]))


def _stappen(plaatsing: Loopbaanfeiten) -> Iterator[Stap]:
    id_, soort = plaatsing.plaatsing_id, plaatsing.soort
    yield Stap(
        plaatsing.begin,
        Stapsoort.PLAATSING_BEGONNEN,
        id_,
        soort,
        vorige_plaatsing_id=plaatsing.vorige_plaatsing_id,
        stand=plaatsing.standen[0],
    )
    for wijziging in wijzigingen(plaatsing.standen):
        if plaatsing.eindereden is None or wijziging.vanaf <= (plaatsing.tot_en_met or date.max):
            yield Stap(
                wijziging.vanaf, Stapsoort.PLAATSING_GEWIJZIGD, id_, soort, wijziging=wijziging
            )
    for op, tot_en_met in plaatsing.verlengingen:
        yield Stap(op, Stapsoort.PLAATSING_VERLENGD, id_, soort, tot_en_met=tot_en_met)
    if plaatsing.eindereden is not None and plaatsing.tot_en_met is not None:
        yield Stap(
            plaatsing.tot_en_met,
            Stapsoort.PLAATSING_GEEINDIGD,
            id_,
            soort,
            eindereden=plaatsing.eindereden,
        )


def _zonder_plaatsing(
    plaatsingen: Sequence[Loopbaanfeiten], feiten: Sequence[Uitstroomfeit], vandaag: date
) -> Iterator[Stap]:
    """Times between the first placement and today with none, and without uitstroom."""
    vrij: date | None = None
    for plaatsing in sorted(plaatsingen, key=lambda p: p.begin):
        if vrij is not None and vrij < plaatsing.begin:
            yield from _zonder_uitstroom(vrij, plaatsing.begin - EEN_DAG, feiten)
        if plaatsing.tot_en_met is None:
            return
        vrij = max(vrij or date.min, plaatsing.tot_en_met + EEN_DAG)
    if vrij is not None and vrij <= vandaag:
        yield from _zonder_uitstroom(vrij, None, feiten)


def _zonder_uitstroom(
    van: date, tot_en_met: date | None, feiten: Sequence[Uitstroomfeit]
) -> Iterator[Stap]:
    """What is left of a time without the days on which the kandidaat had flowed out."""
    begin: date | None = van
    for feit in sorted(feiten, key=lambda f: f.op):
        if tot_en_met is not None and feit.op > tot_en_met:
            break
        if feit.soort is Uitstroomsoort.UITSTROOM:
            if begin is not None and begin < feit.op:
                yield Stap(begin, Stapsoort.ZONDER_PLAATSING, tot_en_met=feit.op - EEN_DAG)
            begin = None
        else:
            begin = max(van, feit.op) if begin is None else begin
    if begin is not None:
        yield Stap(begin, Stapsoort.ZONDER_PLAATSING, tot_en_met=tot_en_met)
