"""What intake does when another service says something: one function per event."""

from __future__ import annotations

from typing import Any, Final

from chassis.consumer import Effect, Reaction, Received
from chassis.unit_of_work import UnitOfWork
from contracts.diagnose import (
    AdviesGegeven,
    ArbeidsvermogenVastgesteld,
    LoonwaardeVastgesteld,
    ParticipatieladderVastgesteld,
)
from contracts.financiering import LKSBeschikkingGegeven, LKSVastgesteld
from contracts.plaatsing import (
    LKSPlaatsing,
    OverigePlaatsingsoort,
    PlaatsingBeeindigd,
    PlaatsingGestart,
    ProefplaatsingGestart,
)
from services.intake import loonkostensubsidies, voorzieningen
from services.intake.domain.dkd import Beschikkingsoort
from services.intake.domain.kandidaat import OntvangenAdvies, Programma
from services.intake.domain.lks_loonwaarde import LksLoonwaarde
from services.intake.domain.srg import (
    Arbeidsvermogen,
    Ladderpositie,
    Loonwaarde,
    Voorziening,
    Voorzieningsoort,
)
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


async def bij_proefplaatsing_gestart(
    uow: UnitOfWork, gehoord: Received[ProefplaatsingGestart]
) -> None:
    event = gehoord.event
    await voorzieningen.begin(
        uow,
        Voorziening(
            event.plaatsing_id,
            event.kandidaat_id,
            Voorzieningsoort.PROEFPLAATSING,
            event.begindatum,
        ),
    )


async def bij_lks_plaatsing(uow: UnitOfWork, gehoord: Received[LKSPlaatsing]) -> None:
    event = gehoord.event
    await voorzieningen.begin(
        uow,
        Voorziening(
            event.plaatsing_id,
            event.kandidaat_id,
            Voorzieningsoort.LKS_DIENSTVERBAND,
            event.begindatum,
            event.loonwaarde,
        ),
    )


async def bij_plaatsing_gestart(uow: UnitOfWork, gehoord: Received[PlaatsingGestart]) -> None:
    event = gehoord.event
    if event.soort is OverigePlaatsingsoort.REGULIER:
        return  # Regular work is no voorziening.
    await voorzieningen.begin(
        uow,
        Voorziening(
            event.plaatsing_id,
            event.kandidaat_id,
            Voorzieningsoort(event.soort),
            event.begindatum,
        ),
    )


async def bij_plaatsing_beeindigd(uow: UnitOfWork, gehoord: Received[PlaatsingBeeindigd]) -> None:
    event = gehoord.event
    await voorzieningen.eindig(uow, event.plaatsing_id, event.einddatum, event.reden)


async def bij_loonwaarde_vastgesteld(
    uow: UnitOfWork, gehoord: Received[LoonwaardeVastgesteld]
) -> None:
    event = gehoord.event
    await voorzieningen.stel_loonwaarde_vast(
        uow,
        event.meting_id,
        event.kandidaat_id,
        Loonwaarde(event.loonwaarde, event.ingangsdatum, event.vastgesteld_op),
    )


async def bij_participatieladder_vastgesteld(
    uow: UnitOfWork, gehoord: Received[ParticipatieladderVastgesteld]
) -> None:
    event = gehoord.event
    await voorzieningen.stel_ladderpositie_vast(
        uow,
        event.kandidaat_id,
        Ladderpositie(event.trede, event.vastgesteld_op),
        volgorde=gehoord.envelope.aggregateversion,
    )


async def bij_arbeidsvermogen_vastgesteld(
    uow: UnitOfWork, gehoord: Received[ArbeidsvermogenVastgesteld]
) -> None:
    event = gehoord.event
    await voorzieningen.stel_arbeidsvermogen_vast(
        uow,
        event.kandidaat_id,
        Arbeidsvermogen(event.arbeidsvermogen, event.vastgesteld_op),
        volgorde=gehoord.envelope.aggregateversion,
    )


async def bij_lks_vastgesteld(uow: UnitOfWork, gehoord: Received[LKSVastgesteld]) -> None:
    event = gehoord.event
    await loonkostensubsidies.stel_loonwaarde_vast(
        uow,
        event.kandidaat_id,
        LksLoonwaarde(
            event.plaatsing_id,
            event.ingangsdatum,
            event.loonwaarde,
            gehoord.envelope.aggregateversion,
        ),
    )


async def bij_lks_beschikking_gegeven(
    uow: UnitOfWork, gehoord: Received[LKSBeschikkingGegeven]
) -> None:
    event = gehoord.event
    await loonkostensubsidies.leg_beschikking_vast(
        uow,
        event.beschikking_id,
        event.kandidaat_id,
        event.plaatsing_id,
        Beschikkingsoort(event.soort),
        ingangsdatum=event.ingangsdatum,
        bekendgemaakt_op=event.bekendgemaakt_op,
        volgorde=gehoord.envelope.aggregateversion,
    )


REACTIONS: Final[tuple[Reaction[Any], ...]] = (
    Reaction(AdviesGegeven, bij_advies_gegeven),
    Reaction(LoonwaardeVastgesteld, bij_loonwaarde_vastgesteld, Effect.PROJECTION),
    Reaction(ParticipatieladderVastgesteld, bij_participatieladder_vastgesteld, Effect.PROJECTION),
    Reaction(ArbeidsvermogenVastgesteld, bij_arbeidsvermogen_vastgesteld, Effect.PROJECTION),
    Reaction(ProefplaatsingGestart, bij_proefplaatsing_gestart, Effect.PROJECTION),
    Reaction(LKSPlaatsing, bij_lks_plaatsing, Effect.PROJECTION),
    Reaction(PlaatsingGestart, bij_plaatsing_gestart, Effect.PROJECTION),
    Reaction(PlaatsingBeeindigd, bij_plaatsing_beeindigd, Effect.PROJECTION),
    Reaction(LKSVastgesteld, bij_lks_vastgesteld, Effect.PROJECTION),
    Reaction(LKSBeschikkingGegeven, bij_lks_beschikking_gegeven, Effect.PROJECTION),
)
