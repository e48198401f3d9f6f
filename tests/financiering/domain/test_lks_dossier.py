"""Besluit en bedragen volgen uit wat bekend is, en niet uit de volgorde waarin het bekend werd."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.financiering.domain.leeftijdsgroep import Leeftijdsgroep, Leeftijdsovergang
from services.financiering.domain.lks_aanvraag import LoonwaardeVanaf
from services.financiering.domain.lks_dossier import (
    Dienstverband,
    Doelgroep,
    Kandidaatfeiten,
    LksStatus,
    Loonkostensubsidie,
)
from services.financiering.domain.lks_toekenning import EindeLks
from services.financiering.domain.loonkostensubsidie import Arbeidsduur

ID = UUID("018f0000-0000-7000-8000-000000000001")
BEGIN = date(2025, 3, 10)
DAG = st.dates(date(2024, 10, 1), date(2026, 12, 31))
LOONWAARDEN = st.dictionaries(DAG, st.integers(0, 100), max_size=5)


def subsidie(loonwaarde: int | None = 40) -> Loonkostensubsidie:
    dienstverband = Dienstverband(ID, BEGIN, Arbeidsduur(Decimal(24)), loonwaarde)
    return Loonkostensubsidie(ID, ID, "0757", dienstverband)


def gemeten(waarden: dict[date, int]) -> tuple[LoonwaardeVanaf, ...]:
    return tuple(LoonwaardeVanaf(waarden[dag], dag) for dag in sorted(waarden))


def volwassene(waarden: dict[date, int]) -> Kandidaatfeiten:
    return Kandidaatfeiten(Doelgroep.PWET, Leeftijdsgroep.VOLWASSEN, (), gemeten(waarden))


@given(
    waarden=LOONWAARDEN,
    volgorde=st.permutations(range(5)),
    loonwaarde=st.none() | st.integers(0, 99),
    laatste_dag=st.none() | DAG,
    eind=DAG,
)
def test_wat_stap_voor_stap_bekend_wordt_eindigt_als_wat_ineens_bekend_is(
    waarden: dict[date, int],
    volgorde: list[int],
    loonwaarde: int | None,
    laatste_dag: date | None,
    eind: date,
) -> None:
    ineens = subsidie(loonwaarde)
    if laatste_dag:
        ineens = ineens.beeindigd(laatste_dag, EindeLks.EINDE_DIENSTBETREKKING)
    ineens = ineens.beoordeeld(volwassene(waarden), eind)

    dagen = sorted(waarden)
    bekend: dict[date, int] = {}
    stapsgewijs = subsidie(loonwaarde).beoordeeld(volwassene({}), BEGIN)
    for nummer in volgorde:
        if nummer < len(dagen):
            bekend[dagen[nummer]] = waarden[dagen[nummer]]
            stapsgewijs = stapsgewijs.beoordeeld(volwassene(bekend), eind)
    if laatste_dag:
        stapsgewijs = stapsgewijs.beeindigd(laatste_dag, EindeLks.EINDE_DIENSTBETREKKING)
    stapsgewijs = stapsgewijs.beoordeeld(volwassene(waarden), eind)

    assert stapsgewijs.perioden == ineens.perioden
    assert stapsgewijs.status == ineens.status


@given(waarden=LOONWAARDEN, loonwaarde=st.none() | st.integers(0, 99), eind=DAG)
def test_elke_periode_zegt_wat_de_toekenning_die_dag_berekent(
    waarden: dict[date, int], loonwaarde: int | None, eind: date
) -> None:
    feiten = volwassene(waarden)
    lks = subsidie(loonwaarde).beoordeeld(feiten, eind)
    toekenning = lks.toekenning(feiten)
    for periode in lks.perioden:
        if periode.vaststelling.maandbedrag is not None:
            laatste = periode.tot_en_met or max(eind, periode.vanaf)
            for dag in (periode.vanaf, laatste):
                assert toekenning.berekening_op(dag).bedrag == periode.vaststelling.maandbedrag


@given(waarden=LOONWAARDEN, eind=DAG)
def test_nog_eens_beoordelen_verandert_niets(waarden: dict[date, int], eind: date) -> None:
    lks = subsidie().beoordeeld(volwassene(waarden), eind)
    assert lks.beoordeeld(volwassene(waarden), eind) == lks


@given(waarden=LOONWAARDEN, vandaag=DAG)
def test_de_volgende_beoordeling_ligt_altijd_later(waarden: dict[date, int], vandaag: date) -> None:
    feiten = volwassene(waarden)
    lks = subsidie(None).beoordeeld(feiten, vandaag)
    volgende = lks.volgende_beoordeling(feiten, vandaag)
    assert volgende is not None
    assert volgende > vandaag


@given(waarden=LOONWAARDEN, eind=DAG)
def test_elke_dag_beoordelen_mist_niets_van_wat_de_termijnen_vinden(
    waarden: dict[date, int], eind: date
) -> None:
    """From deadline to deadline the same periods are found as by looking once, at the end."""
    feiten = volwassene(waarden)
    lks, dag = subsidie().beoordeeld(feiten, BEGIN), BEGIN
    while (volgende := lks.volgende_beoordeling(feiten, dag)) and volgende <= eind:
        dag = volgende
        lks = lks.beoordeeld(feiten, dag)
    ineens = subsidie().beoordeeld(feiten, max(eind, BEGIN))
    assert lks.perioden == ineens.perioden


def test_een_verjaardag_in_de_maand_van_de_doorverwijzing_telt_mee() -> None:
    """Referred on the 3rd as a 20-year-old, 21 on the 20th: 21+ counts from the 1st."""
    overgang = Leeftijdsovergang(date(2025, 3, 1), Leeftijdsgroep.VOLWASSEN)
    feiten = Kandidaatfeiten(Doelgroep.PWET, Leeftijdsgroep.TWINTIG, (overgang,))
    ouder = volwassene({})
    jonger = replace(feiten, overgangen=())
    bedragen = [
        subsidie().beoordeeld(bekend, BEGIN).maandbedrag for bekend in (feiten, ouder, jonger)
    ]
    assert bedragen[0] == bedragen[1] != bedragen[2]


def test_een_overgang_die_de_doorverwijzing_al_telde_telt_niet_dubbel() -> None:
    overgang = Leeftijdsovergang(date(2025, 1, 1), Leeftijdsgroep.VOLWASSEN)
    feiten = replace(volwassene({}), overgangen=(overgang,))
    eerder = subsidie().beoordeeld(volwassene({}), BEGIN)
    assert subsidie().beoordeeld(feiten, BEGIN) == eerder


def test_een_besluit_blijft_staan_als_de_doelgroep_later_anders_wordt_gemeld() -> None:
    toegekend = subsidie().beoordeeld(volwassene({}), BEGIN)
    anders = replace(volwassene({}), doelgroep=Doelgroep.WSW)
    later = toegekend.beoordeeld(anders, BEGIN + timedelta(days=30))
    assert later.status is LksStatus.TOEGEKEND
