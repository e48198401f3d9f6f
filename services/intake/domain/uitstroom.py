"""Uitstroom: why a kandidaat leaves, as CBS counts it, and what the chain may know of that."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID


class Uitstroomreden(StrEnum):
    """The reasons of the CBS Bijstandsuitkeringenstatistiek (BUS); ``BUS_CODES`` has the codes."""

    ONDERWIJS = "onderwijs"
    RELATIE = "relatie"
    AOW = "aow"
    OVERLIJDEN = "overlijden"
    DETENTIE = "detentie"
    ARBEID = "arbeid"
    ZELFSTANDIG = "zelfstandig"
    WW = "ww"
    ARBEIDSONGESCHIKT = "arbeidsongeschikt"
    ALIMENTATIE = "alimentatie"
    GEEN_INLICHTINGEN = "geen-inlichtingen"
    VERHUIZING = "verhuizing"
    BUITENLAND = "buitenland"
    NIET_VERSCHENEN_OPROEP = "niet-verschenen-oproep"
    NIET_VERSCHENEN_OVERIG = "niet-verschenen-overig"
    ANDERS = "anders"


class Uitstroombestemming(StrEnum):
    """Where a kandidaat flowed out to, no closer than the chain needs."""

    REGULIER_WERK = "regulier-werk"
    ZELFSTANDIG = "zelfstandig"
    ONDERWIJS = "onderwijs"
    VERHUISD = "verhuisd"
    OVERLEDEN = "overleden"
    ANDERS = "anders"


BUS_CODES: Final[dict[Uitstroomreden, str]] = {
    Uitstroomreden.ONDERWIJS: "01",
    Uitstroomreden.RELATIE: "02",
    Uitstroomreden.AOW: "03",
    Uitstroomreden.OVERLIJDEN: "04",
    Uitstroomreden.DETENTIE: "05",
    Uitstroomreden.ARBEID: "11",
    Uitstroomreden.ZELFSTANDIG: "13",
    Uitstroomreden.WW: "14",
    Uitstroomreden.ARBEIDSONGESCHIKT: "15",
    Uitstroomreden.ALIMENTATIE: "17",
    Uitstroomreden.GEEN_INLICHTINGEN: "31",
    Uitstroomreden.VERHUIZING: "32",
    Uitstroomreden.BUITENLAND: "33",
    Uitstroomreden.NIET_VERSCHENEN_OPROEP: "34",
    Uitstroomreden.NIET_VERSCHENEN_OVERIG: "35",
    Uitstroomreden.ANDERS: "98",
}
"""Regeling statistiek Participatiewet, annex 1: reden beëindiging.  What tells 34 from 35 is our
own reading; the source names both "niet verschenen"."""

_BESTEMMINGEN: Final = {
    Uitstroomreden.ARBEID: Uitstroombestemming.REGULIER_WERK,
    Uitstroomreden.ZELFSTANDIG: Uitstroombestemming.ZELFSTANDIG,
    Uitstroomreden.ONDERWIJS: Uitstroombestemming.ONDERWIJS,
    Uitstroomreden.VERHUIZING: Uitstroombestemming.VERHUISD,
    Uitstroomreden.BUITENLAND: Uitstroombestemming.VERHUISD,
    Uitstroomreden.OVERLIJDEN: Uitstroombestemming.OVERLEDEN,
}


@dataclass(frozen=True, slots=True)
class Uitstroom:
    """A kandidaat left on a day; teruggevallen_op: when that was undone."""

    uitstroom_id: UUID
    kandidaat_id: UUID
    ronde: int
    uitgestroomd_op: date
    reden: Uitstroomreden
    teruggevallen_op: date | None = None

    @property
    def bestemming(self) -> Uitstroombestemming:
        """What others may know: detentie, illness and the like are all ANDERS."""
        return _BESTEMMINGEN.get(self.reden, Uitstroombestemming.ANDERS)

    @property
    def bus_code(self) -> str:
        return BUS_CODES[self.reden]


def twaalf_maanden_na(dag: date) -> date:
    """The same day a year later; 28 February for the 29th.

    Our own term for the terugvaloptie, which the sources do not bound; for using data again it is
    that of art. 43a Participatiewet.
    """
    jaar = dag.year + 1
    return dag.replace(year=jaar, day=min(dag.day, monthrange(jaar, dag.month)[1]))
