"""Vrijstelling: van wat, hoe lang en door wie, per artikel."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.besluit import Beslisser, Besluit, Intrekking
from services.intake.domain.fouten import (
    DatumPastNiet,
    DomeinFout,
    GeenAlleenstaandeOuderVanJongKind,
    NietBevoegd,
    RechtsgrondPastNiet,
    VrijstellingAlGebruikt,
    VrijstellingBlijvend,
    VrijstellingTeLang,
    VrijstellingTeRuim,
    VrijstellingTijdelijk,
)
from services.intake.domain.instroom import Doelgroep, Instroomkanaal
from services.intake.domain.kandidaat import Kandidaat
from services.intake.domain.rechtsgrond import TOEGESTAAN, Besluitsoort, Rechtsgrond
from services.intake.domain.vrijstelling import Verplichting, Vrijstelling, maanden_later
from services.intake.gemeenten import gemeenten

BOXTEL, MEIERIJSTAD, WSD = "0757", "1948", "wsd"
DAG = date(2026, 9, 1)
AFSPRAKEN = gemeenten().afspraken
A, B, C = Verplichting.ARBEID, Verplichting.VOORZIENING, Verplichting.TEGENPRESTATIE
VIJF_JAAR = date(2031, 8, 31)
EEN_JAAR = date(2027, 8, 31)


def kandidaat(gemeente: str = BOXTEL) -> Kandidaat:
    return Kandidaat(uuid4(), gemeente, DAG, Instroomkanaal.BALIE, Doelgroep.PWET)


def besluit(grond: Rechtsgrond, door: str = BOXTEL) -> Besluit:
    return Besluit(uuid4(), DAG, Beslisser(door, "klantmanager"), "Feiten.", grond, DAG)


def verleen(
    grond: Rechtsgrond,
    van: set[Verplichting],
    einddatum: date | None,
    *,
    wie: Kandidaat | None = None,
    jong_kind: bool = False,
    door: str = BOXTEL,
) -> Vrijstelling:
    return (wie or kandidaat()).verleen_vrijstelling(
        van,
        einddatum,
        alleenstaande_ouder_kind_jonger_dan_5=jong_kind,
        besluit=besluit(grond, door),
        afspraken=AFSPRAKEN,
    )


@pytest.mark.parametrize("van", [{A}, {C}, {A, C}])
def test_wegens_dringende_redenen_tijdelijk_van_arbeid_en_tegenprestatie(
    van: set[Verplichting],
) -> None:
    assert verleen(Rechtsgrond.PW_9_2, van, EEN_JAAR).vrijgesteld_van == van


@pytest.mark.parametrize("van", [{B}, {A, B}, {A, B, C}])
def test_van_meewerken_aan_een_voorziening_is_er_geen_ontheffing_wegens_dringende_redenen(
    van: set[Verplichting],
) -> None:
    with pytest.raises(VrijstellingTeRuim) as fout:
        verleen(Rechtsgrond.PW_9_2, van, EEN_JAAR)
    assert fout.value.artikel == "art. 9 lid 2 Participatiewet"


def test_een_tijdelijke_vrijstelling_heeft_een_einddatum_binnen_haar_grens() -> None:
    with pytest.raises(VrijstellingTijdelijk):
        verleen(Rechtsgrond.PW_9_2, {A}, None)
    for einddatum in (DAG - timedelta(1), EEN_JAAR + timedelta(1)):
        with pytest.raises(VrijstellingTeLang):
            verleen(Rechtsgrond.PW_9_2, {A}, einddatum)


def test_wie_volledig_arbeidsongeschikt_is_heeft_geen_verplichtingen_en_geen_einddatum() -> None:
    verleend = verleen(Rechtsgrond.PW_9_5, {A, B, C}, None)
    assert verleend.einddatum is None
    with pytest.raises(VrijstellingBlijvend):
        verleen(Rechtsgrond.PW_9_5, {A, B, C}, EEN_JAAR)
    with pytest.raises(VrijstellingTeRuim):
        verleen(Rechtsgrond.PW_9_5, {A}, None)


def test_een_alleenstaande_ouder_met_een_jong_kind_hoeft_vijf_jaar_niet_te_werken() -> None:
    verleend = verleen(Rechtsgrond.PW_9A, {A}, VIJF_JAAR, jong_kind=True)
    assert verleend.plan_van_aanpak_uiterlijk == date(2027, 3, 1)
    with pytest.raises(VrijstellingTeLang):
        verleen(Rechtsgrond.PW_9A, {A}, VIJF_JAAR + timedelta(1), jong_kind=True)
    with pytest.raises(VrijstellingTeRuim):
        verleen(Rechtsgrond.PW_9A, {A, C}, VIJF_JAAR, jong_kind=True)
    with pytest.raises(GeenAlleenstaandeOuderVanJongKind):
        verleen(Rechtsgrond.PW_9A, {A}, VIJF_JAAR)


def test_de_vrijstelling_voor_een_jong_kind_is_er_een_keer_per_kandidaat() -> None:
    wie = kandidaat()
    eerste = verleen(Rechtsgrond.PW_9A, {A}, VIJF_JAAR, wie=wie, jong_kind=True)
    with pytest.raises(VrijstellingAlGebruikt):
        verleen(Rechtsgrond.PW_9A, {A}, VIJF_JAAR, wie=wie, jong_kind=True)
    later = replace(INTREKKING, ingangsdatum=DAG + timedelta(1))
    gewerkt = replace(wie)
    gewerkt.trek_in(eerste, later, afspraken=AFSPRAKEN)
    with pytest.raises(VrijstellingAlGebruikt):
        verleen(Rechtsgrond.PW_9A, {A}, VIJF_JAAR, wie=gewerkt, jong_kind=True)
    wie.trek_in(eerste, INTREKKING, afspraken=AFSPRAKEN)
    verleen(Rechtsgrond.PW_9A, {A}, VIJF_JAAR, wie=wie, jong_kind=True)


INTREKKING = Intrekking(UUID(int=1), DAG, Beslisser(BOXTEL, "klantmanager"), "Vergissing.", DAG)


@pytest.mark.parametrize("door", [WSD, "0865"])
def test_over_een_vrijstelling_en_een_zorgtraject_besluit_altijd_de_gemeente(door: str) -> None:
    """Also where WSD has the mandate for the trajectbesluit (art. 7 lid 4)."""
    wie = kandidaat(MEIERIJSTAD)
    with pytest.raises(NietBevoegd) as fout:
        verleen(Rechtsgrond.PW_9_2, {A}, EEN_JAAR, wie=wie, door=door)
    assert fout.value.artikel == "art. 7 lid 4 Participatiewet"
    with pytest.raises(NietBevoegd):
        wie.neem_zorgtraject(besluit(Rechtsgrond.WMO_2_3_5, door), afspraken=AFSPRAKEN)
    assert wie.besluiten == ()


@pytest.mark.parametrize("grond", Rechtsgrond)
def test_elk_besluit_rust_op_een_artikel_dat_erbij_past(grond: Rechtsgrond) -> None:
    wie = kandidaat()
    if grond in TOEGESTAAN[Besluitsoort.ZORGTRAJECT]:
        wie.neem_zorgtraject(besluit(grond), afspraken=AFSPRAKEN)
    else:
        with pytest.raises(RechtsgrondPastNiet) as fout:
            wie.neem_zorgtraject(besluit(grond), afspraken=AFSPRAKEN)
        assert "wmo-art-2.3.5" in fout.value.uitleg


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(0, 80))
def test_maanden_later_is_dezelfde_dag_of_de_laatste_van_de_maand(dag: date, maanden: int) -> None:
    later = maanden_later(dag, maanden)
    assert (later.year - dag.year) * 12 + later.month - dag.month == maanden
    assert later.day == dag.day or (later.day < dag.day and (later + timedelta(1)).day == 1)


# -- besluiten and intrekkingen in any order ------------------------------------------------


_STAPPEN = st.lists(
    st.one_of(
        st.tuples(st.just("neem"), st.integers(0, 6)),
        st.tuples(st.just("trek in"), st.integers(0, 9)),
    ),
    max_size=14,
)


@given(_STAPPEN)
def test_van_elke_soort_telt_hoogstens_een_besluit_en_een_ingetrokken_nooit(
    stappen: list[tuple[str, int]],
) -> None:
    """Held against a list of what was taken and not withdrawn."""
    wie = kandidaat()
    open_: list[UUID] = []
    for wat, n in stappen:
        if wat == "neem":
            nieuw = replace(
                besluit(Rechtsgrond.WMO_2_3_5),
                genomen_op=DAG + timedelta(n),
                ingangsdatum=DAG + timedelta(n),
            )
            try:
                wie.neem_zorgtraject(nieuw, afspraken=AFSPRAKEN)
                open_.append(nieuw.besluit_id)
            except DatumPastNiet:
                pass
        elif wie.besluiten:
            doel = wie.besluiten[n % len(wie.besluiten)]
            intrekking = replace(
                INTREKKING, genomen_op=DAG + timedelta(9), ingangsdatum=DAG + timedelta(9)
            )
            try:
                wie.trek_in(doel, intrekking, afspraken=AFSPRAKEN)
                open_.remove(doel.besluit.besluit_id)
            except DomeinFout:
                assert doel.besluit.intrekking is not None
        telt = [g for g in wie.besluiten if g is wie.geldend(type(g))]
        assert [g.besluit.besluit_id for g in telt] == open_[-1:]
