"""What others say that a gemeente bought and WSD delivered, as far as it can cost something."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from chassis.unit_of_work import UnitOfWork
from services.financiering.domain.contractspecificatie import Eenheid
from services.financiering.domain.levering import Looptijd, Verrichting
from services.financiering.domain.traject import Traject
from services.financiering.store import kandidaten, leveringen


async def verwerk_traject(
    uow: UnitOfWork, kandidaat_id: UUID, gemeentecode: str, traject: Traject, volgorde: int
) -> None:
    """volgorde: place among all that intake said of this kandidaat."""
    await kandidaten.neem(uow, kandidaat_id, gemeentecode, wsd=True)
    await leveringen.bewaar_traject(uow, kandidaat_id, gemeentecode, traject, volgorde)


async def verwerk_inkooporder(
    uow: UnitOfWork, kandidaat_id: UUID, besluit_id: UUID, inkooporder_id: UUID
) -> None:
    await kandidaten.op_slot(uow, kandidaat_id)
    await leveringen.bewaar_inkooporder(uow, besluit_id, inkooporder_id)


async def verwerk_intrekking(uow: UnitOfWork, kandidaat_id: UUID, besluit_id: UUID) -> None:
    await kandidaten.op_slot(uow, kandidaat_id)
    await leveringen.trek_in(uow, besluit_id)


async def begin_levering(
    uow: UnitOfWork,
    kandidaat_id: UUID,
    gemeentecode: str,
    levering_id: UUID,
    product: str,
    *,
    begin: date,
    einddatum: date,
) -> None:
    await kandidaten.neem(uow, kandidaat_id, gemeentecode, wsd=True)
    looptijd = Looptijd(levering_id, product, begin, einddatum, einddatum)
    await leveringen.bewaar_looptijd(uow, kandidaat_id, gemeentecode, looptijd)


async def verleng_levering(
    uow: UnitOfWork, kandidaat_id: UUID, levering_id: UUID, einddatum: date
) -> None:
    await kandidaten.op_slot(uow, kandidaat_id)
    await leveringen.verleng(uow, levering_id, einddatum)


async def beeindig_levering(
    uow: UnitOfWork, kandidaat_id: UUID, levering_id: UUID, op: date
) -> None:
    await kandidaten.op_slot(uow, kandidaat_id)
    await leveringen.beeindig(uow, levering_id, op)


async def volg_uren_van(
    uow: UnitOfWork, kandidaat_id: UUID, gemeentecode: str, bron_id: UUID, product: str
) -> None:
    """Hours booked on this plaatsing or begeleiding are hours of a product."""
    await kandidaten.neem(uow, kandidaat_id, gemeentecode, wsd=True)
    await leveringen.bewaar_urenbron(uow, kandidaat_id, gemeentecode, bron_id, product)


async def boek_uren(
    uow: UnitOfWork,
    kandidaat_id: UUID,
    gemeentecode: str,
    boeking_id: UUID,
    *,
    plaatsing_id: UUID,
    begeleiding_id: UUID,
    dag: date,
    uren: Decimal,
) -> None:
    """Hours of the plaatsing, or else of the begeleiding; nothing where neither is a product."""
    await kandidaten.neem(uow, kandidaat_id, gemeentecode, wsd=True)
    bron = await leveringen.urenbron(uow, plaatsing_id, begeleiding_id)
    if bron is not None:
        bron_id, product = bron
        await leveringen.bewaar_verrichting(
            uow,
            kandidaat_id,
            gemeentecode,
            Verrichting(boeking_id, bron_id, product, dag, uren, Eenheid.UUR),
        )


async def lever_stuk(
    uow: UnitOfWork, kandidaat_id: UUID, gemeentecode: str, nummer: UUID, product: str, dag: date
) -> None:
    await kandidaten.neem(uow, kandidaat_id, gemeentecode, wsd=True)
    stuk = Verrichting(nummer, nummer, product, dag, Decimal(1), Eenheid.STUK)
    await leveringen.bewaar_verrichting(uow, kandidaat_id, gemeentecode, stuk)
