"""The statutory minimum wage per month (referentiemaandloon), by date and age group.

"Wettelijk minimumloon" in the Participatiewet is the amount per month of art. 8 lid 1 onder b WML
(36 hours), or for a worker under 21 the monthly amount for that age (art. 2 Participatiewet): not
the hourly wage times hours.  All amounts are gross euros without vakantiebijslag.

`onzeker` marks a row or rule that was not found in a source (OWN in domain-rules): it is usable,
and every calculation that rests on it says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from services.financiering.domain.geld import euro
from services.financiering.domain.leeftijdsgroep import Leeftijdsgroep
from services.financiering.domain.tabel import rij_op


@dataclass(frozen=True, slots=True)
class Minimumloonrij:
    """Minimum wage for 21 and older from a date: euros per month, and per hour where known."""

    vanaf: date
    maand: Decimal
    uur: Decimal | None
    bron: str
    onzeker: bool = False


def _rij(
    vanaf: str, maand: str, uur: str | None, bron: str, *, onzeker: bool = False
) -> Minimumloonrij:
    return Minimumloonrij(
        date.fromisoformat(vanaf), Decimal(maand), Decimal(uur) if uur else None, bron, onzeker
    )


_EIGEN = "eigen kennis, niet in een bron gezien"

MINIMUMLOON: tuple[Minimumloonrij, ...] = (
    _rij("2019-01-01", "1615.80", None, _EIGEN, onzeker=True),
    _rij("2019-07-01", "1635.60", None, _EIGEN, onzeker=True),
    _rij("2020-01-01", "1653.60", None, "basistekst art. 8 lid 1 onder b WML"),
    _rij("2020-07-01", "1680.00", None, _EIGEN, onzeker=True),
    _rij("2021-01-01", "1684.80", None, _EIGEN, onzeker=True),
    _rij("2021-07-01", "1701.00", None, _EIGEN, onzeker=True),
    _rij("2022-01-01", "1725.00", None, _EIGEN, onzeker=True),
    _rij("2022-07-01", "1756.20", None, "sigmapersoneel.nl, vdwal-administraties.nl"),
    _rij("2023-01-01", "1934.40", "12.40", "sigmapersoneel.nl, vdwal-administraties.nl"),
    _rij("2023-07-01", "1995.00", "12.79", "sigmapersoneel.nl, vdwal-administraties.nl"),
    _rij("2024-01-01", "2069.40", "13.27", "accountingcounts.nl: besluit SZW 2023-0000526966"),
    _rij("2024-07-01", "2133.60", "13.68", "4-vision.nl, Wettelijk minimumloon per 1 juli 2024"),
    _rij("2025-01-01", "2191.80", "14.06", "vertiadvies.nl, admaxi.nl: besluit 2024-0000675332"),
    _rij("2025-07-01", "2245.80", "14.40", "admintrend.nl: Stcrt. 2025, 12264"),
    _rij("2026-01-01", "2294.40", "14.71", "grootheddeaccountants.nl, vertiadvies.nl"),
    _rij("2026-07-01", "2337.00", "14.99", "Stcrt. 2026, 16505 (Regeling 2026-0000107275)"),
)

MINIMUMLOON_BEKEND_TOT = date(2027, 1, 1)
"""The minimum wage is revised on 1 January and 1 July (art. 14 WML); the next row is not known."""


@dataclass(frozen=True, slots=True)
class Jeugdrij:
    """Percentages of the minimum wage per age group from a date, and the rounding per month.

    maandafronding: multiple of euros to which a monthly youth amount is rounded, remainder of half
    a multiple up.
    """

    vanaf: date
    percentage: dict[Leeftijdsgroep, Decimal]
    maandafronding: Decimal
    bron: str
    onzeker: bool = False
    afronding_onzeker: bool = False


_STAFFEL: dict[Leeftijdsgroep, Decimal] = {
    Leeftijdsgroep.VIJFTIEN: Decimal("30"),
    Leeftijdsgroep.ZESTIEN: Decimal("34.5"),
    Leeftijdsgroep.ZEVENTIEN: Decimal("39.5"),
    Leeftijdsgroep.ACHTTIEN: Decimal("50"),
    Leeftijdsgroep.NEGENTIEN: Decimal("60"),
    Leeftijdsgroep.TWINTIG: Decimal("80"),
    Leeftijdsgroep.VOLWASSEN: Decimal("100"),
}

MINIMUMJEUGDLOON: tuple[Jeugdrij, ...] = (
    Jeugdrij(
        date(2019, 7, 1),
        _STAFFEL,
        Decimal("0.05"),
        "staffel: " + _EIGEN + "; afronding: art. 2 lid 2 Besluit minimumjeugdloonregeling",
        onzeker=True,
    ),
    Jeugdrij(
        date(2022, 7, 1),
        _STAFFEL,
        Decimal("0.05"),
        "gepubliceerde jeugdbedragen 1-7-2022 en 1-7-2023; art. 2 lid 2 Besluit "
        "minimumjeugdloonregeling",
    ),
    Jeugdrij(
        # Since 2024 art. 2 lid 2 rounds the hourly wage only (to a cent); it no longer speaks of an
        # amount per month.  Rounding that to a cent as well is our reading.
        date(2024, 1, 1),
        _STAFFEL,
        Decimal("0.01"),
        "art. 2 Besluit minimumjeugdloon (tekst 1-1-2024); afronding van het maandbedrag niet "
        "gevonden",
        afronding_onzeker=True,
    ),
)


@dataclass(frozen=True, slots=True)
class Minimumloon:
    """The minimum wage per month for one age group on one date, with where it comes from."""

    bedrag: Decimal
    groep: Leeftijdsgroep
    vanaf: date
    bron: str
    onzeker: bool


def minimumloon_per_maand(datum: date, groep: Leeftijdsgroep) -> Minimumloon:
    """Minimum wage in euros per month on `datum`, art. 2 Participatiewet jo. art. 8 WML.

    Up to and including 2023 a youth amount is rounded to a multiple of EUR 0.05; from 2024 to whole
    cents (uncertain).  Raises DatumBuitenTabel before 1-7-2019 (another age scale held then) and
    from the first revision that is not in the table.
    """
    jeugd = rij_op(
        MINIMUMJEUGDLOON,
        datum,
        bekend_tot=MINIMUMLOON_BEKEND_TOT,
        onderwerp="De staffel van het minimumjeugdloon",
    )
    rij = rij_op(
        MINIMUMLOON,
        datum,
        bekend_tot=MINIMUMLOON_BEKEND_TOT,
        onderwerp="Het wettelijk minimumloon",
    )
    if groep is Leeftijdsgroep.VOLWASSEN:
        return Minimumloon(rij.maand, groep, rij.vanaf, rij.bron, rij.onzeker)
    exact = Fraction(rij.maand) * Fraction(jeugd.percentage[groep]) / 100
    veelvoud = Fraction(jeugd.maandafronding)
    veelvouden = (exact / veelvoud + Fraction(1, 2)).__floor__()
    afrondbaar = veelvouden * veelvoud
    onzeker = rij.onzeker or jeugd.onzeker or (jeugd.afronding_onzeker and afrondbaar != exact)
    bron = f"{rij.bron}; {jeugd.percentage[groep]}%: {jeugd.bron}"
    return Minimumloon(euro(afrondbaar), groep, rij.vanaf, bron, onzeker)
