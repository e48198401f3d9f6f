"""Lines over a few places (years, or values of a driver), in thousands of euros.

The lines differ in dashes and markers and not in colour, each is named at its end, and the whole
figure also stands in words in its desc, so it says the same on paper, in black and white and read
aloud. It carries no style of its own, so that it may stand in a page whose security policy allows
none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final
from xml.etree import ElementTree

BREEDTE: Final = 800
HOOGTE: Final = 420
_LINKS: Final = 70
_RECHTS: Final = 560
_BOVEN: Final = 66
_ONDER: Final = 360
_REGEL: Final = 15
_LANGSTE_NAAM: Final = 26
_MEESTE_NAMEN: Final = 8
"""Of more places only every second, third and so on is named: there is no room for all."""
_LETTER: Final = "'Libertinus Serif', Georgia, serif"
_INKT: Final = "#1a1a1a"
_RASTER: Final = "#d0d0d0"
_STREPEN: Final = ("none", "7 4", "2 3", "10 3 2 3", "4 2", "12 5")
"""One for each line, in turn; with the marker that makes more than enough."""
_MERKEN: Final[Sequence[Sequence[tuple[float, float]]]] = (
    (),
    ((-3, -3), (3, -3), (3, 3), (-3, 3)),
    ((0, -4.5), (4.5, 0), (0, 4.5), (-4.5, 0)),
    ((0, -4.5), (4, 3.5), (-4, 3.5)),
)
"""The corners of each marker around its middle; without corners it is round."""


@dataclass(frozen=True, slots=True)
class Lijn:
    """One line: a value in thousands of euros for every place."""

    naam: str
    waarden: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Schaal:
    """From thousands of euros to a height in the figure."""

    laagste: int
    hoogste: int
    stap: int

    def y(self, waarde: int) -> float:
        deel = (waarde - self.laagste) / (self.hoogste - self.laagste)
        return round(_ONDER - deel * (_ONDER - _BOVEN), 1)


def lijnfiguur(titel: str, as_: str, plekken: Sequence[str], lijnen: Sequence[Lijn]) -> str:
    """The SVG; BREEDTE by HOOGTE units.

    as_: what the places are. Every line has a value for each place, and there are two or more.
    """
    svg = ElementTree.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {BREEDTE} {HOOGTE}",
            "width": str(BREEDTE),
            "height": str(HOOGTE),
            "role": "img",
            "aria-labelledby": "lijnen-titel lijnen-uitleg",
            "font-family": _LETTER,
            "font-size": "13",
            "fill": _INKT,
        },
    )
    ElementTree.SubElement(svg, "title", {"id": "lijnen-titel"}).text = titel
    ElementTree.SubElement(svg, "desc", {"id": "lijnen-uitleg"}).text = _in_woorden(plekken, lijnen)
    achtergrond = {"width": str(BREEDTE), "height": str(HOOGTE), "fill": "#ffffff"}
    ElementTree.SubElement(svg, "rect", achtergrond)
    _tekst(svg, 8, 22, titel, font_size="16", font_weight="bold")
    _tekst(svg, 8, 44, "x € 1.000")
    schaal = _schaal([waarde for lijn in lijnen for waarde in lijn.waarden])
    _teken_raster(svg, schaal)
    xen = [
        round(_LINKS + 24 + plek * (_RECHTS - _LINKS - 48) / (len(plekken) - 1), 1)
        for plek in range(len(plekken))
    ]
    for x, naam in list(zip(xen, plekken, strict=True))[:: -(-len(plekken) // _MEESTE_NAMEN)]:
        _tekst(svg, x, _ONDER + 20, naam, text_anchor="middle")
    _tekst(svg, (_LINKS + _RECHTS) / 2, _ONDER + 42, as_, text_anchor="middle")
    for nummer, lijn in enumerate(lijnen):
        _teken_lijn(svg, nummer, [(x, schaal.y(w)) for x, w in zip(xen, lijn.waarden, strict=True)])
    _noem(svg, schaal, lijnen, xen[-1])
    return ElementTree.tostring(svg, encoding="unicode")


def _in_woorden(plekken: Sequence[str], lijnen: Sequence[Lijn]) -> str:
    return " ".join(
        f"{lijn.naam}: "
        + ", ".join(
            f"{plek} {_bedrag(waarde)}" for plek, waarde in zip(plekken, lijn.waarden, strict=True)
        )
        + "."
        for lijn in lijnen
    )


def _bedrag(duizenden: int) -> str:
    """Thousands with a point between each three digits, and a real minus sign."""
    return f"{duizenden:,}".replace(",", ".").replace("-", "\N{MINUS SIGN}")


def _schaal(waarden: Sequence[int]) -> _Schaal:
    """From nought or below to nought or above, in round steps: eight at most, or one more."""
    laagste, hoogste = min(0, *waarden), max(0, *waarden)
    nodig = max(hoogste - laagste, 10)
    macht = 10 ** (len(str(nodig)) - 1)
    stap = next(s for s in (macht // 5, macht // 2, macht, macht * 2) if nodig / s <= 8)
    boven = max(-(-hoogste // stap) * stap, stap if laagste == 0 else 0)
    return _Schaal(laagste // stap * stap, boven, stap)


def _teken_raster(svg: ElementTree.Element, schaal: _Schaal) -> None:
    for waarde in range(schaal.laagste, schaal.hoogste + 1, schaal.stap):
        y = schaal.y(waarde)
        ElementTree.SubElement(
            svg,
            "line",
            {
                "x1": str(_LINKS),
                "x2": str(_RECHTS),
                "y1": str(y),
                "y2": str(y),
                "stroke": _RASTER if waarde else _INKT,
            },
        )
        _tekst(svg, _LINKS - 8, y + 4, _bedrag(waarde), text_anchor="end")


def _teken_lijn(
    svg: ElementTree.Element, nummer: int, punten: Sequence[tuple[float, float]]
) -> None:
    ElementTree.SubElement(
        svg,
        "polyline",
        {
            "points": " ".join(f"{x},{y}" for x, y in punten),
            "fill": "none",
            "stroke": _INKT,
            "stroke-width": "1.6",
            "stroke-dasharray": _STREPEN[nummer % len(_STREPEN)],
        },
    )
    for x, y in punten:
        _teken_merk(svg, nummer, x, y)


def _teken_merk(svg: ElementTree.Element, nummer: int, x: float, y: float) -> None:
    """A marker; of the second round of four it is open."""
    vorm = {"fill": _INKT if nummer // len(_MERKEN) % 2 == 0 else "#ffffff", "stroke": _INKT}
    hoeken = _MERKEN[nummer % len(_MERKEN)]
    if hoeken:
        punten = " ".join(f"{round(x + dx, 1)},{round(y + dy, 1)}" for dx, dy in hoeken)
        ElementTree.SubElement(svg, "polygon", {"points": punten, **vorm})
    else:
        ElementTree.SubElement(svg, "circle", {"cx": str(x), "cy": str(y), "r": "3.5", **vorm})


def _noem(svg: ElementTree.Element, schaal: _Schaal, lijnen: Sequence[Lijn], einde: float) -> None:
    """Each line by its marker, name and last value, beside its end and clear of the others."""
    volgorde = sorted(range(len(lijnen)), key=lambda n: -lijnen[n].waarden[-1])
    hoogten = [schaal.y(lijnen[n].waarden[-1]) for n in volgorde]
    for plek, (boven, eigen) in enumerate(pairwise(list(hoogten)), start=1):
        hoogten[plek] = max(eigen, hoogten[plek - 1] + _REGEL, boven)
    teveel = max(0.0, hoogten[-1] - _ONDER)
    for plek, nummer in enumerate(volgorde):
        lijn = lijnen[nummer]
        hoogste_plek = _BOVEN + plek * _REGEL
        y = round(max(hoogten[plek] - teveel, hoogste_plek), 1)
        ElementTree.SubElement(
            svg,
            "line",
            {
                "x1": str(einde + 6),
                "x2": str(_RECHTS + 14),
                "y1": str(schaal.y(lijn.waarden[-1])),
                "y2": str(y),
                "stroke": _RASTER,
            },
        )
        _teken_merk(svg, nummer, _RECHTS + 22, y)
        kort = lijn.naam
        if len(kort) > _LANGSTE_NAAM:
            kort = kort[: _LANGSTE_NAAM - 1].rstrip() + "…"
        _tekst(svg, _RECHTS + 32, y + 4, f"{kort} ({_bedrag(lijn.waarden[-1])})")


def _tekst(svg: ElementTree.Element, x: float, y: float, wat: str, **vorm: str) -> None:
    attributen = {naam.replace("_", "-"): waarde for naam, waarde in vorm.items()}
    ElementTree.SubElement(svg, "text", {"x": str(x), "y": str(y), **attributen}).text = wat
