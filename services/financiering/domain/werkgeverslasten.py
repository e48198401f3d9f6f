"""The reimbursement of employer's charges on top of the loonkostensubsidie."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.financiering.domain.tabel import rij_op


@dataclass(frozen=True, slots=True)
class Werkgeverslasten:
    """Whole or half percents of the subsidised wage costs, from a date."""

    vanaf: date
    percentage: Decimal
    bron: str
    onzeker: bool = False


WERKGEVERSLASTEN: tuple[Werkgeverslasten, ...] = (
    Werkgeverslasten(
        date(2015, 1, 1), Decimal("23.0"), "art. 1 lid 2 Regeling LKS, Stcrt. 2014, 35743"
    ),
    Werkgeverslasten(date(2018, 1, 1), Decimal("23.5"), "Stcrt. 2017, 68248"),
    Werkgeverslasten(
        date(2021, 7, 1),
        Decimal("23.5"),
        "art. 1 Regeling LKS Participatiewet 2021, Stcrt. 2021, 9937",
    ),
    Werkgeverslasten(
        date(2024, 1, 1),
        Decimal("23.5"),
        "art. 1 Regeling LKS Participatiewet 2021; geen wijziging gevonden na 11-12-2023",
        onzeker=True,
    ),
)

WERKGEVERSLASTEN_BEKEND_TOT = date(2027, 1, 1)
"""The percentage is reviewed every year; that of 2027 is not known."""


def werkgeverslasten_op(datum: date) -> Werkgeverslasten:
    """The percentage in force on `datum`, art. 10d lid 4 and 5 Participatiewet.

    Raises DatumBuitenTabel outside the table.
    """
    return rij_op(
        WERKGEVERSLASTEN,
        datum,
        bekend_tot=WERKGEVERSLASTEN_BEKEND_TOT,
        onderwerp="De vergoeding voor werkgeverslasten",
    )
