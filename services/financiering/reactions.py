"""What financiering does when another service says something: one function per event."""

from __future__ import annotations

from typing import Any, Final

from chassis.clock import local_date
from chassis.consumer import Reaction, Received
from chassis.unit_of_work import UnitOfWork
from contracts.diagnose import (
    LoonwaardeVastgesteld,
    OADBeeindigd,
    OADGestart,
    PlanregieBeeindigd,
    PlanregieGestart,
    PlanregieVerlengd,
)
from contracts.intake import (
    BesluitIngetrokken,
    InkooporderGeplaatst,
    KandidaatDoorverwezen,
    KandidaatOvergedragen,
    LeeftijdsgroepGewijzigd,
    TrajectbesluitGenomen,
)
from contracts.plaatsing import (
    BegeleidingAfgesproken,
    Begeleidingsoort,
    BegeleidingsurenGeboekt,
    Eindereden,
    Grondslag,
    LKSPlaatsing,
    OverigePlaatsingsoort,
    PlaatsingBeeindigd,
    PlaatsingGestart,
    PlaatsingGewijzigd,
    Plaatsingsoort,
    PlaatsingVerlengd,
    ProefplaatsingGestart,
)
from contracts.portfolio import Dienst
from services.financiering.domain.arbeidsplaats import Arbeidsplaats, Arbeidsplaatssoort
from services.financiering.domain.fouten import LoonwaardeOntbreekt
from services.financiering.domain.leeftijdsgroep import Leeftijdsgroep, Leeftijdsovergang
from services.financiering.domain.lks_aanvraag import LoonwaardeVanaf
from services.financiering.domain.lks_dossier import Dienstverband, Doelgroep
from services.financiering.domain.lks_toekenning import EindeLks
from services.financiering.domain.loonkostensubsidie import Arbeidsduur
from services.financiering.domain.traject import Traject
from services.financiering.use_cases import volg_levering
from services.financiering.use_cases.behandel_plaatsing import behandel_plaatsing
from services.financiering.use_cases.neem_over import neem_over
from services.financiering.use_cases.verwerk_arbeidsduur import verwerk_arbeidsduur
from services.financiering.use_cases.verwerk_doorverwijzing import verwerk_doorverwijzing
from services.financiering.use_cases.verwerk_einde_plaatsing import verwerk_einde_plaatsing
from services.financiering.use_cases.verwerk_leeftijdsgroep import verwerk_leeftijdsgroep
from services.financiering.use_cases.verwerk_loonwaarde import verwerk_loonwaarde
from services.financiering.use_cases.volg_arbeidsplaats import (
    begin_arbeidsplaats,
    geef_arbeidsplaatsen_af,
    verdeel_arbeidsplaatsen,
    wijzig_einde_arbeidsplaats,
)

_ARBEIDSPLAATS: Final = frozenset(soort.value for soort in Arbeidsplaatssoort)


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
    await verdeel_arbeidsplaatsen(uow, event.kandidaat_id, uow.organisation)


async def bij_kandidaat_overgedragen(
    uow: UnitOfWork, gehoord: Received[KandidaatOvergedragen]
) -> None:
    event = gehoord.event
    naar = event.gemeentecode
    if naar != uow.organisation:
        await geef_arbeidsplaatsen_af(uow, event.kandidaat_id, uow.organisation)
    await neem_over(
        uow,
        event.kandidaat_id,
        van_gemeente=event.van_gemeente,
        naar_gemeente=naar,
        ingangsdatum=event.ingangsdatum,
        volgorde=gehoord.envelope.aggregateversion,
    )
    await verdeel_arbeidsplaatsen(uow, event.kandidaat_id, naar)


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
    await volg_levering.lever_stuk(
        uow,
        event.kandidaat_id,
        uow.organisation,
        event.meting_id,
        Dienst.LOONWAARDEMETING,
        event.vastgesteld_op,
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
            gemeld_op=local_date(gehoord.envelope.time),
        ),
    )
    await begin_arbeidsplaats(
        uow,
        uow.organisation,
        Arbeidsplaats(
            plaatsing_id=event.plaatsing_id,
            kandidaat_id=event.kandidaat_id,
            soort=Arbeidsplaatssoort.LKS_DIENSTVERBAND,
            werkgever_id=event.werkgever_id,
            begin=event.begindatum,
        ),
    )


