"""Guidance in the database: who guides, the hours agreed from a day on, and those booked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from uuid import UUID

import asyncpg

from chassis.unit_of_work import Reading, UnitOfWork
from chassis.web.problems import NietGevonden
from services.plaatsing.domain.begeleiding import Begeleiding, Begeleidingsoort, Urenafspraak
from services.plaatsing.domain.kandidaat import Kandidaat
from services.plaatsing.store import plaatsingen

_BEGELEIDING = (
    "SELECT b.id, b.plaatsing_id, b.kandidaat_id, b.gemeentecode, b.soort, a.vanaf,"
    " a.uren_per_week, p.tot_en_met FROM begeleiding b"
    " JOIN begeleidingsafspraak a ON a.begeleiding_id = b.id"
    " JOIN plaatsing p ON p.id = b.plaatsing_id "
)


@dataclass(frozen=True, slots=True)
class Boeking:
    """Hours of guidance on a day, all of that guide together."""

    boeking_id: UUID
    begeleiding_id: UUID
    geboekt_voor: date
    uren: Decimal


@dataclass(frozen=True, slots=True)
class MetLaatsteDag:
    """A begeleiding with the last day of its placement; None while that is open."""

    begeleiding: Begeleiding
    laatste_dag: date | None


async def neem(
    uow: UnitOfWork, begeleiding_id: UUID
) -> tuple[Kandidaat, plaatsingen.Bewaard, Begeleiding]:
    """The begeleiding with its placement, under the lock of the kandidaat. Raises NietGevonden."""
    plaatsing_id = await uow.connection.fetchval(
        "SELECT plaatsing_id FROM begeleiding WHERE id = $1", begeleiding_id
    )
    if plaatsing_id is None:
        raise NietGevonden
    kandidaat, plaatsing = await plaatsingen.neem(uow, plaatsing_id)
    rows = await uow.connection.fetch(
        _BEGELEIDING + "WHERE b.id = $1 ORDER BY b.id, a.vanaf", begeleiding_id
    )
    if not rows:
        raise NietGevonden
    return kandidaat, plaatsing, _begeleidingen(rows)[0].begeleiding


async def voeg_toe(uow: UnitOfWork, begeleiding: Begeleiding) -> None:
    await uow.connection.execute(
        "INSERT INTO begeleiding (id, plaatsing_id, kandidaat_id, gemeentecode, soort,"
        " vastgelegd_op) VALUES ($1, $2, $3, $4, $5, $6)",
        begeleiding.begeleiding_id,
        begeleiding.plaatsing_id,
        begeleiding.kandidaat_id,
        begeleiding.gemeentecode,
        begeleiding.soort,
        uow.now,
    )
    for afspraak in begeleiding.afspraken:
        await bewaar_afspraak(uow, begeleiding, afspraak)


async def bewaar_afspraak(
    uow: UnitOfWork, begeleiding: Begeleiding, afspraak: Urenafspraak
) -> None:
    """The hours from a day on, new or in place of those of the same day."""
    await uow.connection.execute(
        "INSERT INTO begeleidingsafspraak (begeleiding_id, vanaf, uren_per_week, kandidaat_id,"
        " gemeentecode) VALUES ($1, $2, $3, $4, $5)"
        " ON CONFLICT (begeleiding_id, vanaf) DO UPDATE SET uren_per_week = excluded.uren_per_week",
        begeleiding.begeleiding_id,
        afspraak.vanaf,
        afspraak.uren_per_week,
        begeleiding.kandidaat_id,
        begeleiding.gemeentecode,
    )


async def uren_van_anderen(uow: Reading, begeleiding: Begeleiding, dag: date) -> list[Decimal]:
    """What the others who guide on the same placement booked for a day."""
    rows = await uow.connection.fetch(
        "SELECT k.uren FROM begeleidingsboeking k JOIN begeleiding b ON b.id = k.begeleiding_id"
        " WHERE b.plaatsing_id = $1 AND b.id <> $2 AND k.geboekt_voor = $3",
        begeleiding.plaatsing_id,
        begeleiding.begeleiding_id,
        dag,
    )
    return [row["uren"] for row in rows]


async def boek(
    uow: UnitOfWork, boeking_id: UUID, begeleiding: Begeleiding, dag: date, uren: Decimal
) -> Boeking:
    """Store the hours of a day; those booked before for that day are replaced, under their id."""
    gebleven = await uow.connection.fetchval(
        "INSERT INTO begeleidingsboeking (id, begeleiding_id, geboekt_voor, uren, kandidaat_id,"
        " gemeentecode) VALUES ($1, $2, $3, $4, $5, $6)"
        " ON CONFLICT (begeleiding_id, geboekt_voor) DO UPDATE SET uren = excluded.uren"
        " RETURNING id",
        boeking_id,
        begeleiding.begeleiding_id,
        dag,
        uren,
        begeleiding.kandidaat_id,
        begeleiding.gemeentecode,
    )
    return Boeking(gebleven, begeleiding.begeleiding_id, dag, uren)


async def van_plaatsing(uow: Reading, plaatsing_id: UUID) -> Sequence[Begeleiding] | None:
    """Who guides on a placement; None when there is no such placement for this organisation."""
    if await plaatsingen.haal(uow, plaatsing_id) is None:
        return None
    rows = await uow.connection.fetch(
        _BEGELEIDING + "WHERE b.plaatsing_id = $1 ORDER BY b.vastgelegd_op, b.id, a.vanaf",
        plaatsing_id,
    )
    return [gevonden.begeleiding for gevonden in _begeleidingen(rows)]


async def boekingen(
    uow: Reading, begeleiding_id: UUID, *, na: tuple[date, UUID] | None, aantal: int
) -> Sequence[Boeking]:
    """By day. Raises NietGevonden."""
    if not await uow.connection.fetchval(
        "SELECT true FROM begeleiding WHERE id = $1", begeleiding_id
    ):
        raise NietGevonden
    rows = await uow.connection.fetch(
        "SELECT id, begeleiding_id, geboekt_voor, uren FROM begeleidingsboeking"
        " WHERE begeleiding_id = $1 AND ($2::date IS NULL OR (geboekt_voor, id) > ($2, $3))"
        " ORDER BY geboekt_voor, id LIMIT $4",
        begeleiding_id,
        na[0] if na else None,
        na[1] if na else None,
        aantal,
    )
    return [Boeking(*row) for row in rows]


async def in_periode(
    uow: Reading, van: date, tot_en_met: date, gemeentecode: str | None
) -> Sequence[MetLaatsteDag]:
    """Whoever guided in a period, of one gemeente or of all that this organisation may see."""
    rows = await uow.connection.fetch(
        _BEGELEIDING + "WHERE ($3::text IS NULL OR b.gemeentecode = $3) AND p.begin <= $2"
        " AND (p.tot_en_met IS NULL OR p.tot_en_met >= $1) ORDER BY b.id, a.vanaf",
        van,
        tot_en_met,
        gemeentecode,
    )
    return _begeleidingen(rows)


async def geboekt_in_periode(
    uow: Reading, van: date, tot_en_met: date, gemeentecode: str | None
) -> dict[Begeleidingsoort, Decimal]:
    """Hours booked in a period, by who guided."""
    rows = await uow.connection.fetch(
        "SELECT b.soort, sum(k.uren) AS uren FROM begeleidingsboeking k"
        " JOIN begeleiding b ON b.id = k.begeleiding_id"
        " WHERE k.geboekt_voor BETWEEN $1 AND $2 AND ($3::text IS NULL OR k.gemeentecode = $3)"
        " GROUP BY b.soort",
        van,
        tot_en_met,
        gemeentecode,
    )
    return {Begeleidingsoort(row["soort"]): row["uren"] for row in rows}


def _begeleidingen(rows: Sequence[asyncpg.Record]) -> list[MetLaatsteDag]:
    """One of each run of rows with the same id, a row per afspraak."""
    gevonden = []
    for _, van_een in groupby(rows, key=lambda row: row["id"]):
        afspraken = list(van_een)
        row = afspraken[0]
        begeleiding = Begeleiding(
            begeleiding_id=row["id"],
            plaatsing_id=row["plaatsing_id"],
            kandidaat_id=row["kandidaat_id"],
            gemeentecode=row["gemeentecode"],
            soort=Begeleidingsoort(row["soort"]),
            afspraken=tuple(Urenafspraak(a["vanaf"], a["uren_per_week"]) for a in afspraken),
        )
        gevonden.append(MetLaatsteDag(begeleiding, row["tot_en_met"]))
    return gevonden
