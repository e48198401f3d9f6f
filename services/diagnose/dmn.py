"""Decision tables from files: DMN 1.3 as a modeler saves it, of which only this is let in.

One decision with one decision table; cells in S-FEEL: ``-``, a value, ``< 30``, ``[30..80)``,
several with commas, and ``not(…)``.  No expressions, functions, graphs or hit policies with more
answers.  What is not known here is refused when the file is read, with file, rule and column named,
and so is a table that does not answer exactly once for every input
(docs/decisions/0026-decision-tables-in-dmn.md).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from lxml import etree

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

_DMN: Final = "https://www.omg.org/spec/DMN/20191111/MODEL/"
_DI: Final = "https://www.omg.org/spec/DMN/20191111/DMNDI/"
_NS: Final = {"dmn": _DMN, "di": _DI}
_KINDEREN: Final[Mapping[str, frozenset[str]]] = {
    "definitions": frozenset({"description", "decision"}),
    "decision": frozenset({"description", "decisionTable", "variable"}),
    "decisionTable": frozenset({"input", "output", "rule"}),
    "input": frozenset({"inputExpression"}),
    "inputExpression": frozenset({"text"}),
    "output": frozenset(),
    "rule": frozenset({"description", "inputEntry", "outputEntry"}),
    "inputEntry": frozenset({"text"}),
    "outputEntry": frozenset({"text"}),
}
"""Which elements of DMN may stand in which."""
_FEEL: Final = frozenset({None, "", "feel", "https://www.omg.org/spec/DMN/20191111/FEEL/"})

_DEEL: Final = re.compile(
    r'\s*(?:(?P<datum>date\(\s*"(?P<dag>\d{4}-\d\d-\d\d)"\s*\))|(?P<tekst>"[^"\\]*")'
    r"|(?P<getal>-?\d+(?:\.\d+)?(?!\d|\.\d))|(?P<woord>[^\W\d]\w*)|(?P<teken>\.\.|<=|>=|[][()<>,-]))",
    re.A,
)


class BeslistabelFout(ValueError):
    """A file that is not let in; every reason with its place, in Dutch."""

    def __init__(self, bestand: str, bezwaren: list[str]) -> None:
        super().__init__(f"{bestand} wordt geweigerd:\n- " + "\n- ".join(bezwaren))
        self.bezwaren = tuple(bezwaren)


class _CelFout(ValueError):
    """What is wrong with one cell."""


def lees(
    naam: str,
    versie: int,
    inhoud: bytes,
    *,
    invoer: Mapping[str, Invoer],
    uitvoer: frozenset[str],
) -> Beslistabel:
    """Read one version of a table. Raises BeslistabelFout with everything that is wrong.

    invoer: the inputs it may ask, by name. uitvoer: the outputs it must give, all texts.
    """
    bestand = f"{naam}-{versie}.dmn"
    lezer = _Lezer(_document(bestand, inhoud), invoer, uitvoer)
    tabel = lezer.lees(naam, versie)
    bezwaren = lezer.bezwaren or (tabel.bezwaren() if tabel else [])
    if tabel is None or bezwaren:
        raise BeslistabelFout(bestand, bezwaren)
    return tabel


class _Lezer:
    """Reads one document, and collects what it objects to."""

    def __init__(self, wortel: Any, invoer: Mapping[str, Invoer], uitvoer: frozenset[str]) -> None:
        self._wortel = wortel
        self._invoer = invoer
        self._uitvoer = uitvoer
        self.bezwaren: list[str] = []

    def lees(self, naam: str, versie: int) -> Beslistabel | None:
        self._keur_elementen(self._wortel)
        beslissingen = self._wortel.findall("dmn:decision", _NS)
        tabellen = self._wortel.findall("dmn:decision/dmn:decisionTable", _NS)
        if len(beslissingen) != 1 or len(tabellen) != 1:
            self.bezwaren.append("Een bestand heeft precies één beslissing, met één beslistabel.")
            return None
        beslissing, tabel = beslissingen[0], tabellen[0]
        if beslissing.get("id") not in [
            vorm.get("dmnElementRef") for vorm in self._wortel.iterfind(".//di:DMNShape", _NS)
        ]:
            self.bezwaren.append("De beslissing is niet getekend (DMNDI); open en bewaar haar.")
        trefregel = self._trefregel(tabel)
        kolommen = self._kolommen(tabel)
        uitkomsten = self._uitkomsten(tabel)
        if self.bezwaren or trefregel is None:
            return None
        regels = tuple(
            self._regel(nummer, regel, kolommen, uitkomsten)
            for nummer, regel in enumerate(tabel.findall("dmn:rule", _NS), 1)
        )
        if not regels:
            self.bezwaren.append("De tabel heeft geen regels.")
        titel = (beslissing.get("name") or "").strip()
        if not titel:
            self.bezwaren.append("De beslissing heeft geen naam.")
        return Beslistabel(naam, versie, titel, trefregel, kolommen, regels)

    def _keur_elementen(self, element: Any) -> None:
        """Elements of DMN only where they belong; of other namespaces only the drawing."""
        toegestaan = _KINDEREN.get(etree.QName(element).localname)
        if toegestaan is None:
            return
        if element.get("expressionLanguage") not in _FEEL:
            self._bezwaar(element, "een andere taal dan FEEL wordt niet gelezen")
        for kind in element.iterchildren(etree.Element):
            soort = etree.QName(kind)
            if soort.namespace == _DI and element is self._wortel:
                continue
            if soort.namespace != _DMN or soort.localname not in toegestaan:
                self._bezwaar(kind, f"{soort.localname} wordt hier niet gelezen")
            else:
                self._keur_elementen(kind)

    def _trefregel(self, tabel: Any) -> Trefregel | None:
        gevraagd = tabel.get("hitPolicy", Trefregel.UNIQUE)
        if gevraagd in set(Trefregel) and tabel.get("aggregation") is None:
            return Trefregel(gevraagd)
        self._bezwaar(
            tabel, f"hit policy {gevraagd} wordt niet gelezen; kies {', '.join(Trefregel)}"
        )
        return None

    def _kolommen(self, tabel: Any) -> tuple[Invoer, ...]:
        kolommen = []
        for kolom in tabel.findall("dmn:input", _NS):
            uitdrukking = kolom.find("dmn:inputExpression", _NS)
            naam = "" if uitdrukking is None else _tekst(uitdrukking)
            invoer = self._invoer.get(naam)
            if invoer is None:
                self._bezwaar(kolom, f"kies als invoer een van: {', '.join(sorted(self._invoer))}")
            elif uitdrukking.get("typeRef") != invoer.soort:
                self._bezwaar(kolom, f"het type van {naam} is {invoer.soort}")
            elif invoer in kolommen:
                self._bezwaar(kolom, f"{naam} is al een kolom")
            else:
                kolommen.append(invoer)
        if not kolommen:
            self._bezwaar(tabel, "de tabel vraagt niets")
        return tuple(kolommen)

    def _uitkomsten(self, tabel: Any) -> tuple[str, ...]:
        kolommen = tabel.findall("dmn:output", _NS)
        namen = tuple(kolom.get("name", "") for kolom in kolommen)
        if sorted(namen) != sorted(self._uitvoer):
            self._bezwaar(
                tabel, f"de uitvoer is precies één keer: {', '.join(sorted(self._uitvoer))}"
            )
        for kolom in kolommen:
            if kolom.get("typeRef") != Waardesoort.TEKST:
                self._bezwaar(kolom, f"het type van uitvoer is {Waardesoort.TEKST}")
        return namen

    def _regel(
        self, nummer: int, regel: Any, kolommen: tuple[Invoer, ...], uitkomsten: tuple[str, ...]
    ) -> Regel:
        reden = (regel.findtext("dmn:description", "", _NS) or "").strip()
        if not reden:
            self.bezwaren.append(f"regel {nummer}: schrijf bij annotations waarom")
        toetsen: list[Toets] = []
        uitkomst: dict[str, str] = {}
        voorwaarden = [_tekst(cel) for cel in regel.findall("dmn:inputEntry", _NS)]
        antwoorden = [_tekst(cel) for cel in regel.findall("dmn:outputEntry", _NS)]
        if (len(voorwaarden), len(antwoorden)) != (len(kolommen), len(uitkomsten)):
            self.bezwaren.append(f"regel {nummer}: er is niet één cel voor elke kolom")
            return Regel("", nummer, (), {}, reden)
        for kolom, tekst in zip(kolommen, voorwaarden, strict=True):
            try:
                toetsen.append(_Cel(tekst, kolom).toets())
            except _CelFout as fout:
                self.bezwaren.append(f"regel {nummer}, kolom {kolom.naam}: {fout}")
        for uitvoer, tekst in zip(uitkomsten, antwoorden, strict=True):
            if re.fullmatch(r'"[^"\\]*"', tekst):
                uitkomst[uitvoer] = tekst[1:-1]
            else:
                self.bezwaren.append(
                    f'regel {nummer}, kolom {uitvoer}: schrijf een tekst tussen "aanhalingstekens"'
                )
        return Regel(regel.get("id", ""), nummer, tuple(toetsen), uitkomst, reden)

    def _bezwaar(self, element: Any, bezwaar: str) -> None:
        self.bezwaren.append(f"regel {element.sourceline} van het bestand: {bezwaar}")


class _Cel:
    """Reads the unary tests in one cell."""

    def __init__(self, tekst: str, invoer: Invoer) -> None:
        self._invoer = invoer
        self._delen: list[re.Match[str]] = []
        plek, tekst = 0, tekst.strip()
        while plek < len(tekst):
            deel = _DEEL.match(tekst, plek)
            if deel is None:
                raise _CelFout(f"vanaf teken {plek + 1} is dit geen S-FEEL")
            self._delen.append(deel)
            plek = deel.end()

    def toets(self) -> Toets:
        if [deel["teken"] for deel in self._delen] in ([], ["-"]):
            return ALTIJD
        niet = len(self._delen) > 1 and self._delen[0]["woord"] == "not"
        if niet:
            self._neem()
            self._neem("(")
        intervallen = [self._interval()]
        while self._kijk() == ",":
            self._neem(",")
            intervallen.append(self._interval())
        if niet:
            self._neem(")")
        if self._delen:
            raise _CelFout("er staat iets achter wat niet wordt gelezen")
        return Toets(tuple(intervallen), niet)

    def _interval(self) -> Interval:
        teken = self._kijk()
        if teken in {"<", "<=", ">", ">="}:
            self._neem()
            self._eis_volgorde()
            grens, erbij = self._waarde(), teken.endswith("=")
            if teken.startswith("<"):
                return Interval(boven=grens, met_boven=erbij)
            return Interval(onder=grens, met_onder=erbij)
        if teken in {"[", "(", "]"}:
            return self._bereik()
        waarde = self._waarde()
        if not self._invoer.bevat(waarde):
            raise _CelFout("deze waarde komt niet voor")
        return Interval(waarde, waarde)

    def _bereik(self) -> Interval:
        self._eis_volgorde()
        begin = self._neem()
        onder = self._waarde()
        self._neem("..")
        boven = self._waarde()
        einde = self._neem()
        if einde not in {"]", ")", "["}:
            raise _CelFout("een bereik eindigt met ] of )")
        if not onder < boven:
            raise _CelFout("een bereik loopt van laag naar hoog")
        return Interval(onder, boven, begin == "[", einde == "]")

    def _waarde(self) -> Any:
        """The next value, of the kind of the column."""
        if not self._delen:
            raise _CelFout("er ontbreekt een waarde")
        deel = self._delen.pop(0)
        waarde: Waarde | None = None
        match self._invoer.soort:
            case Waardesoort.GETAL if deel["getal"]:
                waarde = Decimal(deel["getal"])
            case Waardesoort.TEKST if deel["tekst"]:
                waarde = deel["tekst"][1:-1]
            case Waardesoort.JA_NEE if deel["woord"] in {"true", "false"}:
                waarde = deel["woord"] == "true"
            case Waardesoort.DATUM if deel["datum"]:
                try:
                    waarde = date.fromisoformat(deel["dag"])
                except ValueError:
                    raise _CelFout("deze dag bestaat niet") from None
        if waarde is None:
            raise _CelFout(f"hier hoort een waarde van het type {self._invoer.soort}")
        return waarde

    def _eis_volgorde(self) -> None:
        if self._invoer.soort not in {Waardesoort.GETAL, Waardesoort.DATUM}:
            raise _CelFout(f"{self._invoer.soort} heeft geen volgorde; noem de waarden")

    def _kijk(self) -> str:
        return (self._delen[0]["teken"] or "") if self._delen else ""

    def _neem(self, teken: str = "") -> str:
        gevonden = self._kijk()
        if teken and gevonden != teken:
            raise _CelFout(f"hier hoort {teken}")
        if self._delen:
            self._delen.pop(0)
        return gevonden


def _tekst(element: Any) -> str:
    return (element.findtext("dmn:text", "", _NS) or "").strip()


def _document(bestand: str, inhoud: bytes) -> Any:
    """The XML, without entities or network."""
    veilig = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        wortel = etree.fromstring(inhoud, veilig)
    except etree.XMLSyntaxError as fout:
        raise BeslistabelFout(bestand, [f"Dit is geen leesbare XML: {fout.msg}"]) from None
    if wortel.getroottree().docinfo.doctype:
        raise BeslistabelFout(bestand, ["Een beslistabel heeft geen DOCTYPE."])
    if wortel.tag != f"{{{_DMN}}}definitions":
        raise BeslistabelFout(bestand, ["Dit is geen DMN 1.3; open en bewaar het met een modeler."])
    return wortel
