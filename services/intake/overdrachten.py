"""Overdrachten in the database: planned, carried out or withdrawn. They go along themselves."""

from __future__ import annotations

from typing import Final
from uuid import UUID

import asyncpg

from chassis.handover import DEADLINES, Rows
from chassis.unit_of_work import Reading, UnitOfWork
from services.intake.domain.overdracht import Overdracht, Overdrachtreden, Overdrachtstatus

GAAT_MEE: Final = (
    # Teams are those of one gemeente; which of the other's it becomes shows from a new address.
    Rows("kandidaat", "id = $1", also="versie = versie + 1, gebiedsteam = NULL"),
    *(
        Rows(tabel)
        for tabel in (
            "persoonsgegevens",
            "besluit",
            "intrekking",
            "inkooporder",
            "regisseur",
            "datasleutel",
            "overdracht",
            "bewaakte_termijn",
            "aanvraag",
            "procesverloop",
            "gezette_stap",
            "open_stap",
            "groepsdeelname",
            "uitstroom",
            "voorziening",
            "loonwaarde",
            "ladderpositie",
            "arbeidsvermogen",
            "lks_loonwaarde",
            "lks_beschikking",
        )
    ),
    DEADLINES,
)
"""Everything intake has of a kandidaat."""


async def voeg_toe(uow: UnitOfWork, overdracht: Overdracht) -> None:
    await uow.connection.execute(
        "INSERT INTO overdracht (id, kandidaat_id, gemeentecode, van_gemeente, naar_gemeente,"
        " ingangsdatum, reden, status, vastgelegd_op) VALUES ($1, $2, $3, $3, $4, $5, $6, $7, $8)",
        overdracht.overdracht_id,
        overdracht.kandidaat_id,
        overdracht.van_gemeente,
        overdracht.naar_gemeente,
        overdracht.ingangsdatum,
        overdracht.reden,
        overdracht.status,
        uow.now,
    )


async def bewaar(uow: UnitOfWork, overdracht: Overdracht) -> None:
    """Store the new status."""
    await uow.connection.execute(
        "UPDATE overdracht SET status = $2 WHERE id = $1",
        overdracht.overdracht_id,
        overdracht.status,
    )


async def van_kandidaat(uow: Reading, kandidaat_id: UUID) -> tuple[Overdracht, ...]:
    """All overdrachten of a kandidaat, the oldest first."""
    rows = await uow.connection.fetch(
        "SELECT id, kandidaat_id, van_gemeente, naar_gemeente, ingangsdatum, reden, status"
        " FROM overdracht WHERE kandidaat_id = $1 ORDER BY vastgelegd_op, id",
        kandidaat_id,
    )
    return tuple(_overdracht(row) for row in rows)


async def lijst(uow: Reading, kandidaat_id: UUID) -> tuple[Overdracht, ...] | None:
    """The same; None when there is no kandidaat that this organisation may see."""
    gezien = await uow.connection.fetchval("SELECT true FROM kandidaat WHERE id = $1", kandidaat_id)
    return await van_kandidaat(uow, kandidaat_id) if gezien else None


def _overdracht(row: asyncpg.Record) -> Overdracht:
    return Overdracht(
        overdracht_id=row["id"],
        kandidaat_id=row["kandidaat_id"],
        van_gemeente=row["van_gemeente"],
        naar_gemeente=row["naar_gemeente"],
        ingangsdatum=row["ingangsdatum"],
        reden=Overdrachtreden(row["reden"]),
        status=Overdrachtstatus(row["status"]),
    )
