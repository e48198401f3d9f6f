"""Bank accounts in the database: of werkgevers, and of the gemeente itself; always sealed."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

import asyncpg

from chassis.unit_of_work import Reading, UnitOfWork
from services.financiering.domain.rekening import Rekening, Rekeningnummer

_REKENING: Final = """
SELECT id, gemeentecode, werkgever_id, versie, sleutel, gegevens, vastgelegd_door, vastgelegd_op,
       bevestigd_door, bevestigd_op
FROM rekening
"""


@dataclass(frozen=True, slots=True)
class Bewaard:
    """An account with the moments on which it was recorded and confirmed."""

    rekening: Rekening
    vastgelegd_op: datetime
    bevestigd_op: datetime | None


async def neem_reeks(uow: UnitOfWork, werkgever_id: UUID | None) -> None:
    """One at a time for the accounts of one werkgever, or of the gemeente itself."""
    await uow.connection.execute(
        "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))",
        f"rekening/{uow.organisation}/{werkgever_id}",
    )


async def voeg_toe(
    uow: UnitOfWork, werkgever_id: UUID | None, nummer: Rekeningnummer, *, door: str
) -> Bewaard:
    """Store the next version of an account, to be confirmed; the series is under lock."""
    rekening_id = uuid4()
    sleutel, verpakt = uow.vault.new_key(str(rekening_id))
    inhoud = json.dumps({"tenaamstelling": nummer.tenaamstelling, "iban": nummer.iban})
    versie = await uow.connection.fetchval(
        "INSERT INTO rekening (id, gemeentecode, werkgever_id, versie, sleutel, gegevens,"
        " vastgelegd_door, vastgelegd_op)"
        " SELECT $1, $2, $3, coalesce(max(versie), 0) + 1, $4, $5, $6, $7 FROM rekening"
        " WHERE gemeentecode = $2 AND werkgever_id IS NOT DISTINCT FROM $3 RETURNING versie",
        rekening_id,
        uow.organisation,
        werkgever_id,
        verpakt,
        sleutel.seal(inhoud, _plaats(rekening_id)),
        door,
        uow.now,
    )
    rekening = Rekening(rekening_id, werkgever_id, versie, nummer, vastgelegd_door=door)
    return Bewaard(rekening, uow.now, None)


async def haal(uow: Reading, rekening_id: UUID) -> Bewaard | None:
    rij = await uow.connection.fetchrow(_REKENING + "WHERE id = $1", rekening_id)
    return _open(uow, rij) if rij else None


async def laatste_bevestigde_versie(uow: Reading, werkgever_id: UUID | None) -> int:
    """0 when none was ever confirmed."""
    versie: int = await uow.connection.fetchval(
        "SELECT coalesce(max(versie), 0) FROM rekening WHERE gemeentecode = $1"
        " AND werkgever_id IS NOT DISTINCT FROM $2 AND bevestigd_op IS NOT NULL",
        uow.organisation,
        werkgever_id,
    )
    return versie


async def bevestig(uow: UnitOfWork, bewaard: Bewaard, *, door: str) -> Bewaard:
    await uow.connection.execute(
        "UPDATE rekening SET bevestigd_door = $2, bevestigd_op = $3 WHERE id = $1",
        bewaard.rekening.rekening_id,
        door,
        uow.now,
    )
    rekening = replace(bewaard.rekening, bevestigd_door=door)
    return replace(bewaard, rekening=rekening, bevestigd_op=uow.now)


async def eigen(uow: Reading) -> UUID | None:
    """The confirmed account from which this gemeente pays."""
    gevonden: UUID | None = await uow.connection.fetchval(
        "SELECT id FROM rekening WHERE gemeentecode = $1 AND werkgever_id IS NULL"
        " AND bevestigd_op IS NOT NULL ORDER BY versie DESC LIMIT 1",
        uow.organisation,
    )
    return gevonden


async def van_werkgevers(uow: Reading, werkgever_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """The confirmed account of each werkgever that has one."""
    rijen = await uow.connection.fetch(
        "SELECT DISTINCT ON (werkgever_id) werkgever_id, id FROM rekening"
        " WHERE gemeentecode = $1 AND werkgever_id = ANY($2::uuid[]) AND bevestigd_op IS NOT NULL"
        " ORDER BY werkgever_id, versie DESC",
        uow.organisation,
        list(werkgever_ids),
    )
    return {rij["werkgever_id"]: rij["id"] for rij in rijen}


async def nummers(uow: Reading, rekening_ids: Collection[UUID]) -> dict[UUID, Rekeningnummer]:
    """Name and IBAN of accounts, for a payment file."""
    rijen = await uow.connection.fetch(_REKENING + "WHERE id = ANY($1::uuid[])", list(rekening_ids))
    return {rij["id"]: _open(uow, rij).rekening.nummer for rij in rijen}


async def lijst(
    uow: Reading,
    *,
    werkgever_id: UUID | None,
    na: tuple[datetime, UUID] | None,
    aantal: int,
) -> Sequence[Bewaard]:
    """Accounts in the order in which they were recorded, after a point in that order."""
    rijen = await uow.connection.fetch(
        _REKENING + "WHERE ($1::uuid IS NULL OR werkgever_id = $1)"
        " AND ($2::timestamptz IS NULL OR (vastgelegd_op, id) > ($2, $3))"
        " ORDER BY vastgelegd_op, id LIMIT $4",
        werkgever_id,
        na[0] if na else None,
        na[1] if na else None,
        aantal,
    )
    return [_open(uow, rij) for rij in rijen]


def _open(uow: Reading, rij: asyncpg.Record) -> Bewaard:
    rekening_id = rij["id"]
    sleutel = uow.vault.key(str(rekening_id), rij["sleutel"])
    nummer = Rekeningnummer(**json.loads(sleutel.open(rij["gegevens"], _plaats(rekening_id))))
    return Bewaard(
        Rekening(
            rekening_id,
            rij["werkgever_id"],
            rij["versie"],
            nummer,
            vastgelegd_door=rij["vastgelegd_door"],
            bevestigd_door=rij["bevestigd_door"],
        ),
        rij["vastgelegd_op"],
        rij["bevestigd_op"],
    )


def _plaats(rekening_id: UUID) -> str:
    return f"rekening.gegevens/{rekening_id}"
