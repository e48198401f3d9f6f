"""Van een DMN-bestand wordt alleen gelezen wat is afgesproken; al het andere heeft een plaats."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.diagnose.dmn import BeslistabelFout, lees
from services.diagnose.domain.beslistabel import Beslistabel, Invoer, Trefregel, Waardesoort

INVOER: Final = {
    invoer.naam: invoer
    for invoer in (
        Invoer("getal", Waardesoort.GETAL, (Decimal(0), Decimal(100)), True),
        Invoer("soort", Waardesoort.TEKST, ("a", "b", "c d")),
        Invoer("waar", Waardesoort.JA_NEE, (True, False)),
        Invoer("dag", Waardesoort.DATUM, (date(2015, 1, 1), date(2099, 12, 31)), True),
    )
}
BESTAND: Final = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" \
xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/" \
xmlns:dc="http://www.omg.org/spec/DMN/20180521/DC/" id="d" name="Proef" namespace="proef">
  <decision id="proef" name="Proef">
    <decisionTable id="tabel" hitPolicy="UNIQUE">
      <input id="i1" label="Invoer">
        <inputExpression id="e1" typeRef="number"><text>getal</text></inputExpression>
      </input>
      <output id="o1" label="Uitkomst" name="uit" typeRef="string" />
      <rule id="r1">
        <description>Genoeg.</description>
        <inputEntry id="c1"><text>&gt;= 30</text></inputEntry>
        <outputEntry id="u1"><text>"ja"</text></outputEntry>
      </rule>
      <rule id="r2">
        <description>Te weinig.</description>
        <inputEntry id="c2"><text>&lt; 30</text></inputEntry>
        <outputEntry id="u2"><text>"nee"</text></outputEntry>
      </rule>
    </decisionTable>
  </decision>
  <dmndi:DMNDI><dmndi:DMNDiagram id="t"><dmndi:DMNShape id="v" dmnElementRef="proef">
    <dc:Bounds height="80" width="180" x="160" y="100" />
  </dmndi:DMNShape></dmndi:DMNDiagram></dmndi:DMNDI>
</definitions>
"""


def lees_tekst(tekst: str) -> Beslistabel:
    return lees("proef", 1, tekst.encode(), invoer=INVOER, uitvoer=frozenset({"uit"}))


def met_cellen(invoer: str, een: str, twee: str) -> str:
    soort = INVOER[invoer].soort
    tekst = BESTAND.replace(">getal<", f">{invoer}<").replace('"number"', f'"{soort}"')
    for oud, nieuw in (("&gt;= 30", een), ("&lt; 30", twee)):
        tekst = tekst.replace(oud, nieuw.replace("<", "&lt;").replace(">", "&gt;"))
    return tekst


def test_een_bestand_wordt_een_tabel() -> None:
    tabel = lees_tekst(BESTAND)
    assert (tabel.naam, tabel.versie, tabel.titel) == ("proef", 1, "Proef")
    assert tabel.trefregel is Trefregel.UNIQUE
    [regel] = tabel.mogelijke_regels({"getal": Decimal("29.99")})
    assert (regel.code, regel.nummer, regel.uitkomst) == ("r2", 2, {"uit": "nee"})
    assert regel.reden == "Te weinig."


@pytest.mark.parametrize(
    ("invoer", "een", "twee"),
    [
        ("getal", "[30..100]", "[0..30)"),
        ("getal", "]29.5..100]", "<= 29.5"),
        ("getal", "[0..10[,(20..100]", "[10..20]"),
        ("getal", "not([10..20], 50)", "[10..20],50"),
        ("getal", "> 0", "0"),
        ("soort", '"a"', '"b", "c d"'),
        ("soort", 'not("a")', '"a"'),
        ("waar", "true", "false"),
        ("dag", '>= date("2021-07-01")', '< date("2021-07-01")'),
        ("dag", '[date("2015-01-01")..date("2020-12-31")]', '> date( "2020-12-31" )'),
    ],
)
def test_cellen_worden_gelezen_zoals_een_modeler_ze_bewaart(
    invoer: str, een: str, twee: str
) -> None:
    assert lees_tekst(met_cellen(invoer, een, twee)).bezwaren() == []


@pytest.mark.parametrize(
    ("invoer", "cel", "bezwaar"),
    [
        ("getal", "loonwaarde > 30", "type number"),
        ("getal", "30 + 1", "teken 3"),
        ("getal", "= 30", "teken 1"),
        ("getal", "30,", "ontbreekt een waarde"),
        ("getal", '"30"', "type number"),
        ("getal", "1e3", "achter"),
        ("getal", "[30..20]", "laag naar hoog"),
        ("getal", "[30..40", "eindigt met"),
        ("getal", "[30, 40]", "hoort .."),
        ("getal", "not(30", "hoort )"),
        ("getal", "not 30", "hoort ("),
        ("getal", "not(-)", "type number"),
        ("getal", "not(not(3))", "type number"),
        ("getal", "< true", "type number"),
        ("getal", "150", "komt niet voor"),
        ("getal", "null", "type number"),
        ("getal", "0.1.2", "geen S-FEEL"),
        ("soort", "a", "type string"),
        ("soort", '"x"', "komt niet voor"),
        ("soort", '< "b"', "geen volgorde"),
        ("soort", '["a".."b"]', "geen volgorde"),
        ("soort", '"a', "geen S-FEEL"),
        ("waar", "waar", "type boolean"),
        ("waar", "< true", "geen volgorde"),
        ("dag", 'date("2021-02-30")', "bestaat niet"),
        ("dag", "2021-02-03", "type date"),
        ("dag", "today()", "type date"),
    ],
)
def test_elke_andere_cel_wordt_geweigerd_met_regel_en_kolom(
    invoer: str, cel: str, bezwaar: str
) -> None:
    with pytest.raises(BeslistabelFout) as fout:
        lees_tekst(met_cellen(invoer, "-", cel))
    assert "proef-1.dmn" in str(fout.value)
    [melding] = fout.value.bezwaren
    assert melding.startswith(f"regel 2, kolom {invoer}: ")
    assert bezwaar in melding


