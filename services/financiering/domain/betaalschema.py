"""What is paid for each month of a loonkostensubsidie: lines that are never rewritten.

A month that was paid stays paid as it was. What turns out otherwise later (a loonwaarde, the end,
other hours, an age group) gives a line of its own on the month it is about, positive or negative,
for the difference between what is due by all that is known now and what the lines say so far. So
the lines of a month add up to what is due, whatever became known in which order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from services.financiering.domain.fouten import (
    DatumBuitenTabel,
    LoonwaardeOntbreekt,
    OnzekereCijfers,
)
from services.financiering.domain.geld import euro
from services.financiering.domain.kalender import Maand
from services.financiering.domain.lks_dossier import Grond
from services.financiering.domain.lks_toekenning import LksToekenning, Maandbedrag


class Regelsoort(StrEnum):
    """The first line of a month, or what comes after it."""

    BETALING = "betaling"
    CORRECTIE = "correctie"


@dataclass(frozen=True, slots=True)
class Betaalregel:
    """Euros for one month; a correctie may be negative, and is never nil."""

    maand: Maand
    soort: Regelsoort
    bedrag: Decimal


@dataclass(frozen=True, slots=True)
class NietBetaalbaar:
    """A month for which nothing is said now, and why."""

    maand: Maand
    reden: Grond


@dataclass(frozen=True, slots=True)
class Betaalvoorstel:
    """What one payment run does for one subsidy."""

    regels: tuple[Betaalregel, ...]
    niet_betaalbaar: tuple[NietBetaalbaar, ...]


def aandeel(maandbedrag: Maandbedrag, betaler: str) -> Decimal:
    """What one gemeente pays of a month, in euros.

    The month is rounded once. Where two gemeenten share it, each is rounded as far as the month
    has come, so that their cents add up to those of the month.
    """
    tot_hier, deel = Fraction(0), Decimal(0)
    for stuk in maandbedrag.delen:
        voor, tot_hier = tot_hier, tot_hier + stuk.exact
        if stuk.betaler == betaler:
            deel += euro(tot_hier) - euro(voor)
    return deel


def stel_voor(
    toekenning: LksToekenning,
    betaler: str,
    betaald: Mapping[Maand, Decimal],
    tot_en_met: Maand,
    *,
    ook_onzeker: bool,
) -> Betaalvoorstel:
    """The lines that make each month up to and including `tot_en_met` what is due by now.

    betaald: what the lines of this gemeente say so far, for every month that has one; such a month
    is corrected too when it lies later. ook_onzeker: pay by figures of law that were not found in
    a source as well.
    """
    regels: list[Betaalregel] = []
    niet_betaalbaar: list[NietBetaalbaar] = []
    for maand in sorted({*_maanden(toekenning, tot_en_met), *betaald}):
        try:
            maandbedrag = toekenning.maandbedrag(maand)
            verschil = aandeel(maandbedrag, betaler) - betaald.get(maand, Decimal(0))
            if verschil and not ook_onzeker:
                _eis_zekere_cijfers(maandbedrag)
        except (DatumBuitenTabel, LoonwaardeOntbreekt, OnzekereCijfers) as fout:
            niet_betaalbaar.append(NietBetaalbaar(maand, Grond.van(fout)))
            continue
        if verschil:
            soort = Regelsoort.CORRECTIE if maand in betaald else Regelsoort.BETALING
            regels.append(Betaalregel(maand, soort, verschil))
    return Betaalvoorstel(tuple(regels), tuple(niet_betaalbaar))


def _maanden(toekenning: LksToekenning, tot_en_met: Maand) -> Iterator[Maand]:
    """The months in which the subsidy runs, up to and including one."""
    laatste = tot_en_met
    if toekenning.laatste_dag is not None:
        laatste = min(laatste, Maand.van(toekenning.laatste_dag))
    maand = Maand.van(toekenning.ingangsdatum)
    while maand <= laatste:
        yield maand
        maand = maand.plus(1)


def _eis_zekere_cijfers(maandbedrag: Maandbedrag) -> None:
    onzeker = dict.fromkeys(o for deel in maandbedrag.delen for o in deel.berekening.onzekerheden)
    if onzeker:
        raise OnzekereCijfers(
            f"Niet in een bron gevonden: {'; '.join(onzeker)}. Controleer dit cijfer, en betaal "
            "daarna ook wat op onzekere cijfers rust."
        )
