"""Wat een levering kost: maanden, dagen, uren, prijswissels, plafond en een andere gemeente."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.financiering.domain.contractspecificatie import (
    Contractspecificatie,
    Eenheid,
    Prijsafspraak,
)
from services.financiering.domain.fouten import OngeldigePrijsafspraak
from services.financiering.domain.levering import (
    Kostenregel,
    Looptijd,
    Regeleenheid,
    Verrichting,
    afgesproken,
    kosten,
    maanden,
)

BOXTEL, VUGHT, PLANREGIE, OAD = "0757", "0865", "planregie", "oad"
PER_MAAND = Prijsafspraak(
    VUGHT, PLANREGIE, Eenheid.MAAND, Decimal("500.00"), date(2019, 1, 1), Decimal("3000.00")
)
PER_UUR = Prijsafspraak(VUGHT, OAD, Eenheid.UUR, Decimal("42.50"), date(2019, 1, 1))
CONTRACT = Contractspecificatie((PER_MAAND, PER_UUR))
LOOPTIJD = Looptijd(UUID(int=1), PLANREGIE, date(2019, 2, 18), date(2019, 8, 18), date(2019, 8, 18))
DAGEN = st.dates(date(2019, 1, 1), date(2021, 12, 31))


def vught(_: date) -> str:
    return VUGHT


def regels(
    looptijd: Looptijd = LOOPTIJD,
    contract: Contractspecificatie = CONTRACT,
    tot_en_met: date = date(2019, 12, 31),
) -> tuple[Kostenregel, ...]:
    return kosten([looptijd], [], contract, vught, tot_en_met=tot_en_met)


def bedragen(gevonden: tuple[Kostenregel, ...]) -> list[str]:
    return [str(regel.bedrag) for regel in gevonden]


def test_een_deel_van_een_maand_telt_naar_de_dagen_van_die_maand() -> None:
    eerste, maart = regels(tot_en_met=date(2019, 3, 31))
    assert (eerste.aantal, eerste.eenheid, eerste.basis) == (Decimal(11), Regeleenheid.DAG, 28)
    assert (maart.aantal, maart.eenheid, maart.basis) == (Decimal(1), Regeleenheid.MAAND, 1)
    assert bedragen((eerste, maart)) == ["196.43", "500.00"]


def test_in_een_schrikkeljaar_heeft_februari_29_dagen() -> None:
    looptijd = Looptijd(
        UUID(int=1), PLANREGIE, date(2020, 2, 29), date(2020, 8, 28), date(2020, 8, 28)
    )
    assert bedragen(regels(looptijd, tot_en_met=date(2020, 2, 29))) == ["17.24"]


def test_wat_eerder_eindigt_wordt_tot_die_dag_gerekend() -> None:
    gestopt = replace(LOOPTIJD, beeindigd_op=date(2019, 3, 10))
    assert bedragen(regels(gestopt)) == ["196.43", "161.29"]


def test_wat_langer_duurt_dan_afgesproken_wordt_niet_gerekend() -> None:
    laat = replace(LOOPTIJD, beeindigd_op=date(2019, 9, 30))
    assert regels(laat) == regels()


def test_wat_ophoudt_voor_het_begint_kost_niets() -> None:
    assert regels(replace(LOOPTIJD, beeindigd_op=date(2019, 2, 17))) == ()


def test_zonder_prijs_is_er_niets_te_rekenen() -> None:
    assert regels(contract=Contractspecificatie()) == ()
    assert regels(contract=Contractspecificatie((replace(PER_MAAND, gemeentecode=BOXTEL),))) == ()
    assert regels(contract=Contractspecificatie((replace(PER_UUR, product=PLANREGIE),))) == ()


def test_een_traject_komt_niet_boven_het_plafond() -> None:
    lang = replace(LOOPTIJD, tot_en_met=date(2019, 8, 31), eerste_einddatum=date(2019, 8, 31))
    gevonden = regels(lang)
    assert sum(regel.bedrag for regel in gevonden) == Decimal("3000.00")
    assert (gevonden[-1].zonder_korting, gevonden[-1].korting) == (
        Decimal("500.00"),
        Decimal("196.43"),
    )


def test_een_verlenging_verhoogt_het_plafond_met_de_maanden_ervan() -> None:
    verlengd = replace(LOOPTIJD, tot_en_met=date(2019, 11, 18))
    assert afgesproken(verlengd, CONTRACT, vught) == Decimal("4500.00")
    assert sum(regel.bedrag for regel in regels(verlengd)) == Decimal("4500.00") - Decimal("3.57")


@pytest.mark.parametrize(
    ("vanaf", "tot_en_met", "verwacht"),
    [
        (date(2019, 4, 16), date(2019, 7, 15), Fraction(3)),
        (date(2019, 4, 16), date(2019, 4, 15), Fraction(0)),
        (date(2019, 4, 16), date(2019, 5, 25), 1 + Fraction(10, 31)),
        (date(2019, 1, 31), date(2019, 2, 28), Fraction(1)),
        (date(2019, 2, 1), date(2019, 2, 14), Fraction(14, 28)),
    ],
)
def test_maanden_vanaf_een_dag(vanaf: date, tot_en_met: date, verwacht: Fraction) -> None:
    assert maanden(vanaf, tot_en_met) == verwacht


def test_een_nieuwe_prijs_geldt_vanaf_haar_dag() -> None:
    duurder = replace(PER_MAAND, prijs=Decimal("620.00"), vanaf=date(2019, 3, 11), plafond=None)
    contract = Contractspecificatie((PER_MAAND, duurder))
    assert bedragen(regels(contract=contract, tot_en_met=date(2019, 4, 30))) == [
        "196.43",
        "161.29",
        "420.00",
        "620.00",
    ]


def test_na_een_overdracht_betaalt_de_nieuwe_gemeente_haar_eigen_prijs() -> None:
    boxtel = replace(PER_MAAND, gemeentecode=BOXTEL, prijs=Decimal("310.00"))
    gevonden = kosten(
        [LOOPTIJD],
        [],
        Contractspecificatie((PER_MAAND, boxtel)),
        lambda dag: VUGHT if dag < date(2019, 3, 11) else BOXTEL,
        tot_en_met=date(2019, 4, 30),
    )
    assert [(r.gemeentecode, str(r.bedrag)) for r in gevonden] == [
        (VUGHT, "196.43"),
        (VUGHT, "161.29"),
        (BOXTEL, "210.00"),
        (BOXTEL, "310.00"),
    ]


def test_uren_van_een_maand_staan_op_een_regel() -> None:
    uren = [
        Verrichting(UUID(int=n), UUID(int=9), OAD, dag, Decimal(aantal), Eenheid.UUR)
        for n, (dag, aantal) in enumerate(
            [(date(2019, 3, 4), "1.50"), (date(2019, 3, 18), "2.25"), (date(2019, 4, 1), "1.00")]
        )
    ]
    gevonden = kosten([], uren, CONTRACT, vught, tot_en_met=date(2019, 4, 30))
    assert [(str(r.aantal), str(r.bedrag)) for r in gevonden] == [
        ("3.75", "159.38"),
        ("1.00", "42.50"),
    ]
    assert len(kosten([], uren, CONTRACT, vught, tot_en_met=date(2019, 3, 31))) == 1


@pytest.mark.parametrize(
    ("prijs", "plafond"), [(Decimal("0.00"), None), (Decimal("500.00"), Decimal("499.99"))]
)
def test_een_prijsafspraak_heeft_een_prijs_en_een_plafond_dat_daar_niet_onder_ligt(
    prijs: Decimal, plafond: Decimal | None
) -> None:
    with pytest.raises(OngeldigePrijsafspraak) as fout:
        replace(PER_MAAND, prijs=prijs, plafond=plafond)
    assert fout.value.punten


@given(begin=DAGEN, dagen=st.integers(0, 400), tot=DAGEN, extra=st.integers(0, 120))
def test_regels_liggen_aaneen_en_blijven_binnen_de_afspraak(
    begin: date, dagen: int, tot: date, extra: int
) -> None:
    eerste = begin + timedelta(days=dagen)
    looptijd = Looptijd(UUID(int=1), PLANREGIE, begin, eerste, eerste + timedelta(days=extra))
    zonder = Contractspecificatie((replace(PER_MAAND, plafond=None),))
    alle = regels(looptijd, zonder, tot)
    dekking = [
        r.vanaf + timedelta(days=n) for r in alle for n in range((r.tot_en_met - r.vanaf).days + 1)
    ]
    einde = min(tot, looptijd.tot_en_met)
    assert dekking == [begin + timedelta(days=n) for n in range((einde - begin).days + 1)]
    met = regels(looptijd, CONTRACT, tot)
    assert met == alle[: len(met) - 1] + met[-1:] if met else True
    assert all(r.bedrag > 0 for r in met)
    grens = afgesproken(looptijd, CONTRACT, vught)
    assert grens is not None
    assert sum(r.bedrag for r in met) == min(grens, sum((r.bedrag for r in alle), Decimal(0)))
