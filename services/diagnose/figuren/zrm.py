"""A ZRM meting as bars, or two of them beside each other.

Only levels, dates and names of domains and levels: neither a toelichting nor a text of the matrix.
The bars differ in fill and not in colour, and the whole figure also stands in words in its desc, so
it says the same on paper, in black and white and read aloud. It carries no style of its own, so
that it may stand in a page whose security policy allows none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree

from chassis.documents import in_words
from services.diagnose.domain.zrm import DOMEINEN, NIVEAUS, ZrmMeting
from services.diagnose.domain.zrm_vergelijking import ZrmVergelijking, vergelijk

BREEDTE: Final = 720
_NAAM_TOT: Final = 206
_SCHAAL_VAN: Final = 216
_PER_NIVEAU: Final = 72
_SCHAAL_TOT: Final = _SCHAAL_VAN + 5 * _PER_NIVEAU
_KOP: Final = 54
_LEGENDA: Final = 20
_BALK: Final = 11
_ENKELE_RIJ: Final = 24
_DUBBELE_RIJ: Final = 34
_VOET: Final = 54
_LETTER: Final = "'Libertinus Serif', Georgia, serif"
_INKT: Final = "#1a1a1a"
_LIJN: Final = "#b3b3b3"
_LATER: Final = "#3d3d3d"


@dataclass(frozen=True, slots=True)
class _Rij:
    """One domain: its level at each measurement that has the domain."""

    naam: str
    eerder: int | None
    later: int | None
    uitkomst: str

    @property
    def in_woorden(self) -> str:
        niveaus = [niveau for niveau in (self.eerder, self.later) if niveau is not None]
        noem = " naar ".join(f"niveau {niveau} ({NIVEAUS[niveau].lower()})" for niveau in niveaus)
        return f"{self.naam}: {noem}{', ' if self.uitkomst else ''}{self.uitkomst}."


def zrm_figuur(eerder: ZrmMeting, later: ZrmMeting | None = None) -> str:
    """The SVG of one meting, or of two with the stappen between them; BREEDTE units wide."""
    if later is None:
        titel = f"ZRM {eerder.versie} van {in_words(eerder.afgenomen_op)}"
        rijen = [
            _Rij(domein.naam, None, eerder.niveau(domein), "") for domein in DOMEINEN[eerder.versie]
        ]
        slot = ""
    else:
        titel = f"ZRM van {in_words(eerder.afgenomen_op)} en {in_words(later.afgenomen_op)}"
        vergelijking = vergelijk(eerder, later)
        rijen = list(_rijen(eerder, later, vergelijking))
        slot = f"Alle domeinen samen: {_stappen(vergelijking.totaal)}."
        if vergelijking.niet_vergelijkbaar:
            slot = f"Alle vergelijkbare domeinen samen: {_stappen(vergelijking.totaal)}."
    return _teken(titel, rijen, slot, _legenda(eerder, later), f"zrm-{(later or eerder).meting_id}")


def _rijen(eerder: ZrmMeting, later: ZrmMeting, vergelijking: ZrmVergelijking) -> Iterator[_Rij]:
    for regel in vergelijking.regels:
        yield _Rij(
            regel.domein.naam, regel.niveau_eerder, regel.niveau_later, _stappen(regel.stappen)
        )
    for anders in vergelijking.niet_vergelijkbaar:
        for domein in anders.eerder:
            yield _Rij(domein.naam, eerder.niveau(domein), None, "niet vergelijkbaar")
        for domein in anders.later:
            yield _Rij(domein.naam, None, later.niveau(domein), "niet vergelijkbaar")


def _stappen(aantal: int) -> str:
    if aantal == 0:
        return "gelijk"
    return f"{abs(aantal)} {'stap' if abs(aantal) == 1 else 'stappen'} " + (
        "vooruit" if aantal > 0 else "terug"
    )


def _legenda(eerder: ZrmMeting, later: ZrmMeting | None) -> Sequence[tuple[str, bool]]:
    """What each kind of bar is, and whether it is filled."""
    if later is None:
        return ()
    return (
        (f"{in_words(eerder.afgenomen_op)} (ZRM {eerder.versie})", False),
        (f"{in_words(later.afgenomen_op)} (ZRM {later.versie})", True),
    )


def _teken(
    titel: str, rijen: Sequence[_Rij], slot: str, legenda: Sequence[tuple[str, bool]], kenmerk: str
) -> str:
    rijhoogte, kop = (_DUBBELE_RIJ, _KOP + _LEGENDA) if legenda else (_ENKELE_RIJ, _KOP)
    onder = kop + len(rijen) * rijhoogte
    hoogte = onder + _VOET
    svg = ElementTree.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {BREEDTE} {hoogte}",
            "width": str(BREEDTE),
            "height": str(hoogte),
            "role": "img",
            "aria-labelledby": f"{kenmerk}-titel {kenmerk}-uitleg",
            "font-family": _LETTER,
            "font-size": "13",
            "fill": _INKT,
        },
    )
    ElementTree.SubElement(svg, "title", {"id": f"{kenmerk}-titel"}).text = titel
    ElementTree.SubElement(svg, "desc", {"id": f"{kenmerk}-uitleg"}).text = " ".join(
        filter(None, (*(rij.in_woorden for rij in rijen), slot))
    )
    _vlak(svg, 0, 0, BREEDTE, hoogte, gevuld=False, rand=False)
    _tekst(svg, 8, 20, titel, font_size="16", font_weight="bold")
    x = 8
    for wat, gevuld in legenda:
        _vlak(svg, x, 33, 22, _BALK, gevuld=gevuld)
        _tekst(svg, x + 28, 43, wat)
        x += 240
    for niveau in range(1, 6):
        lijn = _SCHAAL_VAN + niveau * _PER_NIVEAU
        _lijn(svg, lijn, kop - 4, onder)
        _tekst(svg, lijn, kop - 9, str(niveau), text_anchor="middle")
    for plek, rij in enumerate(rijen):
        _rij(svg, rij, kop + plek * rijhoogte, rijhoogte)
    _lijn(svg, _SCHAAL_VAN, kop - 4, onder, kleur=_INKT)
    if slot:
        _tekst(svg, 8, onder + 20, slot, font_weight="bold")
    _tekst(
        svg,
        8,
        onder + 42,
        " · ".join(f"{niveau} = {naam.lower()}" for niveau, naam in NIVEAUS.items()),
        font_size="11",
    )
    return ElementTree.tostring(svg, encoding="unicode")


def _rij(svg: ElementTree.Element, rij: _Rij, y: int, hoogte: int) -> None:
    balken = [
        (niveau, gevuld)
        for niveau, gevuld in ((rij.eerder, False), (rij.later, True))
        if niveau is not None
    ]
    midden = y + hoogte // 2
    _tekst(svg, _NAAM_TOT, midden + 4, rij.naam, text_anchor="end")
    boven = midden - len(balken) * (_BALK + 1) // 2
    for plek, (niveau, gevuld) in enumerate(balken):
        _vlak(
            svg,
            _SCHAAL_VAN,
            boven + plek * (_BALK + 1),
            niveau * _PER_NIVEAU,
            _BALK,
            gevuld=gevuld,
        )
    _tekst(svg, _SCHAAL_TOT + 14, midden + 4, rij.uitkomst)


def _vlak(
    svg: ElementTree.Element,
    x: int,
    y: int,
    breedte: int,
    hoogte: int,
    *,
    gevuld: bool,
    rand: bool = True,
) -> None:
    ElementTree.SubElement(
        svg,
        "rect",
        {
            "x": str(x),
            "y": str(y),
            "width": str(breedte),
            "height": str(hoogte),
            "fill": _LATER if gevuld else "#ffffff",
            "stroke": _INKT if rand else "none",
        },
    )


def _lijn(svg: ElementTree.Element, x: int, van: int, tot: int, *, kleur: str = _LIJN) -> None:
    plek = {"x1": str(x), "x2": str(x), "y1": str(van), "y2": str(tot)}
    ElementTree.SubElement(svg, "line", {**plek, "stroke": kleur})


def _tekst(svg: ElementTree.Element, x: int, y: int, wat: str, **vorm: str) -> None:
    attributen = {naam.replace("_", "-"): waarde for naam, waarde in vorm.items()}
    ElementTree.SubElement(svg, "text", {"x": str(x), "y": str(y), **attributen}).text = wat
