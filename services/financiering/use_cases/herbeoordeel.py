"""Decide on the subsidies of a kandidaat again by all that is known now, and say what is new."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, time
from typing import Final
from uuid import UUID

from chassis.clock import NEDERLAND, local_date
from chassis.timers import Deadline
from chassis.unit_of_work import UnitOfWork
from contracts.financiering import LKSVastgesteld
from contracts.plaatsing import Grondslag
from services.financiering.afnemers import afnemers, afnemers_van
from services.financiering.domain.betaalschema import posten_van_vorige
from services.financiering.domain.lks_dossier import (
    Besluit,
    Kandidaatfeiten,
    Loonkostensubsidie,
    Vaststelling,
)
from services.financiering.store import betaalruns, kandidaten, loonkostensubsidies
from services.financiering.use_cases.bewaak_termijn import bewaak_termijnen
from services.financiering.use_cases.reken_begeleiding_toe import plan_toerekening

HERBEOORDELING: Final = "lks-herbeoordeling"
"""Kind of the deadline on which time itself may change an amount, one per subsidy."""


async def herbeoordeel(uow: UnitOfWork, kandidaat_id: UUID) -> None:
    """For a kandidaat under lock (kandidaten.neem), after something was learned."""
    feiten = await kandidaten.feiten(uow, kandidaat_id)
    metingen = await kandidaten.metingen(uow, kandidaat_id)
    for lks in await loonkostensubsidies.van_kandidaat(uow, kandidaat_id):
        ontvangers = await afnemers(uow, kandidaat_id, lks.gemeentecode)
        beoordeeld = await _herbeoordeel(uow, lks, feiten, ontvangers)
        await bewaak_termijnen(uow, beoordeeld, metingen)


async def bij_verstreken_termijn(uow: UnitOfWork, termijn: Deadline) -> None:
    """1 January, the end of a forfait, a loonwaarde or age group that starts, the end of a job.

    Where the law's figures of that day are not known yet, the subsidy says so from that day on
    instead of an amount, no event is sent, and the next try is a day later: the figures come with
    a new release of the tables (domain/wettelijk_minimumloon.py, werkgeverslasten.py).
    """
    kandidaat_id = await loonkostensubsidies.kandidaat_van(uow, termijn.aggregate_id)
    if kandidaat_id is None:
        raise LookupError("een termijn hoort bij een loonkostensubsidie")
    await kandidaten.neem(uow, kandidaat_id, termijn.gemeentecode, wsd=False)
    await herbeoordeel(uow, kandidaat_id)


async def herbeoordeel_velen(
    uow: UnitOfWork, subsidies: Sequence[Loonkostensubsidie], gedeeld: Mapping[UUID, bool]
) -> int:
    """The same for subsidies of many kandidaten, all under lock; of how many something is new.

    gedeeld: of each kandidaat whether WSD is involved.
    """
    feiten = await kandidaten.feiten_van(uow, gedeeld)
    veranderd = 0
    for lks in subsidies:
        ontvangers = afnemers_van(lks.gemeentecode, met_wsd=gedeeld[lks.kandidaat_id])
        veranderd += await _herbeoordeel(uow, lks, feiten[lks.kandidaat_id], ontvangers) != lks
    return veranderd


async def _herbeoordeel(
    uow: UnitOfWork, lks: Loonkostensubsidie, feiten: Kandidaatfeiten, ontvangers: Collection[str]
) -> Loonkostensubsidie:
    """The subsidy as it is now; what is new was stored and told."""
    vandaag = local_date(uow.now)
    beoordeeld = lks.beoordeeld(feiten, vandaag)
    if beoordeeld != lks:
        nieuw = [v for v in beoordeeld.vaststellingen if v not in lks.vaststellingen]
        await loonkostensubsidies.bewaar(uow, beoordeeld, nieuw)
        _meld(uow, beoordeeld, nieuw, ontvangers)
        await plan_toerekening(uow, lks.gemeentecode)
    if feiten.gemeenten and beoordeeld.besluit is Besluit.TOEGEKEND:
        await _houd_bij_voor_vorige(uow, beoordeeld, feiten)
    volgende = beoordeeld.volgende_beoordeling(feiten, vandaag)
    if volgende is None:
        await uow.cancel(HERBEOORDELING, aggregate_id=lks.lks_id)
    else:
        await uow.schedule(
            HERBEOORDELING,
            aggregate_id=lks.lks_id,
            gemeentecode=lks.gemeentecode,
            due_at=datetime.combine(volgende, time(), NEDERLAND),
        )
    return beoordeeld


async def _houd_bij_voor_vorige(
    uow: UnitOfWork, lks: Loonkostensubsidie, feiten: Kandidaatfeiten
) -> None:
    """What gemeenten that had the kandidaat still owe: they cannot see that it changed."""
    for gemeente, posten in posten_van_vorige(lks.toekenning(feiten)).items():
        oud = betaalruns.OudeMaanden(
            lks.lks_id,
            lks.kandidaat_id,
            lks.dienstverband.plaatsing_id,
            lks.dienstverband.werkgever_id,
            posten,
        )
        await betaalruns.bewaar_oude_maanden(uow, gemeente, oud)


def _meld(
    uow: UnitOfWork,
    lks: Loonkostensubsidie,
    nieuw: Iterable[Vaststelling],
    ontvangers: Collection[str],
) -> None:
    """Say each new amount. That an amount is not known is no event: it is seen at the subsidy."""
    for vast in nieuw:
        if vast.grondslag is None or vast.maandbedrag is None:
            continue
        uow.emit(
            LKSVastgesteld(
                kandidaat_id=lks.kandidaat_id,
                gemeentecode=lks.gemeentecode,
                lks_id=lks.lks_id,
                plaatsing_id=lks.dienstverband.plaatsing_id,
                ingangsdatum=vast.ingangsdatum,
                grondslag=Grondslag(vast.grondslag),
                loonwaarde=vast.loonwaarde,
                maandbedrag=vast.maandbedrag,
            ),
            afnemers=ontvangers,
        )
