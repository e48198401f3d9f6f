"""Beschikkingen in the database: added and never changed, the motivation sealed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

import asyncpg
from pydantic import TypeAdapter

from chassis.unit_of_work import Reading, UnitOfWork
from services.financiering.domain.beschikking import (
    Beschikking,
    Beschikkingsoort,
    Besluitinhoud,
)

_INHOUD: Final = TypeAdapter(Besluitinhoud)

_BESCHIKKING: Final = """
SELECT b.id, b.lks_id, b.kandidaat_id, b.gemeentecode, b.college, b.rol, b.inhoud, b.motivering,
    b.bekendgemaakt_op, b.herziening_id, b.vastgelegd_op, l.plaatsing_id, l.werkgever_id
FROM lks_beschikking b JOIN loonkostensubsidie l ON l.id = b.lks_id
"""
_VOEG_TOE: Final = """
INSERT INTO lks_beschikking (id, lks_id, volgnummer, kandidaat_id, gemeentecode, college, rol,
    soort, ingangsdatum, inhoud, motivering, bekendgemaakt_op, herziening_id, vastgelegd_op)
SELECT $1, $2, count(*) + 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13
FROM lks_beschikking WHERE lks_id = $2
"""


@dataclass(frozen=True, slots=True)
class Bewaard:
    """A beschikking as it is stored; gemeentecode: who has the kandidaat now."""

    beschikking: Beschikking
    gemeentecode: str
    vastgelegd_op: datetime


async def voeg_toe(uow: UnitOfWork, beschikking: Beschikking, motivering: str) -> None:
    """Store a beschikking on a subsidy whose kandidaat is under lock."""
    person = await uow.vault.new_person(uow, beschikking.kandidaat_id, uow.organisation)
    await uow.connection.execute(
        _VOEG_TOE,
        beschikking.beschikking_id,
        beschikking.lks_id,
        beschikking.kandidaat_id,
        uow.organisation,
        beschikking.college,
        beschikking.rol,
        beschikking.inhoud.soort,
        beschikking.inhoud.ingangsdatum,
        _INHOUD.dump_json(beschikking.inhoud).decode(),
        person.seal(motivering, _plaats(beschikking.beschikking_id)),
        beschikking.bekendgemaakt_op,
        beschikking.herziening_id,
        uow.now,
    )


async def van_lks(uow: Reading, lks_id: UUID) -> Sequence[Besluitinhoud]:
    """What was decided on a subsidy, the oldest first."""
    return (await van_velen(uow, [lks_id]))[lks_id]


async def van_velen(
    uow: Reading, lks_ids: Sequence[UUID]
) -> Mapping[UUID, Sequence[Besluitinhoud]]:
    """The same of each of these subsidies."""
    rijen = await uow.connection.fetch(
        "SELECT lks_id, inhoud FROM lks_beschikking WHERE lks_id = ANY($1::uuid[])"
        " ORDER BY lks_id, volgnummer",
        lks_ids,
    )
    per_lks: dict[UUID, list[Besluitinhoud]] = {lks_id: [] for lks_id in lks_ids}
    for rij in rijen:
        per_lks[rij["lks_id"]].append(_INHOUD.validate_json(rij["inhoud"]))
    return per_lks


async def haal(uow: Reading, beschikking_id: UUID) -> Bewaard | None:
    rij = await uow.connection.fetchrow(_BESCHIKKING + "WHERE b.id = $1", beschikking_id)
    return _bewaard(rij) if rij else None


async def zie_in(uow: Reading, beschikking_id: UUID) -> tuple[Bewaard, str] | None:
    """A beschikking with its motivation, for a person who asks; that it was read is recorded."""
    rij = await uow.connection.fetchrow(_BESCHIKKING + "WHERE b.id = $1", beschikking_id)
    if rij is None:
        return None
    person = await uow.vault.person(uow, rij["kandidaat_id"])
    await uow.log_processing(
        "beschikking loonkostensubsidie ingezien",
        kandidaat_id=rij["kandidaat_id"],
        gemeentecode=rij["gemeentecode"],
        activity="financiering/lks-beschikking-inzien",
    )
    return _bewaard(rij), person.open(rij["motivering"], _plaats(beschikking_id))


async def lijst(
    uow: Reading,
    *,
    kandidaat_id: UUID | None,
    lks_id: UUID | None,
    soort: Beschikkingsoort | None,
    herziening_id: UUID | None,
    na: tuple[datetime, UUID] | None,
    aantal: int,
) -> Sequence[Bewaard]:
    """Beschikkingen in the order in which they were recorded, after a point in that order."""
    rijen = await uow.connection.fetch(
        _BESCHIKKING + "WHERE ($1::uuid IS NULL OR b.kandidaat_id = $1)"
        " AND ($2::uuid IS NULL OR b.lks_id = $2) AND ($3::text IS NULL OR b.soort = $3)"
        " AND ($4::uuid IS NULL OR b.herziening_id = $4)"
        " AND ($5::timestamptz IS NULL OR (b.vastgelegd_op, b.id) > ($5, $6))"
        " ORDER BY b.vastgelegd_op, b.id LIMIT $7",
        kandidaat_id,
        lks_id,
        soort,
        herziening_id,
        na[0] if na else None,
        na[1] if na else None,
        aantal,
    )
    return [_bewaard(rij) for rij in rijen]


def _bewaard(rij: asyncpg.Record) -> Bewaard:
    beschikking = Beschikking(
        beschikking_id=rij["id"],
        lks_id=rij["lks_id"],
        kandidaat_id=rij["kandidaat_id"],
        plaatsing_id=rij["plaatsing_id"],
        werkgever_id=rij["werkgever_id"],
        college=rij["college"],
        rol=rij["rol"],
        inhoud=_INHOUD.validate_json(rij["inhoud"]),
        bekendgemaakt_op=rij["bekendgemaakt_op"],
        herziening_id=rij["herziening_id"],
    )
    return Bewaard(beschikking, rij["gemeentecode"], rij["vastgelegd_op"])


def _plaats(beschikking_id: UUID) -> str:
    return f"lks_beschikking.motivering/{beschikking_id}"
