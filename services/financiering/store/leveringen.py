"""What was bought for kandidaten and what was delivered, in the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from chassis.unit_of_work import Reading, UnitOfWork
from services.financiering.domain.contractspecificatie import Eenheid
from services.financiering.domain.levering import Looptijd, Verrichting
from services.financiering.domain.lks_toekenning import GemeenteVanaf
from services.financiering.domain.traject import Traject, traject_van
from services.financiering.store import kandidaten


@dataclass(frozen=True, slots=True)
class Geleverd:
    """All of one kandidaat, as far as this organisation may see it. gemeentecode: who has them."""

    kandidaat_id: UUID
    gemeentecode: str
    trajecten: tuple[Traject, ...]
    looptijden: tuple[Looptijd, ...]
    verrichtingen: tuple[Verrichting, ...]
    gemeenten: tuple[GemeenteVanaf, ...]

    def betaler(self, dag: date) -> str:
        """Which gemeente had the kandidaat on a day."""
        geweest = [g.gemeentecode for g in self.gemeenten if g.vanaf <= dag]
        return geweest[-1] if geweest else self.gemeentecode

    def is_ingekocht(self, product: str, dag: date) -> bool:
        """Whether there is a traject with the product, and the order that it needs."""
        traject = traject_van(self.trajecten, product, dag)
        return traject is not None and not traject.wacht_op_inkooporder


async def bewaar_traject(
    uow: UnitOfWork, kandidaat_id: UUID, gemeentecode: str, traject: Traject, volgorde: int
) -> None:
    await uow.connection.execute(
        "INSERT INTO traject (besluit_id, kandidaat_id, gemeentecode, ingangsdatum, producten,"
        " inkooporder_nodig, volgorde) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        traject.besluit_id,
        kandidaat_id,
        gemeentecode,
        traject.ingangsdatum,
        list(traject.producten),
        traject.inkooporder_nodig,
        volgorde,
    )


async def bewaar_inkooporder(uow: UnitOfWork, besluit_id: UUID, inkooporder_id: UUID) -> None:
    """Nothing for a traject that WSD does not carry out."""
    await uow.connection.execute(
        "UPDATE traject SET inkooporder_id = $2 WHERE besluit_id = $1", besluit_id, inkooporder_id
    )


async def trek_in(uow: UnitOfWork, besluit_id: UUID) -> None:
    """A besluit that is no longer there buys nothing; what was delivered stays."""
    await uow.connection.execute(
        "UPDATE traject SET ingetrokken = true WHERE besluit_id = $1", besluit_id
    )


async def bewaar_looptijd(
    uow: UnitOfWork, kandidaat_id: UUID, gemeentecode: str, looptijd: Looptijd
) -> None:
    await uow.connection.execute(
        "INSERT INTO levering (id, kandidaat_id, gemeentecode, product, begin, eerste_einddatum,"
        " tot_en_met) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        looptijd.levering_id,
        kandidaat_id,
        gemeentecode,
        looptijd.product,
        looptijd.begin,
        looptijd.eerste_einddatum,
        looptijd.tot_en_met,
    )


async def verleng(uow: UnitOfWork, levering_id: UUID, tot_en_met: date) -> None:
    await uow.connection.execute(
        "UPDATE levering SET tot_en_met = $2 WHERE id = $1", levering_id, tot_en_met
    )


async def beeindig(uow: UnitOfWork, levering_id: UUID, op: date) -> None:
    await uow.connection.execute(
        "UPDATE levering SET beeindigd_op = $2 WHERE id = $1", levering_id, op
    )


async def bewaar_urenbron(
    uow: UnitOfWork, kandidaat_id: UUID, gemeentecode: str, bron_id: UUID, product: str
) -> None:
    """From here on hours of this plaatsing or begeleiding are of the product."""
    await uow.connection.execute(
        "INSERT INTO urenbron (id, kandidaat_id, gemeentecode, product) VALUES ($1, $2, $3, $4)"
        " ON CONFLICT (id) DO NOTHING",
        bron_id,
        kandidaat_id,
        gemeentecode,
        product,
    )


async def urenbron(uow: Reading, *bronnen: UUID) -> tuple[UUID, str] | None:
    """The first of these that hours of a product come from, with that product."""
    for bron_id in bronnen:
        product = await uow.connection.fetchval(
            "SELECT product FROM urenbron WHERE id = $1", bron_id
        )
        if product is not None:
            return bron_id, product
    return None


async def bewaar_verrichting(
    uow: UnitOfWork, kandidaat_id: UUID, gemeentecode: str, verrichting: Verrichting
) -> None:
    """Said again under the same id it takes the place of what was said before."""
    await uow.connection.execute(
        "INSERT INTO verrichting (id, levering_id, kandidaat_id, gemeentecode, product, dag,"
        " aantal, eenheid) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        " ON CONFLICT (id) DO UPDATE SET dag = excluded.dag, aantal = excluded.aantal",
        verrichting.verrichting_id,
        verrichting.levering_id,
        kandidaat_id,
        gemeentecode,
        verrichting.product,
        verrichting.dag,
        verrichting.aantal,
        verrichting.eenheid,
    )


async def kandidaten_met_kosten(
    uow: Reading,
    *,
    kandidaat_id: UUID | None,
    gemeentecode: str | None,
    na: UUID | None,
    aantal: int | None,
) -> Sequence[UUID]:
    """For whom something may have cost a gemeente something, by id. aantal: None for all.

    gemeentecode: of a gemeente that has or had them; None for every gemeente. Only kandidaten whom
    this organisation sees.
    """
    rijen = await uow.connection.fetch(
        "SELECT id FROM (SELECT kandidaat_id AS id, gemeentecode FROM traject"
        " WHERE NOT ingetrokken UNION SELECT kandidaat_id, gemeentecode FROM levering"
        " UNION SELECT kandidaat_id, gemeentecode FROM verrichting"
        " UNION SELECT kandidaat_id, gemeentecode FROM factuur"
        " UNION SELECT kandidaat_id, van_gemeente FROM overdracht) k"
        " WHERE ($1::uuid IS NULL OR id = $1) AND ($2::text IS NULL OR gemeentecode = $2)"
        " AND ($3::uuid IS NULL OR id > $3) AND id IN (SELECT id FROM kandidaat)"
        " GROUP BY id ORDER BY id LIMIT $4",
        kandidaat_id,
        gemeentecode,
        na,
        aantal,
    )
    return [rij["id"] for rij in rijen]


async def haal(uow: Reading, kandidaat_id: UUID) -> Geleverd | None:
    """None for a kandidaat whom this organisation does not see (any more)."""
    gemeentecode = await uow.connection.fetchval(
        "SELECT gemeentecode FROM kandidaat WHERE id = $1", kandidaat_id
    )
    if gemeentecode is None:
        return None
    trajecten = await uow.connection.fetch(
        "SELECT besluit_id, ingangsdatum, producten, inkooporder_nodig, inkooporder_id FROM traject"
        " WHERE kandidaat_id = $1 AND NOT ingetrokken ORDER BY ingangsdatum, volgorde",
        kandidaat_id,
    )
    leveringen = await uow.connection.fetch(
        "SELECT id, product, begin, eerste_einddatum, tot_en_met, beeindigd_op FROM levering"
        " WHERE kandidaat_id = $1 ORDER BY begin, id",
        kandidaat_id,
    )
    verrichtingen = await uow.connection.fetch(
        "SELECT id, levering_id, product, dag, aantal, eenheid FROM verrichting"
        " WHERE kandidaat_id = $1 ORDER BY dag, id",
        kandidaat_id,
    )
    feiten = await kandidaten.feiten(uow, kandidaat_id)
    return Geleverd(
        kandidaat_id,
        gemeentecode,
        tuple(
            Traject(
                rij["besluit_id"],
                rij["ingangsdatum"],
                tuple(rij["producten"]),
                rij["inkooporder_nodig"],
                rij["inkooporder_id"],
            )
            for rij in trajecten
        ),
        tuple(Looptijd(*rij) for rij in leveringen),
        tuple(
            Verrichting(
                rij["id"],
                rij["levering_id"],
                rij["product"],
                rij["dag"],
                Decimal(rij["aantal"]),
                Eenheid(rij["eenheid"]),
            )
            for rij in verrichtingen
        ),
        feiten.gemeenten,
    )