async def bij_proefplaatsing_gestart(
    uow: UnitOfWork, gehoord: Received[ProefplaatsingGestart]
) -> None:
    event = gehoord.event
    await begin_arbeidsplaats(
        uow,
        uow.organisation,
        Arbeidsplaats(
            plaatsing_id=event.plaatsing_id,
            kandidaat_id=event.kandidaat_id,
            soort=Arbeidsplaatssoort.PROEFPLAATSING,
            werkgever_id=event.werkgever_id,
            begin=event.begindatum,
            laatste_dag=event.einddatum,
        ),
    )


async def bij_plaatsing_gestart(uow: UnitOfWork, gehoord: Received[PlaatsingGestart]) -> None:
    """A kind that can be a place at WSD; hours on a placement in OAD are hours of OAD."""
    event = gehoord.event
    if event.soort in _ARBEIDSPLAATS:
        await begin_arbeidsplaats(
            uow,
            uow.organisation,
            Arbeidsplaats(
                plaatsing_id=event.plaatsing_id,
                kandidaat_id=event.kandidaat_id,
                soort=Arbeidsplaatssoort(event.soort),
                werkgever_id=event.werkgever_id,
                begin=event.begindatum,
                laatste_dag=event.einddatum,
            ),
        )
    if event.soort is OverigePlaatsingsoort.OAD:
        await volg_levering.volg_uren_van(
            uow, event.kandidaat_id, uow.organisation, event.plaatsing_id, Dienst.OAD
        )


