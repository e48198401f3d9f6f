"""A payment run: put payable what is due and not yet paid, and pay each werkgever its balance.

A run goes in batches of subsidies, each with its lines and its events in one transaction that also
moves the position of the run. So it can stop anywhere and go on by being asked again, and nothing
is paid or said twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from chassis.clock import local_date
from chassis.database import Database
from chassis.tenancy import is_gemeente
from chassis.unit_of_work import UnitOfWork
from chassis.web.commands import repeated
from contracts.financiering import LKSBetaalbaarGesteld
from services.financiering.afnemers import afnemers_van
from services.financiering.domain.betaalrun import eis_betaaldatum, verdeel
from services.financiering.domain.betaalschema import (
    Betaalvoorstel,
    stel_voor,
    stel_voor_na_overdracht,
    zonder_ontvanger,
)
from services.financiering.domain.fouten import (
    AlleenEigenGemeente,
    BetaalrunAnders,
    BetaalrunLoopt,
    GeenEigenRekening,
)
from services.financiering.domain.kalender import Maand
from services.financiering.store import betaalruns, kandidaten, loonkostensubsidies, rekeningen
from services.financiering.store.betaalruns import Run, Runstatus

PER_KEER: Final = 200
"""Subsidies in one transaction: their kandidaten are under lock for as long as that takes."""


@dataclass(frozen=True, slots=True)
class Betaalopdracht:
    """Everything due until the end of `maand`, to be executed by the bank on a day.

    ook_onzeker: by figures of law without a source as well. door: who asks.
    """

    maand: Maand
    uitvoeringsdatum: date
    ook_onzeker: bool
    door: str


async def betaal_uit(
    database: Database,
    gemeentecode: str,
    opdracht: Betaalopdracht,
    *,
    traceparent: str | None = None,
    per_keer: int = PER_KEER,
) -> Run:
    """Start the run of this month and day, or go on with it, until it is ready.

    Raises AlleenEigenGemeente, BetaaldatumOngeldig, GeenEigenRekening, BetaalrunLoopt when another
    one of the gemeente is not ready, BetaalrunAnders when this one was started otherwise.
    """
    if not is_gemeente(gemeentecode):
        raise AlleenEigenGemeente("Een betaalrun is van een gemeente: zij betaalt de subsidie.")

    async def start() -> Run:
        async with database.unit_of_work(gemeentecode, traceparent=traceparent) as uow:
            run = await _start(uow, opdracht)
            await uow.commit()
            return run

    async def stap() -> Run:
        async with database.unit_of_work(gemeentecode, traceparent=traceparent) as uow:
            verder = await _stap(uow, run.run_id, per_keer)
            await uow.commit()
            return verder

    run = await repeated(start)
    while run.status is Runstatus.BEZIG:
        run = await repeated(stap)
    return run


async def _start(uow: UnitOfWork, opdracht: Betaalopdracht) -> Run:
    bestaand = await betaalruns.zoek(uow, opdracht.maand, opdracht.uitvoeringsdatum)
    if bestaand is None:
        eis_betaaldatum(opdracht.maand, opdracht.uitvoeringsdatum, local_date(uow.now))
        rekening_id = await rekeningen.eigen(uow)
        if rekening_id is None:
            raise GeenEigenRekening(
                "Leg de rekening vast waarvan uw gemeente betaalt (POST /eigen-rekeningen), en "
                "laat een collega haar bevestigen."
            )
        await betaalruns.begin(
            uow,
            maand=opdracht.maand,
            uitvoeringsdatum=opdracht.uitvoeringsdatum,
            ook_onzeker=opdracht.ook_onzeker,
            rekening_id=rekening_id,
            door=opdracht.door,
        )
        bestaand = await betaalruns.zoek(uow, opdracht.maand, opdracht.uitvoeringsdatum)
    if bestaand is None:
        raise BetaalrunLoopt(
            "Een andere betaalrun van uw gemeente is nog niet af. Vraag die eerst opnieuw, met "
            "dezelfde maand en uitvoeringsdatum: dan gaat zij verder."
        )
    if bestaand.ook_onzeker != opdracht.ook_onzeker:
        raise BetaalrunAnders(
            "De betaalrun van deze maand en uitvoeringsdatum is gestart met een andere keuze voor "
            "onzekere cijfers. Kies een andere uitvoeringsdatum voor een nieuwe."
        )
    return bestaand


async def _stap(uow: UnitOfWork, run_id: UUID, per_keer: int) -> Run:
    """The next batch, or the end."""
    run = await betaalruns.neem(uow, run_id)
    if run.status is Runstatus.GEREED:
        return run
    if not await _betaal_volgende(uow, run, per_keer):
        await _betaal_na_overdracht(uow, run)
        saldi = await betaalruns.saldi(uow)
        posten = verdeel(saldi, await rekeningen.van_werkgevers(uow, saldi))
        await betaalruns.rond_af(uow, run, posten)
    return await betaalruns.neem(uow, run_id)


async def _betaal_volgende(uow: UnitOfWork, run: Run, per_keer: int) -> bool:
    """The lines of the next subsidies of this gemeente; False when there are none left."""
    tot = run.maand.plus(1).eerste_dag
    volgende = await loonkostensubsidies.toegekend(uow, na=run.positie, voor=tot, aantal=per_keer)
    if not volgende:
        return False
    gedeeld = await kandidaten.neem_velen(uow, {v.kandidaat_id for v in volgende})
    subsidies = await loonkostensubsidies.met_id(uow, [v.lks_id for v in volgende])
    feiten = await kandidaten.feiten_van(uow, gedeeld)
    betaald = await betaalruns.betaald(uow, [lks.lks_id for lks in subsidies])
    voorstellen = []
    for lks in subsidies:
        eerder = betaald.get(lks.lks_id, {})
        voorstel = stel_voor(
            lks.toekenning(feiten[lks.kandidaat_id]),
            run.gemeentecode,
            eerder,
            run.maand,
            ook_onzeker=run.ook_onzeker,
        )
        werkgever_id = lks.dienstverband.werkgever_id
        if werkgever_id is None:
            voorstel = zonder_ontvanger(voorstel)
        voorstellen.append((lks.lks_id, werkgever_id, voorstel))
        _meld(
            uow,
            _Waarover(lks.lks_id, lks.kandidaat_id, lks.dienstverband.plaatsing_id),
            voorstel,
            eerder,
            afnemers_van(run.gemeentecode, met_wsd=gedeeld[lks.kandidaat_id]),
        )
    await betaalruns.bewaar(uow, run, voorstellen)
    await betaalruns.schuif_op(uow, run.run_id, volgende[-1].lks_id)
    return True


async def _betaal_na_overdracht(uow: UnitOfWork, run: Run) -> None:
    """The lines of what this gemeente is due of kandidaten that went to another one."""
    oud = await betaalruns.oude_maanden(uow, run.gemeentecode)
    betaald = await betaalruns.betaald(uow, [lks.lks_id for lks in oud])
    voorstellen = []
    for lks in oud:
        eerder = betaald.get(lks.lks_id, {})
        voorstel = stel_voor_na_overdracht(
            lks.posten, eerder, run.maand, ook_onzeker=run.ook_onzeker
        )
        if lks.werkgever_id is None:
            voorstel = zonder_ontvanger(voorstel)
        voorstellen.append((lks.lks_id, lks.werkgever_id, voorstel))
        _meld(
            uow,
            _Waarover(lks.lks_id, lks.kandidaat_id, lks.plaatsing_id),
            voorstel,
            eerder,
            afnemers_van(run.gemeentecode, met_wsd=True),
        )
    await betaalruns.bewaar(uow, run, voorstellen)


@dataclass(frozen=True, slots=True)
class _Waarover:
    lks_id: UUID
    kandidaat_id: UUID
    plaatsing_id: UUID


def _meld(
    uow: UnitOfWork,
    lks: _Waarover,
    voorstel: Betaalvoorstel,
    eerder: Mapping[Maand, Decimal],
    ontvangers: set[str],
) -> None:
    """Say the new total of each month that has a new line."""
    for regel in voorstel.regels:
        uow.emit(
            LKSBetaalbaarGesteld(
                kandidaat_id=lks.kandidaat_id,
                gemeentecode=uow.organisation,
                lks_id=lks.lks_id,
                plaatsing_id=lks.plaatsing_id,
                maand=regel.maand.eerste_dag,
                bedrag=eerder.get(regel.maand, Decimal("0.00")) + regel.bedrag,
            ),
            afnemers=ontvangers,
        )
