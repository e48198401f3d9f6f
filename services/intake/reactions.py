"""What intake does when another service says something: one function per event."""

from __future__ import annotations

from typing import Any, Final

from chassis.consumer import Reaction, Received
from chassis.unit_of_work import UnitOfWork
from contracts.diagnose import AdviesGegeven
from services.intake.domain.kandidaat import OntvangenAdvies, Programma
from services.intake.use_cases.ontvang_advies import ontvang_advies


async def bij_advies_gegeven(uow: UnitOfWork, gehoord: Received[AdviesGegeven]) -> None:
    event = gehoord.event
    await ontvang_advies(
        uow,
        event.kandidaat_id,
        OntvangenAdvies(
            advies_id=event.advies_id,
            gegeven_op=event.gegeven_op,
            programma=Programma(event.programma),
            diensten=tuple(event.diensten),
        ),
    )


REACTIONS: Final[tuple[Reaction[Any], ...]] = (Reaction(AdviesGegeven, bij_advies_gegeven),)
