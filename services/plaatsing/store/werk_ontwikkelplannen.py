"""Werk-ontwikkelplannen in the database: what is said in one is a sealed document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

import asyncpg
from pydantic import TypeAdapter

from chassis.unit_of_work import Reading, UnitOfWork
from chassis.web.problems import NietGevonden
from services.plaatsing.domain.kandidaat import Kandidaat
from services.plaatsing.domain.werk_ontwikkelplan import Evaluatie, Planversie, WerkOntwikkelplan
from services.plaatsing.store import plaatsingen

_INHOUD: Final = TypeAdapter(tuple[tuple[Planversie, ...], tuple[Evaluatie, ...]])

_BEWAAR: Final = """
INSERT INTO werk_ontwikkelplan (id, plaatsing_id, kandidaat_id, gemeentecode, vastgesteld_op,
    evaluatie_uiterlijk, versies, evaluaties, inhoud, vastgelegd_op)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT (id) DO UPDATE
SET vastgesteld_op = excluded.vastgesteld_op, evaluatie_uiterlijk = excluded.evaluatie_uiterlijk,
    versies = excluded.versies, evaluaties = excluded.evaluaties, inhoud = excluded.inhoud
"""


@dataclass(frozen=True, slots=True)
class Planregel:
    """A plan in a list, without what is said in it. vastgesteld_op: of the version that counts."""

    plan_id: UUID
    plaatsing_id: UUID
    kandidaat_id: UUID
    gemeentecode: str
    vastgesteld_op: date
    evaluatie_uiterlijk: date
    versies: int
    evaluaties: int
    vastgelegd_op: datetime


async def heeft_plan(uow: Reading, plaatsing_id: UUID) -> bool:
    gevonden = await uow.connection.fetchval(
        "SELECT true FROM werk_ontwikkelplan WHERE plaatsing_id = $1", plaatsing_id
    )
    return bool(gevonden)


async def neem(
    uow: UnitOfWork, plan_id: UUID
) -> tuple[Kandidaat, plaatsingen.Bewaard, WerkOntwikkelplan]:
    """The plan with its placement, under the lock of the kandidaat. Raises NietGevonden."""
    plaatsing_id = await uow.connection.fetchval(
        "SELECT plaatsing_id FROM werk_ontwikkelplan WHERE id = $1", plan_id
    )
    if plaatsing_id is None:
        raise NietGevonden
    kandidaat, plaatsing = await plaatsingen.neem(uow, plaatsing_id)
    plan = await _haal(uow, plan_id)
    if plan is None:
        raise NietGevonden
    return kandidaat, plaatsing, plan


async def bewaar(uow: UnitOfWork, plan: WerkOntwikkelplan) -> None:
    """Store a plan, new or changed, of a kandidaat that is under lock."""
    person = await uow.vault.new_person(uow, plan.kandidaat_id, plan.gemeentecode)
    inhoud = _INHOUD.dump_json((plan.versies, plan.evaluaties)).decode()
    await uow.connection.execute(
        _BEWAAR,
        plan.plan_id,
        plan.plaatsing_id,
        plan.kandidaat_id,
        plan.gemeentecode,
        plan.geldend.vastgesteld_op,
        plan.evaluatie_uiterlijk,
        len(plan.versies),
        len(plan.evaluaties),
        person.seal(inhoud, _plaats(plan.plan_id)),
        uow.now,
    )


async def zie_in(uow: Reading, plan_id: UUID, wat: str) -> WerkOntwikkelplan | None:
    """A plan for a person who asks; that it was read, and which part, is recorded."""
    plan = await _haal(uow, plan_id)
    if plan is not None:
        await uow.log_processing(
            f"{wat} ingezien",
            kandidaat_id=plan.kandidaat_id,
            gemeentecode=plan.gemeentecode,
            activity="plaatsing/werk-ontwikkelplan-inzien",
        )
    return plan


async def lijst(
    uow: Reading,
    *,
    kandidaat_id: UUID | None,
    plaatsing_id: UUID | None,
    na: tuple[datetime, UUID] | None,
    aantal: int,
) -> Sequence[Planregel]:
    """Plans in the order in which they were recorded, after a point in that order."""
    rows = await uow.connection.fetch(
        "SELECT id, plaatsing_id, kandidaat_id, gemeentecode, vastgesteld_op, evaluatie_uiterlijk,"
        " versies, evaluaties, vastgelegd_op FROM werk_ontwikkelplan"
        " WHERE ($1::uuid IS NULL OR kandidaat_id = $1)"
        " AND ($2::uuid IS NULL OR plaatsing_id = $2)"
        " AND ($3::timestamptz IS NULL OR (vastgelegd_op, id) > ($3, $4))"
        " ORDER BY vastgelegd_op, id LIMIT $5",
        kandidaat_id,
        plaatsing_id,
        na[0] if na else None,
        na[1] if na else None,
        aantal,
    )
    return [
        Planregel(
            plan_id=row["id"],
            plaatsing_id=row["plaatsing_id"],
            kandidaat_id=row["kandidaat_id"],
            gemeentecode=row["gemeentecode"],
            vastgesteld_op=row["vastgesteld_op"],
            evaluatie_uiterlijk=row["evaluatie_uiterlijk"],
            versies=row["versies"],
            evaluaties=row["evaluaties"],
            vastgelegd_op=row["vastgelegd_op"],
        )
        for row in rows
    ]


async def _haal(uow: Reading, plan_id: UUID) -> WerkOntwikkelplan | None:
    row = await uow.connection.fetchrow(
        "SELECT id, plaatsing_id, kandidaat_id, gemeentecode, inhoud FROM werk_ontwikkelplan"
        " WHERE id = $1",
        plan_id,
    )
    return None if row is None else await _open(uow, row)


async def _open(uow: Reading, row: asyncpg.Record) -> WerkOntwikkelplan:
    person = await uow.vault.person(uow, row["kandidaat_id"])
    versies, evaluaties = _INHOUD.validate_json(person.open(row["inhoud"], _plaats(row["id"])))
    return WerkOntwikkelplan(
        plan_id=row["id"],
        plaatsing_id=row["plaatsing_id"],
        kandidaat_id=row["kandidaat_id"],
        gemeentecode=row["gemeentecode"],
        versies=versies,
        evaluaties=evaluaties,
    )


def _plaats(plan_id: UUID) -> str:
    return f"werk_ontwikkelplan.inhoud/{plan_id}"
