"""Werkplekken in the database, and which places of them are taken when.

Who sees a werkplek sees all its taken places, though not of whom: the capacity must be counted the
same for everyone.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import asyncpg

from chassis.clock import local_date
from chassis.unit_of_work import Reading, UnitOfWork
from chassis.web.problems import NietGevonden
from services.plaatsing.domain.bezetting import BezettePlaats, bezetting_op, drukste_bezetting
from services.plaatsing.domain.kalender import EEN_DAG
from services.plaatsing.domain.plaatsing import Plaatsing
from services.plaatsing.domain.werkgever import Werkgeversoort
from services.plaatsing.domain.werkplek import Werkplek, Werksoort

_WERKPLEK = """
SELECT w.id, w.eigenaar, w.werkgever_id, g.soort AS werkgeversoort, w.werksoort, w.functie,
       w.locatie, w.uren_van, w.uren_tot, w.capaciteit, w.vastgelegd_op
FROM werkplek w JOIN werkgever g ON g.id = w.werkgever_id
"""


@dataclass(frozen=True, slots=True)
class Bewaard:
    """A werkplek as it is stored, with the bezetting of today; eigenaar as of its werkgever."""

    werkplek: Werkplek
    eigenaar: str
    werkgeversoort: Werkgeversoort
    vastgelegd_op: datetime


async def haal(uow: Reading, werkplek_id: UUID) -> Bewaard | None:
    """None when there is none that this organisation may see."""
    row = await uow.connection.fetchrow(_WERKPLEK + "WHERE w.id = $1", werkplek_id)
    return None if row is None else (await _bewaard(uow, [row]))[0]


async def neem(uow: UnitOfWork, werkplek_id: UUID) -> Bewaard:
    """The werkplek under lock, to place someone on. Raises NietGevonden.

    Lock the kandidaat first.
    """
    row = await uow.connection.fetchrow(_WERKPLEK + "WHERE w.id = $1 FOR UPDATE OF w", werkplek_id)
    if row is None:
        raise NietGevonden("Deze werkplek bestaat niet, of niet voor uw organisatie.")
    return (await _bewaard(uow, [row]))[0]


async def voeg_toe(uow: UnitOfWork, werkplek: Werkplek) -> Bewaard:
    await uow.connection.execute(
        "INSERT INTO werkplek (id, eigenaar, werkgever_id, werksoort, functie, locatie, uren_van,"
        " uren_tot, capaciteit, vastgelegd_op) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        werkplek.werkplek_id,
        uow.organisation,
        werkplek.werkgever_id,
        werkplek.werksoort,
        werkplek.functie,
        werkplek.locatie,
        werkplek.uren_van,
        werkplek.uren_tot,
        werkplek.capaciteit,
        uow.now,
    )
    toegevoegd = await haal(uow, werkplek.werkplek_id)
    if toegevoegd is None:
        raise LookupError("wat net is vastgelegd, is te lezen")
    return toegevoegd


async def bezet(
    uow: UnitOfWork,
    werkplek: Werkplek,
    plaatsing: Plaatsing,
    *,
    van: date | None = None,
    sinds: date | None = None,
) -> None:
    """Take a place on a locked werkplek for the period of a placement, or keep it for longer.

    van: from when the place must be free; sinds: first day on this werkplek; both the first day of
    the placement by default. Raises WerkplekVol, UrenPassenNiet.
    """
    begin = van or sinds or plaatsing.begin
    bezet = (await _plaatsen(uow, [werkplek.werkplek_id], begin))[werkplek.werkplek_id]
    van_anderen = [plaats for plaats in bezet if plaats.plaatsing_id != plaatsing.plaatsing_id]
    werkplek.bezetting = drukste_bezetting(van_anderen, begin, plaatsing.tot_en_met)
    werkplek.bezet(plaatsing.plaatsing_id, plaatsing.uren_per_week or werkplek.uren_van)
    await uow.connection.execute(
        "INSERT INTO bezetting (plaatsing_id, werkplek_id, begin, laatste_dag)"
        " VALUES ($1, $2, $3, $4)"
        " ON CONFLICT (plaatsing_id, begin) DO UPDATE SET laatste_dag = excluded.laatste_dag",
        plaatsing.plaatsing_id,
        werkplek.werkplek_id,
        sinds or plaatsing.begin,
        plaatsing.tot_en_met,
    )


async def sinds(uow: Reading, plaatsing_id: UUID) -> date | None:
    """First day of a plaatsing on the werkplek that it has last; None when it has none."""
    dag: date | None = await uow.connection.fetchval(
        "SELECT max(begin) FROM bezetting WHERE plaatsing_id = $1", plaatsing_id
    )
    return dag


async def geef_vrij(uow: UnitOfWork, plaatsing: Plaatsing) -> None:
    """The place is free after the last day. Nobody needs to wait for that: it only gets quieter."""
    if plaatsing.tot_en_met is not None:
        await _verlaat(uow, plaatsing.plaatsing_id, plaatsing.tot_en_met)


async def verhuis(uow: UnitOfWork, naar: Werkplek, plaatsing: Plaatsing, op: date) -> None:
    """Go to another werkplek, locked, on a day. Raises WerkplekVol, UrenPassenNiet."""
    await _verlaat(uow, plaatsing.plaatsing_id, op - EEN_DAG)
    await bezet(uow, naar, plaatsing, sinds=op)


async def _verlaat(uow: UnitOfWork, plaatsing_id: UUID, laatste_dag: date) -> None:
    await uow.connection.execute(
        "DELETE FROM bezetting WHERE plaatsing_id = $1 AND begin > $2", plaatsing_id, laatste_dag
    )
    await uow.connection.execute(
        "UPDATE bezetting SET laatste_dag = $2 WHERE plaatsing_id = $1"
        " AND (laatste_dag IS NULL OR laatste_dag > $2)",
        plaatsing_id,
        laatste_dag,
    )


async def lijst(
    uow: Reading, *, werkgever_id: UUID | None, na: tuple[datetime, UUID] | None, aantal: int
) -> Sequence[Bewaard]:
    """Werkplekken in the order in which they were recorded, after a point in that order."""
    rows = await uow.connection.fetch(
        _WERKPLEK + "WHERE ($1::uuid IS NULL OR w.werkgever_id = $1)"
        " AND ($2::timestamptz IS NULL OR (w.vastgelegd_op, w.id) > ($2, $3))"
        " ORDER BY w.vastgelegd_op, w.id LIMIT $4",
        werkgever_id,
        na[0] if na else None,
        na[1] if na else None,
        aantal,
    )
    return await _bewaard(uow, rows)


async def _bewaard(uow: Reading, rows: Sequence[asyncpg.Record]) -> list[Bewaard]:
    vandaag = local_date(uow.now)
    plaatsen = await _plaatsen(uow, [row["id"] for row in rows], vandaag)
    return [
        Bewaard(
            Werkplek(
                werkplek_id=row["id"],
                werkgever_id=row["werkgever_id"],
                werksoort=Werksoort(row["werksoort"]),
                functie=row["functie"],
                locatie=row["locatie"],
                uren_van=row["uren_van"],
                uren_tot=row["uren_tot"],
                capaciteit=row["capaciteit"],
                bezetting=bezetting_op(plaatsen[row["id"]], vandaag),
            ),
            row["eigenaar"],
            Werkgeversoort(row["werkgeversoort"]),
            row["vastgelegd_op"],
        )
        for row in rows
    ]


async def _plaatsen(
    uow: Reading, werkplek_ids: Collection[UUID], vanaf: date
) -> dict[UUID, list[BezettePlaats]]:
    """Per werkplek the places that are taken on a day or later."""
    rows = await uow.connection.fetch(
        "SELECT plaatsing_id, werkplek_id, begin, laatste_dag FROM bezetting"
        " WHERE werkplek_id = ANY($1::uuid[]) AND (laatste_dag IS NULL OR laatste_dag >= $2)",
        werkplek_ids,
        vanaf,
    )
    found: dict[UUID, list[BezettePlaats]] = {werkplek_id: [] for werkplek_id in werkplek_ids}
    for row in rows:
        found[row["werkplek_id"]].append(
            BezettePlaats(row["plaatsing_id"], row["begin"], row["laatste_dag"])
        )
    return found
