"""Wie de begeleiding van een plaatsing betaalt: het gemeentebudget, en daarboven de stimulus."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.financiering.domain.begeleiding import (
    STIMULUSRESERVE,
    BegeleidePlaatsing,
    Begeleidingsbudget,
    Begeleidingslast,
    Stimulusreserve,
    TenLasteVan,
    Toerekening,
    lasten,
    ongedekt,
    reken_toe,
    reservestand,
    te_melden,
)

BUDGET, STIMULUS = TenLasteVan.GEMEENTEBUDGET, TenLasteVan.STIMULUS
BEGIN = date(2021, 1, 1)
PER_PLAATS = Decimal("4000.00")
dagen = st.integers(0, 900).map(lambda n: BEGIN + timedelta(days=n))


def plaatsing(nummer: int, begin: date, laatste_dag: date | None = None) -> BegeleidePlaatsing:
    return BegeleidePlaatsing(UUID(int=nummer), begin, laatste_dag)


def budget(plaatsen: int, jaar: int = 2021) -> Begeleidingsbudget:
    return Begeleidingsbudget(jaar, plaatsen, PER_PLAATS)


def op(dag: date, perioden: tuple[Toerekening, ...]) -> TenLasteVan | None:
    """Who pays on a day; None when nobody does."""
    gevonden = [
        t.ten_laste_van
        for t in perioden
        if t.vanaf <= dag and (t.tot_en_met is None or dag <= t.tot_en_met)
    ]
    assert len(gevonden) <= 1
    return gevonden[0] if gevonden else None


@st.composite
def reeksen(draw: st.DrawFn) -> list[BegeleidePlaatsing]:
    perioden = draw(st.lists(st.tuples(dagen, st.none() | dagen), max_size=12))
    return [plaatsing(n, begin, eind) for n, (begin, eind) in enumerate(perioden, 1)]


budgetten = st.dictionaries(st.integers(2021, 2023), st.integers(0, 6), max_size=3).map(
    lambda per_jaar: [budget(plaatsen, jaar) for jaar, plaatsen in per_jaar.items()]
)


def test_boxtel_maart_2021_twaalf_van_honderdtwintig_boven_het_budget_van_honderdacht() -> None:
    bij_wsd = [plaatsing(n, BEGIN - timedelta(days=3 * n)) for n in range(1, 121)]
    toegerekend = reken_toe(bij_wsd, [budget(108)])
    telling = Counter(op(date(2021, 3, 31), toegerekend[p.plaatsing_id]) for p in bij_wsd)
    assert telling == {BUDGET: 108, STIMULUS: 12}
    laatst_begonnen = sorted(bij_wsd, key=lambda p: p.begin)[108:]
    assert all(
        op(date(2021, 3, 31), toegerekend[p.plaatsing_id]) is STIMULUS for p in laatst_begonnen
    )


def test_eindigt_een_plaatsing_dan_gaat_de_eerstvolgende_naar_het_gemeentebudget() -> None:
    a = plaatsing(1, date(2021, 1, 4), date(2021, 3, 31))
    b, c = plaatsing(2, date(2021, 2, 1)), plaatsing(3, date(2021, 2, 15))
    toegerekend = reken_toe([c, a, b], [budget(1)])
    assert toegerekend[b.plaatsing_id] == (
        Toerekening(b.plaatsing_id, STIMULUS, date(2021, 2, 1), date(2021, 3, 31)),
        Toerekening(b.plaatsing_id, BUDGET, date(2021, 4, 1), None),
    )
    assert toegerekend[c.plaatsing_id] == (
        Toerekening(c.plaatsing_id, STIMULUS, date(2021, 2, 15), None),
    )


def test_met_minder_plaatsen_in_een_nieuw_jaar_gaat_de_laatste_naar_de_stimulus() -> None:
    a, b = plaatsing(1, date(2021, 1, 4)), plaatsing(2, date(2021, 2, 1))
    toegerekend = reken_toe([a, b], [budget(2), budget(1, 2022)])
    assert op(date(2021, 12, 31), toegerekend[b.plaatsing_id]) is BUDGET
    assert op(date(2022, 1, 1), toegerekend[b.plaatsing_id]) is STIMULUS
    assert op(date(2022, 1, 1), toegerekend[a.plaatsing_id]) is BUDGET


def test_voor_het_eerste_budget_betaalt_niemand_en_daarna_telt_wie_al_liep_mee() -> None:
    a, b = plaatsing(1, date(2020, 1, 6)), plaatsing(2, date(2020, 2, 3), date(2020, 6, 30))
    toegerekend = reken_toe([a, b], [budget(1)])
    assert toegerekend == {
        a.plaatsing_id: (Toerekening(a.plaatsing_id, BUDGET, BEGIN, None),),
        b.plaatsing_id: (),
    }


@given(reeksen(), budgetten, dagen)
def test_op_elke_dag_hebben_wie_het_eerst_begonnen_de_plaatsen_van_het_budget(
    plaatsingen: list[BegeleidePlaatsing], bekend: list[Begeleidingsbudget], dag: date
) -> None:
    """The rule itself, day by day, without the sweep over the dates that makes it quick."""
    plaatsen = [b.plaatsen for b in sorted(bekend, key=lambda b: b.jaar) if b.jaar <= dag.year]
    lopend = sorted(
        (p.begin, p.plaatsing_id)
        for p in plaatsingen
        if p.begin <= dag and (p.laatste_dag is None or dag <= p.laatste_dag)
    )
    verwacht: dict[UUID, TenLasteVan] = {}
    if plaatsen:
        for nummer, (_, plaatsing_id) in enumerate(lopend):
            verwacht[plaatsing_id] = BUDGET if nummer < plaatsen[-1] else STIMULUS
    toegerekend = reken_toe(plaatsingen, bekend)
    werkelijk = {p: wie for p, perioden in toegerekend.items() if (wie := op(dag, perioden))}
    assert werkelijk == verwacht


@given(reeksen(), budgetten, st.randoms())
def test_in_welke_volgorde_het_wordt_gehoord_maakt_niet_uit(
    plaatsingen: list[BegeleidePlaatsing], bekend: list[Begeleidingsbudget], toeval: object
) -> None:
    geschud = list(plaatsingen)
    toeval.shuffle(geschud)  # type: ignore[attr-defined]
    assert reken_toe(geschud, reversed(bekend)) == reken_toe(plaatsingen, bekend)


@given(reeksen(), reeksen(), budgetten, dagen)
def test_wat_is_gemeld_zegt_na_elke_correctie_weer_precies_wat_geldt(
    eerst: list[BegeleidePlaatsing],
    later: list[BegeleidePlaatsing],
    bekend: list[Begeleidingsbudget],
    dag: date,
) -> None:
    gemeld: dict[UUID, dict[date, TenLasteVan]] = {}
    geldt: dict[UUID, tuple[Toerekening, ...]] = {}
    for stand in (eerst, later):
        geldt = reken_toe(stand, bekend)
        for plaatsing_id, perioden in geldt.items():
            van_deze = gemeld.setdefault(plaatsing_id, {})
            van_deze.update(te_melden(van_deze, perioden))
            assert te_melden(van_deze, perioden) == ()
    for plaatsing_id, perioden in geldt.items():
        if wie := op(dag, perioden):
            gezegd = gemeld[plaatsing_id]
            assert gezegd[max(d for d in gezegd if d <= dag)] is wie


def test_een_heel_jaar_kost_precies_het_afgesproken_bedrag_ook_in_een_schrikkeljaar() -> None:
    toegerekend = reken_toe([plaatsing(1, date(2023, 7, 1))], [budget(1, 2023)])
    regels = list(
        lasten(toegerekend[UUID(int=1)], [budget(1, 2023)], date(2023, 1, 1), date(2024, 12, 31))
    )
    assert [(r.vanaf, r.tot_en_met, r.dagen, r.bedrag) for r in regels] == [
        # 184 of 365 days: 4000 x 184 / 365 = 2016.438…
        (date(2023, 7, 1), date(2023, 12, 31), 184, Decimal("2016.44")),
        (date(2024, 1, 1), date(2024, 12, 31), 366, Decimal("4000.00")),
    ]


@given(reeksen(), budgetten)
def test_de_lasten_van_beide_samen_zijn_die_van_elke_dag_dat_iemand_betaalt(
    plaatsingen: list[BegeleidePlaatsing], bekend: list[Begeleidingsbudget]
) -> None:
    tot = BEGIN + timedelta(days=900)
    toegerekend = [t for perioden in reken_toe(plaatsingen, bekend).values() for t in perioden]
    betaald = sum(last.dagen for last in lasten(toegerekend, bekend, BEGIN, tot))
    gelopen = sum(
        max(0, (min(p.laatste_dag or tot, tot) - max(p.begin, eerste)).days + 1)
        for p in plaatsingen
        for eerste in [date(min((b.jaar for b in bekend), default=9000), 1, 1)]
    )
    assert betaald == gelopen


@given(st.lists(st.decimals(0, 5_000_000, places=2), max_size=8))
def test_de_reserve_wordt_nooit_negatief_en_wat_zij_niet_draagt_is_te_zien(
    bedragen: list[Decimal],
) -> None:
    stand = reservestand(STIMULUSRESERVE, bedragen)
    assert stand.over >= 0
    assert stand.gebruikt + stand.over == STIMULUSRESERVE.bedrag == Decimal("6700000.00")
    assert stand.gebruikt + stand.ongedekt == sum(bedragen)
    assert stand.ongedekt == 0 or stand.over == 0


def last(nummer: int, bedrag: str, vanaf: date, wie: TenLasteVan = STIMULUS) -> Begeleidingslast:
    return Begeleidingslast(UUID(int=nummer), wie, vanaf, vanaf, Decimal(bedrag))


def reserve(bedrag: Decimal) -> Stimulusreserve:
    return Stimulusreserve(BEGIN, bedrag, "verzonnen voor de test")


def test_wie_het_eerst_begon_draagt_de_reserve_en_wat_een_eerder_jaar_droeg_blijft_zo() -> None:
    begin = {UUID(int=1): date(2020, 1, 1), UUID(int=2): date(2020, 6, 1)}
    van_2021 = last(2, "60.00", date(2021, 3, 1))
    eerste, tweede = last(1, "30.00", date(2022, 1, 1)), last(2, "30.00", date(2022, 1, 1))
    eigen = last(1, "999.00", date(2021, 1, 1), BUDGET)
    gevonden = ongedekt(reserve(Decimal("100.00")), [tweede, eigen, eerste, van_2021], begin)
    assert gevonden == {
        van_2021: Decimal("0.00"),
        eerste: Decimal("0.00"),
        tweede: Decimal("20.00"),
    }


@given(reeksen(), st.lists(dagen, max_size=12), budgetten, st.decimals(0, 40_000, places=2), dagen)
def test_de_reserve_wordt_door_geen_reeks_van_begin_einde_en_overdracht_negatief(
    plaatsingen: list[BegeleidePlaatsing],
    overdrachten: list[date],
    bekend: list[Begeleidingsbudget],
    bedrag: Decimal,
    tot: date,
) -> None:
    """Two gemeenten: some go from the one to the other on a day."""
    begin = {p.plaatsing_id: p.begin for p in plaatsingen}
    hier, daar = list(plaatsingen), []
    for nummer, (p, dag) in enumerate(zip(plaatsingen, overdrachten, strict=False)):
        if p.begin < dag and (p.laatste_dag is None or dag <= p.laatste_dag):
            hier[nummer] = replace(p, laatste_dag=dag - timedelta(days=1))
            daar.append(replace(p, begin=dag))
    alle: list[Begeleidingslast] = []
    for van_gemeente in (hier, daar):
        toegerekend = (t for deel in reken_toe(van_gemeente, bekend).values() for t in deel)
        alle += lasten(toegerekend, bekend, BEGIN, tot)
    assert len(alle) == len(set(alle))
    gevonden = ongedekt(reserve(bedrag), reversed(alle), begin)
    van_stimulus = {r for r in alle if r.ten_laste_van is STIMULUS}
    assert gevonden.keys() == van_stimulus
    over = bedrag
    for regel in sorted(
        van_stimulus, key=lambda r: (r.vanaf.year, begin[r.plaatsing_id], r.plaatsing_id, r.vanaf)
    ):
        assert gevonden[regel] == 0 or over <= regel.bedrag, "only what no longer fits"
        over -= regel.bedrag - gevonden[regel]
        assert over >= 0
        assert 0 <= gevonden[regel] <= regel.bedrag
