"""Het advies: het voorstel van de beslistabel, en een gemotiveerde afwijking."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.diagnose.beslistabellen import beslistabellen
from services.diagnose.domain.advies import (
    PORTFOLIO,
    Advies,
    Dienst,
    Programma,
    Richting,
    Voorstel,
    gevraagd,
    stel_voor,
    uiterlijk_geldig,
)
from services.diagnose.domain.beslistabel import Beslistabel
from services.diagnose.domain.feiten import (
    INVOER,
    Feit,
    Feitsoort,
    laatste_houdbare_dag,
    toets_opgegeven,
)
from services.diagnose.domain.fouten import (
    AfwijkingNietGemotiveerd,
    FeitenOntbreken,
    OngeldigAdvies,
    OngeldigFeit,
)

DAG = date(2026, 9, 20)
STANDAARD = beslistabellen().tabellen["standaard-1"]
LKS = Voorstel(
    tabel="standaard",
    versie=1,
    regel=2,
    reden="Een loonwaarde van 30 tot 80%.",
    richting=Richting.LOONKOSTENSUBSIDIE,
    programmas=(Programma.ONTWIKKEL, Programma.UITSTROOM),
    diensten=frozenset({Dienst.WERKEN_MET_LKS}),
)
ADVIES = Advies(
    advies_id=UUID(int=1),
    gegeven_op=DAG,
    geldig_tot=date(2027, 3, 20),
    programma=Programma.ONTWIKKEL,
    diensten=(Dienst.WERKEN_MET_LKS, Dienst.JOBCOACHING),
    motivering="Meting en gesprek wijzen op werken met begeleiding.",
    voorstel=LKS,
    feiten=(),
)

WAARDEN = {
    Feitsoort.LOONWAARDE: st.integers(0, 100),
    Feitsoort.PARTICIPATIELADDER: st.integers(1, 6),
    Feitsoort.ONTWIKKELVERMOGEN: st.booleans(),
    Feitsoort.AANGEPASTE_OMSTANDIGHEDEN: st.booleans(),
    Feitsoort.MAANDEN_TOT_WERK: st.integers(0, 120),
}


def feit(soort: Feitsoort, waarde: bool | int, op: date = DAG) -> Feit:
    return Feit.opgegeven(soort, waarde, op, "gesprek")


@st.composite
def feitensets(draw: st.DrawFn) -> tuple[Feit, ...]:
    """Some facts, or all, each of a day up to a year ago."""
    return tuple(
        feit(soort, draw(waarden), DAG - timedelta(days=draw(st.integers(0, 365))))
        for soort, waarden in WAARDEN.items()
        if draw(st.booleans())
    )


def probeer(
    tabel: Beslistabel, feiten: tuple[Feit, ...]
) -> tuple[Voorstel | None, dict[Feitsoort, str]]:
    """What is proposed, or else what lacks: by kind of fact, the code."""
    try:
        return stel_voor(tabel, feiten, DAG), {}
    except FeitenOntbreken as fout:
        punten = fout.punten
    return None, {Feitsoort(punt.pad.removeprefix("feiten.")): punt.code for punt in punten}


tabellen = st.sampled_from(sorted(beslistabellen().tabellen.values(), key=lambda t: t.naam))


@given(tabellen, feitensets())
def test_een_voorstel_is_er_of_er_staat_wat_ontbreekt(
    tabel: Beslistabel, feiten: tuple[Feit, ...]
) -> None:
    voorstel, ontbreekt = probeer(tabel, feiten)
    bekend = {f.soort for f in feiten if f.geldt_op(DAG)}
    oud = {f.soort for f in feiten} - bekend
    assert (voorstel is None) is bool(ontbreekt)
    for soort, code in ontbreekt.items():
        assert soort not in bekend
        assert code == ("verouderd" if soort in oud else "ontbreekt")
    if voorstel:
        assert voorstel.reden == tabel.regels[voorstel.regel - 1].reden


@given(tabellen, st.fixed_dictionaries(WAARDEN), st.sets(st.sampled_from(Feitsoort)))
def test_een_feit_erbij_verandert_een_voorstel_niet(
    tabel: Beslistabel, waarden: dict[Feitsoort, bool | int], onbekend: set[Feitsoort]
) -> None:
    """What is proposed on part of the facts is proposed on all of them: nothing was guessed."""
    alles = tuple(feit(soort, waarde) for soort, waarde in waarden.items())
    voorstel, _ = probeer(tabel, tuple(f for f in alles if f.soort not in onbekend))
    assert voorstel in (None, stel_voor(tabel, alles, DAG))


@given(tabellen, feitensets())
def test_een_advies_rust_alleen_op_wat_de_tabel_vraagt_en_nog_geldt(
    tabel: Beslistabel, feiten: tuple[Feit, ...]
) -> None:
    namen = {invoer.naam for invoer in tabel.invoer}
    for f in gevraagd(tabel, feiten, DAG):
        assert f in feiten
        assert f.soort in namen
        assert f.geldt_op(DAG)


def test_een_feit_dat_niets_verandert_hoeft_niet_bekend_te_zijn() -> None:
    aangepast = feit(Feitsoort.AANGEPASTE_OMSTANDIGHEDEN, True)
    ontwikkelt = feit(Feitsoort.ONTWIKKELVERMOGEN, True)
    assert stel_voor(STANDAARD, (aangepast, ontwikkelt), DAG).richting is Richting.DAGBESTEDING
    regulier = replace(aangepast, waarde=False)
    with pytest.raises(FeitenOntbreken) as fout:
        stel_voor(STANDAARD, (regulier, ontwikkelt), DAG)
    assert [punt.pad for punt in fout.value.punten] == ["feiten.loonwaarde"]


@given(tabellen)
def test_elk_voorgesteld_programma_heeft_een_voorgestelde_dienst(tabel: Beslistabel) -> None:
    for regel in tabel.regels:
        voorstel = Voorstel.van(tabel, regel)
        assert voorstel.programmas
        for programma in voorstel.programmas:
            passend = tuple(sorted(voorstel.diensten & PORTFOLIO[programma]))
            assert passend
            gevolgd = replace(ADVIES, programma=programma, diensten=passend, voorstel=voorstel)
            assert not gevolgd.wijkt_af


@pytest.mark.parametrize(
    ("programma", "dienst", "dekt"),
    [
        (Programma.ONTWIKKEL, Dienst.WERKEN_MET_LKS, True),
        (Programma.UITSTROOM, Dienst.WERKEN_MET_LKS, True),
        (Programma.WERK, Dienst.WERKEN_MET_LKS, False),
        (Programma.ONTWIKKEL, Dienst.JOBCOACHING, False),
    ],
)
def test_een_voorstel_dekt_programma_en_dienst_samen(
    programma: Programma, dienst: Dienst, dekt: bool
) -> None:
    assert LKS.dekt(programma, (dienst,)) is dekt


def test_een_afwijking_vraagt_een_motivering() -> None:
    anders = replace(LKS, programmas=(Programma.WERK,))
    with pytest.raises(AfwijkingNietGemotiveerd):
        replace(ADVIES, voorstel=anders, motivering_afwijking=" ")
    afwijkend = replace(ADVIES, voorstel=anders, motivering_afwijking="Groeit sterk in tempo.")
    assert afwijkend.wijkt_af
    assert not ADVIES.wijkt_af


def test_alle_fouten_van_een_advies_worden_tegelijk_gemeld() -> None:
    with pytest.raises(OngeldigAdvies) as fout:
        replace(
            ADVIES,
            motivering=" ",
            programma=Programma.WERK,
            diensten=(Dienst.JOBHUNTING, Dienst.JOBHUNTING),
        )
    assert [punt.code for punt in fout.value.punten] == [
        "verplicht",
        "dubbel",
        "past-niet-bij-programma",
    ]


def test_overige_diensten_kunnen_bij_elk_programma_maar_dragen_het_niet_alleen() -> None:
    replace(ADVIES, diensten=(Dienst.WERKEN_MET_LKS, Dienst.PERSOONLIJKE_COACHING))
    with pytest.raises(OngeldigAdvies):
        replace(ADVIES, diensten=(Dienst.PERSOONLIJKE_COACHING,))


def test_alle_fouten_van_opgegeven_feiten_worden_tegelijk_gemeld() -> None:
    gemeten = Feit(Feitsoort.LOONWAARDE, 40, DAG, None, "loonwaardemeting", UUID(int=9))
    with pytest.raises(OngeldigFeit) as fout:
        toets_opgegeven(
            (
                feit(Feitsoort.LOONWAARDE, 50),
                feit(Feitsoort.PARTICIPATIELADDER, 7),
                feit(Feitsoort.ONTWIKKELVERMOGEN, True, DAG + timedelta(days=1)),
                feit(Feitsoort.MAANDEN_TOT_WERK, 6, date(2026, 3, 19)),
                replace(feit(Feitsoort.AANGEPASTE_OMSTANDIGHEDEN, True), bron=" "),
            ),
            (gemeten,),
            DAG,
        )
    assert {(punt.pad, punt.code) for punt in fout.value.punten} == {
        ("feiten.loonwaarde", "staat-in-dossier"),
        ("feiten.participatieladder.waarde", "buiten-bereik"),
        ("feiten.ontwikkelvermogen.vastgesteldOp", "in-de-toekomst"),
        ("feiten.maandenTotWerk.vastgesteldOp", "verouderd"),
        ("feiten.aangepasteOmstandigheden.bron", "verplicht"),
    }


def test_een_feit_telt_zes_maanden_en_een_gemeten_loonwaarde_tot_de_volgende() -> None:
    geschat = feit(Feitsoort.LOONWAARDE, 40, date(2026, 3, 20))
    assert geschat.geldt_op(DAG)
    assert not geschat.geldt_op(DAG + timedelta(days=1))
    assert not geschat.geldt_op(date(2026, 3, 19))
    assert replace(geschat, houdbaar_tot_en_met=None).geldt_op(date(2036, 1, 1))


def test_wat_zes_maanden_telt_telt_ook_op_dezelfde_dag_zes_maanden_later() -> None:
    assert laatste_houdbare_dag(date(2026, 3, 20), 6) == date(2026, 9, 20)
    assert laatste_houdbare_dag(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert laatste_houdbare_dag(date(2026, 11, 30), 3) == date(2027, 2, 28)


@given(st.dates(date(2015, 1, 1), date(2090, 1, 1)), st.lists(st.none() | st.dates(), max_size=4))
def test_een_advies_overleeft_geen_feit(op: date, houdbaar: list[date | None]) -> None:
    geldig_tot = uiterlijk_geldig(op, houdbaar)
    assert all(geldig_tot <= dag for dag in houdbaar if dag)
    assert geldig_tot <= laatste_houdbare_dag(op, 6)


def test_elke_soort_feit_kan_in_een_tabel() -> None:
    assert set(Feitsoort) < INVOER.keys()
