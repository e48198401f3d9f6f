"""What one more step of a process costs, as its length grows: all steps are done again at each."""

from __future__ import annotations

import time
from datetime import date
from typing import Final

from deploy.bench.uitslag import Stappen
from services.intake import procesversies
from services.intake.domain.proces import Feiten, GezetteStap
from services.intake.motor import speel

_DAG: Final = date(2026, 11, 20)
_ALTIJD: Final[Feiten] = {
    "leeftijd": 34,
    "doelgroep": "pwet",
    "instroomkanaal": "werk-nl",
    "gebiedsteam": "",
    "model": "zonder-wsd",
}
_LENGTES: Final = (5, 10, 20, 40)
_KEER: Final = 40


def meet() -> Stappen:
    """Alphen, whose re-integratie can go round as often as it takes."""
    definitie = procesversies.nieuwste("0484")
    begin = [
        GezetteStap("klantfoto", _DAG, {"crisis": False, "hulpvraag": "meervoudig"}),
        GezetteStap("integrale-intake", _DAG, {"bed_bad_brood": False}),
        GezetteStap("inkomen", _DAG, {}),
        GezetteStap("onderdak", _DAG, {}),
        GezetteStap("opties", _DAG, {"groep": "groep-3"}),
        GezetteStap("re-integratieplan", _DAG, {}),
    ]
    rondje = [
        GezetteStap("instrument", _DAG, {"instrument_keuze": "onderzoek"}),
        GezetteStap("diagnostisch-onderzoek", _DAG, {}),
    ]
    duren: dict[int, float] = {}
    for lengte in _LENGTES:
        gezet = (begin + rondje * lengte)[:lengte]
        start = time.perf_counter()
        for _ in range(_KEER):
            speel(definitie, _ALTIJD, _DAG, gezet)
        duren[lengte] = (time.perf_counter() - start) / _KEER * 1000
    return Stappen(duren)
