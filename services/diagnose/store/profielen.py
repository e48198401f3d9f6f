"""When what is known of each kandidaat was last established; no level, and nothing in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

import asyncpg

from chassis.unit_of_work import Reading
from services.diagnose.domain.arbeidsvermogen import Arbeidsvermogen, Arbeidsvermogencode
from services.diagnose.domain.ladder import Ladderbron, Ladderpositie
from services.diagnose.domain.profiel import Profiel

_SQL: Final = """
SELECT d.id, d.kandidaat_id, d.gemeentecode, d.vastgelegd_op, d.zrm_op, d.loonwaarde_op,
    l.trede, l.vastgesteld_op AS ladder_op, l.bron, a.code, a.vastgesteld_op AS arbeidsvermogen_op,
    EXISTS (
        SELECT FROM diagnosetermijn t WHERE t.dossier_id = d.id
        AND t.soort = 'loonwaarde-hermeting' AND t.status = 'verstreken'
    ) AS hermeting_verstreken
FROM dossier d
LEFT JOIN LATERAL (
    SELECT * FROM ladderpositie WHERE dossier_id = d.id ORDER BY volgnummer DESC LIMIT 1
) l ON true
LEFT JOIN LATERAL (
    SELECT * FROM arbeidsvermogen WHERE dossier_id = d.id ORDER BY volgnummer DESC LIMIT 1
) a ON true
WHERE (d.uitgestroomd_op IS NULL OR d.uitgestroomd_op > $1)
AND ($2::text IS NULL OR d.gemeentecode = $2)
AND ($3::timestamptz IS NULL OR (d.vastgelegd_op, d.id) > ($3, $4))
ORDER BY d.vastgelegd_op, d.id LIMIT $5
"""


@dataclass(frozen=True, slots=True)
class Profielregel:
    """A profile as it is looked at on a day, and its place in the list."""

    profiel: Profiel
    op: date
    vastgelegd_op: datetime


async def lijst(
    uow: Reading,
    op: date,
    *,
    gemeentecode: str | None,
    na: tuple[datetime, UUID] | None = None,
    aantal: int | None = None,
) -> Sequence[Profielregel]:
    """Of every kandidaat who has not flowed out on a day, in the order of the dossiers."""
    rows = await uow.connection.fetch(
        _SQL, op, gemeentecode, na[0] if na else None, na[1] if na else None, aantal
    )
    return [Profielregel(_profiel(row), op, row["vastgelegd_op"]) for row in rows]


def _profiel(row: asyncpg.Record) -> Profiel:
    return Profiel(
        dossier_id=row["id"],
        kandidaat_id=row["kandidaat_id"],
        gemeentecode=row["gemeentecode"],
        zrm_op=row["zrm_op"],
        ladder=Ladderpositie(row["trede"], row["ladder_op"], Ladderbron(row["bron"]))
        if row["bron"]
        else None,
        arbeidsvermogen=Arbeidsvermogen(Arbeidsvermogencode(row["code"]), row["arbeidsvermogen_op"])
        if row["code"]
        else None,
        loonwaarde_op=row["loonwaarde_op"],
        hermeting_verstreken=row["hermeting_verstreken"],
    )
