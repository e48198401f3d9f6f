"""What financiering does when another service says something: one function per event."""

from __future__ import annotations

from typing import Any, Final

from chassis.consumer import Reaction, Received
from chassis.unit_of_work import UnitOfWork
from contracts.diagnose import LoonwaardeVastgesteld
from contracts.intake import (
    KandidaatDoorverwezen,
    KandidaatOvergedragen,
    LeeftijdsgroepGewijzigd,
)
from contracts.plaatsing import (
    Eindereden,
    Grondslag,
    LKSPlaatsing,
    PlaatsingBeeindigd,
    PlaatsingGewijzigd,
    Plaatsingsoort,
)
from services.financiering.domain.fouten import LoonwaardeOntbreekt
from services.financiering.domain.leeftijdsgroep import Leeftijdsgroep, Leeftijdsovergang
from services.financiering.domain.lks_aanvraag import LoonwaardeVanaf
from services.financiering.domain.lks_dossier import Dienstverband, Doelgroep
from services.financiering.domain.lks_toekenning import EindeLks
from services.financiering.domain.loonkostensubsidie import Arbeidsduur
from services.financiering.use_cases.behandel_plaatsing import behandel_plaatsing
from services.financiering.use_cases.neem_over import neem_over
from services.financiering.use_cases.verwerk_arbeidsduur import verwerk_arbeidsduur
from services.financiering.use_cases.verwerk_doorverwijzing import verwerk_doorverwijzing
from services.financiering.use_cases.verwerk_einde_plaatsing import verwerk_einde_plaatsing
from services.financiering.use_cases.verwerk_leeftijdsgroep import verwerk_leeftijdsgroep
from services.financiering.use_cases.verwerk_loonwaarde import verwerk_loonwaarde


async def bij_kandidaat_doorverwezen(
    uow: UnitOfWork, gehoord: Received[KandidaatDoorverwezen]
) -> None:
    event = gehoord.event
    await verwerk_doorverwijzing(
        uow,
        event.kandidaat_id,
        uow.organisation,
        Doelgroep(event.doelgroep),
        Leeftijdsgroep(event.leeftijdsgroep),
    )


async def bij_kandidaat_overgedragen(
    uow: UnitOfWork, gehoord: Received[KandidaatOvergedragen]
) -> None:
    event = gehoord.event
    await neem_over(
        uow,
        event.kandidaat_id,
        van_gemeente=event.van_gemeente,
        naar_gemeente=event.gemeentecode,
        ingangsdatum=event.ingangsdatum,
        volgorde=gehoord.envelope.aggregateversion,
    )


async def bij_leeftijdsgroep_gewijzigd(
    uow: UnitOfWork, gehoord: Received[LeeftijdsgroepGewijzigd]
) -> None:
    event = gehoord.event
    await verwerk_leeftijdsgroep(
        uow,
        event.kandidaat_id,
        uow.organisation,
        Leeftijdsovergang(event.ingangsmaand, Leeftijdsgroep(event.leeftijdsgroep)),
    )


async def bij_loonwaarde_vastgesteld(
    uow: UnitOfWork, gehoord: Received[LoonwaardeVastgesteld]
) -> None:
    event = gehoord.event
    await verwerk_loonwaarde(
        uow,
        event.kandidaat_id,
        uow.organisation,
        LoonwaardeVanaf(event.loonwaarde, event.ingangsdatum),
        meting_id=event.meting_id,
        vastgesteld_op=event.vastgesteld_op,
        volgorde=gehoord.envelope.aggregateversion,
    )


async def bij_lks_plaatsing(uow: UnitOfWork, gehoord: Received[LKSPlaatsing]) -> None:
    event = gehoord.event
    gemeten = event.grondslag is Grondslag.LOONWAARDE
    if gemeten and event.loonwaarde is None:
        raise LoonwaardeOntbreekt(
            "De plaatsing rust op een gemeten loonwaarde, maar noemt die niet. Laat plaatsing de "
            "gebeurtenis herstellen."
        )
    await behandel_plaatsing(
        uow,
        event.kandidaat_id,
        uow.organisation,
        Dienstverband(
            plaatsing_id=event.plaatsing_id,
            begindatum=event.begindatum,
            arbeidsduur=Arbeidsduur(event.uren_per_week, event.voltijdsuren_per_week),
            loonwaarde=event.loonwaarde if gemeten else None,
            werkgever_id=event.werkgever_id,
        ),
    )


async def bij_plaatsing_gewijzigd(uow: UnitOfWork, gehoord: Received[PlaatsingGewijzigd]) -> None:
    """Only the hours: a loonwaarde is heard of diagnose, which establishes it."""
    event = gehoord.event
    if event.uren_per_week is None and event.voltijdsuren_per_week is None:
        return
    await verwerk_arbeidsduur(
        uow,
        event.kandidaat_id,
        uow.organisation,
        event.plaatsing_id,
        vanaf=event.vanaf,
        uren=event.uren_per_week,
        voltijdsuren=event.voltijdsuren_per_week,
    )


async def bij_plaatsing_beeindigd(uow: UnitOfWork, gehoord: Received[PlaatsingBeeindigd]) -> None:
    event = gehoord.event
    if event.soort is not Plaatsingsoort.LKS_DIENSTVERBAND:
        return  # Of the other kinds there is no loonkostensubsidie here.
    reden = (
        EindeLks.GEEN_VERMINDERDE_LOONWAARDE
        if event.reden is Eindereden.GEEN_VERMINDERDE_LOONWAARDE
        else EindeLks.EINDE_DIENSTBETREKKING
    )
    await verwerk_einde_plaatsing(
        uow, event.kandidaat_id, uow.organisation, event.plaatsing_id, event.einddatum, reden
    )


REACTIONS: Final[tuple[Reaction[Any], ...]] = (
    Reaction(KandidaatDoorverwezen, bij_kandidaat_doorverwezen),
    Reaction(KandidaatOvergedragen, bij_kandidaat_overgedragen),
    Reaction(LeeftijdsgroepGewijzigd, bij_leeftijdsgroep_gewijzigd),
    Reaction(LoonwaardeVastgesteld, bij_loonwaarde_vastgesteld),
    Reaction(LKSPlaatsing, bij_lks_plaatsing),
    Reaction(PlaatsingGewijzigd, bij_plaatsing_gewijzigd),
    Reaction(PlaatsingBeeindigd, bij_plaatsing_beeindigd),
)
