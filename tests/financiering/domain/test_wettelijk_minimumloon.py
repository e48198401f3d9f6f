"""Het wettelijk minimumloon: gepubliceerde bedragen, staffel, afronding en grenzen van de tabel."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from services.financiering.domain.fouten import DatumBuitenTabel
from services.financiering.domain.leeftijdsgroep import Leeftijdsgroep
from services.financiering.domain.wettelijk_minimumloon import (
    MINIMUMJEUGDLOON,
    MINIMUMLOON,
    minimumloon_per_maand,
)

JEUGD_VAN_OUD_NAAR_JONG = [
    Leeftijdsgroep.TWINTIG,
    Leeftijdsgroep.NEGENTIEN,
    Leeftijdsgroep.ACHTTIEN,
    Leeftijdsgroep.ZEVENTIEN,
    Leeftijdsgroep.ZESTIEN,
    Leeftijdsgroep.VIJFTIEN,
]


@pytest.mark.parametrize(
    ("op", "bedrag"),
    [
        # domain-rules §1.7, column month 21+
        ("2019-07-01", "1635.60"),
        ("2020-01-01", "1653.60"),
        ("2020-07-01", "1680.00"),
        ("2021-01-01", "1684.80"),
        ("2021-07-01", "1701.00"),
        ("2022-01-01", "1725.00"),
        ("2022-07-01", "1756.20"),
        ("2023-01-01", "1934.40"),
        ("2023-07-01", "1995.00"),
        ("2024-01-01", "2069.40"),
        ("2024-07-01", "2133.60"),
        ("2025-01-01", "2191.80"),
        ("2025-07-01", "2245.80"),
        ("2026-01-01", "2294.40"),
        ("2026-06-30", "2294.40"),
        ("2026-07-01", "2337.00"),
        ("2026-12-31", "2337.00"),
    ],
)
def test_minimumloon_van_21_jaar_en_ouder_is_het_bedrag_uit_de_tabel(op: str, bedrag: str) -> None:
    loon = minimumloon_per_maand(date.fromisoformat(op), Leeftijdsgroep.VOLWASSEN)
    assert loon.bedrag == Decimal(bedrag)


@pytest.mark.parametrize(
    ("op", "bedragen"),
    [
        # domain-rules §1.7, published youth amounts per month [S11]
        ("2023-07-01", "1596.00 1197.00 997.50 788.05 688.30 598.50"),
        ("2022-07-01", "1404.95 1053.70 878.10 693.70 605.90 526.85"),
    ],
)
def test_minimumjeugdloon_tot_2024_komt_uit_op_de_gepubliceerde_bedragen(
    op: str, bedragen: str
) -> None:
    berekend = [
        minimumloon_per_maand(date.fromisoformat(op), groep).bedrag
        for groep in JEUGD_VAN_OUD_NAAR_JONG
    ]
    assert berekend == [Decimal(b) for b in bedragen.split()]


def test_minimumjeugdloon_vanaf_2024_wordt_op_hele_centen_afgerond() -> None:
    # 60% of 2294.40, domain-rules §1.5; a multiple of 0.05 would give 1376.65
    negentien = minimumloon_per_maand(date(2026, 1, 1), Leeftijdsgroep.NEGENTIEN)
    assert negentien.bedrag == Decimal("1376.64")
    # 39.5% of 2337.00 = 923.115, half a cent up
    zeventien = minimumloon_per_maand(date(2026, 7, 1), Leeftijdsgroep.ZEVENTIEN)
    assert zeventien.bedrag == Decimal("923.12")


def test_de_afronding_vanaf_2024_is_alleen_onzeker_waar_zij_iets_doet() -> None:
    assert not minimumloon_per_maand(date(2026, 1, 1), Leeftijdsgroep.NEGENTIEN).onzeker
    assert minimumloon_per_maand(date(2026, 7, 1), Leeftijdsgroep.ZEVENTIEN).onzeker


def test_een_bedrag_uit_eigen_kennis_is_als_onzeker_gemerkt() -> None:
    assert minimumloon_per_maand(date(2021, 3, 1), Leeftijdsgroep.VOLWASSEN).onzeker
    assert not minimumloon_per_maand(date(2026, 7, 1), Leeftijdsgroep.VOLWASSEN).onzeker


def test_voor_juli_2019_gold_een_andere_staffel_en_wordt_geweigerd() -> None:
    with pytest.raises(DatumBuitenTabel, match="2019-07-01"):
        minimumloon_per_maand(date(2019, 6, 30), Leeftijdsgroep.VOLWASSEN)


def test_een_herziening_die_niet_in_de_tabel_staat_wordt_geweigerd_en_niet_geraden() -> None:
    with pytest.raises(DatumBuitenTabel, match="2027-01-01") as fout:
        minimumloon_per_maand(date(2027, 1, 1), Leeftijdsgroep.VOLWASSEN)
    assert fout.value.code == "datum-buiten-tabel"
    assert "tabel" in fout.value.uitleg


def test_elke_rij_heeft_een_bron_en_de_datums_lopen_op() -> None:
    assert all([*(r.bron for r in MINIMUMLOON), *(r.bron for r in MINIMUMJEUGDLOON)])
    for datums in ([r.vanaf for r in MINIMUMLOON], [r.vanaf for r in MINIMUMJEUGDLOON]):
        assert datums == sorted(set(datums))


def test_maandbedragen_zijn_veelvouden_van_zestig_cent_en_stijgen() -> None:
    # our own observation on the published series (domain-rules §1.7): catches typing errors
    assert all(rij.maand % Decimal("0.60") == 0 for rij in MINIMUMLOON)
    assert all(eerder.maand < later.maand for eerder, later in pairwise(MINIMUMLOON))


def test_het_maandloon_is_niet_het_uurloon_maal_156() -> None:
    rij = MINIMUMLOON[-1]
    assert rij.uur is not None
    assert rij.uur * 156 == Decimal("2338.44") != rij.maand
