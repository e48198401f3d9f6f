"""Makes small process files, for tests of what a process file may be and what it does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from xml.sax.saxutils import quoteattr


@dataclass(frozen=True)
class Taak:
    """A userTask. eigen: its properties; velden: by name of the fact its type, or its codes."""

    code: str
    lane: str = "Klantmanager"
    eigen: Mapping[str, str] = field(default_factory=dict)
    velden: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)

    def xml(self) -> str:
        eigen = {"kanaal": "gesprek", "bron": "eigen proef", **self.eigen}
        properties = "".join(
            f"<camunda:property name={quoteattr(n)} value={quoteattr(w)}/>"
            for n, w in eigen.items()
        )
        velden = "".join(_veld(naam, soort) for naam, soort in self.velden.items())
        return (
            f'<bpmn:userTask id="{self.code}" name="{self.code}" camunda:formKey="{self.code}">'
            f"<bpmn:extensionElements><camunda:properties>{properties}</camunda:properties>"
            f"<camunda:formData>{velden}</camunda:formData></bpmn:extensionElements>"
            "</bpmn:userTask>"
        )


@dataclass(frozen=True)
class Knoop:
    """A node that is no step: startEvent, endEvent, exclusiveGateway or another."""

    code: str
    soort: str
    default: str = ""

    def xml(self) -> str:
        anders = f' default="{self.default}"' if self.default else ""
        return f'<bpmn:{self.soort} id="{self.code}" name="{self.code}"{anders}/>'


Pijl = tuple[str, str] | tuple[str, str, str]
"""From, to, and under which condition."""


def proces(*knopen: Taak | Knoop, pijlen: tuple[Pijl, ...], naam: str = "Proefproces") -> bytes:
    """A process file; an arrow is called ``van-naar``."""
    lanes: dict[str, list[str]] = {}
    for knoop in knopen:
        lane = knoop.lane if isinstance(knoop, Taak) else "Klantmanager"
        lanes.setdefault(lane, []).append(knoop.code)
    lanes_xml = "".join(
        f'<bpmn:lane id="lane-{nummer}" name={quoteattr(lane)}>'
        + "".join(f"<bpmn:flowNodeRef>{code}</bpmn:flowNodeRef>" for code in codes)
        + "</bpmn:lane>"
        for nummer, (lane, codes) in enumerate(lanes.items())
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"'
        ' xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="d"'
        ' targetNamespace="https://meedoen.example/processen">'
        f'<bpmn:process id="proef" name={quoteattr(naam)} isExecutable="true">'
        f'<bpmn:laneSet id="lanes">{lanes_xml}</bpmn:laneSet>'
        + "".join(knoop.xml() for knoop in knopen)
        + "".join(map(_pijl, pijlen))
        + "</bpmn:process></bpmn:definitions>"
    ).encode()


def rechtdoor(*taken: Taak, einde: str = "klaar") -> bytes:
    """A process that is one row of steps."""
    codes = ["begin", *(taak.code for taak in taken), einde]
    return proces(
        Knoop("begin", "startEvent"),
        *taken,
        Knoop(einde, "endEvent"),
        pijlen=tuple(pairwise(codes)),
    )


def _pijl(pijl: Pijl) -> str:
    van, naar, *voorwaarde = pijl
    inhoud = "".join(
        f"<bpmn:conditionExpression>{v.replace('&', '&amp;').replace('<', '&lt;')}"
        "</bpmn:conditionExpression>"
        for v in voorwaarde
    )
    return (
        f'<bpmn:sequenceFlow id="{van}-{naar}" sourceRef="{van}" targetRef="{naar}">'
        f"{inhoud}</bpmn:sequenceFlow>"
    )


def _veld(naam: str, soort: str | tuple[str, ...]) -> str:
    if isinstance(soort, str):
        return f'<camunda:formField id="{naam}" label="{naam}?" type="{soort}"/>'
    waarden = "".join(f'<camunda:value id="{code}" name="{code}"/>' for code in soort)
    return (
        f'<camunda:formField id="{naam}" label="{naam}?" type="enum">{waarden}</camunda:formField>'
    )