async def bij_plaatsing_verlengd(uow: UnitOfWork, gehoord: Received[PlaatsingVerlengd]) -> None:
    event = gehoord.event
    await wijzig_einde_arbeidsplaats(
        uow, event.kandidaat_id, uow.organisation, event.plaatsing_id, event.einddatum
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
    if event.soort in _ARBEIDSPLAATS:
        await wijzig_einde_arbeidsplaats(
            uow, event.kandidaat_id, uow.organisation, event.plaatsing_id, event.einddatum
        )
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


async def bij_trajectbesluit_genomen(
    uow: UnitOfWork, gehoord: Received[TrajectbesluitGenomen]
) -> None:
    event = gehoord.event
    if not event.met_wsd:
        return  # Nothing was bought of WSD.
    await volg_levering.verwerk_traject(
        uow,
        event.kandidaat_id,
        uow.organisation,
        Traject(
            event.besluit_id,
            event.ingangsdatum,
            event.diensten,
            inkooporder_nodig=bool(event.inkooporder_nodig),
        ),
        gehoord.envelope.aggregateversion,
    )


async def bij_inkooporder_geplaatst(
    uow: UnitOfWork, gehoord: Received[InkooporderGeplaatst]
) -> None:
    event = gehoord.event
    await volg_levering.verwerk_inkooporder(
        uow, event.kandidaat_id, event.besluit_id, event.inkooporder_id
    )


async def bij_besluit_ingetrokken(uow: UnitOfWork, gehoord: Received[BesluitIngetrokken]) -> None:
    """Nothing for another besluit than a trajectbesluit: that buys nothing."""
    event = gehoord.event
    await volg_levering.verwerk_intrekking(uow, event.kandidaat_id, event.besluit_id)


async def bij_planregie_gestart(uow: UnitOfWork, gehoord: Received[PlanregieGestart]) -> None:
    event = gehoord.event
    await volg_levering.begin_levering(
        uow,
        event.kandidaat_id,
        uow.organisation,
        event.planregie_id,
        Dienst.PLANREGIE,
        begin=event.gestart_op,
        einddatum=event.einddatum,
    )


async def bij_planregie_verlengd(uow: UnitOfWork, gehoord: Received[PlanregieVerlengd]) -> None:
    event = gehoord.event
    await volg_levering.verleng_levering(
        uow, event.kandidaat_id, event.planregie_id, event.einddatum
    )


async def bij_planregie_beeindigd(uow: UnitOfWork, gehoord: Received[PlanregieBeeindigd]) -> None:
    event = gehoord.event
    await volg_levering.beeindig_levering(
        uow, event.kandidaat_id, event.planregie_id, event.beeindigd_op
    )


async def bij_oad_gestart(uow: UnitOfWork, gehoord: Received[OADGestart]) -> None:
    event = gehoord.event
    await volg_levering.begin_levering(
        uow,
        event.kandidaat_id,
        uow.organisation,
        event.oad_id,
        Dienst.OAD,
        begin=event.gestart_op,
        einddatum=event.einddatum,
    )


async def bij_oad_beeindigd(uow: UnitOfWork, gehoord: Received[OADBeeindigd]) -> None:
    event = gehoord.event
    await volg_levering.beeindig_levering(uow, event.kandidaat_id, event.oad_id, event.beeindigd_op)


async def bij_begeleiding_afgesproken(
    uow: UnitOfWork, gehoord: Received[BegeleidingAfgesproken]
) -> None:
    """A jobcoach is a product of the portfolio; a werkleider comes with the workplace."""
    event = gehoord.event
    if event.soort is Begeleidingsoort.JOBCOACH:
        await volg_levering.volg_uren_van(
            uow, event.kandidaat_id, uow.organisation, event.begeleiding_id, Dienst.JOBCOACHING
        )


async def bij_begeleidingsuren_geboekt(
    uow: UnitOfWork, gehoord: Received[BegeleidingsurenGeboekt]
) -> None:
    event = gehoord.event
    await volg_levering.boek_uren(
        uow,
        event.kandidaat_id,
        uow.organisation,
        event.boeking_id,
        plaatsing_id=event.plaatsing_id,
        begeleiding_id=event.begeleiding_id,
        dag=event.geboekt_voor,
        uren=event.uren,
    )


REACTIONS: Final[tuple[Reaction[Any], ...]] = (
    Reaction(KandidaatDoorverwezen, bij_kandidaat_doorverwezen),
    Reaction(KandidaatOvergedragen, bij_kandidaat_overgedragen),
    Reaction(LeeftijdsgroepGewijzigd, bij_leeftijdsgroep_gewijzigd),
    Reaction(LoonwaardeVastgesteld, bij_loonwaarde_vastgesteld),
    Reaction(LKSPlaatsing, bij_lks_plaatsing),
    Reaction(ProefplaatsingGestart, bij_proefplaatsing_gestart),
    Reaction(PlaatsingGestart, bij_plaatsing_gestart),
    Reaction(PlaatsingVerlengd, bij_plaatsing_verlengd),
    Reaction(PlaatsingGewijzigd, bij_plaatsing_gewijzigd),
    Reaction(PlaatsingBeeindigd, bij_plaatsing_beeindigd),
    Reaction(TrajectbesluitGenomen, bij_trajectbesluit_genomen),
    Reaction(InkooporderGeplaatst, bij_inkooporder_geplaatst),
    Reaction(BesluitIngetrokken, bij_besluit_ingetrokken),
    Reaction(PlanregieGestart, bij_planregie_gestart),
    Reaction(PlanregieVerlengd, bij_planregie_verlengd),
    Reaction(PlanregieBeeindigd, bij_planregie_beeindigd),
    Reaction(OADGestart, bij_oad_gestart),
    Reaction(OADBeeindigd, bij_oad_beeindigd),
    Reaction(BegeleidingAfgesproken, bij_begeleiding_afgesproken),
    Reaction(BegeleidingsurenGeboekt, bij_begeleidingsuren_geboekt),
)
