"""Process files: BPMN 2.0 as any modeler saves it, of which only what is written here is let in.

People do the steps (userTask) in lanes that are their roles; gateways choose by facts that steps
asked.  No script, service, timer or message: what is not known is refused when the file is read,
with the place named.  SpiffWorkflow executes (docs/decisions/0022-processes-in-bpmn.md).
"""

from __future__ import annotations

import ast
import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnValidator
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.specs import BpmnProcessSpec
from SpiffWorkflow.camunda.parser import CamundaParser

from services.intake.domain.fouten import DomeinFout
from services.intake.domain.instroom import Doelgroep, Instroomkanaal
from services.intake.domain.kandidaat import Poortuitkomst, Programma
from services.intake.domain.proces import Handeling, Stap, Veld, Veldsoort
from services.intake.domain.samenwerkingsmodel import Samenwerkingsmodel
from services.intake.domain.termijnen import DIRECT, Termijnduur

_BPMN: Final = "http://www.omg.org/spec/BPMN/20100524/MODEL"
_CAMUNDA: Final = "http://camunda.org/schema/1.0/bpmn"
_NS: Final = {"bpmn": _BPMN, "camunda": _CAMUNDA}

KANALEN: Final = frozenset(
    {"gesprek", "telefoon", "online", "groep", "schriftelijk", "huisbezoek", "werkplek", "intern"}
)
_EIGENSCHAPPEN: Final = frozenset(
    {
        "kanaal",
        "bron",
        "termijn",
        "niet-voor",
        "verlengbaar",
        "evaluatie",
        "groepsgrootte",
        "handeling",
    }
)
_NA_AANMELDING: Final = " na de aanmelding"
"""Behind a niet-voor that counts from the aanmelding, not from when the step opened."""
_KNOPEN: Final = frozenset(
    {"startEvent", "endEvent", "userTask", "exclusiveGateway", "parallelGateway"}
)
_OVERIG: Final = frozenset(
    {
        "sequenceFlow",
        "laneSet",
        "textAnnotation",
        "association",
        "documentation",
        "extensionElements",
    }
)
_VELDSOORTEN: Final = {
    "boolean": Veldsoort.JA_NEE,
    "long": Veldsoort.GETAL,
    "enum": Veldsoort.KEUZE,
    "date": Veldsoort.DATUM,
}
_ALTIJD: Final[Mapping[str, frozenset[str]]] = {
    "leeftijd": frozenset(),
    "doelgroep": frozenset(Doelgroep),
    "instroomkanaal": frozenset(Instroomkanaal),
    "gebiedsteam": frozenset(),
    "model": frozenset(Samenwerkingsmodel),
}
"""Facts that are there from the start, with the values of those that are a code."""
_NA_HANDELING: Final[Mapping[Handeling, Mapping[str, frozenset[str]]]] = {
    Handeling.POORTBESLUIT: {"poortuitkomst": frozenset(Poortuitkomst)},
    Handeling.TRAJECTBESLUIT: {
        "programma": frozenset(Programma),
        "met_wsd": frozenset(),
        "inkooporder_nodig": frozenset(),
    },
}
"""Facts that follow from an act of the domain."""
_UITDRUKKING: Final = (
    ast.Expression,
    ast.BoolOp,
    ast.And,
    ast.Or,
    ast.UnaryOp,
    ast.Not,
    ast.Compare,
    ast.Eq,
    ast.NotEq,
    ast.Lt,
    ast.LtE,
    ast.Gt,
    ast.GtE,
    ast.Name,
    ast.Load,
    ast.Constant,
)


class ProcesFout(ValueError):
    """A process file that is not let in; every reason with its place, in Dutch."""

    def __init__(self, bestand: str, bezwaren: list[str]) -> None:
        super().__init__(f"{bestand} wordt geweigerd:\n- " + "\n- ".join(bezwaren))
        self.bezwaren = tuple(bezwaren)


@dataclass(frozen=True)
class Procesdefinitie:
    """One version of a process, ready to be executed. einden: code to words."""

    proces: str
    versie: int
    naam: str
    stappen: Mapping[str, Stap]
    einden: Mapping[str, str]
    inhoud: bytes = field(repr=False)
    spec: BpmnProcessSpec = field(repr=False)


