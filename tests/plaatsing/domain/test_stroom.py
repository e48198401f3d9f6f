"""In-, door- en uitstroom: wat er was, met wat kwam en zonder wat ging, is wat er is."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.plaatsing.domain.einde import Eindereden, Plaatsingsoort
from services.plaatsing.domain.stroom import Doorstroom, Kandidatenstroom, Stroomfeit, tel
from services.plaatsing.domain.tijden import aaneen

P, E = Plaatsingsoort, Eindereden
JAN, DEC = date(2026, 1, 1), date(2026, 12, 31)
EEN, ANDER = UUID(int=1), UUID(int=2)


def dag(nummer: int) -> date:
    return JAN + timedelta(days=nummer)


def test_van_proef_naar_baan_is_doorstroom_en_de_kandidaat_stroomt_niet_uit() -> None:
    feiten = [
        Stroomfeit(EEN, P.PROEFPLAATSING, dag(10), dag(40), E.ARBEIDSOVEREENKOMST, None, dag(41)),
        Stroomfeit(EEN, P.LKS_DIENSTVERBAND, dag(41), None, None, P.PROEFPLAATSING),
    ]
    stroom = tel(feiten, JAN, DEC)
    proef, baan = (r for r in stroom.regels if r.soort in (P.PROEFPLAATSING, P.LKS_DIENSTVERBAND))
    assert (proef.instroom, proef.doorstroom_uit, dict(proef.uitstroom)) == (1, 1, {})
    assert (baan.instroom, baan.doorstroom_in, baan.eindstand) == (0, 1, 1)
    assert stroom.kandidaten == Kandidatenstroom(0, 1, 0, 1)
    assert stroom.doorstroom == (Doorstroom(P.PROEFPLAATSING, P.LKS_DIENSTVERBAND, 1),)


def test_wie_twee_plaatsingen_naast_elkaar_heeft_is_een_kandidaat() -> None:
    naast = [
        Stroomfeit(EEN, soort, dag(3), None) for soort in (P.LKS_DIENSTVERBAND, P.DETACHERING_GROEP)
    ]
    stroom = tel([*naast, Stroomfeit(ANDER, P.OAD, dag(5), dag(200))], JAN, DEC)
    assert stroom.kandidaten == Kandidatenstroom(0, 2, 1, 1)


def test_wie_naar_regulier_werk_gaat_stroomt_uit() -> None:
    feiten = [
        Stroomfeit(EEN, P.LKS_DIENSTVERBAND, dag(-99), dag(30), E.UITSTROOM_REGULIER),
        Stroomfeit(EEN, P.REGULIER, dag(31), None),
    ]
    stroom = tel(feiten, JAN, DEC)
    assert stroom.kandidaten == Kandidatenstroom(1, 0, 1, 0)
    assert [(r.soort, r.eindstand) for r in stroom.regels if r.eindstand] == [(P.REGULIER, 1)]


def test_wat_doorloopt_stroomt_ook_op_de_laatste_dag_die_er_is_niet_uit() -> None:
    stroom = tel([Stroomfeit(EEN, P.LKS_DIENSTVERBAND, dag(3), None)], JAN, date.max)
    assert stroom.kandidaten == Kandidatenstroom(0, 1, 0, 1)
    assert sum(regel.eindstand for regel in stroom.regels) == 1


def test_een_afgesproken_einde_zonder_reden_is_uitstroom_waarvan_de_reden_ontbreekt() -> None:
    [regel] = tel([Stroomfeit(EEN, P.STAGE, dag(0), dag(9))], JAN, DEC, (P.STAGE,)).regels
    assert dict(regel.uitstroom) == {None: 1}


FEITEN = st.lists(
    st.builds(
        lambda wie, soort, begin, duur, uit, door: Stroomfeit(
            UUID(int=wie),
            soort,
            dag(begin),
            None if duur is None else dag(begin + duur),
            None if duur is None else E.DOORSTROOM,
            soort if uit else None,
            dag(begin + duur + door) if duur is not None and door else None,
        ),
        st.integers(1, 4),
        st.sampled_from([P.PROEFPLAATSING, P.LKS_DIENSTVERBAND, P.OAD, P.REGULIER]),
        st.integers(-60, 120),
        st.none() | st.integers(0, 40),
        st.booleans(),
        st.integers(0, 5),
    ),
    max_size=12,
)
DAGEN = st.integers(-30, 100)


@given(FEITEN, DAGEN, st.integers(0, 60))
def test_elke_telling_sluit(feiten: list[Stroomfeit], begin: int, duur: int) -> None:
    stroom = tel(feiten, dag(begin), dag(begin + duur))
    for regel in stroom.regels:
        gekomen = regel.instroom + regel.doorstroom_in
        gegaan = regel.doorstroom_uit + sum(regel.uitstroom.values())
        assert regel.beginstand + gekomen - gegaan == regel.eindstand
    kandidaten = stroom.kandidaten
    erbij = kandidaten.instroom - kandidaten.uitstroom
    assert kandidaten.beginstand + erbij == kandidaten.eindstand
    assert sum(d.aantal for d in stroom.doorstroom) == sum(r.doorstroom_in for r in stroom.regels)


@given(FEITEN, DAGEN, st.integers(0, 60), st.integers(0, 60))
def test_twee_periodes_na_elkaar_zijn_samen_de_hele(
    feiten: list[Stroomfeit], begin: int, eerste: int, tweede: int
) -> None:
    midden, einde = begin + eerste, begin + eerste + 1 + tweede
    een, ander = tel(feiten, dag(begin), dag(midden)), tel(feiten, dag(midden + 1), dag(einde))
    heel = tel(feiten, dag(begin), dag(einde))
    assert een.kandidaten.eindstand == ander.kandidaten.beginstand
    assert heel.kandidaten.instroom == een.kandidaten.instroom + ander.kandidaten.instroom
    for deel, vervolg, geheel in zip(een.regels, ander.regels, heel.regels, strict=True):
        assert deel.eindstand == vervolg.beginstand
        assert geheel.uitstroom == deel.uitstroom + vervolg.uitstroom  # type: ignore[operator]
        assert geheel.doorstroom_in == deel.doorstroom_in + vervolg.doorstroom_in


@given(FEITEN, st.integers(-70, 170))
def test_op_elke_dag_staan_er_zo_veel_kandidaten_als_er_een_plaatsing_hebben(
    feiten: list[Stroomfeit], nummer: int
) -> None:
    """Counted one by one: with a placement, or on the way to the next, on that day and the next."""
    op = dag(nummer)
    aanwezig = {
        f.kandidaat_id
        for f in feiten
        if f.soort is not P.REGULIER
        and f.begin < op <= (f.gaat_door_op - timedelta(1) if f.gaat_door_op else f.einde)
    }
    van = {f.kandidaat_id for f in feiten if f.soort is not P.REGULIER and f.begin == op}
    stand = tel(feiten, op, op).kandidaten.beginstand
    assert len(aanwezig - van) <= stand <= len(aanwezig | van)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 10)), max_size=8))
def test_aaneen_dekt_dezelfde_dagen_zonder_dat_twee_elkaar_raken(
    paren: list[tuple[int, int]],
) -> None:
    tijden = [(dag(begin), dag(begin + duur)) for begin, duur in paren]
    samen = aaneen(tijden)
    dagen = {b + timedelta(n) for b, e in tijden for n in range((e - b).days + 1)}
    assert {b + timedelta(n) for b, e in samen for n in range((e - b).days + 1)} == dagen
    assert all(samen[n][1] + timedelta(1) < samen[n + 1][0] for n in range(len(samen) - 1))


def test_wat_doorloopt_loopt_tot_het_einde_der_tijden() -> None:
    assert aaneen([(dag(0), date.max), (dag(9), dag(12))]) == [(dag(0), date.max)]
