"""What the loonkostensubsidie costs a gemeente over months, per kandidaat and in all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from chassis.unit_of_work import Reading
from services.financiering.domain.betaalschema import Maandpost, maanden_tot, maandposten
from services.financiering.domain.kalender import Maand
from services.financiering.domain.op_realisatie import Uitgaven
from services.financiering.store import betaalruns, kandidaten, loonkostensubsidies

PER_KEER: Final = 50
"""Kandidaten that are looked at in one go: the months of many would hold up other requests."""


@dataclass(frozen=True, slots=True)
class Kandidaatmaanden:
    """What one gemeente is due for a kandidaat: every month of every subsidy that it pays."""

    kandidaat_id: UUID
    posten: tuple[Maandpost, ...]


async def overzie_loonkostensubsidie(
    uow: Reading, gemeentecode: str, vanaf: date, tot_en_met: date, *, na: UUID | None = None
) -> AsyncIterator[Kandidaatmaanden]:
    """By kandidaat, after one of them: what is due from the month of a day up to and including
    another day, by what is known now.

    Of kandidaten that went to another gemeente too, as far as it is of this one.
    """
    while ids := await loonkostensubsidies.kandidaten_in(
        uow, gemeentecode, vanaf, tot_en_met, na=na, aantal=PER_KEER
    ):
        posten: dict[UUID, list[Maandpost]] = defaultdict(list)
        feiten = await kandidaten.feiten_van(uow, ids)
        eerste, laatste = Maand.van(vanaf), Maand.van(tot_en_met)
        for lks in await loonkostensubsidies.toegekend_aan(uow, gemeentecode, ids):
            toekenning = lks.toekenning(feiten[lks.kandidaat_id])
            einde = min(toekenning.laatste_dag or tot_en_met, tot_en_met)
            maanden = [m for m in maanden_tot(toekenning, laatste) if m >= eerste]
            posten[lks.kandidaat_id] += maandposten(
                replace(toekenning, laatste_dag=einde), gemeentecode, maanden
            )
        for oud in await betaalruns.oude_maanden(uow, gemeentecode, ids):
            posten[oud.kandidaat_id] += (p for p in oud.posten if eerste <= p.maand <= laatste)
        for kandidaat_id in ids:
            yield Kandidaatmaanden(kandidaat_id, tuple(posten[kandidaat_id]))
        na = ids[-1]


async def tel_uitgaven(uow: Reading, gemeentecode: str, jaar: int, vandaag: date) -> Uitgaven:
    """What a gemeente spends in a year: the sum of its months in every betaalschema."""
    verschuldigd = verwacht = Decimal("0.00")
    onbekend = 0
    nu = Maand.van(vandaag)
    async for van_kandidaat in overzie_loonkostensubsidie(
        uow, gemeentecode, date(jaar, 1, 1), date(jaar, 12, 31)
    ):
        for post in van_kandidaat.posten:
            if post.bedrag is None:
                onbekend += 1
                continue
            verwacht += post.bedrag
            if post.maand <= nu:
                verschuldigd += post.bedrag
    return Uitgaven(
        jaar,
        verschuldigd,
        verwacht,
        await betaalruns.betaalbaar_in(uow, gemeentecode, jaar),
        onbekend,
    )
