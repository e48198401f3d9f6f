"""The result of planregie over many kandidaten, as the table of bron 003 (Resultaten) has it.

Its columns are groups of inwoners by how far they are: not started; running, at their second ZRM
(3 months); finished, at their third (6 months). What it calls hours "in the first three months" (18
of 26 on average) are the 132 of the 7 who run; the 160 of the 6 who finished are their whole 26.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from services.diagnose.domain.planregie import Doelstand, Planregie, Planregiestatus
from services.diagnose.domain.zrm import ZrmDomein


@dataclass(frozen=True, slots=True)
class Kolom:
    """A group: how many, their doelen, those reached in the period of the column, their hours."""

    inwoners: int
    doelen_gesteld: int
    doelen_behaald: int
    uren: Decimal


@dataclass(frozen=True, slots=True)
class Planregiecijfers:
    """The table.

    nog_niet_begonnen: put forward, and not decided on. lopend counts doelen reached in the first
    three months, afgerond in the first six, totaal all that were reached. stappen: net, between the
    trajectplan and the newest report after it; domains without any are left out.
    gemiddeld_aantal_organisaties: of trajecten that began, one decimal; None when there is none.
    """

    nog_niet_begonnen: int
    niet_gestart: int
    lopend: Kolom
    afgerond: Kolom
    totaal: Kolom
    stappen: tuple[tuple[ZrmDomein, int], ...]
    gemiddeld_aantal_organisaties: Decimal | None


def tel(planregies: Sequence[Planregie]) -> Planregiecijfers:
    """The table of these planregies; the order of them makes no difference."""
    begonnen = [planregie for planregie in planregies if planregie.gestart_op is not None]
    lopend = [planregie for planregie in begonnen if not planregie.afgerond]
    afgerond = [planregie for planregie in begonnen if planregie.afgerond]
    status = Counter(planregie.status for planregie in planregies)
    stappen: Counter[ZrmDomein] = Counter()
    for planregie in begonnen:
        for domein, aantal in planregie.stappen:
            stappen[domein] += aantal
    organisaties = sum(planregie.aantal_organisaties for planregie in begonnen)
    return Planregiecijfers(
        nog_niet_begonnen=status[Planregiestatus.AANGEMELD],
        niet_gestart=status[Planregiestatus.NIET_GESTART],
        lopend=_kolom(
            lopend,
            sum(d.behaald_uiterlijk(p.drie_maanden) for p in lopend for d in p.doelen),
        ),
        afgerond=_kolom(
            afgerond,
            sum(d.behaald_uiterlijk(p.zes_maanden) for p in afgerond for d in p.doelen),
        ),
        totaal=_kolom(
            planregies,
            sum(d.stand is Doelstand.BEHAALD for p in planregies for d in p.doelen),
        ),
        stappen=tuple((domein, stappen[domein]) for domein in ZrmDomein if stappen[domein]),
        gemiddeld_aantal_organisaties=(
            (Decimal(organisaties) / len(begonnen)).quantize(Decimal("0.1"), ROUND_HALF_UP)
            if begonnen
            else None
        ),
    )


def _kolom(planregies: Sequence[Planregie], behaald: int) -> Kolom:
    return Kolom(
        inwoners=len(planregies),
        doelen_gesteld=sum(len(planregie.doelen) for planregie in planregies),
        doelen_behaald=behaald,
        uren=sum((planregie.uren for planregie in planregies), Decimal(0)),
    )
