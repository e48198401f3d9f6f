"""May the running subsidies be re-set for a year: art. 10d lid 7 Participatiewet."""

from __future__ import annotations

from datetime import date

from services.financiering.domain.fouten import IndexatieTeVroeg, OnzekereCijfers
from services.financiering.domain.leeftijdsgroep import Leeftijdsgroep
from services.financiering.domain.loonkostensubsidie import regeling_op
from services.financiering.domain.werkgeverslasten import werkgeverslasten_op
from services.financiering.domain.wettelijk_minimumloon import minimumloon_per_maand


def eis_te_indexeren(jaar: int, vandaag: date, *, ook_onzeker: bool) -> None:
    """The figures of 1 January of this year are known, and that day has come.

    ook_onzeker: figures that were not found in a source will do.
    Raises IndexatieTeVroeg, DatumBuitenTabel, OnzekereCijfers.
    """
    januari = date(jaar, 1, 1)
    regeling_op(januari)
    minimumlonen = [minimumloon_per_maand(januari, groep) for groep in Leeftijdsgroep]
    lasten = werkgeverslasten_op(januari)
    if vandaag < januari:
        raise IndexatieTeVroeg(
            f"De bedragen van {jaar} gelden vanaf {januari.isoformat()}. Herzie ze vanaf die dag: "
            "wat er tot dan nog verandert telt dan mee."
        )
    onzeker = dict.fromkeys(
        (
            *(f"minimumloon: {loon.bron}" for loon in minimumlonen if loon.onzeker),
            *(f"werkgeverslasten: {lasten.bron}" for _ in range(lasten.onzeker)),
        )
    )
    if onzeker and not ook_onzeker:
        raise OnzekereCijfers(
            f"Van {jaar} is niet in een bron gevonden: {'; '.join(onzeker)}. Controleer dit, en "
            "herzie daarna met de keuze voor onzekere cijfers."
        )
