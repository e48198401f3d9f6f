"""What held for a plaatsing from when, and until when it was extended: facts that only add up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chassis.unit_of_work import Reading, UnitOfWork
from services.plaatsing.domain.plaatsing import Plaatsing
from services.plaatsing.domain.verloop import Stand, Verloop


@dataclass(frozen=True, slots=True)
class Verlenging:
    """Agreed on a day, until another."""

    verlengd_op: date
    einddatum: date


async def verloop(uow: Reading, plaatsing_id: UUID) -> Verloop:
    """Of one plaatsing, which always has its first day."""
    rows = await uow.connection.fetch(
        "SELECT vanaf, uren_per_week, voltijdsuren_per_week, werkplek_id, loonwaarde"
        " FROM plaatsingsstand WHERE plaatsing_id = $1 ORDER BY vanaf",
        plaatsing_id,
    )
    return Verloop(tuple(Stand(**row) for row in rows))


async def bewaar(uow: UnitOfWork, plaatsing: Plaatsing, verloop: Verloop) -> None:
    """Add what is new, and correct what a loonwaarde of before makes different."""
    await uow.connection.executemany(
        "INSERT INTO plaatsingsstand (plaatsing_id, vanaf, kandidaat_id, gemeentecode,"
        " uren_per_week, voltijdsuren_per_week, werkplek_id, loonwaarde)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        " ON CONFLICT (plaatsing_id, vanaf) DO UPDATE SET loonwaarde = excluded.loonwaarde",
        [
            (
                plaatsing.plaatsing_id,
                stand.vanaf,
                plaatsing.kandidaat_id,
                plaatsing.gemeentecode,
                stand.uren_per_week,
                stand.voltijdsuren_per_week,
                stand.werkplek_id,
                stand.loonwaarde,
            )
            for stand in verloop.standen
        ],
    )


async def voeg_verlenging_toe(uow: UnitOfWork, plaatsing: Plaatsing, op: date) -> None:
    """The plaatsing goes on until the last day that it has now."""
    await uow.connection.execute(
        "INSERT INTO verlenging (plaatsing_id, einddatum, verlengd_op, kandidaat_id, gemeentecode)"
        " VALUES ($1, $2, $3, $4, $5)",
        plaatsing.plaatsing_id,
        plaatsing.tot_en_met,
        op,
        plaatsing.kandidaat_id,
        plaatsing.gemeentecode,
    )


async def verlengingen(uow: Reading, plaatsing_id: UUID) -> list[Verlenging]:
    """Of one plaatsing, the first first."""
    rows = await uow.connection.fetch(
        "SELECT verlengd_op, einddatum FROM verlenging WHERE plaatsing_id = $1 ORDER BY einddatum",
        plaatsing_id,
    )
    return [Verlenging(**row) for row in rows]
