"""Prices that a gemeente and WSD agreed, in the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import asyncpg

from chassis.unit_of_work import Reading, UnitOfWork
from services.financiering.domain.contractspecificatie import (
    Contractspecificatie,
    Eenheid,
    Prijsafspraak,
)

_KOLOMMEN = "id, gemeentecode, product, vanaf, versie, eenheid, prijs, plafond, vastgelegd_op"


@dataclass(frozen=True, slots=True)
class Bewaard:
    """versie: of this gemeente, product and day, from 1; the highest holds."""

    contractspecificatie_id: UUID
    afspraak: Prijsafspraak
    versie: int
    vastgelegd_op: datetime


async def voeg_toe(uow: UnitOfWork, nummer: UUID, afspraak: Prijsafspraak) -> Bewaard:
    """Add a version; what was agreed before for the same day stays, and holds no longer."""
    await uow.connection.execute(
        "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))",
        f"contractspecificatie/{afspraak.gemeentecode}/{afspraak.product}",
    )
    rijen = await uow.connection.fetch(
        "INSERT INTO contractspecificatie (id, gemeentecode, product, vanaf, versie, eenheid,"
        " prijs, plafond, vastgelegd_op) SELECT $1, $2, $3, $4, 1 + coalesce(max(versie), 0), $5,"
        " $6, $7, $8 FROM contractspecificatie"
        " WHERE gemeentecode = $2 AND product = $3 AND vanaf = $4"
        " RETURNING id, gemeentecode, product, vanaf, versie, eenheid, prijs, plafond,"
        " vastgelegd_op",
        nummer,
        afspraak.gemeentecode,
        afspraak.product,
        afspraak.vanaf,
        afspraak.eenheid,
        afspraak.prijs,
        afspraak.plafond,
        uow.now,
    )
    return _bewaard(rijen[0])


async def haal(uow: Reading, nummer: UUID) -> Bewaard | None:
    rij = await uow.connection.fetchrow(
        f"SELECT {_KOLOMMEN} FROM contractspecificatie WHERE id = $1",  # noqa: S608
        nummer,
    )
    return _bewaard(rij) if rij else None


async def lijst(
    uow: Reading,
    *,
    gemeentecode: str | None,
    product: str | None,
    na: tuple[datetime, UUID] | None,
    aantal: int,
) -> Sequence[Bewaard]:
    """All versions in the order in which they were agreed."""
    rijen = await uow.connection.fetch(
        f"SELECT {_KOLOMMEN} FROM contractspecificatie"  # noqa: S608
        " WHERE ($1::text IS NULL OR gemeentecode = $1) AND ($2::text IS NULL OR product = $2)"
        " AND ($3::timestamptz IS NULL OR (vastgelegd_op, id) > ($3, $4))"
        " ORDER BY vastgelegd_op, id LIMIT $5",
        gemeentecode,
        product,
        na[0] if na else None,
        na[1] if na else None,
        aantal,
    )
    return [_bewaard(rij) for rij in rijen]


async def geldend(uow: Reading) -> Contractspecificatie:
    """What holds, of every gemeente that this organisation may see."""
    rijen = await uow.connection.fetch(
        f"SELECT DISTINCT ON (gemeentecode, product, vanaf) {_KOLOMMEN}"  # noqa: S608
        " FROM contractspecificatie ORDER BY gemeentecode, product, vanaf, versie DESC"
    )
    return Contractspecificatie(tuple(_bewaard(rij).afspraak for rij in rijen))


def _bewaard(rij: asyncpg.Record) -> Bewaard:
    return Bewaard(
        rij["id"],
        Prijsafspraak(
            rij["gemeentecode"],
            rij["product"],
            Eenheid(rij["eenheid"]),
            rij["prijs"],
            rij["vanaf"],
            rij["plafond"],
        ),
        rij["versie"],
        rij["vastgelegd_op"],
    )
