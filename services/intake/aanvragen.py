"""Aanvragen in the database. Between the resident and the gemeente: WSD does not see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

import asyncpg

from chassis.unit_of_work import Reading, UnitOfWork
from services.intake import termijnen
from services.intake.domain.aanvraag import Aanvraag, Aanvraaguitkomst, Zoektermijnuitzondering
from services.intake.domain.bewaakte_termijn import BewaakteTermijn, Termijnsoort

_BEWAAR: Final = """
INSERT INTO aanvraag (id, kandidaat_id, gemeentecode, aangevraagd_op, uitzondering, voorschotten,
    uitkomst, beslist_op, vastgelegd_op)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (id) DO UPDATE
SET voorschotten = excluded.voorschotten, uitkomst = excluded.uitkomst,
    beslist_op = excluded.beslist_op
"""


@dataclass(frozen=True, slots=True)
class AanvraagMetTermijn:
    """An aanvraag with the term to decide on it."""

    aanvraag: Aanvraag
    beslistermijn: BewaakteTermijn


async def bewaar(uow: UnitOfWork, aanvraag: Aanvraag) -> None:
    """Store an aanvraag of a kandidaat that is under lock."""
    await uow.connection.execute(
        _BEWAAR,
        aanvraag.aanvraag_id,
        aanvraag.kandidaat_id,
        aanvraag.gemeentecode,
        aanvraag.aangevraagd_op,
        aanvraag.uitzondering,
        list(aanvraag.voorschotten),
        aanvraag.uitkomst,
        aanvraag.beslist_op,
        uow.now,
    )


async def van_kandidaat(uow: Reading, kandidaat_id: UUID) -> tuple[Aanvraag, ...]:
    """All aanvragen of a kandidaat, the oldest first."""
    rows = await uow.connection.fetch(
        "SELECT * FROM aanvraag WHERE kandidaat_id = $1 ORDER BY vastgelegd_op, id", kandidaat_id
    )
    return tuple(_aanvraag(row) for row in rows)


async def met_termijn(uow: Reading, aanvraag: Aanvraag) -> AanvraagMetTermijn:
    termijn = await termijnen.laatste(
        uow, aanvraag.kandidaat_id, Termijnsoort.BESLISTERMIJN, str(aanvraag.aanvraag_id)
    )
    if termijn is None:
        raise LookupError("elke aanvraag heeft een beslistermijn")
    return AanvraagMetTermijn(aanvraag, termijn)


async def lijst(uow: Reading, kandidaat_id: UUID) -> tuple[AanvraagMetTermijn, ...] | None:
    """All of them with their term; None when there is no kandidaat that this one may see."""
    gezien = await uow.connection.fetchval("SELECT true FROM kandidaat WHERE id = $1", kandidaat_id)
    if not gezien:
        return None
    return tuple([await met_termijn(uow, a) for a in await van_kandidaat(uow, kandidaat_id)])


def _aanvraag(row: asyncpg.Record) -> Aanvraag:
    uitzondering, uitkomst = row["uitzondering"], row["uitkomst"]
    return Aanvraag(
        aanvraag_id=row["id"],
        kandidaat_id=row["kandidaat_id"],
        gemeentecode=row["gemeentecode"],
        aangevraagd_op=row["aangevraagd_op"],
        uitzondering=Zoektermijnuitzondering(uitzondering) if uitzondering else None,
        voorschotten=tuple(row["voorschotten"]),
        uitkomst=Aanvraaguitkomst(uitkomst) if uitkomst else None,
        beslist_op=row["beslist_op"],
    )
