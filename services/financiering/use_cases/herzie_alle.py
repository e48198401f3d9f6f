"""One decision of a gemeente on all its running subsidies by 1 January, art. 10d lid 7.

Each subsidy of which nothing else is to be decided gets a beschikking of its own, in batches: a
batch, its events and the position after it are one transaction, so it can stop anywhere and go on
by being asked again. What was decided has nothing left to decide, so nothing is decided twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final
from uuid import UUID, uuid4

from chassis.clock import local_date
from chassis.database import Database
from chassis.unit_of_work import UnitOfWork
from chassis.web.commands import repeated
from services.financiering.afnemers import afnemers_van
from services.financiering.domain.beschikking import (
    Beschikking,
    eis_bekendmaking,
    is_jaarlijks,
    stel_besluit_voor,
)
from services.financiering.domain.fouten import HerzieningAnders, IndexatieNietGereed
from services.financiering.domain.indexatie import eis_te_indexeren
from services.financiering.store import (
    beschikkingen,
    herzieningen,
    kandidaten,
    loonkostensubsidies,
)
from services.financiering.store.herzieningen import Herziening
from services.financiering.store.loonkostensubsidies import Verwijzing
from services.financiering.use_cases.geef_beschikking import eis_college, leg_beschikking_vast
from services.financiering.use_cases.herbeoordeel import HERBEOORDELING

PER_KEER: Final = 200
"""Subsidies in one transaction: their kandidaten are under lock for as long as that takes."""


@dataclass(frozen=True, slots=True)
class Herzieningsopdracht:
    """rol: of who decides."""

    jaar: int
    motivering: str = field(repr=False)
    bekendgemaakt_op: date
    rol: str


async def herzie_alle(
    database: Database,
    gemeentecode: str,
    opdracht: Herzieningsopdracht,
    *,
    traceparent: str | None = None,
    per_keer: int = PER_KEER,
) -> Herziening:
    """Start the herziening of this year, or go on with it, until it is ready.

    Raises BeschikkingVanGemeente, IndexatieTeVroeg, DatumBuitenTabel, IndexatieNietGereed,
    BekendmakingPastNiet, HerzieningAnders.
    """
    eis_college(gemeentecode)

    async def start() -> Herziening:
        async with database.unit_of_work(gemeentecode, traceparent=traceparent) as uow:
            begonnen = await _start(uow, opdracht)
            await uow.commit()
            return begonnen

    async def stap() -> Herziening:
        async with database.unit_of_work(gemeentecode, traceparent=traceparent) as uow:
            verder = await _stap(uow, herziening.herziening_id, per_keer)
            await uow.commit()
            return verder

    herziening = await repeated(start)
    while herziening.gereed_op is None:
        herziening = await repeated(stap)
    return herziening


async def _start(uow: UnitOfWork, opdracht: Herzieningsopdracht) -> Herziening:
    vandaag, jaar, op = local_date(uow.now), opdracht.jaar, opdracht.bekendgemaakt_op
    bestaand = await herzieningen.van_jaar(uow, jaar)
    if bestaand is None:
        eis_te_indexeren(jaar, vandaag, ook_onzeker=True)
        eis_bekendmaking(op, bekend_sinds=date(jaar, 1, 1), vandaag=vandaag)
        if te_gaan := await herzieningen.nog_niet_herzien(uow, jaar, HERBEOORDELING):
            raise IndexatieNietGereed(
                f"Van {te_gaan} lopende subsidies is het bedrag van {jaar} nog niet vastgesteld. "
                "Dat gebeurt vanzelf; probeer het later opnieuw."
            )
        await herzieningen.begin(
            uow, jaar, rol=opdracht.rol, motivering=opdracht.motivering, bekendgemaakt_op=op
        )
        bestaand = await herzieningen.van_jaar(uow, jaar)
    if bestaand is None:
        raise LookupError("een herziening verdwijnt niet")
    if (bestaand.motivering, bestaand.bekendgemaakt_op) != (opdracht.motivering, op):
        raise HerzieningAnders(
            "Vraag haar opnieuw met dezelfde motivering en dag van bekendmaking om verder te gaan. "
            "Wat daarna nog te beslissen is, staat bij elke subsidie in het beschikkingsvoorstel."
        )
    return bestaand


async def _stap(uow: UnitOfWork, herziening_id: UUID, per_keer: int) -> Herziening:
    """The next batch, or the end."""
    stand = await herzieningen.neem(uow, herziening_id)
    if stand.gereed_op is not None:
        return stand
    januari = date(stand.jaar, 1, 1)
    volgende = await loonkostensubsidies.toegekend(
        uow, na=stand.positie, voor=januari, aantal=per_keer, lopend_op=januari
    )
    if not volgende:
        stand = replace(stand, gereed_op=uow.now)
    else:
        gegeven, anders = await _beschik(uow, stand, volgende)
        stand = replace(
            stand,
            positie=volgende[-1].lks_id,
            bekeken=stand.bekeken + len(volgende),
            gegeven=stand.gegeven + gegeven,
            overgeslagen=stand.overgeslagen + anders,
        )
    await herzieningen.bewaar(uow, stand)
    return stand


async def _beschik(
    uow: UnitOfWork, herziening: Herziening, volgende: Sequence[Verwijzing]
) -> tuple[int, int]:
    """How many of these subsidies got a beschikking, and of how many something else is to be
    decided."""
    gedeeld = await kandidaten.neem_velen(uow, {v.kandidaat_id for v in volgende})
    lks_ids = [v.lks_id for v in volgende]
    feiten = await kandidaten.feiten_van(uow, gedeeld)
    eerder = await beschikkingen.van_velen(uow, lks_ids)
    januari, gegeven, anders = date(herziening.jaar, 1, 1), 0, 0
    for bewaard in await loonkostensubsidies.haal_velen(uow, lks_ids, feiten):
        lks = bewaard.lks
        inhoud = stel_besluit_voor(lks, bewaard.feiten, eerder[lks.lks_id])
        if inhoud is None:
            continue
        if not is_jaarlijks(inhoud, januari) or (
            bewaard.bekend_sinds > herziening.bekendgemaakt_op
        ):
            anders += 1
            continue
        beschikking = Beschikking(
            beschikking_id=uuid4(),
            lks_id=lks.lks_id,
            kandidaat_id=lks.kandidaat_id,
            plaatsing_id=lks.dienstverband.plaatsing_id,
            werkgever_id=lks.dienstverband.werkgever_id,
            college=herziening.gemeentecode,
            rol=herziening.rol,
            inhoud=inhoud,
            bekendgemaakt_op=herziening.bekendgemaakt_op,
            herziening_id=herziening.herziening_id,
        )
        ontvangers = afnemers_van(herziening.gemeentecode, met_wsd=gedeeld[lks.kandidaat_id])
        await leg_beschikking_vast(uow, lks, beschikking, herziening.motivering, ontvangers)
        gegeven += 1
    return gegeven, anders
