"""The budget table of Vught (bron 003, p. Budget) out of start and end dates that are derived here.

The source names no dates. Every amount of planregie is what one traject costs by calendar days, so
the day it began follows from the amount: by a search over all days, in a sum written apart from the
product (``_maandbedragen``). "Stand mei 2019" is through May; kandidaat 13 fits through April only,
kandidaat 5 had ended ("-" to expect), and fits only when each month is rounded by itself.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from uuid import UUID

import pytest

from services.financiering.domain.contractspecificatie import (
    Contractspecificatie,
    Eenheid,
    Prijsafspraak,
)
from services.financiering.domain.factuur import op_te_maken, totaal
from services.financiering.domain.levering import Looptijd, Verrichting, afgesproken, kosten
from services.financiering.domain.trajectkosten import nog_te_verwachten

VUGHT, PLANREGIE = "0865", "planregie"
OAD = "ontwikkelingsgerichte-arbeidsmatige-dagbesteding"
MEI, APRIL = date(2019, 5, 31), date(2019, 4, 30)
LEEG = Decimal("0.00")
CONTRACT = Contractspecificatie(
    (
        Prijsafspraak(
            VUGHT,
            PLANREGIE,
            Eenheid.MAAND,
            Decimal("500.00"),
            date(2018, 10, 1),
            Decimal("3000.00"),
        ),
        # The price of an hour is in no source: with EUR 1 the hours are the amounts of the table.
        Prijsafspraak(VUGHT, OAD, Eenheid.UUR, Decimal("1.00"), date(2018, 10, 1)),
    )
)


@dataclass(frozen=True)
class Rij:
    kandidaat: str
    planregie: Decimal
    oad: Decimal
    verwacht: Decimal

    @property
    def verlengd(self) -> bool:
        return self.kandidaat == "8"

    @property
    def beeindigd(self) -> bool:
        return self.kandidaat == "5"


def _tabel() -> dict[str, Rij]:
    with (Path(__file__).parent / "vught-budget.csv").open() as bestand:
        rijen = [
            Rij(
                rij["kandidaat"],
                Decimal(rij["planregie_gefactureerd"] or "0.00"),
                Decimal(rij["oad_gefactureerd"] or "0.00"),
                Decimal(rij["nog_te_verwachten"] or "0.00"),
            )
            for rij in csv.DictReader(bestand)
        ]
    return {rij.kandidaat: rij for rij in rijen}


TABEL = _tabel()
KANDIDATEN = [rij for naam, rij in TABEL.items() if naam != "totaal"]

OAD_AFGESPROKEN = {
    "1": Decimal("1326.00"),
    "4": Decimal("3000.00"),
    "9": Decimal("1500.00"),
    "12": Decimal("2970.30"),
}
"""What was ordered of OAD follows from the table: what is left after the EUR 3,000 of planregie."""
PLANREGIE_NIET_GESTART = {"1"}
"""Ordered for EUR 3,000 and nothing invoiced: not started is not charged."""


def _maandbedragen(begin: date, einde: date) -> Decimal:
    """EUR 500 a month by calendar days, each month rounded: day by day, and in cents."""
    dagen: dict[tuple[int, int], int] = {}
    dag = begin
    while dag <= einde:
        dagen[dag.year, dag.month] = dagen.get((dag.year, dag.month), 0) + 1
        dag += timedelta(days=1)
    som = LEEG
    for (jaar, maand), aantal in dagen.items():
        volgende = date(jaar + maand // 12, maand % 12 + 1, 1)
        lengte = (volgende - date(jaar, maand, 1)).days
        som += (Decimal(500) * aantal / lengte).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return som


def _afgeleid(rij: Rij) -> tuple[date, date]:
    """First day, and the last that was invoiced. One day short of 26 weeks for who had ended."""
    begin = date(2018, 10, 16)
    while begin <= MEI:
        einden = [begin + timedelta(days=180)] if rij.beeindigd else [MEI, APRIL]
        for einde in einden:
            if _maandbedragen(begin, einde) == rij.planregie:
                return begin, einde
        begin += timedelta(days=1)
    raise AssertionError(f"kandidaat {rij.kandidaat}: geen datums bij {rij.planregie}")


def afgeleide_looptijd(rij: Rij) -> tuple[Looptijd, date]:
    """The traject, and through which day it was invoiced."""
    begin, tot = _afgeleid(rij)
    eerste = begin + timedelta(weeks=26, days=-1)
    einddatum = date(eerste.year, eerste.month + 3, eerste.day) if rij.verlengd else eerste
    nummer = UUID(int=int(rij.kandidaat))
    looptijd = Looptijd(nummer, PLANREGIE, begin, eerste, einddatum, tot if rij.beeindigd else None)
    return looptijd, tot


def _betaler(_: date) -> str:
    return VUGHT


def _planregie(rij: Rij) -> tuple[Decimal, Decimal]:
    """Invoiced and expected."""
    if not rij.planregie:
        nog = Decimal("3000.00") if rij.kandidaat in PLANREGIE_NIET_GESTART else LEEG
        return LEEG, nog
    looptijd, tot = afgeleide_looptijd(rij)
    (factuur,) = op_te_maken(kosten([looptijd], [], CONTRACT, _betaler, tot_en_met=tot), [])
    samen = afgesproken(looptijd, CONTRACT, _betaler)
    return factuur.exclusief, nog_te_verwachten(samen, factuur.exclusief, loopt=not rij.beeindigd)


def _oad(rij: Rij) -> tuple[Decimal, Decimal]:
    nummer = UUID(int=100 + int(rij.kandidaat))
    uren = [Verrichting(nummer, nummer, OAD, APRIL, rij.oad, Eenheid.UUR)] if rij.oad else []
    som = totaal(kosten([], uren, CONTRACT, _betaler, tot_en_met=MEI))
    return som, nog_te_verwachten(OAD_AFGESPROKEN.get(rij.kandidaat), som, loopt=True)


@pytest.mark.parametrize("rij", KANDIDATEN, ids=lambda rij: rij.kandidaat)
def test_elke_kandidaat_van_vught_komt_op_de_cent_uit(rij: Rij) -> None:
    planregie, planregie_nog = _planregie(rij)
    oad, oad_nog = _oad(rij)
    assert (planregie, oad) == (rij.planregie, rij.oad)
    assert planregie_nog + oad_nog == rij.verwacht


def test_de_tabel_van_vught_telt_op_tot_haar_totalen() -> None:
    planregie = [_planregie(rij) for rij in KANDIDATEN]
    oad = [_oad(rij) for rij in KANDIDATEN]
    gefactureerd = sum((som for som, _ in planregie), LEEG)
    dagbesteding = sum((som for som, _ in oad), LEEG)
    nog = sum((n for _, n in [*planregie, *oad]), LEEG)
    assert (gefactureerd, dagbesteding, nog) == (
        Decimal("23243.13"),
        Decimal("4266.72"),
        Decimal("18777.84"),
    )
    assert gefactureerd + dagbesteding + nog == Decimal("46287.69")


def test_de_pilot_besteedt_209149_van_300000_met_planregie_en_oad_uit_de_tabel() -> None:
    """Whole euros, as the source shows them; its other rows are given."""
    gefactureerd = sum((_planregie(rij)[0] + _oad(rij)[0] for rij in KANDIDATEN), LEEG)
    nog = sum((_planregie(rij)[1] + _oad(rij)[1] for rij in KANDIDATEN), LEEG)
    heel = [int(som.quantize(Decimal(1), ROUND_HALF_UP)) for som in (gefactureerd, nog)]
    assert heel == [27510, 18778]
    overhead, personeel, projectleiding, inkoop, bestand = 528, 19996, 88593, 3744, 50000
    besteed = overhead + personeel + projectleiding + inkoop + sum(heel) + bestand
    assert (besteed, 300_000 - besteed) == (209_149, 90_851)


def test_kandidaat_5_past_alleen_als_elke_maand_apart_wordt_afgerond() -> None:
    begin, einde = _afgeleid(TABEL["5"])
    assert (begin, einde) == (date(2018, 10, 16), date(2019, 4, 14))
    exact = (5 + Decimal(16) / 31 + Decimal(14) / 30) * 500
    assert exact.quantize(Decimal("0.01"), ROUND_HALF_UP) == Decimal("2991.40")
