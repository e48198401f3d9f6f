"""Plaatsingen in the database, each of one kandidaat, whose row locks them all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import asyncpg

from chassis.unit_of_work import Reading, UnitOfWork
from chassis.web.problems import NietGevonden
from services.plaatsing.domain.einde import Eindereden, Plaatsingsoort
from services.plaatsing.domain.kandidaat import Kandidaat
from services.plaatsing.domain.lks_plaatsing import LksPlaatsing, UrenVanaf
from services.plaatsing.domain.loopbaan import Loopbaan, Loopbaandeel
from services.plaatsing.domain.plaatsing import Plaatsing
from services.plaatsing.domain.proefplaatsing import Proefplaatsing
from services.plaatsing.domain.werkgever import Werkgeversoort
from services.plaatsing.store import kandidaten


@dataclass(frozen=True, slots=True)
class Bewaard:
    """A plaatsing as it is stored. versie counts changes and is its ETag."""

    plaatsing: Plaatsing
    geplaatst_door: str
    versie: int
    vastgelegd_op: datetime


async def haal(uow: Reading, plaatsing_id: UUID) -> Bewaard | None:
    """None when there is none that this organisation may see."""
    row = await uow.connection.fetchrow("SELECT * FROM plaatsing WHERE id = $1", plaatsing_id)
    return None if row is None else _bewaard(row)


async def neem(uow: UnitOfWork, plaatsing_id: UUID) -> tuple[Kandidaat, Bewaard]:
    """The plaatsing with its kandidaat, under the lock of the kandidaat. Raises NietGevonden."""
    gezien = await haal(uow, plaatsing_id)
    if gezien is None:
        raise NietGevonden
    kandidaat = await kandidaten.neem(uow, gezien.plaatsing.kandidaat_id)
    # Only now, behind the lock, is it what we decide on.
    bewaard = await haal(uow, plaatsing_id)
    if bewaard is None:
        raise NietGevonden
    return kandidaat, bewaard


async def loopbaan(uow: UnitOfWork, kandidaat_id: UUID) -> Loopbaan:
    """All placements of a locked kandidaat."""
    rows = await uow.connection.fetch(
        "SELECT id, soort, begin, tot_en_met FROM plaatsing WHERE kandidaat_id = $1"
        " ORDER BY begin, id",
        kandidaat_id,
    )
    return Loopbaan(
        kandidaat_id,
        tuple(
            Loopbaandeel(row["id"], Plaatsingsoort(row["soort"]), row["begin"], row["tot_en_met"])
            for row in rows
        ),
    )


async def voeg_toe(uow: UnitOfWork, plaatsing: Plaatsing) -> None:
    """Store a new plaatsing of a locked kandidaat."""
    proef = plaatsing if isinstance(plaatsing, Proefplaatsing) else None
    lks = plaatsing if isinstance(plaatsing, LksPlaatsing) else None
    await uow.connection.execute(
        "INSERT INTO plaatsing (id, kandidaat_id, gemeentecode, soort, geplaatst_door,"
        " werkgever_id, werkplek_id, begin, tot_en_met, uren_per_week, maanden, verlengd,"
        " voltijdsuren_per_week, werkgeversoort, loonwaarde, vastgelegd_op) VALUES"
        " ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
        plaatsing.plaatsing_id,
        plaatsing.kandidaat_id,
        plaatsing.gemeentecode,
        plaatsing.soort,
        uow.organisation,
        plaatsing.werkgever_id,
        plaatsing.werkplek_id,
        plaatsing.begin,
        plaatsing.tot_en_met,
        plaatsing.uren_per_week,
        proef.maanden if proef else None,
        proef.verlengd if proef else None,
        lks.voltijdsuren_per_week if lks else None,
        lks.werkgeversoort if lks else None,
        lks.loonwaarde if lks else None,
        uow.now,
    )


async def bewaar(uow: UnitOfWork, plaatsing: Plaatsing) -> None:
    """Store what changed in a plaatsing that was loaded under lock."""
    await uow.connection.execute(
        "UPDATE plaatsing SET tot_en_met = $2, laatste_dag = $3, eindereden = $4, verlengd = $5,"
        " versie = versie + 1 WHERE id = $1",
        plaatsing.plaatsing_id,
        plaatsing.tot_en_met,
        plaatsing.laatste_dag,
        plaatsing.eindereden,
        plaatsing.verlengd if isinstance(plaatsing, Proefplaatsing) else None,
    )


async def lijst(
    uow: Reading, *, kandidaat_id: UUID | None, na: tuple[datetime, UUID] | None, aantal: int
) -> Sequence[Bewaard]:
    """Plaatsingen in the order in which they were recorded, after a point in that order."""
    rows = await uow.connection.fetch(
        "SELECT * FROM plaatsing WHERE ($1::uuid IS NULL OR kandidaat_id = $1)"
        " AND ($2::timestamptz IS NULL OR (vastgelegd_op, id) > ($2, $3))"
        " ORDER BY vastgelegd_op, id LIMIT $4",
        kandidaat_id,
        na[0] if na else None,
        na[1] if na else None,
        aantal,
    )
    return [_bewaard(row) for row in rows]


def _bewaard(row: asyncpg.Record) -> Bewaard:
    proef = row["soort"] == Plaatsingsoort.PROEFPLAATSING
    return Bewaard(
        _proefplaatsing(row) if proef else _lks_plaatsing(row),
        row["geplaatst_door"],
        row["versie"],
        row["vastgelegd_op"],
    )


def _proefplaatsing(row: asyncpg.Record) -> Proefplaatsing:
    return Proefplaatsing(
        plaatsing_id=row["id"],
        kandidaat_id=row["kandidaat_id"],
        gemeentecode=row["gemeentecode"],
        werkgever_id=row["werkgever_id"],
        werkplek_id=row["werkplek_id"],
        begin=row["begin"],
        uren_per_week=row["uren_per_week"],
        maanden=row["maanden"],
        verlengd=row["verlengd"],
        laatste_dag=row["laatste_dag"],
        eindereden=_eindereden(row),
    )


def _lks_plaatsing(row: asyncpg.Record) -> LksPlaatsing:
    return LksPlaatsing(
        plaatsing_id=row["id"],
        kandidaat_id=row["kandidaat_id"],
        gemeentecode=row["gemeentecode"],
        werkgever_id=row["werkgever_id"],
        werkplek_id=row["werkplek_id"],
        werkgeversoort=Werkgeversoort(row["werkgeversoort"]),
        begin=row["begin"],
        uren=(UrenVanaf(row["begin"], row["uren_per_week"], row["voltijdsuren_per_week"]),),
        loonwaarde=row["loonwaarde"],
        laatste_dag=row["laatste_dag"],
        eindereden=_eindereden(row),
    )


def _eindereden(row: asyncpg.Record) -> Eindereden | None:
    return Eindereden(row["eindereden"]) if row["eindereden"] else None
