"""The amount of loonkostensubsidie by the figures of law that hold on a day."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from services.financiering.domain.leeftijdsgroep import Leeftijdsgroep
from services.financiering.domain.loonkostensubsidie import (
    Arbeidsduur,
    Berekening,
    forfaitaire_loonkostensubsidie,
    loonkostensubsidie,
    regeling_op,
)
from services.financiering.domain.werkgeverslasten import werkgeverslasten_op
from services.financiering.domain.wettelijk_minimumloon import minimumloon_per_maand


# Asked for every month of every subsidy, with few different answers.
@lru_cache(maxsize=1024)
def bereken(
    peildatum: date, groep: Leeftijdsgroep, arbeidsduur: Arbeidsduur, loonwaarde: int | None
) -> Berekening:
    """The amount of a whole month, by minimum wage and charges of `peildatum`.

    loonwaarde: whole percents; None is the forfait.
    Raises DatumBuitenTabel where the law's figures are not known, and OngeldigeLoonwaarde.
    """
    regeling = regeling_op(peildatum)
    minimumloon = minimumloon_per_maand(peildatum, groep)
    lasten = werkgeverslasten_op(peildatum)
    if loonwaarde is None:
        berekening = forfaitaire_loonkostensubsidie(
            minimumloon.bedrag, arbeidsduur, regeling, lasten.percentage
        )
    else:
        berekening = loonkostensubsidie(
            minimumloon.bedrag, loonwaarde, arbeidsduur, regeling, lasten.percentage
        )
    onzeker = []
    if minimumloon.onzeker:
        onzeker.append(f"minimumloon: {minimumloon.bron}")
    if lasten.onzeker:
        onzeker.append(f"werkgeverslasten: {lasten.bron}")
    return berekening.met_onzekerheden(tuple(onzeker))
