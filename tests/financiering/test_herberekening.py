"""Elke maand van elke loopbaan is tot op de cent gelijk aan een tweede, trage berekening.

2,000 random careers in a normal run; 100,000, which take minutes, where everything is run.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Final
from uuid import UUID

import pytest

from services.financiering.domain.fouten import LoonwaardeOntbreekt
from services.financiering.domain.kalender import Maand
from services.financiering.domain.leeftijdsgroep import Leeftijdsgroep, Leeftijdsovergang
from services.financiering.domain.lks_aanvraag import LoonwaardeVanaf
from services.financiering.domain.lks_dossier import (
    Besluit,
    Dienstverband,
    Doelgroep,
    Kandidaatfeiten,
    Loonkostensubsidie,
)
from services.financiering.domain.lks_toekenning import (
    ArbeidsduurVanaf,
    EindeLks,
    LksToekenning,
)
from services.financiering.domain.loonkostensubsidie import Arbeidsduur
from tests.conftest import ALLES, GEBRUIKT, HERBEREKEND
from tests.financiering import herberekening
from tests.financiering.herberekening import Loopbaan

EERSTE, LAATSTE = date(2023, 7, 1), date(2026, 12, 31)
"""Between these days the figures of law are known."""
DELEN: Final = range(10)
PER_DEEL: Final = 10_000 if ALLES else 200
GEDAAN: Final[Counter[str]] = Counter()
ID = UUID("018f0000-0000-7000-8000-000000000001")


def dag_tussen(toeval: random.Random, vanaf: date, tot_en_met: date) -> date:
    """Often a day on which something happens: the first of a month, its last, a leap day."""
    dag = vanaf + timedelta(days=toeval.randint(0, (tot_en_met - vanaf).days))
    if toeval.random() < 0.3:
        dag = max(vanaf, dag.replace(day=1))
    elif toeval.random() < 0.15:
        dag = min(tot_en_met, herberekening.dagen_van(dag.year, dag.month)[-1])
    return dag


def een_loopbaan(toeval: random.Random) -> Loopbaan:
    begin = dag_tussen(toeval, EERSTE, LAATSTE)
    jong = toeval.random() < 0.5
    geboren = begin - timedelta(days=365 * 15 + 4 + toeval.randint(0, 365 * (7 if jong else 45)))
    laatste_dag = dag_tussen(toeval, begin, LAATSTE) if toeval.random() < 0.6 else None
    loonwaarde = toeval.randint(0, 99) if toeval.random() < 0.6 else None
    eerder = begin - timedelta(days=toeval.randint(0, 400))
    metingen = {
        dag_tussen(toeval, eerder, LAATSTE): toeval.choice((toeval.randint(0, 100), 100, 30))
        for _ in range(toeval.randint(0, 4))
    }
    uren = {begin: een_arbeidsduur(toeval)} | {
        dag: een_arbeidsduur(toeval)
        for _ in range(toeval.randint(0, 3))
        if (dag := dag_tussen(toeval, begin, LAATSTE)) > begin
    }
    return Loopbaan(begin, geboren, loonwaarde, uren, metingen, laatste_dag)


def een_arbeidsduur(toeval: random.Random) -> tuple[Decimal, Decimal]:
    uren = Decimal(toeval.randint(1, 4000)) / 100
    return uren, toeval.choice((Decimal(36), Decimal(38), Decimal(40), Decimal("37.50")))


def in_de_dienst(loopbaan: Loopbaan, toeval: random.Random) -> LksToekenning:
    """The same career as the service comes to know it: facts in some order, never a birth date."""
    groepen = list(Leeftijdsgroep)
    eerste = herberekening.leeftijd_voor_lks(loopbaan.geboren, loopbaan.begin) - 15
    overgangen = [
        Leeftijdsovergang(
            date(loopbaan.geboren.year + 15 + rang, loopbaan.geboren.month, 1), groepen[rang]
        )
        for rang in range(min(eerste, 6) + 1, 7)
    ]
    feiten = Kandidaatfeiten(
        Doelgroep.PWET,
        groepen[min(eerste, 6)],
        tuple(overgangen),
        tuple(LoonwaardeVanaf(p, vanaf) for vanaf, p in sorted(loopbaan.metingen.items())),
    )
    (_, (uren, voltijd)), *later = sorted(loopbaan.uren.items())
    lks = Loonkostensubsidie(
        ID,
        ID,
        "0757",
        Dienstverband(
            ID,
            loopbaan.begin,
            Arbeidsduur(uren, voltijd),
            loopbaan.loonwaarde,
            gewijzigd=tuple(ArbeidsduurVanaf(Arbeidsduur(*u), vanaf) for vanaf, u in later),
        ),
    )
    stappen: list[Callable[[Loonkostensubsidie], Loonkostensubsidie]] = [
        lambda s: s.beoordeeld(feiten, dag_tussen(toeval, loopbaan.begin, LAATSTE))
    ]
    if (laatste := loopbaan.laatste_dag) is not None:
        stappen.append(lambda s: s.beeindigd(laatste, EindeLks.EINDE_DIENSTBETREKKING))
    toeval.shuffle(stappen)
    for stap in stappen:
        lks = stap(lks)
    assert lks.besluit is Besluit.TOEGEKEND
    return lks.toekenning(feiten)


def maanden(loopbaan: Loopbaan) -> Iterator[Maand]:
    """From the month before the first until the month after the last, as far as figures reach."""
    eind = loopbaan.laatste_dag or LAATSTE
    maand, laatste = (
        Maand.van(loopbaan.begin).plus(-1),
        min(Maand.van(eind).plus(1), Maand(2026, 12)),
    )
    while maand <= laatste:
        yield maand
        maand = maand.plus(1)


def van_de_dienst(toekenning: LksToekenning, maand: Maand) -> Decimal | None:
    try:
        return toekenning.maandbedrag(maand).bedrag
    except LoonwaardeOntbreekt:
        return None


def vergelijk(zaad: int, aantal: int) -> tuple[int, int]:
    """How many months were compared, and how many of those had an amount."""
    toeval = random.Random(zaad)
    vergeleken = met_bedrag = 0
    for nummer in range(aantal):
        loopbaan = een_loopbaan(toeval)
        toekenning = in_de_dienst(loopbaan, toeval)
        for maand in maanden(loopbaan):
            verwacht = herberekening.maandbedrag(loopbaan, maand.jaar, maand.maand)
            gekregen = van_de_dienst(toekenning, maand)
            assert gekregen == verwacht, (zaad, nummer, maand, loopbaan)
            vergeleken += 1
            met_bedrag += bool(verwacht)
    return vergeleken, met_bedrag


@pytest.mark.parametrize("deel", DELEN)
def test_elke_maand_van_willekeurige_loopbanen_klopt_tot_op_de_cent(
    deel: int, pytestconfig: pytest.Config
) -> None:
    vergeleken, met_bedrag = vergelijk(zaad=2026 + deel, aantal=PER_DEEL)
    assert met_bedrag > vergeleken / 2
    GEDAAN.update(loopbanen=PER_DEEL, maanden=vergeleken)
    pytestconfig.stash[GEBRUIKT][HERBEREKEND] = (
        f"{GEDAAN['loopbanen']} loopbanen, {GEDAAN['maanden']} maanden"
        + ("" if ALLES else " (vijftig keer zo veel met MEEDOEN_ALLES=1)")
    )


@pytest.mark.parametrize(
    ("loonwaarde", "verwacht"),
    [(55, "1377.12"), (40, "1836.16"), (30, "2142.19"), (20, "2142.19"), (None, "1530.14")],
)
def test_de_tweede_berekening_geeft_de_bedragen_van_de_bronnen(
    loonwaarde: int | None, verwacht: str
) -> None:
    """The vectors of domain-rules §1.5, so that the two are not wrong in the same way."""
    begin = date(2026, 1, 1)
    uren = {begin: (Decimal(36), Decimal(36))}
    loopbaan = Loopbaan(begin, date(1990, 5, 5), loonwaarde, uren)
    assert herberekening.maandbedrag(loopbaan, 2026, 1) == Decimal(verwacht)


def test_de_tweede_berekening_geeft_het_bedrag_van_een_negentienjarige() -> None:
    begin = date(2026, 1, 1)
    loopbaan = Loopbaan(begin, date(2006, 5, 5), 55, {begin: (Decimal(36), Decimal(36))})
    assert herberekening.maandbedrag(loopbaan, 2026, 1) == Decimal("826.27")
