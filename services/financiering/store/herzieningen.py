"""Decisions on all running subsidies by 1 January, and how far each has come, in the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Final
from uuid import UUID, uuid4

import asyncpg

from chassis.clock import NEDERLAND
from chassis.unit_of_work import Reading, UnitOfWork

_HERZIENING: Final = """
SELECT id, gemeentecode, jaar, rol, sleutel, motivering, bekendgemaakt_op, positie, bekeken,
    gegeven, overgeslagen, gestart_op, gereed_op
FROM lks_herziening
"""
_NIET_HERZIEN: Final = """
SELECT count(*) FROM loonkostensubsidie l JOIN termijn t ON t.aggregate_id = l.id
WHERE l.gemeentecode = $1 AND l.besluit = 'toegekend' AND l.begindatum < $2
    AND (l.laatste_dag IS NULL OR l.laatste_dag >= $2)
    AND t.soort = $3 AND t.status = 'open' AND t.vervalt_op <= $4
"""


@dataclass(frozen=True, slots=True)
class Herziening:
    """positie: the last subsidy that was looked at; gegeven: how many got a beschikking;
    overgeslagen: of how many something else is to be decided, or first.
    """

    herziening_id: UUID
    gemeentecode: str
    jaar: int
    rol: str
    motivering: str = field(repr=False)
    bekendgemaakt_op: date
    positie: UUID | None
    bekeken: int
    gegeven: int
    overgeslagen: int
    gestart_op: datetime
    gereed_op: datetime | None


async def begin(
    uow: UnitOfWork, jaar: int, *, rol: str, motivering: str, bekendgemaakt_op: date
) -> None:
    """Unless this gemeente has one of this year."""
    herziening_id = uuid4()
    sleutel, verpakt = uow.vault.new_key(str(herziening_id))
    await uow.connection.execute(
        "INSERT INTO lks_herziening (id, gemeentecode, jaar, rol, sleutel, motivering,"
        " bekendgemaakt_op, gestart_op) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        " ON CONFLICT DO NOTHING",
        herziening_id,
        uow.organisation,
        jaar,
        rol,
        verpakt,
        sleutel.seal(motivering, _plaats(herziening_id)),
        bekendgemaakt_op,
        uow.now,
    )


async def van_jaar(uow: Reading, jaar: int) -> Herziening | None:
    """That of this gemeente."""
    rij = await uow.connection.fetchrow(
        _HERZIENING + "WHERE gemeentecode = $1 AND jaar = $2", uow.organisation, jaar
    )
    return _herziening(uow, rij) if rij else None


async def haal(uow: Reading, herziening_id: UUID) -> Herziening | None:
    rij = await uow.connection.fetchrow(_HERZIENING + "WHERE id = $1", herziening_id)
    return _herziening(uow, rij) if rij else None


async def lijst(uow: Reading, *, na: tuple[int] | None, aantal: int) -> Sequence[Herziening]:
    """Those of this gemeente, by year, after one of them."""
    rijen = await uow.connection.fetch(
        _HERZIENING + "WHERE gemeentecode = $1 AND jaar > $2::bigint ORDER BY jaar LIMIT $3",
        uow.organisation,
        na[0] if na else 0,
        aantal,
    )
    return [_herziening(uow, rij) for rij in rijen]


async def neem(uow: UnitOfWork, herziening_id: UUID) -> Herziening:
    """Under lock. Raises LookupError."""
    rij = await uow.connection.fetchrow(_HERZIENING + "WHERE id = $1 FOR UPDATE", herziening_id)
    if rij is None:
        raise LookupError("een herziening verdwijnt niet")
    return _herziening(uow, rij)


async def bewaar(uow: UnitOfWork, herziening: Herziening) -> None:
    """Store how far it has come."""
    await uow.connection.execute(
        "UPDATE lks_herziening SET positie = $2, bekeken = $3, gegeven = $4, overgeslagen = $5,"
        " gereed_op = $6 WHERE id = $1",
        herziening.herziening_id,
        herziening.positie,
        herziening.bekeken,
        herziening.gegeven,
        herziening.overgeslagen,
        herziening.gereed_op,
    )


async def nog_niet_herzien(uow: Reading, jaar: int, termijnsoort: str) -> int:
    """How many running subsidies were not judged on this 1 January, by deadline or command.

    termijnsoort: the kind of the deadline that is open until then.
    """
    januari = date(jaar, 1, 1)
    aantal: int = await uow.connection.fetchval(
        _NIET_HERZIEN,
        uow.organisation,
        januari,
        termijnsoort,
        datetime.combine(januari, time(), NEDERLAND),
    )
    return aantal


def _herziening(uow: Reading, rij: asyncpg.Record) -> Herziening:
    herziening_id = rij["id"]
    sleutel = uow.vault.key(str(herziening_id), rij["sleutel"])
    return Herziening(
        herziening_id=herziening_id,
        gemeentecode=rij["gemeentecode"],
        jaar=rij["jaar"],
        rol=rij["rol"],
        motivering=sleutel.open(rij["motivering"], _plaats(herziening_id)),
        bekendgemaakt_op=rij["bekendgemaakt_op"],
        positie=rij["positie"],
        bekeken=rij["bekeken"],
        gegeven=rij["gegeven"],
        overgeslagen=rij["overgeslagen"],
        gestart_op=rij["gestart_op"],
        gereed_op=rij["gereed_op"],
    )


def _plaats(herziening_id: UUID) -> str:
    return f"lks_herziening.motivering/{herziening_id}"