def lees(proces: str, versie: int, inhoud: bytes) -> Procesdefinitie:
    """Read one version of a process. Raises ProcesFout with everything that is wrong."""
    bestand = f"{proces}, versie {versie}"
    model = _Model(_document(bestand, inhoud))
    if model.bezwaren:
        raise ProcesFout(bestand, model.bezwaren)
    parser = CamundaParser()
    try:
        parser.add_bpmn_xml(model.document, bestand)
        spec = parser.get_spec(model.proces.get("id"))
    except ValidationException as fout:
        raise ProcesFout(bestand, [str(fout)]) from fout
    return Procesdefinitie(
        proces=proces,
        versie=versie,
        naam=model.proces.get("name"),
        stappen=model.stappen,
        einden={e.get("id"): e.get("name") for e in model.knopen.values() if _tag(e) == "endEvent"},
        inhoud=inhoud,
        spec=spec,
    )


class GeslotenMotor(PythonScriptEngine):  # type: ignore[misc]
    """Evaluates the conditions that were let in, and runs nothing."""

    def evaluate(self, task: Any, expression: str, external_context: Any = None) -> object:  # noqa: ARG002
        return _waarde(ast.parse(expression.strip(), mode="eval").body, task.data)

    def execute(self, task: Any, script: str, external_context: Any = None) -> bool:  # noqa: ARG002
        raise RuntimeError("een proces voert geen scripts uit")

    def call_service(self, task: Any, **kwargs: Any) -> Any:  # noqa: ARG002
        raise RuntimeError("een proces roept geen diensten aan")


def _waarde(node: ast.expr, feiten: Mapping[str, Any]) -> Any:
    match node:
        case ast.Constant(value):
            return value
        case ast.Name(naam):
            return feiten[naam]
        case ast.UnaryOp(ast.Not(), operand):
            return not _waarde(operand, feiten)
        case ast.BoolOp(ast.And(), values):
            return all(_waarde(v, feiten) for v in values)
        case ast.BoolOp(ast.Or(), values):
            return any(_waarde(v, feiten) for v in values)
        case ast.Compare(left, ops, comparators):
            links = _waarde(left, feiten)
            for op, knoop in zip(ops, comparators, strict=True):
                rechts = _waarde(knoop, feiten)
                if not _VERGELIJK[type(op)](links, rechts):
                    return False
                links = rechts
            return True
    raise RuntimeError("deze uitdrukking is niet toegelaten")


_VERGELIJK: Final[Mapping[type[ast.cmpop], Any]] = {
    ast.Eq: lambda a, b: a == b,
    ast.NotEq: lambda a, b: a != b,
    ast.Lt: lambda a, b: a < b,
    ast.LtE: lambda a, b: a <= b,
    ast.Gt: lambda a, b: a > b,
    ast.GtE: lambda a, b: a >= b,
}


def _document(bestand: str, inhoud: bytes) -> Any:
    """The XML, without entities or network, and valid by the schema of the OMG."""
    veilig = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        document = etree.fromstring(inhoud, veilig).getroottree()
    except etree.XMLSyntaxError as fout:
        raise ProcesFout(bestand, [f"Dit is geen leesbare XML: {fout.msg}"]) from None
    if document.docinfo.doctype:
        raise ProcesFout(bestand, ["Een procesbestand heeft geen DOCTYPE."])
    try:
        BpmnValidator().validate(document, bestand)
    except ValidationException as fout:
        raise ProcesFout(bestand, [f"regel {fout.line_number}: geen BPMN 2.0: {fout}"]) from None
    return document


