"""Group meetings in the database: who was invited, and who came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from chassis.unit_of_work import Reading, UnitOfWork

_BIJEENKOMST: Final = "SELECT * FROM groepsbijeenkomst WHERE id = $1"


@dataclass(frozen=True, slots=True)
class Deelname:
    """verschenen: None until the meeting was held."""

    kandidaat_id: UUID
    verschenen: bool | None


@dataclass(frozen=True, slots=True)
class Groepsbijeenkomst:
    """A meeting of one gemeente at which a step of a process is done by many at once."""

    bijeenkomst_id: UUID
    gemeentecode: str
    proces: str
    stap: str
    op: date
    gehouden: bool
    deelnames: tuple[Deelname, ...]


async def voeg_toe(uow: UnitOfWork, bijeenkomst: Groepsbijeenkomst) -> None:
    await uow.connection.execute(
        "INSERT INTO groepsbijeenkomst (id, gemeentecode, proces, stap, op, vastgelegd_op)"
        " VALUES ($1, $2, $3, $4, $5, $6)",
        bijeenkomst.bijeenkomst_id,
        bijeenkomst.gemeentecode,
        bijeenkomst.proces,
        bijeenkomst.stap,
        bijeenkomst.op,
        uow.now,
    )
    await uow.connection.executemany(
        "INSERT INTO groepsdeelname (groepsbijeenkomst_id, kandidaat_id, gemeentecode)"
        " VALUES ($1, $2, $3)",
        [
            (bijeenkomst.bijeenkomst_id, deelname.kandidaat_id, bijeenkomst.gemeentecode)
            for deelname in bijeenkomst.deelnames
        ],
    )


async def haal(
    uow: Reading, bijeenkomst_id: UUID, *, op_slot: bool = False
) -> Groepsbijeenkomst | None:
    """None when there is none that this organisation may see. op_slot: lock it."""
    row = await uow.connection.fetchrow(
        _BIJEENKOMST + (" FOR UPDATE" if op_slot else ""), bijeenkomst_id
    )
    if row is None:
        return None
    deelnames = await uow.connection.fetch(
        "SELECT kandidaat_id, verschenen FROM groepsdeelname WHERE groepsbijeenkomst_id = $1"
        " ORDER BY kandidaat_id",
        bijeenkomst_id,
    )
    return Groepsbijeenkomst(
        bijeenkomst_id=row["id"],
        gemeentecode=row["gemeentecode"],
        proces=row["proces"],
        stap=row["stap"],
        op=row["op"],
        gehouden=row["gehouden"],
        deelnames=tuple(Deelname(d["kandidaat_id"], d["verschenen"]) for d in deelnames),
    )


async def bewaar_opkomst(
    uow: UnitOfWork, bijeenkomst_id: UUID, verschenen: dict[UUID, bool]
) -> None:
    """The meeting was held: who came, and who did not."""
    await uow.connection.execute(
        "UPDATE groepsbijeenkomst SET gehouden = true WHERE id = $1", bijeenkomst_id
    )
    await uow.connection.execute(
        "UPDATE groepsdeelname d SET verschenen = o.verschenen"
        " FROM unnest($2::uuid[], $3::boolean[]) AS o (kandidaat_id, verschenen)"
        " WHERE d.groepsbijeenkomst_id = $1 AND d.kandidaat_id = o.kandidaat_id",
        bijeenkomst_id,
        list(verschenen),
        list(verschenen.values()),
    )
