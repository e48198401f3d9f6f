"""In-, door- en uitstroom in a period: who began, went on to another placement, or left.

Per kind it counts placements, over all kinds it counts kandidaten, each once however many
placements they have at a time.  Every count closes: what there was, with what came, without what
went, is what there is.  Regular work is no place of a kandidaat any more: who goes there leaves.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from services.plaatsing.domain.einde import Eindereden, Plaatsingsoort
from services.plaatsing.domain.kalender import EEN_DAG
from services.plaatsing.domain.tijden import Tijd, aaneen


@dataclass(frozen=True, slots=True)
class Stroomfeit:
    """One placement. laatste_dag: as it ran or as agreed, None goes on; eindereden None: not said.

    komt_uit: the kind from which the kandidaat came here; gaat_door_op: the day on which the next
    placement began. Who left and came back did not go on: neither is filled.
    """

    kandidaat_id: UUID
    soort: Plaatsingsoort
    begin: date
    laatste_dag: date | None
    eindereden: Eindereden | None = None
    komt_uit: Plaatsingsoort | None = None
    gaat_door_op: date | None = None

    @property
    def einde(self) -> date:
        return self.laatste_dag or date.max


class Telling(StrEnum):
    """In which figures of a period a placement counts."""

    BEGINSTAND = "beginstand"
    INSTROOM = "instroom"
    DOORSTROOM_IN = "doorstroom-in"
    DOORSTROOM_UIT = "doorstroom-uit"
    UITSTROOM = "uitstroom"
    EINDSTAND = "eindstand"


def tellingen(feit: Stroomfeit, vanaf: date, tot_en_met: date) -> tuple[Telling, ...]:
    """Where it comes from and where it goes, as far as it ran in the period: two, or none."""
    if feit.einde < vanaf or tot_en_met < feit.begin:
        return ()
    if feit.begin < vanaf:
        komt = Telling.BEGINSTAND
    else:
        komt = Telling.INSTROOM if feit.komt_uit is None else Telling.DOORSTROOM_IN
    if feit.laatste_dag is None or tot_en_met < feit.laatste_dag:
        gaat = Telling.EINDSTAND
    else:
        gaat = Telling.UITSTROOM if feit.gaat_door_op is None else Telling.DOORSTROOM_UIT
    return komt, gaat


@dataclass(frozen=True, slots=True)
class Stroomregel:
    """Of placements of one kind. beginstand: began before the period and ran in it; eindstand: ran
    in it and goes on after. uitstroom: by reason, None is an agreed end of which none was said.
    """

    soort: Plaatsingsoort
    beginstand: int
    instroom: int
    doorstroom_in: int
    doorstroom_uit: int
    uitstroom: Mapping[Eindereden | None, int]
    eindstand: int


@dataclass(frozen=True, slots=True)
class Kandidatenstroom:
    """Of kandidaten with a placement. Who leaves and returns in the period counts both times."""

    beginstand: int
    instroom: int
    uitstroom: int
    eindstand: int


@dataclass(frozen=True, slots=True)
class Doorstroom:
    """How many began in a placement out of another: forward, or back to more guidance."""

    van: Plaatsingsoort
    naar: Plaatsingsoort
    aantal: int


@dataclass(frozen=True, slots=True)
class Stroom:
    regels: tuple[Stroomregel, ...]
    kandidaten: Kandidatenstroom
    doorstroom: tuple[Doorstroom, ...]


def tel(
    feiten: Collection[Stroomfeit],
    vanaf: date,
    tot_en_met: date,
    soorten: Collection[Plaatsingsoort] = tuple(Plaatsingsoort),
) -> Stroom:
    """Both days count. feiten: at least of who had a placement from the day before to the day
    after; of other kinds than these nothing is counted.
    """
    gevraagd = [feit for feit in feiten if feit.soort in soorten]
    begonnen = [feit for feit in gevraagd if vanaf <= feit.begin <= tot_en_met]
    per_soort: dict[Plaatsingsoort, list[Stroomfeit]] = defaultdict(list)
    for feit in gevraagd:
        per_soort[feit.soort].append(feit)
    paren = Counter((feit.komt_uit, feit.soort) for feit in begonnen if feit.komt_uit is not None)
    volgorde = list(Plaatsingsoort)
    return Stroom(
        tuple(
            _regel(soort, per_soort[soort], vanaf, tot_en_met)
            for soort in volgorde
            if soort in soorten
        ),
        _kandidaten(gevraagd, vanaf, tot_en_met),
        tuple(
            Doorstroom(van, naar, paren[van, naar])
            for van in volgorde
            for naar in volgorde
            if (van, naar) in paren
        ),
    )


def _regel(
    soort: Plaatsingsoort, feiten: Sequence[Stroomfeit], vanaf: date, tot_en_met: date
) -> Stroomregel:
    geteld: Counter[Telling] = Counter()
    redenen: Counter[Eindereden | None] = Counter()
    for feit in feiten:
        telt = tellingen(feit, vanaf, tot_en_met)
        geteld.update(telt)
        if Telling.UITSTROOM in telt:
            redenen[feit.eindereden] += 1
    return Stroomregel(
        soort,
        geteld[Telling.BEGINSTAND],
        geteld[Telling.INSTROOM],
        geteld[Telling.DOORSTROOM_IN],
        geteld[Telling.DOORSTROOM_UIT],
        redenen,
        geteld[Telling.EINDSTAND],
    )


def _kandidaten(feiten: Sequence[Stroomfeit], vanaf: date, tot_en_met: date) -> Kandidatenstroom:
    per_kandidaat: dict[UUID, list[Tijd]] = defaultdict(list)
    for feit in feiten:
        if feit.soort is not Plaatsingsoort.REGULIER:
            # The days between a placement and the one they went on to are not without.
            einde = feit.gaat_door_op - EEN_DAG if feit.gaat_door_op else feit.einde
            per_kandidaat[feit.kandidaat_id].append((feit.begin, einde))
    tijden = [tijd for van_een in per_kandidaat.values() for tijd in aaneen(van_een)]
    return Kandidatenstroom(
        beginstand=sum(begin < vanaf <= einde for begin, einde in tijden),
        instroom=sum(vanaf <= begin <= tot_en_met for begin, _ in tijden),
        uitstroom=sum(vanaf <= einde <= tot_en_met and einde != date.max for _, einde in tijden),
        eindstand=sum(
            begin <= tot_en_met and (tot_en_met < einde or einde == date.max)
            for begin, einde in tijden
        ),
    )
