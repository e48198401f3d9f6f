"""Jobcarving: van de vacature naar wat eruit is gehaald."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.plaatsing.domain.jobcarving import Carvingstap, Jobcarving, Vacature

DAG = date(2026, 5, 1)
TAKEN = ("inpakken", "stapelen", "heftruck rijden", "klanten bellen")


def carving(*stappen: Carvingstap, taken: tuple[str, ...] = TAKEN) -> Jobcarving:
    return Jobcarving(Vacature("Magazijnmedewerker", taken), stappen)


def codes(jobcarving: Jobcarving) -> list[tuple[str, str]]:
    return [(punt.pad, punt.code) for punt in jobcarving.fouten()]


def test_wat_overblijft_volgt_uit_de_vacature_en_de_stappen() -> None:
    gecarved = carving(
        Carvingstap(DAG, "Zonder rijbewijs", eraf=("heftruck rijden",)),
        Carvingstap(DAG, "Meer ritme", eraf=("klanten bellen",), erbij=("etiketteren",)),
    )
    assert not gecarved.fouten()
    assert gecarved.taken == ("inpakken", "stapelen", "etiketteren")


def test_alle_fouten_worden_tegelijk_gemeld() -> None:
    gecarved = carving(
        Carvingstap(DAG, "x", eraf=("vegen",), erbij=("inpakken",)),
        Carvingstap(DAG - timedelta(days=1), "y"),
        Carvingstap(DAG, "z", eraf=("stapelen", "stapelen")),
    )
    assert codes(gecarved) == [
        ("jobcarving.stappen.0.eraf.0", "taak-onbekend"),
        ("jobcarving.stappen.0.erbij.0", "dubbel"),
        ("jobcarving.stappen.1.op", "verkeerde-volgorde"),
        ("jobcarving.stappen.1.eraf", "verplicht"),
        ("jobcarving.stappen.2.eraf", "dubbel"),
    ]


def test_er_blijft_iets_te_doen_en_er_is_iets_gecarved() -> None:
    assert codes(carving()) == [("jobcarving.stappen", "verplicht")]
    alles = Carvingstap(DAG, "Niets past", eraf=TAKEN)
    assert codes(carving(alles)) == [("jobcarving.stappen", "geen-taken")]


taak = st.sampled_from([f"taak {n}" for n in range(8)])
stap = st.builds(
    Carvingstap,
    st.just(DAG),
    st.just("reden"),
    st.lists(taak, max_size=3).map(tuple),
    st.lists(taak, max_size=3).map(tuple),
)


@given(st.lists(taak, min_size=1, unique=True).map(tuple), st.lists(stap, max_size=5).map(tuple))
def test_elke_taak_is_er_een_keer_en_heeft_een_herkomst(
    taken: tuple[str, ...], stappen: tuple[Carvingstap, ...]
) -> None:
    gecarved = carving(*stappen, taken=taken)
    if gecarved.fouten():
        return
    assert len(set(gecarved.taken)) == len(gecarved.taken) > 0
    erbij = [t for s in stappen for t in s.erbij]
    eraf = [t for s in stappen for t in s.eraf]
    for t in {*taken, *erbij}:
        er_is = t in gecarved.taken
        assert (t in taken) + erbij.count(t) - eraf.count(t) == er_is
