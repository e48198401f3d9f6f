"""What stands in a report of planregie, frozen on the day on which it was made (bron 003)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from services.diagnose.domain.planregie import (
    Betrokkene,
    Doel,
    Functie,
    Planregie,
    Rapportage,
    Rapportagesoort,
    Verlenging,
)
from services.diagnose.domain.zrm import ZrmDomein, ZrmMeting
from services.diagnose.domain.zrm_vergelijking import ZrmVergelijking


@dataclass(frozen=True, slots=True)
class Urenregel:
    """Hours of one person: in the first three months, and after."""

    medewerker: str
    functie: Functie
    eerste_drie_maanden: Decimal
    daarna: Decimal

    @property
    def totaal(self) -> Decimal:
        return self.eerste_drie_maanden + self.daarna


@dataclass(frozen=True, slots=True)
class Rapport:
    """The content of one report. gemeentecode: of the kandidaat on that day.

    zrm_niveaus: of the newest measurement, in the order of the matrix. vergelijking: with that of
    the trajectplan, taken on zrm_eerder_op; None in a trajectplan, which has nothing to compare.
    figuur: SVG of the same. samenvatting and vervolg: what the planregisseur adds in words.
    """

    rapportage_id: UUID
    soort: Rapportagesoort
    versie: int
    gemeentecode: str
    gemaakt_op: date
    gestart_op: date
    einddatum: date
    beeindigd_op: date | None
    verlengingen: tuple[Verlenging, ...]
    doelen: tuple[Doel, ...]
    uren: tuple[Urenregel, ...]
    betrokkenen: tuple[Betrokkene, ...]
    zrm_op: date
    zrm_niveaus: tuple[tuple[ZrmDomein, int], ...]
    zrm_eerder_op: date | None
    vergelijking: ZrmVergelijking | None
    figuur: str
    samenvatting: str
    vervolg: str


def urenstaat(planregie: Planregie) -> tuple[Urenregel, ...]:
    """All hours booked, per person and function."""
    per_persoon: dict[tuple[Functie, str], list[Decimal]] = {}
    for inzet in planregie.inzet:
        wie = per_persoon.setdefault((inzet.functie, inzet.medewerker), [Decimal(0), Decimal(0)])
        wie[inzet.op > planregie.drie_maanden] += inzet.uren
    return tuple(
        Urenregel(medewerker, functie, eerst, daarna)
        for (functie, medewerker), (eerst, daarna) in sorted(per_persoon.items())
    )


def stel_op(
    planregie: Planregie,
    rapportage: Rapportage,
    meting: ZrmMeting,
    eerder: ZrmMeting | None,
    vergelijking: ZrmVergelijking | None,
    *,
    gemeentecode: str,
    figuur: str,
    samenvatting: str,
    vervolg: str,
) -> Rapport:
    """The report as the planregie stands now. eerder, vergelijking: None in a trajectplan."""
    if planregie.gestart_op is None:
        raise ValueError("a report is of a traject that has begun")
    return Rapport(
        rapportage_id=rapportage.rapportage_id,
        soort=rapportage.soort,
        versie=rapportage.versie,
        gemeentecode=gemeentecode,
        gemaakt_op=rapportage.gemaakt_op,
        gestart_op=planregie.gestart_op,
        einddatum=planregie.geplande_einddatum,
        beeindigd_op=planregie.beeindigd_op,
        verlengingen=planregie.verlengingen,
        doelen=planregie.doelen,
        uren=urenstaat(planregie),
        betrokkenen=planregie.betrokkenen,
        zrm_op=meting.afgenomen_op,
        zrm_niveaus=tuple((score.domein, score.niveau) for score in meting.scores),
        zrm_eerder_op=None if eerder is None else eerder.afgenomen_op,
        vergelijking=vergelijking,
        figuur=figuur,
        samenvatting=samenvatting,
        vervolg=vervolg,
    )
