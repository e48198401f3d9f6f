"""Uitstroom in the database; why somebody left is sealed with their key."""

from __future__ import annotations

from datetime import date
from typing import Final
from uuid import UUID

import asyncpg

from chassis.unit_of_work import Reading, UnitOfWork
from chassis.vault import Person
from services.intake.domain.uitstroom import Uitstroom, Uitstroomreden

_ACTIVITY: Final = "intake/uitstroom-inzien"


async def voeg_toe(uow: UnitOfWork, gemeentecode: str, uitstroom: Uitstroom) -> None:
    person = await uow.vault.person(uow, uitstroom.kandidaat_id)
    await uow.connection.execute(
        "INSERT INTO uitstroom (id, kandidaat_id, gemeentecode, ronde, uitgestroomd_op, reden,"
        " vastgelegd_op) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        uitstroom.uitstroom_id,
        uitstroom.kandidaat_id,
        gemeentecode,
        uitstroom.ronde,
        uitstroom.uitgestroomd_op,
        person.seal(uitstroom.reden, _plaats(uitstroom.uitstroom_id)),
        uow.now,
    )


async def maak_ongedaan(uow: UnitOfWork, kandidaat_id: UUID, ronde: int, op: date) -> None:
    """The kandidaat fell back: the uitstroom of this ronde stays, and counts no more."""
    await uow.connection.execute(
        "UPDATE uitstroom SET teruggevallen_op = $3"
        " WHERE kandidaat_id = $1 AND ronde = $2 AND teruggevallen_op IS NULL",
        kandidaat_id,
        ronde,
        op,
    )


async def van_kandidaat(uow: Reading, kandidaat_id: UUID) -> tuple[Uitstroom, ...]:
    """All uitstromingen of a kandidaat that this organisation has, the oldest first."""
    rows = await uow.connection.fetch(
        "SELECT * FROM uitstroom WHERE kandidaat_id = $1 ORDER BY vastgelegd_op, id", kandidaat_id
    )
    if not rows:
        return ()
    person = await uow.vault.person(uow, kandidaat_id)
    return tuple(_uitstroom(row, person) for row in rows)


async def zie_in(uow: Reading, kandidaat_id: UUID) -> tuple[Uitstroom, ...] | None:
    """The same for a person who asks, recorded; None when the kandidaat is not of this gemeente."""
    gemeentecode = await uow.connection.fetchval(
        "SELECT gemeentecode FROM kandidaat WHERE id = $1", kandidaat_id
    )
    if gemeentecode is None or gemeentecode != uow.organisation:
        return None
    await uow.log_processing(
        "uitstroom ingezien",
        kandidaat_id=kandidaat_id,
        gemeentecode=gemeentecode,
        activity=_ACTIVITY,
    )
    return await van_kandidaat(uow, kandidaat_id)


def _uitstroom(row: asyncpg.Record, person: Person) -> Uitstroom:
    return Uitstroom(
        uitstroom_id=row["id"],
        kandidaat_id=row["kandidaat_id"],
        ronde=row["ronde"],
        uitgestroomd_op=row["uitgestroomd_op"],
        reden=Uitstroomreden(person.open(row["reden"], _plaats(row["id"]))),
        teruggevallen_op=row["teruggevallen_op"],
    )


def _plaats(uitstroom_id: UUID) -> str:
    return f"uitstroom.reden/{uitstroom_id}"
