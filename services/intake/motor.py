"""Executes a process: from the steps that were done to the steps that can be done now.

What is kept of a kandidaat is which steps were done, when and with which facts; where that leads
is worked out again each time.  So nothing of the engine is stored, a restart loses nothing, and a
kandidaat can go over to a new version when what was done can be done there too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn import BpmnWorkflow

from services.intake.bpmn import GeslotenMotor, Procesdefinitie
from services.intake.domain.fouten import StapNietAanDeBeurt
from services.intake.domain.proces import Einde, Feiten, GezetteStap, OpenStap

_MOTOR: Final = GeslotenMotor()


@dataclass(frozen=True, slots=True)
class Stand:
    """How far somebody is. einden: where the ways taken ended, the last one last."""

    open: tuple[OpenStap, ...]
    einden: tuple[Einde, ...]

    @property
    def einde(self) -> Einde | None:
        """Where the process ended; None while a step is open."""
        return None if self.open else self.einden[-1]


def speel(
    definitie: Procesdefinitie,
    altijd: Feiten,
    begonnen_op: date,
    gezet: Sequence[GezetteStap],
) -> Stand:
    """Do the steps again in their order, and say where that leads.

    altijd: the facts that are there from the start.  Raises StapNietAanDeBeurt when a step could
    not be done then: never for what was done on the same version.
    """
    workflow = BpmnWorkflow(definitie.spec, script_engine=_MOTOR)
    workflow.task_tree.data.update(altijd)
    workflow.do_engine_steps()
    sinds = {taak.id: begonnen_op for taak in _open(workflow)}
    for stap in gezet:
        open_taken = _open(workflow)
        taak = next((t for t in open_taken if t.task_spec.name == stap.code), None)
        if taak is None:
            raise StapNietAanDeBeurt(f"De stap {stap.code} kan hier niet worden gezet.")
        taak.data.update(stap.feiten)
        taak.run()
        workflow.do_engine_steps()
        for nieuw in _open(workflow):
            sinds.setdefault(nieuw.id, stap.gezet_op)
    return Stand(
        open=tuple(
            OpenStap(definitie.stappen[taak.task_spec.name], sinds[taak.id], begonnen_op)
            for taak in _open(workflow)
        ),
        einden=tuple(
            Einde(taak.task_spec.name, definitie.einden[taak.task_spec.name])
            for taak in sorted(
                workflow.get_tasks(state=TaskState.COMPLETED), key=lambda t: t.last_state_change
            )
            if taak.task_spec.name in definitie.einden
        ),
    )


def _open(workflow: Any) -> list[Any]:
    return list(workflow.get_tasks(state=TaskState.READY, manual=True))
