"""What diagnose does when another service says something: one function per event."""

from __future__ import annotations

from typing import Any, Final

from chassis.consumer import Reaction, Received
from chassis.unit_of_work import UnitOfWork
from contracts.intake import (
    BesluitIngetrokken,
    KandidaatAangemeld,
    KandidaatDoorverwezen,
    KandidaatOvergedragen,
    KandidaatTeruggevallen,
    KandidaatUitgestroomd,
    TrajectbesluitGenomen,
)
from contracts.plaatsing import Eindereden, LKSPlaatsing, PlaatsingBeeindigd
from services.diagnose.domain.adviesreactie import Adviesbesluit
from services.diagnose.domain.ladder import BetaaldWerk
from services.diagnose.use_cases.bepaal_ladder import verwerk_werk
from services.diagnose.use_cases.breng_jongere_in_beeld import ken_jongere
from services.diagnose.use_cases.neem_over import neem_over
from services.diagnose.use_cases.ontvang_uitstroom import ontvang_terugval, ontvang_uitstroom
from services.diagnose.use_cases.open_dossier import open_dossier
from services.diagnose.use_cases.volg_trajectbesluit import volg_intrekking, volg_trajectbesluit


async def bij_kandidaat_aangemeld(uow: UnitOfWork, gehoord: Received[KandidaatAangemeld]) -> None:
    event = gehoord.event
    await ken_jongere(
        uow,
        kandidaat_id=event.kandidaat_id,
        gemeentecode=uow.organisation,
        op=event.aangemeld_op,
        doelgroep=event.doelgroep,
    )


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
    await ken_jongere(
        uow,
        kandidaat_id=event.kandidaat_id,
        gemeentecode=uow.organisation,
        op=event.doorverwezen_op,
        doelgroep=event.doelgroep,
        leeftijdsgroep=event.leeftijdsgroep,
    )


async def bij_kandidaat_overgedragen(
    uow: UnitOfWork, gehoord: Received[KandidaatOvergedragen]
) -> None:
    await neem_over(uow, gehoord.event.kandidaat_id, gehoord.event.gemeentecode)


async def bij_kandidaat_uitgestroomd(
    uow: UnitOfWork, gehoord: Received[KandidaatUitgestroomd]
) -> None:
    await ontvang_uitstroom(uow, gehoord.event.kandidaat_id, gehoord.event.uitgestroomd_op)


async def bij_kandidaat_teruggevallen(
    uow: UnitOfWork, gehoord: Received[KandidaatTeruggevallen]
) -> None:
    await ontvang_terugval(uow, gehoord.event.kandidaat_id)


async def bij_lks_plaatsing(uow: UnitOfWork, gehoord: Received[LKSPlaatsing]) -> None:
    event = gehoord.event
    await verwerk_werk(uow, event.kandidaat_id, BetaaldWerk(event.plaatsing_id, event.begindatum))


async def bij_plaatsing_beeindigd(uow: UnitOfWork, gehoord: Received[PlaatsingBeeindigd]) -> None:
    event = gehoord.event
    await verwerk_werk(
        uow,
        event.kandidaat_id,
        BetaaldWerk(
            event.plaatsing_id,
            geeindigd_op=event.einddatum,
            naar_regulier=event.reden is Eindereden.UITSTROOM_REGULIER,
        ),
    )


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
    Reaction(KandidaatAangemeld, bij_kandidaat_aangemeld),
    Reaction(KandidaatDoorverwezen, bij_kandidaat_doorverwezen),
    Reaction(KandidaatOvergedragen, bij_kandidaat_overgedragen),
    Reaction(KandidaatUitgestroomd, bij_kandidaat_uitgestroomd),
    Reaction(KandidaatTeruggevallen, bij_kandidaat_teruggevallen),
    Reaction(LKSPlaatsing, bij_lks_plaatsing),
    Reaction(PlaatsingBeeindigd, bij_plaatsing_beeindigd),
    Reaction(TrajectbesluitGenomen, bij_trajectbesluit_genomen),
    Reaction(BesluitIngetrokken, bij_besluit_ingetrokken),
)
