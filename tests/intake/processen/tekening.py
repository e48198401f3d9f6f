"""What a process file draws: shapes, labels and lines with their places (BPMN DI), in pixels."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from lxml import etree

from services.intake.gemeenten import EIGEN_MAP

BESTANDEN: Final = {bestand.parent.name: bestand for bestand in EIGEN_MAP.glob("*/proces-*.bpmn")}

NS: Final = {
    "bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "di": "http://www.omg.org/spec/DD/20100524/DI",
    "camunda": "http://camunda.org/schema/1.0/bpmn",
}
KNOOPSOORTEN: Final = frozenset(
    {"startEvent", "endEvent", "userTask", "exclusiveGateway", "parallelGateway"}
)
Punt = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Vlak:
    """A rectangle; x and y of its upper left corner, y downwards."""

    x: float
    y: float
    breedte: float
    hoogte: float

    def bevat(self, ander: Vlak) -> bool:
        return (
            self.x <= ander.x
            and self.y <= ander.y
            and ander.x + ander.breedte <= self.x + self.breedte
            and ander.y + ander.hoogte <= self.y + self.hoogte
        )

    def overlapt(self, ander: Vlak, speling: float = 1) -> bool:
        return (
            self.x < ander.x + ander.breedte - speling
            and ander.x < self.x + self.breedte - speling
            and self.y < ander.y + ander.hoogte - speling
            and ander.y < self.y + self.hoogte - speling
        )

    def op_de_rand(self, punt: Punt, speling: float = 1) -> bool:
        stip = Vlak(punt[0], punt[1], 0, 0)
        buiten = Vlak(
            self.x - speling,
            self.y - speling,
            self.breedte + 2 * speling,
            self.hoogte + 2 * speling,
        )
        binnen = Vlak(
            self.x + speling,
            self.y + speling,
            self.breedte - 2 * speling,
            self.hoogte - 2 * speling,
        )
        return buiten.bevat(stip) and not binnen.bevat(stip)


@dataclass(frozen=True, slots=True)
class Lijn:
    """A line of straight pieces, from the edge of one shape to that of another."""

    van: str
    naar: str
    punten: tuple[Punt, ...]

    def gaat_door(self, vlak: Vlak, speling: float = 3) -> bool:
        """Does it cross this rectangle? Touching its edge is not crossing."""
        return any(
            Vlak(
                min(x, x2) - speling,
                min(y, y2) - speling,
                abs(x2 - x) + 2 * speling,
                abs(y2 - y) + 2 * speling,
            ).overlapt(vlak, 2 * speling)
            for (x, y), (x2, y2) in zip(self.punten, self.punten[1:], strict=False)
        )


@dataclass
class Tekening:
    """Of one process file. Everything by the id of what it draws."""

    elementen: dict[str, Any]
    pool: str
    lanes: frozenset[str]
    lane_van: dict[str, str]
    vlakken: dict[str, Vlak] = field(default_factory=dict)
    opschriften: dict[str, Vlak] = field(default_factory=dict)
    lijnen: dict[str, Lijn] = field(default_factory=dict)
    dubbel: list[str] = field(default_factory=list)

    @property
    def vormen(self) -> dict[str, Vlak]:
        """All shapes but the pool and its lanes."""
        return {i: v for i, v in self.vlakken.items() if i not in self.lanes | {self.pool}}

    def soort(self, code: str) -> str:
        return str(etree.QName(self.elementen[code]).localname)


def lees_tekening(bestand: Path) -> Tekening:
    wortel = etree.fromstring(bestand.read_bytes())
    tekening = Tekening(
        elementen={
            element.get("id"): element
            for ouder in (
                *wortel.findall("bpmn:process", NS),
                wortel.find("bpmn:collaboration", NS),
            )
            for element in ouder.iterfind("*[@id]")
            if etree.QName(element).localname != "laneSet"
        }
        | {lane.get("id"): lane for lane in wortel.iterfind(".//bpmn:lane", NS)},
        pool=wortel.find(".//bpmn:participant", NS).get("id"),
        lanes=frozenset(lane.get("id") for lane in wortel.iterfind(".//bpmn:lane", NS)),
        lane_van={
            verwijzing.text: lane.get("id")
            for lane in wortel.iterfind(".//bpmn:lane", NS)
            for verwijzing in lane.iterfind("bpmn:flowNodeRef", NS)
        },
    )
    for getekend in wortel.find(".//bpmndi:BPMNPlane", NS):
        code = getekend.get("bpmnElement")
        if code in tekening.vlakken or code in tekening.lijnen:
            tekening.dubbel.append(code)
        if etree.QName(getekend).localname == "BPMNShape":
            tekening.vlakken[code] = _vlak(getekend.find("dc:Bounds", NS))
        else:
            element = tekening.elementen[code]
            tekening.lijnen[code] = Lijn(
                element.get("sourceRef"),
                element.get("targetRef"),
                tuple(
                    (float(p.get("x")), float(p.get("y")))
                    for p in getekend.iterfind("di:waypoint", NS)
                ),
            )
        if (opschrift := getekend.find("bpmndi:BPMNLabel/dc:Bounds", NS)) is not None:
            tekening.opschriften[code] = _vlak(opschrift)
    return tekening


def _vlak(bounds: Any) -> Vlak:
    return Vlak(*(float(bounds.get(naam)) for naam in ("x", "y", "width", "height")))
