"""Een lijnfiguur is leesbaar, wat er ook in staat."""

from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from services.financiering.figuren.lijnen import BREEDTE, HOOGTE, Lijn, lijnfiguur

_SVG = "{http://www.w3.org/2000/svg}"


@st.composite
def lijnen(draw: st.DrawFn) -> tuple[list[str], list[Lijn]]:
    plekken = draw(st.integers(2, 21))
    waarde = st.integers(-10_000_000, 10_000_000) | st.integers(-5, 5)
    reeks = st.lists(waarde, min_size=plekken, max_size=plekken).map(tuple)
    naam = st.text("abc <&>'\"", min_size=1, max_size=60)
    gevonden = draw(st.lists(st.builds(Lijn, naam, reeks), min_size=1, max_size=6))
    return [str(plek) for plek in range(plekken)], gevonden


def teken(plekken: list[str], gevonden: list[Lijn]) -> ElementTree.Element:
    return ElementTree.fromstring(lijnfiguur("Titel", "as", plekken, gevonden))  # noqa: S314 - ours


@given(lijnen())
def test_alles_valt_binnen_de_figuur(invoer: tuple[list[str], list[Lijn]]) -> None:
    figuur = teken(*invoer)
    for lijn in figuur.findall(f"{_SVG}polyline"):
        for punt in lijn.get("points", "").split():
            x, y = map(float, punt.split(","))
            assert 0 < x < BREEDTE
            assert 0 < y < HOOGTE
    for tekst in figuur.findall(f"{_SVG}text"):
        assert 0 < float(tekst.get("y", "")) < HOOGTE


@given(lijnen())
def test_de_namen_van_lijnen_staan_niet_over_elkaar(
    invoer: tuple[list[str], list[Lijn]],
) -> None:
    figuur = teken(*invoer)
    namen = [t for t in figuur.findall(f"{_SVG}text") if float(t.get("x", "")) > 580]
    assert len(namen) == len(invoer[1])
    hoogten = sorted(float(naam.get("y", "")) for naam in namen)
    assert all(onder - boven >= 14 for boven, onder in pairwise(hoogten))


@given(lijnen())
def test_elke_waarde_staat_in_woorden_in_de_figuur(
    invoer: tuple[list[str], list[Lijn]],
) -> None:
    uitleg = teken(*invoer).findtext(f"{_SVG}desc", "")
    for lijn in invoer[1]:
        for waarde in lijn.waarden:
            assert f"{waarde:,}".replace(",", ".").replace("-", "−") in uitleg


def test_een_vlakke_lijn_op_nul_is_te_tekenen() -> None:
    assert teken(["a", "b"], [Lijn("niets", (0, 0))]) is not None


def test_van_veel_plekken_staat_niet_elke_naam_er() -> None:
    plekken = [f"plek-{nummer}" for nummer in range(21)]
    figuur = teken(plekken, [Lijn("lijn", tuple(range(21)))])
    getoond = [t.text for t in figuur.findall(f"{_SVG}text") if t.text in plekken]
    assert getoond == [f"plek-{nummer}" for nummer in range(0, 21, 3)]
