"""Which terms run for a placement, by what was agreed and by art. 10a Participatiewet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Final

from services.plaatsing.domain.einde import Plaatsingsoort
from services.plaatsing.domain.kalender import laatste_dag_na_maanden
from services.plaatsing.domain.overige_plaatsing import HEROVERWEGING_MAANDEN, OverigePlaatsing
from services.plaatsing.domain.plaatsing import Plaatsing
from services.plaatsing.domain.termijn import Plaatsingstermijnsoort

SCHOLING_MAANDEN: Final = 6
PREMIE_MAANDEN: Final = 6


@dataclass(frozen=True, slots=True)
class TeBewaken:
    """kenmerk: which one, where there are several of a soort."""

    soort: Plaatsingstermijnsoort
    laatste_dag: date
    kenmerk: str = ""


def te_bewaken(plaatsing: Plaatsing) -> list[TeBewaken]:
    """The terms of a placement that runs: its agreed end, and those of a participatieplaats."""
    einde = plaatsing.tot_en_met
    if einde is None:
        return []
    termijnen = [TeBewaken(Plaatsingstermijnsoort.EINDE_PLAATSING, einde)]
    if (
        isinstance(plaatsing, OverigePlaatsing)
        and plaatsing.soort is Plaatsingsoort.PARTICIPATIEPLAATS
    ):
        termijnen += _participatieplaats(plaatsing, einde)
    return termijnen


def _participatieplaats(plaatsing: OverigePlaatsing, einde: date) -> list[TeBewaken]:
    """Only what falls within it: a shorter one is over before it is due."""

    def na(maanden: int) -> date:
        return laatste_dag_na_maanden(plaatsing.begin, maanden)

    termijnen = [TeBewaken(Plaatsingstermijnsoort.SCHOLINGSAANBOD, na(SCHOLING_MAANDEN))]
    if plaatsing.heroverwogen_op is None:
        termijnen.append(
            TeBewaken(
                Plaatsingstermijnsoort.HEROVERWEGING_PARTICIPATIEPLAATS, na(HEROVERWEGING_MAANDEN)
            )
        )
    for nummer in count(1):
        premie = na(nummer * PREMIE_MAANDEN)
        if premie > einde:
            break
        soort = Plaatsingstermijnsoort.PREMIE_PARTICIPATIEPLAATS
        termijnen.append(TeBewaken(soort, premie, str(nummer)))
    return [termijn for termijn in termijnen if termijn.laatste_dag <= einde]
