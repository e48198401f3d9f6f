"""What plaatsing does when another service says something: one function per event."""

from __future__ import annotations

from typing import Any, Final

from chassis.consumer import Effect, Reaction, Received
from chassis.replay import Projection
from chassis.unit_of_work import UnitOfWork
from contracts.diagnose import LoonwaardeVastgesteld
from contracts.intake import (
    BeschutWerkbesluitGenomen,
    BesluitIngetrokken,
    Besluitsoort,
    InkooporderGeplaatst,
    KandidaatDoorverwezen,
    KandidaatHeraangemeld,
    KandidaatOvergedragen,
    KandidaatTeruggevallen,
    KandidaatUitgestroomd,
    TrajectbesluitGenomen,
)
from services.plaatsing.domain.kandidaat import (
    BeschutWerkbesluit,
    Doelgroep,
    Programma,
    Trajectbesluit,
    VastgesteldeLoonwaarde,
)
from services.plaatsing.use_cases.neem_over import neem_over
from services.plaatsing.use_cases.ontvang_beschut_werkbesluit import ontvang_beschut_werkbesluit
from services.plaatsing.use_cases.ontvang_doorverwijzing import ontvang_doorverwijzing
from services.plaatsing.use_cases.ontvang_heraanmelding import ontvang_heraanmelding
from services.plaatsing.use_cases.ontvang_inkooporder import ontvang_inkooporder
from services.plaatsing.use_cases.ontvang_intrekking import ontvang_intrekking
from services.plaatsing.use_cases.ontvang_loonwaarde import ontvang_loonwaarde
from services.plaatsing.use_cases.ontvang_trajectbesluit import ontvang_trajectbesluit
from services.plaatsing.use_cases.ontvang_uitstroom import ontvang_terugval, ontvang_uitstroom
from services.plaatsing.use_cases.volg_loonwaarde import volg_loonwaarde


async def bij_kandidaat_doorverwezen(
    uow: UnitOfWork, gehoord: Received[KandidaatDoorverwezen]
) -> None:
    event = gehoord.event
    await ontvang_doorverwijzing(
        uow,
        kandidaat_id=event.kandidaat_id,
        gemeentecode=uow.organisation,
        doorverwezen_op=event.doorverwezen_op,
        doelgroep=Doelgroep(event.doelgroep),
    )


async def bij_kandidaat_overgedragen(
    uow: UnitOfWork, gehoord: Received[KandidaatOvergedragen]
) -> None:
    await neem_over(uow, gehoord.event.kandidaat_id, gehoord.event.gemeentecode)


async def bij_kandidaat_heraangemeld(
    uow: UnitOfWork, gehoord: Received[KandidaatHeraangemeld]
) -> None:
    event = gehoord.event
    await ontvang_heraanmelding(
        uow,
        event.kandidaat_id,
        uow.organisation,
        event.aangemeld_op,
        volgorde=gehoord.envelope.aggregateversion,
    )


async def bij_kandidaat_uitgestroomd(
    uow: UnitOfWork, gehoord: Received[KandidaatUitgestroomd]
) -> None:
    event = gehoord.event
    await ontvang_uitstroom(
        uow,
        event.kandidaat_id,
        uow.organisation,
        event.uitgestroomd_op,
        event.bestemming,
        volgorde=gehoord.envelope.aggregateversion,
    )


async def bij_kandidaat_teruggevallen(
    uow: UnitOfWork, gehoord: Received[KandidaatTeruggevallen]
) -> None:
    event = gehoord.event
    await ontvang_terugval(
        uow,
        event.kandidaat_id,
        uow.organisation,
        event.teruggevallen_op,
        volgorde=gehoord.envelope.aggregateversion,
    )


