"""How far the re-setting of 1 January has come, per gemeente and year, in the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chassis.unit_of_work import Reading, UnitOfWork


@dataclass(frozen=True, slots=True)
class Indexatie:
    """positie: the last subsidy that was looked at; gewijzigd: of how many something was new."""

    jaar: int
    positie: UUID | None
    bekeken: int
    gewijzigd: int
    gereed: bool


async def neem(uow: UnitOfWork, jaar: int) -> Indexatie:
    """Where this gemeente has come, under lock; at the start when it was never begun."""
    await uow.connection.execute(
        "INSERT INTO indexatie (gemeentecode, jaar) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        uow.organisation,
        jaar,
    )
    rij = await uow.connection.fetchrow(
        "SELECT positie, bekeken, gewijzigd, gereed_op FROM indexatie"
        " WHERE gemeentecode = $1 AND jaar = $2 FOR UPDATE",
        uow.organisation,
        jaar,
    )
    if rij is None:
        raise LookupError("de stand van een indexatie verdwijnt niet")
    return Indexatie(
        jaar, rij["positie"], rij["bekeken"], rij["gewijzigd"], rij["gereed_op"] is not None
    )


async def bewaar(uow: UnitOfWork, stand: Indexatie) -> None:
    await uow.connection.execute(
        "UPDATE indexatie SET positie = $3, bekeken = $4, gewijzigd = $5, gereed_op = $6"
        " WHERE gemeentecode = $1 AND jaar = $2",
        uow.organisation,
        stand.jaar,
        stand.positie,
        stand.bekeken,
        stand.gewijzigd,
        uow.now if stand.gereed else None,
    )


async def te_gaan(uow: Reading, jaar: int) -> int:
    """How many running subsidies of this gemeente were not looked at yet."""
    aantal: int = await uow.connection.fetchval(
        "SELECT count(*) FROM loonkostensubsidie l LEFT JOIN indexatie i"
        " ON i.gemeentecode = l.gemeentecode AND i.jaar = $2"
        " WHERE l.gemeentecode = $1 AND l.besluit = 'toegekend' AND l.begindatum < $3"
        " AND (l.laatste_dag IS NULL OR l.laatste_dag >= $3) AND i.gereed_op IS NULL"
        " AND (i.positie IS NULL OR l.id > i.positie)",
        uow.organisation,
        jaar,
        date(jaar, 1, 1),
    )
    return aantal
