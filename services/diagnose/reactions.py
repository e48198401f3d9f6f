"""What diagnose does when another service says something: one function per event."""

from __future__ import annotations

from typing import Any, Final

from chassis.consumer import Reaction, Received
from chassis.unit_of_work import UnitOfWork
from contracts.intake import (
    BesluitIngetrokken,
    KandidaatDoorverwezen,
    KandidaatOvergedragen,
    TrajectbesluitGenomen,
)
from services.diagnose.domain.adviesreactie import Adviesbesluit
from services.diagnose.use_cases.neem_over import neem_over
from services.diagnose.use_cases.open_dossier import open_dossier
from services.diagnose.use_cases.volg_trajectbesluit import volg_intrekking, volg_trajectbesluit


async def bij_kandidaat_doorverwezen(
    uow: UnitOfWork, gehoord: Received[KandidaatDoorverwezen]
) -> None:
    event = gehoord.event
    await open_dossier(
        uow,
        kandidaat_id=event.kandidaat_id,
        gemeentecode=uow.organisation,
        doorverwezen_op=event.doorverwezen_op,
    )


async def bij_kandidaat_overgedragen(
    uow: UnitOfWork, gehoord: Received[KandidaatOvergedragen]
) -> None:
    await neem_over(uow, gehoord.event.kandidaat_id, gehoord.event.gemeentecode)


async def bij_trajectbesluit_genomen(
    uow: UnitOfWork, gehoord: Received[TrajectbesluitGenomen]
) -> None:
    event = gehoord.event
    if event.advies_id is None:
        return  # At a gemeente that works without WSD there is no advies.
    await volg_trajectbesluit(
        uow,
        event.kandidaat_id,
        event.advies_id,
        Adviesbesluit(event.besluit_id, bool(event.advies_gevolgd), event.ingangsdatum),
    )


async def bij_besluit_ingetrokken(uow: UnitOfWork, gehoord: Received[BesluitIngetrokken]) -> None:
    event = gehoord.event
    await volg_intrekking(uow, event.kandidaat_id, event.besluit_id, event.ingangsdatum)


REACTIONS: Final[tuple[Reaction[Any], ...]] = (
    Reaction(KandidaatDoorverwezen, bij_kandidaat_doorverwezen),
    Reaction(KandidaatOvergedragen, bij_kandidaat_overgedragen),
    Reaction(TrajectbesluitGenomen, bij_trajectbesluit_genomen),
    Reaction(BesluitIngetrokken, bij_besluit_ingetrokken),
)
