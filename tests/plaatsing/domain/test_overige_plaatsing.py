"""Elke soort plaatsing met haar eigen grenzen: wat zij vraagt, hoe lang, en hoe zij eindigt."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, get_args
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.plaatsing.domain.einde import Eindereden, Plaatsingsoort, einderedenen
from services.plaatsing.domain.fouten import (
    DatumBuitenPlaatsing,
    DomeinFout,
    EinderedenPastNiet,
    GeenAlgemeneBijstand,
    GeenHeroverweging,
    HeroverwegingOntbreekt,
    InlenerPastNiet,
    NietTeVerlengen,
    OngeldigePlaatsing,
    PlaatsingAlBeeindigd,
    PlaatsingTeLang,
    VerlengingTeLaat,
)
from services.plaatsing.domain.kalender import laatste_dag_na_maanden
from services.plaatsing.domain.overige_plaatsing import Afspraak, OverigePlaatsing
from services.plaatsing.domain.soorten import REGELS, Familie, OverigePlaatsingsoort
from services.plaatsing.domain.werkgever import Werkgeversoort

BEGIN = date(2026, 5, 4)
P = Plaatsingsoort
SOORTEN = list(REGELS)


def na(maanden: int) -> date:
    return laatste_dag_na_maanden(BEGIN, maanden)


def start(soort: Plaatsingsoort, *, bijstand: bool = True, **anders: Any) -> OverigePlaatsing:
    """As this kind must be: with all it asks, for half a year where it must end."""
    regel = REGELS[soort]
    eerder = {
        naam: anders.pop(naam) for naam in ("eerdere_dagen", "na_verlengingen") if naam in anders
    }
    afspraak = {
        "begin": BEGIN,
        "einddatum": None if regel.open_einde_mag else na(6),
        "uren_per_week": Decimal(24),
        "werkplek_id": uuid4(),
        "werkgever_id": uuid4(),
        "werkgeversoort": Werkgeversoort.REGULIER,
        "tarief_per_uur": Decimal("14.50") if regel.inlener else None,
        **anders,
    }
    return OverigePlaatsing.start(
        plaatsing_id=uuid4(),
        kandidaat_id=uuid4(),
        gemeentecode="0757",
        soort=soort,
        afspraak=Afspraak(**afspraak),
        ontvangt_algemene_bijstand=bijstand,
        loonwaarde=48,
        besluit_id=uuid4(),
        **eerder,
    )


def punten(soort: Plaatsingsoort, **anders: Any) -> set[str]:
    with pytest.raises(OngeldigePlaatsing) as fout:
        start(soort, **anders)
    return {punt.pad for punt in fout.value.punten}


def test_elke_soort_zonder_eigen_gebeurtenis_heeft_een_regel() -> None:
    assert set(REGELS) == set(P) - {P.PROEFPLAATSING, P.LKS_DIENSTVERBAND}
    assert set(get_args(OverigePlaatsingsoort)) == set(REGELS)


@pytest.mark.parametrize("soort", SOORTEN)
def test_elke_soort_kan_met_wat_zij_vraagt(soort: Plaatsingsoort) -> None:
    plaatsing = start(soort)
    assert (plaatsing.loonwaarde is not None) == REGELS[soort].betaald
    assert (plaatsing.besluit_id is not None) == REGELS[soort].beschut


def test_een_detachering_vraagt_een_werkplek_uren_en_een_tarief_alles_tegelijk_gemeld() -> None:
    for soort in (s for s in SOORTEN if REGELS[s].familie is Familie.DETACHERING):
        leeg = punten(soort, werkplek_id=None, uren_per_week=None, tarief_per_uur=None)
        assert leeg == {"werkplekId", "urenPerWeek", "tariefPerUur"}


@pytest.mark.parametrize("soort", [s for s in SOORTEN if not REGELS[s].inlener])
def test_alleen_een_inlener_betaalt_een_tarief(soort: Plaatsingsoort) -> None:
    assert punten(soort, tarief_per_uur=Decimal("14.50")) == {"tariefPerUur"}


def test_detacheren_kan_niet_naar_werkpartners_zelf() -> None:
    with pytest.raises(InlenerPastNiet):
        start(P.DETACHERING_GROEP, werkgeversoort=Werkgeversoort.WERKPARTNERS)


@pytest.mark.parametrize("soort", [P.PARTICIPATIEPLAATS, P.WERKEN_MET_BEHOUD_VAN_UITKERING])
def test_zonder_algemene_bijstand_geen_werk_met_behoud_daarvan(soort: Plaatsingsoort) -> None:
    with pytest.raises(GeenAlgemeneBijstand):
        start(soort, bijstand=False)


@pytest.mark.parametrize(
    ("soort", "langste"),
    [
        (P.PARTICIPATIEPLAATS, 24),
        (P.OAD, 12),
        (P.WERKERVARINGSPLAATS, 6),
        (P.WERKEN_MET_BEHOUD_VAN_UITKERING, 6),
        (P.STAGE, 12),
    ],
)
def test_onbetaald_werk_duurt_niet_langer_dan_mag(soort: Plaatsingsoort, langste: int) -> None:
    assert punten(soort, einddatum=None) == {"einddatum"}
    assert start(soort, einddatum=na(langste)).tot_en_met == na(langste)
    with pytest.raises(PlaatsingTeLang):
        start(soort, einddatum=na(langste) + timedelta(days=1))


def test_oad_duurt_ten_minste_zes_maanden() -> None:
    assert punten(P.OAD, einddatum=na(6) - timedelta(days=1)) == {"einddatum"}
    oad = start(P.OAD, einddatum=na(6))
    oad.verleng(na(12), na(6))
    with pytest.raises(PlaatsingTeLang):
        oad.verleng(na(12) + timedelta(days=1), na(6))


def test_zonder_afgesproken_einde_valt_er_niets_te_verlengen() -> None:
    with pytest.raises(NietTeVerlengen):
        start(P.BESCHUT_WERK).verleng(na(6), BEGIN)


def test_verlengen_gebeurt_voor_de_afloop_en_tot_een_latere_dag() -> None:
    stage = start(P.STAGE)
    with pytest.raises(VerlengingTeLaat):
        stage.verleng(na(8), na(6) + timedelta(days=1))
    with pytest.raises(DatumBuitenPlaatsing):
        stage.verleng(na(6), BEGIN)


# -- participatieplaats (art. 10a) ----------------------------------------------------------------


def test_een_participatieplaats_gaat_na_heroverweging_twee_keer_een_jaar_langer() -> None:
    plaats = start(P.PARTICIPATIEPLAATS, einddatum=na(24))
    with pytest.raises(HeroverwegingOntbreekt):
        plaats.verleng(na(36), na(20))
    plaats.heroverweeg(na(9), vooruitgang=True)
    with pytest.raises(PlaatsingTeLang):
        plaats.verleng(na(36) + timedelta(days=1), na(20))
    plaats.verleng(na(36), na(20))
    plaats.verleng(na(48), na(36))
    assert (plaats.tot_en_met, plaats.verlengingen) == (na(48), 2)
    with pytest.raises(PlaatsingTeLang, match="twee keer"):
        plaats.verleng(na(49), na(48))


def test_binnen_twee_jaar_is_langer_geen_verlenging_van_de_wet() -> None:
    plaats = start(P.PARTICIPATIEPLAATS, einddatum=na(12))
    assert not plaats.vraagt_andere_omgeving(na(24))
    plaats.verleng(na(24), na(12))
    assert (plaats.tot_en_met, plaats.verlengingen) == (na(24), 0)
    assert plaats.vraagt_andere_omgeving(na(24) + timedelta(days=1))


def test_eerdere_participatieplaatsen_tellen_mee() -> None:
    with pytest.raises(PlaatsingTeLang):
        start(P.PARTICIPATIEPLAATS, einddatum=na(24), eerdere_dagen=1)
    vervolg = start(P.PARTICIPATIEPLAATS, einddatum=na(12), eerdere_dagen=730, na_verlengingen=0)
    assert vervolg.verlengingen == 1
    with pytest.raises(PlaatsingTeLang):
        start(P.PARTICIPATIEPLAATS, einddatum=na(12), eerdere_dagen=1461, na_verlengingen=2)


def test_zonder_vooruitgang_stopt_een_participatieplaats_na_twaalf_maanden() -> None:
    plaats = start(P.PARTICIPATIEPLAATS, einddatum=na(24))
    plaats.heroverweeg(na(9), vooruitgang=False)
    assert (plaats.laatste_dag, plaats.eindereden) == (na(12), Eindereden.GEEN_VOORUITGANG)
    korter = start(P.PARTICIPATIEPLAATS, einddatum=na(10))
    korter.heroverweeg(na(9), vooruitgang=False)
    assert korter.laatste_dag == na(10)


def test_alleen_een_participatieplaats_wordt_heroverwogen_en_een_keer() -> None:
    with pytest.raises(GeenHeroverweging):
        start(P.STAGE).heroverweeg(BEGIN, vooruitgang=True)
    plaats = start(P.PARTICIPATIEPLAATS)
    with pytest.raises(DatumBuitenPlaatsing):
        plaats.heroverweeg(BEGIN - timedelta(days=1), vooruitgang=True)
    plaats.heroverweeg(na(3), vooruitgang=True)
    with pytest.raises(GeenHeroverweging):
        plaats.heroverweeg(na(4), vooruitgang=True)


# -- the end --------------------------------------------------------------------------------------


@given(
    st.sampled_from(SOORTEN),
    st.lists(
        st.tuples(st.integers(-5, 400), st.sampled_from(list(Eindereden))), min_size=1, max_size=6
    ),
)
def test_wat_is_geeindigd_heeft_een_reden_die_bij_de_soort_past(
    soort: Plaatsingsoort, pogingen: list[tuple[int, Eindereden]]
) -> None:
    plaatsing = start(soort)
    for dagen, reden in pogingen:
        was = (plaatsing.laatste_dag, plaatsing.eindereden)
        try:
            plaatsing.beeindig(BEGIN + timedelta(days=dagen), reden)
        except DomeinFout:
            assert (plaatsing.laatste_dag, plaatsing.eindereden) == was
    if plaatsing.laatste_dag is not None:
        assert plaatsing.eindereden in einderedenen(soort)
        assert BEGIN <= plaatsing.laatste_dag <= (plaatsing.einddatum or date.max)
        with pytest.raises(PlaatsingAlBeeindigd):
            plaatsing.beeindig(plaatsing.laatste_dag, Eindereden.WIJZIGING_TRAJECT)


def test_afgelopen_is_een_plaatsing_alleen_op_de_afgesproken_dag() -> None:
    with pytest.raises(EinderedenPastNiet):
        start(P.STAGE).beeindig(na(5), Eindereden.AFGELOPEN)
    start(P.STAGE).beeindig(na(6), Eindereden.AFGELOPEN)
    with pytest.raises(EinderedenPastNiet):
        start(P.BESCHUT_WERK).beeindig(na(6), Eindereden.AFGELOPEN)
