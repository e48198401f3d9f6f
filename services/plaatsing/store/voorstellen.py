"""Voorstellen in the database: what the employer reads is sealed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

import asyncpg
from pydantic import TypeAdapter

from chassis.unit_of_work import Reading, UnitOfWork
from chassis.web.problems import NietGevonden
from services.plaatsing.domain.kandidaat import Kandidaat
from services.plaatsing.domain.voorstel import Voorstel, Voorstelantwoord
from services.plaatsing.store import kandidaten

_KOLOMMEN: Final = (
    "id, kandidaat_id, gemeentecode, werkplek_id, voorgesteld_door, gedaan_op, begindatum,"
    " kandidaat_akkoord_op, werkgever_akkoord_op, antwoord, beantwoord_op, vastgelegd_op"
)
_TEKST: Final = TypeAdapter(tuple[str, ...])


@dataclass(frozen=True, slots=True)
class Bewaard:
    """A voorstel as it is stored."""

    voorstel: Voorstel
    vastgelegd_op: datetime


async def loopt(uow: Reading, kandidaat_id: UUID, werkplek_id: UUID) -> bool:
    """Whether the kandidaat is being proposed for this werkplek."""
    return bool(
        await uow.connection.fetchval(
            "SELECT true FROM voorstel WHERE kandidaat_id = $1 AND werkplek_id = $2"
            " AND antwoord IS NULL",
            kandidaat_id,
            werkplek_id,
        )
    )


async def neem(uow: UnitOfWork, voorstel_id: UUID) -> tuple[Kandidaat, Voorstel]:
    """The voorstel under the lock of the kandidaat. Raises NietGevonden."""
    kandidaat_id = await uow.connection.fetchval(
        "SELECT kandidaat_id FROM voorstel WHERE id = $1",
        voorstel_id,
    )
    if kandidaat_id is None:
        raise NietGevonden
    kandidaat = await kandidaten.neem(uow, kandidaat_id)
    # Only now, behind the lock, is it what we decide on.
    bewaard = await haal(uow, voorstel_id)
    if bewaard is None:
        raise NietGevonden
    return kandidaat, bewaard.voorstel


async def voeg_toe(uow: UnitOfWork, voorstel: Voorstel, tekst: Sequence[str]) -> Bewaard:
    """Store a new voorstel of a kandidaat that is under lock. tekst: what the employer reads."""
    person = await uow.vault.person(uow, voorstel.kandidaat_id)
    await uow.connection.execute(
        "INSERT INTO voorstel (id, kandidaat_id, gemeentecode, werkplek_id, voorgesteld_door,"
        " gedaan_op, begindatum, werkgeverstekst, vastgelegd_op)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        voorstel.voorstel_id,
        voorstel.kandidaat_id,
        voorstel.gemeentecode,
        voorstel.werkplek_id,
        voorstel.voorgesteld_door,
        voorstel.gedaan_op,
        voorstel.begindatum,
        person.seal(_TEKST.dump_json(tuple(tekst)).decode(), _plaats(voorstel.voorstel_id)),
        uow.now,
    )
    return Bewaard(voorstel, uow.now)


async def bewaar(uow: UnitOfWork, voorstel: Voorstel) -> None:
    """Store what was answered."""
    await uow.connection.execute(
        "UPDATE voorstel SET kandidaat_akkoord_op = $2, werkgever_akkoord_op = $3, antwoord = $4,"
        " beantwoord_op = $5 WHERE id = $1",
        voorstel.voorstel_id,
        voorstel.kandidaat_akkoord_op,
        voorstel.werkgever_akkoord_op,
        voorstel.antwoord,
        voorstel.beantwoord_op,
    )


async def haal(uow: Reading, voorstel_id: UUID) -> Bewaard | None:
    """None when there is none that this organisation may see."""
    row = await uow.connection.fetchrow(
        f"SELECT {_KOLOMMEN} FROM voorstel WHERE id = $1",  # noqa: S608 - a constant
        voorstel_id,
    )
    return None if row is None else _bewaard(row)


async def voor_werkgever(
    uow: Reading, voorstel_id: UUID
) -> tuple[Voorstel, tuple[str, ...]] | None:
    """A voorstel with what the employer reads: that it was read is recorded."""
    bewaard = await haal(uow, voorstel_id)
    if bewaard is None:
        return None
    voorstel = bewaard.voorstel
    await uow.log_processing(
        "werkgeverstekst ingezien",
        kandidaat_id=voorstel.kandidaat_id,
        gemeentecode=voorstel.gemeentecode,
        activity="plaatsing/voorstel-inzien",
    )
    person = await uow.vault.person(uow, voorstel.kandidaat_id)
    tekst = await uow.connection.fetchval(
        "SELECT werkgeverstekst FROM voorstel WHERE id = $1",
        voorstel_id,
    )
    return voorstel, _TEKST.validate_json(person.open(tekst, _plaats(voorstel_id)))


async def lijst(
    uow: Reading,
    *,
    kandidaat_id: UUID | None,
    werkplek_id: UUID | None,
    na: tuple[datetime, UUID] | None,
    aantal: int,
) -> Sequence[Bewaard]:
    """Voorstellen in the order in which they were recorded, after a point in that order."""
    rows = await uow.connection.fetch(
        f"SELECT {_KOLOMMEN} FROM voorstel"  # noqa: S608 - a constant
        " WHERE ($1::uuid IS NULL OR kandidaat_id = $1)"
        " AND ($2::uuid IS NULL OR werkplek_id = $2)"
        " AND ($3::timestamptz IS NULL OR (vastgelegd_op, id) > ($3, $4))"
        " ORDER BY vastgelegd_op, id LIMIT $5",
        kandidaat_id,
        werkplek_id,
        na[0] if na else None,
        na[1] if na else None,
        aantal,
    )
    return [_bewaard(row) for row in rows]


def _bewaard(row: asyncpg.Record) -> Bewaard:
    return Bewaard(
        Voorstel(
            voorstel_id=row["id"],
            kandidaat_id=row["kandidaat_id"],
            gemeentecode=row["gemeentecode"],
            werkplek_id=row["werkplek_id"],
            voorgesteld_door=row["voorgesteld_door"],
            gedaan_op=row["gedaan_op"],
            begindatum=row["begindatum"],
            kandidaat_akkoord_op=row["kandidaat_akkoord_op"],
            werkgever_akkoord_op=row["werkgever_akkoord_op"],
            antwoord=Voorstelantwoord(row["antwoord"]) if row["antwoord"] else None,
            beantwoord_op=row["beantwoord_op"],
        ),
        row["vastgelegd_op"],
    )


def _plaats(voorstel_id: UUID) -> str:
    return f"voorstel.werkgeverstekst/{voorstel_id}"