async def bij_trajectbesluit_genomen(
    uow: UnitOfWork, gehoord: Received[TrajectbesluitGenomen]
) -> None:
    event = gehoord.event
    await ontvang_trajectbesluit(
        uow,
        event.kandidaat_id,
        uow.organisation,
        Trajectbesluit(
            event.besluit_id,
            event.ingangsdatum,
            event.met_wsd,
            inkooporder_nodig=bool(event.inkooporder_nodig),
            programma=Programma(event.programma),
        ),
    )


async def bij_inkooporder_geplaatst(
    uow: UnitOfWork, gehoord: Received[InkooporderGeplaatst]
) -> None:
    event = gehoord.event
    await ontvang_inkooporder(
        uow, event.kandidaat_id, uow.organisation, event.besluit_id, event.geplaatst_op
    )


async def bij_besluit_ingetrokken(uow: UnitOfWork, gehoord: Received[BesluitIngetrokken]) -> None:
    event = gehoord.event
    if event.soort is Besluitsoort.TRAJECTBESLUIT:
        await ontvang_intrekking(
            uow, event.kandidaat_id, uow.organisation, event.besluit_id, event.ingangsdatum
        )


async def bij_beschut_werkbesluit_genomen(
    uow: UnitOfWork, gehoord: Received[BeschutWerkbesluitGenomen]
) -> None:
    event = gehoord.event
    await ontvang_beschut_werkbesluit(
        uow,
        event.kandidaat_id,
        uow.organisation,
        BeschutWerkbesluit(event.besluit_id, event.ingangsdatum, event.toegekend),
        uwv_advies_op=event.uwv_advies_op,
        volgorde=gehoord.envelope.aggregateversion,
    )


async def bij_loonwaarde_vastgesteld(
    uow: UnitOfWork, gehoord: Received[LoonwaardeVastgesteld]
) -> None:
    event = gehoord.event
    await ontvang_loonwaarde(
        uow,
        event.kandidaat_id,
        uow.organisation,
        event.meting_id,
        VastgesteldeLoonwaarde(event.loonwaarde, event.ingangsdatum),
    )


async def wijzig_bij_loonwaarde(uow: UnitOfWork, gehoord: Received[LoonwaardeVastgesteld]) -> None:
    await volg_loonwaarde(uow, gehoord.event.kandidaat_id)


REACTIONS: Final[tuple[Reaction[Any], ...]] = (
    Reaction(KandidaatDoorverwezen, bij_kandidaat_doorverwezen, Effect.PROJECTION),
    Reaction(KandidaatOvergedragen, bij_kandidaat_overgedragen, Effect.PROJECTION),
    Reaction(TrajectbesluitGenomen, bij_trajectbesluit_genomen, Effect.PROJECTION),
    Reaction(InkooporderGeplaatst, bij_inkooporder_geplaatst, Effect.PROJECTION),
    Reaction(BesluitIngetrokken, bij_besluit_ingetrokken, Effect.PROJECTION),
    Reaction(BeschutWerkbesluitGenomen, bij_beschut_werkbesluit_genomen, Effect.PROJECTION),
    Reaction(
        LoonwaardeVastgesteld,
        bij_loonwaarde_vastgesteld,
        Effect.PROJECTION,
        then=wijzig_bij_loonwaarde,
    ),
    Reaction(KandidaatUitgestroomd, bij_kandidaat_uitgestroomd, Effect.PROJECTION),
    Reaction(KandidaatTeruggevallen, bij_kandidaat_teruggevallen, Effect.PROJECTION),
    Reaction(KandidaatHeraangemeld, bij_kandidaat_heraangemeld, Effect.PROJECTION),
)

KANDIDATEN: Final = Projection(
    "kandidaten",
    tables={
        "kandidaat": "id",
        "trajectbesluit": "kandidaat_id",
        "loonwaarde": "kandidaat_id",
        "beschut_werkbesluit": "kandidaat_id",
        "uitstroom": "kandidaat_id",
    },
    reactions=REACTIONS,
)
"""What was heard of kandidaten: all that plaatsing does with what others say."""
