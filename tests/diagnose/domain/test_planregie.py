"""The rules of planregie: 26 weeks, doelen, hours, and reports that two people accord."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.diagnose.domain.fouten import (
    AkkoordNietBevoegd,
    AlGeaccordeerd,
    DatumPastNiet,
    DatumTeLaat,
    DoelAlAfgesloten,
    DomeinFout,
    OngeldigePlanregie,
    PlanregieInAndereToestand,
    PlanregieLoopt,
    RapportageVastgesteld,
    RapportageVervangen,
    RapportageZonderTrajectplan,
    RapportageZonderZrm,
    TrajectplanZonderDoelen,
)
from services.diagnose.domain.planregie import (
    Akkoord,
    Akkoordrol,
    Betrokkene,
    Betrokkenheid,
    Doelstand,
    Functie,
    Inzet,
    Planregie,
    Planregiestatus,
    Rapportage,
    Rapportagesoort,
    RedenEinde,
    RedenNietGestart,
    meld_aan,
)
from services.diagnose.domain.planregiecijfers import tel
from services.diagnose.domain.rapport import urenstaat
from services.diagnose.domain.zrm import (
    DOMEINEN,
    HulpAanwezig,
    ZrmDomein,
    ZrmMeting,
    ZrmScore,
    ZrmVersie,
)

BEGIN = date(2026, 1, 5)
LATER = date(2028, 1, 1)
"""A today on which every day of these tests is past."""
EEN_DAG = timedelta(days=1)
PLAN, TUSSEN, EINDE = Rapportagesoort
DAGEN = st.dates(date(2018, 1, 1), date(2030, 12, 31))


def gestart(op: date = BEGIN, doelen: int = 1) -> Planregie:
    planregie = Planregie(uuid4(), op)
    planregie.start(op, max(op, LATER))
    for _ in range(doelen):
        planregie.stel_doel(uuid4(), ZrmDomein.TIJDSBESTEDING, "Dagritme", op, max(op, LATER))
    return planregie


def meting(op: date) -> ZrmMeting:
    scores = tuple(ZrmScore(d, 3, HulpAanwezig.NEE) for d in DOMEINEN[ZrmVersie.V2017])
    return ZrmMeting(uuid4(), op, op, "planregisseur", scores)


def rapporteer(
    planregie: Planregie, soort: Rapportagesoort, op: date, akkoord: bool = False
) -> Rapportage:
    rapportage = planregie.maak_rapportage(uuid4(), soort, meting(op), (), op)
    if akkoord:
        for wie in (PLANREGISSEUR, KLANTMANAGER):
            planregie.accordeer(rapportage.rapportage_id, wie)
    return rapportage


def akkoord(rol: Akkoordrol, medewerker: str, organisatie: str | None = None) -> Akkoord:
    van = "wsd" if rol is Akkoordrol.PLANREGISSEUR else "0757"
    return Akkoord(organisatie or van, rol, medewerker, BEGIN)


PLANREGISSEUR = akkoord(Akkoordrol.PLANREGISSEUR, "PR-1")
KLANTMANAGER = akkoord(Akkoordrol.KLANTMANAGER, "KM-1")


# -- the traject ------------------------------------------------------------------------------


@given(DAGEN)
def test_een_traject_duurt_26_weken_en_de_rapportages_vallen_na_3_en_6_maanden(op: date) -> None:
    planregie = gestart(op)
    assert planregie.geplande_einddatum + EEN_DAG - op == timedelta(weeks=26)
    assert op < planregie.drie_maanden < planregie.zes_maanden
    assert 88 <= (planregie.drie_maanden - op).days <= 92
    assert 180 <= (planregie.zes_maanden - op).days <= 184


def test_een_kandidaat_heeft_een_planregie_tegelijk() -> None:
    lopend = gestart()
    with pytest.raises(PlanregieLoopt):
        meld_aan([lopend], uuid4(), BEGIN, niet_voor=BEGIN, vandaag=LATER)
    lopend.beeindig(BEGIN, RedenEinde.UITVAL, "", LATER)
    assert meld_aan([lopend], uuid4(), BEGIN, niet_voor=BEGIN, vandaag=LATER).status == "aangemeld"


def test_wat_niet_begint_heeft_een_reden_en_begint_niet_meer() -> None:
    planregie = Planregie(uuid4(), BEGIN)
    planregie.start_niet(BEGIN, RedenNietGestart.VERHUIZING, "", LATER)
    assert planregie.status is Planregiestatus.NIET_GESTART
    with pytest.raises(PlanregieInAndereToestand):
        planregie.start(BEGIN, LATER)


def test_een_stap_is_niet_voor_de_vorige_en_niet_na_vandaag() -> None:
    planregie = Planregie(uuid4(), BEGIN)
    with pytest.raises(DatumPastNiet):
        planregie.start(BEGIN - EEN_DAG, LATER)
    with pytest.raises(DatumTeLaat):
        planregie.start(BEGIN + EEN_DAG, BEGIN)


def test_een_verlenging_heeft_een_reden_en_een_latere_laatste_dag() -> None:
    planregie = gestart()
    einde = planregie.geplande_einddatum
    with pytest.raises(OngeldigePlanregie):
        planregie.verleng(BEGIN, einde + EEN_DAG, "  ", LATER)
    with pytest.raises(DatumPastNiet):
        planregie.verleng(BEGIN, einde, "Nog drie maanden nodig.", LATER)
    with pytest.raises(DatumTeLaat):
        planregie.verleng(BEGIN, date.max, "Nog drie maanden nodig.", LATER)
    planregie.verleng(BEGIN, einde + EEN_DAG, "Nog drie maanden nodig.", LATER)
    assert planregie.geplande_einddatum == einde + EEN_DAG


def test_een_traject_eindigt_niet_voor_wat_erin_is_vastgelegd() -> None:
    planregie = gestart()
    dag = BEGIN + timedelta(days=40)
    planregie.boek(Inzet(uuid4(), "PR-1", Functie.PLANREGISSEUR, dag, Decimal(1)), LATER)
    with pytest.raises(DatumPastNiet):
        planregie.beeindig(dag - EEN_DAG, RedenEinde.AFGEROND, "", LATER)


# -- doelen and hours -------------------------------------------------------------------------


def test_een_doel_wordt_een_keer_behaald_of_vervalt() -> None:
    planregie = gestart()
    [doel] = planregie.doelen
    with pytest.raises(OngeldigePlanregie):
        planregie.sluit_doel(doel.doel_id, Doelstand.LOPEND, BEGIN, "", LATER)
    gesloten = planregie.sluit_doel(doel.doel_id, Doelstand.BEHAALD, BEGIN, "", LATER)
    assert gesloten == planregie.doelen[0]
    with pytest.raises(DoelAlAfgesloten):
        planregie.sluit_doel(doel.doel_id, Doelstand.VERVALLEN, BEGIN, "", LATER)
    assert planregie.sluit_doel(uuid4(), Doelstand.BEHAALD, BEGIN, "", LATER) is None


def test_na_het_einde_kan_nog_worden_vastgelegd_wat_ervoor_gebeurde() -> None:
    planregie = gestart()
    [doel] = planregie.doelen
    einde = BEGIN + timedelta(days=50)
    planregie.beeindig(einde, RedenEinde.AFGEROND, "", LATER)
    with pytest.raises(DatumTeLaat):
        planregie.sluit_doel(doel.doel_id, Doelstand.BEHAALD, einde + EEN_DAG, "", LATER)
    planregie.sluit_doel(doel.doel_id, Doelstand.BEHAALD, einde, "", LATER)
    planregie.boek(Inzet(uuid4(), "PR-1", Functie.PLANREGISSEUR, einde, Decimal(2)), LATER)


@pytest.mark.parametrize("uren", ["0", "-1", "12.25"])
def test_uren_zijn_meer_dan_nul_en_hoogstens_24_per_medewerker_per_dag(uren: str) -> None:
    planregie = gestart()
    planregie.boek(Inzet(uuid4(), "PR-1", Functie.PLANREGISSEUR, BEGIN, Decimal(12)), LATER)
    with pytest.raises(OngeldigePlanregie):
        planregie.boek(Inzet(uuid4(), "PR-1", Functie.PLANREGISSEUR, BEGIN, Decimal(uren)), LATER)


INZET = st.builds(
    Inzet,
    st.uuids(),
    st.sampled_from(["PR-1", "PR-2", "KM-1"]),
    st.sampled_from(Functie),
    st.integers(0, 250).map(lambda dagen: BEGIN + timedelta(days=dagen)),
    st.decimals(Decimal("0.25"), Decimal(8), places=2),
)


@given(st.lists(INZET, max_size=30))
def test_de_urenstaat_telt_op_tot_alle_uren(inzet: list[Inzet]) -> None:
    planregie = gestart()
    for een in inzet:
        with contextlib.suppress(OngeldigePlanregie):
            planregie.boek(een, LATER)
    staat = urenstaat(planregie)
    assert sum((regel.totaal for regel in staat), Decimal(0)) == planregie.uren
    assert sum((regel.eerste_drie_maanden for regel in staat), Decimal(0)) == sum(
        (een.uren for een in planregie.inzet if een.op <= planregie.drie_maanden), Decimal(0)
    )
    assert len({(regel.functie, regel.medewerker) for regel in staat}) == len(staat)


def test_wie_meehelpt_telt_een_keer_naast_wsd_en_de_gemeente() -> None:
    planregie = gestart()
    zorg = Betrokkene(Betrokkenheid.ZORG, "GGZ")
    assert [planregie.betrek(zorg), planregie.betrek(zorg)] == [True, False]
    assert planregie.aantal_organisaties == 3


# -- reports ----------------------------------------------------------------------------------


def test_zonder_doelen_is_er_geen_rapportage() -> None:
    with pytest.raises(TrajectplanZonderDoelen):
        rapporteer(gestart(doelen=0), PLAN, BEGIN)


def test_een_rapportage_rust_op_een_zrm_van_hoogstens_30_dagen_oud() -> None:
    planregie, oud = gestart(), meting(BEGIN)
    with pytest.raises(RapportageZonderZrm, match="Neem eerst"):
        planregie.metingen_voor(PLAN, [], BEGIN)
    assert planregie.metingen_voor(PLAN, [oud], BEGIN + timedelta(days=30)) == (oud, oud)
    with pytest.raises(RapportageZonderZrm, match="ouder dan 30 dagen"):
        planregie.metingen_voor(PLAN, [oud], BEGIN + timedelta(days=31))
    with pytest.raises(RapportageZonderZrm):
        planregie.metingen_voor(PLAN, [oud], BEGIN - EEN_DAG)


def test_een_tussenrapportage_vergelijkt_met_de_zrm_van_het_trajectplan() -> None:
    planregie, eerste, tweede = gestart(), meting(BEGIN), meting(BEGIN + timedelta(days=80))
    with pytest.raises(RapportageZonderTrajectplan):
        planregie.metingen_voor(TUSSEN, [eerste], BEGIN)
    planregie.maak_rapportage(uuid4(), PLAN, eerste, (), BEGIN)
    with pytest.raises(RapportageZonderZrm, match="geen nieuwe"):
        planregie.metingen_voor(TUSSEN, [eerste], BEGIN)
    op = tweede.afgenomen_op
    assert planregie.metingen_voor(TUSSEN, [eerste, tweede], op) == (eerste, tweede)
    # A new version of the trajectplan is still about the first.
    assert planregie.metingen_voor(PLAN, [eerste, tweede], op) == (eerste, eerste)


def test_wat_allebei_accordeerden_krijgt_geen_nieuwe_versie() -> None:
    planregie = gestart()
    eerste = rapporteer(planregie, PLAN, BEGIN)
    tweede = rapporteer(planregie, PLAN, BEGIN)
    assert (eerste.versie, tweede.versie) == (1, 2)
    with pytest.raises(RapportageVervangen):
        planregie.accordeer(eerste.rapportage_id, KLANTMANAGER)
    for wie in (PLANREGISSEUR, KLANTMANAGER):
        planregie.accordeer(tweede.rapportage_id, wie)
    with pytest.raises(RapportageVastgesteld):
        rapporteer(planregie, PLAN, BEGIN)
    assert planregie.accordeer(uuid4(), KLANTMANAGER) is None


def test_na_een_verlenging_is_er_een_tweede_eindrapportage_en_geen_derde() -> None:
    planregie = gestart()
    rapporteer(planregie, EINDE, BEGIN, akkoord=True)
    with pytest.raises(RapportageVastgesteld):
        rapporteer(planregie, EINDE, BEGIN)
    planregie.verleng(BEGIN, planregie.geplande_einddatum + timedelta(days=90), "Nog even.", LATER)
    rapporteer(planregie, EINDE, BEGIN, akkoord=True)
    with pytest.raises(RapportageVastgesteld):
        rapporteer(planregie, EINDE, BEGIN)


def test_na_het_einde_is_er_nog_wel_een_eindrapportage() -> None:
    planregie = gestart()
    planregie.beeindig(BEGIN, RedenEinde.UITVAL, "", LATER)
    rapporteer(planregie, EINDE, BEGIN)
    with pytest.raises(PlanregieInAndereToestand):
        rapporteer(planregie, TUSSEN, BEGIN)


@pytest.mark.parametrize(
    ("organisatie", "rol"),
    [("0757", Akkoordrol.PLANREGISSEUR), ("wsd", Akkoordrol.KLANTMANAGER)],
)
def test_de_planregisseur_is_van_wsd_en_de_klantmanager_van_de_gemeente(
    organisatie: str, rol: Akkoordrol
) -> None:
    with pytest.raises(AkkoordNietBevoegd):
        akkoord(rol, "M-1", organisatie)


AKKOORDEN = st.builds(akkoord, st.sampled_from(Akkoordrol), st.sampled_from(["M-1", "M-2"]))


@given(st.lists(AKKOORDEN, max_size=8))
def test_niemand_accordeert_een_rapportage_twee_keer(pogingen: list[Akkoord]) -> None:
    """In whatever order people try: one of each side, the first, and both make it accorded."""
    rapportage = Rapportage(uuid4(), PLAN, 1, BEGIN, uuid4())
    aangenomen: list[Akkoord] = []
    for poging in pogingen:
        try:
            rapportage = rapportage.accordeer(poging)
            aangenomen.append(poging)
        except AlGeaccordeerd:
            pass
    assert list(rapportage.akkoorden) == aangenomen
    wie = [(een.organisatie, een.medewerker) for een in rapportage.akkoorden]
    assert len(wie) == len(set(wie))
    eersten = {poging.rol: poging for poging in reversed(pogingen)}
    assert {een.rol: een for een in rapportage.akkoorden} == eersten
    assert rapportage.is_geaccordeerd is (len(eersten) == 2)


# -- whatever happens -------------------------------------------------------------------------

Stap = Callable[[Planregie, date, Random], object]

STAPPEN: Sequence[Stap] = (
    lambda p, op, _: p.start(op, op),
    lambda p, op, _: p.start_niet(op, RedenNietGestart.ANDERS, "", op),
    lambda p, op, _: p.verleng(op, op + timedelta(days=300), "Nodig.", op),
    lambda p, op, _: p.beeindig(op, RedenEinde.ANDERS, "", op),
    lambda p, op, _: p.stel_doel(uuid4(), ZrmDomein.FINANCIEN, "Doel", op, op),
    lambda p, op, t: p.sluit_doel(_een(p, t), t.choice(list(Doelstand)), op, "", op),
    lambda p, op, t: p.boek(Inzet(uuid4(), "A", Functie.ANDERS, op, Decimal(t.randint(0, 9))), op),
    lambda p, op, t: rapporteer(p, t.choice(list(Rapportagesoort)), op, t.random() < 0.5),
)


def _een(planregie: Planregie, toeval: Random) -> UUID:
    return toeval.choice([doel.doel_id for doel in planregie.doelen] or [uuid4()])


@st.composite
def planregies(draw: st.DrawFn) -> Planregie:
    """A planregie to which things happened on days that follow; what is refused did not happen."""
    planregie, op = Planregie(draw(st.uuids()), BEGIN), BEGIN
    toeval = draw(st.randoms(use_true_random=False))
    for stap in draw(st.lists(st.sampled_from(STAPPEN), max_size=25)):
        op += timedelta(days=draw(st.integers(0, 20)))
        with contextlib.suppress(DomeinFout):
            stap(planregie, op, toeval)
    return planregie


@given(planregies())
def test_een_planregie_blijft_kloppen_wat_er_ook_gebeurt(planregie: Planregie) -> None:
    begonnen = planregie.gestart_op is not None
    assert begonnen or not (planregie.doelen or planregie.inzet or planregie.rapportages)
    assert not (begonnen and planregie.niet_gestart_op)
    tot = planregie.beeindigd_op or LATER
    for doel in planregie.doelen:
        assert (doel.stand is Doelstand.LOPEND) is (doel.stand_op is None)
        assert doel.gesteld_op <= (doel.stand_op or tot) <= tot
    for soort in Rapportagesoort:
        versies = [r.versie for r in planregie.rapportages if r.soort is soort]
        assert versies == list(range(1, len(versies) + 1))
    if planregie.rapportages:
        assert planregie.nulmeting_id is not None


@given(st.lists(planregies(), max_size=8), st.randoms())
def test_de_cijfers_tellen_op_en_de_volgorde_doet_er_niet_toe(
    alle: list[Planregie], toeval: Random
) -> None:
    cijfers = tel(alle)
    geschud = toeval.sample(alle, len(alle))
    assert tel(geschud) == cijfers
    lopend, afgerond, totaal = cijfers.lopend, cijfers.afgerond, cijfers.totaal
    niet = cijfers.nog_niet_begonnen + cijfers.niet_gestart
    assert niet + lopend.inwoners + afgerond.inwoners == totaal.inwoners == len(alle)
    assert lopend.uren + afgerond.uren == totaal.uren
    assert lopend.doelen_gesteld + afgerond.doelen_gesteld == totaal.doelen_gesteld
    assert lopend.doelen_behaald + afgerond.doelen_behaald <= totaal.doelen_behaald
    assert totaal.doelen_behaald <= totaal.doelen_gesteld
    # Of two groups together: what they are apart.
    half = len(alle) // 2
    een, twee = tel(alle[:half]), tel(alle[half:])
    assert een.afgerond.doelen_behaald + twee.afgerond.doelen_behaald == afgerond.doelen_behaald
    assert een.totaal.uren + twee.totaal.uren == totaal.uren
