"""Een beslistabel antwoordt op elke invoer precies één keer, of wordt geweigerd."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.diagnose.domain.beslistabel import (
    ALTIJD,
    Beslistabel,
    Interval,
    Invoer,
    Regel,
    Toets,
    Trefregel,
    Waarde,
    Waardesoort,
)

GETAL = Invoer("loonwaarde", Waardesoort.GETAL, (Decimal(0), Decimal(100)), True)
JA_NEE = Invoer("aangepast", Waardesoort.JA_NEE, (True, False))
DAG = Invoer("datum", Waardesoort.DATUM, (date(2015, 1, 1), date(2030, 12, 31)), True)


def toets(onder: int | None, boven: int | None, haken: str = "[)") -> Toets:
    laag, hoog = (None if g is None else Decimal(g) for g in (onder, boven))
    return Toets((Interval(laag, hoog, met_onder=haken[0] == "[", met_boven=haken[1] == "]"),))


def is_waar(waarde: Waarde) -> Toets:
    return Toets((Interval(waarde, waarde),))


def tabel(
    *toetsen: tuple[Toets, ...],
    invoer: tuple[Invoer, ...] = (GETAL,),
    trefregel: Trefregel = Trefregel.UNIQUE,
    uitkomsten: str = "abcdefghij",
) -> Beslistabel:
    regels = tuple(
        Regel(f"r{nummer}", nummer, rij, {"richting": uitkomsten[nummer - 1]}, "omdat")
        for nummer, rij in enumerate(toetsen, 1)
    )
    return Beslistabel("proef", 1, "Proef", trefregel, invoer, regels)


BANDEN = ((toets(80, None),), (toets(30, 80),), (toets(None, 30),))


def test_een_sluitende_tabel_heeft_geen_bezwaren() -> None:
    assert tabel(*BANDEN).bezwaren() == []


def test_een_gat_wordt_gevonden_ook_als_het_een_punt_is() -> None:
    assert tabel((toets(80, None),), (toets(30, 80, "()"),), BANDEN[2]).bezwaren() == [
        "geen regel voor loonwaarde = 30"
    ]
    assert tabel((toets(81, None),), *BANDEN[1:]).bezwaren() == [
        "geen regel voor loonwaarde = 80",
        "geen regel voor loonwaarde tussen 80 en 81",
    ]


def test_een_overlap_wordt_gevonden_ook_als_het_een_punt_is() -> None:
    assert tabel(BANDEN[0], (toets(30, 80, "[]"),), BANDEN[2]).bezwaren() == [
        "regels 1 en 2 gelden tegelijk, zoals voor loonwaarde = 80"
    ]


def test_een_regel_die_nooit_antwoordt_wordt_gevonden() -> None:
    assert tabel(*BANDEN, (toets(120, 130),)).bezwaren() == ["regel 4 kan nooit antwoorden"]
    eerste = tabel((ALTIJD,), *BANDEN[:1], trefregel=Trefregel.FIRST)
    assert eerste.bezwaren() == ["regel 2 kan nooit antwoorden"]


def test_bij_first_antwoordt_de_bovenste_regel() -> None:
    eerste = tabel(BANDEN[0], (ALTIJD,), trefregel=Trefregel.FIRST)
    assert eerste.bezwaren() == []
    assert [r.nummer for r in eerste.mogelijke_regels({"loonwaarde": Decimal(90)})] == [1]
    assert [r.nummer for r in eerste.mogelijke_regels({"loonwaarde": Decimal(10)})] == [2]


def test_bij_any_mogen_regels_samenvallen_die_hetzelfde_zeggen() -> None:
    rijen = (toets(40, None),), (toets(None, 60),)
    assert tabel(*rijen, trefregel=Trefregel.ANY, uitkomsten="aa").bezwaren() == []
    assert tabel(*rijen, trefregel=Trefregel.ANY).bezwaren() == [
        "regels 1 en 2 spreken elkaar tegen, zoals voor loonwaarde = 40"
    ]


def test_een_gat_tussen_twee_dagen_bestaat_niet() -> None:
    tot, vanaf = date(2020, 6, 30), date(2020, 7, 1)
    sluitend = tabel(
        (Toets((Interval(boven=tot),)),), (Toets((Interval(onder=vanaf),)),), invoer=(DAG,)
    )
    assert sluitend.bezwaren() == []
    later = (Toets((Interval(onder=date(2020, 7, 2)),)),)
    assert tabel((Toets((Interval(boven=tot),)),), later, invoer=(DAG,)).bezwaren() == [
        "geen regel voor datum tussen 2020-06-30 en 2020-07-02"
    ]


def test_wat_niet_bekend_is_wordt_gevraagd_als_het_uitmaakt() -> None:
    twee = tabel(
        (toets(80, None), is_waar(False)),
        (toets(None, 80), is_waar(False)),
        (ALTIJD, is_waar(True)),
        invoer=(GETAL, JA_NEE),
    )
    assert twee.bezwaren() == []
    assert twee.onbeslist({}) == ("loonwaarde", "aangepast")
    assert twee.onbeslist({"loonwaarde": Decimal(90)}) == ("aangepast",)
    assert twee.onbeslist({"aangepast": False}) == ("loonwaarde",)
    assert twee.onbeslist({"aangepast": True}) == ()


def test_een_feit_buiten_het_bereik_is_een_fout() -> None:
    with pytest.raises(ValueError, match="loonwaarde"):
        tabel(*BANDEN).mogelijke_regels({"loonwaarde": Decimal(101)})


grens = st.integers(0, 100)
interval = st.builds(
    lambda a, b, haken: toets(min(a, b), max(a, b), haken),
    grens,
    grens,
    st.sampled_from(["[]", "[)", "(]", "()"]),
)
cel = st.just(ALTIJD) | interval | st.builds(lambda t: replace(t, niet=True), interval)


@given(
    st.lists(st.tuples(cel, st.sampled_from([ALTIJD, is_waar(True), is_waar(False)])), max_size=6),
    st.sampled_from(Trefregel),
)
def test_wat_de_grensgebieden_zeggen_geldt_voor_elke_invoer(
    rijen: list[tuple[Toets, ...]], trefregel: Trefregel
) -> None:
    """Any table, sound or not, against every half from 0 to 100, its bounds being whole: there is
    no gap or overlap that the boundary regions did not see, and none that they invented."""
    proef = tabel(*rijen, invoer=(GETAL, JA_NEE), trefregel=trefregel, uitkomsten="aabbcc")
    gat = overlap = tegenspraak = False
    antwoordt = set()
    for halven in range(201):
        for aangepast in (True, False):
            treffers = [r for r in proef.regels if r.geldt((Decimal(halven) / 2, aangepast))]
            gat |= not treffers
            overlap |= len(treffers) > 1
            tegenspraak |= len({r.uitkomst["richting"] for r in treffers}) > 1
            antwoordt |= {r.nummer for r in treffers[: 1 if trefregel is Trefregel.FIRST else 99]}
    bezwaren = " ".join(proef.bezwaren())
    assert ("geen regel" in bezwaren) is gat
    assert ("tegelijk" in bezwaren) is (overlap and trefregel is Trefregel.UNIQUE)
    assert ("tegen, zoals" in bezwaren) is (tegenspraak and trefregel is Trefregel.ANY)
    assert bezwaren.count("nooit") == len(proef.regels) - len(antwoordt)


@given(grens, st.booleans())
def test_een_sluitende_tabel_heeft_voor_elke_invoer_een_regel(getal: int, aangepast: bool) -> None:
    twee = tabel(
        *((band[0], is_waar(False)) for band in BANDEN),
        (ALTIJD, is_waar(True)),
        invoer=(GETAL, JA_NEE),
    )
    [regel] = twee.mogelijke_regels({"loonwaarde": Decimal(getal), "aangepast": aangepast})
    verwacht = 4 if aangepast else 1 if getal >= 80 else 2 if getal >= 30 else 3
    assert regel.nummer == verwacht