def rol_van(lane: str) -> tuple[str, bool]:
    """The role of a lane as it stands in a token, and whether it is one of WSD.

    "Integraal intaker" -> ("integraal-intaker", False); "WSD trajectconsulent" ->
    ("trajectconsulent", True).
    """
    woorden = [w for w in lane.split() if w.upper() != "WSD"]
    kaal = unicodedata.normalize("NFKD", " ".join(woorden)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", kaal.lower()).strip("-"), len(woorden) < len(lane.split())


class _Model:
    """The document, looked at element by element; what is wrong with it is in bezwaren."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self.bezwaren: list[str] = []
        processen = document.findall(".//bpmn:process", _NS)
        if len(processen) != 1:
            raise ProcesFout("procesbestand", ["Een bestand bevat precies één proces."])
        self.proces = processen[0]
        self.knopen: dict[str, Any] = {}
        self.uit: dict[str, list[Any]] = defaultdict(list)
        self.in_: dict[str, list[Any]] = defaultdict(list)
        self.stappen: dict[str, Stap] = {}
        self._lees()

    def _meld(self, element: Any, bezwaar: str) -> None:
        self.bezwaren.append(
            f"regel {element.sourceline}, {_tag(element)} {element.get('id', '')}: {bezwaar}"
        )

    def _lees(self) -> None:
        if self.proces.get("isExecutable") != "true":
            self._meld(self.proces, "isExecutable moet true zijn.")
        if not self.proces.get("name"):
            self._meld(self.proces, "Geef het proces een naam.")
        for element in self.proces.iterchildren(etree.Element):
            if (tag := _tag(element)) in _KNOPEN:
                self.knopen[element.get("id")] = element
                self._toets_kinderen(element)
            elif tag not in _OVERIG:
                self._meld(element, f"Een {tag} wordt niet toegelaten.")
        for stroom in self.proces.findall("bpmn:sequenceFlow", _NS):
            self.uit[stroom.get("sourceRef")].append(stroom)
            self.in_[stroom.get("targetRef")].append(stroom)
        self._lees_stappen()
        self._toets_begin_en_einde()
        if not self.bezwaren:
            self._toets_bereikbaar()
            self._toets_keuzes()

    def _toets_kinderen(self, knoop: Any) -> None:
        for kind in knoop.iterchildren(etree.Element):
            if _tag(kind) not in {"incoming", "outgoing", "extensionElements", "documentation"}:
                self._meld(knoop, f"Een {_tag(kind)} wordt hier niet toegelaten.")

    def _toets_begin_en_einde(self) -> None:
        begin = [k for k in self.knopen.values() if _tag(k) == "startEvent"]
        if len(begin) != 1:
            self._meld(self.proces, "Een proces heeft precies één begin (startEvent).")
        einden = [k for k in self.knopen.values() if _tag(k) == "endEvent"]
        if not einden:
            self._meld(self.proces, "Een proces heeft ten minste één einde (endEvent).")
        for einde in einden:
            if not einde.get("name"):
                self._meld(einde, "Noem waar de kandidaat eindigt (name).")

    # -- steps ------------------------------------------------------------------------------

    @cached_property
    def _lane_per_knoop(self) -> dict[str, str]:
        return {
            (verwijzing.text or "").strip(): lane.get("name") or ""
            for lane in self.proces.iterfind(".//bpmn:lane", _NS)
            for verwijzing in lane.iterfind("bpmn:flowNodeRef", _NS)
        }

    def _lees_stappen(self) -> None:
        for code, knoop in self.knopen.items():
            lane = self._lane_per_knoop.get(code, "")
            rol, van_wsd = rol_van(lane)
            if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,39}", rol):
                self._meld(knoop, "Zet dit in een lane met de naam van een rol.")
            if _tag(knoop) == "userTask":
                self._lees_stap(code, knoop, rol, van_wsd=van_wsd)

    def _lees_stap(self, code: str, knoop: Any, rol: str, *, van_wsd: bool) -> None:
        eigen = {
            p.get("name"): p.get("value") or ""
            for p in knoop.iterfind(".//camunda:properties/camunda:property", _NS)
        }
        for naam in eigen.keys() - _EIGENSCHAPPEN:
            self._meld(knoop, f"De eigenschap {naam} bestaat niet.")
        if not knoop.get("name"):
            self._meld(knoop, "Geef de stap een naam.")
        if eigen.get("kanaal") not in KANALEN:
            self._meld(knoop, f"Kies een kanaal uit: {', '.join(sorted(KANALEN))}.")
        if not eigen.get("bron"):
            self._meld(knoop, "Noem de bron van deze stap.")
        handeling = eigen.get("handeling")
        if handeling is not None and handeling not in set(Handeling):
            self._meld(knoop, f"Kies een handeling uit: {', '.join(Handeling)}.")
            handeling = None
        velden, niet_voor = self._velden(knoop), eigen.get("niet-voor")
        stap = Stap(
            code=code,
            naam=knoop.get("name") or "",
            rol=rol,
            van_wsd=van_wsd,
            kanaal=eigen.get("kanaal", ""),
            bron=eigen.get("bron", ""),
            termijn=self._duur(knoop, eigen.get("termijn")),
            niet_voor=self._duur(knoop, niet_voor and niet_voor.removesuffix(_NA_AANMELDING)),
            niet_voor_na_aanmelding=bool(niet_voor and niet_voor.endswith(_NA_AANMELDING)),
            verlenging=self._verlenging(knoop, eigen.get("verlengbaar")),
            evaluatie=self._duur(knoop, eigen.get("evaluatie")),
            groepsgrootte=self._getal(knoop, eigen.get("groepsgrootte")),
            handeling=Handeling(handeling) if handeling else None,
            velden=velden,
        )
        if stap.handeling is not None and stap.handeling.gaat_vanzelf and velden:
            self._meld(knoop, "Een stap die vanzelf gaat vraagt geen feiten.")
        if stap.verlenging and not stap.termijn:
            self._meld(knoop, "Een stap zonder termijn is niet verlengbaar.")
        self.stappen[code] = stap

    def _duur(self, knoop: Any, tekst: str | None) -> Termijnduur | None:
        if tekst is None:
            return None
        try:
            return DIRECT if tekst == "direct" else Termijnduur.lees(tekst)
        except DomeinFout as fout:
            self._meld(knoop, fout.uitleg)
            return None

    def _verlenging(self, knoop: Any, tekst: str | None) -> Termijnduur | None:
        if tekst is None:
            return None
        if not tekst.startswith("1x "):
            self._meld(knoop, 'Schrijf verlengbaar als "1x 6 maanden": verlengen kan één keer.')
            return None
        return self._duur(knoop, tekst.removeprefix("1x "))

    def _getal(self, knoop: Any, tekst: str | None) -> int | None:
        if tekst is None:
            return None
        if not re.fullmatch(r"[1-9][0-9]{0,4}", tekst, re.A):
            self._meld(knoop, "Dit is geen aantal.")
            return None
        return int(tekst)

    def _velden(self, knoop: Any) -> tuple[Veld, ...]:
        velden = []
        for element in knoop.iterfind(".//camunda:formData/camunda:formField", _NS):
            naam, soort = element.get("id", ""), _VELDSOORTEN.get(element.get("type", ""))
            if not re.fullmatch(r"[a-z][a-z0-9_]{0,49}", naam, re.A) or naam in _ALTIJD:
                self._meld(knoop, f"De naam van het feit {naam} kan niet.")
            if soort is None:
                self._meld(
                    knoop,
                    f"Het feit {naam} is boolean, long, enum of date: vrije tekst hoort niet in "
                    "een proces.",
                )
                continue
            opties = tuple(
                (v.get("id", ""), v.get("name", "")) for v in element.iterfind("camunda:value", _NS)
            )
            for code, _ in opties:
                if code in self.knopen:
                    # SpiffWorkflow finds elements by id, and takes the one for the other.
                    self._meld(knoop, f"De waarde {code} heet als een element; noem een anders.")
            if (soort is Veldsoort.KEUZE) != bool(opties):
                self._meld(knoop, f"Het feit {naam} heeft waarden als en alleen als het enum is.")
            grenzen = {
                c.get("name"): c.get("config")
                for c in element.iterfind("camunda:validation/camunda:constraint", _NS)
            }
            velden.append(
                Veld(
                    naam=naam,
                    vraag=element.get("label") or naam,
                    soort=soort,
                    opties=opties,
                    minimum=self._grens(knoop, grenzen.get("min")),
                    maximum=self._grens(knoop, grenzen.get("max")),
                )
            )
        return tuple(velden)

    def _grens(self, knoop: Any, tekst: str | None) -> int | None:
        if tekst is None:
            return None
        if not re.fullmatch(r"-?[0-9]{1,9}", tekst, re.A):
            self._meld(knoop, "Een grens (min, max) is een geheel getal.")
            return None
        return int(tekst)

    # -- flow -------------------------------------------------------------------------------

    def _toets_bereikbaar(self) -> None:
        """Every node lies on a way from the start to an end."""
        begin = {c for c, k in self.knopen.items() if _tag(k) == "startEvent"}
        einde = {c for c, k in self.knopen.items() if _tag(k) == "endEvent"}
        vooruit = _bereik(
            begin, {c: [s.get("targetRef") for s in self.uit[c]] for c in self.knopen}
        )
        terug = _bereik(einde, {c: [s.get("sourceRef") for s in self.in_[c]] for c in self.knopen})
        for code, knoop in self.knopen.items():
            if code not in vooruit:
                self._meld(knoop, "Hier komt een kandidaat nooit.")
            elif code not in terug:
                self._meld(knoop, "Vanaf hier komt een kandidaat nooit bij een einde.")
            if _tag(knoop) in {"userTask", "startEvent"} and len(self.uit[code]) != 1:
                self._meld(knoop, "Na een stap volgt precies één pijl; kies met een gateway.")

    def _toets_keuzes(self) -> None:
        bekend = self._bekende_feiten()
        for code, knoop in self.knopen.items():
            stromen = self.uit[code]
            if _tag(knoop) != "exclusiveGateway" or len(stromen) < 2:
                for stroom in stromen:
                    if stroom.find("bpmn:conditionExpression", _NS) is not None:
                        self._meld(
                            stroom, "Alleen na een keuze (exclusiveGateway) staat een voorwaarde."
                        )
                continue
            anders = knoop.get("default")
            if anders is None:
                self._meld(
                    knoop, "Wijs de pijl aan die geldt als geen voorwaarde opgaat (default)."
                )
            for stroom in stromen:
                voorwaarde = stroom.find("bpmn:conditionExpression", _NS)
                if stroom.get("id") == anders:
                    continue
                if voorwaarde is None or not (voorwaarde.text or "").strip():
                    self._meld(stroom, "Deze pijl heeft een voorwaarde nodig.")
                else:
                    self._toets_voorwaarde(stroom, voorwaarde.text, bekend[code])

    def _toets_voorwaarde(self, stroom: Any, tekst: str, bekend: frozenset[str]) -> None:
        try:
            boom = ast.parse(tekst.strip(), mode="eval")
        except SyntaxError:
            self._meld(
                stroom,
                "Deze voorwaarde is niet te lezen; schrijf bijvoorbeeld "
                "loonwaarde >= 40 and loonwaarde < 80.",
            )
            return
        for node in ast.walk(boom):
            if not isinstance(node, _UITDRUKKING):
                self._meld(
                    stroom,
                    f"In een voorwaarde kan geen {type(node).__name__}: alleen "
                    "feiten, waarden, vergelijkingen, and, or en not.",
                )
            elif isinstance(node, ast.Name) and node.id not in bekend:
                self._meld(
                    stroom,
                    f"Het feit {node.id} is hier niet altijd bekend: geen stap op "
                    "elke weg hierheen vraagt het.",
                )
            elif isinstance(node, ast.Compare):
                self._toets_waarden(stroom, node)

    def _toets_waarden(self, stroom: Any, vergelijking: ast.Compare) -> None:
        """A code that a fact is compared with must be one that it can have."""
        delen = [vergelijking.left, *vergelijking.comparators]
        namen = [d.id for d in delen if isinstance(d, ast.Name)]
        for deel in delen:
            if not isinstance(deel, ast.Constant) or not isinstance(deel.value, str):
                continue
            for naam in namen:
                mogelijk = self._waarden.get(naam)
                if mogelijk and deel.value not in mogelijk:
                    self._meld(
                        stroom,
                        f"Het feit {naam} is nooit «{deel.value}»; het is een van: "
                        f"{', '.join(sorted(mogelijk))}.",
                    )

    @cached_property
    def _waarden(self) -> dict[str, frozenset[str]]:
        """The codes each fact can have, of every step that asks it."""
        waarden: dict[str, frozenset[str]] = dict(_ALTIJD)
        for stap in self.stappen.values():
            for veld in stap.velden:
                codes = frozenset(code for code, _ in veld.opties)
                waarden[veld.naam] = waarden.get(veld.naam, frozenset()) | codes
            if stap.handeling:
                waarden |= _NA_HANDELING.get(stap.handeling, {})
        return waarden

    def _bekende_feiten(self) -> dict[str, frozenset[str]]:
        """Per node the facts that are known after it, whichever way was taken to it."""
        alles = frozenset(self._waarden)
        na = dict.fromkeys(self.knopen, alles)
        veranderd = True
        while veranderd:
            veranderd = False
            for code, knoop in self.knopen.items():
                voor = [na[s.get("sourceRef")] for s in self.in_[code]]
                if not voor:
                    bekend = frozenset(_ALTIJD)
                elif _tag(knoop) == "parallelGateway":
                    bekend = frozenset().union(*voor)
                else:
                    bekend = frozenset.intersection(*voor)
                bekend |= self._gevraagd(code)
                if bekend != na[code]:
                    na[code], veranderd = bekend, True
        return na

    def _gevraagd(self, code: str) -> frozenset[str]:
        stap = self.stappen.get(code)
        if stap is None:
            return frozenset()
        handeling = _NA_HANDELING.get(stap.handeling, {}) if stap.handeling else {}
        return frozenset({veld.naam for veld in stap.velden} | set(handeling))


def _bereik(van: set[str], verder: Mapping[str, list[str]]) -> set[str]:
    gezien, nog = set(van), list(van)
    while nog:
        for volgende in verder.get(nog.pop(), []):
            if volgende not in gezien:
                gezien.add(volgende)
                nog.append(volgende)
    return gezien


def _tag(element: Any) -> str:
    return str(etree.QName(element).localname)
