"""Planregies in the database: each a sealed document, with only what lists show beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

import asyncpg
from pydantic import TypeAdapter

from chassis.unit_of_work import Reading, UnitOfWork
from chassis.vault import Person
from chassis.web.problems import NietGevonden
from services.diagnose.domain.dossier import Dossier
from services.diagnose.domain.planregie import Planregie, Planregiestatus, Rapportage
from services.diagnose.domain.rapport import Rapport
from services.diagnose.store import dossiers

_PLANREGIE: Final = TypeAdapter(Planregie)
_RAPPORT: Final = TypeAdapter(Rapport)

_BEWAAR: Final = """
INSERT INTO planregie (id, dossier_id, kandidaat_id, gemeentecode, volgnummer, status, aangemeld_op,
    gestart_op, einddatum, beeindigd_op, inhoud)
SELECT $1, $2, $3, $4, count(*) + 1, $5, $6, $7, $8, $9, $10 FROM planregie WHERE dossier_id = $2
ON CONFLICT (id) DO UPDATE
SET status = excluded.status, gestart_op = excluded.gestart_op, einddatum = excluded.einddatum,
    beeindigd_op = excluded.beeindigd_op, inhoud = excluded.inhoud
"""


@dataclass(frozen=True, slots=True)
class Planregieregel:
    """A planregie in a list, without what is said in it."""

    planregie_id: UUID
    status: Planregiestatus
    aangemeld_op: date
    gestart_op: date | None
    einddatum: date | None
    beeindigd_op: date | None


@dataclass(frozen=True, slots=True)
class Gelezen:
    """A report with what it tells, and of whom."""

    rapportage: Rapportage
    rapport: Rapport
    kandidaat_id: UUID


async def alle_van(uow: Reading, dossier: Dossier) -> list[Planregie]:
    """Those of a dossier, the oldest first."""
    rows = await uow.connection.fetch(
        "SELECT id, inhoud FROM planregie WHERE dossier_id = $1 ORDER BY volgnummer",
        dossier.dossier_id,
    )
    if not rows:
        return []
    person = await uow.vault.person(uow, dossier.kandidaat_id)
    return [_open(person, row["id"], row["inhoud"]) for row in rows]


async def neem(uow: UnitOfWork, dossier_id: UUID, planregie_id: UUID) -> tuple[Dossier, Planregie]:
    """The planregie with its dossier, under lock, to decide on. Raises NietGevonden."""
    dossier = await dossiers.neem(uow, dossier_id)
    for planregie in await alle_van(uow, dossier):
        if planregie.planregie_id == planregie_id:
            return dossier, planregie
    raise NietGevonden


async def bewaar(uow: UnitOfWork, dossier: Dossier, planregie: Planregie) -> None:
    """Store a planregie, new or changed, of a dossier that is under lock."""
    person = await uow.vault.person(uow, dossier.kandidaat_id)
    inhoud = _PLANREGIE.dump_json(planregie).decode()
    await uow.connection.execute(
        _BEWAAR,
        planregie.planregie_id,
        dossier.dossier_id,
        dossier.kandidaat_id,
        dossier.gemeentecode,
        planregie.status,
        planregie.aangemeld_op,
        planregie.gestart_op,
        planregie.einddatum,
        planregie.beeindigd_op,
        person.seal(inhoud, _plaats(planregie.planregie_id)),
    )


async def voeg_rapport_toe(
    uow: UnitOfWork, dossier: Dossier, planregie: Planregie, rapport: Rapport
) -> None:
    """Store what a report tells; it is never changed."""
    person = await uow.vault.person(uow, dossier.kandidaat_id)
    inhoud = _RAPPORT.dump_json(rapport).decode()
    await uow.connection.execute(
        "INSERT INTO planregierapportage (id, planregie_id, kandidaat_id, gemeentecode, inhoud)"
        " VALUES ($1, $2, $3, $4, $5)",
        rapport.rapportage_id,
        planregie.planregie_id,
        dossier.kandidaat_id,
        dossier.gemeentecode,
        person.seal(inhoud, _plaats_rapport(rapport.rapportage_id)),
    )


async def lijst(uow: Reading, dossier_id: UUID) -> Sequence[Planregieregel] | None:
    """Those of a dossier, the oldest first; None when there is no such dossier."""
    if not await uow.connection.fetchval("SELECT true FROM dossier WHERE id = $1", dossier_id):
        return None
    rows = await uow.connection.fetch(
        "SELECT id, status, aangemeld_op, gestart_op, einddatum, beeindigd_op FROM planregie"
        " WHERE dossier_id = $1 ORDER BY volgnummer",
        dossier_id,
    )
    return [
        Planregieregel(
            planregie_id=row["id"],
            status=Planregiestatus(row["status"]),
            aangemeld_op=row["aangemeld_op"],
            gestart_op=row["gestart_op"],
            einddatum=row["einddatum"],
            beeindigd_op=row["beeindigd_op"],
        )
        for row in rows
    ]


async def zie_in(uow: Reading, dossier_id: UUID, planregie_id: UUID) -> Planregie | None:
    """A planregie for a person who asks; that it was read is recorded."""
    row = await _ingezien(uow, dossier_id, planregie_id, "planregie")
    if row is None:
        return None
    person = await uow.vault.person(uow, row["kandidaat_id"])
    return _open(person, planregie_id, row["inhoud"])


async def zie_rapport_in(
    uow: Reading, dossier_id: UUID, planregie_id: UUID, rapportage_id: UUID
) -> Gelezen | None:
    """A report for a person who asks; that it was read is recorded."""
    inhoud = await uow.connection.fetchval(
        "SELECT inhoud FROM planregierapportage WHERE id = $1 AND planregie_id = $2",
        rapportage_id,
        planregie_id,
    )
    if inhoud is None:
        return None
    row = await _ingezien(uow, dossier_id, planregie_id, "planregierapportage")
    if row is None:
        return None
    person = await uow.vault.person(uow, row["kandidaat_id"])
    planregie = _open(person, planregie_id, row["inhoud"])
    [rapportage] = [r for r in planregie.rapportages if r.rapportage_id == rapportage_id]
    return Gelezen(
        rapportage,
        _RAPPORT.validate_json(person.open(inhoud, _plaats_rapport(rapportage_id))),
        row["kandidaat_id"],
    )


async def om_te_tellen(uow: Reading, gemeentecode: str | None) -> list[Planregie]:
    """Every planregie that this organisation may see, or those of one gemeente.

    The documents are opened to be counted, and that is recorded for each kandidaat. Who was erased
    is counted no more: nobody can open theirs.
    """
    rows = await uow.connection.fetch(
        "SELECT id, kandidaat_id, gemeentecode, inhoud FROM planregie"
        " WHERE $1::text IS NULL OR gemeentecode = $1 ORDER BY id",
        gemeentecode,
    )
    kandidaten = {row["kandidaat_id"]: row["gemeentecode"] for row in rows}
    for kandidaat_id, van in kandidaten.items():
        await uow.log_processing(
            "planregie geteld",
            kandidaat_id=kandidaat_id,
            gemeentecode=van,
            activity="diagnose/rapportage",
        )
    people = await uow.vault.people(uow, list(kandidaten))
    return [
        _open(people[row["kandidaat_id"]], row["id"], row["inhoud"])
        for row in rows
        if row["kandidaat_id"] in people
    ]


async def _ingezien(
    uow: Reading, dossier_id: UUID, planregie_id: UUID, wat: str
) -> asyncpg.Record | None:
    row = await uow.connection.fetchrow(
        "SELECT kandidaat_id, gemeentecode, inhoud FROM planregie"
        " WHERE id = $1 AND dossier_id = $2",
        planregie_id,
        dossier_id,
    )
    if row is not None:
        await uow.log_processing(
            f"{wat} ingezien",
            kandidaat_id=row["kandidaat_id"],
            gemeentecode=row["gemeentecode"],
            activity="diagnose/dossier-inzien",
        )
    return row


def _open(person: Person, planregie_id: UUID, inhoud: bytes) -> Planregie:
    return _PLANREGIE.validate_json(person.open(inhoud, _plaats(planregie_id)))


def _plaats(planregie_id: UUID) -> str:
    return f"planregie.inhoud/{planregie_id}"


def _plaats_rapport(rapportage_id: UUID) -> str:
    return f"planregierapportage.inhoud/{rapportage_id}"