@pytest.mark.parametrize(
    ("oud", "nieuw", "bezwaar"),
    [
        ("20191111/MODEL", "20180521/MODEL", "geen DMN 1.3"),
        ('hitPolicy="UNIQUE"', 'hitPolicy="PRIORITY"', "PRIORITY"),
        ('hitPolicy="UNIQUE"', 'hitPolicy="COLLECT"', "COLLECT"),
        ('hitPolicy="UNIQUE"', 'hitPolicy="COLLECT" aggregation="SUM"', "COLLECT"),
        ('hitPolicy="UNIQUE"', 'hitPolicy="RULE ORDER"', "RULE ORDER"),
        ('hitPolicy="UNIQUE"', 'aggregation="MAX"', "UNIQUE"),
        (">getal<", ">inkomen<", "kies als invoer"),
        (">getal<", ">getal * 2<", "kies als invoer"),
        ('typeRef="number"', 'typeRef="integer"', "type van getal"),
        ('name="uit"', 'name="anders"', "uitvoer"),
        ('typeRef="string"', 'typeRef="number"', "type van uitvoer"),
        ('<text>"ja"</text>', "<text>concat()</text>", 'tussen "aanhalingstekens"'),
        ('<text>"ja"</text>', '<text>"a" + "b"</text>', 'tussen "aanhalingstekens"'),
        ("Genoeg.", " ", "schrijf bij annotations"),
        ('<outputEntry id="u1"><text>"ja"</text></outputEntry>', "", "niet één cel"),
        ('dmnElementRef="proef"', 'dmnElementRef="iets"', "niet getekend"),
        ('name="Proef">\n    <dec', 'name="">\n    <dec', "geen naam"),
        ("<decisionTable", "<literalExpression/><decisionTable", "literalExpression"),
        ("<decision ", '<inputData id="x"/><decision ', "inputData"),
        ("<decision ", '<decision id="nog" name="een"/><decision ', "precies één beslissing"),
        ("</inputExpression>", "</inputExpression><inputValues/>", "inputValues"),
        ('id="c1"', 'id="c1" expressionLanguage="python"', "andere taal"),
        ("<description>Genoeg.", "<extensionElements/><description>Genoeg.", "extensionElements"),
        ("&lt; 30", "&lt; 20", "geen regel voor getal = 20"),
        ("&lt; 30", "&lt;= 30", "gelden tegelijk, zoals voor getal = 30"),
        ("<definitions", "<!DOCTYPE definitions><definitions", "geen DOCTYPE"),
        ("</definitions>", "", "geen leesbare XML"),
    ],
)
def test_wat_niet_is_afgesproken_wordt_geweigerd_met_zijn_plaats(
    oud: str, nieuw: str, bezwaar: str
) -> None:
    assert oud in BESTAND
    with pytest.raises(BeslistabelFout) as fout:
        lees_tekst(BESTAND.replace(oud, nieuw, 1))
    assert bezwaar in str(fout.value)


def test_een_bestand_zonder_regels_antwoordt_nooit() -> None:
    begin, einde = BESTAND.index("<rule"), BESTAND.rindex("</rule>") + len("</rule>")
    with pytest.raises(BeslistabelFout, match="geen regels"):
        lees_tekst(BESTAND[:begin] + BESTAND[einde:])


def test_alle_bezwaren_komen_tegelijk() -> None:
    with pytest.raises(BeslistabelFout) as fout:
        lees_tekst(met_cellen("getal", "abc", "def").replace("Genoeg.", ""))
    assert len(fout.value.bezwaren) == 3


def test_een_entiteit_in_een_bestand_wordt_niet_gevolgd() -> None:
    kwaad = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]><definitions'
    with pytest.raises(BeslistabelFout, match="DOCTYPE"):
        lees_tekst(BESTAND.replace("<definitions", kwaad, 1).replace("Genoeg.", "&x;"))


@given(st.text(max_size=40))
def test_welke_tekst_ook_in_een_cel_er_is_een_tabel_of_een_bezwaar(cel: str) -> None:
    tekst = "".join(teken for teken in cel if teken.isprintable()).replace("&", "")
    try:
        tabel = lees_tekst(met_cellen("getal", "-", tekst))
    except BeslistabelFout as fout:
        bezwaren = fout.bezwaren
    else:
        bezwaren = tuple(tabel.bezwaren())
    assert bezwaren, "met `-` ernaast kan geen andere regel alleen antwoorden"


@given(st.binary(max_size=200))
def test_welke_bytes_ook_een_bezwaar_of_niets(inhoud: bytes) -> None:
    with pytest.raises(BeslistabelFout):
        lees("proef", 1, inhoud, invoer=INVOER, uitvoer=frozenset({"uit"}))
