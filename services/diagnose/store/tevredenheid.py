"""Talks about klanttevredenheid, sealed, and what has been counted of them by the five.

Counted figures have no link to a person: they stay with the gemeente when a kandidaat goes to
another, and when what someone said is erased.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

import asyncpg
from pydantic import TypeAdapter

from chassis.unit_of_work import Reading, UnitOfWork
from services.diagnose.domain.dossier import Dossier
from services.diagnose.domain.klanttevredenheid import (
    Klanttevredenheid,
    Telling,
    Tevredenheidsgesprek,
    Vraag,
    vijftal,
)

_FORM: Final = TypeAdapter(Tevredenheidsgesprek)
_LEESBAAR: Final = "kandidaat_id IN (SELECT kandidaat_id FROM datasleutel)"
"""What someone said and had erased is not counted, and is no word to read."""
_GESPREKKEN_SQL: Final = """
SELECT count(*) AS gesprekken, count(*) FILTER (WHERE buiten_beschouwing) AS buiten_beschouwing
FROM tevredenheidsgesprek WHERE jaar = $1 AND ($2::text IS NULL OR gemeentecode = $2)
"""
_TELLINGEN_SQL: Final = """
SELECT vraag, sum(aantal)::integer AS aantal, sum(som)::integer AS som
FROM tevredenheidscijfer WHERE jaar = $1 AND ($2::text IS NULL OR gemeentecode = $2)
GROUP BY vraag
"""


async def voeg_toe(uow: UnitOfWork, dossier: Dossier, gesprek: Tevredenheidsgesprek) -> bool:
    """Store a talk, of a dossier under lock; False when there is one of that year already."""
    person = await uow.vault.person(uow, dossier.kandidaat_id)
    toegevoegd = await uow.connection.fetchval(
        "INSERT INTO tevredenheidsgesprek (id, dossier_id, kandidaat_id, gemeentecode, jaar,"
        " buiten_beschouwing, nog_te_tellen, nog_te_tonen, vastgelegd_op, inhoud)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING RETURNING true",
        gesprek.gesprek_id,
        dossier.dossier_id,
        dossier.kandidaat_id,
        dossier.gemeentecode,
        gesprek.gehouden_op.year,
        gesprek.buiten_beschouwing,
        sorted(gesprek.cijfers),
        sorted(gesprek.woorden),
        uow.now,
        person.seal(_FORM.dump_json(gesprek).decode(), _plaats(gesprek.gesprek_id)),
    )
    return bool(toegevoegd)


async def tel(uow: UnitOfWork, gemeentecode: str, jaar: int, vraag: Vraag) -> None:
    """Count the oldest five cijfers that wait, when there are five."""
    samen = await _vijf(uow, "nog_te_tellen", gemeentecode, jaar, vraag)
    if not samen:
        return
    gesprekken = await _open(uow, samen, "tevredenheidsgesprek geteld")
    cijfers = [gesprek.cijfers[vraag] for gesprek in gesprekken]
    await uow.connection.execute(
        "INSERT INTO tevredenheidscijfer AS c (gemeentecode, jaar, vraag, aantal, som)"
        " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (gemeentecode, jaar, vraag)"
        " DO UPDATE SET aantal = c.aantal + excluded.aantal, som = c.som + excluded.som",
        gemeentecode,
        jaar,
        vraag,
        len(cijfers),
        sum(cijfers),
    )


async def toon(uow: UnitOfWork, gemeentecode: str, jaar: int, vraag: Vraag) -> None:
    """Let the words of the oldest five that wait be read, when there are five."""
    await _vijf(uow, "nog_te_tonen", gemeentecode, jaar, vraag)


async def woorden(uow: Reading, jaar: int, vraag: Vraag) -> list[str]:
    """What was said to a question, in alphabetical order: that tells nothing of who said it when.

    That the words were read is recorded of each kandidaat.
    """
    rows = await uow.connection.fetch(
        "SELECT id, kandidaat_id, gemeentecode, inhoud FROM tevredenheidsgesprek"  # noqa: S608
        f" WHERE jaar = $1 AND NOT nog_te_tonen @> ARRAY[$2] AND {_LEESBAAR}",
        jaar,
        vraag,
    )
    gesprekken = await _open(uow, rows, "tevredenheidsgesprek ingezien")
    return sorted(gesprek.woorden[vraag] for gesprek in gesprekken if vraag in gesprek.woorden)


async def rapporteer(uow: Reading, jaar: int, gemeentecode: str | None) -> Klanttevredenheid:
    """The figures of a year; of all gemeenten that the caller may see without a gemeentecode."""
    gesprekken = await uow.connection.fetchrow(_GESPREKKEN_SQL, jaar, gemeentecode)
    tellingen = await uow.connection.fetch(_TELLINGEN_SQL, jaar, gemeentecode)
    if gesprekken is None:
        raise LookupError("a count has a row")
    return Klanttevredenheid.van(
        jaar=jaar,
        gemeentecode=gemeentecode,
        gesprekken=gesprekken["gesprekken"],
        buiten_beschouwing=gesprekken["buiten_beschouwing"],
        tellingen=[Telling(Vraag(r["vraag"]), r["aantal"], r["som"]) for r in tellingen],
    )


async def _vijf(
    uow: UnitOfWork, wacht: str, gemeentecode: str, jaar: int, vraag: Vraag
) -> Sequence[asyncpg.Record]:
    """The oldest five that wait by this column, and wait no more; none when there are fewer.

    The waiting rows are locked, so that nobody takes one of them a second time.
    """
    wachtend = await uow.connection.fetch(
        "SELECT id, kandidaat_id, gemeentecode, inhoud FROM tevredenheidsgesprek"  # noqa: S608
        f" WHERE gemeentecode = $1 AND jaar = $2 AND {wacht} @> ARRAY[$3]"
        f" AND {_LEESBAAR}"
        " ORDER BY vastgelegd_op, id FOR UPDATE",
        gemeentecode,
        jaar,
        vraag,
    )
    samen = vijftal(wachtend)
    await uow.connection.execute(
        f"UPDATE tevredenheidsgesprek SET {wacht} = array_remove({wacht}, $2)"  # noqa: S608
        " WHERE id = ANY($1::uuid[])",
        [row["id"] for row in samen],
        vraag,
    )
    return samen


async def _open(
    uow: Reading, rows: Sequence[asyncpg.Record], waarom: str
) -> list[Tevredenheidsgesprek]:
    people = await uow.vault.people(uow, [row["kandidaat_id"] for row in rows])
    gesprekken = []
    for row in rows:
        await uow.log_processing(
            waarom,
            kandidaat_id=row["kandidaat_id"],
            gemeentecode=row["gemeentecode"],
            activity="diagnose/rapporteren",
        )
        inhoud = people[row["kandidaat_id"]].open(row["inhoud"], _plaats(row["id"]))
        gesprekken.append(_FORM.validate_json(inhoud))
    return gesprekken


def _plaats(gesprek_id: UUID) -> str:
    return f"tevredenheidsgesprek.inhoud/{gesprek_id}"
