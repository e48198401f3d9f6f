"""The loonkostensubsidie calculated a second time: slow, day by day, from the text of the law.

It shares no code, no table and no type with the service (its rows of law are typed over from the
sources once more), so that what it agrees with is the law and not the service. Results that do not
depend on the career are remembered; that saves time and is no part of any rule. Sources: art. 6
onder g, 10c, 10d Participatiewet; art. 7, 8, 15 WML; art. 1 Regeling loonkostensubsidie
Participatiewet 2021; where the law is silent, the readings that decision 0033 names.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from itertools import groupby

MINIMUMLOON = {
    "2023-07-01": "1995.00",
    "2024-01-01": "2069.40",
    "2024-07-01": "2133.60",
    "2025-01-01": "2191.80",
    "2025-07-01": "2245.80",
    "2026-01-01": "2294.40",
    "2026-07-01": "2337.00",
}
"""Euros per month for 21 and older, without vakantiebijslag, art. 8 lid 1 onder b WML."""
JEUGD = {15: "0.30", 16: "0.345", 17: "0.395", 18: "0.50", 19: "0.60", 20: "0.80"}
"""Part of the minimum wage by age, Besluit minimumjeugdloon."""
WERKGEVERSLASTEN = Fraction("0.235")
"""In force all the time that this recalculation knows of (2018 until 2027)."""


@dataclass
class Loopbaan:
    """One employment with loonkostensubsidie, as it went.

    geboren: birth date. loonwaarde: measured before the start (whole percents), None for the
    forfait. metingen: percent from a day on, in any order, also from before the start. uren:
    (agreed, full-time) from a day on; the first is of the first day. laatste_dag: None runs on.
    """

    begin: date
    geboren: date
    loonwaarde: int | None
    uren: dict[date, tuple[Decimal, Decimal]]
    metingen: dict[date, int] = field(default_factory=dict)
    laatste_dag: date | None = None


def maandbedrag(loopbaan: Loopbaan, jaar: int, maand: int) -> Decimal | None:
    """Euros due for one month; None when the law leaves a day of it without a basis."""
    dagen = dagen_van(jaar, maand)
    bedragen = []
    for dag in dagen:
        if dag < loopbaan.begin:
            continue
        if loopbaan.laatste_dag is not None and dag > loopbaan.laatste_dag:
            continue
        per_maand = hele_maand(loopbaan, dag)
        if per_maand is None:
            return None
        bedragen.append(per_maand)
    samen = sum(bedrag * len(list(gelijk)) for bedrag, gelijk in groupby(bedragen))
    return centen(samen / Fraction(len(dagen)))


def hele_maand(loopbaan: Loopbaan, dag: date) -> Fraction | None:
    """The subsidy of a whole month in which every day is like this one."""
    bepalend = bepalende_dag(loopbaan.begin, dag)
    loon = minimumloon(bepalend, leeftijd_voor_lks(loopbaan.geboren, dag))
    forfait, loonwaarde = grondslag(loopbaan, dag)
    if not forfait and loonwaarde is None:
        return None
    overeengekomen, voltijds = uren_op(loopbaan, dag)
    # Until 2024 the law measured part-time by the full-time hours of the job, from then by 36.
    noemer = voltijds if bepalend < date(2024, 1, 1) else Decimal(36)
    geteld = overeengekomen if overeengekomen <= voltijds else voltijds
    return subsidie(loon, loonwaarde, geteld, noemer)


@cache
def subsidie(loon: Fraction, loonwaarde: int | None, uren: Decimal, noemer: Decimal) -> Fraction:
    """Euros for a whole month, art. 10d lid 4, or lid 5 without a loonwaarde."""
    met_vakantiebijslag = loon * Fraction(108, 100)
    if loonwaarde is None:
        zonder_lasten = met_vakantiebijslag * Fraction(50, 100)
    else:
        zonder_lasten = met_vakantiebijslag - met_vakantiebijslag * Fraction(loonwaarde, 100)
        hoogste = met_vakantiebijslag * Fraction(70, 100)
        if zonder_lasten > hoogste:
            zonder_lasten = hoogste
    naar_uren = zonder_lasten * Fraction(uren) / Fraction(noemer)
    return naar_uren + naar_uren * WERKGEVERSLASTEN


def bepalende_dag(begin: date, dag: date) -> date:
    """Whose figures count: of the first day, and of each 1 January after it (lid 7)."""
    januari = date(dag.year, 1, 1)
    return begin if begin > januari else januari


@cache
def minimumloon(dag: date, leeftijd: int) -> Fraction:
    """Euros per month for this age, art. 2 Participatiewet jo. art. 7 and 8 WML."""
    bedrag = None
    for vanaf in sorted(MINIMUMLOON):
        if date.fromisoformat(vanaf) <= dag:
            bedrag = Decimal(MINIMUMLOON[vanaf])
    assert bedrag is not None, "voor 1 juli 2023 en na 2026 rekent dit niet"
    if leeftijd >= 21:
        return Fraction(bedrag)
    deel = bedrag * Decimal(JEUGD[leeftijd])
    if dag < date(2024, 1, 1):  # to a multiple of five cents, half of that up
        stuivers = (deel / Decimal("0.05") + Decimal("0.5")).to_integral_value(ROUND_FLOOR)
        return Fraction(stuivers * Decimal("0.05"))
    return Fraction(deel.quantize(Decimal("0.01"), ROUND_HALF_UP))


def leeftijd_voor_lks(geboren: date, dag: date) -> int:
    """Age in years; a birthday counts from the first day of its month."""
    jaren = dag.year - geboren.year
    return jaren if dag.month >= geboren.month else jaren - 1


def grondslag(loopbaan: Loopbaan, dag: date) -> tuple[bool, int | None]:
    """Whether this day is paid by the forfait, and else by which loonwaarde (None: unknown)."""
    begin = loopbaan.begin
    gemeten = sorted(vanaf for vanaf in loopbaan.metingen if vanaf <= dag)
    if loopbaan.loonwaarde is not None:
        tijdens = [vanaf for vanaf in gemeten if vanaf >= begin]
        return False, loopbaan.metingen[tijdens[-1]] if tijdens else loopbaan.loonwaarde
    # Of the first day itself the forfait is not undone: the law settles nothing afterwards.
    tijdens = [vanaf for vanaf in gemeten if vanaf > begin]
    if tijdens:
        return False, loopbaan.metingen[tijdens[-1]]
    if dag <= laatste_dag_forfait(begin):
        return True, None
    return False, loopbaan.metingen[gemeten[-1]] if gemeten else None


@cache
def laatste_dag_forfait(begin: date) -> date:
    """The last of the first six months of the employment, lid 5: the day before the same day six
    months on, or the end of that month when it has no such day."""
    jaar, maand = begin.year, begin.month + 6
    if maand > 12:
        jaar, maand = jaar + 1, maand - 12
    in_die_maand = dagen_van(jaar, maand)
    if begin.day > len(in_die_maand):
        return in_die_maand[-1]
    return in_die_maand[begin.day - 1] - timedelta(days=1)


def uren_op(loopbaan: Loopbaan, dag: date) -> tuple[Decimal, Decimal]:
    geldend = max(vanaf for vanaf in loopbaan.uren if vanaf <= dag)
    return loopbaan.uren[geldend]


@cache
def dagen_van(jaar: int, maand: int) -> list[date]:
    dag, dagen = date(jaar, maand, 1), []
    while dag.month == maand:
        dagen.append(dag)
        dag += timedelta(days=1)
    return dagen


def centen(exact: Fraction) -> Decimal:
    """Rounded once, half a cent up."""
    tienduizendsten = Decimal((exact * 1000000).__floor__()) / 1000000
    return tienduizendsten.quantize(Decimal("0.01"), ROUND_HALF_UP)
